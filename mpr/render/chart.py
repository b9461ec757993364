"""The charts of a report as SVG, to stand in a page: modules of their own say what is drawn, vl_convert draws it.

Title and unit of a chart stand outside its picture; its description is the picture's name.
"""

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

import vl_convert

from mpr.render import bullet, spark, trend
from mpr.render.marks import VERSION, specify
from mpr.render.palette import FONT, SIZE
from mpr.render.plot import Drawing
from mpr.report.picture import Chart, Spark, Trend

# what Vega writes on every mark and an inline picture has no use for: the root says it once, or it is the default
_IDLE = re.compile(
    r' (?:(?:role|class|aria-\w+|font-family|font-size)="[^"]*"|font-weight="normal"|opacity="1"|stroke-dasharray="")'
)


def draw(charts: Iterable[Chart], fonts: Path) -> dict[str, str]:
    """Draw charts in the fonts of a folder: the SVG of each, by its anchor."""
    _register(fonts)
    return {chart.anchor: _svg(chart) for chart in charts}


@cache
def _register(fonts: Path) -> None:
    """Make a folder of fonts known to vl_convert, which would keep it twice if told twice."""
    vl_convert.register_font_directory(str(fonts))


def sketch(chart: Chart) -> Drawing:
    """Say what of a chart stands where."""
    if isinstance(chart, Spark):
        return spark.draw(chart)
    return trend.draw(chart) if isinstance(chart, Trend) else bullet.draw(chart)


def _svg(chart: Chart) -> str:
    drawn = vl_convert.vegalite_to_svg(specify(sketch(chart)), vl_version=VERSION, allowed_base_urls=[])
    return named(drawn, chart.anchor, chart.description)


def named(drawn: str, anchor: str, description: str) -> str:
    """Put a picture's name first in it, and make every id its own: Vega counts on through all pictures it draws."""
    root, body = drawn.split(">", 1)
    size = " ".join(re.findall(r'(?:width|height|viewBox)="[^"]*"', root))
    body = re.sub(r"<[^>]*>", _tidy, body)
    body = re.sub(r'<path d="[^"]*"(?: display="none")?/>', "", body)  # a path without a colour shows nothing
    for number, found in enumerate(dict.fromkeys(re.findall(r' id="([^"]+)"', body))):
        own = escape(f"{anchor}-{number}")
        body = body.replace(f' id="{found}"', f' id="{own}"').replace(f"url(#{found})", f"url(#{own})")
    title = escape(f"{anchor}-title")
    start = f'<svg role="img" aria-labelledby="{title}" font-family="{FONT}" font-size="{SIZE}" {size}>'
    return f'{start}<title id="{title}">{escape(description)}</title>{body}'


def _tidy(tag: re.Match[str]) -> str:
    """Drop what is idle in a tag, and round to a hundredth of a pixel."""
    return re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", _IDLE.sub("", tag[0]))
