"""Problems of the print page, worded for whoever wrote its templates."""

import re

from mpr.problem import Place, Problem

POSITION = re.compile(r" at (\d+):(\d+)")  # line and column at the end of a warning of WeasyPrint
HINT = "correct the CSS, or remove it"


def make_pdf_problem(message: str) -> Problem:
    """Return the problem of a page that cannot be published as PDF/UA."""
    return Problem(Place("templates/print.css"), "E601", f"the PDF is not sound: {message}")


def make_style_problem(path: str, message: str) -> Problem:
    """Return the problem of a style that WeasyPrint warns about, at the line and column of the warning."""
    line, column = map(int, match.groups()) if (match := POSITION.search(message)) else (0, 0)
    return Problem(Place(path, line, column), "E601", f"the PDF is not sound: {POSITION.sub('', message)}", HINT)
