"""Where a page is cut, each piece begins on paper as it did, and nothing is lost or doubled."""

import re

import pytest

from mpr.project import Project
from mpr.render import html, pictures
from mpr.render.paper.cut import CUT, Piece, cut
from mpr.report.model import Report
from tests.conftest import ROOT

HEAD, TAIL = "<html><head></head><body>", "</body></html>"
PAGE = f"""{HEAD}<p class="running of-cover" data-at=""></p>
<p class="running" data-at="one" data-section="A"></p>
<header><a href="#two" data-page="">B</a><a href="#one">A</a></header>{CUT}
<main id="main"><section id="one">A</section>
{CUT}
<section class="b" id="two">B<section id="inner">C
{CUT}<p>D</p></section></section></main>{TAIL}"""


def test_sections_that_go_on_are_opened_again_and_those_left_open_are_closed() -> None:
    pieces = [each.page.removeprefix(HEAD).removesuffix(TAIL).replace("\n", "") for each in cut(PAGE).pieces]
    assert pieces == [
        '<header><a href="#two" data-page="">B</a><a href="#one">A</a></header>',
        '<main id="main"><section id="one">A</section></main>',
        '<main id="main"><section class="b" id="two">B<section id="inner">C</section></section></main>',
        '<main id="main"><section class="b" id="two"><section id="inner"><p>D</p></section></section></main>',
    ]
    assert [each.depth for each in cut(PAGE).pieces] == [0, 0, 1, 3]


def test_a_page_without_cuts_is_one_piece() -> None:
    for page in (f"{HEAD}<main>A</main>{TAIL}", "<p>A", f"{HEAD}<p>A"):
        assert cut(page).pieces == (Piece(page, 0),)
        assert cut(page).margins == {}


def test_page_numbers_are_filled_in_where_they_are_asked_for() -> None:
    first, second, *_ = cut(PAGE).pieces
    assert [first.numbered, second.numbered] == [True, False]
    assert '<a href="#two" data-page="7">B</a><a href="#one">A</a>' in first.with_numbers({"one": 3, "two": 7}).page
    assert 'href="#two" data-page=""' in first.with_numbers({}).page


def test_each_page_has_in_its_margins_what_was_begun_last() -> None:
    running = cut(PAGE).running({"one": 2, "two": 3}, 3)
    assert running.startswith(HEAD)
    assert running.endswith(TAIL)
    assert re.findall(r'data-at="(\w*)"', running) == ["", "one", "one"]
    assert re.findall(r'data-at="(\w*)"', cut(PAGE).running({"two": 3}, 3)) == ["", "", ""]


def test_nothing_of_the_report_is_lost(report: Report) -> None:
    project = Project(ROOT)
    _, page = html.render(report, pictures.of(report.charts, project), project)
    pieces = cut(page).pieces
    assert len(pieces) == page.count(CUT) + 1 == 18
    anchors = list(dict.fromkeys(each for piece in pieces for each in piece.anchors))
    assert len(anchors) >= 100
    assert anchors == re.findall(r' id="([^"]+)"', page)
    assert [number for number, each in enumerate(pieces) if each.numbered] == [0, 4]


@pytest.mark.parametrize("text", ["<!--cut-->", "</section><section>", '<p class="running" data-at=""></p>'])
def test_nobody_can_write_a_cut(text: str) -> None:
    environment = html.environment(Project(ROOT))
    written = environment.from_string("<main>{{ text }}</main>").render(text=text)
    assert len(cut(written).pieces) == 1
    assert cut(written).margins == {}


def test_nothing_is_no_piece() -> None:
    page = f"{HEAD}<p>A</p>{CUT}<main>{CUT}<section>{CUT}<p>B</p></section></main>{TAIL}"
    assert [each.page for each in cut(page).pieces] == [
        f"{HEAD}<p>A</p>{TAIL}",
        f"{HEAD}<main>{CUT}<section>{CUT}<p>B</p></section></main>{TAIL}",
    ]
