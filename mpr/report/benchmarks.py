"""Others' figures beside the council's own: the newest of each comparison up to the latest period."""

from decimal import Decimal

from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Indicator, MeasureKind
from mpr.measure.period import Period
from mpr.measure.series import Series
from mpr.measure.standing import Standing
from mpr.measure.words import figure, rounded

ALONE = (MeasureKind.COUNT, MeasureKind.RATE)


def benchmark(indicator: Indicator, series: Series, period: Period, name: str) -> Decimal | None:
    """Return a comparison's figure of a period, None where it was not supplied.

    A longer period has that of its end, unless the figure is of each period alone.
    """
    at_end = indicator.period(period.last, indicator.frequency)
    reading = series.get(period) or (series.get(at_end) if indicator.measure not in ALONE else None)
    return reading.benchmarks.get(name) if reading else None


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
            decimals = indicator.decimals_in(period)
            shown = figure(rounded(value, decimals), decimals, percent=indicator.percent)
            said.append(f"{name} {shown}" + ("" if period == standing.latest else f" ({period.words})"))
    return tuple(said)
