"""`mpr check`: all the reading and judging, without rendering."""

from dataclasses import dataclass

from mpr.load.scorecard import Scorecard, load
from mpr.problem import InputError, Problem, Severity, in_order
from mpr.project import Project
from mpr.rules.judge import judge


@dataclass(frozen=True)
class Checked:
    """A scorecard that can be printed, and what there is to say of it."""

    scorecard: Scorecard
    warnings: tuple[Problem, ...]


def check(project: Project, period: str) -> Checked:
    """Read and judge a period, by its name; raise InputError with every problem where it cannot be printed.

    What a rule says of a line with an error on it, or of a row that an erroneous file does not show, only follows from
    that error, so it is left out.
    """
    scorecard, problems = load(project, period)
    wrong = {place for each in problems for place in ((each.place.file, each.place.line), (each.place.file, 0))}
    found = judge(scorecard) if scorecard else []
    problems += [problem for problem in found if (problem.place.file, problem.place.line) not in wrong]
    if not scorecard or any(problem.severity is Severity.ERROR for problem in problems):
        raise InputError(problems)
    return Checked(scorecard, tuple(in_order(problems)))
