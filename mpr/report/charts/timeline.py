"""The periods that a chart of an indicator runs over, with its values, its targets and others' figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TypeVar

from mpr.load.scorecard import Scorecard
from mpr.measure import series
from mpr.measure.period import MONTHS_IN_YEAR, Frequency, Period, Year
from mpr.measure.status import IndicatorStatus
from mpr.measure.target import Target
from mpr.report.wording.benchmarks import find_benchmark

T = TypeVar("T")


@dataclass(frozen=True)
class Timeline:
    """The periods of a chart; values and targets are keyed by a period's place on the axis, counted from 0.

    If `overlaid`, the periods are those of one year, and `earlier_values` belong to the year before. `year` is the
    last year of the chart. `benchmarks` are others' figures, by the name of the comparison.
    """

    year: Year
    periods: tuple[Period, ...]
    overlaid: bool
    values: dict[int, Decimal]
    earlier_values: dict[int, Decimal]
    targets: dict[int, Target]
    benchmarks: dict[str, dict[int, Decimal]]

    @property
    def frequency(self) -> Frequency:
        """The length of the periods."""
        return self.periods[0].frequency

    @property
    def is_drawable(self) -> bool:
        """Whether there is enough to draw: two values, or one with another year or a benchmark beside it."""
        return len(self.values) > 1 or bool(self.values and (self.overlaid or self.benchmarks))

    @property
    def periods_per_year(self) -> int:
        """The number of periods in a year."""
        return MONTHS_IN_YEAR // self.frequency.months


def build_timeline(scorecard: Scorecard, status: IndicatorStatus) -> Timeline:
    """Return the timeline of an indicator, whose status is at its own frequency.

    A figure that restarts with the year has one year laid over the year before. Values from before a break in the
    measure are left out.
    """
    indicator, readings = status.indicator, scorecard.get_series(status.indicator)
    frequency, kind = status.latest_period.frequency, indicator.measure_kind
    overlaid = bool(kind and kind.restarts_each_year) and frequency is not Frequency.ANNUAL
    year = indicator.get_year((status.latest_period if overlaid else scorecard.period).last, frequency)
    periods = year.split_into(frequency) if overlaid else _list_periods(year, status, readings)
    earlier_periods = year.year_before.split_into(frequency) if overlaid else ()
    read_value = partial(series.get_value, indicator, readings)
    benchmarks = {
        name: _read_periods(status, periods, partial(find_benchmark, indicator, readings, name=name))
        for name in scorecard.settings.benchmarks
    }
    return Timeline(
        year=year,
        periods=periods,
        overlaid=overlaid,
        values=_read_periods(status, periods, read_value),
        earlier_values=_read_periods(status, earlier_periods, read_value),
        targets=_read_periods(status, periods, indicator.get_target),
        benchmarks={name: values for name, values in benchmarks.items() if values},
    )


def _read_periods(
    status: IndicatorStatus, periods: Sequence[Period], read: Callable[[Period], T | None]
) -> dict[int, T]:
    """Return what is known of those periods that can be compared with the latest one, by their place."""
    comparable = (
        (place, read(period))
        for place, period in enumerate(periods)
        if status.indicator.is_comparable(period, status.latest_period)
    )
    return {place: value for place, value in comparable if value is not None}


def _list_periods(year: Year, status: IndicatorStatus, readings: series.Series) -> tuple[Period, ...]:
    """Return the periods of this year and the last; of annual figures, the years up to the latest one."""
    frequency = status.latest_period.frequency
    if frequency is not Frequency.ANNUAL:
        return (*year.year_before.split_into(frequency), *year.split_into(frequency))
    return series.list_years(
        status.indicator, readings, Year.from_month(status.latest_period.last, status.indicator.start_month)
    )
