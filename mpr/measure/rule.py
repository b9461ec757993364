"""Rating rules: how a council turns a figure into an outcome, for all indicators, a group or a single one.

A rule is a list of steps, the best outcome first. Each step reaches to a distance from the target, or to a fixed
figure; the last one takes everything beyond. Every kind of rule is expressed this way: a tolerance has three steps,
met or missed two, and red and amber lines are fixed figures.
"""

from dataclasses import dataclass
from decimal import Decimal

from mpr.measure.outcome import UNRATED_OUTCOMES, Outcome, Role
from mpr.measure.target import Target


@dataclass(frozen=True)
class Distance:
    """A distance from the target: better than it if positive, worse if negative.

    `amount` is in per cent of the target if `is_share`, else in the figure's own unit (percentage points for a
    percentage).
    """

    amount: Decimal
    is_share: bool

    def measure_from(self, target: Decimal) -> Decimal:
        """Return the distance from a target in the figure's own unit."""
        return abs(target) * self.amount / 100 if self.is_share else self.amount


@dataclass(frozen=True)
class RatingStep:
    """An outcome and its reach: distances `below` and `above` the target, or a fixed `threshold`; unlimited if neither.

    `below` limits figures under the target, `above` those over it. The threshold of a goldilocks figure is a range.
    """

    outcome: Outcome
    below: Distance | None = None
    above: Distance | None = None
    threshold: Target | None = None


@dataclass(frozen=True)
class RatingRule:
    """Steps from best to worst, or one outcome `always`, or `judged`: officers report the outcome, no rule proposes it.

    A worse outcome becomes `lift_to` if the figure is better than last year's. A change on last year smaller than
    `negligible_change` counts as none. `unrated` are the outcomes for indicators that are not rated.
    """

    steps: tuple[RatingStep, ...] = ()
    always: Outcome | None = None
    judged: bool = False
    lift_to: Outcome | None = None
    negligible_change: Distance | None = None
    unrated: tuple[Outcome, ...] = UNRATED_OUTCOMES

    def get_unrated_outcome(self, role: Role) -> Outcome:
        """Return the outcome of an indicator that is not rated, by the reason."""
        return next(outcome for outcome in self.unrated if outcome.role is role)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes that the rule can give, best first."""
        return (self.always,) if self.always else tuple(step.outcome for step in self.steps)

    @property
    def share_thresholds(self) -> frozenset[Decimal]:
        """The distances from the target, in per cent of it, at which the rating changes."""
        distances = (distance for step in self.steps for distance in (step.below, step.above))
        return frozenset(abs(distance.amount) for distance in distances if distance and distance.is_share)
