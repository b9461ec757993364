"""Many reports at once: each whole or not at all, the same however many processes make them."""

from pathlib import Path

import pytest

from mpr.load.scope import ScopeChoice
from mpr.problem import InputError
from mpr.project import Project
from mpr.workflows.build import BuiltReport, build_reports
from tests.conftest import MAY, Run

EDITION = 'version: "1.0"\ngenerated: 2018-06-21 11:59\n'
MONTHS = ("2018-04", MAY)


@pytest.fixture
def two(council: Project) -> Project:
    """Return a council with the files of two months."""
    council.get_edition_path("2018-04").write_text(EDITION, encoding="utf-8")
    return council


def collect_files(reports: tuple[BuiltReport, ...]) -> dict[str, bytes]:
    return {path.name: data for each in reports for path, data in each.files.items()}


def test_one_process_and_two_write_the_same_bytes(two: Project) -> None:
    wanted = (("2018-04", MAY), ("html", "csv"), lambda _: None)
    one, other = (build_reports(two, *wanted, choice=ScopeChoice("aim"), jobs=jobs).reports for jobs in (1, 2))
    assert [(each.period, each.scope) for each in one] == [(each.period, each.scope) for each in other]
    assert [each.scope for each in other][:2] == ["Aim Caring", "Aim Lively"]
    assert len(collect_files(other)) == 2 * 3 * 3
    assert collect_files(one) == collect_files(other)


def test_a_report_that_fails_takes_no_other_with_it(two: Project, mpr: Run) -> None:
    two.get_edition_path("2018-04").write_text(EDITION.replace("2018-06-21 11:59", "soon"), encoding="utf-8")
    code, said, wrong = mpr("--project", two.root, "build", "2018-04..2018-05", "--format", "html", "--jobs", 2)
    assert code == 1
    assert said[:-1] == ["out/2018-05/mpr-2018-05.html", "May 2018: 4 red, 3 amber, 3 green, 1 data only"]
    fault = "E123 'generated' must be a date and time such as 2018-06-21 11:59, not 'soon'"
    assert f"data/2018-04.yaml:2:1: error {fault}" in wrong
    assert not two.get_report_path("2018-04", "html").exists()


def test_a_problem_of_every_report_is_reported_once(two: Project) -> None:
    two.indicators_path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError) as error:
        build_reports(two, MONTHS, ("html",), lambda _: None, jobs=2)
    assert len(error.value.problems) == len(set(error.value.problems))
    assert {each.place.file for each in error.value.problems} == {"indicators.yaml"}


def test_progress_says_which_report_is_waited_for(two: Project) -> None:
    told: list[str] = []
    build_reports(two, (MAY,), ("csv",), told.append, choice=ScopeChoice("committee"), jobs=2)
    assert told[:2] == ["loading", "report 1 of 3: Families Committee, May 2018"]
    assert [each for each in told if each.startswith("report")][-1] == (
        "report 3 of 3: Resources & Audit Committee, May 2018"
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2018-05..2018-03", "write the first and the last"),
        ("2018-03..2018-19-Q1", "write the first and the last"),
        ("2018-03..2018-04..2018-05", "write the first and the last"),
        ("2018-03..", "is not a period"),
    ],
)
def test_a_range_of_periods_has_a_first_and_a_last_of_one_length(written: str, said: str, mpr: Run) -> None:
    code, _, lines = mpr("build", written)
    assert code == 2
    assert said in " ".join(line.strip("│ ") for line in lines)


@pytest.mark.usefixtures("two")
def test_every_period_of_a_range_is_built(two: Project, mpr: Run) -> None:
    code, said, _ = mpr("--project", two.root, "build", "2018-04..2018-05", "--format", "json", "--jobs", 1)
    assert code == 0
    assert [Path(line).name for line in said[:2]] == [f"mpr-{month}.json" for month in MONTHS]
    assert [line.split(":")[0] for line in said[2:4]] == ["April 2018", "May 2018"]
