"""Every word can be read (4.5:1) and every mark seen (3:1): on the screen by day and in the dark, and on paper."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from mpr.measure.colour import DARK_PAGE, MIN_TEXT_CONTRAST, WHITE, compute_contrast
from mpr.measure.outcome import Outcome
from mpr.project import Project
from mpr.render.charts import palette
from mpr.render.html.outcome_styles import SHAPES
from mpr.report.model.report import Report
from tests.chromium import NEEDS_CHROMIUM
from tests.conftest import MAY, ROOT
from tools.pdf_checks import open_report

MARK = 3.0
LOOK = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")
TEMPLATES = ROOT / "templates"
BEHIND = {
    palette.GRID,
    palette.BAND,
    palette.PAPER,
}  # grid, ground of a band with its edges, halo: nothing hangs on them


@pytest.fixture(scope="module", params=[(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")], ids=str)
def seen(request: pytest.FixtureRequest, browser: Browser, built_council: Project) -> Iterator[dict[str, Any]]:
    """Return what can be seen of the report in a window of some width and colours."""
    width, colours = request.param
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=colours, offline=True)
    page.goto(built_council.get_report_path(MAY, "html").as_uri())
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    yield {**page.evaluate(LOOK), "dark": colours == "dark"}
    page.close()


def _hex(colour: str) -> str:
    """Turn `rgb(18, 67, 109)` into `#12436d`; there is nothing that shines through."""
    found = re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", colour)
    assert found, colour
    return "#" + "".join(f"{int(each):02x}" for each in found.groups())


@NEEDS_CHROMIUM
def test_every_word_on_the_screen_can_be_read(seen: dict[str, Any]) -> None:
    words = [(text, _hex(ink), _hex(ground)) for text, ink, grounds, _ in seen["words"] for ground in grounds]
    assert len(words) > 2500
    assert {ground for _, _, ground in words} >= {DARK_PAGE if seen["dark"] else WHITE}
    assert {each for each in words if compute_contrast(each[1], each[2]) < MIN_TEXT_CONTRAST} == set()


@NEEDS_CHROMIUM
def test_faint_words_are_seen(browser: Browser, built_council: Project) -> None:
    """Grey words, dark ground behind words of a table and of a chart, a label that a style makes."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(built_council.get_report_path(MAY, "html").as_uri())
    page.add_style_tag(
        content=".lead { color: #949494 } .history .current { background: #555 } .bullet svg { background: #777 }"
        ".priorities li::before { color: #aaaaaa }"
    )
    words = page.evaluate(LOOK)["words"]
    faint = {
        text
        for text, ink, grounds, _ in words
        for each in grounds
        if compute_contrast(_hex(ink), _hex(each)) < MIN_TEXT_CONTRAST
    }
    page.close()
    assert {"12 indicators rated red or amber, by aim.", "29.44", "Red below 36.1"} <= faint
    assert "::before of Look after and safeguard our children and vulnerable adults" in faint
    assert "Contents" not in faint


@NEEDS_CHROMIUM
def test_every_mark_of_a_chart_can_be_seen(seen: dict[str, Any], council_report: Report) -> None:
    tints = {each.tint for each in council_report.outcomes if each.tint}
    marks = {(written, _hex(ink), _hex(ground)) for written, ink, ground in seen["marks"]}
    inks = {written for written, _, _ in marks}
    assert inks >= {palette.NAVY, palette.INK, palette.ORANGE, palette.GREY, palette.BOUNDARY, *tints}
    assert {each for each in marks if compute_contrast(*each[1:]) < MARK and each[0] not in BEHIND | tints} == set()
    zones = {ink for written, ink, _ in marks if written in tints}
    bars = {ink for written, ink, _ in marks if written in {palette.NAVY, palette.INK}}
    figures = {_hex(ink) for _, ink, _, written in seen["words"] if written == palette.NAVY}
    assert len(zones) == len(tints) > 2
    assert len(bars) == 2
    assert len(figures) == 1
    assert {pair for pair in product(bars, zones) if compute_contrast(*pair) < MARK} == set()
    assert {
        pair for pair in product(figures, zones) if compute_contrast(*pair) < MIN_TEXT_CONTRAST
    } == set()  # beside a bar that is short


def _shown(outcomes: tuple[Outcome, ...]) -> Iterator[tuple[str, str, str]]:
    for each in outcomes:
        yield each.key, each.colour, WHITE
        yield each.key, each.dark, DARK_PAGE


def test_marks_and_words_of_outcomes_stand_out(council_report: Report) -> None:
    """A mark is its outcome's colour on the page, with signs cut out of it in the page's colour; so is its word."""
    shown = list(_shown(council_report.outcomes))
    assert len(shown) >= 8
    assert {each for each in shown if compute_contrast(*each[1:]) < MIN_TEXT_CONTRAST} == set()
    inks = {ink for shape in SHAPES.values() for ink in re.findall(r"(?:fill|stroke)='([^']+)'", shape)}
    assert inks == {"{colour}", "{page}", "none"}


@pytest.mark.parametrize(("name", "page"), [("theme.css", WHITE), ("dark.css", DARK_PAGE)])
def test_marks_of_changes_stand_out(name: str, page: str) -> None:
    style = (TEMPLATES / name).read_text(encoding="utf-8")
    marks = dict(re.findall(r"--mark-(\w+): url\(\"[^\"]*stroke='%23(\w{6})'", style))
    tint = re.findall(r"--tint: (#\w{6});", style)
    assert sorted(marks) == ["better", "same", "worse"]
    assert len(tint) == 1
    assert {
        each for each in product(marks.values(), [page, *tint]) if compute_contrast(f"#{each[0]}", each[1]) < MARK
    } == set()


def test_every_word_on_paper_can_be_read(built_council: Project) -> None:
    """Words stand on the page or on the tint of the theme; those of charts are held on the screen, where all are."""
    style = (TEMPLATES / "theme.css").read_text(encoding="utf-8")
    grounds = re.findall(r"--(?:page|tint): (#\w{6});", style)
    tagged = open_report(built_council.get_report_path(MAY, "pdf")).tagged
    charts = {kid for tag in tagged.root.all("Figure") for kid in tag.kids}
    printed = [each for each in tagged.painted if each.text.strip() and (each.page, each.mark) not in charts]
    inks = {ink for each in printed for ink in each.inks}
    assert len(printed) > 2500
    assert len(grounds) == 2
    assert len(inks) >= 6
    assert {pair for pair in product(inks, grounds) if compute_contrast(*pair) < MIN_TEXT_CONTRAST} == set()
