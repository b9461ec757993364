"""An indicator's readings over time, and what is asked of them.

Every value handed out here is rounded as it is printed, so that whatever is rated, compared or drawn agrees with the
figure on the page. The figure of a longer period is the one that officers wrote for it or, where they wrote none and
the measure kind allows it, follows from the indicator's own periods.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpr.measure.formatting import round_half_up
from mpr.measure.indicator import Indicator, MeasureKind, Missing, Reading
from mpr.measure.period import Frequency, Month, Period, Year

Series = Mapping[Period, Reading]
MAX_YEARS = 10


@dataclass(frozen=True)
class SeriesFigure:
    """What is known of a period: the value as printed, or why there is none; numerator and denominator, if stated."""

    value: Decimal | None
    missing: Missing | None = None
    proxy: bool = False
    fraction: tuple[Decimal, Decimal] | None = None
    is_computed: bool = False


def get_figure(indicator: Indicator, series: Series, period: Period) -> SeriesFigure:
    """Return what officers wrote for a period, else what follows from the periods that make it up."""
    reading = series.get(period)
    if reading and reading.is_filled_in:
        value = reading.value
        printed_value = None if value is None else round_half_up(value, indicator.get_decimals(period))
        return SeriesFigure(printed_value, reading.missing, reading.proxy, reading.fraction)
    return _compute_figure(indicator, series, period)


def get_value(indicator: Indicator, series: Series, period: Period) -> Decimal | None:
    """Return a period's figure as printed, None where there is none."""
    return get_figure(indicator, series, period).value


def _compute_figure(indicator: Indicator, series: Series, period: Period) -> SeriesFigure:
    """Compute a longer period's figure where the measure kind allows it.

    Counts are added up; rates are the ratio of the sums of their numerators and denominators, where all are given; a
    rolling quarter is a quarter's in its last month; all else is what stands at the period's end.
    """
    parts = _list_parts(indicator, period)
    if not parts:
        return SeriesFigure(None)
    if (
        indicator.measure_kind
        and indicator.measure_kind.restarts_each_year
        and not indicator.is_within_one_year(period)
    ):
        return SeriesFigure(None)  # what restarts inside a period covers only its end
    readings = [series.get(part) for part in parts]
    with_value = [reading for reading in readings if reading and reading.value is not None]
    proxy = any(reading.proxy for reading in with_value)
    if indicator.measure_kind and indicator.measure_kind.is_per_period:
        is_whole = len(with_value) == len(parts) and indicator.is_comparable(parts[0], parts[-1])
        total, fraction = _add_up(indicator, with_value) if is_whole else (None, None)
    elif readings[-1] and (
        indicator.measure_kind is not MeasureKind.ROLLING or period.frequency is Frequency.QUARTERLY
    ):
        total, fraction, proxy = readings[-1].value, readings[-1].fraction, readings[-1].proxy
    else:
        total, fraction = None, None
    if total is None:
        return SeriesFigure(None)  # a month for which none applies says nothing of the quarter
    return SeriesFigure(round_half_up(total, indicator.get_decimals(period)), None, proxy, fraction, is_computed=True)


def _list_parts(indicator: Indicator, period: Period) -> tuple[Period, ...]:
    """Return the indicator's own periods that make up a longer one, none where they do not."""
    if period.frequency.months <= indicator.frequency.months:
        return ()
    parts = tuple(dict.fromkeys(indicator.get_period(month, indicator.frequency) for month in period.months))
    is_whole = parts[0].first == period.first and parts[-1].last == period.last
    return parts if is_whole else ()


def _add_up(indicator: Indicator, readings: Sequence[Reading]) -> tuple[Decimal | None, tuple[Decimal, Decimal] | None]:
    """Add up counts, or numerators and denominators."""
    fractions = [reading.fraction for reading in readings if reading.fraction]
    if len(fractions) == len(readings):
        numerator, denominator = (sum(side, Decimal(0)) for side in zip(*fractions, strict=True))
        return numerator / denominator * 100, (numerator, denominator)
    if indicator.measure_kind is MeasureKind.RATE:
        return None, None
    return sum((reading.value for reading in readings if reading.value is not None), Decimal(0)), None


def select_latest_period(indicator: Indicator, series: Series, reporting_period: Period, earliest: Month) -> Period:
    """Return the newest period with a figure, else with a word in its place, else the one that a report is made in.

    Looked at are the periods from a month on whose figure is due by the report's end; annual figures have no such
    limit, for they may be years old.
    """
    frequency = indicator.choose_frequency(reporting_period)
    candidates = {
        indicator.get_period(period.last, frequency) for period in series if period.frequency.months <= frequency.months
    }
    periods = [
        period
        for period in candidates
        if indicator.get_ready_month(period) <= reporting_period.last
        and (period.last >= earliest or frequency is Frequency.ANNUAL)
    ]
    figures_by_period = {period: get_figure(indicator, series, period) for period in periods}
    with_value = [period for period, figure in figures_by_period.items() if figure.value is not None]
    with_reason = [period for period, figure in figures_by_period.items() if figure.missing is not None]
    newest = indicator.get_period(reporting_period.last, frequency)
    return max(with_value or with_reason, default=newest, key=lambda period: period.last)


def list_years(indicator: Indicator, series: Series, last: Year) -> tuple[Year, ...]:
    """Return the years from the first with a figure, ten at most, up to one; that one alone where none has any."""
    window = [last]
    while len(window) < MAX_YEARS:
        window.insert(0, window[0].year_before)
    positions = [position for position, year in enumerate(window) if get_value(indicator, series, year) is not None]
    return tuple(window[positions[0] if positions else -1 :])


def get_value_year_before(indicator: Indicator, series: Series, period: Period) -> Decimal | None:
    """Return the figure of the same period a year before, None where there is none that measures the same."""
    earlier = period.year_before
    return get_value(indicator, series, earlier) if indicator.is_comparable(earlier, period) else None
