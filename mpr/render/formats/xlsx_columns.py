"""The worksheets of the published workbook: their columns, and the cells of each indicator and period.

No cell is empty: where there is nothing to say, it holds the shorthand for "not applicable". An optional column is left
out if it would hold nothing else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Generic, TypeVar

from mpr.measure.formatting import count_decimals
from mpr.report.model.open_data import DataNote, Dataset, HistoryEntry, IndicatorData, PrintedFigure

NOT_APPLICABLE = "[z]"
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class NumberCell:
    """A number as a spreadsheet stores it (83% is 0.83), and the number format that shows it as on the page."""

    value: float
    number_format: str


CellValue = str | NumberCell | date
Row = TypeVar("Row")


@dataclass(frozen=True)
class SheetColumn(Generic[Row]):
    """A column: its heading, width in characters and meaning, and the function that makes its cell of a row."""

    title: str
    width: int
    meaning: str
    make_cell: Callable[[Row], CellValue]
    optional: bool = False


@dataclass(frozen=True)
class Worksheet:
    """A worksheet with one table; `meanings` describes its columns."""

    name: str
    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    meanings: tuple[DataNote, ...] = ()

    @cached_property
    def numeric_columns(self) -> frozenset[int]:
        """The positions, from 0, of the columns that hold a number or a date."""
        return frozenset(column for row in self.rows for column, cell in enumerate(row) if not isinstance(cell, str))


ItemPeriod = tuple[IndicatorData, HistoryEntry]


def build_worksheets(dataset: Dataset, period: str) -> tuple[Worksheet, ...]:
    """Return the worksheets with figures: corporate indicators, partnership indicators, and the history of all."""
    corporate = [item for item in dataset.items if not item.group]
    partners = [item for item in dataset.items if item.group]
    item_periods = [(item, past_period) for item in dataset.items for past_period in item.history]
    indicators_title = f"Where the {'corporate ' if partners else ''}indicators stand in {period}"
    partners_title = f"Where the partnership indicators stand in {period}"
    worksheets = (
        _build_worksheet("Indicators", indicators_title, _list_indicator_columns(corporate), corporate),
        _build_worksheet("Partnership", partners_title, _list_indicator_columns(partners), partners),
        _build_worksheet(
            "Periods", f"Values, targets and outcomes up to {period}", PERIOD_COLUMNS, item_periods
        ),  # Excel reserves the name "History"
    )
    return tuple(worksheet for worksheet in worksheets if worksheet.rows)


def build_notes_worksheet(worksheets: Sequence[Worksheet], remarks: Iterable[DataNote]) -> Worksheet:
    """Return the worksheet of notes: the remarks on the data, and the meaning of each column of the worksheets."""
    column_remarks = dict.fromkeys(remark for worksheet in worksheets for remark in worksheet.meanings)
    rows = tuple((remark.kind, remark.about, remark.text) for remark in (*remarks, *column_remarks))
    return Worksheet("Notes", "What symbols, outcomes and columns mean", NOTE_HEADINGS, (14, 34, 110), rows)


NOTE_HEADINGS = ("Kind of note", "About", "Note")


def _build_worksheet(name: str, title: str, columns: Sequence[SheetColumn[Row]], rows: Sequence[Row]) -> Worksheet:
    cells_by_column = [[column.make_cell(row) or NOT_APPLICABLE for row in rows] for column in columns]
    used_columns = [
        (column, cells)
        for column, cells in zip(columns, cells_by_column, strict=True)
        if not column.optional or any(cell != NOT_APPLICABLE for cell in cells)
    ]
    return Worksheet(
        name=name,
        title=title,
        headings=tuple(column.title for column, _ in used_columns),
        widths=tuple(column.width for column, _ in used_columns),
        rows=tuple(zip(*(cells for _, cells in used_columns), strict=True)),
        meanings=tuple(DataNote("Column", column.title, column.meaning) for column, _ in used_columns),
    )


def make_number_cell(figure: PrintedFigure, *, percent: bool, end: int = 0) -> CellValue:
    """Return the number in a figure, or its symbol if it has none; `end` is 1 for the upper end of a range."""
    if end >= len(figure.numbers):
        return NOT_APPLICABLE if end else figure.text
    exact = figure.numbers[end]
    decimals = count_decimals(exact)
    number_format = "#,##0" + ("." + "0" * decimals if decimals else "")
    return (
        NumberCell(float(exact / HUNDRED), f"{number_format}%") if percent else NumberCell(float(exact), number_format)
    )


def _format_yes_no(flag: bool) -> str:  # noqa: FBT001 - the flag is the value itself
    return "Yes" if flag else "No"


def _list_indicator_columns(items: Sequence[IndicatorData]) -> tuple[SheetColumn[IndicatorData], ...]:
    """Return the columns for current figures, with one for each kind of owner that the council defined."""
    owner_columns = (
        _make_owner_column(title) for title in dict.fromkeys(title for item in items for title, _ in item.owners)
    )
    return (*INDICATOR_COLUMNS[:OWNER_POSITION], *owner_columns, *INDICATOR_COLUMNS[OWNER_POSITION:])


def _make_owner_column(title: str) -> SheetColumn[IndicatorData]:
    """Return the column of a kind of owner, under a heading that no other column has, ignoring case."""
    taken_titles = {column.title.casefold() for column in INDICATOR_COLUMNS}
    heading = f"{title} (owner)" if title.casefold() in taken_titles else title
    return SheetColumn(heading, 24, "Who answers for the indicator", lambda item: "; ".join(dict(item.owners)[title]))


CODE_MEANING = "The indicator’s code"
NAME_MEANING = "What is measured"
SHORT_NAME_MEANING = "The same in few words"
VALUE_MEANING = "Performance to date for the period"
TARGET_MEANING = "Target to date for the period; of a target that is a range, its lower end"
UPPER_TARGET_MEANING = "The upper end of a target that is a range"
OVERRULED_MEANING = "Whether an officer set the outcome in place of the rule’s"
VALUE_NOTE_MEANING = "What marks the value (proxy, revised), why there is none, or that no new one is due"

INDICATOR_COLUMNS: tuple[SheetColumn[IndicatorData], ...] = (
    SheetColumn("Code", 11, CODE_MEANING, lambda item: item.code if item.coded else "", optional=True),
    SheetColumn("Name", 44, NAME_MEANING, lambda item: item.name),
    SheetColumn("Short name", 30, SHORT_NAME_MEANING, lambda item: item.alias),
    SheetColumn("Aim", 14, "The council’s aim that the indicator serves", lambda item: item.aim, optional=True),
    SheetColumn("Group", 22, "The group of indicators that it belongs to", lambda item: item.group, optional=True),
    SheetColumn("Department", 34, "Who is responsible", lambda item: "; ".join(item.departments), optional=True),
    SheetColumn("Scrutiny committee", 24, "Who scrutinises the indicator", lambda item: item.committee, optional=True),
    SheetColumn("Managed by", 24, "Who answers for the indicator",
           lambda item: "; ".join(item.managers), optional=True),
    SheetColumn("Year introduced", 13, "Since when it has been reported",
           lambda item: NumberCell(item.introduced, "0") if item.introduced else "", optional=True),
    SheetColumn("Source", 30, "Where the figure comes from", lambda item: item.source, optional=True),
    SheetColumn("Unit", 16, "What the numbers count; % is a percentage", lambda item: item.unit, optional=True),
    SheetColumn("Minimise or maximise", 20, "Whether a higher or a lower number is better", lambda item: item.polarity,
           optional=True),
    SheetColumn("Measure", 24, "Whether the figure is of the period or of the year so far", lambda item: item.measure,
           optional=True),
    SheetColumn("Latest period", 18, "The latest period for which there is a value", lambda item: item.latest.words),
    SheetColumn("Value", 14, VALUE_MEANING, lambda item: make_number_cell(item.value, percent=item.percent)),
    SheetColumn("Value note", 18, VALUE_NOTE_MEANING,
           lambda item: item.value.note or ("" if item.due else "not due")),
    SheetColumn("Made of", 18, "The numbers that a percentage was made of", lambda item: item.value.of, optional=True),
    SheetColumn("Target", 14, TARGET_MEANING, lambda item: make_number_cell(item.target, percent=item.percent)),
    SheetColumn("Target, upper end", 14, UPPER_TARGET_MEANING,
           lambda item: make_number_cell(item.target, percent=item.percent, end=1)),
    SheetColumn("Annual target", 14, "Target for the year in which the report’s period ends; of a range, its lower end",
           lambda item: make_number_cell(item.annual_target, percent=item.percent)),
    SheetColumn("Annual target, upper end", 14, "The upper end of an annual target that is a range",
           lambda item: make_number_cell(item.annual_target, percent=item.percent, end=1)),
    SheetColumn("Comparison", 34, "The same figure elsewhere", lambda item: "; ".join(item.comparisons), optional=True),
    SheetColumn("Outcome", 14, "The outcome that the report gives: the rule’s or, where it was overruled, an officer’s",
           lambda item: item.outcome),
    SheetColumn("Outcome by the rule alone", 16, "The outcome that the rule gives for the latest value",
           lambda item: item.rule_outcome),
    SheetColumn("Overruled", 12, OVERRULED_MEANING, lambda item: _format_yes_no(item.overruled)),
    SheetColumn("Reason", 44, "Why an officer set the outcome", lambda item: item.reason),
    SheetColumn("Better or worse than last year", 18, "The latest value against that of the same period a year before",
           lambda item: item.change),
    SheetColumn("Comment", 100, "What officers say of the figures", lambda item: item.comment),
)  # fmt: skip
OWNER_POSITION = [column.title for column in INDICATOR_COLUMNS].index("Managed by") + 1

PERIOD_COLUMNS: tuple[SheetColumn[ItemPeriod], ...] = (
    SheetColumn("Code", 11, CODE_MEANING, lambda row: row[0].code if row[0].coded else "", optional=True),
    SheetColumn("Short name", 52, SHORT_NAME_MEANING, lambda row: row[0].alias),
    SheetColumn("Period", 20, "The month or longer period that the figures are of", lambda row: row[1].period.words),
    SheetColumn("Last day", 20, "The last day of the period", lambda row: date.fromisoformat(row[1].period.ends)),
    SheetColumn("Value", 14, VALUE_MEANING, lambda row: make_number_cell(row[1].value, percent=row[0].percent)),
    SheetColumn("Value note", 18, VALUE_NOTE_MEANING, lambda row: row[1].value.note),
    SheetColumn("Target", 14, TARGET_MEANING, lambda row: make_number_cell(row[1].target, percent=row[0].percent)),
    SheetColumn("Target, upper end", 14, UPPER_TARGET_MEANING,
           lambda row: make_number_cell(row[1].target, percent=row[0].percent, end=1)),
    SheetColumn("Outcome of the period", 16, "What the rule, or an officer, said of the period’s value",
           lambda row: row[1].outcome),
    SheetColumn("Overruled", 12, OVERRULED_MEANING, lambda row: _format_yes_no(row[1].overruled)),
    SheetColumn("Latest", 12, "Whether the indicator stands on this period in the report",
           lambda row: _format_yes_no(row[1].latest)),
)  # fmt: skip
