"""What the preview shows of the files: the report of a build, or what is wrong with them."""

import re
import shutil
from pathlib import Path

import pytest
import vl_convert

from mpr.desk.build import build
from mpr.desk.preview.look import fault, look
from mpr.problem import EnvironmentFault
from mpr.project import Project
from mpr.report.picture import Trend

MAY = "2018-05"
ROOT = Path(__file__).parents[3]


def _edit(project: Project, old: str, new: str) -> None:
    path = project.values(MAY)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_it_is_the_page_of_a_build_with_a_bar_and_nothing_is_written(project: Project) -> None:
    shown = look(project, MAY, {})
    assert not (project.root / "out").exists()
    build(project, (MAY,), ("html",), lambda _: None)
    built = project.out(MAY, "html").read_text(encoding="utf-8")
    bar = re.search(r"<aside class=\"preview\".*?</aside>", shown.page, re.DOTALL)
    assert bar
    assert shown.page.replace(bar[0], "") == built
    assert "preview" not in built


def test_only_charts_whose_data_changed_are_drawn_anew_and_the_page_is_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = look(project, MAY, {})
    drawn: list[object] = []
    draw = vl_convert.vega_to_svg

    def counted(picture: object, **options: object) -> object:
        drawn.append(picture)
        return draw(picture, **options)

    monkeypatch.setattr(vl_convert, "vega_to_svg", counted)
    assert look(project, MAY, first.drawn) == first
    assert drawn == []
    _edit(project, ",83%,", ",82%,")
    second = look(project, MAY, first.drawn)
    changed = second.drawn.keys() - first.drawn.keys()
    assert len(drawn) == len(changed) == 2
    assert {isinstance(each, Trend) for each in changed} == {True, False}
    assert {each.anchor for each in changed} == {"detail-bullet-cp-1-4", "detail-trend-cp-1-4"}
    assert second.drawn.keys() & first.drawn.keys()
    shutil.rmtree(project.cache)
    assert look(project, MAY, {}) == second
    assert second.version != first.version


def test_problems_stand_in_the_place_of_the_report_and_charts_are_kept(project: Project) -> None:
    first = look(project, MAY, {})
    _edit(project, ",83%,", ",8 3%,")
    _edit(project, ",84%,", ",eighty,")
    broken = look(project, MAY, first.drawn)
    assert (broken.printed, broken.drawn) == ("", first.drawn)
    assert "<title>2 things to mend</title>" in broken.page
    assert broken.page.index("row 4, column C") < broken.page.index("row 5, column C")
    assert "<mark>8 3%</mark>" in broken.page
    assert f'data-version="{broken.version}"' in broken.page


def test_what_officers_wrote_is_no_markup(project: Project) -> None:
    _edit(project, ",83%,", ",<script>alert(1)</script>,")
    page = look(project, MAY, {}).page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_template_that_does_not_work_is_shown_with_its_line(project: Project) -> None:
    own = project.root / "templates"
    own.mkdir()
    (own / "key.html").write_text("<p>\n{{ report.nothing }}\n</p>\n{% for %}\n", encoding="utf-8")
    page = look(project, MAY, {}).page
    assert "templates/key.html, line 4" in page
    assert "<mark>{% for %}</mark>" in page


def test_templates_are_read_again_when_they_change_come_or_go(project: Project) -> None:
    own = project.root / "templates"
    first = look(project, MAY, {})
    own.mkdir()
    shutil.copy(ROOT / "templates" / "cover.html", own)
    cover = (own / "cover.html").read_text(encoding="utf-8")
    (own / "cover.html").write_text(cover.replace("Please note", "Mind this"), encoding="utf-8")
    second = look(project, MAY, first.drawn)
    assert "Mind this" in second.page
    (own / "cover.html").write_text(cover.replace("Please note", "Know this"), encoding="utf-8")
    assert "Know this" in look(project, MAY, first.drawn).page
    shutil.rmtree(own)
    assert look(project, MAY, first.drawn) == first


def test_another_style_of_the_print_is_another_version(project: Project) -> None:
    first = look(project, MAY, {})
    own = project.root / "templates"
    own.mkdir()
    style = (ROOT / "templates" / "print.css").read_text(encoding="utf-8")
    (own / "print.css").write_text(f"{style}/* other */", encoding="utf-8")
    assert look(project, MAY, first.drawn).version != first.version


def test_faults_are_said_without_their_details() -> None:
    assert "Pango is missing." in fault(EnvironmentFault("Pango is missing"))
    page = fault(RuntimeError("an inner fault"))
    assert "a fault of its own, not of your data" in page
    assert "inner" not in page
