"""What is wrong with a page for print, for those who wrote its templates."""

from mpr.problem import Place, Problem


def unsound(message: str) -> Problem:
    """Return the problem of a page that cannot be published as it is."""
    return Problem(Place("templates/print.css"), "E601", f"the PDF is not sound: {message}")
