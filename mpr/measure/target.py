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


def ends(target: Target) -> tuple[Decimal, Decimal]:
    """Return the low and the high end of a target; a single figure is both."""
    return (target.low, target.high) if isinstance(target, Range) else (target, target)


@dataclass(frozen=True)
class YearTarget:
    """The targets of one year.

    `annual` is the year-end target, None where it is not stated. The month's target follows from it: `profile` (month
    by month, by calendar month number) where there is one; with `linear`, equal steps from `start` to `annual`, or
    steps of `step` where the council set its own; otherwise the annual target in every month. `decimals` is how many
    a target of this year is printed with. `place` is where the year's targets stand, `note`
    what officers say of them.
    """

    annual: Target | None
    decimals: int
    linear: bool = False
    start: Decimal = Decimal(0)
    step: Decimal | None = None
    profile: Mapping[int, Target] | None = None
    place: Place | None = None
    note: str = ""

    def of(self, month: Month, year: Year) -> Target | None:
        """Return a month's target, None where the profile does not state it.

        Equal steps are rounded down to the target's decimals (the model prints 36,666 for 36,666.67).
        """
        if self.profile is not None:
            return self.profile.get(month.number)
        if not self.linear or not isinstance(self.annual, Decimal):
            return self.annual
        place = year.place(month)
        if place == MONTHS_IN_YEAR:
            return self.annual
        gone = (self.annual - self.start) * place / MONTHS_IN_YEAR if self.step is None else self.step * place
        return self._floor(self.start + gone)

    def share(self, months: tuple[Month, ...], periods: tuple[Month, ...]) -> Target | None:
        """Return what some months are to add up to, of a figure that counts each period by itself.

        `periods` are the last months of the periods that are counted. With a profile theirs are added up, and None is
        returned where one is missing; without, the months have their share of the annual target, rounded down.
        """
        if self.profile is not None:
            return total([self.profile.get(each.number) for each in periods])
        if self.annual is None:
            return None
        low, high = (self._floor(end * len(months) / MONTHS_IN_YEAR) for end in ends(self.annual))
        return Range(low, high) if isinstance(self.annual, Range) else low

    def _floor(self, target: Decimal) -> Decimal:
        return target.quantize(Decimal(1).scaleb(-self.decimals), ROUND_FLOOR)


def total(targets: Sequence[Target | None]) -> Target | None:
    """Add up targets; None where one is missing."""
    stated = [each for each in targets if each is not None]
    if len(stated) < len(targets):
        return None
    low, high = (sum(side, Decimal(0)) for side in zip(*(ends(each) for each in stated), strict=True))
    return Range(low, high) if any(isinstance(each, Range) for each in stated) else low
