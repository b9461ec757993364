"""Says in Vega-Lite how the marks of each kind are drawn. The only module that knows Altair.

Every row brings its own style (colour, width, dash ...), so a layer is one kind of mark and nothing more, and drawings
with the same kinds of layers share one specification.
"""

from collections.abc import Sequence
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from mpr.render.charts.palette import PAPER

VEGA_LITE_VERSION = ".".join(alt.SCHEMA_VERSION.split(".")[:2])  # of Vega-Lite, as vl_convert names it: "v6.1"


def build_vega_lite(kinds: tuple[str, ...]) -> dict[str, Any]:
    """Return the Vega-Lite specification of layers of some kinds over each other, unchecked: the tests check it.

    The rows of a layer are the data named by its place; these, the size and the ends of the scales are to be filled in.
    """
    with debug_mode(arg=False):  # else Altair checks every object against its schema: half of its time
        return compose_layers(kinds).to_dict(validate=False)


def compose_layers(kinds: Sequence[str]) -> alt.LayerChart:
    """Lay layers of some kinds over each other."""
    return alt.LayerChart(
        layer=[_build_layer(str(index), kind) for index, kind in enumerate(kinds)],
        width=1,
        height=1,
        autosize="none",
        config={"aria": False, "background": "transparent", "view": {"stroke": None}},
    )


def _build_layer(data: str, kind: str) -> alt.Chart:
    mark, channels = _MARKS_BY_KIND[kind]
    return alt.Chart(alt.NamedData(name=data), mark=mark, encoding=alt.FacetedEncoding(**{**_POSITIONS, **channels}))


def _bind_style(**fields: str) -> dict[str, Any]:
    """Take a style of a mark from a part of its row."""
    return {style: alt.ExprRef(f"datum.{field}") for style, field in fields.items()}


# Scales as they are given, without axes: these are rules here, and words.
_SCALE = alt.Scale(domain=[0, 1], nice=False, zero=False)
_POSITIONS = {
    "x": alt.X(field="x", type="quantitative", scale=_SCALE, axis=None),
    "y": alt.Y(field="y", type="quantitative", scale=_SCALE, axis=None),
}
_FILL = {"fill": alt.Fill(field="colour", type="nominal", scale=None)}
_STROKE = {"stroke": alt.Stroke(field="colour", type="nominal", scale=None)}
_ENDS = {"x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
_PEN = _bind_style(strokeWidth="width", strokeDash="dash")

# Of each kind: the mark, and the parts of a row (beside x and y) that are data to it.
_MARKS_BY_KIND: dict[str, tuple[alt.MarkDef, dict[str, Any]]] = {
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
    "point": (
        alt.MarkDef(type="point", opacity=1, stroke=PAPER, **_bind_style(size="size", strokeWidth="halo")),
        _FILL,
    ),
}
