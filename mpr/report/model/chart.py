"""The charts of a `Report`: their figures and scales, and every word in and around them."""

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
    """One line of a trend chart: `role` is current, earlier, target or benchmark. A missing period leaves a gap.

    A `stepped` line holds each value until the next point. Targets are stepped, except those of a cumulative figure.
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
    """A chart of values over periods: two years in a row, or this year over the year before.

    `title` is a sentence that says what the chart shows; `title` and `unit` are printed above the picture.
    `description` is the text alternative. `low` and `high` are the ends of the scale. `boundary` is the first period of
    the new year if two years are in a row. `latest_label` labels the point `latest`.
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
    """A part of a bullet chart's scale with one outcome: `kind` is the outcome's key, `tint` its colour."""

    kind: str
    tint: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class BulletChart:
    """The latest figure on a scale of zones, with the target and the lines where the outcome changes (`thresholds`)."""

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
    """A line of a word's height with the figures of the latest `periods` periods, the newest last."""

    anchor: str
    description: str
    periods: int
    points: tuple[ChartPoint, ...]
    low: Decimal
    high: Decimal


Chart = TrendChart | BulletChart | Sparkline
