"""What stands in a file around a problem, as the officer sees it there: lines of text, or cells of a sheet."""

import csv
import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from textwrap import dedent

from mpr.load.caps import LARGEST_FILE
from mpr.load.values import delimiter
from mpr.problem import Problem, letters

FEW = 8  # files that problems stand in, each taken apart once for all of them
AROUND = 1  # lines before and after the one at fault, and cells beside it
LONGEST_LINE, LONGEST_CELL = 160, 80  # letters


@dataclass(frozen=True)
class Cell:
    """A cell of a sheet, or all of a line; `marked` where it is the one at fault."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Row:
    """A row or a line with its number; the heads of columns have none."""

    number: str
    cells: tuple[Cell, ...]


def where(problem: Problem) -> str:
    """Say where a problem stands: `data/2018-05.csv, row 14, column C`."""
    place = problem.place
    line = [f"{'row' if _in_sheet(problem) else 'line'} {place.line}"] if place.line else []
    column = [f"column {letters(place.column) if _in_sheet(problem) else place.column}"] if place.column else []
    return ", ".join([place.file, *line, *column])


def contents(path: Path) -> str:
    """Return the text of a file that problems stand in, nothing where it cannot be read."""
    try:
        return path.read_bytes()[:LARGEST_FILE].decode("utf-8-sig", "replace")
    except OSError:
        return ""


def excerpt(text: str, problem: Problem) -> tuple[Row, ...]:
    """Return what stands around a problem in the text of its file, nothing where it has no line."""
    if not problem.place.line or not text or text.isspace():
        return ()
    if _in_sheet(problem):
        return _cells(_rows(text), problem.place.line, problem.place.column)
    return tuple(_lines(_split(text), problem.place.line, problem.place.column))


@lru_cache(maxsize=FEW)
def _split(text: str) -> Sequence[str]:
    return text.split("\n")


@lru_cache(maxsize=FEW)
def _rows(text: str) -> Sequence[Sequence[str]]:
    """Return the rows of a sheet, up to one that cannot be read."""
    rows: list[Sequence[str]] = []
    with suppress(csv.Error):
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text)))
    return rows


def _in_sheet(problem: Problem) -> bool:
    """Whether a place counts rows and columns as Excel does; what is wrong with a file as text has lines."""
    return problem.place.file.endswith(".csv") and not problem.code[1:].startswith("1")


def _lines(lines: Sequence[str], line: int, column: int) -> list[Row]:
    start = max(0, column - LONGEST_LINE // 2) if column > LONGEST_LINE else 0
    around = range(max(1, line - AROUND), min(len(lines), line + AROUND) + 1)
    texts = dedent("\n".join(lines[each - 1][start:] for each in around)).split("\n")
    return [
        Row(str(each), (Cell(_cut(text, LONGEST_LINE), each == line),))
        for each, text in zip(around, texts, strict=False)  # there may be none
    ]


def _cells(rows: Sequence[Sequence[str]], line: int, column: int) -> tuple[Row, ...]:
    """Return the heads and the row at fault: its first cell and those beside the one at fault."""
    if len(rows) < line:
        return ()
    width = max(len(rows[0]), len(rows[line - 1]))
    beside = range(column - AROUND, column + AROUND + 1) if column else range(1, 2 + 2 * AROUND)
    columns = [each for each in sorted({1, *beside}) if 1 <= each <= width]

    def row(number: int) -> Row:
        cells = rows[number - 1]
        texts = [_cut(cells[each - 1], LONGEST_CELL) if each <= len(cells) else "" for each in columns]
        marks = [number == line and column in {0, each} for each in columns]
        return Row(str(number), tuple(map(Cell, texts, marks)))

    heads = Row("", tuple(Cell(letters(each)) for each in columns))
    return (heads, *(row(number) for number in sorted({1, line})))


def _cut(text: str, longest: int) -> str:
    line = " ".join(text.splitlines()) if "\n" in text else text.rstrip("\r")
    return line if len(line) <= longest else f"{line[:longest]}…"
