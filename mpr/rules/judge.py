"""Run every rule over a scorecard."""

from mpr.load.scorecard import Scorecard
from mpr.problem import InputError, Problem, Severity
from mpr.rules import commentary, targets

RULES = (
    targets.no_target_for_year,
    targets.no_target_for_month,
    commentary.off_track_without_comment,
    commentary.overruled_without_reason,
    commentary.no_figure,
)


def judge(scorecard: Scorecard) -> tuple[Problem, ...]:
    """Return all warnings in order of their places, or raise InputError with them where an error is among them."""
    problems = [problem for rule in RULES for each in scorecard.standings for problem in rule(scorecard, each)]
    found = InputError(problems)
    if any(problem.severity is Severity.ERROR for problem in found.problems):
        raise found
    return tuple(found.problems)
