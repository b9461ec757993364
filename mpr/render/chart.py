"""The charts of a report as SVG, to stand in a page: modules of their own say what is drawn, vl_convert draws marks.

The words are written here: where each stands is decided before anything is drawn, and vl_convert would first measure
them all, which takes longer than to draw the marks. The page sets them in its own font.

Title and unit of a chart stand outside its picture; its description is the picture's name.
"""

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

import vl_convert

from mpr.render import bullet, spark, trend
from mpr.render.marks import VERSION, layers
from mpr.render.palette import FONT, SIZE
from mpr.render.plot import Drawing, Text
from mpr.report.picture import Chart, Spark, Trend

END = "</svg>"
DROP = 4  # pixels from the middle of letters to the line that they stand on

# what Vega writes on every mark and an inline picture has no use for: the root says it once, or it is the default
_IDLE = re.compile(r' (?:(?:role|class|aria-\w+)="[^"]*"|opacity="1"|stroke-dasharray="")')


def draw(charts: Iterable[Chart]) -> dict[str, str]:
    """Draw charts: the SVG of each, by its anchor."""
    return {chart.anchor: _svg(chart) for chart in charts}


def sketch(chart: Chart) -> Drawing:
    """Say what of a chart stands where."""
    if isinstance(chart, Spark):
        return spark.draw(chart)
    return trend.draw(chart) if isinstance(chart, Trend) else bullet.draw(chart)


def _svg(chart: Chart) -> str:
    drawing = sketch(chart)
    drawn = vl_convert.vega_to_svg(specify(drawing), allowed_base_urls=[])
    return named(drawn, chart.anchor, chart.description).removesuffix(END) + _words(drawing) + END


def specify(drawing: Drawing) -> dict[str, Any]:
    """Return the Vega specification of a drawing's marks: that of its kinds of layers, filled in."""
    plot, made = drawing.plot, _compiled(tuple(layer.kind for layer in drawing.layers))
    data = {each["name"]: each for each in made["data"]}
    for place, layer in enumerate(drawing.layers):
        data[str(place)] = data[str(place)] | {"values": list(layer.rows)}
    ends = {"x": {"domain": list(plot.xs)}, "y": {"domain": list(plot.ys)}}
    return made | {
        "width": plot.width,
        "height": plot.height,
        "padding": {"left": plot.left, "right": plot.right, "top": plot.top, "bottom": plot.bottom},
        "data": list(data.values()),
        "scales": [each | ends[each["name"]] for each in made["scales"]],
    }


@cache
def _compiled(kinds: tuple[str, ...]) -> dict[str, Any]:
    """Return what Vega-Lite makes of layers of some kinds; to make it takes longer than to draw."""
    compiled: dict[str, Any] = vl_convert.vegalite_to_vega(layers(kinds), vl_version=VERSION)
    return compiled


def _words(drawing: Drawing) -> str:
    """Write the words of a drawing over its marks."""
    if not drawing.texts:
        return ""
    texts = "".join(map(_text, drawing.texts))
    return f'<g transform="translate({round(drawing.plot.left, 2):g},{drawing.plot.top:g})">{texts}</g>'


def _text(text: Text) -> str:
    """Write some words, on a line that lies below their middle."""
    weight = f' font-weight="{text.weight}"' if text.weight != "normal" else ""
    place = f"{round(text.x, 1):g},{round(text.y, 1) + DROP:g}"
    anchor = {"left": "start", "center": "middle", "right": "end"}[text.align]
    return (
        f'<text text-anchor="{anchor}" transform="translate({place})"{weight} fill="{text.colour}">'
        f"{escape(text.words, quote=False)}</text>"
    )


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
