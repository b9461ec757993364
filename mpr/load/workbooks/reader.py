"""Read a returned workbook: the text of each cell that was to be filled in, as an officer would write it in the CSV.

Excel keeps 83% as 0.83 with a percent format, so a number is read with its format. Excel calculates with 15 digits, so
the result of a formula is read with 15 digits. Decimals beyond those that a figure may have are then cut off. They
are not rounded, so that the figure is rounded only once, when it is printed.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from mpr.load.config.scalars import MOST_DECIMALS, MOST_DIGITS
from mpr.load.limits import LARGEST_WORKBOOK, MOST_COLUMNS, MOST_LINES
from mpr.load.text_files import CLOSE_HINT, check_printable
from mpr.load.values import normalise_heading
from mpr.load.workbooks.returned import INSTRUCTIONS_TITLE, ExpectedSheet, ReturnedCell, parse_mark
from mpr.measure.formatting import format_count, format_without_commas
from mpr.measure.period import MONTH_NAMES
from mpr.problem import Place, Problem, Severity, quote

MARK_SEARCH_ROWS = 20  # rows from the top
EMPTY_EXTENT = "A1:A1"  # the dimensions of a sheet with nothing beyond its first cell
UNREADABLE_ERRORS = (  # the libraries raise these on a file that is not a workbook, or was damaged on its way
    InvalidFileException, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError,
    KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError,
)  # fmt: skip
FORMAT_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')  # parts of a number format that are printed literally
AnyCell = Cell | MergedCell


class _UnusableCellError(Exception):
    """A cell that is neither a figure nor a text; its arguments are the problem's code, message and hint."""


@dataclass(frozen=True)
class _SheetPair:
    """A sheet read twice: with the results of its formulas, and with the formulas themselves."""

    computed: Worksheet
    formulas: Worksheet


def read_workbook(
    path: Path, display_path: str, expected: ExpectedSheet, problems: list[Problem]
) -> list[ReturnedCell]:
    """Return every cell that officers were to fill in, empty ones too, and note what cannot be read."""
    sheet_pairs = _open_workbook(path, Place(display_path), problems)
    if sheet_pairs is None:
        return []
    returned_cells: list[ReturnedCell] = []
    is_ours = False
    for sheet_pair in sheet_pairs:
        reader = _SheetReader(sheet_pair, display_path, expected, problems)
        is_empty = sheet_pair.computed.dimensions == EMPTY_EXTENT and sheet_pair.computed["A1"].value is None
        mark_position = reader.find_mark()
        if mark_position:
            is_ours = True
            returned_cells += reader.read_cells(mark_position)
        elif sheet_pair.computed.title != INSTRUCTIONS_TITLE and not is_empty:
            message = "this sheet is not read because mpr new did not write it"
            problems.append(
                Problem(
                    Place(display_path, sheet=sheet_pair.computed.title), "W314", message, severity=Severity.WARNING
                )
            )
    if not is_ours:
        hint = "take it out of the folder, or ask for the workbook that was sent out"
        problems.append(Problem(Place(display_path), "E302", "mpr new --xlsx did not write this workbook", hint))
    return returned_cells


def _open_workbook(path: Path, place: Place, problems: list[Problem]) -> list[_SheetPair] | None:
    """Return the sheets of a workbook; None, with a problem noted, if it cannot be opened."""
    try:
        with path.open("rb") as file:  # openpyxl leaves a path's file open if it fails
            with zipfile.ZipFile(file) as parts:
                size = sum(part.file_size for part in parts.infolist())
            if size > LARGEST_WORKBOOK:
                hint = "copy the sheets into a new workbook, without pictures"
                problems.append(Problem(place, "E301", "this workbook is too large", hint))
                return None
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl warns of Excel features that it drops
                computed, formulas = load_workbook(file, data_only=True), load_workbook(file)
        return [_SheetPair(sheet, formulas[sheet.title]) for sheet in computed.worksheets]
    except OSError as error:
        problems.append(Problem(place, "E301", f"this workbook cannot be read ({error.strerror})", CLOSE_HINT))
    except UNREADABLE_ERRORS:
        hint = "open it in Excel and save it again as an Excel Workbook (.xlsx), without a password"
        problems.append(Problem(place, "E301", "this is not a workbook that can be read", hint))
    return None


class _SheetReader:
    """Reads the cells of one sheet, and notes its problems."""

    def __init__(
        self, sheet_pair: _SheetPair, display_path: str, expected: ExpectedSheet, problems: list[Problem]
    ) -> None:
        self.computed, self.formulas = sheet_pair.computed, sheet_pair.formulas
        self.display_path, self.expected, self.problems = display_path, expected, problems

    def locate(self, row: int, column: int = 0) -> Place:
        return Place(self.display_path, sheet=self.computed.title, line=row, column=column)

    def add_problem(self, place: Place, code: str, message: str, hint: str = "") -> None:
        severity = Severity.WARNING if code.startswith("W") else Severity.ERROR
        self.problems.append(Problem(place, code, message, hint, severity))

    def find_mark(self) -> tuple[int, int] | None:
        """Return the row and column of the heading that marks the sheet as ours, None if it is not."""
        rows = self.computed.iter_rows(max_row=MARK_SEARCH_ROWS, max_col=min(self.computed.max_column, MOST_COLUMNS))
        cells = ((row, column, cell) for row, cells in enumerate(rows, 1) for column, cell in enumerate(cells, 1))
        return next(((row, column) for row, column, cell in cells if parse_mark(cell.value)), None)

    def read_cells(self, mark_position: tuple[int, int]) -> Iterator[ReturnedCell]:
        """Yield the returned cells in the rows below the marked heading."""
        columns = self._find_columns(*mark_position)
        if not columns:
            return
        fill_columns = {heading: columns[heading.casefold()] for heading in self.expected.headings}
        own_columns = {column for name, column in columns.items() if name == "code" or name.startswith("(")}
        unread_places: list[Place] = []
        for row_number, row in enumerate(self.computed.iter_rows(min_row=mark_position[0] + 1), mark_position[0] + 1):
            marked_code = _read_label(row[mark_position[1] - 1])
            yield from self._read_row(marked_code, row_number, row, fill_columns, columns["code"])
            known_columns = {*fill_columns.values(), *(own_columns if marked_code else ())}
            unread_places += [
                self.locate(row_number, column_number)
                for column_number, cell in enumerate(row, 1)
                if _read_label(cell) and column_number not in known_columns
            ]
        if unread_places:
            more = f", nor in {format_count(len(unread_places) - 1, 'more cell')}" if len(unread_places) > 1 else ""
            self.add_problem(unread_places[0], "W313", f"this cell is not read{more}")

    def _find_columns(self, row: int, column: int) -> dict[str, int]:
        """Return the first column with each heading; {} and note a problem if the sheet is not the expected one."""
        period, organisation = parse_mark(self.computed.cell(row, column).value) or ("", "")
        columns: dict[str, int] = {}
        for column_number, cell in enumerate(self.computed[row], 1):
            columns.setdefault(normalise_heading(_read_label(cell)), column_number)
        missing = [heading for heading in ("code", *self.expected.headings) if heading.casefold() not in columns]
        if (period, organisation) != (self.expected.period, self.expected.organisation):
            is_other_period = period != self.expected.period
            whose = (
                f"for {period}, not for {self.expected.period}"
                if is_other_period
                else f"of another council, {organisation}"
            )
            message = f"this sheet is {whose}"
            if (self.display_path, message) not in {(problem.place.file, problem.message) for problem in self.problems}:
                self.add_problem(self.locate(0), "E303", message, "take the workbook out of the folder")
        elif self.computed.max_row > MOST_LINES or self.computed.max_column > MOST_COLUMNS:
            hint = "delete what is far below or beside the table"
            self.add_problem(self.locate(0), "E301", "this sheet is too large", hint)
        elif missing:
            hint = "write its heading again, or copy the rows into the workbook that was sent out"
            self.add_problem(self.locate(row), "E304", f"the column '{missing[0]}' is missing", hint)
        else:
            return columns
        return {}

    def _read_row(
        self, code: str, row_number: int, row: tuple[AnyCell, ...], fill_columns: dict[str, int], code_column: int
    ) -> Iterator[ReturnedCell]:
        """Yield a row's returned cells; if the row was moved or added and is filled in, note a problem instead."""
        returned_cells = [
            self._read_cell(code, heading, row[column_number - 1], self.locate(row_number, column_number))
            for heading, column_number in fill_columns.items()
        ]
        visible_code = _read_label(row[code_column - 1])
        has_text = any(cell is None or cell.text for cell in returned_cells)
        if has_text and not code:
            hint = "write into the rows that were sent out; add new indicators in the CSV"
            self.add_problem(self.locate(row_number, code_column), "E306", "this row was added to the sheet", hint)
        elif has_text and visible_code.split() != code.split():
            message = f"this was the row of {code}, and is now that of {quote(visible_code)}"
            self.add_problem(
                self.locate(row_number, code_column),
                "E305",
                message,
                f"write {code} again, or undo what moved the cells",
            )
        elif code:
            yield from (cell for cell in returned_cells if cell)

    def _read_cell(self, code: str, heading: str, cell: AnyCell, place: Place) -> ReturnedCell | None:
        """Return a cell with its text; None, and note a problem, if its content cannot be used."""
        try:
            text = _read_text(cell, formula=self.formulas.cell(place.line, place.column).data_type == "f")
        except _UnusableCellError as unfit:
            self.add_problem(place, *map(str, unfit.args))
            return None
        problems = [*check_printable(text, lambda _: place)]
        self.problems += problems
        return None if problems else ReturnedCell(code, heading, text, place)


def _read_label(cell: AnyCell) -> str:
    """Return the text of a cell that is not to be filled in, such as a heading or a code."""
    return str(cell.value).strip() if cell.value is not None else ""


def _read_text(cell: AnyCell, *, formula: bool) -> str:
    """Return a cell's content as text; raise _UnusableCellError if it is neither a number nor a text."""
    value: object = cell.value
    if value is None and formula:
        hint = "open the workbook in Excel and save it, or write the result itself"
        raise _UnusableCellError("E308", "this formula has no result", hint)
    if value is None:
        return ""
    if isinstance(value, bool):
        raise _UnusableCellError("E310", f"this cell says {str(value).upper()}", "write a figure or a text")
    if cell.data_type == "e":
        raise _UnusableCellError(
            "E309", f"this formula has the error {value}", "correct the formula, or write the number itself"
        )
    if isinstance(value, date):
        day = f"{value.day} {MONTH_NAMES[value.month - 1]} {value.year}"
        hint = "if you typed something else, give the cell the format Text and type it again, 3/4 as 3 of 4"
        raise _UnusableCellError("E307", f"Excel holds the date {day} here", hint)
    if isinstance(value, time | timedelta):
        hint = "give the cell the format Text and type it again"
        raise _UnusableCellError("E307", f"Excel holds the time {value} here", hint)
    if isinstance(value, int | float):
        return _format_figure(value, cell.number_format)
    return unescape(str(value)).replace("\r\n", "\n").replace("\r", "\n").strip()


def _format_figure(value: float, number_format: str) -> str:
    """Return a number as text, as a percentage if its format is one, without decimals beyond those allowed."""
    figure = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{MOST_DIGITS}g}")
    is_percent = "%" in FORMAT_LITERAL.sub("", number_format)
    figure = figure * 100 if is_percent else figure
    finest = Decimal(1).scaleb(-MOST_DECIMALS)
    if figure != figure.to_integral_value():
        figure = figure.quantize(finest, ROUND_DOWN)
    return format_without_commas(figure + 0) + ("%" if is_percent else "")
