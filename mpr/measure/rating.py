"""What a figure is rated, and whether it is better than last year's.

One mechanism serves all rules and polarities: bands on the scale of the figure, the best outcome first, each inside
the next. The first band that holds a figure gives its outcome, so that a figure on a threshold belongs to the better
side. A share of a target of 0 is nothing, so such a target is met or missed. Figures are rated as printed.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mpr.measure.indicator import Indicator, Polarity
from mpr.measure.outcome import Outcome, Role
from mpr.measure.rule import Distance, Step
from mpr.measure.target import Target, ends


class Change(StrEnum):
    """How the latest period stands against the same period a year before."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NOT_AVAILABLE = "not-available"


@dataclass(frozen=True)
class Band:
    """The figures from `low` to `high`, both included, that are rated so or better; None on a side without end."""

    outcome: Outcome
    low: Decimal | None
    high: Decimal | None

    def holds(self, value: Decimal) -> bool:
        """Whether a figure lies in the band."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def bands(indicator: Indicator, target: Target | None) -> tuple[Band, ...]:
    """Return the bands of an indicator's rule for a target, best first; none where nothing can be rated."""
    found: list[Band] = []
    if indicator.polarity is None or indicator.rule.always:
        return ()
    for step in indicator.rule.steps:
        if step.below and target is None:
            return ()
        if step.below and target is not None and _unreachable(step.below, target, indicator.polarity):
            continue
        low, high = _reach(step, target)
        band = Band(
            step.outcome,
            low if indicator.polarity is not Polarity.MINIMISE else None,
            high if indicator.polarity is not Polarity.MAXIMISE else None,
        )
        found.append(_around(found[-1], band) if found else band)
    return tuple(found)


def _unreachable(distance: Distance, target: Target, polarity: Polarity) -> bool:
    """Whether a step asks for a share of nothing more than the target."""
    low, high = ends(target)
    return distance.share and distance.amount > 0 and not (high if polarity is Polarity.MINIMISE else low)


def _reach(step: Step, target: Target | None) -> tuple[Decimal | None, Decimal | None]:
    """Return how low and how high a step reaches, whatever the polarity."""
    if step.line is not None:
        return ends(step.line)
    if step.below is None or target is None:
        return None, None
    low, high = ends(target)
    return low + step.below.of(low), high - (step.above or step.below).of(high)


def _around(inner: Band, band: Band) -> Band:
    """Widen a band where it does not hold the one before it, so that a better figure is never rated worse."""
    low = None if band.low is None or inner.low is None else min(band.low, inner.low)
    high = None if band.high is None or inner.high is None else max(band.high, inner.high)
    return Band(band.outcome, low, high)


def propose(indicator: Indicator, value: Decimal | None, target: Target | None, change: Change) -> Outcome:
    """Return what the rule alone says of a figure as printed, given how it stands against last year's."""
    rule = indicator.rule
    if rule.always:
        return rule.always
    if value is None:
        return rule.role(Role.NO_VALUE)
    found = next((band.outcome for band in bands(indicator, target) if band.holds(value)), None)
    if found is None:
        return rule.role(Role.DATA_ONLY)
    return rule.lift if rule.lift and lifts(indicator, found, change) else found


def lifts(indicator: Indicator, outcome: Outcome, change: Change) -> bool:
    """Whether an improvement on last year lifts an outcome to a better one."""
    rule = indicator.rule
    if rule.lift is None or change is not Change.BETTER:
        return False
    return rule.outcomes.index(outcome) > rule.outcomes.index(rule.lift)


def distance(value: Decimal, target: Target) -> Decimal:
    """Return how far a figure lies below (negative) or above a target; 0 on it or inside its range."""
    low, high = ends(target)
    return min(Decimal(0), value - low) + max(Decimal(0), value - high)


def missed(polarity: Polarity | None, value: Decimal, target: Target) -> bool:
    """Return whether a figure misses its target, by however little."""
    gap = distance(value, target)
    if polarity is Polarity.MAXIMISE:
        return gap < 0
    return gap > 0 if polarity is Polarity.MINIMISE else gap != 0


def change(indicator: Indicator, value: Decimal | None, before: Decimal | None, target: Target | None) -> Change:
    """Compare a figure with the one of a year before, both as printed.

    For goldilocks the one nearer to the range is better, both held against this year's range.
    """
    polarity, steady = indicator.polarity, indicator.rule.steady
    if value is None or before is None or polarity is None:
        return Change.NOT_AVAILABLE
    if polarity is Polarity.GOLDILOCKS:
        if target is None:
            return Change.NOT_AVAILABLE
        gain = abs(distance(before, target)) - abs(distance(value, target))
    else:
        gain = value - before if polarity is Polarity.MAXIMISE else before - value
    if gain == 0 or (steady and abs(gain) < steady.of(before)):
        return Change.SAME
    return Change.BETTER if gain > 0 else Change.WORSE
