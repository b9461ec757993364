"""Build the findings of rules: warnings that officers can accept."""

from mpr.problem import Place, Problem, Severity


def build_finding(  # noqa: PLR0913 - each is another field of the problem
    place: Place, code: str, message: str, hint: str = "", *, subject: str, basis: tuple[str, ...]
) -> Problem:
    """Return a warning about a subject, usually an indicator's code.

    `basis` holds the figures, periods or quoted words of the message, in its order: an acceptance ends when one of
    them changes.
    """
    return Problem(place, code, message, hint, Severity.WARNING, subject=subject, basis=basis)
