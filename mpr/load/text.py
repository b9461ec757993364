"""Read a file as text, as officers' programs write it.

Excel saves CSV as UTF-8 with a byte order mark or, by its older command, as Windows-1252; only UTF-8 is accepted,
because a guess would turn a pound sign into something else without a word.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from mpr.load.letters import LETTERS
from mpr.problem import Place, Problem

LARGEST = 2_000_000
FILES = 256  # of which is kept what was read in them, so that the preview reads only those anew that have changed
WORKBOOK = b"PK\x03\x04"  # how a file begins that is a zip archive, as a workbook is
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def read_text(path: Path, shown: str, problems: list[Problem]) -> str | None:
    """Return the text of a file, or note why it cannot be had and return None."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        hint = "is this the project's folder? --project names another"
        problems.append(Problem(Place(shown), "E101", "this file is missing", hint))
        return None
    except OSError as error:
        problems.append(Problem(Place(shown), "E102", f"this file cannot be read ({error.strerror})"))
        return None
    text, found = _text(data, shown)
    problems += found
    return text


@lru_cache(maxsize=FILES)
def _text(data: bytes, shown: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text that a file's bytes are, None where they are none, and what is wrong with it."""
    place = Place(shown)
    if data.startswith(WORKBOOK):
        hint = "in Excel choose Save As, 'CSV UTF-8 (Comma delimited)'"
        return None, (Problem(place, "E104", "this file is an Excel workbook under another name", hint),)
    if len(data) > LARGEST:
        return None, (Problem(place, "E103", f"this file is larger than {LARGEST // 1_000_000} MB"),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(shown, data[: error.start].count(b"\n") + 1)
        csv = shown.endswith(".csv")
        hint = "in Excel choose Save As, 'CSV UTF-8 (Comma delimited)'" if csv else "save it as UTF-8"
        return None, (Problem(place, "E104", "this file is not in UTF-8", hint),)
    if not text.strip():
        return None, (Problem(place, "E105", "this file is empty"),)
    found = tuple(unprintable(text, lambda line: Place(shown, line)))
    return None if any(each.code == "E106" for each in found) else text, found


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
            letters = ", ".join(f"'{letter}' (U+{ord(letter):04X})" for letter in sorted(unknown))
            message = f"the report's typeface has no {letters}"
            yield Problem(place(number), "E109", message, "write it in other letters")
