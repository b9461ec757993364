"""The markup and styles of every kind of page, checked by the Nu HTML checker."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html as lxml_html

from mpr.problem import EnvironmentFault
from mpr.project import Project
from mpr.render.charts.cached_charts import NO_SVGS
from mpr.workflows.build import build_reports
from mpr.workflows.init import create_project
from mpr.workflows.preview.rendering import render_fault, render_preview
from tests.cells import set_cells
from tests.conftest import MAY

ROOT = Path(__file__).parents[2]
JAR = Path(
    os.environ.get("VNU_JAR") or ROOT / ".venv" / "nu" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
)
JAVA = shutil.which("java")

PLANTED = """<!DOCTYPE html><html lang="en-GB"><title>Planted</title><style>p { colr: red; }</style>
<table><tr><td headers="none">A cell without its head</td></tr></table><section><p id="a">One<p id="a">Two</section>"""

CHECKED = pytest.mark.skipif(
    not (JAVA and JAR.exists()), reason="the markup by the Nu HTML checker (no Java, or no vnu.jar)"
)


def _build_page(project: Project, period: str) -> str:
    build_reports(project, (period,), ("html",), lambda _: None)
    return project.get_report_path(period, "html").read_text(encoding="utf-8")


def _build_example(folder: Path) -> str:
    shutil.copytree(ROOT / "examples" / "kpi-table-2016-17-q2", folder, ignore=shutil.ignore_patterns("out"))
    return _build_page(Project(folder), "2016-17-Q2")


def _build_starter(folder: Path) -> str:
    create_project(folder)
    return _build_page(Project(folder), "2025-06")


@pytest.fixture
def pages(tmp_path: Path, built_council: Project, council: Project) -> dict[str, str]:
    """Return one page of every kind, by its name."""
    preview = render_preview(council, MAY, NO_SVGS).html
    set_cells(council.get_values_path(MAY), "LM 1.2", value="7 8%")
    problems = render_preview(council, MAY, NO_SVGS).html
    assert "7 8%" in problems
    return {
        "report": built_council.get_report_path(MAY, "html").read_text(encoding="utf-8"),
        "example": _build_example(tmp_path / "example"),
        "starter": _build_starter(tmp_path / "starter"),
        "preview": preview,
        "problems": problems,
        "fault": render_fault(EnvironmentFault("there is no Pango")),
    }


@CHECKED
def test_checker_finds_no_fault(pages: dict[str, str], tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.html" for name in (*pages, "planted")]
    for path, page in zip(paths, (*pages.values(), PLANTED), strict=True):
        path.write_text(page, encoding="utf-8")
    command = [str(JAVA), "-jar", str(JAR), "--stdout", "--format", "json", *map(str, paths)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    found: dict[str, list[str]] = {}
    for message in json.loads(answer.stdout)["messages"]:
        found.setdefault(Path(message.get("url", answer.stderr)).stem, []).append(message["message"])
    planted = " ".join(found.pop("planted", ()))
    assert "colr" in planted, "the checker has to have checked styles"
    assert "Duplicate ID" in planted
    assert "headers" in planted
    assert found == {}


def test_tables_have_headings_and_pictures_have_names(pages: dict[str, str]) -> None:
    """Neither axe nor the checker finds these."""
    tables = pictures = 0
    for name, text in pages.items():
        page = lxml_html.document_fromstring(text)
        tables += len(page.xpath("//table"))
        pictures += len(page.xpath("//svg"))
        assert not page.xpath("//tr[not(th)] | //th[not(@scope)]"), name
        assert not page.xpath("//table[not(caption)][not(ancestor::*[@aria-label])]"), name
        assert not page.xpath("//svg[not(@role='img') or not(*[1][self::title[normalize-space()]])]"), name
        assert not page.xpath("//img | //*[@tabindex > 0]"), name
    assert tables > 0
    assert pictures > 0
