"""Describes in Vega-Lite how each kind of mark is drawn. The only module that imports Altair.

Every row has its own style (colour, width, dash and so on), so a layer is just a kind of mark, and drawings with the
same kinds of layers share a specification.
"""

from collections.abc import Sequence
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from mpr.render.charts.palette import PAPER

VEGA_LITE_VERSION = ".".join(alt.SCHEMA_VERSION.split(".")[:2])  # as vl_convert writes it, such as "v6.1"


def build_vega_lite(kinds: tuple[str, ...]) -> dict[str, Any]:
    """Return the Vega-Lite specification of layers of some kinds, the lowest first. Only the tests validate it.

    The data of a layer are named by its index. Data, size and the ends of the scales have to be filled in.
    """
    with debug_mode(arg=False):  # otherwise Altair validates every object, which takes half of its time
        return compose_layers(kinds).to_dict(validate=False)


def compose_layers(kinds: Sequence[str]) -> alt.LayerChart:
    """Return a chart of layers of some kinds, the lowest first."""
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
    """Return styles of a mark that are read from fields of its row."""
    return {style: alt.ExprRef(f"datum.{field}") for style, field in fields.items()}


# Scales with exactly the ends they are given, and without axes, which are drawn as rules and words.
_SCALE = alt.Scale(domain=[0, 1], nice=False, zero=False)
_POSITIONS = {
    "x": alt.X(field="x", type="quantitative", scale=_SCALE, axis=None),
    "y": alt.Y(field="y", type="quantitative", scale=_SCALE, axis=None),
}
_FILL = {"fill": alt.Fill(field="colour", type="nominal", scale=None)}
_STROKE = {"stroke": alt.Stroke(field="colour", type="nominal", scale=None)}
_ENDS = {"x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
_PEN = _bind_style(strokeWidth="width", strokeDash="dash")

# For each kind: the mark, and the fields of a row, besides x and y, that it encodes.
_MARKS_BY_KIND: dict[str, tuple[alt.MarkDef, dict[str, Any]]] = {
    # a pixel of paper between neighbours separates zones of similar grey
    "rect": (alt.MarkDef(type="rect", xOffset=1, x2Offset=-1), {**_ENDS, **_FILL}),
    "rule": (alt.MarkDef(type="rule", **_PEN), {**_ENDS, **_STROKE}),
    # a path for each value of `path`, through its rows in the order of `step`
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
