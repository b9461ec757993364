"""Periods: months, and the quarters, terms, half-years and years that they make up.

Every report is made for a period, and every figure belongs to one. A year is named after the two calendar years that
it touches ("2018-19") and starts in a month that the council sets. An academic year starts in September; terms are
parts of it, four months each. Data files are named after a period: `2018-05` is a month, `2018-19-Q1` a quarter,
`2018-19-T1` a term, `2018-19-H1` a half-year, `2018-19` a year. A name that could be a month or a year ("2011-12") is
the month.
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
    """How often an indicator has a figure, which is the length of its periods."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    TERMLY = "termly"
    HALF_YEARLY = "half-yearly"
    ANNUAL = "annual"

    @property
    def months(self) -> int:
        """The number of months in a period."""
        return MONTHS_BY_FREQUENCY[self]

    @property
    def noun(self) -> str:
        """The noun for such a period, as `quarter`."""
        return {"monthly": "month", "quarterly": "quarter", "termly": "term", "half-yearly": "half-year"}.get(
            self.value, "year"
        )

    @property
    def letter(self) -> str:
        """The letter in the name of such a part of a year: the Q of `2018-19-Q1`; KeyError for months and years."""
        return {"quarterly": "Q", "termly": "T", "half-yearly": "H"}[self.value]


MONTHS_BY_FREQUENCY = {
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
        """Return the month written `2018-05`. Raises ValueError for any other text."""
        match = re.fullmatch(r"([12]\d{3})-(\d{2})", text, re.ASCII)
        if not match or not 1 <= int(match[2]) <= MONTHS_IN_YEAR:
            raise ValueError(text)
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        """Return the month as in the name of a data file: `2018-05`."""
        return f"{self.year}-{self.number:02}"

    @property
    def frequency(self) -> Frequency:
        """Monthly: the length of the period."""
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
        """The month itself, as the only month of a period."""
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
        """The month where space is short: the same as `full_name`."""
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
        """Return the month this number of months later, or earlier if negative."""
        index = self.year * MONTHS_IN_YEAR + self.number - 1 + months
        return Month(index // MONTHS_IN_YEAR, index % MONTHS_IN_YEAR + 1)

    def count_months_since(self, other: "Month") -> int:
        """Return the number of months from the other month to this one, negative if this one is earlier."""
        return (self.year - other.year) * MONTHS_IN_YEAR + self.number - other.number


@dataclass(frozen=True)
class Year:
    """Twelve months from `first`: a financial, calendar or academic year."""

    first: Month

    @classmethod
    def from_month(cls, month: Month, start_month: int) -> "Year":
        """Return the year that contains a month; `start_month` is the number of the month in which years start."""
        return cls(Month(month.year if month.number >= start_month else month.year - 1, start_month))

    @classmethod
    def from_text(cls, text: str, start_month: int) -> "Year":
        """Return the year written `2018-19`, or `2018` if years start in January. Raises ValueError for other text."""
        match = re.match(r"[12]\d{3}", text, re.ASCII)
        year = cls(Month(int(match[0]), start_month)) if match else None
        if not year or str(year) != text:
            raise ValueError(text)
        return year

    def __str__(self) -> str:
        """Return the year as `2018-19`, or as `2018` if it starts in January."""
        return str(self.first.year) + ("" if self.first.number == 1 else f"-{(self.first.year + 1) % 100:02}")

    @property
    def frequency(self) -> Frequency:
        """Annual: the length of the period."""
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
        """The year as a reader sees it: `2018/19`, or `2017/18 academic year`."""
        return f"{self.short_name} academic year" if self.first.number == SEPTEMBER else self.short_name

    @property
    def name(self) -> str:
        """The year in a list of years: the same as `full_name`."""
        return self.full_name

    @property
    def short_name(self) -> str:
        """The year where space is short: `2018/19`."""
        return str(self).replace("-", "/")

    @property
    def axis_label(self) -> str:
        """The year on an axis: the same as `short_name`."""
        return self.short_name

    @property
    def year_before(self) -> "Year":
        """The year before this one."""
        return Year(self.first.year_before)

    def split_into(self, frequency: Frequency) -> tuple["Period", ...]:
        """Return the year's months, quarters, terms or half-years in order, or the year itself."""
        if frequency is Frequency.MONTHLY:
            return self.months
        if frequency is Frequency.ANNUAL:
            return (self,)
        return tuple(PeriodPart(self, frequency, number + 1) for number in range(MONTHS_IN_YEAR // frequency.months))

    def get_part(self, frequency: Frequency, month: Month) -> "Period":
        """Return the part of this year, of this frequency, that contains a month."""
        if frequency is Frequency.MONTHLY:
            return month
        if frequency is Frequency.ANNUAL:
            return self
        return PeriodPart(self, frequency, (self.get_position(month) - 1) // frequency.months + 1)

    def __contains__(self, month: Month) -> bool:
        """Return whether a month is in the year."""
        return 1 <= self.get_position(month) <= MONTHS_IN_YEAR

    def get_position(self, month: Month) -> int:
        """Return a month's position in the year: 1 for the first month, 12 for the last."""
        return month.count_months_since(self.first) + 1


TERM_NAMES = ("Autumn", "Spring", "Summer")
HALF_NAMES = ("First half", "Second half")


@dataclass(frozen=True)
class PeriodPart:
    """A quarter, term or half of a year, numbered from 1."""

    year: Year
    frequency: Frequency
    number: int

    def __str__(self) -> str:
        """Return the part as in the name of a data file: `2018-19-Q1`."""
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
        """The part where space is short: `Q1 2018/19`, `Autumn 2018`."""
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


Period = Union[Month, PeriodPart, Year]  # noqa: UP007 - the classes refer to it before it is defined
PARTS_BY_LETTER = {part.letter: part for part in (Frequency.QUARTERLY, Frequency.TERMLY, Frequency.HALF_YEARLY)}


@lru_cache(maxsize=10_000)  # a file's name is parsed again for every row in it
def parse_period(text: str, start_month: int) -> Period:
    """Return the period with this name; `start_month` is the number of the month in which the council's year starts.

    Raises ValueError if the text is not the name of a period.
    """
    with suppress(ValueError):
        return Month.from_text(text)
    year_text, _, part = text.rpartition("-")
    frequency = PARTS_BY_LETTER.get(part[:1])
    if not frequency:
        return Year.from_text(text, start_month)
    year = Year.from_text(year_text, SEPTEMBER if frequency is Frequency.TERMLY else start_month)
    for period in year.split_into(frequency):
        if str(period) == text:
            return period
    raise ValueError(text)


def find_period(name: str, start_month: int) -> Period | None:
    """Return the period with this name, in the council's year or else in an academic one; None if there is none."""
    for month_number in (start_month, SEPTEMBER):
        with suppress(ValueError):
            return parse_period(name, month_number)
    return None


def list_periods(first: Period, last: Period) -> tuple[Period, ...]:
    """Return all periods from `first` to `last`, of the length of `first`; empty if `last` ends earlier."""
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
