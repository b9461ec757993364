"""Files of a project, changed as an officer changes them: cells as in Excel, text as in an editor."""

import csv
import io
from pathlib import Path

from mpr.load.values import format_csv


def read_rows(path: Path) -> list[list[str]]:
    """Return the rows of a file of values, the headings first."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def set_cells(path: Path, code: str, **cells: str) -> None:
    """Change cells of an indicator's row, each named by its heading, and save the file."""
    headings, *rows = read_rows(path)
    [row] = [row for row in rows if row[0] == code]
    for heading, text in cells.items():
        row[headings.index(heading)] = text
    path.write_bytes(format_csv([headings, *rows]).encode())


def replace_text(path: Path, old: str, new: str) -> None:
    """Replace a text wherever it occurs in a file; it has to occur."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
