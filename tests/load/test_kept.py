"""What is kept of files from one reading to the next: only what has not changed is not read again."""

from pathlib import Path

import pytest

from mpr.load import scorecard, values
from mpr.load.editions import edition
from mpr.load.values import ValuesFile, read_values
from mpr.measure.period import Month
from mpr.problem import Problem
from mpr.project import Project
from mpr.workflows.check import check_period

MAY = "2018-05"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list of the files that are read from now on, as officers know them."""
    found: list[str] = []
    for module, name, place in ((values, "_ValuesReader", 0), (scorecard, "parse_yaml", 1), (edition, "parse_yaml", 1)):
        work = getattr(module, name)

        def noted(*given: object, work: object = work, place: int = place) -> object:
            found.append(str(getattr(given[place], "display_path", given[place])))
            return work(*given)  # type: ignore[operator]  # one of the two above

        monkeypatch.setattr(module, name, noted)
    return found


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_changed_file_of_values_is_read_again_and_no_other(project: Project, read: list[str]) -> None:
    _edit(project.indicators_path, "# ---- Safe ----", "# ---- Safe, for this test ----")
    check_period(project, MAY)
    files = {f"data/{path.name}" for path in project.data.glob("*.csv")}
    assert set(read) == {*files, "indicators.yaml", "data/2018-05.yaml"}
    read.clear()
    check_period(project, MAY)
    assert read == ["data/2018-05.yaml"], "it is short, and read anew each time"
    read.clear()
    _edit(project.get_values_path(MAY), ",83%,", ",82%,")
    checked = check_period(project, MAY)
    assert sorted(read) == ["data/2018-05.csv", "data/2018-05.yaml"]
    found = next(each for each in checked.scorecard.statuses if each.indicator.code == "CP 1.4")
    assert str(found.value) == "82.0"


def test_other_definitions_are_held_against_every_file(project: Project, read: list[str]) -> None:
    check_period(project, MAY)
    read.clear()
    _edit(project.indicators_path, "alias: Child Protection Plans (rate)", "alias: Plans (rate)")
    assert "Plans (rate)" in {each.alias for each in check_period(project, MAY).scorecard.indicators}
    assert len(read) == len(set(read)) == len(list(project.data.glob("*.csv"))) + 2


def test_problems_are_told_each_time(project: Project) -> None:
    first = check_period(project, MAY).warnings
    assert len(first) == 15
    assert check_period(project, MAY).warnings == first
    _edit(project.get_values_path("2018-04"), "CP 1.1,", "CP 99,")
    sheet = ValuesFile(project.get_values_path("2018-04"), "data/2018-04.csv", Month(2018, 4), history_only=False)
    found = scorecard.load_definitions(project, MAY, [])
    assert found
    told: list[list[Problem]] = [[], []]
    for problems in told:
        read_values(sheet, found[0], problems)
    assert [each.code for each in told[0]] == ["E202"]
    assert told[0] == told[1]


def test_what_is_kept_cannot_be_changed(project: Project) -> None:
    found = scorecard.load_definitions(project, MAY, [])
    assert found
    sheet = ValuesFile(project.get_values_path(MAY), "data/2018-05.csv", Month(2018, 5), history_only=False)
    readings = read_values(sheet, found[0], [])
    with pytest.raises(TypeError):
        readings["CP 1.1"] = readings["CP 1.2"]  # type: ignore[index]  # as a careless caller would
