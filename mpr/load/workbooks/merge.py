"""Merge returned workbooks into the month's CSV.

A filled-in cell replaces an empty one. A cell of the CSV that differs is replaced only if that is asked for. All other
rows stay byte for byte as they are in the file.
"""

import csv
import io
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mpr.load.config.scalars import parse_number
from mpr.load.figures import PROXY_PREFIX, RATIO_SEPARATOR
from mpr.load.values import (
    FOCUS_WORDS,
    LENGTH_LIMITS,
    MISSING_WORDS,
    detect_delimiter,
    escape_cell,
    normalise_heading,
    unescape_cell,
)
from mpr.load.workbooks.returned import ReturnedCell
from mpr.measure.indicator import Indicator
from mpr.problem import Place, Problem, quote

LINE_END = re.compile(r"\r\n?")  # other programs write it inside cells; a CSV must not have it there


@dataclass(frozen=True)
class MergeResult:
    """The new text of the file, the cells that were taken, and those that agree with the file already.

    `previous_texts` holds the text that a taken cell replaced, if there was one. `places` maps the row and column of
    each taken cell in the file to its place in the workbook.
    """

    text: str
    taken: tuple[ReturnedCell, ...]
    unchanged: tuple[ReturnedCell, ...]
    previous_texts: Mapping[ReturnedCell, str]
    places: Mapping[tuple[int, int], Place]


@dataclass
class _CsvRow:
    """A row of the file: its cells and its raw text, which is empty if the row must be written again."""

    cells: list[str]
    raw_text: str = ""


def merge_cells(  # noqa: PLR0913 - each is a separate input
    text: str,
    display_path: str,
    returned_cells: Iterable[ReturnedCell],
    indicators: Sequence[Indicator],
    problems: list[Problem],
    *,
    replace: bool,
) -> MergeResult:
    """Merge returned cells into the text of a valid file, noting those that contradict the file or each other.

    `indicators`, in report order, say where to insert rows that the file lacks. With `replace` a returned cell wins
    over the file, but never over another workbook.
    """
    table = _CsvTable(text, [indicator.code for indicator in indicators])
    row_numbers, percentage_codes = (
        table.number_rows(),
        {indicator.code for indicator in indicators if indicator.is_percentage},
    )
    taken: list[ReturnedCell] = []
    unchanged: list[ReturnedCell] = []
    previous_texts: dict[ReturnedCell, str] = {}
    cells: dict[tuple[str, str], list[ReturnedCell]] = {}
    for cell in returned_cells:
        if cell.text:
            cells.setdefault((cell.code, cell.heading), []).append(cell)
    for (code, heading), candidates in cells.items():
        first, *others = candidates
        meanings = {
            candidate: parse_meaning(candidate.text, heading, percent=code in percentage_codes)
            for candidate in candidates
        }
        if contradicting := [other for other in others if meanings[other] != meanings[first]]:
            problems += [_build_contradiction(first, other) for other in contradicting]
            continue
        existing = table.get_text(code, heading)
        if existing and parse_meaning(existing, heading, percent=code in percentage_codes) == meanings[first]:
            unchanged += candidates
        elif existing and not replace:
            place = Place(display_path, row_numbers[code], table.get_column_number(heading))
            message = f"the {heading} of {code} is {quote(first.text)} here, but {quote(existing)} in {place}"
            hint = "empty one of the two cells, or let workbooks overwrite the CSV with --replace"
            problems.append(Problem(first.place, "E312", message, hint))
        else:
            taken.append(first)
            unchanged += others
            previous_texts |= {first: existing} if existing else {}
    for cell in taken:
        table.write_cell(cell)
    row_numbers = table.number_rows()
    places = {
        (row_numbers[taken_cell.code], table.get_column_number(taken_cell.heading)): taken_cell.place
        for taken_cell in taken
    }
    return MergeResult(table.to_text(), tuple(taken), tuple(unchanged), previous_texts, places)


def _build_contradiction(cell: ReturnedCell, other: ReturnedCell) -> Problem:
    message = f"the {cell.heading} of {cell.code} is {quote(cell.text)} here, but {quote(other.text)} in {other.place}"
    return Problem(cell.place, "E311", message, "empty one of the two cells, or remove one of the workbooks")


def parse_meaning(text: str, heading: str, *, percent: bool) -> Hashable:
    """Return a cell's meaning for comparison: 83%, 83.0% and, for a percentage, 83 are the same."""
    folded = text.casefold()
    if heading in LENGTH_LIMITS:
        return tuple(line.strip() for line in text.splitlines())
    if heading == "outcome":
        return folded
    if heading == "focus":
        return FOCUS_WORDS.get(folded, folded)
    if folded in MISSING_WORDS:
        return MISSING_WORDS[folded]
    figure_text = PROXY_PREFIX.sub("", text, count=1)
    try:
        figures = tuple(parse_number(part) for part in RATIO_SEPARATOR.split(figure_text))
    except ValueError:
        return folded
    return (bool(PROXY_PREFIX.match(text)), figure_text.endswith("%") and not percent, *figures)


class _CsvTable:
    """The rows of the file with their raw text; `by_code` has the first row of each code."""

    def __init__(self, text: str, codes: Sequence[str]) -> None:
        self.positions = {code: index for index, code in enumerate(codes)}
        self.delimiter = detect_delimiter(text)
        lines = [*io.StringIO(text, newline="")]
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        self.rows: list[_CsvRow] = []
        first_line = 0
        for cells in reader:
            self.rows.append(_CsvRow(cells, "".join(lines[first_line : reader.line_num])))
            first_line = reader.line_num
        self.line_end = next((end for end in ("\r\n", "\n", "\r") if lines[0].endswith(end)), "\r\n")
        self.columns = {
            normalise_heading(heading): index for index, heading in reversed([*enumerate(self.rows[0].cells)])
        }
        self.by_code = {self._read_code(row): row for row in reversed(self.rows[1:])}

    def _read_code(self, row: _CsvRow) -> str:
        column = self.columns["code"]
        return " ".join(unescape_cell(row.cells[column]).split()) if column < len(row.cells) else ""

    def number_rows(self) -> dict[str, int]:
        """Return the row number of each code, counted from 1."""
        numbers = {id(row): number for number, row in enumerate(self.rows, 1)}
        return {code: numbers[id(row)] for code, row in self.by_code.items()}

    def get_text(self, code: str, heading: str) -> str:
        """Return the text of a cell, empty if the file has no such row or column."""
        row, column = self.by_code.get(code), self.columns.get(heading.casefold())
        return unescape_cell(row.cells[column]) if row and column is not None and column < len(row.cells) else ""

    def get_column_number(self, heading: str) -> int:
        """Return the number of an existing column, counted from 1."""
        return self.columns[heading.casefold()] + 1

    def write_cell(self, cell: ReturnedCell) -> None:
        """Write a returned cell into the table, adding its row or column if it is missing."""
        if cell.heading.casefold() not in self.columns:
            self.columns[cell.heading.casefold()] = len(self.rows[0].cells)
            self._write_text(self.rows[0], len(self.rows[0].cells), cell.heading)
        row = self.by_code.get(cell.code) or self._add_row(cell.code)
        self._write_text(row, self.columns[cell.heading.casefold()], escape_cell("\n".join(LINE_END.split(cell.text))))

    def _add_row(self, code: str) -> _CsvRow:
        """Add a row for a code, before the first that comes later in the report."""
        position = self.positions.get(code, len(self.positions))
        later_rows = (
            index
            for index, row in enumerate(self.rows)
            if index and self.positions.get(self._read_code(row), -1) > position
        )
        row = self.by_code[code] = _CsvRow([])
        self.rows.insert(next(later_rows, len(self.rows)), row)
        self._write_text(row, self.columns["code"], code)
        return row

    @staticmethod
    def _write_text(row: _CsvRow, column: int, text: str) -> None:
        row.cells += [""] * (column + 1 - len(row.cells))
        row.cells[column] = text
        row.raw_text = ""

    def to_text(self) -> str:
        """Return the file's text: unchanged rows as they were, changed rows written again."""
        buffer = io.StringIO(newline="")
        buffer.write("\ufeff")
        writer = csv.writer(buffer, delimiter=self.delimiter, lineterminator=self.line_end)
        for row in self.rows:
            if not row.raw_text:
                writer.writerow(row.cells)
            else:
                buffer.write(row.raw_text if row.raw_text.endswith(("\n", "\r")) else row.raw_text + self.line_end)
        return buffer.getvalue()
