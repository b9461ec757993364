"""Turns a drawing into a Vega-Lite specification. The only module that knows Altair.

Every row brings its own style (colour, width, dash ...), so a layer is one kind of mark and nothing more. What Altair
makes of the kinds in a drawing is made once; rows, sizes and scales are filled in, which takes a hundredth of its time.
"""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from mpr.render.palette import FONT, PAPER, SIZE
from mpr.render.plot import Drawing, Layer, Plot, Row, Text

VERSION = ".".join(alt.SCHEMA_VERSION.split(".")[:2])  # of Vega-Lite, as vl_convert names it: "v6.1"


def specify(drawing: Drawing) -> dict[str, Any]:
    """Return the Vega-Lite specification of a drawing, all its words on top, unchecked: the tests check it."""
    plot = drawing.plot
    layers = (*drawing.layers, Layer("text", tuple(_row(text) for text in drawing.texts)))
    made = _layers(tuple(layer.kind for layer in layers))
    return made | {
        "layer": [_scaled(layer, plot) for layer in made["layer"]],
        "width": plot.width,
        "height": plot.height,
        "padding": {"left": plot.left, "right": plot.right, "top": plot.top, "bottom": plot.bottom},
        "datasets": {str(place): list(layer.rows) for place, layer in enumerate(layers)},
    }


def _row(text: Text) -> Row:
    return {**asdict(text), "x": round(text.x, 1), "y": round(text.y, 1)}


def _scaled(layer: dict[str, Any], plot: Plot) -> dict[str, Any]:
    """Give the scales of a layer the ends of the plot; words have no scales."""
    encoding = dict(layer["encoding"])
    for channel, ends in (("x", plot.xs), ("y", plot.ys)):
        if scale := encoding[channel]["scale"]:
            encoding[channel] = encoding[channel] | {"scale": scale | {"domain": list(ends)}}
    return layer | {"encoding": encoding}


@cache
def _layers(kinds: Sequence[str]) -> dict[str, Any]:
    """Return the specification of layers of some kinds over each other, each with data named by its place."""
    chart = alt.LayerChart(
        layer=[_layer(str(place), kind) for place, kind in enumerate(kinds)],
        autosize="none",
        config={"aria": False, "background": "transparent", "font": FONT, "view": {"stroke": None}},
    )
    with debug_mode(arg=False):  # else Altair checks every object against its schema: half of its time
        return chart.to_dict(validate=False)


def _layer(data: str, kind: str) -> alt.Chart:
    mark, channels = _KINDS[kind]
    return alt.Chart(alt.NamedData(name=data), mark=mark, encoding=alt.FacetedEncoding(**{**_PLACES, **channels}))


def _place(channel: type[Any], part: str, scale: alt.Scale | None) -> Any:  # noqa: ANN401 - a class for each channel
    """Place marks by a part of their row; without a scale, in pixels."""
    return channel(field=part, type="quantitative", scale=scale, axis=None)


def _style(**parts: str) -> dict[str, Any]:
    """Take a style of a mark from a part of its row."""
    return {style: alt.ExprRef(f"datum.{part}") for style, part in parts.items()}


# Both places in data units: linear scales, and no axes, as these are rules and words.
_PLACES = {"x": _place(alt.X, "x", alt.Scale(nice=False)), "y": _place(alt.Y, "y", alt.Scale(nice=False))}
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
