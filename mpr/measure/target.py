"""Targets: a figure or a range, and how the targets of a year's months follow from the settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from mpr.measure.period import MONTHS_IN_YEAR, Month, Year
from mpr.problem import Place


@dataclass(frozen=True)
class Range:
    """A goldilocks target: figures from `low` to `high`, both included, meet it."""

    low: Decimal
    high: Decimal


Target = Decimal | Range


def get_bounds(target: Target) -> tuple[Decimal, Decimal]:
    """Return the lower and the upper end of a target; for a single figure both are the same."""
    return (target.low, target.high) if isinstance(target, Range) else (target, target)


@dataclass(frozen=True)
class YearTargets:
    """The targets of one year.

    `annual` is the year-end target, None if not stated. A month's target comes from `profile` (by number of the
    calendar month) if there is one. If `is_linear` it rises in equal steps from `start` to `annual`, or by `step` each
    month if the council set one. Otherwise it is the annual target. `decimals` is the number of decimals with which
    targets of this year are printed. `place` is their position in `indicators.yaml`, `note` the officers' note on them.
    """

    annual: Target | None
    decimals: int
    is_linear: bool = False
    start: Decimal = Decimal(0)
    step: Decimal | None = None
    profile: Mapping[int, Target] | None = None
    place: Place | None = None
    note: str = ""

    def get_target(self, month: Month, year: Year) -> Target | None:
        """Return a month's target, None if there is none; `year` is the indicator's year that contains the month.

        Equal steps are rounded down to the target's decimals, as in the model report (36,666 for 36,666.67).
        """
        if self.profile is not None:
            return self.profile.get(month.number)
        if not self.is_linear or not isinstance(self.annual, Decimal):
            return self.annual
        position = year.get_position(month)
        if position == MONTHS_IN_YEAR:
            return self.annual
        progress = (self.annual - self.start) * position / MONTHS_IN_YEAR if self.step is None else self.step * position
        return self._round_down(self.start + progress)

    def compute_share(self, months: tuple[Month, ...], period_ends: tuple[Month, ...]) -> Target | None:
        """Return the target of some months together, for a count.

        `period_ends` are the last months of the indicator's periods in `months`. With a profile, their targets are
        added up; the result is None if one is missing. Otherwise each month has a twelfth of the annual target, and the
        total is rounded down.
        """
        if self.profile is not None:
            return add_targets([self.profile.get(month.number) for month in period_ends])
        if self.annual is None:
            return None
        low, high = (self._round_down(bound * len(months) / MONTHS_IN_YEAR) for bound in get_bounds(self.annual))
        return Range(low, high) if isinstance(self.annual, Range) else low

    def _round_down(self, target: Decimal) -> Decimal:
        return target.quantize(Decimal(1).scaleb(-self.decimals), ROUND_FLOOR)


def add_targets(targets: Sequence[Target | None]) -> Target | None:
    """Return the sum of targets, a range if one of them is; None if one is missing."""
    stated = [target for target in targets if target is not None]
    if len(stated) < len(targets):
        return None
    low, high = (sum(bounds, Decimal(0)) for bounds in zip(*(get_bounds(target) for target in stated), strict=True))
    return Range(low, high) if any(isinstance(target, Range) for target in stated) else low
