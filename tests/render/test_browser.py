"""The page in a real browser: no barrier that axe can find, no sideways scrolling, the contents in reach."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page

from mpr.project import Project
from mpr.report.model.report import Report
from tests.chromium import DARK, FORCED, NARROW, NARROWEST, WIDE, WITHOUT, ZOOMED, Window, barriers, opened

HEIGHT = WIDE.height
FILTERED = "?committee=Place+Scrutiny&outcome=red"
LOOKS = {
    "wide": WIDE, "narrow": NARROWEST, "dark": DARK, "zoomed": ZOOMED, "forced": FORCED,
    "filtered": replace(WIDE, query=FILTERED), "filtered narrow": replace(NARROWEST, query=FILTERED),
}  # fmt: skip

pytestmark = WITHOUT


@pytest.mark.parametrize("page", LOOKS.values(), indirect=True, ids=LOOKS)
def test_axe_finds_no_barrier(page: Page) -> None:
    assert barriers(page) == []


@pytest.mark.parametrize("page", [NARROW, NARROWEST, ZOOMED, WIDE], indirect=True)
def test_nothing_has_to_be_scrolled_sideways(page: Page) -> None:
    wide, room = page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    beyond = """[...document.querySelectorAll('main *')]
        .filter(each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('.history'))
        .slice(0, 5).map(each => each.outerHTML.slice(0, 80))"""
    assert wide <= room, page.evaluate(beyond)


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
    assert not first.is_visible(), "they close once one has chosen"
    top = page.locator("#corporate h2").bounding_box()
    assert top
    assert 0 <= top["y"] < HEIGHT


@pytest.mark.parametrize("page", [NARROW], indirect=True)
def test_contents_open_by_keyboard(page: Page) -> None:
    page.locator("nav summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("nav a").first.is_visible()


@pytest.mark.parametrize("page", [WIDE, NARROW], indirect=True)
def test_a_link_leads_to_what_can_be_seen(page: Page) -> None:
    """What sticks to the top must not cover the place that a link leads to."""
    for anchor in ("detail-cp-3-4", "exceptions-cp-4-10", "corporate-note-cp-3-6"):
        page.evaluate(f"location.hash = '{anchor}'")
        page.wait_for_timeout(50)
        seen = page.evaluate(
            f"""(() => {{ const target = document.getElementById('{anchor}');
            const box = target.getBoundingClientRect();
            const found = document.elementFromPoint(box.left + 4, box.top + 6);
            return found !== null && (target.contains(found) || found.contains(target)); }})()"""
        )
        assert seen, anchor


def test_the_bundled_typeface_is_used(page: Page) -> None:
    faces = page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)")
    assert len(faces) >= 2
    assert all("MPR Sans" in face for face in faces)


def test_every_chart_has_words_in_the_bundled_typeface(page: Page) -> None:
    assert page.evaluate("""[...document.querySelectorAll('svg text')].every(
        each => getComputedStyle(each).fontFamily.includes('MPR Sans'))""")


@pytest.mark.parametrize("page", [WIDE, DARK, FORCED], indirect=True, ids=["light", "dark", "forced"])
def test_marks_of_the_outcomes_differ_by_more_than_colour(page: Page) -> None:
    kinds = ("red", "amber", "green")
    marks = [page.locator(f".mark-{kind}").first for kind in kinds]
    shapes = [mark.evaluate("each => getComputedStyle(each).backgroundImage") for mark in marks]
    bare = [shape.split("d='")[1].split("'")[0] if "d='" in shape else shape for shape in shapes]
    assert all(shape.startswith("url(") for shape in shapes)
    assert len(set(bare)) == len(kinds)


@pytest.mark.parametrize("colours", [WIDE, DARK], ids=["light", "dark"])
def test_nothing_moves_for_those_who_want_less_motion(
    browser: Browser, built_council: Project, colours: Window
) -> None:
    with opened(browser, built_council.get_report_path("2018-05", "html"), colours) as page:
        page.emulate_media(reduced_motion="reduce")
        moving = """[...document.querySelectorAll('*')].filter(each => {
            const style = getComputedStyle(each);
            return style.scrollBehavior !== 'auto' || /[1-9]/.test(style.transitionDuration + style.animationDuration);
        }).map(each => each.outerHTML.slice(0, 80))"""
        assert page.evaluate(moving) == []
        page.add_style_tag(content="main { transition: color 1s; }")
        assert len(page.evaluate(moving)) == 1, "the test has to see what moves"


@pytest.mark.parametrize("page", [replace(WIDE, scripts=False), replace(NARROWEST, scripts=False)], indirect=True)
def test_without_script_all_is_there_and_nothing_that_cannot_work(page: Page, council_report: Report) -> None:
    rows = sum(len(table.rows) for table in council_report.tables)
    assert page.locator(".indicators tr:visible th[scope=row]").count() == rows == 50
    assert page.locator("article:visible").count() == 12
    assert page.locator(".history:visible, figure:visible").count() == 11 + 22
    assert page.locator("nav a:visible").count() > 20
    assert page.locator("#filter, .to-filter, .filtered").evaluate_all("all => all.length") == 1 + 1 + 4
    assert page.locator("#filter:visible, .to-filter:visible, .filtered:visible").count() == 0


@pytest.mark.parametrize("page", [replace(NARROWEST, scripts=False)], indirect=True)
def test_without_script_the_contents_do_not_cover_the_report(page: Page) -> None:
    page.locator("#corporate").scroll_into_view_if_needed()
    box = page.locator(".contents").bounding_box()
    assert box
    assert box["y"] + box["height"] < 0


def test_printed_from_the_browser_tables_stay_tables_and_nothing_of_the_screen_is_left(page: Page) -> None:
    page.set_viewport_size({"width": 1032, "height": 695})  # an A4 page across, within its margins
    page.emulate_media(media="print")
    assert page.locator("#exceptions .indicators").first.evaluate("each => getComputedStyle(each).display") == "table"
    shares = """[...document.querySelectorAll('#exceptions thead .comment')].map(
        each => each.offsetWidth / each.closest('table').offsetWidth)"""
    assert min(page.evaluate(shares)) > 0.35
    assert page.locator(":is(.skip, .contents, #filter, .filtered):visible").count() == 0
    wide, room = page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    assert wide <= room
