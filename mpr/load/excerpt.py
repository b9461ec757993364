"""Excerpts: the lines of text, or the cells of a sheet, around a problem, as the officer sees them in the file."""

import csv
import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from textwrap import dedent

from mpr.load.limits import LARGEST_FILE
from mpr.load.values import detect_delimiter
from mpr.problem import Problem, to_column_letters

CACHED_TEXTS = 8  # files with problems, each split once for all its problems
CONTEXT = 1  # lines shown before and after the line with the problem, and cells on each side
LONGEST_LINE, LONGEST_CELL = 160, 80  # characters


@dataclass(frozen=True)
class ExcerptCell:
    """A cell of a sheet, or a whole line; the one with the problem is `marked`."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class ExcerptRow:
    """A row or line with its number; the row of column letters has none."""

    number: str
    cells: tuple[ExcerptCell, ...]


def describe_place(problem: Problem) -> str:
    """Return the place of a problem in words: `data/2018-05.csv, row 14, column C`."""
    place = problem.place
    line = [f"{'row' if _is_in_sheet(problem) else 'line'} {place.line}"] if place.line else []
    column = (
        [f"column {to_column_letters(place.column) if _is_in_sheet(problem) else place.column}"] if place.column else []
    )
    return ", ".join([place.file, *line, *column])


def read_contents(path: Path) -> str:
    """Return the start of a file's text, "" if it cannot be read; bytes that are not UTF-8 are replaced."""
    try:
        return path.read_bytes()[:LARGEST_FILE].decode("utf-8-sig", "replace")
    except OSError:
        return ""


def build_excerpt(text: str, problem: Problem) -> tuple[ExcerptRow, ...]:
    """Return the rows around a problem in the text of its file, empty if it has no line or the text is blank."""
    if not problem.place.line or not text or text.isspace():
        return ()
    if _is_in_sheet(problem):
        return _select_cells(_parse_rows(text), problem.place.line, problem.place.column)
    return tuple(_select_lines(_split_lines(text), problem.place.line, problem.place.column))


@lru_cache(maxsize=CACHED_TEXTS)
def _split_lines(text: str) -> Sequence[str]:
    return text.split("\n")


@lru_cache(maxsize=CACHED_TEXTS)
def _parse_rows(text: str) -> Sequence[Sequence[str]]:
    """Return the rows of a sheet, up to the first that cannot be read."""
    rows: list[Sequence[str]] = []
    with suppress(csv.Error):
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=detect_delimiter(text)))
    return rows


def _is_in_sheet(problem: Problem) -> bool:
    """Whether a place has rows and columns as in Excel; problems with a file as text (1xx) have lines instead."""
    return problem.place.file.endswith(".csv") and not problem.code[1:].startswith("1")


def _select_lines(lines: Sequence[str], line: int, column: int) -> list[ExcerptRow]:
    start = max(0, column - LONGEST_LINE // 2) if column > LONGEST_LINE else 0
    around = range(max(1, line - CONTEXT), min(len(lines), line + CONTEXT) + 1)
    texts = dedent("\n".join(lines[number - 1][start:] for number in around)).split("\n")
    return [
        ExcerptRow(str(number), (ExcerptCell(_shorten(text, LONGEST_LINE), number == line),))
        for number, text in zip(around, texts, strict=False)  # `around` is empty if the file is now shorter
    ]


def _select_cells(rows: Sequence[Sequence[str]], line: int, column: int) -> tuple[ExcerptRow, ...]:
    """Return the column letters, the first row and the row with the problem: its first cell and those around it."""
    if len(rows) < line:
        return ()
    width = max(len(rows[0]), len(rows[line - 1]))
    beside = range(column - CONTEXT, column + CONTEXT + 1) if column else range(1, 2 + 2 * CONTEXT)
    columns = [position for position in sorted({1, *beside}) if 1 <= position <= width]

    def build_row(number: int) -> ExcerptRow:
        cells = rows[number - 1]
        texts = [_shorten(cells[position - 1], LONGEST_CELL) if position <= len(cells) else "" for position in columns]
        marks = [number == line and column in {0, position} for position in columns]
        return ExcerptRow(str(number), tuple(map(ExcerptCell, texts, marks)))

    heads = ExcerptRow("", tuple(ExcerptCell(to_column_letters(position)) for position in columns))
    return (heads, *(build_row(number) for number in sorted({1, line})))


def _shorten(text: str, longest: int) -> str:
    line = " ".join(text.splitlines()) if "\n" in text else text.rstrip("\r")
    return line if len(line) <= longest else f"{line[:longest]}…"
