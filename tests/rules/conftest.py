"""What tests of rules share: where an indicator of the real month stands, and the real project with a change."""

from collections.abc import Callable

import pytest

from mpr.load.scorecard import Scorecard
from mpr.measure.status import IndicatorStatus
from mpr.problem import InputError, Problem
from mpr.project import Project
from mpr.workflows.check import check_period
from tests.cells import put

MAY = "2018-05"
Cp = Callable[[str], IndicatorStatus]
Change = Callable[..., list[str]]


@pytest.fixture
def cp(scorecard: Scorecard) -> Cp:
    """Return where an indicator stands, by its number."""
    by_code = {each.indicator.code: each for each in scorecard.statuses}
    return lambda number: by_code[f"CP {number}"]


def _problems(project: Project, month: str = MAY) -> list[Problem]:
    try:
        return list(check_period(project, month).warnings)
    except InputError as error:
        return error.problems


@pytest.fixture
def cells(project: Project) -> Change:
    """Return what changes cells of a month's row and gives back what `mpr check` then says more, in its lines."""

    def change(code: str, month: str = MAY, **new: str) -> list[str]:
        before = {(each.code, each.message) for each in _problems(project)}
        put(project.get_values_path(month), code, **new)
        return [str(each) for each in _problems(project) if (each.code, each.message) not in before]

    return change


@pytest.fixture
def settings(project: Project) -> Change:
    """Return what changes a text of `indicators.yaml`, after another one, and gives back what is then said more."""

    def change(after: str, old: str, new: str) -> list[str]:
        before = {(each.code, each.message) for each in _problems(project)}
        head, mark, tail = project.indicators_path.read_text(encoding="utf-8").partition(after)
        assert old in tail
        project.indicators_path.write_text(head + mark + tail.replace(old, new, 1), encoding="utf-8")
        return [str(each) for each in _problems(project) if (each.code, each.message) not in before]

    return change
