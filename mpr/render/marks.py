"""Turns a drawing into a Vega-Lite specification. The only module that knows Altair.

Every row brings its own style (colour, width, dash ...), so a layer is one kind of mark and nothing more.
"""

from dataclasses import asdict
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from mpr.render.palette import FONT, PAPER, SIZE
from mpr.render.plot import Drawing, Layer, Plot, Row, Text

VERSION = ".".join(alt.SCHEMA_VERSION.split(".")[:2])  # of Vega-Lite, as vl_convert names it: "v6.1"


def specify(drawing: Drawing) -> dict[str, Any]:
    """Return the Vega-Lite specification of a drawing, unchecked: the tests check it, with `compose`."""
    with debug_mode(arg=False):  # else Altair checks every object against its schema: half of its time
        return compose(drawing).to_dict(validate=False)


def compose(drawing: Drawing) -> alt.LayerChart:
    """Lay the layers of a drawing over each other, and all its words on top."""
    plot = drawing.plot
    words = Layer("text", tuple(_row(text) for text in drawing.texts))
    return alt.LayerChart(
        layer=[_layer(layer, plot) for layer in (*drawing.layers, words)],
        width=plot.width,
        height=plot.height,
        padding={"left": plot.left, "right": plot.right, "top": plot.top, "bottom": plot.bottom},
        autosize="none",
        config={"aria": False, "background": "transparent", "font": FONT, "view": {"stroke": None}},
    )


def _row(text: Text) -> Row:
    return {**asdict(text), "x": round(text.x, 1), "y": round(text.y, 1)}


def _layer(layer: Layer, plot: Plot) -> alt.Chart:
    mark, channels = _KINDS[layer.kind]
    encoding = alt.FacetedEncoding(**{**_scaled(plot), **channels})
    return alt.Chart(alt.InlineData(values=list(layer.rows)), mark=mark, encoding=encoding)


def _scaled(plot: Plot) -> dict[str, Any]:
    """Both places in data units: linear scales with the ends of the plot, and no axes, as these are rules and words."""
    return {
        "x": _place(alt.X, "x", alt.Scale(domain=list(plot.xs), nice=False)),
        "y": _place(alt.Y, "y", alt.Scale(domain=list(plot.ys), nice=False)),
    }


def _place(channel: type[Any], part: str, scale: alt.Scale | None) -> Any:  # noqa: ANN401 - a class for each channel
    """Place marks by a part of their row; without a scale, in pixels."""
    return channel(field=part, type="quantitative", scale=scale, axis=None)


def _style(**parts: str) -> dict[str, Any]:
    """Take a style of a mark from a part of its row."""
    return {style: alt.ExprRef(f"datum.{part}") for style, part in parts.items()}


_FILL = {"fill": alt.Fill(field="colour", type="nominal", scale=None)}
_STROKE = {"stroke": alt.Stroke(field="colour", type="nominal", scale=None)}
_ENDS = {"x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
_PEN = _style(strokeWidth="width", strokeDash="dash")

# Of each kind: the mark, and the parts of a row (beside x and y) that are data to it.
_KINDS: dict[str, tuple[alt.MarkDef, dict[str, Any]]] = {
    # a pixel of paper between neighbours tells zones of like grey apart
    "rect": (alt.MarkDef(type="rect", xOffset=1, x2Offset=-1), {**_ENDS, **_FILL}),
    "rule": (alt.MarkDef(type="rule", **_PEN), {**_ENDS, **_STROKE}),
    # one path for each `path`, through its rows in the order of `step`
    "line": (
        alt.MarkDef(type="line", **_PEN),
        {
            "detail": alt.Detail(field="path", type="nominal"),
            "order": alt.Order(field="step", type="quantitative"),
            **_STROKE,
        },
    ),
    "point": (alt.MarkDef(type="point", opacity=1, stroke=PAPER, **_style(size="size", strokeWidth="halo")), _FILL),
    "text": (
        alt.MarkDef(type="text", baseline="middle", fontSize=SIZE, **_style(align="align", fontWeight="weight")),
        {
            "x": _place(alt.X, "x", None),
            "y": _place(alt.Y, "y", None),
            "text": alt.Text(field="words", type="nominal"),
            **_FILL,
        },
    ),
}
