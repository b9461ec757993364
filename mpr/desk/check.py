"""`mpr check`: all the reading and judging, without rendering."""

from dataclasses import dataclass

from mpr.load.scorecard import Scorecard, load
from mpr.measure.period import Month
from mpr.problem import Problem
from mpr.project import Project
from mpr.rules.judge import judge


@dataclass(frozen=True)
class Checked:
    """A scorecard that can be printed, and what there is to say of it."""

    scorecard: Scorecard
    warnings: tuple[Problem, ...]


def check(project: Project, month: Month) -> Checked:
    """Read and judge a month; raise InputError with every problem where it cannot be printed."""
    scorecard = load(project, month)
    return Checked(scorecard, judge(scorecard))
