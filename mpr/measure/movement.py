"""What moved between two reports: outcomes that changed, and figures that came nearer to their targets or fell away.

Both reports are judged by what `indicators.yaml` says now. How far a figure lies from its target is a share of that
target in per cent, better where positive, so that indicators of all units can be set in one order; each figure is held
against the target of its own period.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mpr.measure import rating
from mpr.measure.indicator import Polarity
from mpr.measure.outcome import Outcome
from mpr.measure.standing import Standing
from mpr.measure.target import ends


class Shift(StrEnum):
    """What became of an outcome; RECOVERED ones are off track no more, IMPROVED ones are better in another way."""

    WORSENED = "worsened"
    RECOVERED = "recovered"
    IMPROVED = "improved"
    APPEARED = "appeared"
    VANISHED = "vanished"
    NONE = "same"


@dataclass(frozen=True)
class Movement:
    """An indicator in two reports.

    `before` and `after` are how far its figures lie from their targets, None where that cannot be said: no figure, no
    target, or a miss of a target of 0, of which there is no share.
    """

    then: Standing
    now: Standing
    shift: Shift
    before: Decimal | None
    after: Decimal | None

    @property
    def fresh(self) -> bool:
        """Whether the later report has a newer figure, and not the same one again."""
        return self.now.value is not None and self.now.latest != self.then.latest

    @property
    def comparable(self) -> bool:
        """Whether both figures measure the same thing."""
        return self.now.indicator.comparable(self.then.latest, self.now.latest)

    @property
    def gain(self) -> Decimal | None:
        """How much better the newer figure lies against its target, in per cent of it; negative where worse."""
        if self.before is None or self.after is None or not self.fresh or not self.comparable:
            return None
        return self.after - self.before


def movements(then: Sequence[Standing], now: Sequence[Standing], outcomes: Sequence[Outcome]) -> tuple[Movement, ...]:
    """Set the standings of two reports side by side, in the order of the later; `outcomes` are worst first."""
    earlier = {each.indicator.code: each for each in then}
    return tuple(_movement(earlier[each.indicator.code], each, outcomes) for each in now)


def _movement(then: Standing, now: Standing, outcomes: Sequence[Outcome]) -> Movement:
    return Movement(then, now, _shift(then, now, outcomes), margin(then), margin(now))


def _shift(then: Standing, now: Standing, outcomes: Sequence[Outcome]) -> Shift:
    """Compare two outcomes where both are ratings; else say whether a rating, or a figure, came or went."""
    if then.outcome.rated and now.outcome.rated and then.outcome is not now.outcome:
        if outcomes.index(now.outcome) < outcomes.index(then.outcome):
            return Shift.WORSENED
        return Shift.RECOVERED if then.off_track and not now.off_track else Shift.IMPROVED
    known = [(each.outcome.rated, each.value is not None) for each in (then, now)]
    if known[0] == known[1]:
        return Shift.NONE
    return Shift.APPEARED if known[1] > known[0] else Shift.VANISHED


def margin(standing: Standing) -> Decimal | None:
    """Return how far a figure lies from its target, in per cent of the target's nearer end: better where positive.

    Inside a range, or on a target, it is 0. For goldilocks both sides are worse.
    """
    polarity = standing.indicator.polarity
    if standing.value is None or standing.target is None or polarity is None:
        return None
    gap = rating.distance(standing.value, standing.target)
    if gap == 0:
        return Decimal(0)
    edge = ends(standing.target)[0 if gap < 0 else 1]
    if edge == 0:
        return None
    better = polarity is (Polarity.MAXIMISE if gap > 0 else Polarity.MINIMISE)
    return abs(gap / edge) * (100 if better else -100)


def ranked(found: Sequence[Movement], *, better: bool) -> tuple[Movement, ...]:
    """Return what came better against its target, or what came worse, the biggest move first."""
    moved = [(each.gain, each) for each in found if each.gain]
    return tuple(each for gain, each in sorted(moved, key=lambda pair: -abs(pair[0])) if (gain > 0) is better)
