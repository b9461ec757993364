"""How a figure comes to its outcome: the rule that a council set for all, for a group, or for one indicator.

A rule is a list of steps, the best outcome first. Each step reaches down to a distance from the target or to a figure;
the last holds for whatever lies beyond. Every rule that councils use is said in these terms: a tolerance is three
steps, met or missed two, red and amber lines are figures.
"""

from dataclasses import dataclass
from decimal import Decimal

from mpr.measure.outcome import UNRATED_OUTCOMES, Outcome, Role
from mpr.measure.target import Target


@dataclass(frozen=True)
class Distance:
    """How far a figure lies from its target: better where positive, worse where negative.

    A `share` is in per cent of the target; otherwise the amount is in the figure's own unit (points, of a percentage).
    """

    amount: Decimal
    is_share: bool

    def measure_from(self, target: Decimal) -> Decimal:
        """Return the distance from a target in the figure's own unit."""
        return abs(target) * self.amount / 100 if self.is_share else self.amount


@dataclass(frozen=True)
class RatingStep:
    """An outcome and how far it reaches: to distances `below` and `above` the target, to a `line`, or on for ever.

    `below` bounds figures under the target, `above` those over it; a line is a figure, or a range for goldilocks.
    """

    outcome: Outcome
    below: Distance | None = None
    above: Distance | None = None
    threshold: Target | None = None


@dataclass(frozen=True)
class RatingRule:
    """Steps from best to worst, or `always` one outcome, or `judged`: officers report the outcome, nothing proposes it.

    `lift` is the outcome that a worse one is lifted to where the figure is better than last year's. A change on last
    year of less than `steady` counts as none. `unrated` are the outcomes for what is not rated.
    """

    steps: tuple[RatingStep, ...] = ()
    always: Outcome | None = None
    judged: bool = False
    lift_to: Outcome | None = None
    negligible_change: Distance | None = None
    unrated: tuple[Outcome, ...] = UNRATED_OUTCOMES

    def get_unrated_outcome(self, role: Role) -> Outcome:
        """Return the outcome that stands where nothing is rated for this reason."""
        return next(outcome for outcome in self.unrated if outcome.role is role)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes that the rule can give, best first."""
        return (self.always,) if self.always else tuple(step.outcome for step in self.steps)

    @property
    def share_thresholds(self) -> frozenset[Decimal]:
        """The shares of the target, in per cent, at which the rating turns."""
        distances = (distance for step in self.steps for distance in (step.below, step.above))
        return frozenset(abs(distance.amount) for distance in distances if distance and distance.is_share)
