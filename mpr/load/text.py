"""Read a file as text, as officers' programs write it.

Excel saves CSV as UTF-8 with a byte order mark or, by its older command, as Windows-1252; only UTF-8 is accepted,
because a guess would turn a pound sign into something else without a word.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from mpr.load.caps import LARGEST_FILE
from mpr.load.letters import LETTERS
from mpr.problem import Place, Problem

MOST_NAMED = 12  # letters in one message
WORKBOOK = b"PK\x03\x04"  # how a file begins that is a zip archive, as a workbook is
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def read_text(path: Path, shown: str, problems: list[Problem]) -> str | None:  # noqa: PLR0911 - one for each fault
    """Return the text of a file, or note why it cannot be had and return None."""
    place = Place(shown)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        hint = "is this the project's folder? --project names another"
        problems.append(Problem(place, "E101", "this file is missing", hint))
        return None
    except OSError as error:
        problems.append(Problem(place, "E102", f"this file cannot be read ({error.strerror})"))
        return None
    if data.startswith(WORKBOOK):
        hint = "in Excel choose Save As, 'CSV UTF-8 (Comma delimited)'"
        problems.append(Problem(place, "E104", "this file is an Excel workbook under another name", hint))
        return None
    if len(data) > LARGEST_FILE:
        problems.append(Problem(place, "E103", f"this file is larger than {LARGEST_FILE // 1_000_000} MB"))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(shown, data[: error.start].count(b"\n") + 1)
        hint = "in Excel choose Save As, 'CSV UTF-8 (Comma delimited)'" if path.suffix == ".csv" else "save it as UTF-8"
        problems.append(Problem(place, "E104", "this file is not in UTF-8", hint))
        return None
    if not text.strip():
        problems.append(Problem(place, "E105", "this file is empty"))
        return None
    found = [*unprintable(text, lambda line: Place(shown, line))]
    problems += found
    return None if any(each.code == "E106" for each in found) else text


def unprintable(text: str, place: Callable[[int], Place]) -> Iterator[Problem]:
    """Yield a problem for what cannot be printed, or else for each line with a letter that the typeface does not have.

    `place` says where a line of the text stands, counted from 1.
    """
    if found := UNPRINTABLE.search(text):
        message = f"this line holds a character that cannot be printed (number {ord(found[0])})"
        at = place(text[: found.start()].count("\n") + 1)
        yield Problem(at, "E106", message, "delete the text around it and type it again")
        return
    for number, line in enumerate(text.split("\n"), 1):
        if unknown := set(line) - LETTERS - {"\t", "\r"}:
            letters = ", ".join(map(_named, sorted(unknown)[:MOST_NAMED]))
            message = f"the report's typeface has no {letters}"
            yield Problem(place(number), "E109", message, "write it in other letters")


def _named(letter: str) -> str:
    """Return a letter with its number, or the number alone of one that cannot be seen."""
    number = f"U+{ord(letter):04X}"
    return f"'{letter}' ({number})" if letter.isprintable() else number
