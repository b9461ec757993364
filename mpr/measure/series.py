"""Time series: an indicator's readings by period, and the figures that follow from them.

Every value returned here is rounded as printed, so that ratings, comparisons and charts agree with the figure on the
page. The figure of a longer period is the one that officers wrote; if they wrote none and the measure kind allows it,
it is computed from the indicator's own periods.
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
    """A period's figure: the value as printed, or why it is `missing`; `fraction` is its numerator and denominator.

    `proxy` marks a figure used in place of one not yet available, `is_computed` one that officers did not write.
    """

    value: Decimal | None
    missing: Missing | None = None
    proxy: bool = False
    fraction: tuple[Decimal, Decimal] | None = None
    is_computed: bool = False


def get_figure(indicator: Indicator, series: Series, period: Period) -> SeriesFigure:
    """Return the figure that officers wrote for a period, else the one computed from the periods that make it up."""
    reading = series.get(period)
    if reading and reading.is_filled_in:
        value = reading.value
        printed_value = None if value is None else round_half_up(value, indicator.get_decimals(period))
        return SeriesFigure(printed_value, reading.missing, reading.proxy, reading.fraction)
    return _compute_figure(indicator, series, period)


def get_value(indicator: Indicator, series: Series, period: Period) -> Decimal | None:
    """Return a period's value as printed, None if there is none."""
    return get_figure(indicator, series, period).value


def _compute_figure(indicator: Indicator, series: Series, period: Period) -> SeriesFigure:
    """Return a longer period's figure if the measure kind allows one, else a figure without a value.

    Counts are added up. A rate is the ratio of the sums of numerators and denominators, if all are given. A rolling
    figure is that of the last month, and only a quarter has one. All other kinds have the figure of the last part.
    """
    parts = _list_parts(indicator, period)
    if not parts:
        return SeriesFigure(None)
    if (
        indicator.measure_kind
        and indicator.measure_kind.restarts_each_year
        and not indicator.is_within_one_year(period)
    ):
        return SeriesFigure(None)  # the figure restarted inside the period and covers only its end
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
        return SeriesFigure(None)  # that the last month has no figure, and why, says nothing about the whole period
    return SeriesFigure(round_half_up(total, indicator.get_decimals(period)), None, proxy, fraction, is_computed=True)


def _list_parts(indicator: Indicator, period: Period) -> tuple[Period, ...]:
    """Return the indicator's own periods that make up a longer one exactly, empty if they do not."""
    if period.frequency.months <= indicator.frequency.months:
        return ()
    parts = tuple(dict.fromkeys(indicator.get_period(month, indicator.frequency) for month in period.months))
    is_whole = parts[0].first == period.first and parts[-1].last == period.last
    return parts if is_whole else ()


def _add_up(indicator: Indicator, readings: Sequence[Reading]) -> tuple[Decimal | None, tuple[Decimal, Decimal] | None]:
    """Return the sum of counts, or the percentage and the sums of numerators and denominators if all are given."""
    fractions = [reading.fraction for reading in readings if reading.fraction]
    if len(fractions) == len(readings):
        numerator, denominator = (sum(side, Decimal(0)) for side in zip(*fractions, strict=True))
        return numerator / denominator * 100, (numerator, denominator)
    if indicator.measure_kind is MeasureKind.RATE:
        return None, None
    return sum((reading.value for reading in readings if reading.value is not None), Decimal(0)), None


def select_latest_period(indicator: Indicator, series: Series, reporting_period: Period, earliest: Month) -> Period:
    """Return the newest period with a figure, else the newest with a reason why there is none, else the latest one.

    Only periods that end in month `earliest` or later and whose figure is due by the end of the report count. Annual
    figures may be older.
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
    """Return the years from the first with a figure to `last`, at most ten; only `last` if none of them has one."""
    window = [last]
    while len(window) < MAX_YEARS:
        window.insert(0, window[0].year_before)
    positions = [position for position, year in enumerate(window) if get_value(indicator, series, year) is not None]
    return tuple(window[positions[0] if positions else -1 :])


def get_value_year_before(indicator: Indicator, series: Series, period: Period) -> Decimal | None:
    """Return the value of the same period a year before, None if there is none or a break lies between."""
    earlier = period.year_before
    return get_value(indicator, series, earlier) if indicator.is_comparable(earlier, period) else None
