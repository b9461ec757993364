"""An indicator's figures traced to the files that they come from."""

import re
from collections.abc import Callable

import pytest

from mpr.problem import InputError
from mpr.project import Project
from mpr.workflows.explain import ExplanationLine, explain_indicator

MAY = "2018-05"
Run = Callable[..., tuple[int, list[str], list[str]]]


def _line(project: Project, place: str) -> str:
    """Return the row or line that a place names, as it stands in its file."""
    name, line, *_ = place.split(":")
    rows = re.split(r"\n(?=CP )", (project.root / name).read_text(encoding="utf-8"))
    return rows[int(line) - 1] if name.endswith(".csv") else "\n".join(rows).splitlines()[int(line) - 1]


def _told(project: Project, code: str) -> dict[str, ExplanationLine]:
    lines = explain_indicator(project, MAY, code)
    assert len({line.label for line in lines}) == len(lines)
    return {line.label: line for line in lines}


def test_each_figure_is_traced_to_the_line_that_it_stands_on(project: Project) -> None:
    told = _told(project, "CP 3.4")
    assert (told["Latest"].text, told["Value"].text) == ("April 2018, the newest with a figure up to May 2018", "29.2%")
    assert (told["Target"].text, told["Annual target"].text) == ("33%", "33% 2018/19")
    assert told["Rule"].text == "Green at 33% or more, amber down to 28.05%, red below"
    assert told["Against last year"].text == "Worse: 29.2% against 29.6% in April 2017"
    assert (told["Rule alone says"].text, told["Outcome"].text, "Overruled" in told) == ("Amber", "Amber", False)
    [value], [target], [before] = (told[label].places for label in ("Value", "Target", "Against last year"))
    assert value.startswith("data/2018-04.csv:")
    assert _line(project, value).startswith("CP 3.4,Direct payments,29.2%")
    assert _line(project, target).strip() == "2018-19:"
    assert before.startswith("data/2017-04.csv:")
    assert ",29.6%" in _line(project, before)
    assert [label for label in told if label.startswith("Section")] == ["Section 1", "Section 2", "Section 3"]
    assert "Month’s value 29.2%; Month’s target 33%" in told["Section 2"].text


def test_an_overruling_is_told_with_its_reason_and_its_place(project: Project) -> None:
    told = _told(project, "cp  3.6")
    assert (told["Rule alone says"].text, told["Outcome"].text) == ("Red", "Green")
    assert told["Overruled"].text == "Judged against year end"
    assert told["Overruled"].places == told["Value"].places
    assert "Section 3" not in told


def test_a_figure_without_a_value_has_no_place(project: Project) -> None:
    assert _told(project, "CP 2.3")["Value"].text == "[x]"
    assert _told(project, "CP 4.10")["Value"].text == "1.66 (proxy)"


def test_an_indicator_that_there_is_not(project: Project, mpr: Run) -> None:
    with pytest.raises(InputError) as error:
        explain_indicator(project, MAY, "CP 9.9")
    assert "there is no indicator 'CP 9.9'" in str(error.value)
    assert mpr("--project", project.root, "explain", "CP 9.9", MAY)[0] == 1


def test_it_is_printed_for_people_and_for_programs(project: Project, mpr: Run) -> None:
    code, out, err = mpr("--project", project.root, "explain", "CP 3.4", MAY)
    assert (code, err) == (0, [])
    assert any(re.match(r"Value: +29\.2%  \[data/2018-04\.csv:\d+:3\]$", line) for line in out)
    code, out, _ = mpr("--project", project.root, "explain", "CP 3.4", MAY, "--format", "json")
    assert (code, out[0]) == (0, "[")
