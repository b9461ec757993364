"""How a figure comes to its outcome: the rule that a council set for all, for a group, or for one indicator.

A rule is a list of steps, the best outcome first. Each step reaches down to a distance from the target or to a figure;
the last holds for whatever lies beyond. Every rule that councils use is said in these terms: a tolerance is three
steps, met or missed two, red and amber lines are figures.
"""

from dataclasses import dataclass
from decimal import Decimal

from mpr.measure.outcome import UNRATED, Outcome, Role
from mpr.measure.target import Target


@dataclass(frozen=True)
class Distance:
    """How far a figure lies from its target: better where positive, worse where negative.

    A `share` is in per cent of the target; otherwise the amount is in the figure's own unit (points, of a percentage).
    """

    amount: Decimal
    share: bool

    def of(self, target: Decimal) -> Decimal:
        """Return the distance from a target in the figure's own unit."""
        return abs(target) * self.amount / 100 if self.share else self.amount


@dataclass(frozen=True)
class Step:
    """An outcome and how far it reaches: to distances `below` and `above` the target, to a `line`, or on for ever.

    `below` bounds figures under the target, `above` those over it; a line is a figure, or a range for goldilocks.
    """

    outcome: Outcome
    below: Distance | None = None
    above: Distance | None = None
    line: Target | None = None


@dataclass(frozen=True)
class Rule:
    """Steps from best to worst, or `always` one outcome, or `judged`: officers report the outcome, nothing proposes it.

    `lift` is the outcome that a worse one is lifted to where the figure is better than last year's. A change on last
    year of less than `steady` counts as none. `unrated` are the outcomes for what is not rated.
    """

    steps: tuple[Step, ...] = ()
    always: Outcome | None = None
    judged: bool = False
    lift: Outcome | None = None
    steady: Distance | None = None
    unrated: tuple[Outcome, ...] = UNRATED

    def role(self, role: Role) -> Outcome:
        """Return the outcome that stands where nothing is rated for this reason."""
        return next(each for each in self.unrated if each.role is role)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes that the rule can give, best first."""
        return (self.always,) if self.always else tuple(step.outcome for step in self.steps)

    @property
    def shares(self) -> frozenset[Decimal]:
        """The shares of the target, in per cent, at which the rating turns."""
        ends = (end for step in self.steps for end in (step.below, step.above))
        return frozenset(abs(end.amount) for end in ends if end and end.share)
