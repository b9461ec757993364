"""The model of a chart before it is drawn: a plot with two scales, marks in layers, and words. Pure, no Altair.

Marks are placed in data units on the two scales. Words are placed in pixels from the top left corner of the plot, y
downwards, because this package and not Vega decides where a label has room.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpr.render.charts.palette import CHART_WIDTH, FONT_SIZE, GREY

Number = Decimal | float
Position = tuple[float, float]  # x, y
MarkRow = dict[str, object]  # a mark, or a point of a line: its position and its style, as vega_marks.py reads them


@dataclass(frozen=True)
class Plot:
    """The area of the two scales: its size and margins in pixels, and the ends of both scales in data units."""

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
        """The right margin in pixels: the rest of the chart's width."""
        return self.chart_width - self.left - self.width

    def to_x_pixels(self, value: Number) -> float:
        """Convert a value on the horizontal scale into pixels."""
        return (float(value) - self.x_range[0]) / (self.x_range[1] - self.x_range[0]) * self.width

    def to_y_pixels(self, value: Number) -> float:
        """Convert a value on the vertical scale into pixels."""
        return (self.y_range[1] - float(value)) / (self.y_range[1] - self.y_range[0]) * self.height

    def to_x_value(self, pixels: float) -> float:
        """Convert pixels into a value on the horizontal scale."""
        return self.x_range[0] + pixels / self.width * (self.x_range[1] - self.x_range[0])


@dataclass(frozen=True)
class PlotText:
    """Words with their position in pixels: `x` is their start, middle or end, as `align` says; `y` is their middle."""

    x: float
    y: float
    words: str
    colour: str = GREY
    align: str = "left"
    weight: str = "normal"


@dataclass(frozen=True)
class Layer:
    """Marks of one kind: rect, rule, line or point (see vega_marks.py)."""

    kind: str
    rows: tuple[MarkRow, ...]


@dataclass(frozen=True)
class Drawing:
    """A chart: its plot, its layers, the lowest first, and its words, which lie over all of them."""

    plot: Plot
    layers: tuple[Layer, ...]
    texts: tuple[PlotText, ...]


def make_span(
    xs: Sequence[Number], ys: Sequence[Number], colour: str, width: float = 1, dash: Sequence[int] = ()
) -> MarkRow:
    """Return the row of a rectangle or a straight rule in data units; a single number is both ends.

    `width` and `dash` are those of a rule, in pixels.
    """
    ends = {"x": float(xs[0]), "x2": float(xs[-1]), "y": float(ys[0]), "y2": float(ys[-1])}
    return {**ends, "colour": colour, "width": width, "dash": list(dash)}


# The greatest width of each character as a share of the font size; other capitals 0.67, anything else 0.57.
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
    """Return the greatest width of words in pixels, bold or not. An estimate: nothing here measures the font itself."""
    return FONT_SIZE * sum(_LETTER_WIDTHS.get(letter, 0.67 if letter.isupper() else 0.57) for letter in words)
