"""Movements between two reports: outcomes that changed, and figures that came nearer to their targets or fell away.

Both reports are assessed by the current `indicators.yaml`. A figure's margin is its distance from the target of its own
period in per cent of that target, positive if better, so that indicators with different units can be ranked together.
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
    """How an outcome changed; RECOVERED is no longer off track, IMPROVED is any other change for the better."""

    WORSENED = "worsened"
    RECOVERED = "recovered"
    IMPROVED = "improved"
    APPEARED = "appeared"
    VANISHED = "vanished"
    NONE = "same"


@dataclass(frozen=True)
class Movement:
    """An indicator in an earlier and a later report.

    The margins are in per cent of the target, positive if better; None if there is no figure or no target, or if the
    figure misses a target of 0.
    """

    earlier: IndicatorStatus
    later: IndicatorStatus
    shift: OutcomeShift
    earlier_margin: Decimal | None
    later_margin: Decimal | None

    @property
    def has_newer_figure(self) -> bool:
        """Whether the later report has a figure of a newer period."""
        return self.later.value is not None and self.later.latest_period != self.earlier.latest_period

    @property
    def is_comparable(self) -> bool:
        """Whether the two figures may be compared: no break lies between them."""
        return self.later.indicator.is_comparable(self.earlier.latest_period, self.later.latest_period)

    @property
    def gain(self) -> Decimal | None:
        """The change of the margin in percentage points, positive if better; None if it cannot be computed."""
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
    """Return the movement of each indicator, in the order of `later`; `outcomes` are worst first.

    Raises KeyError if `earlier` lacks an indicator of `later`.
    """
    earlier_by_code = {status.indicator.code: status for status in earlier}
    return tuple(_compare_status(earlier_by_code[status.indicator.code], status, outcomes) for status in later)


def _compare_status(earlier: IndicatorStatus, later: IndicatorStatus, outcomes: Sequence[Outcome]) -> Movement:
    return Movement(
        earlier, later, _compare_outcomes(earlier, later, outcomes), compute_margin(earlier), compute_margin(later)
    )


def _compare_outcomes(earlier: IndicatorStatus, later: IndicatorStatus, outcomes: Sequence[Outcome]) -> OutcomeShift:
    """Compare two outcomes if both are ratings, else whether there is a rating and a figure."""
    if earlier.outcome.is_rated and later.outcome.is_rated and earlier.outcome is not later.outcome:
        if outcomes.index(later.outcome) < outcomes.index(earlier.outcome):
            return OutcomeShift.WORSENED
        return OutcomeShift.RECOVERED if earlier.is_off_track and not later.is_off_track else OutcomeShift.IMPROVED
    completeness = [(status.outcome.is_rated, status.value is not None) for status in (earlier, later)]
    if completeness[0] == completeness[1]:
        return OutcomeShift.NONE
    return OutcomeShift.APPEARED if completeness[1] > completeness[0] else OutcomeShift.VANISHED


def compute_margin(status: IndicatorStatus) -> Decimal | None:
    """Return a figure's distance from its target in per cent of the target's nearer bound, positive if better.

    It is 0 on the target or inside a range; for goldilocks, both sides of the range are worse. Returns None if there
    is no figure, no target or no polarity, or if the nearer bound is 0 and missed.
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
    """Return the movements for the better, or those for the worse, the biggest first."""
    gains = [(movement.gain, movement) for movement in movements if movement.gain]
    return tuple(movement for gain, movement in sorted(gains, key=lambda pair: -abs(pair[0])) if (gain > 0) is better)
