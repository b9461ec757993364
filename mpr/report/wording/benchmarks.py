"""Benchmarks: figures of others to compare the council's own with."""

from decimal import Decimal

from mpr.load.scorecard import Scorecard
from mpr.measure import formatting
from mpr.measure.formatting import round_half_up
from mpr.measure.indicator import Indicator
from mpr.measure.period import Period
from mpr.measure.series import Series
from mpr.measure.status import IndicatorStatus


def find_benchmark(indicator: Indicator, series: Series, period: Period, name: str) -> Decimal | None:
    """Return a benchmark's figure of a period, rounded as printed, or None if it was not supplied.

    A longer period has the figure of its last period, unless the measure is of each period alone.
    """
    at_end = indicator.get_period(period.last, indicator.frequency)
    is_period_only = indicator.measure_kind is not None and indicator.measure_kind.is_per_period
    candidates = (period, *(() if is_period_only and period != at_end else (at_end, period.last)))
    figures = (series[candidate].benchmarks.get(name) for candidate in candidates if candidate in series)
    value = next((figure for figure in figures if figure is not None), None)
    return None if value is None else round_half_up(value, indicator.get_decimals(period))


def describe_comparisons(scorecard: Scorecard, status: IndicatorStatus) -> tuple[str, ...]:
    """Return the newest figure of each benchmark: `England 82.5%`, with its period if that is not the latest one."""
    indicator, readings = status.indicator, scorecard.get_series(status.indicator)
    known_periods = {
        indicator.get_period(reading_period.last, status.latest_period.frequency) for reading_period in readings
    }
    periods = sorted(
        (candidate for candidate in known_periods if candidate.last <= status.latest_period.last),
        key=lambda candidate: candidate.last,
    )
    phrases = []
    for name in scorecard.settings.benchmarks:
        dated_figures = [
            (candidate, value)
            for candidate in periods
            if (value := find_benchmark(indicator, readings, candidate, name)) is not None
        ]
        if dated_figures:
            period, value = dated_figures[-1]
            value_text = formatting.format_value(indicator, value, period)
            phrases.append(
                f"{name} {value_text}" + ("" if period == status.latest_period else f" ({period.full_name})")
            )
    return tuple(phrases)
