"""What the preview shows of the files: the report of a build, or what is wrong with them."""

import re
import shutil
from pathlib import Path

import pytest
import vl_convert

from mpr.problem import EnvironmentFault
from mpr.project import Project
from mpr.report.model.chart import TrendChart
from mpr.workflows.build import build_reports
from mpr.workflows.preview.rendering import render_fault, render_preview

MAY = "2018-05"
ROOT = Path(__file__).parents[3]


def edit(project: Project, old: str, new: str) -> None:
    path = project.get_values_path(MAY)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_preview_is_the_built_page_with_a_bar_and_writes_nothing(council: Project) -> None:
    shown = render_preview(council, MAY, {})
    assert not (council.root / "out").exists()
    build_reports(council, (MAY,), ("html",), lambda _: None)
    built = council.get_report_path(MAY, "html").read_text(encoding="utf-8")
    bar = re.search(r"<aside class=\"preview\".*?</aside>", shown.html, re.DOTALL)
    assert bar
    assert shown.html.replace(bar[0], "") == built
    assert "preview" not in built


def test_only_charts_whose_data_changed_are_drawn_again_and_the_page_is_the_same(
    council: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = render_preview(council, MAY, {})
    drawn: list[object] = []
    draw = vl_convert.vega_to_svg

    def counted(picture: object, **options: object) -> object:
        drawn.append(picture)
        return draw(picture, **options)

    monkeypatch.setattr(vl_convert, "vega_to_svg", counted)
    assert render_preview(council, MAY, first.charts) == first
    assert drawn == []
    edit(council, ",78%,", ",77%,")
    second = render_preview(council, MAY, first.charts)
    changed = second.charts.keys() - first.charts.keys()
    assert len(drawn) == len(changed) == 2
    assert {isinstance(each, TrendChart) for each in changed} == {True, False}
    assert {each.anchor for each in changed} == {"detail-bullet-lm-1-2", "detail-trend-lm-1-2"}
    assert second.charts.keys() & first.charts.keys()
    shutil.rmtree(council.cache)
    assert render_preview(council, MAY, {}) == second
    assert second.version != first.version


def test_problems_are_shown_in_place_of_the_report_and_charts_are_kept(council: Project) -> None:
    first = render_preview(council, MAY, {})
    edit(council, ",78%,", ",7 8%,")
    edit(council, ",2.6%,", ",two,")
    broken = render_preview(council, MAY, first.charts)
    assert (broken.print_html, broken.charts) == ("", first.charts)
    assert "<title>2 things to correct</title>" in broken.html
    assert broken.html.index("row 3, column C") < broken.html.index("row 13, column C")
    assert "<mark>7 8%</mark>" in broken.html
    assert f'data-version="{broken.version}"' in broken.html


def test_text_from_officers_is_escaped(council: Project) -> None:
    edit(council, ",78%,", ",<script>alert(1)</script>,")
    page = render_preview(council, MAY, {}).html
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_template_with_a_mistake_is_shown_with_its_line(council: Project) -> None:
    own = council.root / "templates"
    own.mkdir()
    (own / "key.html").write_text("<p>\n{{ report.nothing }}\n</p>\n{% for %}\n", encoding="utf-8")
    page = render_preview(council, MAY, {}).html
    assert "templates/key.html, line 4" in page
    assert "<mark>{% for %}</mark>" in page


def test_templates_are_read_again_when_they_change_come_or_go(council: Project) -> None:
    own = council.root / "templates"
    first = render_preview(council, MAY, {})
    own.mkdir()
    shutil.copy(ROOT / "templates" / "cover.html", own)
    cover = (own / "cover.html").read_text(encoding="utf-8")
    (own / "cover.html").write_text(cover.replace("Please note", "Mind this"), encoding="utf-8")
    second = render_preview(council, MAY, first.charts)
    assert "Mind this" in second.html
    (own / "cover.html").write_text(cover.replace("Please note", "Know this"), encoding="utf-8")
    assert "Know this" in render_preview(council, MAY, first.charts).html
    shutil.rmtree(own)
    assert render_preview(council, MAY, first.charts) == first


def test_a_changed_print_style_changes_the_version(council: Project) -> None:
    first = render_preview(council, MAY, {})
    own = council.root / "templates"
    own.mkdir()
    style = (ROOT / "templates" / "print.css").read_text(encoding="utf-8")
    (own / "print.css").write_text(f"{style}/* other */", encoding="utf-8")
    assert render_preview(council, MAY, first.charts).version != first.version


def test_faults_are_shown_without_their_details() -> None:
    assert "Pango is missing." in render_fault(EnvironmentFault("Pango is missing"))
    page = render_fault(RuntimeError("an inner fault"))
    assert "a fault in mpr, not in your data" in page
    assert "inner" not in page
