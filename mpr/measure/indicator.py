"""What an indicator is: its definition, its targets, and one period's reading of it.

Figures are `Decimal`, never float. A figure carries no unit: the indicator does, and a percentage is 83, not 0.83.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from mpr.measure.period import MONTHS_IN_YEAR, FinancialYear, Month
from mpr.problem import Place


class Polarity(StrEnum):
    """Which way is good: up, down, or inside a range."""

    MAXIMISE = "maximise"
    MINIMISE = "minimise"
    GOLDILOCKS = "goldilocks"


class MeasureKind(StrEnum):
    """How a month's figure hangs together with the months before; what may be drawn or added depends on it."""

    SNAPSHOT = "snapshot"
    CUMULATIVE = "cumulative"
    YEAR_TO_DATE = "year-to-date"
    ROLLING = "rolling"

    @property
    def restarts(self) -> bool:
        """Whether the figure begins afresh with the financial year, so that years are laid over each other."""
        return self in {MeasureKind.CUMULATIVE, MeasureKind.YEAR_TO_DATE}


class Outcome(StrEnum):
    """What a figure is rated. DATA_ONLY has no target to be held against; NO_VALUE has no figure."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    NO_VALUE = "no-value"
    DATA_ONLY = "data-only"


class Missing(StrEnum):
    """Why a cell holds no figure: not there yet (TBC), or none is due (N/A)."""

    NOT_AVAILABLE = "not-available"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True)
class Range:
    """A goldilocks target: good from `low` to `high`, both included."""

    low: Decimal
    high: Decimal


Target = Decimal | Range


@dataclass(frozen=True)
class YearTarget:
    """The targets of one financial year.

    `annual` is the year-end target, None where it is not stated. The month's target follows from it: `profile` (month
    by month, by calendar month number) where there is one; with `linear`, equal steps from `start` to `annual`, or
    steps of `step` where the council set its own; otherwise the annual target in every month. `decimals` is how many
    a target of this year is printed with.
    """

    annual: Target | None
    decimals: int
    linear: bool = False
    start: Decimal = Decimal(0)
    step: Decimal | None = None
    profile: Mapping[int, Target] | None = None

    def of(self, month: Month, year: FinancialYear) -> Target | None:
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
        return (self.start + gone).quantize(Decimal(1).scaleb(-self.decimals), ROUND_FLOOR)


@dataclass(frozen=True)
class Break:
    """From month `start` the figure is another measure than before; figures across it are never compared.

    `decimals` is how the figures before it are printed; `note` says what changed.
    """

    start: Month
    decimals: int
    note: str


@dataclass(frozen=True)
class Indicator:
    """One performance indicator, as `indicators.yaml` defines it.

    `tolerance` is the share of the target, in per cent, by which it may be missed and be amber still. `scale` is the
    range that its bullet chart spans, where the council set one. `quarters` says that its history has quarter rows,
    `unbounded` that a percentage may lie below 0 or above 100, as a variance may.
    """

    code: str
    name: str
    alias: str
    aim: str
    measure: MeasureKind
    polarity: Polarity
    unit: str
    decimals: int
    departments: tuple[str, ...]
    managers: tuple[str, ...]
    committee: str
    introduced: int | None
    targets: Mapping[FinancialYear, YearTarget]
    tolerance: Decimal
    scale: Range | None
    quarters: bool
    unbounded: bool
    rebased: Break | None
    place: Place

    @property
    def order(self) -> tuple[tuple[int, str], ...]:
        """The code as a sort key in natural order: 3.9 before 3.10."""
        return tuple((int(part or 0), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", self.code))

    @property
    def percent(self) -> bool:
        """Whether the figure is a percentage."""
        return self.unit == "percent"

    def targets_of(self, month: Month) -> YearTarget | None:
        """Return the targets of the financial year in which a month lies, None where none are stated."""
        return next((targets for year, targets in self.targets.items() if month in year), None)

    def target(self, month: Month) -> Target | None:
        """Return a month's target, None where none is stated."""
        return next((targets.of(month, year) for year, targets in self.targets.items() if month in year), None)

    def decimals_in(self, month: Month) -> int:
        """Return how many decimals a month's value is printed with."""
        return self.rebased.decimals if self.rebased and month < self.rebased.start else self.decimals

    def comparable(self, one: Month, other: Month) -> bool:
        """Whether figures of two months measure the same thing."""
        return not self.rebased or (one < self.rebased.start) == (other < self.rebased.start)


@dataclass(frozen=True)
class Reading:
    """What the officers wrote of an indicator for one period.

    `value` is the figure, `missing` why there is none, both None for a blank cell; `proxy` marks a stand-in figure.
    `outcome` and `reason` are an officer's overruling; `comment` is the commentary.
    """

    value: Decimal | None
    missing: Missing | None
    proxy: bool
    outcome: Outcome | None
    reason: str
    comment: str
    place: Place

    @property
    def written(self) -> bool:
        """Whether anything stands in the value's cell."""
        return self.value is not None or self.missing is not None
