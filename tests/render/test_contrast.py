"""Words have a contrast of 4.5:1 and marks of 3:1: on the screen with light and dark colours, and on paper."""

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

MIN_MARK_CONTRAST = 3.0
MEASURE = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")
TEMPLATES = ROOT / "templates"
BEHIND = {
    palette.GRID,
    palette.BAND,
    palette.PAPER,
}  # grid, band with its edges, halo: a reader needs none of them


@pytest.fixture(scope="module", params=[(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")], ids=str)
def measured(request: pytest.FixtureRequest, browser: Browser, built_council: Project) -> Iterator[dict[str, Any]]:
    """Return words and marks of the report with their colours, in a window of some width and colour scheme."""
    width, colours = request.param
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=colours, offline=True)
    page.goto(built_council.get_report_path(MAY, "html").as_uri())
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    yield {**page.evaluate(MEASURE), "dark": colours == "dark"}
    page.close()


def _to_hex(colour: str) -> str:
    """Turn `rgb(18, 67, 109)` into `#12436d`; no colour is transparent."""
    found = re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", colour)
    assert found, colour
    return "#" + "".join(f"{int(part):02x}" for part in found.groups())


@NEEDS_CHROMIUM
def test_words_on_the_screen_have_enough_contrast(measured: dict[str, Any]) -> None:
    words = [(text, _to_hex(ink), _to_hex(ground)) for text, ink, grounds, _ in measured["words"] for ground in grounds]
    assert words
    assert {ground for _, _, ground in words} >= {DARK_PAGE if measured["dark"] else WHITE}
    assert {word for word in words if compute_contrast(word[1], word[2]) < MIN_TEXT_CONTRAST} == set()


@NEEDS_CHROMIUM
def test_measurement_finds_faint_words(browser: Browser, built_council: Project) -> None:
    """Grey words, dark ground behind words of a table and of a chart, a label that a style makes."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(built_council.get_report_path(MAY, "html").as_uri())
    page.add_style_tag(
        content=".lead { color: #949494 } .history .current { background: #555 } .bullet svg { background: #777 }"
        ".priorities li::before { color: #aaaaaa }"
    )
    words = page.evaluate(MEASURE)["words"]
    faint = {
        text
        for text, ink, grounds, _ in words
        for ground in grounds
        if compute_contrast(_to_hex(ink), _to_hex(ground)) < MIN_TEXT_CONTRAST
    }
    page.close()
    assert {"7 indicators rated red or amber, by aim.", "36.84", "Red below 39.9"} <= faint
    assert "::before of Look after children and their families" in faint
    assert "Contents" not in faint


@NEEDS_CHROMIUM
def test_marks_of_charts_have_enough_contrast(measured: dict[str, Any], council_report: Report) -> None:
    tints = {outcome.tint for outcome in council_report.outcomes if outcome.tint}
    marks = {(written, _to_hex(ink), _to_hex(ground)) for written, ink, ground in measured["marks"]}
    inks = {written for written, _, _ in marks}
    assert inks >= {palette.NAVY, palette.INK, palette.ORANGE, palette.GREY, palette.BOUNDARY, *tints}
    assert {mark for mark in marks if compute_contrast(*mark[1:]) < MIN_MARK_CONTRAST} - {
        mark for mark in marks if mark[0] in BEHIND | tints
    } == set()
    zones = {ink for written, ink, _ in marks if written in tints}
    bars = {ink for written, ink, _ in marks if written in {palette.NAVY, palette.INK}}
    figures = {_to_hex(ink) for _, ink, _, written in measured["words"] if written == palette.NAVY}
    assert len(zones) == len(tints) > 2
    assert len(bars) == 2
    assert len(figures) == 1
    assert {pair for pair in product(bars, zones) if compute_contrast(*pair) < MIN_MARK_CONTRAST} == set()
    assert {
        pair for pair in product(figures, zones) if compute_contrast(*pair) < MIN_TEXT_CONTRAST
    } == set()  # beside a bar that is short


def _iter_colours(outcomes: tuple[Outcome, ...]) -> Iterator[tuple[str, str, str]]:
    for outcome in outcomes:
        yield outcome.key, outcome.colour, WHITE
        yield outcome.key, outcome.dark, DARK_PAGE


def test_marks_and_words_of_outcomes_have_enough_contrast(council_report: Report) -> None:
    """The mark and the word of an outcome are in its colour, and the sign in the mark is in the colour of the page."""
    colours = list(_iter_colours(council_report.outcomes))
    assert len(colours) >= 8
    assert {colour for colour in colours if compute_contrast(*colour[1:]) < MIN_TEXT_CONTRAST} == set()
    inks = {ink for shape in SHAPES.values() for ink in re.findall(r"(?:fill|stroke)='([^']+)'", shape)}
    assert inks == {"{colour}", "{page}", "none"}


@pytest.mark.parametrize(("name", "page"), [("theme.css", WHITE), ("dark.css", DARK_PAGE)])
def test_marks_of_changes_have_enough_contrast(name: str, page: str) -> None:
    style = (TEMPLATES / name).read_text(encoding="utf-8")
    marks = dict(re.findall(r"--mark-(\w+): url\(\"[^\"]*stroke='%23(\w{6})'", style))
    tint = re.findall(r"--tint: (#\w{6});", style)
    assert sorted(marks) == ["better", "same", "worse"]
    assert len(tint) == 1
    assert {
        (mark, ground)
        for mark, ground in product(marks.values(), [page, *tint])
        if compute_contrast(f"#{mark}", ground) < MIN_MARK_CONTRAST
    } == set()


def test_words_on_paper_have_enough_contrast(built_council: Project) -> None:
    """Words are on the page or on the tint of the theme; those of charts are tested on the screen, where all are."""
    style = (TEMPLATES / "theme.css").read_text(encoding="utf-8")
    grounds = re.findall(r"--(?:page|tint): (#\w{6});", style)
    tagged = open_report(built_council.get_report_path(MAY, "pdf")).tagged
    charts = {kid for tag in tagged.root.all("Figure") for kid in tag.kids}
    printed = [words for words in tagged.painted if words.text.strip() and (words.page, words.mark) not in charts]
    inks = {ink for words in printed for ink in words.inks}
    assert printed
    assert len(grounds) == 2
    assert len(inks) >= 6
    assert {pair for pair in product(inks, grounds) if compute_contrast(*pair) < MIN_TEXT_CONTRAST} == set()
