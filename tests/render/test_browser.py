"""The page in a real browser: no barrier that axe can find, no sideways scrolling, the contents in reach."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from mpr.project import Project
from tests.chromium import WITHOUT, barriers

WIDE, NARROW, NARROWEST = 1280, 360, 320
HEIGHT = 800

pytestmark = WITHOUT


@pytest.fixture
def page(browser: Browser, built: Project, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the report in a window of the width, and with the colours, that the test asks for."""
    width, colours = getattr(request, "param", (WIDE, "light"))
    opened = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=colours, offline=True)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("request", lambda asked: faults.append(asked.url) if asked.url[:5] not in {"file:", "data:"} else None)
    opened.goto(built.out("2018-05", "html").as_uri())
    opened.evaluate("document.fonts.ready")
    yield opened
    opened.close()
    assert faults == []


@pytest.mark.parametrize(
    "page",
    [(WIDE, "light"), (NARROW, "light"), (WIDE, "dark")],
    indirect=True,
    ids=["wide", "narrow", "dark"],
)
def test_axe_finds_no_barrier(page: Page) -> None:
    assert barriers(page) == []


@pytest.mark.parametrize("page", [(NARROW, "light"), (NARROWEST, "light"), (WIDE, "light")], indirect=True)
def test_nothing_has_to_be_scrolled_sideways(page: Page) -> None:
    wide, room = page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    beyond = """[...document.querySelectorAll('main *')]
        .filter(each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('.history, figure'))
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
    assert 0 <= box["x"] < WIDE


@pytest.mark.parametrize("page", [(NARROW, "light")], indirect=True)
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


@pytest.mark.parametrize("page", [(NARROW, "light")], indirect=True)
def test_contents_open_by_keyboard(page: Page) -> None:
    page.locator("nav summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("nav a").first.is_visible()


def test_the_first_tab_skips_to_the_report(page: Page) -> None:
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.get_attribute("href") == "#main"
    assert focused.is_visible()
    box = focused.bounding_box()
    assert box
    assert box["width"] > 40
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


@pytest.mark.parametrize("page", [(WIDE, "light"), (NARROW, "light")], indirect=True)
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


@pytest.mark.parametrize("page", [(WIDE, "light"), (WIDE, "dark")], indirect=True, ids=["light", "dark"])
def test_marks_of_the_outcomes_differ_by_more_than_colour(page: Page) -> None:
    kinds = ("red", "amber", "green")
    marks = [page.locator(f".mark-{kind}").first for kind in kinds]
    shapes = [mark.evaluate("each => getComputedStyle(each).backgroundImage") for mark in marks]
    bare = [shape.split("d='")[1].split("'")[0] if "d='" in shape else shape for shape in shapes]
    assert all(shape.startswith("url(") for shape in shapes)
    assert len(set(bare)) == len(kinds)
