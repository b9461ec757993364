"""The rating of a figure, and its direction of travel since last year.

All rules and polarities use one mechanism: bands on the scale of the figure, the best outcome first, each inside the
next. A figure has the outcome of the first band that contains it, so a figure on a threshold has the better outcome.
A tolerance as a share of a target of 0 is 0, so such a target is met or missed. Figures are rated as printed.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mpr.measure.indicator import Indicator, Polarity
from mpr.measure.outcome import Outcome, Role
from mpr.measure.rule import Distance, RatingStep
from mpr.measure.target import Target, get_bounds


class DirectionOfTravel(StrEnum):
    """How the latest figure compares with that of the same period a year before."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NOT_AVAILABLE = "not-available"


@dataclass(frozen=True)
class Band:
    """The figures that have an outcome or a better one: from `low` to `high`, both included; None is unbounded."""

    outcome: Outcome
    low: Decimal | None
    high: Decimal | None

    def contains(self, value: Decimal) -> bool:
        """Whether a figure is in the band."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def build_bands(indicator: Indicator, target: Target | None) -> tuple[Band, ...]:
    """Return the bands of an indicator's rule for a target, best first; empty if no figure can be rated."""
    nested_bands: list[Band] = []
    if indicator.polarity is None or indicator.rule.always:
        return ()
    for step in indicator.rule.steps:
        if step.below and target is None:
            return ()
        if step.below and target is not None and _is_unreachable(step.below, target, indicator.polarity):
            continue
        low, high = _compute_limits(step, target)
        band = Band(
            step.outcome,
            low if indicator.polarity is not Polarity.MINIMISE else None,
            high if indicator.polarity is not Polarity.MAXIMISE else None,
        )
        nested_bands.append(_widen(nested_bands[-1], band) if nested_bands else band)
    return tuple(nested_bands)


def _is_unreachable(distance: Distance, target: Target, polarity: Polarity) -> bool:
    """Whether a step asks for a figure better by a share of a target of 0, which no figure can be."""
    low, high = get_bounds(target)
    return distance.is_share and distance.amount > 0 and not (high if polarity is Polarity.MINIMISE else low)


def _compute_limits(step: RatingStep, target: Target | None) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and the highest figure of a step, before the polarity is considered."""
    if step.threshold is not None:
        return get_bounds(step.threshold)
    if step.below is None or target is None:
        return None, None
    low, high = get_bounds(target)
    return low + step.below.measure_from(low), high - (step.above or step.below).measure_from(high)


def _widen(inner: Band, band: Band) -> Band:
    """Return the band widened to contain the one before it, so that a better figure is never rated worse."""
    low = None if band.low is None or inner.low is None else min(band.low, inner.low)
    high = None if band.high is None or inner.high is None else max(band.high, inner.high)
    return Band(band.outcome, low, high)


def propose_outcome(
    indicator: Indicator, value: Decimal | None, target: Target | None, direction: DirectionOfTravel
) -> Outcome:
    """Return the outcome that the rule alone gives to a figure as printed."""
    rule = indicator.rule
    if rule.always:
        return rule.always
    if value is None:
        return rule.get_unrated_outcome(Role.NO_VALUE)
    outcome = next((band.outcome for band in build_bands(indicator, target) if band.contains(value)), None)
    if outcome is None:
        return rule.get_unrated_outcome(Role.DATA_ONLY)
    return rule.lift_to if rule.lift_to and is_lifted(indicator, outcome, direction) else outcome


def is_lifted(indicator: Indicator, outcome: Outcome, direction: DirectionOfTravel) -> bool:
    """Whether an improvement on last year lifts an outcome to a better one."""
    rule = indicator.rule
    if rule.lift_to is None or direction is not DirectionOfTravel.BETTER:
        return False
    return rule.outcomes.index(outcome) > rule.outcomes.index(rule.lift_to)


def compute_distance(value: Decimal, target: Target) -> Decimal:
    """Return how far a figure is below (negative) or above (positive) a target; 0 on it or inside its range."""
    low, high = get_bounds(target)
    return min(Decimal(0), value - low) + max(Decimal(0), value - high)


def misses_target(polarity: Polarity | None, value: Decimal, target: Target) -> bool:
    """Return whether a figure misses its target, even slightly; without a polarity it must be on the target."""
    gap = compute_distance(value, target)
    if polarity is Polarity.MAXIMISE:
        return gap < 0
    return gap > 0 if polarity is Polarity.MINIMISE else gap != 0


def compute_direction(
    indicator: Indicator, value: Decimal | None, value_year_before: Decimal | None, target: Target | None
) -> DirectionOfTravel:
    """Compare a figure with that of a year before, both as printed.

    For goldilocks, the figure nearer to this year's range is better. A change smaller than the rule's negligible change
    counts as none.
    """
    polarity, negligible_change = indicator.polarity, indicator.rule.negligible_change
    if value is None or value_year_before is None or polarity is None:
        return DirectionOfTravel.NOT_AVAILABLE
    if polarity is Polarity.GOLDILOCKS:
        if target is None:
            return DirectionOfTravel.NOT_AVAILABLE
        gain = abs(compute_distance(value_year_before, target)) - abs(compute_distance(value, target))
    else:
        gain = value - value_year_before if polarity is Polarity.MAXIMISE else value_year_before - value
    if gain == 0 or (negligible_change and abs(gain) < negligible_change.measure_from(value_year_before)):
        return DirectionOfTravel.SAME
    return DirectionOfTravel.BETTER if gain > 0 else DirectionOfTravel.WORSE
