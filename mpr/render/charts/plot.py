"""What a chart is before anything draws it: a plot with two scales, marks in layers, and words. Pure, no Altair.

Marks stand in data units on the two scales. Words stand in pixels from the top left corner of the plot, y downwards,
because where a label has room is decided in this package and not by Vega.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpr.render.charts.palette import CHART_WIDTH, FONT_SIZE, GREY

Number = Decimal | float
Position = tuple[float, float]  # x, y
MarkRow = dict[str, object]  # one mark, or one point of a line: its place and its style, as `marks` reads them


@dataclass(frozen=True)
class Plot:
    """The area of the scales: its size and the margins around it in pixels, the ends of both scales in data units."""

    width: float
    height: float
    left: float
    top: float
    bottom: float
    x_range: Position
    y_range: Position
    chart_width: float = CHART_WIDTH

    @property
    def right(self) -> float:
        """The right margin in pixels: what the plot leaves of the picture's width."""
        return self.chart_width - self.left - self.width

    def to_x_pixels(self, value: Number) -> float:
        """Turn a place on the horizontal scale into pixels."""
        return (float(value) - self.x_range[0]) / (self.x_range[1] - self.x_range[0]) * self.width

    def to_y_pixels(self, value: Number) -> float:
        """Turn a place on the vertical scale into pixels."""
        return (self.y_range[1] - float(value)) / (self.y_range[1] - self.y_range[0]) * self.height

    def to_x_value(self, pixels: float) -> float:
        """Turn pixels into a place on the horizontal scale."""
        return self.x_range[0] + pixels / self.width * (self.x_range[1] - self.x_range[0])


@dataclass(frozen=True)
class PlotText:
    """Words in pixels: `x` is where they begin, have their middle or end, as `align` says; `y` is their middle."""

    x: float
    y: float
    words: str
    colour: str = GREY
    align: str = "left"
    weight: str = "normal"


@dataclass(frozen=True)
class Layer:
    """Marks of one kind: rect, rule, line or point (see `marks`)."""

    kind: str
    rows: tuple[MarkRow, ...]


@dataclass(frozen=True)
class Drawing:
    """A whole chart: its layers, the lowest first, and its words, which lie over all of them."""

    plot: Plot
    layers: tuple[Layer, ...]
    texts: tuple[PlotText, ...]


def make_span(
    xs: Sequence[Number], ys: Sequence[Number], colour: str, width: float = 1, dash: Sequence[int] = ()
) -> MarkRow:
    """Write the row of a rectangle or of a straight rule, in data units: one number stands for both ends.

    `width` and `dash` are those of a rule, in pixels.
    """
    ends = {"x": float(xs[0]), "x2": float(xs[-1]), "y": float(ys[0]), "y2": float(ys[-1])}
    return {**ends, "colour": colour, "width": width, "dash": list(dash)}


# How wide a letter is at most, as a share of the height of letters; other capitals 0.67, all else 0.57.
_WIDTH_SHARES = {
    " ": 0.2,
    ".,:;'ijlI|!": 0.28,
    "()[]-ft": 0.36,
    "rszc/": 0.46,
    "0123456789aegkvxyFLJ\u2013\u2212£": 0.53,
    "mwMW%": 0.84,
}
_LETTER_WIDTHS = {letter: share for letters, share in _WIDTH_SHARES.items() for letter in letters}


def estimate_width(words: str) -> float:
    """Say how many pixels wide words are at most, bold or not: nothing here measures the font itself."""
    return FONT_SIZE * sum(_LETTER_WIDTHS.get(letter, 0.67 if letter.isupper() else 0.57) for letter in words)
