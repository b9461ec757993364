"""Indicators: the definition of one, and its reading for one period.

Figures are `Decimal`, never float. Their unit is that of the indicator; a percentage is 83, not 0.83.
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
    """Which way a figure should go: up, down, or into a range."""

    MAXIMISE = "maximise"
    MINIMISE = "minimise"
    GOLDILOCKS = "goldilocks"


class MeasureKind(StrEnum):
    """How a period's figure relates to earlier ones, which decides how it may be drawn, added up and compared.

    COUNT and RATE cover their period alone. Counts add up to longer periods; of rates, numerators and denominators do.
    """

    SNAPSHOT = "snapshot"
    CUMULATIVE = "cumulative"
    YEAR_TO_DATE = "year-to-date"
    ROLLING = "rolling"
    COUNT = "count"
    RATE = "rate"

    @property
    def is_per_period(self) -> bool:
        """Whether a figure covers its period alone, so that a longer period needs the figures of all its parts."""
        return self in {MeasureKind.COUNT, MeasureKind.RATE}

    @property
    def restarts_each_year(self) -> bool:
        """Whether the figure restarts with each financial year, so that a chart draws the years over each other."""
        return self in {MeasureKind.CUMULATIVE, MeasureKind.YEAR_TO_DATE}


class Missing(StrEnum):
    """Why a value has no figure: it is not available yet (TBC), or none applies (N/A)."""

    NOT_AVAILABLE = "not-available"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True)
class SeriesBreak:
    """A break in the series: figures from month `start` on are never compared with earlier ones.

    `decimals` is the number of decimals of the figures before the break; `note` says what changed.
    """

    start: Month
    decimals: int
    note: str


@dataclass(frozen=True)
class Indicator:
    """One performance indicator, as `indicators.yaml` defines it.

    `code` identifies it; if `has_code` is false the council gave no code, `code` is the alias and is not printed.
    A corporate indicator has an `aim`, a partnership indicator a `group`. `owners` are the names by kind of owner.
    `start_month` is the number (1 to 12) of the month in which its year starts. `due_months` are the numbers of the
    months with a figure; if empty, the last month of each period. `lag` is the number of months by which a figure may
    be late; `in_arrears` indicators are late by nature. `scale` is the range of the bullet chart, if the council set
    one. If `has_quarter_rows`, the history has a row after each quarter; if `unbounded`, a percentage may be below 0
    or above 100, as a variance may. `qualifiers` and `source` are notes on the figure, printed with its name.
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
        """The sort key of the code, in natural order: 3.9 before 3.10."""
        return tuple((int(part or 0), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", self.code))

    @property
    def is_percentage(self) -> bool:
        """Whether its figures are percentages."""
        return self.unit == "percent"

    def get_group_names(self, grouping: str) -> tuple[str, ...]:
        """Return the indicator's names in a grouping: `aim`, `group`, `department`, `manager` …, or a kind of owner."""
        by_grouping = {
            "aim": (self.aim,),
            "group": (self.group,),
            "department": self.departments,
            "committee": (self.committee,),
            "manager": self.managers,
        }
        return tuple(filter(None, by_grouping[grouping] if grouping in by_grouping else self.owners.get(grouping, ())))

    def get_year(self, month: Month, frequency: Frequency) -> Year:
        """Return the year of a month: the academic year for terms, else the indicator's own year."""
        return Year.from_month(month, SEPTEMBER if frequency is Frequency.TERMLY else self.start_month)

    def get_period(self, month: Month, frequency: Frequency) -> Period:
        """Return the period of this frequency that contains a month."""
        return self.get_year(month, frequency).get_part(frequency, month)

    @property
    def year_periods(self) -> tuple[Period, ...]:
        """The indicator's periods in an arbitrary year, for their positions in a year."""
        return Year(Month(1, self.start_month)).split_into(self.frequency)

    def choose_frequency(self, reporting_period: Period) -> Frequency:
        """Return the frequency at which a report shows the indicator.

        It is the report's own if the indicator's periods make up the reporting period exactly, else the indicator's.
        """
        longer, own = reporting_period.frequency, self.frequency
        is_whole = (
            longer.months % own.months == 0 and self.get_period(reporting_period.last, longer) == reporting_period
        )
        return longer if is_whole else own

    def figure_month(self, period: Period) -> Month | None:
        """Return the month to which a period's figure belongs, None if no figure is due for the period."""
        if not self.due_months or period.frequency is not self.frequency:
            return period.last
        return max((month for month in period.months if month.number in self.due_months), default=None)

    def get_ready_month(self, period: Period) -> Month:
        """Return the first month in which a period's figure may be available, lag not included."""
        return self.figure_month(period) or period.last

    def find_expected_period(self, until: Month) -> Period | None:
        """Return the newest period whose figure is expected by the end of a month, lag included, None if none is."""
        month = until.add_months(-self.lag)
        for months_back in range(MONTHS_IN_YEAR):
            period = self.get_period(month.add_months(-months_back), self.frequency)
            if self.figure_month(period) == month.add_months(-months_back):
                return period
        return None

    def is_due_in(self, reporting_period: Period) -> bool:
        """Whether a figure is expected in the months that a report covers, lag included."""
        months = [month.add_months(-self.lag) for month in reporting_period.months]
        return any(self.figure_month(self.get_period(month, self.frequency)) == month for month in months)

    def get_year_targets(self, period: Period) -> YearTargets | None:
        """Return the targets of the year in which a period ends, None if the council set none."""
        return self.targets.get(Year.from_month(period.last, self.start_month))

    def get_target(self, period: Period) -> Target | None:
        """Return a period's target, None if the council set none; that of a count is its share of the annual one."""
        targets = self.get_year_targets(period)
        if not targets:
            return None
        if self.measure_kind is MeasureKind.COUNT:
            return add_targets([self._compute_share(year, period) for year in self._list_years(period)])
        return targets.get_target(period.last, Year.from_month(period.last, self.start_month))

    def _list_years(self, period: Period) -> tuple[Year, ...]:
        """Return the indicator's years that a period touches: two for a term in which a new year starts."""
        return tuple(dict.fromkeys(Year.from_month(month, self.start_month) for month in period.months))

    def _compute_share(self, year: Year, period: Period) -> Target | None:
        """Return the target for those months of a period that are in a year, None if there is none."""
        months = tuple(month for month in period.months if month in year)
        period_ends = dict.fromkeys(self.get_period(month, self.frequency).last for month in months)
        targets = self.targets.get(year)
        return (
            targets.compute_share(months, tuple(month for month in period_ends if month in year)) if targets else None
        )

    def is_within_one_year(self, period: Period) -> bool:
        """Whether a period lies within a single year of the indicator."""
        return len(self._list_years(period)) == 1

    def get_decimals(self, period: Period) -> int:
        """Return the number of decimals of a period's value as printed."""
        return (
            self.series_break.decimals if self.series_break and period.last < self.series_break.start else self.decimals
        )

    def is_comparable(self, period: Period, other: Period) -> bool:
        """Whether figures of two periods may be compared: both are on the same side of a break."""
        return not self.series_break or (period.last < self.series_break.start) == (
            other.last < self.series_break.start
        )


@dataclass(frozen=True)
class Reading:
    """The row that officers wrote for an indicator and a period.

    `value` is the figure, `missing` the reason why there is none; both are None for an empty cell. `proxy` marks a
    figure used in place of one not yet available. `outcome` and `reason` are an officer's overruling; `comment` is the
    commentary. `fraction` is the numerator and denominator, if written. `focus` selects the indicator for the sections
    "in focus". `benchmarks` are other bodies' figures by name. `place` is the value's cell; `columns` are the column
    numbers of the row's other cells by heading.
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
        """Whether the value's cell is not empty."""
        return self.value is not None or self.missing is not None

    def is_identical(self, other: "Reading") -> bool:
        """Whether another reading is equal and prints the same: 1 and 1.0 are equal but print differently."""
        literal = (str(self.value), str(self.fraction), str(self.benchmarks), self.columns)
        return self == other and literal == (
            str(other.value),
            str(other.fraction),
            str(other.benchmarks),
            other.columns,
        )
