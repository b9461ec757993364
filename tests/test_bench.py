"""The bench measures the flow as it is: its stages run, and together they are a build."""

import importlib.util
from pathlib import Path

import pytest

from mpr.project import Project
from mpr.render import chart, pdf

ROOT = Path(__file__).parents[1]


def test_the_stages_of_the_bench_run(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("bench_build", ROOT / "bench" / "build.py")
    assert spec
    assert spec.loader
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    monkeypatch.setattr(chart, "draw", lambda charts, _: {each.anchor: "" for each in charts})
    monkeypatch.setattr(pdf, "render", lambda page, _: (page.encode(), 1))
    page, style = tmp_path / "page.html", tmp_path / "style.css"
    seconds = bench.stage_by_stage(project.root, "2018-05", page, style)
    assert {"read and judge", "assemble", "charts", "HTML", "PDF"} <= set(seconds)
    assert "CP 5.4" in page.read_text(encoding="utf-8")
    assert "@page" in style.read_text(encoding="utf-8")
