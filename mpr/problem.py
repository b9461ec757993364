"""Problems in the input: where each one is, what is wrong, and what to write instead.

Everything that an officer can correct is collected as a `Problem`. A reader continues to the end of the file and then
raises one `InputError` with all of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """How serious a problem is: an error stops the report, a warning is printed and the report is made."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Place:
    """The position of a problem: a file as the officer knows it, and the line and column, counted from 1.

    `line` and `column` are 0 if unknown. In a workbook they are the row and column of `sheet`.
    """

    file: str
    sheet: str = field(default="", kw_only=True)
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `file:line:column` or `file [sheet] F7`, without the parts that are unknown."""
        if self.sheet:
            return f"{self.file} [{self.sheet}] {to_column_letters(self.column)}{self.line or ''}".rstrip()
        return ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])


# Characters that a terminal obeys or hides: printed as they are, they could make the line read differently.
UNPRINTABLE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ud800-\\udfff\\ufeff]"
)


@dataclass(frozen=True)
class Problem:
    """One problem: its place, a stable code, a message that says what is wrong, and a hint that says what to do.

    `subject` is what it is about: the indicator's code, or a file or title if there is no indicator. `basis` holds the
    figures, periods or quoted words that it was made from, in the order of the message. An officer's acceptance names a
    warning by its code, subject and basis, so it survives a better message and ends when the basis changes. A problem
    without a subject cannot be accepted.
    """

    place: Place
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    subject: str = field(default="", kw_only=True)
    basis: tuple[str, ...] = field(default=(), kw_only=True)

    def __str__(self) -> str:
        """Return the problem as the one line that an officer reads."""
        line = f"{self.place}: {self.severity} {self.code} {self.message}" + (f"; {self.hint}" if self.hint else "")
        return UNPRINTABLE.sub(lambda match: f"(U+{ord(match[0]):04X})", line)


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems sorted by place; those in `indicators.yaml` come first because they may cause others."""
    return sorted(problems, key=lambda problem: ("/" in problem.place.file, problem.place))


class InputError(Exception):
    """The only error raised for bad input; `problems` holds all problems, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Sort the problems and keep them."""
        self.problems = sort_problems(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class EnvironmentFault(Exception):  # noqa: N818 - the words an officer reads; not a fault of the input
    """A fault of the machine, such as a missing library; the message says how to put it right."""


LONGEST_QUOTE = 60
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def to_column_letters(column: int) -> str:
    """Return a column number (from 1) as a spreadsheet names it: A to Z, then AA, AB and so on; "" for 0."""
    if not column:
        return ""
    before, last = divmod(column - 1, len(ALPHABET))
    return to_column_letters(before) + ALPHABET[last]


def quote(text: object) -> str:
    """Return an officer's text in quotes, on one line and shortened if it is long."""
    line = " ".join(str(text).splitlines())
    return f"'{line}'" if len(line) <= LONGEST_QUOTE else f"'{line[:LONGEST_QUOTE]}…'"


def suggest_nearest(word: str, known: Iterable[str]) -> str:
    """Return `did you mean 'x'?` for the known word closest to `word`, "" if none is close; capitals do not matter."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.75)
    return f"did you mean '{by_folded[close[0]]}'?" if close else ""
