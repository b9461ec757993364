"""A new council's project: small, whole, and building at once."""

from pathlib import Path

from mpr.project import Project
from mpr.workflows.build import build_reports
from mpr.workflows.check import check_period
from mpr.workflows.init import create_project
from mpr.workflows.new import create_period_files
from tests.conftest import Run


def test_a_new_project_builds_at_once(tmp_path: Path, mpr: Run) -> None:
    folder = tmp_path / "council"
    code, out, err = mpr("init", folder)
    assert (code, err) == (0, [])
    assert out[-1] == f"Now run mpr --project {folder} build 2025-06"
    checked = check_period(Project(folder), "2025-06")
    assert checked.warnings == ()
    assert [str(each.outcome) for each in checked.scorecard.statuses] == ["green", "amber", "red"]
    built = build_reports(Project(folder), ("2025-06",), ("html", "pdf"), lambda _: None)
    assert {path.suffix for path in built.reports[0].files} == {".html", ".pdf"}


def test_the_next_month_can_be_started(tmp_path: Path) -> None:
    folder = tmp_path / "council"
    create_project(folder)
    create_period_files(Project(folder), "2025-07")
    text = Project(folder).get_values_path("2025-07").read_text(encoding="utf-8-sig")
    assert [line.split(",")[0] for line in text.splitlines()] == ["code", "HW 1", "WR 1"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, mpr: Run) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    code, out, err = mpr("init", tmp_path)
    assert (code, out) == (1, [])
    assert "E604 this folder is not empty" in err[0]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
