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
from mpr.measure.status import IndicatorStatus
from mpr.measure.target import get_bounds


class OutcomeShift(StrEnum):
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

    earlier: IndicatorStatus
    later: IndicatorStatus
    shift: OutcomeShift
    earlier_margin: Decimal | None
    later_margin: Decimal | None

    @property
    def has_newer_figure(self) -> bool:
        """Whether the later report has a newer figure, and not the same one again."""
        return self.later.value is not None and self.later.latest_period != self.earlier.latest_period

    @property
    def is_comparable(self) -> bool:
        """Whether both figures measure the same thing."""
        return self.later.indicator.is_comparable(self.earlier.latest_period, self.later.latest_period)

    @property
    def gain(self) -> Decimal | None:
        """How much better the newer figure lies against its target, in per cent of it; negative where worse."""
        if (
            self.earlier_margin is None
            or self.later_margin is None
            or not self.has_newer_figure
            or not self.is_comparable
        ):
            return None
        return self.later_margin - self.earlier_margin


def compare_statuses(
    earlier: Sequence[IndicatorStatus], later: Sequence[IndicatorStatus], outcomes: Sequence[Outcome]
) -> tuple[Movement, ...]:
    """Set the standings of two reports side by side, in the order of the later; `outcomes` are worst first."""
    earlier_by_code = {status.indicator.code: status for status in earlier}
    return tuple(_compare_status(earlier_by_code[status.indicator.code], status, outcomes) for status in later)


def _compare_status(earlier: IndicatorStatus, later: IndicatorStatus, outcomes: Sequence[Outcome]) -> Movement:
    return Movement(
        earlier, later, _compare_outcomes(earlier, later, outcomes), compute_margin(earlier), compute_margin(later)
    )


def _compare_outcomes(earlier: IndicatorStatus, later: IndicatorStatus, outcomes: Sequence[Outcome]) -> OutcomeShift:
    """Compare two outcomes where both are ratings; else say whether a rating, or a figure, came or went."""
    if earlier.outcome.is_rated and later.outcome.is_rated and earlier.outcome is not later.outcome:
        if outcomes.index(later.outcome) < outcomes.index(earlier.outcome):
            return OutcomeShift.WORSENED
        return OutcomeShift.RECOVERED if earlier.is_off_track and not later.is_off_track else OutcomeShift.IMPROVED
    completeness = [(status.outcome.is_rated, status.value is not None) for status in (earlier, later)]
    if completeness[0] == completeness[1]:
        return OutcomeShift.NONE
    return OutcomeShift.APPEARED if completeness[1] > completeness[0] else OutcomeShift.VANISHED


def compute_margin(status: IndicatorStatus) -> Decimal | None:
    """Return how far a figure lies from its target, in per cent of the target's nearer end: better where positive.

    Inside a range, or on a target, it is 0. For goldilocks both sides are worse.
    """
    polarity = status.indicator.polarity
    if status.value is None or status.target is None or polarity is None:
        return None
    gap = rating.compute_distance(status.value, status.target)
    if gap == 0:
        return Decimal(0)
    edge = get_bounds(status.target)[0 if gap < 0 else 1]
    if edge == 0:
        return None
    is_better = polarity is (Polarity.MAXIMISE if gap > 0 else Polarity.MINIMISE)
    return abs(gap / edge) * (100 if is_better else -100)


def rank_movements(movements: Sequence[Movement], *, better: bool) -> tuple[Movement, ...]:
    """Return what came better against its target, or what came worse, the biggest move first."""
    gains = [(movement.gain, movement) for movement in movements if movement.gain]
    return tuple(movement for gain, movement in sorted(gains, key=lambda pair: -abs(pair[0])) if (gain > 0) is better)
