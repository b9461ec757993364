"""What an indicator is: its definition and one period's reading of it.

Figures are `Decimal`, never float. A figure carries no unit: the indicator does, and a percentage is 83, not 0.83.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from mpr.measure.outcome import Outcome
from mpr.measure.period import MONTHS_IN_YEAR, SEPTEMBER, Frequency, Month, Period, Year
from mpr.measure.rule import RatingRule
from mpr.measure.target import Range, Target, YearTargets, add_targets
from mpr.problem import Place


class Polarity(StrEnum):
    """Which way is good: up, down, or inside a range."""

    MAXIMISE = "maximise"
    MINIMISE = "minimise"
    GOLDILOCKS = "goldilocks"


class MeasureKind(StrEnum):
    """How a period's figure hangs together with those before; what may be drawn, added or computed depends on it.

    COUNT and RATE are of the period alone: counts add up to longer periods, rates do not, but their numerators and
    denominators do.
    """

    SNAPSHOT = "snapshot"
    CUMULATIVE = "cumulative"
    YEAR_TO_DATE = "year-to-date"
    ROLLING = "rolling"
    COUNT = "count"
    RATE = "rate"

    @property
    def is_per_period(self) -> bool:
        """Whether the figure is of its period alone, so that a longer one has to be made of all its parts."""
        return self in {MeasureKind.COUNT, MeasureKind.RATE}

    @property
    def restarts_each_year(self) -> bool:
        """Whether the figure begins afresh with the financial year, so that years are laid over each other."""
        return self in {MeasureKind.CUMULATIVE, MeasureKind.YEAR_TO_DATE}


class Missing(StrEnum):
    """Why a cell holds no figure: not there yet (TBC), or none is due (N/A)."""

    NOT_AVAILABLE = "not-available"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True)
class SeriesBreak:
    """From month `start` the figure is another measure than before; figures across it are never compared.

    `decimals` is how the figures before it are printed; `note` says what changed.
    """

    start: Month
    decimals: int
    note: str


@dataclass(frozen=True)
class Indicator:
    """One performance indicator, as `indicators.yaml` defines it.

    `code` identifies it; `coded` says whether it is printed, for some councils' indicators have none and go by their
    alias. `aim` or, for a partnership indicator, `group` is where it belongs; `owners` are the names in the council's
    own vocabularies, by vocabulary. `starts` is the number of the month with which its year begins. `due` are the
    months in which it has a figure, by number (none: the last of each period), `lag` how many months later the figure
    may come; `arrears` says that it comes late by its nature. `scale` is the range that its bullet chart spans, where
    the council set one. `quarters` says that its history has quarter rows, `unbounded` that a percentage may lie
    below 0 or above 100, as a variance may. `qualifiers` and `source` are what is said of the figure beside its name.
    """

    code: str
    has_code: bool
    name: str
    alias: str
    aim: str
    group: str
    measure_kind: MeasureKind | None
    polarity: Polarity | None
    unit: str
    decimals: int
    departments: tuple[str, ...]
    managers: tuple[str, ...]
    committee: str
    owners: Mapping[str, tuple[str, ...]]
    year_introduced: int | None
    targets: Mapping[Year, YearTargets]
    rule: RatingRule
    frequency: Frequency
    start_month: int
    due_months: tuple[int, ...]
    lag: int
    in_arrears: bool
    scale: Range | None
    has_quarter_rows: bool
    unbounded: bool
    series_break: SeriesBreak | None
    qualifiers: tuple[str, ...]
    source: str
    place: Place

    @property
    def sort_key(self) -> tuple[tuple[int, str], ...]:
        """The code as a sort key in natural order: 3.9 before 3.10."""
        return tuple((int(part or 0), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", self.code))

    @property
    def is_percentage(self) -> bool:
        """Whether the figure is a percentage."""
        return self.unit == "percent"

    def get_group_names(self, grouping: str) -> tuple[str, ...]:
        """Return the names that the indicator has for a grouping: `aim`, `manager` and the like, or a kind of owner."""
        by_grouping = {
            "aim": (self.aim,),
            "group": (self.group,),
            "department": self.departments,
            "committee": (self.committee,),
            "manager": self.managers,
        }
        return tuple(filter(None, by_grouping[grouping] if grouping in by_grouping else self.owners.get(grouping, ())))

    def get_year(self, month: Month, frequency: Frequency) -> Year:
        """Return the year in which a month lies, for periods of some length; terms are those of the academic year."""
        return Year.from_month(month, SEPTEMBER if frequency is Frequency.TERMLY else self.start_month)

    def get_period(self, month: Month, frequency: Frequency) -> Period:
        """Return the period of some length in which a month lies."""
        return self.get_year(month, frequency).get_part(frequency, month)

    @property
    def year_periods(self) -> tuple[Period, ...]:
        """The periods of some year of the indicator's, for their places in it."""
        return Year(Month(1, self.start_month)).split_into(self.frequency)

    def choose_frequency(self, reporting_period: Period) -> Frequency:
        """Return the length of the periods that a report shows: its own where the indicator's make them up whole."""
        longer, own = reporting_period.frequency, self.frequency
        is_whole = (
            longer.months % own.months == 0 and self.get_period(reporting_period.last, longer) == reporting_period
        )
        return longer if is_whole else own

    def figure_month(self, period: Period) -> Month | None:
        """Return the month in which a period's figure is there, None where no figure is due for the period."""
        if not self.due_months or period.frequency is not self.frequency:
            return period.last
        return max((month for month in period.months if month.number in self.due_months), default=None)

    def get_ready_month(self, period: Period) -> Month:
        """Return the month from which on a period's figure may be there."""
        return self.figure_month(period) or period.last

    def find_expected_period(self, until: Month) -> Period | None:
        """Return the newest period whose figure may be looked for by the end of a month, its lag counted in."""
        month = until.add_months(-self.lag)
        for months_back in range(MONTHS_IN_YEAR):
            period = self.get_period(month.add_months(-months_back), self.frequency)
            if self.figure_month(period) == month.add_months(-months_back):
                return period
        return None

    def is_due_in(self, reporting_period: Period) -> bool:
        """Whether a figure may be looked for in the months that a report covers, its lag counted in."""
        months = [month.add_months(-self.lag) for month in reporting_period.months]
        return any(self.figure_month(self.get_period(month, self.frequency)) == month for month in months)

    def get_year_targets(self, period: Period) -> YearTargets | None:
        """Return the targets of the year in which a period ends, None where none are stated."""
        return self.targets.get(Year.from_month(period.last, self.start_month))

    def get_target(self, period: Period) -> Target | None:
        """Return a period's target, None where none is stated."""
        targets = self.get_year_targets(period)
        if not targets:
            return None
        if self.measure_kind is MeasureKind.COUNT:
            return add_targets([self._compute_share(year, period) for year in self._list_years(period)])
        return targets.get_target(period.last, Year.from_month(period.last, self.start_month))

    def _list_years(self, period: Period) -> tuple[Year, ...]:
        """Return the indicator's years that a period touches: two, where one turns inside a term."""
        return tuple(dict.fromkeys(Year.from_month(month, self.start_month) for month in period.months))

    def _compute_share(self, year: Year, period: Period) -> Target | None:
        """Return what the months of a period that lie in a year are to add up to."""
        months = tuple(month for month in period.months if month in year)
        period_ends = dict.fromkeys(self.get_period(month, self.frequency).last for month in months)
        targets = self.targets.get(year)
        return (
            targets.compute_share(months, tuple(month for month in period_ends if month in year)) if targets else None
        )

    def is_within_one_year(self, period: Period) -> bool:
        """Whether the indicator's year does not turn inside a period."""
        return len(self._list_years(period)) == 1

    def get_decimals(self, period: Period) -> int:
        """Return how many decimals a period's value is printed with."""
        return (
            self.series_break.decimals if self.series_break and period.last < self.series_break.start else self.decimals
        )

    def is_comparable(self, period: Period, other: Period) -> bool:
        """Whether figures of two periods measure the same thing."""
        return not self.series_break or (period.last < self.series_break.start) == (
            other.last < self.series_break.start
        )


@dataclass(frozen=True)
class Reading:
    """What the officers wrote of an indicator for one period.

    `value` is the figure, `missing` why there is none, both None for a blank cell; `proxy` marks a stand-in figure.
    `outcome` and `reason` are an officer's overruling; `comment` is the commentary. `of` holds numerator and
    denominator where they were written; `focus` marks an item to be gathered and referred to; `benchmarks` are
    others' figures, by the name of the comparison. `place` is where the value stands, `columns` where the row's other
    cells do, by their headings.
    """

    value: Decimal | None
    missing: Missing | None
    proxy: bool
    outcome: Outcome | None
    reason: str
    comment: str
    place: Place
    fraction: tuple[Decimal, Decimal] | None = None
    focus: bool = False
    benchmarks: Mapping[str, Decimal] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def is_filled_in(self) -> bool:
        """Whether anything stands in the value's cell."""
        return self.value is not None or self.missing is not None

    def is_identical(self, other: "Reading") -> bool:
        """Whether another one is the same to the letter: numbers that are equal, as 1 and 1.0, are not."""
        literal = (str(self.value), str(self.fraction), str(self.benchmarks), self.columns)
        return self == other and literal == (
            str(other.value),
            str(other.fraction),
            str(other.benchmarks),
            other.columns,
        )
