"""A returned workbook, read: what each cell to be filled in says, as an officer would write it into the CSV.

Excel keeps 83% as 0.83 with a percent format, so a number is read with its format. It reckons with 15 digits; what a
formula makes is taken to these and cut, not rounded, to the decimals that a figure may have: so it is rounded once.
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

from mpr.load.caps import LARGEST_WORKBOOK, MOST_COLUMNS, MOST_LINES
from mpr.load.returned import TITLE, Said, Wanted, marked
from mpr.load.scalars import MOST_DECIMALS, MOST_DIGITS
from mpr.load.text import CLOSE, unprintable
from mpr.load.values import column_of
from mpr.measure.period import MONTH_NAMES
from mpr.measure.words import plain, plural
from mpr.problem import Place, Problem, Severity, quoted

HEAD_WITHIN = 20  # rows from the top
EMPTY = "A1:A1"  # the extent of a sheet with nothing beyond its first cell
BROKEN = (  # what the libraries raise on a file that is none, or was damaged on its way
    InvalidFileException, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError,
    KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError,
)  # fmt: skip
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')  # what a number format prints as it stands
Read = Cell | MergedCell


class _UnfitError(Exception):
    """What cannot be taken for a figure or a text: the code of the problem, what is wrong, and what to do."""


@dataclass(frozen=True)
class _Pages:
    """A sheet twice: with what its formulas make, and with the formulas."""

    made: Worksheet
    written: Worksheet


def read_workbook(path: Path, shown: str, wanted: Wanted, problems: list[Problem]) -> list[Said]:
    """Return what a workbook says in each cell to be filled in, empty ones too, noting what cannot be read."""
    pages = _open(path, Place(shown), problems)
    if pages is None:
        return []
    said: list[Said] = []
    ours = False
    for page in pages:
        sheet = _Sheet(page, shown, wanted, problems)
        empty = page.made.dimensions == EMPTY and page.made["A1"].value is None
        head = sheet.head()
        if head:
            ours = True
            said += sheet.read(head)
        elif page.made.title != TITLE and not empty:
            message = "this sheet is not read, because mpr new did not write it"
            problems.append(Problem(Place(shown, sheet=page.made.title), "W314", message, severity=Severity.WARNING))
    if not ours:
        hint = "take it out of the folder, or ask for the workbook that was sent out"
        problems.append(Problem(Place(shown), "E302", "mpr new --xlsx did not write this workbook", hint))
    return said


def _open(path: Path, place: Place, problems: list[Problem]) -> list[_Pages] | None:
    """Return the sheets of a workbook, or note why it cannot be opened and return None."""
    try:
        with path.open("rb") as file:  # which openpyxl leaves open where it cannot read on
            with zipfile.ZipFile(file) as parts:
                size = sum(part.file_size for part in parts.infolist())
            if size > LARGEST_WORKBOOK:
                hint = "copy the sheets into a new workbook, without pictures"
                problems.append(Problem(place, "E301", "this workbook is too large", hint))
                return None
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of what Excel keeps beside the cells
                made, written = load_workbook(file, data_only=True), load_workbook(file)
        return [_Pages(each, written[each.title]) for each in made.worksheets]
    except OSError as error:
        problems.append(Problem(place, "E301", f"this workbook cannot be read ({error.strerror})", CLOSE))
    except BROKEN:
        hint = "open it in Excel and save it anew as an Excel Workbook (.xlsx), without a password"
        problems.append(Problem(place, "E301", "this is no workbook that can be read", hint))
    return None


class _Sheet:
    """One sheet on its way in."""

    def __init__(self, pages: _Pages, shown: str, wanted: Wanted, problems: list[Problem]) -> None:
        self.made, self.written = pages.made, pages.written
        self.shown, self.wanted, self.problems = shown, wanted, problems

    def place(self, row: int, column: int = 0) -> Place:
        return Place(self.shown, sheet=self.made.title, line=row, column=column)

    def note(self, place: Place, code: str, message: str, hint: str = "") -> None:
        severity = Severity.WARNING if code.startswith("W") else Severity.ERROR
        self.problems.append(Problem(place, code, message, hint, severity))

    def head(self) -> tuple[int, int] | None:
        """Return the row and column of the heading that marks the sheet as one of ours, None where there is none."""
        rows = self.made.iter_rows(max_row=HEAD_WITHIN, max_col=min(self.made.max_column, MOST_COLUMNS))
        cells = ((row, column, cell) for row, cells in enumerate(rows, 1) for column, cell in enumerate(cells, 1))
        return next(((row, column) for row, column, cell in cells if marked(cell.value)), None)

    def read(self, head: tuple[int, int]) -> Iterator[Said]:
        """Yield what the rows below the marked heading say."""
        columns = self._columns(*head)
        if not columns:
            return
        fill = {heading: columns[heading.casefold()] for heading in self.wanted.headings}
        ours = {column for name, column in columns.items() if name == "code" or name.startswith("(")}
        strays: list[Place] = []
        for number, row in enumerate(self.made.iter_rows(min_row=head[0] + 1), head[0] + 1):
            mark = _shown(row[head[1] - 1])
            yield from self._row(mark, number, row, fill, columns["code"])
            known = {*fill.values(), *(ours if mark else ())}
            strays += [self.place(number, at) for at, cell in enumerate(row, 1) if _shown(cell) and at not in known]
        if strays:
            more = f", nor in {plural(len(strays) - 1, 'more cell')}" if len(strays) > 1 else ""
            self.note(strays[0], "W313", f"what stands here is not read{more}")

    def _columns(self, row: int, column: int) -> dict[str, int]:
        """Return the columns by their headings, the first of each, or none where the sheet is not the one wanted."""
        period, organisation = marked(self.made.cell(row, column).value) or ("", "")
        columns: dict[str, int] = {}
        for at, cell in enumerate(self.made[row], 1):
            columns.setdefault(column_of(_shown(cell)), at)
        missing = [each for each in ("code", *self.wanted.headings) if each.casefold() not in columns]
        if (period, organisation) != (self.wanted.period, self.wanted.organisation):
            other = period != self.wanted.period
            whose = f"for {period}, not for {self.wanted.period}" if other else f"of another council, {organisation}"
            message = f"this sheet is {whose}"
            if (self.shown, message) not in {(each.place.file, each.message) for each in self.problems}:
                self.note(self.place(0), "E303", message, "take the workbook out of the folder")
        elif self.made.max_row > MOST_LINES or self.made.max_column > MOST_COLUMNS:
            hint = "delete what stands far below or beside the table"
            self.note(self.place(0), "E301", "this sheet is too large", hint)
        elif missing:
            hint = "write its heading again, or copy the rows into the workbook that was sent out"
            self.note(self.place(row), "E304", f"the column '{missing[0]}' is not here any more", hint)
        else:
            return columns
        return {}

    def _row(self, code: str, number: int, row: tuple[Read, ...], fill: dict[str, int], key: int) -> Iterator[Said]:
        """Yield what a row says; one that is not as it was sent out and says something is a problem."""
        said = [self._said(code, heading, row[at - 1], self.place(number, at)) for heading, at in fill.items()]
        shown = _shown(row[key - 1])
        says = any(each is None or each.text for each in said)
        if says and not code:
            hint = "write into the rows that were sent out; what is new goes into the CSV"
            self.note(self.place(number, key), "E306", "this row was added to the sheet", hint)
        elif says and shown.split() != code.split():
            message = f"this was the row of {code}, and is now that of {quoted(shown)}"
            self.note(self.place(number, key), "E305", message, f"write {code} again, or undo what moved the cells")
        elif code:
            yield from (each for each in said if each)

    def _said(self, code: str, heading: str, cell: Read, place: Place) -> Said | None:
        """Return what a cell says, None where that cannot be had."""
        try:
            text = _text(cell, formula=self.written.cell(place.line, place.column).data_type == "f")
        except _UnfitError as unfit:
            self.note(place, *map(str, unfit.args))
            return None
        found = [*unprintable(text, lambda _: place)]
        self.problems += found
        return None if found else Said(code, heading, text, place)


def _shown(cell: Read) -> str:
    """Return what stands in a cell that is not filled in."""
    return str(cell.value).strip() if cell.value is not None else ""


def _text(cell: Read, *, formula: bool) -> str:
    """Return what a cell says as text; raise _UnfitError where it is neither a number nor a text."""
    value: object = cell.value
    if value is None and formula:
        hint = "open the workbook in Excel and save it, or write the result itself"
        raise _UnfitError("E308", "this formula has no result", hint)
    if value is None:
        return ""
    if isinstance(value, bool):
        raise _UnfitError("E310", f"this cell says {str(value).upper()}", "write a figure or a text")
    if cell.data_type == "e":
        raise _UnfitError("E309", f"this formula has the error {value}", "mend the formula, or write the number itself")
    if isinstance(value, date):
        day = f"{value.day} {MONTH_NAMES[value.month - 1]} {value.year}"
        hint = "where you typed something else, give the cell the format Text and type it again, 3/4 as 3 of 4"
        raise _UnfitError("E307", f"Excel holds the date {day} here", hint)
    if isinstance(value, time | timedelta):
        hint = "give the cell the format Text and type it again"
        raise _UnfitError("E307", f"Excel holds the time {value} here", hint)
    if isinstance(value, int | float):
        return _figure(value, cell.number_format)
    return unescape(str(value)).replace("\r\n", "\n").replace("\r", "\n").strip()


def _figure(value: float, shape: str) -> str:
    """Write a number as it is shown: as a percentage where its format is one."""
    figure = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{MOST_DIGITS}g}")
    percent = "%" in LITERAL.sub("", shape)
    figure = figure * 100 if percent else figure
    finest = Decimal(1).scaleb(-MOST_DECIMALS)
    if figure != figure.to_integral_value():
        figure = figure.quantize(finest, ROUND_DOWN)
    return plain(figure + 0) + ("%" if percent else "")
