"""What is kept of files from one reading to the next: only what has not changed is not read again."""

from pathlib import Path

import pytest

from mpr.desk.check import check
from mpr.load import edition, scorecard, values
from mpr.load.values import Sheet, read_values
from mpr.measure.period import Month
from mpr.problem import Problem
from mpr.project import Project

MAY = "2018-05"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list of the files that are read from now on, as officers know them."""
    found: list[str] = []
    for module, name, place in ((values, "_Sheet", 0), (scorecard, "read_nodes", 1), (edition, "read_nodes", 1)):
        work = getattr(module, name)

        def noted(*given: object, work: object = work, place: int = place) -> object:
            found.append(str(getattr(given[place], "shown", given[place])))
            return work(*given)  # type: ignore[operator]  # one of the two above

        monkeypatch.setattr(module, name, noted)
    return found


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_changed_file_of_values_is_read_again_and_no_other(project: Project, read: list[str]) -> None:
    _edit(project.indicators, "# ---- Safe ----", "# ---- Safe, for this test ----")
    check(project, MAY)
    files = {f"data/{path.name}" for path in project.data.glob("*.csv")}
    assert set(read) == {*files, "indicators.yaml", "data/2018-05.yaml"}
    read.clear()
    check(project, MAY)
    assert read == ["data/2018-05.yaml"], "it is short, and read anew each time"
    read.clear()
    _edit(project.values(MAY), ",83%,", ",82%,")
    checked = check(project, MAY)
    assert sorted(read) == ["data/2018-05.csv", "data/2018-05.yaml"]
    found = next(each for each in checked.scorecard.standings if each.indicator.code == "CP 1.4")
    assert str(found.value) == "82.0"


def test_other_definitions_are_held_against_every_file(project: Project, read: list[str]) -> None:
    check(project, MAY)
    read.clear()
    _edit(project.indicators, "alias: Child Protection Plans (rate)", "alias: Plans (rate)")
    assert "Plans (rate)" in {each.alias for each in check(project, MAY).scorecard.indicators}
    assert len(read) == len(set(read)) == len(list(project.data.glob("*.csv"))) + 2


def test_problems_are_told_each_time(project: Project) -> None:
    first = check(project, MAY).warnings
    assert len(first) == 15
    assert check(project, MAY).warnings == first
    _edit(project.values("2018-04"), "CP 1.1,", "CP 99,")
    sheet = Sheet(project.values("2018-04"), "data/2018-04.csv", Month(2018, 4), old=False)
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
    sheet = Sheet(project.values(MAY), "data/2018-05.csv", Month(2018, 5), old=False)
    readings = read_values(sheet, found[0], [])
    with pytest.raises(TypeError):
        readings["CP 1.1"] = readings["CP 1.2"]  # type: ignore[index]  # as a careless caller would
