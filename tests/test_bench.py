"""The bench measures the flow as it is: its stages run, and together they are a build."""

from pathlib import Path

import pytest

from mpr.desk.check import check
from mpr.project import Project
from mpr.render import chart, pdf
from tests.scripts import script


def test_the_stages_of_the_bench_run(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = script("bench/build.py")
    monkeypatch.setattr(chart, "draw", lambda charts: {each.anchor: "<svg></svg>" for each in charts})
    monkeypatch.setattr(pdf, "render", lambda page, _: (page.encode(), 1))
    page, style = tmp_path / "page.html", tmp_path / "style.css"
    seconds = bench.stage_by_stage(project.root, "2018-05", page, style)
    assert {"read and judge", "assemble", "charts", "HTML", "PDF"} <= set(seconds)
    assert "CP 5.4" in page.read_text(encoding="utf-8")
    assert "@page" in style.read_text(encoding="utf-8")


def test_a_larger_project_is_a_sound_one(tmp_path: Path) -> None:
    root = script("bench/project.py").copied(tmp_path, 3)
    checked = check(Project(root), "2018-05")
    assert len({each.code for each in checked.scorecard.indicators}) == 3 * 31
    assert len(checked.warnings) == 3 * 15
