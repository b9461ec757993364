"""An indicator's figures traced to the files that they come from."""

import re

import pytest

from mpr.problem import InputError
from mpr.project import Project
from mpr.workflows.explain import ExplanationLine, explain_indicator
from tests.conftest import MAY, Run


def read_line(project: Project, place: str) -> str:
    """Return the row or line that a place names, as it is in its file."""
    name, line, *_ = place.split(":")
    rows = re.split(r"\n(?=LM )", (project.root / name).read_text(encoding="utf-8"))
    return rows[int(line) - 1] if name.endswith(".csv") else "\n".join(rows).splitlines()[int(line) - 1]


def explain_by_label(project: Project, code: str) -> dict[str, ExplanationLine]:
    lines = explain_indicator(project, MAY, code)
    assert len({line.label for line in lines}) == len(lines)
    return {line.label: line for line in lines}


def test_a_figure_is_traced_to_its_line_in_the_files(council: Project) -> None:
    told = explain_by_label(council, "LM 1.9")
    assert (told["Latest"].text, told["Value"].text) == ("April 2018, the newest with a figure up to May 2018", "70.3%")
    assert (told["Target"].text, told["Annual target"].text) == ("76%", "76% 2018/19")
    assert told["Rule"].text == "Green at 76% or more, amber down to 68.4%, red below"
    assert told["Against last year"].text == "Better: 70.3% against 66.2% in April 2017"
    assert (told["Rule alone says"].text, told["Outcome"].text, "Overruled" in told) == ("Amber", "Amber", False)
    [value], [target], [before] = (told[label].places for label in ("Value", "Target", "Against last year"))
    assert value.startswith("data/2018-04.csv:")
    assert read_line(council, value).startswith("LM 1.9,No more care after help at home,70.3%")
    assert read_line(council, target).strip() == "2018-19:"
    assert before.startswith("data/2017-04.csv:")
    assert ",66.2%" in read_line(council, before)
    assert [label for label in told if label.startswith("Section")] == ["Section 1", "Section 2", "Section 3"]
    assert "Month’s value 70.3%; Month’s target 76%" in told["Section 2"].text


def test_an_overruled_outcome_is_explained_with_its_reason_and_place(council: Project) -> None:
    told = explain_by_label(council, "lm  2.3")
    assert (told["Rule alone says"].text, told["Outcome"].text) == ("Amber", "Green")
    assert told["Overruled"].text == "Most visits are made in summer"
    assert told["Overruled"].places == told["Value"].places
    assert "Section 3" not in told


def test_a_missing_figure_and_a_proxy_are_marked(council: Project) -> None:
    assert explain_by_label(council, "LM 2.1")["Value"].text == "[x]"
    assert explain_by_label(council, "LM 1.11")["Value"].text == "9.6 (proxy)"


def test_an_unknown_code_is_refused(council: Project, mpr: Run) -> None:
    with pytest.raises(InputError) as error:
        explain_indicator(council, MAY, "LM 9.9")
    assert "there is no indicator 'LM 9.9'" in str(error.value)
    assert mpr("--project", council.root, "explain", "LM 9.9", MAY)[0] == 1


def test_an_explanation_is_printed_for_people_and_for_programs(council: Project, mpr: Run) -> None:
    code, out, err = mpr("--project", council.root, "explain", "LM 1.9", MAY)
    assert (code, err) == (0, [])
    assert any(re.match(r"Value: +70\.3%  \[data/2018-04\.csv:\d+:3\]$", line) for line in out)
    code, out, _ = mpr("--project", council.root, "explain", "LM 1.9", MAY, "--format", "json")
    assert (code, out[0]) == (0, "[")
