"""The page in a real browser: no barrier that axe finds, no sideways scrolling, and the contents in reach."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page

from mpr.report.model.report import Report
from tests.chromium import DARK, FORCED, NARROW, NARROWEST, NEEDS_CHROMIUM, WIDE, ZOOMED, Window, find_barriers
from tests.render.conftest import GetPage
from tests.views import get_blocks

HEIGHT = WIDE.height
FILTERED = "?committee=Places+Committee&outcome=red"
WINDOWS = {
    "wide": WIDE, "narrow": NARROWEST, "dark": DARK, "zoomed": ZOOMED, "forced": FORCED,
    "filtered": replace(WIDE, query=FILTERED), "filtered narrow": replace(NARROWEST, query=FILTERED),
}  # fmt: skip

pytestmark = NEEDS_CHROMIUM


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_axe_finds_no_barrier(get_page: GetPage, window: Window) -> None:
    assert find_barriers(get_page(window)) == []


@pytest.mark.parametrize("window", [NARROW, NARROWEST, ZOOMED, WIDE])
def test_page_is_never_wider_than_the_window(get_page: GetPage, window: Window) -> None:
    page = get_page(window)
    width, room = page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    beyond = """[...document.querySelectorAll('main *')]
        .filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.history'))
        .slice(0, 5).map(element => element.outerHTML.slice(0, 80))"""
    assert width <= room, page.evaluate(beyond)


def test_contents_stay_in_reach_on_a_wide_screen(page: Page) -> None:
    links = page.locator("nav a")
    assert links.count() > 10
    page.evaluate("window.scrollTo(0, document.scrollingElement.scrollHeight)")
    assert page.evaluate("window.scrollY") > 2 * HEIGHT
    assert page.locator("nav details").get_attribute("open") is not None
    box = links.first.bounding_box()
    assert box
    assert 0 <= box["y"] < HEIGHT
    assert 0 <= box["x"] < WIDE.width


@pytest.mark.parametrize("page", [NARROW], indirect=True)
def test_contents_are_closed_on_a_phone_and_open_on_request(page: Page) -> None:
    first = page.locator("nav a").first
    assert not first.is_visible()
    page.evaluate("window.scrollTo(0, document.scrollingElement.scrollHeight)")
    summary = page.locator("nav summary")
    box = summary.bounding_box()
    assert box
    assert 0 <= box["y"] < HEIGHT, "the contents are in reach at the end of the page too"
    summary.click()
    assert first.is_visible()
    link = page.locator("nav a[href='#corporate']").first
    link.click()
    assert not first.is_visible(), "they close after a choice"
    top = page.locator("#corporate h2").bounding_box()
    assert top
    assert 0 <= top["y"] < HEIGHT
    summary.focus()
    page.keyboard.press("Enter")
    assert first.is_visible(), "they open by keyboard too"


@pytest.mark.parametrize("page", [WIDE, NARROW], indirect=True)
def test_target_of_a_link_is_not_covered_by_what_sticks_to_the_top(page: Page) -> None:
    for anchor in ("detail-lm-1-9", "exceptions-lm-1-11", "corporate-note-lm-2-3"):
        page.evaluate(f"location.hash = '{anchor}'")
        page.wait_for_timeout(50)
        visible = page.evaluate(
            f"""(() => {{ const target = document.getElementById('{anchor}');
            const box = target.getBoundingClientRect();
            const found = document.elementFromPoint(box.left + 4, box.top + 6);
            return found !== null && (target.contains(found) || found.contains(target)); }})()"""
        )
        assert visible, anchor


def test_bundled_typeface_is_used(get_page: GetPage) -> None:
    loaded = "[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)"
    faces = get_page(WIDE).evaluate(loaded)
    assert len(faces) >= 2
    assert all("MPR Sans" in face for face in faces)


def test_words_in_charts_are_in_the_bundled_typeface(get_page: GetPage) -> None:
    families = get_page(WIDE).evaluate(
        "[...document.querySelectorAll('svg text')].map(text => getComputedStyle(text).fontFamily)"
    )
    assert families
    assert all("MPR Sans" in family for family in families)


@pytest.mark.parametrize("window", [WIDE, DARK, FORCED], ids=["light", "dark", "forced"])
def test_marks_of_the_outcomes_differ_by_more_than_colour(get_page: GetPage, window: Window) -> None:
    kinds = ("red", "amber", "green", "data-only")
    marks = [get_page(window).locator(f".mark-{kind}").first for kind in kinds]
    shapes = [mark.evaluate("mark => getComputedStyle(mark).backgroundImage") for mark in marks]
    paths = [shape.split("d='")[1].split("'")[0] if "d='" in shape else shape for shape in shapes]
    assert all(shape.startswith("url(") for shape in shapes)
    assert len(set(paths)) == len(kinds)


@pytest.mark.parametrize("page", [WIDE, DARK], indirect=True, ids=["light", "dark"])
def test_nothing_moves_for_readers_who_want_less_motion(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    moving = """[...document.querySelectorAll('*')].filter(element => {
        const style = getComputedStyle(element);
        return style.scrollBehavior !== 'auto' || /[1-9]/.test(style.transitionDuration + style.animationDuration);
    }).map(element => element.outerHTML.slice(0, 80))"""
    assert page.evaluate(moving) == []
    page.add_style_tag(content="main { transition: color 1s; }")
    assert len(page.evaluate(moving)) == 1, "the test has to find what moves"


@pytest.mark.parametrize("window", [replace(WIDE, scripts=False), replace(NARROWEST, scripts=False)])
def test_page_without_script_has_everything_but_the_filter(
    get_page: GetPage, window: Window, council_report: Report
) -> None:
    page = get_page(window)
    rows = sum(len(table.rows) for table in council_report.tables)
    blocks = get_blocks(council_report).values()
    figures = sum(bool(chart) for block in blocks for chart in (block.bullet, block.trend))
    assert page.locator(".indicators tr:visible th[scope=row]").count() == rows > 0
    assert page.locator("article:visible").count() == len(blocks) > 0
    assert page.locator(".history:visible").count() == sum(bool(block.history) for block in blocks) > 0
    assert page.locator("figure:visible").count() == figures > 0
    assert page.locator("nav a:visible").count() > 0
    assert page.locator("#filter, .to-filter, .filtered").count() > 0
    assert page.locator("#filter:visible, .to-filter:visible, .filtered:visible").count() == 0


@pytest.mark.parametrize("page", [replace(NARROWEST, scripts=False)], indirect=True)
def test_contents_without_script_do_not_cover_the_report(page: Page) -> None:
    page.locator("#corporate").scroll_into_view_if_needed()
    box = page.locator(".contents").bounding_box()
    assert box
    assert box["y"] + box["height"] < 0


def test_print_from_the_browser_keeps_tables_and_leaves_out_controls(page: Page) -> None:
    page.set_viewport_size({"width": 1032, "height": 695})  # an A4 page across, within its margins
    page.emulate_media(media="print")
    display = "table => getComputedStyle(table).display"
    assert page.locator("#exceptions .indicators").first.evaluate(display) == "table"
    shares = """[...document.querySelectorAll('#exceptions thead .comment')].map(
        heading => heading.offsetWidth / heading.closest('table').offsetWidth)"""
    assert min(page.evaluate(shares)) > 0.35
    assert page.locator(":is(.skip, .contents, #filter, .filtered):visible").count() == 0
    width, room = page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    assert width <= room
