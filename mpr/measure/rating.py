"""What a figure is rated, and whether it is better than last year's.

One mechanism serves all polarities: four thresholds on the scale of the figure. Between the green ones lies green,
from there to the red ones amber, beyond them red; a figure on a threshold belongs to the better side. The amber
stretch is the indicator's tolerance, a share of the target in per cent; with a target of 0 that share is nothing, so
the target is met or missed. Figures are rated as printed.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mpr.measure.indicator import Indicator, Outcome, Polarity, Range, Target


class Change(StrEnum):
    """How the latest month stands against the same month a year before."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NOT_AVAILABLE = "not-available"


@dataclass(frozen=True)
class Thresholds:
    """Where the rating turns, from the low end of the scale to the high; None on a side that cannot be missed."""

    low_red: Decimal | None
    low_green: Decimal | None
    high_green: Decimal | None
    high_red: Decimal | None

    def rate(self, value: Decimal) -> Outcome:
        """Rate a figure as printed."""
        if self._beyond(value, self.low_red, self.high_red):
            return Outcome.RED
        return Outcome.AMBER if self._beyond(value, self.low_green, self.high_green) else Outcome.GREEN

    @staticmethod
    def _beyond(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
        return (low is not None and value < low) or (high is not None and value > high)


def ends(target: Target) -> tuple[Decimal, Decimal]:
    """Return the low and the high end of a target; a single figure is both."""
    return (target.low, target.high) if isinstance(target, Range) else (target, target)


def thresholds(target: Target, polarity: Polarity, tolerance: Decimal) -> Thresholds:
    """Return where the rating turns for a target; the tolerance is in per cent of it."""
    low, high = ends(target)
    low_red, high_red = low - abs(low) * tolerance / 100, high + abs(high) * tolerance / 100
    if polarity is Polarity.MAXIMISE:
        return Thresholds(low_red, low, None, None)
    if polarity is Polarity.MINIMISE:
        return Thresholds(None, None, high, high_red)
    return Thresholds(low_red, low, high, high_red)


def propose(indicator: Indicator, value: Decimal | None, target: Target | None) -> Outcome:
    """Return what the rule alone says of a figure as printed."""
    if value is None:
        return Outcome.NO_VALUE
    if target is None:
        return Outcome.DATA_ONLY
    return thresholds(target, indicator.polarity, indicator.tolerance).rate(value)


def distance(value: Decimal, target: Target) -> Decimal:
    """Return how far a figure lies below (negative) or above a target; 0 on it or inside its range."""
    low, high = ends(target)
    return min(Decimal(0), value - low) + max(Decimal(0), value - high)


def missed(polarity: Polarity, value: Decimal, target: Target) -> bool:
    """Return whether a figure misses its target, by however little."""
    gap = distance(value, target)
    if polarity is Polarity.GOLDILOCKS:
        return gap != 0
    return gap < 0 if polarity is Polarity.MAXIMISE else gap > 0


def change(polarity: Polarity, value: Decimal | None, before: Decimal | None, target: Target | None) -> Change:
    """Compare a figure with the one of a year before, both as printed.

    For goldilocks the one nearer to the range is better, both held against this year's range.
    """
    if value is None or before is None:
        return Change.NOT_AVAILABLE
    if polarity is Polarity.GOLDILOCKS:
        if target is None:
            return Change.NOT_AVAILABLE
        gain = abs(distance(before, target)) - abs(distance(value, target))
    else:
        gain = value - before if polarity is Polarity.MAXIMISE else before - value
    return Change.SAME if gain == 0 else Change.BETTER if gain > 0 else Change.WORSE
