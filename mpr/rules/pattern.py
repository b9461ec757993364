"""Rules on a figure beside those before it: out of line, a slipped decimal point, a running total that falls."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

from mpr.load.scorecard import Scorecard
from mpr.measure import series, words
from mpr.measure.indicator import Indicator, MeasureKind
from mpr.measure.period import Period
from mpr.measure.standing import Standing
from mpr.measure.target import ends
from mpr.problem import Problem, Severity
from mpr.rules import shown

FEWEST = 6  # figures from which a usual range can be told
NARROWEST = Decimal("0.1")  # of the middle figure: so wide is a usual range at least
SLIPS = tuple(Decimal(10) ** power for power in (1, 2, 3))
NEAR = (Decimal("0.7"), Decimal("1.4"))  # of what is expected, where a single figure is all that there is


def out_of_line(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W513: a figure lies far outside those before it.

    Far is more than the whole range of the earlier figures beyond it, at least six of them. Of a figure that adds up
    over the year, what the period has added is compared. Where a tenth, a hundredth, ten or a hundred times the figure
    would be in line, a slip of the decimal point is likely, and the hint says so.
    """
    indicator, value, period = standing.indicator, standing.value, standing.latest
    if value is None or period.last < scorecard.period.first:
        return
    base = _base(scorecard, indicator, period)
    usual = _usual(scorecard, indicator, period)
    if base is None or len(usual) < FEWEST or _fits(value - base, usual, wide=True):
        return
    meant = next((each for each in _slips(value) if _fits(each - base, usual, wide=False)), None)
    low, high, added = (words.value(indicator, each, period) for each in (min(usual), max(usual), value - base))
    earlier = f"{len(usual)} earlier {period.frequency.noun}s"
    message = f"{indicator.code} at {shown.latest(standing)} is out of line with {earlier}, which had {low} to {high}"
    if indicator.measure is MeasureKind.CUMULATIVE:
        message = f"{indicator.code} at {shown.latest(standing)} adds {added}, where {earlier} added {low} to {high}"
    hint = f"if a decimal point slipped, write {words.value(indicator, meant, period)}" if meant else "check the figure"
    yield Problem(scorecard.place_of(indicator), "W513", message, hint, Severity.WARNING)


def slipped(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W514: a figure is about ten, a hundred or a thousand times what last year's figure or its target lets expect.

    Looked at only where there are too few earlier figures to tell a usual range (W513).
    """
    indicator, value, period = standing.indicator, standing.value, standing.latest
    if not value or period.last < scorecard.period.first or len(_usual(scorecard, indicator, period)) >= FEWEST:
        return
    if standing.before:
        what, expected = f"last year’s {words.value(indicator, standing.before, period.year_before)}", standing.before
    elif standing.target is not None:
        what, expected = f"the target of {shown.target(standing)}", sum(ends(standing.target), Decimal(0)) / 2
    else:
        return
    meant = next((each for each in _slips(value) if expected and _about(each, expected)), None)
    if meant is not None and not _about(value, expected):
        message = f"{indicator.code} at {shown.latest(standing)} is far from {what}"
        hint = f"if a decimal point slipped, write {words.value(indicator, meant, period)}"
        yield Problem(scorecard.place_of(indicator), "W514", message, hint, Severity.WARNING)


def falls(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W515: a figure that adds up over the year is smaller than an earlier one of the same year.

    Looked at are this year and the one before, as the history shows them.
    """
    indicator = standing.indicator
    if indicator.measure is not MeasureKind.CUMULATIVE:
        return
    readings = scorecard.series(indicator)
    now = indicator.year(scorecard.period.last, indicator.frequency)
    for year in (now.year_before, now):
        parts = [each for each in year.parts(indicator.frequency) if each.last <= scorecard.period.last]
        known = [(each, found) for each in parts if (found := series.value(indicator, readings, each)) is not None]
        for (before, earlier), (period, later) in pairwise(known):
            if later < earlier and indicator.comparable(before, period):
                fallen = f"{words.value(indicator, earlier, before)} to {words.value(indicator, later, period)}"
                message = f"{indicator.code} adds up over the year, but falls from {fallen} in {period.words}"
                place = readings[period].place if period in readings else scorecard.place_of(indicator)
                hint = "mend the figure, or say under break from which month on it counts something else"
                yield Problem(place, "W515", message, hint, Severity.WARNING)


def _base(scorecard: Scorecard, indicator: Indicator, period: Period) -> Decimal | None:
    """Return what a figure stands on: the one before it in the year where it adds up, else nothing; None if unknown."""
    if indicator.measure is not MeasureKind.CUMULATIVE:
        return Decimal(0)
    year = indicator.year(period.last, period.frequency)
    parts = year.parts(period.frequency)
    place = parts.index(period)
    if not place:
        return Decimal(0)
    before = parts[place - 1]
    if not indicator.comparable(before, period):
        return None
    return series.value(indicator, scorecard.series(indicator), before)


def _usual(scorecard: Scorecard, indicator: Indicator, period: Period) -> list[Decimal]:
    """Return the earlier figures of periods as long, or what each added where the figure adds up over the year."""
    found = []
    for other in scorecard.series(indicator):
        known = series.value(indicator, scorecard.series(indicator), other)
        alike = other.frequency is period.frequency and other.last < period.last and indicator.comparable(other, period)
        base = _base(scorecard, indicator, other) if alike and known is not None else None
        if known is not None and base is not None:
            found.append(known - base)
    return found


def _fits(figure: Decimal, usual: Sequence[Decimal], *, wide: bool) -> bool:
    """Whether a figure lies in the range of the usual ones, or, `wide`, no more than that range beyond it."""
    spread = max(max(usual) - min(usual), abs(median(usual)) * NARROWEST)
    margin = spread if wide else spread / 4
    return min(usual) - margin <= figure <= max(usual) + margin


def _slips(value: Decimal) -> Iterator[Decimal]:
    """Yield what may have been meant where a decimal point slipped."""
    for by in SLIPS:
        yield from (value / by, value * by)


def _about(value: Decimal, expected: Decimal) -> bool:
    return NEAR[0] <= value / expected <= NEAR[1]
