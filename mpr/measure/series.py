"""An indicator's readings over time, and what is asked of them.

Every value handed out here is rounded as it is printed, so that whatever is rated, compared or drawn agrees with the
figure on the page. The figure of a longer period is the one that officers wrote for it or, where they wrote none and
the measure kind allows it, follows from the indicator's own periods.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpr.measure.indicator import Indicator, MeasureKind, Missing, Reading
from mpr.measure.period import Frequency, Month, Period, Year
from mpr.measure.words import rounded

Series = Mapping[Period, Reading]
MOST_YEARS = 10


@dataclass(frozen=True)
class Figure:
    """What is known of a period: the value as printed, or why there is none; numerator and denominator, if stated."""

    value: Decimal | None
    missing: Missing | None = None
    proxy: bool = False
    of: tuple[Decimal, Decimal] | None = None
    computed: bool = False


def figure(indicator: Indicator, series: Series, period: Period) -> Figure:
    """Return what officers wrote for a period, else what follows from the periods that make it up."""
    reading = series.get(period)
    if reading and reading.written:
        value = reading.value
        shown = None if value is None else rounded(value, indicator.decimals_in(period))
        return Figure(shown, reading.missing, reading.proxy, reading.of)
    return _computed(indicator, series, period)


def value(indicator: Indicator, series: Series, period: Period) -> Decimal | None:
    """Return a period's figure as printed, None where there is none."""
    return figure(indicator, series, period).value


def _computed(indicator: Indicator, series: Series, period: Period) -> Figure:
    """Compute a longer period's figure where the measure kind allows it.

    Counts are added up; rates are the ratio of the sums of their numerators and denominators, where all are given; a
    rolling quarter is a quarter's in its last month; all else is what stands at the period's end.
    """
    parts = _parts(indicator, period)
    if not parts:
        return Figure(None)
    if indicator.measure and indicator.measure.restarts and not indicator.within_a_year(period):
        return Figure(None)  # what restarts inside a period covers only its end
    readings = [series.get(part) for part in parts]
    given = [each for each in readings if each and each.value is not None]
    proxy = any(each.proxy for each in given)
    if indicator.measure and indicator.measure.alone:
        whole = len(given) == len(parts) and indicator.comparable(parts[0], parts[-1])
        total, of = _total(indicator, given) if whole else (None, None)
    elif readings[-1] and (indicator.measure is not MeasureKind.ROLLING or period.frequency is Frequency.QUARTERLY):
        total, of, proxy = readings[-1].value, readings[-1].of, readings[-1].proxy
    else:
        total, of = None, None
    if total is None:
        return Figure(None)  # a month for which none applies says nothing of the quarter
    return Figure(rounded(total, indicator.decimals_in(period)), None, proxy, of, computed=True)


def _parts(indicator: Indicator, period: Period) -> tuple[Period, ...]:
    """Return the indicator's own periods that make up a longer one, none where they do not."""
    if period.frequency.months <= indicator.frequency.months:
        return ()
    parts = tuple(dict.fromkeys(indicator.period(month, indicator.frequency) for month in period.months))
    whole = parts[0].first == period.first and parts[-1].last == period.last
    return parts if whole else ()


def _total(indicator: Indicator, readings: Sequence[Reading]) -> tuple[Decimal | None, tuple[Decimal, Decimal] | None]:
    """Add up counts, or numerators and denominators."""
    fractions = [each.of for each in readings if each.of]
    if len(fractions) == len(readings):
        above, below = (sum(side, Decimal(0)) for side in zip(*fractions, strict=True))
        return above / below * 100, (above, below)
    if indicator.measure is MeasureKind.RATE:
        return None, None
    return sum((each.value for each in readings if each.value is not None), Decimal(0)), None


def latest(indicator: Indicator, series: Series, reported: Period, since: Month) -> Period:
    """Return the newest period with a figure, else with a word in its place, else the one that a report is made in.

    Looked at are the periods from a month on whose figure is due by the report's end; annual figures have no such
    limit, for they may be years old.
    """
    grain = indicator.grain(reported)
    found = {indicator.period(period.last, grain) for period in series if period.frequency.months <= grain.months}
    periods = [
        period
        for period in found
        if indicator.ready(period) <= reported.last and (period.last >= since or grain is Frequency.ANNUAL)
    ]
    shown = {period: figure(indicator, series, period) for period in periods}
    figures = [period for period, each in shown.items() if each.value is not None]
    words = [period for period, each in shown.items() if each.missing is not None]
    newest = indicator.period(reported.last, grain)
    return max(figures or words, default=newest, key=lambda period: period.last)


def years(indicator: Indicator, series: Series, upto: Year) -> tuple[Year, ...]:
    """Return the years from the first with a figure, ten at most, up to one; that one alone where none has any."""
    found = [upto]
    while len(found) < MOST_YEARS:
        found.insert(0, found[0].year_before)
    known = [place for place, year in enumerate(found) if value(indicator, series, year) is not None]
    return tuple(found[known[0] if known else -1 :])


def year_before(indicator: Indicator, series: Series, period: Period) -> Decimal | None:
    """Return the figure of the same period a year before, None where there is none that measures the same."""
    before = period.year_before
    return value(indicator, series, before) if indicator.comparable(before, period) else None
