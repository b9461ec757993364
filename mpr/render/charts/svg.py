"""Draws the charts of a report as SVG for a page: other modules compose them, vl_convert draws the marks.

The words are written here: their positions are decided before anything is drawn, and vl_convert would first measure
them, which takes longer than drawing the marks. The page sets them in its own font.

The title and the unit of a chart are outside its SVG; its description is the SVG's title.
"""

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

import vl_convert

from mpr.render.charts import bullet, sparkline, trend
from mpr.render.charts.palette import FONT_FAMILY, FONT_SIZE
from mpr.render.charts.plot import Drawing, PlotText
from mpr.render.charts.vega_marks import VEGA_LITE_VERSION, build_vega_lite
from mpr.report.model.chart import Chart, Sparkline, TrendChart

SVG_END = "</svg>"
BASELINE_OFFSET = 4  # pixels from the middle of letters to their baseline

# attributes that Vega writes on every mark although the root has them or they are the default
_REDUNDANT_ATTRIBUTES = re.compile(r' (?:(?:role|class|aria-\w+)="[^"]*"|opacity="1"|stroke-dasharray="")')


def draw_charts(charts: Iterable[Chart]) -> dict[str, str]:
    """Return the SVG of each chart by its anchor."""
    return {chart.anchor: _draw_svg(chart) for chart in charts}


def compose_drawing(chart: Chart) -> Drawing:
    """Return the marks and words of a chart with their positions."""
    if isinstance(chart, Sparkline):
        return sparkline.compose_sparkline(chart)
    return trend.compose_trend(chart) if isinstance(chart, TrendChart) else bullet.compose_bullet(chart)


def _draw_svg(chart: Chart) -> str:
    drawing = compose_drawing(chart)
    marks = vl_convert.vega_to_svg(build_vega_specification(drawing), allowed_base_urls=[])
    svg = add_title_and_unique_ids(marks, chart.anchor, chart.description)
    return svg.removesuffix(SVG_END) + _format_texts(drawing) + SVG_END


def build_vega_specification(drawing: Drawing) -> dict[str, Any]:
    """Return the Vega specification of a drawing's marks: that of its kinds of layers, with data, size and scales."""
    plot, compiled = drawing.plot, _compile_layers(tuple(layer.kind for layer in drawing.layers))
    data = {source["name"]: source for source in compiled["data"]}
    for index, layer in enumerate(drawing.layers):
        data[str(index)] = data[str(index)] | {"values": list(layer.rows)}
    ends = {"x": {"domain": list(plot.x_range)}, "y": {"domain": list(plot.y_range)}}
    return compiled | {
        "width": plot.width,
        "height": plot.height,
        "padding": {"left": plot.left, "right": plot.right, "top": plot.top, "bottom": plot.bottom},
        "data": list(data.values()),
        "scales": [scale | ends[scale["name"]] for scale in compiled["scales"]],
    }


@cache
def _compile_layers(kinds: tuple[str, ...]) -> dict[str, Any]:
    """Return the Vega specification of layers of some kinds; compiling one takes longer than drawing it."""
    compiled: dict[str, Any] = vl_convert.vegalite_to_vega(build_vega_lite(kinds), vl_version=VEGA_LITE_VERSION)
    return compiled


def _format_texts(drawing: Drawing) -> str:
    """Return the words of a drawing as an SVG group."""
    if not drawing.texts:
        return ""
    texts = "".join(map(_format_text, drawing.texts))
    return f'<g transform="translate({round(drawing.plot.left, 2):g},{drawing.plot.top:g})">{texts}</g>'


def _format_text(text: PlotText) -> str:
    """Return words as an SVG text, whose baseline lies below their middle."""
    weight = f' font-weight="{text.weight}"' if text.weight != "normal" else ""
    position = f"{round(text.x, 1):g},{round(text.y, 1) + BASELINE_OFFSET:g}"
    anchor = {"left": "start", "center": "middle", "right": "end"}[text.align]
    return (
        f'<text text-anchor="{anchor}" transform="translate({position})"{weight} fill="{text.colour}">'
        f"{escape(text.words, quote=False)}</text>"
    )


def add_title_and_unique_ids(svg: str, anchor: str, description: str) -> str:
    """Return an SVG with its title, and with ids by its anchor: Vega counts ids on from one chart to the next."""
    root, body = svg.split(">", 1)
    size = " ".join(re.findall(r'(?:width|height|viewBox)="[^"]*"', root))
    body = re.sub(r"<[^>]*>", _shorten_tag, body)
    body = re.sub(r'<path d="[^"]*"(?: display="none")?/>', "", body)  # a path without a colour is invisible
    for number, old_id in enumerate(dict.fromkeys(re.findall(r' id="([^"]+)"', body))):
        new_id = escape(f"{anchor}-{number}")
        body = body.replace(f' id="{old_id}"', f' id="{new_id}"').replace(f"url(#{old_id})", f"url(#{new_id})")
    title = escape(f"{anchor}-title")
    start = f'<svg role="img" aria-labelledby="{title}" font-family="{FONT_FAMILY}" font-size="{FONT_SIZE}" {size}>'
    return f'{start}<title id="{title}">{escape(description)}</title>{body}'


def _shorten_tag(tag: re.Match[str]) -> str:
    """Drop redundant attributes of a tag, and round numbers to a hundredth of a pixel."""
    return re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", _REDUNDANT_ATTRIBUTES.sub("", tag[0]))
