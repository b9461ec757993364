"""Targets: a figure or a range, and how the targets of a year's months follow from what the council set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from mpr.measure.period import MONTHS_IN_YEAR, Month, Year
from mpr.problem import Place


@dataclass(frozen=True)
class Range:
    """A goldilocks target: good from `low` to `high`, both included."""

    low: Decimal
    high: Decimal


Target = Decimal | Range


def get_bounds(target: Target) -> tuple[Decimal, Decimal]:
    """Return the low and the high end of a target; a single figure is both."""
    return (target.low, target.high) if isinstance(target, Range) else (target, target)


@dataclass(frozen=True)
class YearTargets:
    """The targets of one year.

    `annual` is the year-end target, None where it is not stated. The month's target follows from it: `profile` (month
    by month, by calendar month number) where there is one; with `linear`, equal steps from `start` to `annual`, or
    steps of `step` where the council set its own; otherwise the annual target in every month. `decimals` is how many
    a target of this year is printed with. `place` is where the year's targets stand, `note`
    what officers say of them.
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
        """Return a month's target, None where the profile does not state it.

        Equal steps are rounded down to the target's decimals (the model prints 36,666 for 36,666.67).
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
        """Return what some months are to add up to, of a figure that counts each period by itself.

        `periods` are the last months of the periods that are counted. With a profile theirs are added up, and None is
        returned where one is missing; without, the months have their share of the annual target, rounded down.
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
    """Add up targets; None where one is missing."""
    stated = [target for target in targets if target is not None]
    if len(stated) < len(targets):
        return None
    low, high = (sum(bounds, Decimal(0)) for bounds in zip(*(get_bounds(target) for target in stated), strict=True))
    return Range(low, high) if any(isinstance(target, Range) for target in stated) else low
