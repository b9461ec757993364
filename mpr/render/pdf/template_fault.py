"""What is wrong with a page for print, for those who wrote its templates."""

import re

from mpr.problem import Place, Problem

POSITION = re.compile(r" at (\d+):(\d+)")  # a line and a column, as WeasyPrint says them
HINT = "write it as CSS has it, or take it out"


def make_pdf_problem(message: str) -> Problem:
    """Return the problem of a page that cannot be published as it is."""
    return Problem(Place("templates/print.css"), "E601", f"the PDF is not sound: {message}")


def make_style_problem(path: str, message: str) -> Problem:
    """Return the problem of a style that WeasyPrint warns of, in the place that it says."""
    line, column = map(int, match.groups()) if (match := POSITION.search(message)) else (0, 0)
    return Problem(Place(path, line, column), "E601", f"the PDF is not sound: {POSITION.sub('', message)}", HINT)
