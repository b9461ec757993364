"""Cells of a file of values, changed as an officer does it in Excel."""

import csv
import io
from pathlib import Path

from mpr.load.values import format_csv


def rows(path: Path) -> list[list[str]]:
    """Return the rows of a file of values, the headings first."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def put(path: Path, code: str, **cells: str) -> None:
    """Change cells of an indicator's row, each under its heading, and save the file."""
    heads, *found = rows(path)
    [row] = [each for each in found if each[0] == code]
    for heading, text in cells.items():
        row[heads.index(heading)] = text
    path.write_bytes(format_csv([heads, *found]).encode())
