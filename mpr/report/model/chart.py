"""The frozen charts of a `Report`: what they show, to scale, and every word in and around them."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class AxisTick:
    """A labelled place on an axis."""

    at: Decimal
    label: str


@dataclass(frozen=True)
class ChartPoint:
    """A figure in a chart: `at` counts periods from the left end of the axis, from 0."""

    at: int
    value: Decimal


@dataclass(frozen=True)
class ChartLine:
    """One line of a trend: `role` is current, earlier, target or benchmark. A gap in the periods is a gap in the line.

    Targets of a snapshot are drawn as steps, targets of a cumulative figure as a path through the points.
    """

    role: str
    label: str
    points: tuple[ChartPoint, ...]
    stepped: bool = False


@dataclass(frozen=True)
class ChartZone:
    """A range target from period `first` to period `last`, both included."""

    label: str
    first: int
    last: int
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class TrendChart:
    """A chart of values over periods: those of both years in a row, or of this year over last year.

    `title` says in a sentence what is seen and stands above the chart, outside the picture; so does `unit`.
    `description` is the text alternative. `low` and `high` bound the scale. `boundary` is the period that opens the
    new financial year where both years stand in a row. `latest` is the point named by `latest_label`.
    """

    anchor: str
    title: str
    unit: str
    description: str
    periods: int
    ticks: tuple[AxisTick, ...]
    scale: tuple[AxisTick, ...]
    low: Decimal
    high: Decimal
    lines: tuple[ChartLine, ...]
    bands: tuple[ChartZone, ...]
    boundary: int | None
    latest: ChartPoint | None
    latest_label: str


@dataclass(frozen=True)
class RatingZone:
    """A stretch of a bullet chart's scale that is rated alike, and the colour that it is drawn in."""

    kind: str
    tint: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class BulletChart:
    """The latest figure against its thresholds: a scale in zones, the target, the red and amber lines, the value."""

    anchor: str
    title: str
    description: str
    low: Decimal
    high: Decimal
    scale: tuple[AxisTick, ...]
    zones: tuple[RatingZone, ...]
    thresholds: tuple[AxisTick, ...]
    value: Decimal
    value_label: str


@dataclass(frozen=True)
class Sparkline:
    """A line of a word's height: the figures of the latest periods, `periods` places in all, the newest last."""

    anchor: str
    description: str
    periods: int
    points: tuple[ChartPoint, ...]
    low: Decimal
    high: Decimal


Chart = TrendChart | BulletChart | Sparkline
