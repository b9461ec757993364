"""What the worksheets of the published workbook hold: their columns, and the cells of each indicator and period.

No cell is empty: where there is nothing to say, it holds the shorthand for that. A column that only some councils have
anything for is left out where the report has nothing in it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Generic, TypeVar

from mpr.measure.words import decimals_of
from mpr.report.data import Dataset, Figure, Item, Past, Remark

NOTHING = "[z]"
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Number:
    """A number as a spreadsheet holds it (a percentage is 0.83), and the format in which it reads as on the page."""

    value: float
    shape: str


Cell = str | Number | date
Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its heading, its width in letters, what it means, and what it holds of a row."""

    title: str
    width: int
    meaning: str
    cell: Callable[[Row], Cell]
    optional: bool = False


@dataclass(frozen=True)
class Sheet:
    """A worksheet with one table; `meanings` are those of its columns."""

    name: str
    title: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    meanings: tuple[Remark, ...] = ()

    @cached_property
    def numeric(self) -> frozenset[int]:
        """The columns with a number or a date in them, from 0."""
        return frozenset(at for row in self.rows for at, cell in enumerate(row) if not isinstance(cell, str))


Dated = tuple[Item, Past]


def sheets(dataset: Dataset, period: str) -> tuple[Sheet, ...]:
    """Return the worksheets with figures: where indicators stand, corporate and partners' apart, and their history."""
    corporate = [each for each in dataset.items if not each.group]
    partners = [each for each in dataset.items if each.group]
    past = [(item, each) for item in dataset.items for each in item.history]
    stand = f"Where the {'corporate ' if partners else ''}indicators stand in {period}"
    shared = f"Where the partnership indicators stand in {period}"
    found = (
        _sheet("Indicators", stand, _standing(corporate), corporate),
        _sheet("Partnership", shared, _standing(partners), partners),
        _sheet("Periods", f"Values, targets and outcomes up to {period}", PERIODS, past),  # Excel keeps "History"
    )
    return tuple(each for each in found if each.rows)


def remarks(found: Sequence[Sheet], said: Iterable[Remark]) -> Sheet:
    """Return the worksheet of notes: the remarks on the data, and what the columns of some worksheets mean."""
    columns = dict.fromkeys(each for sheet in found for each in sheet.meanings)
    rows = tuple((each.kind, each.about, each.text) for each in (*said, *columns))
    return Sheet("Notes", "What symbols, outcomes and columns mean", NOTES, (14, 34, 110), rows)


NOTES = ("Kind of note", "About", "Note")


def _sheet(name: str, title: str, columns: Sequence[Column[Row]], rows: Sequence[Row]) -> Sheet:
    filled = [[each.cell(row) or NOTHING for row in rows] for each in columns]
    used = [
        (column, cells)
        for column, cells in zip(columns, filled, strict=True)
        if not column.optional or any(cell != NOTHING for cell in cells)
    ]
    return Sheet(
        name=name,
        title=title,
        heads=tuple(column.title for column, _ in used),
        widths=tuple(column.width for column, _ in used),
        rows=tuple(zip(*(cells for _, cells in used), strict=True)),
        meanings=tuple(Remark("Column", column.title, column.meaning) for column, _ in used),
    )


def number(figure: Figure, *, percent: bool, end: int = 0) -> Cell:
    """Return the number in a figure, or its symbol where it has none; `end` is 1 for the upper end of a range."""
    if end >= len(figure.numbers):
        return NOTHING if end else figure.text
    exact = figure.numbers[end]
    decimals = decimals_of(exact)
    shape = "#,##0" + ("." + "0" * decimals if decimals else "")
    return Number(float(exact / WHOLE), f"{shape}%") if percent else Number(float(exact), shape)


def _yes(said: bool) -> str:  # noqa: FBT001 - what is said is all there is
    return "Yes" if said else "No"


def _standing(items: Sequence[Item]) -> tuple[Column[Item], ...]:
    """Return the columns of where indicators stand; the council's own kinds of owner have one each."""
    owners = (_owner(title) for title in dict.fromkeys(title for item in items for title, _ in item.owners))
    return (*STANDING[:OWNED], *owners, *STANDING[OWNED:])


def _owner(title: str) -> Column[Item]:
    """Return the column of a kind of owner; no two columns may have the same heading, whatever its capitals."""
    taken = {each.title.casefold() for each in STANDING}
    head = f"{title} (owner)" if title.casefold() in taken else title
    return Column(head, 24, "Who answers for the indicator", lambda each: "; ".join(dict(each.owners)[title]))


CODE = "The indicator’s code"
NAME = "What is measured"
SHORT = "The same in few words"
VALUE = "Performance to date for the period"
TARGET = "Target to date for the period; of a target that is a range, its lower end"
UPPER = "The upper end of a target that is a range"
OVERRULED = "Whether an officer set the outcome in place of the rule’s"
NOTE = "What marks the value (proxy, revised), why there is none, or that no new one is due"

STANDING: tuple[Column[Item], ...] = (
    Column("Code", 11, CODE, lambda each: each.code if each.coded else "", optional=True),
    Column("Name", 44, NAME, lambda each: each.name),
    Column("Short name", 30, SHORT, lambda each: each.alias),
    Column("Aim", 14, "The council’s aim that the indicator serves", lambda each: each.aim, optional=True),
    Column("Group", 22, "The group of indicators that it belongs to", lambda each: each.group, optional=True),
    Column("Department", 34, "Who is responsible", lambda each: "; ".join(each.departments), optional=True),
    Column("Scrutiny committee", 24, "Who scrutinises the indicator", lambda each: each.committee, optional=True),
    Column("Managed by", 24, "Who answers for the indicator", lambda each: "; ".join(each.managers), optional=True),
    Column("Year introduced", 13, "Since when it has been reported",
           lambda each: Number(each.introduced, "0") if each.introduced else "", optional=True),
    Column("Source", 30, "Where the figure comes from", lambda each: each.source, optional=True),
    Column("Unit", 16, "What the numbers count; % is a percentage", lambda each: each.unit, optional=True),
    Column("Minimise or maximise", 20, "Whether a higher or a lower number is better", lambda each: each.polarity,
           optional=True),
    Column("Measure", 24, "Whether the figure is of the period or of the year so far", lambda each: each.measure,
           optional=True),
    Column("Latest period", 18, "The latest period for which there is a value", lambda each: each.latest.words),
    Column("Value", 14, VALUE, lambda each: number(each.value, percent=each.percent)),
    Column("Value note", 18, NOTE,
           lambda each: each.value.note or ("" if each.due else "not due")),
    Column("Made of", 18, "The numbers that a percentage was made of", lambda each: each.value.of, optional=True),
    Column("Target", 14, TARGET, lambda each: number(each.target, percent=each.percent)),
    Column("Target, upper end", 14, UPPER, lambda each: number(each.target, percent=each.percent, end=1)),
    Column("Annual target", 14, "Target for the year in which the report’s period ends; of a range, its lower end",
           lambda each: number(each.annual_target, percent=each.percent)),
    Column("Annual target, upper end", 14, "The upper end of an annual target that is a range",
           lambda each: number(each.annual_target, percent=each.percent, end=1)),
    Column("Comparison", 34, "The same figure elsewhere", lambda each: "; ".join(each.comparisons), optional=True),
    Column("Outcome", 14, "The outcome that the report gives: the rule’s or, where it was overruled, an officer’s",
           lambda each: each.outcome),
    Column("Outcome by the rule alone", 16, "The outcome that the rule gives for the latest value",
           lambda each: each.rule_outcome),
    Column("Overruled", 12, OVERRULED, lambda each: _yes(each.overruled)),
    Column("Reason", 44, "Why an officer set the outcome", lambda each: each.reason),
    Column("Better or worse than last year", 18, "The latest value against that of the same period a year before",
           lambda each: each.change),
    Column("Comment", 100, "What officers say of the figures", lambda each: each.comment),
)  # fmt: skip
OWNED = [each.title for each in STANDING].index("Managed by") + 1

PERIODS: tuple[Column[Dated], ...] = (
    Column("Code", 11, CODE, lambda row: row[0].code if row[0].coded else "", optional=True),
    Column("Short name", 52, SHORT, lambda row: row[0].alias),
    Column("Period", 20, "The month or longer period that the figures are of", lambda row: row[1].period.words),
    Column("Last day", 20, "The last day of the period", lambda row: date.fromisoformat(row[1].period.ends)),
    Column("Value", 14, VALUE, lambda row: number(row[1].value, percent=row[0].percent)),
    Column("Value note", 18, NOTE, lambda row: row[1].value.note),
    Column("Target", 14, TARGET, lambda row: number(row[1].target, percent=row[0].percent)),
    Column("Target, upper end", 14, UPPER, lambda row: number(row[1].target, percent=row[0].percent, end=1)),
    Column("Outcome of the period", 16, "What the rule, or an officer, said of the period’s value",
           lambda row: row[1].outcome),
    Column("Overruled", 12, OVERRULED, lambda row: _yes(row[1].overruled)),
    Column("Latest", 12, "Whether the indicator stands on this period in the report", lambda row: _yes(row[1].latest)),
)  # fmt: skip
