"""What a returned workbook says, and the mark by which `mpr` knows its own sheets again.

The mark is the heading of a hidden column, which says the period and the council; below it stands the code of each
row. So a sheet is known wherever it was moved to, and a row wherever it was sorted to.
"""

import re
from dataclasses import dataclass

from mpr.problem import Place

MARK_PATTERN = re.compile(r"\(mpr (\S+) (.*)\)", re.DOTALL)
INSTRUCTIONS_TITLE = "How to fill in"  # of the sheet before those that are filled in


@dataclass(frozen=True)
class ReturnedCell:
    """What a cell says of an indicator, in the column with a heading: the text (none where it is empty), and where."""

    code: str
    heading: str
    text: str
    place: Place


@dataclass(frozen=True)
class ExpectedSheet:
    """What is looked for in a workbook: the period, the council, and the headings of what is filled in."""

    period: str
    organisation: str
    headings: tuple[str, ...]

    @property
    def mark(self) -> str:
        """The heading of the hidden column in each sheet."""
        return f"(mpr {self.period} {self.organisation})"


def parse_mark(text: object) -> tuple[str, str] | None:
    """Return the period and the council that a heading marks a sheet with, None where it is no mark."""
    match = MARK_PATTERN.fullmatch(text.strip()) if isinstance(text, str) else None
    return (match[1], match[2]) if match else None
