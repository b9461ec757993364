"""Read a file as text, as officers' programs write it.

Excel saves CSV as UTF-8 with a byte order mark or, by its older command, as Windows-1252; only UTF-8 is accepted,
because a guess would turn a pound sign into something else without a word.
"""

from pathlib import Path

from mpr.problem import Place, Problem

LARGEST = 2_000_000


def read_text(path: Path, shown: str, problems: list[Problem]) -> str | None:
    """Return the text of a file, or note why it cannot be had and return None."""
    place = Place(shown)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        problems.append(Problem(place, "E101", "this file is missing"))
        return None
    except OSError as error:
        problems.append(Problem(place, "E102", f"this file cannot be read ({error.strerror})"))
        return None
    if len(data) > LARGEST:
        problems.append(Problem(place, "E103", f"this file is larger than {LARGEST // 1_000_000} MB"))
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
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        problems.append(Problem(Place(shown, line), "E106", "this file holds a NUL character; it is not plain text"))
        return None
    return text
