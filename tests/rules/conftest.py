"""What the tests of rules share: the status of an indicator in the real month, and changes of the real project."""

from collections.abc import Callable

import pytest

from mpr.load.scorecard import Scorecard
from mpr.measure.status import IndicatorStatus
from mpr.problem import InputError, Problem
from mpr.project import Project
from mpr.workflows.check import check_period
from tests.cells import set_cells

MAY = "2018-05"
GetStatus = Callable[[str], IndicatorStatus]
Change = Callable[..., list[str]]


@pytest.fixture
def get_status(scorecard: Scorecard) -> GetStatus:
    """Return a function from an indicator's number to its status."""
    by_code = {status.indicator.code: status for status in scorecard.statuses}
    return lambda number: by_code[f"CP {number}"]


def list_problems(project: Project, month: str = MAY) -> list[Problem]:
    try:
        return list(check_period(project, month).warnings)
    except InputError as error:
        return error.problems


@pytest.fixture
def change_cells(project: Project) -> Change:
    """Return a function that changes cells of a month's row and returns the new lines of `mpr check`."""

    def change(code: str, month: str = MAY, **new: str) -> list[str]:
        before = {(problem.code, problem.message) for problem in list_problems(project)}
        set_cells(project.get_values_path(month), code, **new)
        return [str(problem) for problem in list_problems(project) if (problem.code, problem.message) not in before]

    return change


@pytest.fixture
def change_settings(project: Project) -> Change:
    """Return a function that changes a text of `indicators.yaml` after another one and returns the new lines."""

    def change(after: str, old: str, new: str) -> list[str]:
        before = {(problem.code, problem.message) for problem in list_problems(project)}
        head, mark, tail = project.indicators_path.read_text(encoding="utf-8").partition(after)
        assert old in tail
        project.indicators_path.write_text(head + mark + tail.replace(old, new, 1), encoding="utf-8")
        return [str(problem) for problem in list_problems(project) if (problem.code, problem.message) not in before]

    return change
