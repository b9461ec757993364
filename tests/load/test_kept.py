"""The cache of files that were read: a file is read again only if it, or the definitions, have changed."""

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
def parsed_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which the display path of each file is added when it is parsed."""
    parsed: list[str] = []
    for module, name, place in ((values, "_ValuesReader", 0), (scorecard, "parse_yaml", 1), (edition, "parse_yaml", 1)):
        work = getattr(module, name)

        def noted(*given: object, work: object = work, place: int = place) -> object:
            parsed.append(str(getattr(given[place], "display_path", given[place])))
            return work(*given)  # type: ignore[operator]  # a function from above

        monkeypatch.setattr(module, name, noted)
    return parsed


def replace_text(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_only_a_changed_file_of_values_is_read_again(council: Project, parsed_files: list[str]) -> None:
    replace_text(council.indicators_path, "# The council of the tests", "# The council of this test")
    check_period(council, MAY)
    files = {f"data/{path.name}" for path in council.data.glob("*.csv")}
    assert set(parsed_files) == {*files, "indicators.yaml", "data/2018-05.yaml"}
    parsed_files.clear()
    check_period(council, MAY)
    assert parsed_files == ["data/2018-05.yaml"], "the edition is short and not cached"
    parsed_files.clear()
    replace_text(council.get_values_path(MAY), ",78%,", ",77%,")
    checked = check_period(council, MAY)
    assert sorted(parsed_files) == ["data/2018-05.csv", "data/2018-05.yaml"]
    reviews = next(status for status in checked.scorecard.statuses if status.indicator.code == "LM 1.2")
    assert str(reviews.value) == "77.0"


def test_changed_definitions_make_every_file_be_read_again(council: Project, parsed_files: list[str]) -> None:
    check_period(council, MAY)
    parsed_files.clear()
    replace_text(council.indicators_path, "alias: Bills by e-mail", "alias: E-mailed bills")
    assert "E-mailed bills" in {indicator.alias for indicator in check_period(council, MAY).scorecard.indicators}
    assert len(parsed_files) == len(set(parsed_files)) == len(list(council.data.glob("*.csv"))) + 2


def test_problems_of_a_cached_file_are_reported_each_time(council: Project) -> None:
    replace_text(council.get_values_path(MAY), ",1.33,", ",9.33,")
    first = check_period(council, MAY).warnings
    assert first
    assert check_period(council, MAY).warnings == first
    replace_text(council.get_values_path("2018-04"), "LM 1.1,", "LM 99,")
    values_file = ValuesFile(council.get_values_path("2018-04"), "data/2018-04.csv", Month(2018, 4), history_only=False)
    loaded = scorecard.load_definitions(council, MAY, [])
    assert loaded
    problems_by_reading: list[list[Problem]] = [[], []]
    for problems in problems_by_reading:
        read_values(values_file, loaded[0], problems)
    assert [problem.code for problem in problems_by_reading[0]] == ["E202"]
    assert problems_by_reading[0] == problems_by_reading[1]


def test_cached_readings_cannot_be_changed(council: Project) -> None:
    loaded = scorecard.load_definitions(council, MAY, [])
    assert loaded
    values_file = ValuesFile(council.get_values_path(MAY), "data/2018-05.csv", Month(2018, 5), history_only=False)
    readings = read_values(values_file, loaded[0], [])
    with pytest.raises(TypeError):
        readings["LM 1.1"] = readings["LM 1.2"]  # type: ignore[index]  # as a careless caller would
