"""Limits on the size of the input: far above what a report needs, and low enough not to hold up its making."""

import re

LARGEST_FILE = 2_000_000  # bytes of a text file
LONGEST_WORD = 2_000  # characters without a break in a comment or a reason
LONGEST_COMMENT = 20_000  # characters
LONGEST_REASON = 500  # characters
LONGEST_TEXT = 2_000  # characters of a sentence in a YAML file
LONGEST_WORDS = 500  # characters of a name, a title or a notice in a YAML file
LONGEST_KEY = 50  # characters of the name of a section or of a kind of owner
DEEPEST = 20  # levels of nesting in a YAML file
MOST_ITEMS = 5_000  # of a list or group in a YAML file
MOST_SECTIONS = 50  # of a report
MOST_OUTCOMES = 30  # of a council
MOST_LINES, MOST_COLUMNS = 5_000, 200  # of a CSV file or a sheet
LARGEST_WORKBOOK = 50_000_000  # bytes, unpacked
MOST_ROWS = 2_000  # of a table of the report
BREAK_POINT = re.compile(r"[ \t\r\n]+")  # where a line can break; a no-break space is not one


def measure_longest_word(text: str) -> int:
    """Return the length in characters of the longest part of a text without a break."""
    return max(map(len, BREAK_POINT.split(text)))
