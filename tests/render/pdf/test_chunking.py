"""Chunks of the print page: each is a page of its own, and nothing is lost or repeated between them."""

import re
from pathlib import Path

import pytest

from mpr.project import Project
from mpr.render.charts import cached_charts
from mpr.render.html.chunking import CUT, Chunk, split_into_chunks
from mpr.render.html.page import load_templates, render_report
from mpr.report.model.report import Report
from tests.conftest import COUNCIL

HEAD, TAIL = "<html><head></head><body>", "</body></html>"
PAGE = f"""{HEAD}<p class="running of-cover" data-at=""></p>
<p class="running" data-at="one" data-section="A"></p>
<header><a href="#two" data-page="">B</a><a href="#one">A</a></header>{CUT}
<main id="main"><section id="one">A</section>
{CUT}
<section class="b" id="two">B<section id="inner">C
{CUT}<p>D</p></section></section></main>{TAIL}"""


def test_chunk_opens_the_sections_it_continues_and_closes_those_left_open() -> None:
    chunks = split_into_chunks(PAGE).chunks
    assert [chunk.html.removeprefix(HEAD).removesuffix(TAIL).replace("\n", "") for chunk in chunks] == [
        '<header><a href="#two" data-page="">B</a><a href="#one">A</a></header>',
        '<main id="main"><section id="one">A</section></main>',
        '<main id="main"><section class="b" id="two">B<section id="inner">C</section></section></main>',
        '<main id="main"><section class="b" id="two"><section id="inner"><p>D</p></section></section></main>',
    ]
    assert [chunk.continued_depth for chunk in chunks] == [0, 0, 1, 3]


def test_page_without_cuts_is_one_chunk() -> None:
    for html in (f"{HEAD}<main>A</main>{TAIL}", "<p>A", f"{HEAD}<p>A"):
        assert split_into_chunks(html).chunks == (Chunk(html, 0),)
        assert split_into_chunks(html).margins == {}


def test_page_numbers_are_filled_in_only_where_a_link_asks_for_one() -> None:
    first, second, *_ = split_into_chunks(PAGE).chunks
    assert [first.needs_page_numbers, second.needs_page_numbers] == [True, False]
    numbered = first.fill_page_numbers({"one": 3, "two": 7}).html
    assert '<a href="#two" data-page="7">B</a><a href="#one">A</a>' in numbered
    assert 'href="#two" data-page=""' in first.fill_page_numbers({}).html


def test_margins_of_a_page_are_those_of_the_latest_anchor() -> None:
    margin_html = split_into_chunks(PAGE).build_margin_page({"one": 2, "two": 3}, 3)
    assert margin_html.startswith(HEAD)
    assert margin_html.endswith(TAIL)
    assert re.findall(r'data-at="(\w*)"', margin_html) == ["", "one", "one"]
    without_first_section = split_into_chunks(PAGE).build_margin_page({"two": 3}, 3)
    assert re.findall(r'data-at="(\w*)"', without_first_section) == ["", "", ""]


def test_chunks_have_all_anchors_of_the_report_in_order(council_report: Report, tmp_path: Path) -> None:
    project = Project(tmp_path)
    charts = cached_charts.load_or_draw(council_report.charts, project)
    _, html = render_report(council_report, charts, project)
    chunks = split_into_chunks(html).chunks
    assert len(chunks) == html.count(CUT) + 1
    assert len(chunks) >= 8
    anchors = list(dict.fromkeys(anchor for chunk in chunks for anchor in chunk.anchors))
    assert len(anchors) >= 40
    assert anchors == re.findall(r' id="([^"]+)"', html)
    with_numbers = [chunk for chunk in chunks if chunk.needs_page_numbers]
    assert len(with_numbers) == 2, "the contents and the overview"


@pytest.mark.parametrize("text", ["<!--cut-->", "</section><section>", '<p class="running" data-at=""></p>'])
def test_text_of_an_officer_cannot_cut_the_page(text: str) -> None:
    template = load_templates(Project(COUNCIL)).from_string("<main>{{ text }}</main>")
    chunked_page = split_into_chunks(template.render(text=text))
    assert len(chunked_page.chunks) == 1
    assert chunked_page.margins == {}


def test_cut_before_any_content_makes_no_chunk() -> None:
    html = f"{HEAD}<p>A</p>{CUT}<main>{CUT}<section>{CUT}<p>B</p></section></main>{TAIL}"
    assert [chunk.html for chunk in split_into_chunks(html).chunks] == [
        f"{HEAD}<p>A</p>{TAIL}",
        f"{HEAD}<main>{CUT}<section>{CUT}<p>B</p></section></main>{TAIL}",
    ]
