"""Others' figures beside the council's own: the newest of each comparison up to the latest period."""

from decimal import Decimal

from mpr.load.scorecard import Scorecard
from mpr.measure import words
from mpr.measure.indicator import Indicator
from mpr.measure.period import Period
from mpr.measure.series import Series
from mpr.measure.standing import Standing
from mpr.measure.words import rounded


def benchmark(indicator: Indicator, series: Series, period: Period, name: str) -> Decimal | None:
    """Return a comparison's figure of a period as printed, None where it was not supplied.

    A longer period has that of its end, unless the figure is of each period alone.
    """
    at_end = indicator.period(period.last, indicator.frequency)
    alone = indicator.measure is not None and indicator.measure.alone
    places = (period, *(() if alone and period != at_end else (at_end, period.last)))
    found = (series[each].benchmarks.get(name) for each in places if each in series)
    value = next((each for each in found if each is not None), None)
    return None if value is None else rounded(value, indicator.decimals_in(period))


def comparisons(scorecard: Scorecard, standing: Standing) -> tuple[str, ...]:
    """Say the newest figure of each comparison: `England 82.5%`, with its period where that is an earlier one."""
    indicator, readings = standing.indicator, scorecard.series(standing.indicator)
    alike = {indicator.period(each.last, standing.latest.frequency) for each in readings}
    periods = sorted((each for each in alike if each.last <= standing.latest.last), key=lambda each: each.last)
    said = []
    for name in scorecard.settings.benchmarks:
        known = [(each, value) for each in periods if (value := benchmark(indicator, readings, each, name)) is not None]
        if known:
            period, value = known[-1]
            shown = words.value(indicator, value, period)
            said.append(f"{name} {shown}" + ("" if period == standing.latest else f" ({period.words})"))
    return tuple(said)
