"""Months, quarters and financial years.

A financial year is named by the two calendar years it touches ("2018-19") and starts in the council's own month,
April where it says nothing else. Quarters are those of the financial year. Data files bear a period's name:
`2018-05` is a month, `2018-19-Q1` a quarter.
"""

import re
from dataclasses import dataclass

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS_IN_YEAR = 12


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `2018-05`; raise ValueError for anything else."""
        match = re.fullmatch(r"([12]\d{3})-(\d{2})", text, re.ASCII)
        if not match or not 1 <= int(match[2]) <= MONTHS_IN_YEAR:
            raise ValueError(text)
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        """Write the month as its data file is named: `2018-05`."""
        return f"{self.year}-{self.number:02}"

    @property
    def name(self) -> str:
        """The month without its year: `May`."""
        return MONTH_NAMES[self.number - 1]

    @property
    def words(self) -> str:
        """The month as a reader sees it: `May 2018`."""
        return f"{self.name} {self.year}"

    def plus(self, months: int) -> "Month":
        """Return the month so many months later (earlier where negative)."""
        index = self.year * MONTHS_IN_YEAR + self.number - 1 + months
        return Month(index // MONTHS_IN_YEAR, index % MONTHS_IN_YEAR + 1)

    def since(self, other: "Month") -> int:
        """Return how many months this month lies after the other."""
        return (self.year - other.year) * MONTHS_IN_YEAR + self.number - other.number


@dataclass(frozen=True, order=True)
class FinancialYear:
    """Twelve months from `first`."""

    first: Month

    @classmethod
    def of(cls, month: Month, starts: int) -> "FinancialYear":
        """Return the financial year in which a month lies; `starts` is the number of its first month."""
        return cls(Month(month.year if month.number >= starts else month.year - 1, starts))

    @classmethod
    def parse(cls, text: str, starts: int) -> "FinancialYear":
        """Read `2018-19`, or `2018` where the year starts in January; raise ValueError for anything else."""
        match = re.match(r"[12]\d{3}", text, re.ASCII)
        year = cls(Month(int(match[0]), starts)) if match else None
        if not year or str(year) != text:
            raise ValueError(text)
        return year

    def __str__(self) -> str:
        """Write the year as `2018-19`, or as `2018` where it starts in January."""
        return str(self.first.year) + ("" if self.first.number == 1 else f"-{(self.first.year + 1) % 100:02}")

    @property
    def words(self) -> str:
        """The year as a table head has it: `2018/19`."""
        return str(self).replace("-", "/")

    @property
    def months(self) -> tuple[Month, ...]:
        """The twelve months in order."""
        return tuple(self.first.plus(number) for number in range(MONTHS_IN_YEAR))

    @property
    def quarters(self) -> tuple["Quarter", ...]:
        """The four quarters in order."""
        return tuple(Quarter(self, number) for number in range(1, 5))

    @property
    def before(self) -> "FinancialYear":
        """The financial year before this one."""
        return FinancialYear(self.first.plus(-MONTHS_IN_YEAR))

    def __contains__(self, month: Month) -> bool:
        """Return whether a month lies in the year."""
        return 1 <= self.place(month) <= MONTHS_IN_YEAR

    def place(self, month: Month) -> int:
        """Return which month of the year a month is: 1 for the first, 12 for the last."""
        return month.since(self.first) + 1


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a financial year, 1 to 4."""

    year: FinancialYear
    number: int

    def __str__(self) -> str:
        """Write the quarter as its data file is named: `2018-19-Q1`."""
        return f"{self.year}-Q{self.number}"

    @property
    def last(self) -> Month:
        """The quarter's last month."""
        return self.year.first.plus(3 * self.number - 1)


Period = Month | Quarter
