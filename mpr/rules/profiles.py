"""A rule on the targets of a year's months, where the figure adds up over the year."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Indicator, MeasureKind
from mpr.measure.period import MONTH_NAMES, Month
from mpr.measure.standing import Standing
from mpr.measure.target import YearTarget, ends
from mpr.measure.words import decimals_of, written
from mpr.problem import Problem, Severity

UNEVEN = (Decimal(2) / 3, Decimal(3) / 2)  # of the steps on both sides: beyond it a step is another profile's


def uneven(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W405: the monthly targets of a figure that adds up over the year cannot be one profile.

    They fall, or do not end at the annual target, or change their decimals where one step is out of line with those on
    both sides of it, as where the beginning of one profile was joined to the rest of another.
    """
    indicator, year = standing.indicator, standing.annual
    if indicator.measure is not MeasureKind.CUMULATIVE or not year or not year.profile:
        return
    stated = [(month, ends(year.profile[month.number])[1]) for month in _months(scorecard, indicator, year)]
    said = next(_falls(indicator, stated), None) or next(_spliced(indicator, stated), None)
    said = said or next(_unfinished(scorecard, indicator, year), None)
    if said:
        hint = f"compare the profile under targets, {scorecard.year}, with where it was taken from"
        message = f"the targets of {indicator.code} {said}"
        yield Problem(year.place or indicator.place, "W405", message, hint, Severity.WARNING)


Stated = list[tuple[Month, Decimal]]


def _months(scorecard: Scorecard, indicator: Indicator, year: YearTarget) -> list[Month]:
    """Return the months of the year that the profile states, in their order."""
    now = indicator.year(scorecard.period.last, indicator.frequency)
    return [month for month in now.months if year.profile and month.number in year.profile]


def _falls(indicator: Indicator, stated: Stated) -> Iterator[str]:
    for (before, low), (month, high) in pairwise(stated):
        if high < low:
            yield f"fall from {written(indicator, low)} in {before.name} to {written(indicator, high)} in {month.name}"


def _spliced(indicator: Indicator, stated: Stated) -> Iterator[str]:
    """Yield where a step is out of line with both beside it, between targets written with other decimals."""
    for first, second, third, fourth in zip(stated, stated[1:], stated[2:], stated[3:], strict=False):
        steps = [later[1] - sooner[1] for sooner, later in pairwise((first, second, third, fourth))]
        around = (steps[0], steps[2])
        uneven = steps[1] < UNEVEN[0] * min(around) or steps[1] > UNEVEN[1] * max(around)
        if uneven and decimals_of(second[1]) != decimals_of(third[1]):
            low, high = (f"{written(indicator, goal)} in {month.name}" for month, goal in (second, third))
            step, sooner, later = (written(indicator, each) for each in (steps[1], *around))
            apart = f"they rise by {step} from {low} to {high}, but by {sooner} before that and by {later} after"
            yield f"look like two profiles joined: {apart}"


def _unfinished(scorecard: Scorecard, indicator: Indicator, year: YearTarget) -> Iterator[str]:
    last = indicator.year(scorecard.period.last, indicator.frequency).last.number
    end = year.profile.get(last) if year.profile else None
    if end is not None and year.annual is not None and end != year.annual:
        ended = f"{written(indicator, end)} in {MONTH_NAMES[last - 1]}"
        yield f"end at {ended}, but the annual target is {written(indicator, year.annual)}"
