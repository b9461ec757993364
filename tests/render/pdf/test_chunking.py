"""Where a page is cut, each piece begins on paper as it did, and nothing is lost or doubled."""

import re

import pytest

from mpr.project import Project
from mpr.render.charts import cached_charts
from mpr.render.html import page as html
from mpr.render.html.chunking import CUT, Chunk, split_into_chunks
from mpr.report.model.report import Report
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
    pieces = [
        each.html.removeprefix(HEAD).removesuffix(TAIL).replace("\n", "") for each in split_into_chunks(PAGE).chunks
    ]
    assert pieces == [
        '<header><a href="#two" data-page="">B</a><a href="#one">A</a></header>',
        '<main id="main"><section id="one">A</section></main>',
        '<main id="main"><section class="b" id="two">B<section id="inner">C</section></section></main>',
        '<main id="main"><section class="b" id="two"><section id="inner"><p>D</p></section></section></main>',
    ]
    assert [each.continued_depth for each in split_into_chunks(PAGE).chunks] == [0, 0, 1, 3]


def test_a_page_without_cuts_is_one_piece() -> None:
    for page in (f"{HEAD}<main>A</main>{TAIL}", "<p>A", f"{HEAD}<p>A"):
        assert split_into_chunks(page).chunks == (Chunk(page, 0),)
        assert split_into_chunks(page).margins == {}


def test_page_numbers_are_filled_in_where_they_are_asked_for() -> None:
    first, second, *_ = split_into_chunks(PAGE).chunks
    assert [first.needs_page_numbers, second.needs_page_numbers] == [True, False]
    assert (
        '<a href="#two" data-page="7">B</a><a href="#one">A</a>' in first.fill_page_numbers({"one": 3, "two": 7}).html
    )
    assert 'href="#two" data-page=""' in first.fill_page_numbers({}).html


def test_each_page_has_in_its_margins_what_was_begun_last() -> None:
    running = split_into_chunks(PAGE).build_margin_page({"one": 2, "two": 3}, 3)
    assert running.startswith(HEAD)
    assert running.endswith(TAIL)
    assert re.findall(r'data-at="(\w*)"', running) == ["", "one", "one"]
    assert re.findall(r'data-at="(\w*)"', split_into_chunks(PAGE).build_margin_page({"two": 3}, 3)) == ["", "", ""]


def test_nothing_of_the_report_is_lost(report: Report) -> None:
    project = Project(ROOT)
    _, page = html.render_report(report, cached_charts.load_or_draw(report.charts, project), project)
    pieces = split_into_chunks(page).chunks
    assert len(pieces) == page.count(CUT) + 1 == 18
    anchors = list(dict.fromkeys(each for piece in pieces for each in piece.anchors))
    assert len(anchors) >= 100
    assert anchors == re.findall(r' id="([^"]+)"', page)
    assert [number for number, each in enumerate(pieces) if each.needs_page_numbers] == [0, 4]


@pytest.mark.parametrize("text", ["<!--cut-->", "</section><section>", '<p class="running" data-at=""></p>'])
def test_nobody_can_write_a_cut(text: str) -> None:
    environment = html.load_templates(Project(ROOT))
    written = environment.from_string("<main>{{ text }}</main>").render(text=text)
    assert len(split_into_chunks(written).chunks) == 1
    assert split_into_chunks(written).margins == {}


def test_nothing_is_no_piece() -> None:
    page = f"{HEAD}<p>A</p>{CUT}<main>{CUT}<section>{CUT}<p>B</p></section></main>{TAIL}"
    assert [each.html for each in split_into_chunks(page).chunks] == [
        f"{HEAD}<p>A</p>{TAIL}",
        f"{HEAD}<main>{CUT}<section>{CUT}<p>B</p></section></main>{TAIL}",
    ]
