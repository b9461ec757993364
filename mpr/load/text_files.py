"""Reading text files as officers' programs write them.

Excel saves CSV as UTF-8 with a byte order mark or, by an older command, as Windows-1252. Only UTF-8 is accepted: with a
guessed encoding a pound sign could silently become another character.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from mpr.load.glyphs import GLYPHS
from mpr.load.limits import LARGEST_FILE
from mpr.problem import Place, Problem

CLOSE_HINT = "close it in other programs and try again"
CACHED_FILES = 256  # decoded texts kept in memory, so that the preview decodes only files that have changed
MOST_LETTERS = 12  # letters in one message
ZIP_SIGNATURE = b"PK\x03\x04"  # the first bytes of a zip archive, which a workbook is
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def read_text(path: Path, display_path: str, problems: list[Problem]) -> str | None:
    """Return the text of a file, or add the problem to `problems` and return None if it cannot be read."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        hint = "is this the project's folder? if not, name it with --project"
        problems.append(Problem(Place(display_path), "E101", "this file is missing", hint))
        return None
    except OSError as error:
        problems.append(
            Problem(Place(display_path), "E102", f"this file cannot be read ({error.strerror})", CLOSE_HINT)
        )
        return None
    text, new_problems = _decode(data, display_path)
    problems += new_problems
    return text


@lru_cache(maxsize=CACHED_FILES)
def _decode(data: bytes, display_path: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text encoded by a file's bytes, None if they cannot be decoded, and the problems found."""
    place = Place(display_path)
    if data.startswith(ZIP_SIGNATURE):
        hint = "in Excel choose Save As, 'CSV UTF-8 (Comma delimited)'"
        return None, (Problem(place, "E104", "this file is an Excel workbook under another name", hint),)
    if len(data) > LARGEST_FILE:
        problem = Problem(
            place, "E103", f"this file is larger than {LARGEST_FILE // 1_000_000} MB", "is it the right file?"
        )
        return None, (problem,)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(display_path, data[: error.start].count(b"\n") + 1)
        csv = display_path.endswith(".csv")
        hint = "in Excel choose Save As, 'CSV UTF-8 (Comma delimited)'" if csv else "save it as UTF-8"
        return None, (Problem(place, "E104", "this file is not in UTF-8", hint),)
    if not text.strip():
        return None, (Problem(place, "E105", "this file is empty", "restore it from a copy"),)
    problems = tuple(check_printable(text, lambda line: Place(display_path, line)))
    return None if any(problem.code == "E106" for problem in problems) else text, problems


def check_printable(text: str, locate_line: Callable[[int], Place]) -> Iterator[Problem]:
    """Yield a problem for a character that cannot be printed, or else one for each line with a letter without a glyph.

    `locate_line` returns the place of a line of the text, counted from 1.
    """
    if match := UNPRINTABLE.search(text):
        message = f"this line contains a character that cannot be printed (number {ord(match[0])})"
        problem_place = locate_line(text[: match.start()].count("\n") + 1)
        yield Problem(problem_place, "E106", message, "delete the text around it and type it again")
        return
    for number, line in enumerate(text.split("\n"), 1):
        if unknown := set(line) - GLYPHS - {"\t", "\r"}:
            letters = ", ".join(map(_describe_letter, sorted(unknown)[:MOST_LETTERS]))
            message = f"the report's typeface has no {letters}"
            yield Problem(locate_line(number), "E109", message, "use other letters")


def _describe_letter(letter: str) -> str:
    """Return a letter with its number, or only its number if it is invisible."""
    number = f"U+{ord(letter):04X}"
    return f"'{letter}' ({number})" if letter.isprintable() else number
