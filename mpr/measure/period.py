"""Months, and the quarters, terms, half-years and years that they make up.

A period is a month or a longer part of a year; a report is made for one, and a figure belongs to one. A year is named
by the two calendar years it touches ("2018-19") and starts in the council's own month, April where it says nothing
else; an academic year starts in September, and terms are those of the academic year, four months each. Data files bear
a period's name: `2018-05` is a month, `2018-19-Q1` a quarter, `2018-19-T1` a term, `2018-19-H1` a half-year, `2018-19`
a year. A name that could be both a month and a year ("2011-12") is the month.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Union

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS_IN_YEAR = 12
SEPTEMBER = 9  # the first month of an academic year


class Frequency(StrEnum):
    """How often an indicator has a figure, and so how long its periods are."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    TERMLY = "termly"
    HALF_YEARLY = "half-yearly"
    ANNUAL = "annual"

    @property
    def months(self) -> int:
        """How many months a period has."""
        return MONTHS_BY_FREQUENCY[self]

    @property
    def noun(self) -> str:
        """What a reader calls such a period."""
        return {"monthly": "month", "quarterly": "quarter", "termly": "term", "half-yearly": "half-year"}.get(
            self.value, "year"
        )

    @property
    def letter(self) -> str:
        """What stands before a part's number in its name: the Q of `2018-19-Q1`."""
        return {"quarterly": "Q", "termly": "T", "half-yearly": "H"}[self.value]


MONTHS_BY_FREQUENCY = {  # in months
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.TERMLY: 4,
    Frequency.HALF_YEARLY: 6,
    Frequency.ANNUAL: 12,
}


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def from_text(cls, text: str) -> "Month":
        """Read `2018-05`; raise ValueError for anything else."""
        match = re.fullmatch(r"([12]\d{3})-(\d{2})", text, re.ASCII)
        if not match or not 1 <= int(match[2]) <= MONTHS_IN_YEAR:
            raise ValueError(text)
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        """Write the month as its data file is named: `2018-05`."""
        return f"{self.year}-{self.number:02}"

    @property
    def frequency(self) -> Frequency:
        """How long it is."""
        return Frequency.MONTHLY

    @property
    def first(self) -> "Month":
        """The month itself, as a period's first month."""
        return self

    @property
    def last(self) -> "Month":
        """The month itself, as a period's last month."""
        return self

    @property
    def months(self) -> tuple["Month", ...]:
        """The month itself, as all the months of a period."""
        return (self,)

    @property
    def name(self) -> str:
        """The month without its year: `May`."""
        return MONTH_NAMES[self.number - 1]

    @property
    def full_name(self) -> str:
        """The month as a reader sees it: `May 2018`."""
        return f"{self.name} {self.year}"

    @property
    def short_name(self) -> str:
        """The month where there is little room: the same words."""
        return self.full_name

    @property
    def axis_label(self) -> str:
        """The month on an axis, without its year: `May`, `Sep`."""
        return self.name[:3]

    @property
    def year_before(self) -> "Month":
        """The same month a year before."""
        return self.add_months(-MONTHS_IN_YEAR)

    def add_months(self, months: int) -> "Month":
        """Return the month so many months later (earlier where negative)."""
        index = self.year * MONTHS_IN_YEAR + self.number - 1 + months
        return Month(index // MONTHS_IN_YEAR, index % MONTHS_IN_YEAR + 1)

    def count_months_since(self, other: "Month") -> int:
        """Return how many months this month lies after the other."""
        return (self.year - other.year) * MONTHS_IN_YEAR + self.number - other.number


@dataclass(frozen=True)
class Year:
    """Twelve months from `first`: a financial, calendar or academic year."""

    first: Month

    @classmethod
    def from_month(cls, month: Month, start_month: int) -> "Year":
        """Return the year in which a month lies; `starts` is the number of its first month."""
        return cls(Month(month.year if month.number >= start_month else month.year - 1, start_month))

    @classmethod
    def from_text(cls, text: str, start_month: int) -> "Year":
        """Read `2018-19`, or `2018` where the year starts in January; raise ValueError for anything else."""
        match = re.match(r"[12]\d{3}", text, re.ASCII)
        year = cls(Month(int(match[0]), start_month)) if match else None
        if not year or str(year) != text:
            raise ValueError(text)
        return year

    def __str__(self) -> str:
        """Write the year as `2018-19`, or as `2018` where it starts in January."""
        return str(self.first.year) + ("" if self.first.number == 1 else f"-{(self.first.year + 1) % 100:02}")

    @property
    def frequency(self) -> Frequency:
        """How long it is."""
        return Frequency.ANNUAL

    @property
    def last(self) -> Month:
        """The year's last month."""
        return self.first.add_months(MONTHS_IN_YEAR - 1)

    @property
    def months(self) -> tuple[Month, ...]:
        """The twelve months in order."""
        return tuple(self.first.add_months(number) for number in range(MONTHS_IN_YEAR))

    @property
    def full_name(self) -> str:
        """The year as a reader sees it: `2018/19`; of an academic year it is said that it is one."""
        return f"{self.short_name} academic year" if self.first.number == SEPTEMBER else self.short_name

    @property
    def name(self) -> str:
        """The year's own name in a list of years: the same words."""
        return self.full_name

    @property
    def short_name(self) -> str:
        """The year where there is little room: `2018/19`."""
        return str(self).replace("-", "/")

    @property
    def axis_label(self) -> str:
        """The year on an axis: the same."""
        return self.short_name

    @property
    def year_before(self) -> "Year":
        """The year before this one."""
        return Year(self.first.year_before)

    def split_into(self, frequency: Frequency) -> tuple["Period", ...]:
        """Return the months, quarters, terms or half-years in order, or the year itself."""
        if frequency is Frequency.MONTHLY:
            return self.months
        if frequency is Frequency.ANNUAL:
            return (self,)
        return tuple(PeriodPart(self, frequency, number + 1) for number in range(MONTHS_IN_YEAR // frequency.months))

    def get_part(self, frequency: Frequency, month: Month) -> "Period":
        """Return the part of this year in which a month of it lies."""
        if frequency is Frequency.MONTHLY:
            return month
        if frequency is Frequency.ANNUAL:
            return self
        return PeriodPart(self, frequency, (self.get_position(month) - 1) // frequency.months + 1)

    def __contains__(self, month: Month) -> bool:
        """Return whether a month lies in the year."""
        return 1 <= self.get_position(month) <= MONTHS_IN_YEAR

    def get_position(self, month: Month) -> int:
        """Return which month of the year a month is: 1 for the first, 12 for the last."""
        return month.count_months_since(self.first) + 1


TERM_NAMES = ("Autumn", "Spring", "Summer")
HALF_NAMES = ("First half", "Second half")


@dataclass(frozen=True)
class PeriodPart:
    """A quarter, a term or a half of a year, numbered from 1."""

    year: Year
    frequency: Frequency
    number: int

    def __str__(self) -> str:
        """Write the part as its data file is named: `2018-19-Q1`."""
        return f"{self.year}-{self.frequency.letter}{self.number}"

    @property
    def first(self) -> Month:
        """The part's first month."""
        return self.year.first.add_months(self.frequency.months * (self.number - 1))

    @property
    def last(self) -> Month:
        """The part's last month."""
        return self.first.add_months(self.frequency.months - 1)

    @property
    def months(self) -> tuple[Month, ...]:
        """The part's months in order."""
        return tuple(self.first.add_months(number) for number in range(self.frequency.months))

    @property
    def name(self) -> str:
        """The part without its year: `Quarter 1`, `Autumn term`, `First half`."""
        if self.frequency is Frequency.TERMLY:
            return f"{TERM_NAMES[self.number - 1]} term"
        return HALF_NAMES[self.number - 1] if self.frequency is Frequency.HALF_YEARLY else f"Quarter {self.number}"

    @property
    def full_name(self) -> str:
        """The part as a reader sees it: `Quarter 1 2018/19`, `Autumn term 2018`."""
        return f"{self.name} {self.first.year if self.frequency is Frequency.TERMLY else self.year.full_name}"

    @property
    def short_name(self) -> str:
        """The part where there is little room: `Q1 2018/19`, `Autumn 2018`."""
        return f"{self.axis_label} {self.first.year if self.frequency is Frequency.TERMLY else self.year.short_name}"

    @property
    def axis_label(self) -> str:
        """The part on an axis, without its year: `Q1`, `Autumn`, `H1`."""
        return (
            TERM_NAMES[self.number - 1]
            if self.frequency is Frequency.TERMLY
            else f"{self.frequency.letter}{self.number}"
        )

    @property
    def year_before(self) -> "PeriodPart":
        """The same part of the year before."""
        return PeriodPart(self.year.year_before, self.frequency, self.number)


Period = Union[Month, PeriodPart, Year]  # noqa: UP007 - the classes name it before it is there


@lru_cache(maxsize=10_000)  # each file's name is read anew for every row in it
def parse_period(text: str, start_month: int) -> Period:
    """Read a period's name; `starts` is the number of the month with which a year begins. Raises ValueError."""
    try:
        return Month.from_text(text)
    except ValueError:
        year_text, _, part = text.rpartition("-")
        by_letter = {
            candidate.letter: candidate for candidate in (Frequency.QUARTERLY, Frequency.TERMLY, Frequency.HALF_YEARLY)
        }
        frequency = by_letter.get(part[:1])
        if not frequency:
            return Year.from_text(text, start_month)
        year = Year.from_text(year_text, SEPTEMBER if frequency is Frequency.TERMLY else start_month)
        return next((period for period in year.split_into(frequency) if str(period) == text), None) or Year.from_text(
            text, start_month
        )


def find_period(name: str, start_month: int) -> Period | None:
    """Return the period with a name: of the council's own year or else of an academic one."""
    for month_number in (start_month, SEPTEMBER):
        with suppress(ValueError):
            return parse_period(name, month_number)
    return None


def list_periods(first: Period, last: Period) -> tuple[Period, ...]:
    """Return the periods from one to another of the same length, both included; none where the last is the earlier."""
    periods: list[Period] = []
    period = first
    while period.last <= last.last:
        periods.append(period)
        month = period.last.add_months(1)
        year = period.year if isinstance(period, PeriodPart) else period
        period = (
            month
            if isinstance(year, Month)
            else Year.from_month(month, year.first.number).get_part(period.frequency, month)
        )
    return tuple(periods)
