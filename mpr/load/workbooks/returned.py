"""The cells of a returned workbook, and the mark by which `mpr` recognises its own sheets.

The mark is the heading of a hidden column: it names the period and the council, and below it is the code of each row.
So `mpr` recognises a sheet that was moved or renamed, and a row that was sorted elsewhere.
"""

import re
from dataclasses import dataclass

from mpr.problem import Place

MARK_PATTERN = re.compile(r"\(mpr (\S+) (.*)\)", re.DOTALL)
INSTRUCTIONS_TITLE = "How to fill in"  # title of the sheet before those to be filled in


@dataclass(frozen=True)
class ReturnedCell:
    """The text of a returned cell, empty if it was not filled in: its indicator's code, its heading and its place."""

    code: str
    heading: str
    text: str
    place: Place


@dataclass(frozen=True)
class ExpectedSheet:
    """What a returned sheet must have: the period, the council and the headings of the columns to be filled in."""

    period: str
    organisation: str
    headings: tuple[str, ...]

    @property
    def mark(self) -> str:
        """The heading of the hidden column in every sheet: `(mpr 2018-06 Larkmere Borough Council)`."""
        return f"(mpr {self.period} {self.organisation})"


def parse_mark(text: object) -> tuple[str, str] | None:
    """Return the period and the council in a heading that marks a sheet, None if it is not such a mark."""
    match = MARK_PATTERN.fullmatch(text.strip()) if isinstance(text, str) else None
    return (match[1], match[2]) if match else None
