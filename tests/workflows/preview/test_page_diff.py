"""What a browser is sent after a change: what it has not, and from that it can make the new page."""

import re
from pathlib import Path

import pytest

from mpr.project import Project
from mpr.workflows.preview.page_diff import PageParts, diff_pages, split_page
from mpr.workflows.preview.rendering import render_preview

MAY = "2018-05"
PLACE = re.compile(r'<(?:article|details|tr) data-kept="([^"]+)"></(?:article|details|tr)>')


def filled(sent: str, old: PageParts) -> str:
    """Return the body that is made of what was sent and the page before, as a browser makes it."""
    had: dict[str, str] = {}
    for key, text in old.body:
        had.setdefault(key, text)
    return PLACE.sub(lambda place: had[place[1]], sent)


def body(page: str) -> str:
    """Return a page from its body on."""
    return page[page.index("<body") :]


def _page(*pieces: str, head: str = "") -> str:
    return f"<html><head>{head}</head>\n<body>\n{''.join(pieces)}</body></html>"


ONE, TWO, THREE = (
    f'<article class="block" id="{each}"><tr class="x"><td>{each}</td></tr></article>\n' for each in "abc"
)
ROW = '<tr data-indicator="D"><td>1</td><th id="d">D</th></tr>\n'


@pytest.mark.parametrize(
    ("new", "sent"),
    [
        ((ONE, TWO, ROW), ['<article data-kept="a">', '<article data-kept="b">', '<tr data-kept="d">']),
        ((TWO, ONE), ['<article data-kept="b">', '<article data-kept="a">']),
        ((ONE, THREE, TWO), ['<article data-kept="a">', '<article class="block" id="c">', '<article data-kept="b">']),
        ((ONE.replace(">a<", ">other<"),), ['<article class="block" id="a">', ">other<"]),
        ((ROW.replace(">1<", ">2<"),), ['<tr data-indicator="D"><td>2</td>']),
        ((ONE, ONE), ['<article data-kept="a">', '<article class="block" id="a">']),
    ],
)
def test_unchanged_rows_and_blocks_are_sent_as_placeholders(new: tuple[str, ...], sent: list[str]) -> None:
    old = split_page(_page(ONE, TWO, ROW))
    found = diff_pages(old, split_page(_page(*new)))
    places = [found.index(each) for each in sent]
    assert places == sorted(places)
    assert filled(found, old) == body(_page(*new))


def test_parts_that_cannot_be_recognised_are_sent_whole() -> None:
    nested = f'<article class="x" id="n">{ONE}</article>'
    nameless = '<tr data-indicator="E"><th>E</th></tr>'
    unclosed = '<tr data-indicator="F"><th id="f">F</th>'
    page = _page(nested, nameless, unclosed)
    found = diff_pages(split_page(page), split_page(page))
    assert found == body(page).replace(ONE.rstrip("\n"), '<article data-kept="a"></article>')


def test_a_changed_head_asks_for_the_whole_page() -> None:
    assert diff_pages(split_page(_page(ONE)), split_page(_page(ONE, head="<style></style>"))) == ""


def test_after_one_changed_figure_two_rows_and_a_block_are_sent(council: Project) -> None:
    path: Path = council.get_values_path(MAY)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("green,Most visits are made in summer,", "green,,"), encoding="utf-8")  # a warning
    first = render_preview(council, MAY, {})
    path.write_text(path.read_text(encoding="utf-8").replace(",78%,", ",77%,"), encoding="utf-8")
    second = render_preview(council, MAY, first.charts)
    sent = diff_pages(first.parts, second.parts)
    assert filled(sent, first.parts) == body(second.html)
    whole = re.findall(r'<article class="[^"]+" id="([^"]+)"|<tr data-indicator="([^"]+)"', sent)
    assert whole == [("", "LM 1.2"), ("", "LM 1.2"), ("detail-lm-1-2", "")]
    places = PLACE.findall(sent)
    assert len(places) == len([key for key, _ in first.parts.body if key]) - len(whole), (
        "the names of parts are places too"
    )
    assert {"contents", "preview.warnings"} < set(places)
    assert len(sent) < len(second.html) / 4
