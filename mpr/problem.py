"""What is wrong with an input, where it stands, and what to write instead.

Everything that an officer can mend is collected as a `Problem`; whoever reads a file goes on to its end and
raises one `InputError` with all of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the report; a warning is printed and the report is made."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Place:
    """A file as the officer knows it, and the line and column in it, from 1; 0 where there is none.

    In a workbook it is the row and column of a `sheet`.
    """

    file: str
    sheet: str = field(default="", kw_only=True)
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Write the place as `file:line:column` or `file [sheet] F7`, leaving out what is not known."""
        if self.sheet:
            return f"{self.file} [{self.sheet}] {to_column_letters(self.column)}{self.line or ''}".rstrip()
        return ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])


# What a terminal obeys or does not show: it could make another line of this one.
UNPRINTABLE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ud800-\\udfff\\ufeff]"
)


@dataclass(frozen=True)
class Problem:
    """One thing wrong: the place, a stable code, what is wrong, and (hint) what to do about it.

    `subject` is what it is about: the indicator's code, or a file or title where there is no indicator. `basis` holds
    the figures, periods or quoted words that it was made from, in the order of the message. An officer's acceptance
    names a warning by its code, subject and basis, so it survives a better message and ends when the basis changes.
    A problem without a subject cannot be accepted.
    """

    place: Place
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    subject: str = field(default="", kw_only=True)
    basis: tuple[str, ...] = field(default=(), kw_only=True)

    def __str__(self) -> str:
        """Write the problem as the one line that an officer reads."""
        line = f"{self.place}: {self.severity} {self.code} {self.message}" + (f"; {self.hint}" if self.hint else "")
        return UNPRINTABLE.sub(lambda match: f"(U+{ord(match[0]):04X})", line)


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by place, those of `indicators.yaml` first, because others may follow from them."""
    return sorted(problems, key=lambda problem: ("/" in problem.place.file, problem.place))


class InputError(Exception):
    """The one error that bad input raises; `problems` holds all of them, in the order of their places."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, in order."""
        self.problems = sort_problems(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class EnvironmentFault(Exception):  # noqa: N818 - the words an officer reads; not a fault of the input
    """Something the machine lacks; the message names the cure."""


LONGEST_QUOTE = 60
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def to_column_letters(column: int) -> str:
    """Return a column as a spreadsheet names it: A to Z, then AA, AB and so on."""
    if not column:
        return ""
    before, last = divmod(column - 1, len(ALPHABET))
    return to_column_letters(before) + ALPHABET[last]


def quote(text: object) -> str:
    """Return what an officer wrote in quotes, on one line and cut where it is long."""
    line = " ".join(str(text).splitlines())
    return f"'{line}'" if len(line) <= LONGEST_QUOTE else f"'{line[:LONGEST_QUOTE]}…'"


def suggest_nearest(word: str, known: Iterable[str]) -> str:
    """Return `did you mean 'x'?` for the known word closest to `word`, or nothing when none is close."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.75)
    return f"did you mean '{by_folded[close[0]]}'?" if close else ""
