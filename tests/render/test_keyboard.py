"""The page by keyboard alone: every control is reached in reading order, has a visible focus and can be left."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from mpr.measure.colour import compute_contrast
from mpr.report.model.report import Report
from tests.chromium import DARK, NARROWEST, NEEDS_CHROMIUM, WIDE, ZOOMED
from tests.views import get_blocks

MAX_STOPS = 250  # the keyboard is caught if it stops more often
FOCUSED = """() => {
    const control = document.activeElement;
    if (control === document.body) return null;
    const style = getComputedStyle(control), box = control.getBoundingClientRect();
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const points = [.1, .3, .5, .7, .9]
        .map(part => document.elementFromPoint(box.left + 5, top + part * (bottom - top)));
    const ground = (part) => { const found = getComputedStyle(part).backgroundColor;
        return /, 0\\)$/.test(found) && part.parentElement ? ground(part.parentElement) : found; };
    const scroller = (part) => !part || getComputedStyle(part).overflowX !== 'visible' ? part
        : scroller(part.parentElement);
    const around = scroller(control.parentElement)?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
    const reach = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
    return {
        whole: box.left - reach >= around.left && box.right + reach <= around.right,
        place: [...document.querySelectorAll('*')].indexOf(control), tag: control.tagName,
        words: control.outerHTML.slice(0, 90),
        seen: points.some(there => there && (control.contains(there) || there.contains(control))),
        style: style.outlineStyle,
        width: parseFloat(style.outlineWidth), colour: style.outlineColor, ground: ground(control.parentElement),
    };
}"""

pytestmark = NEEDS_CHROMIUM


def _walk(page: Page, key: str) -> list[dict[str, Any]]:
    """Press a key until the focus leaves the page; return the controls that had it."""
    stops = []
    for _ in range(MAX_STOPS):
        page.keyboard.press(key)
        focused = page.evaluate(FOCUSED)
        if focused is None:
            return stops
        stops.append(focused)
    pytest.fail(f"the keyboard is caught at {stops[-1]['words']}")


def _to_hex(colour: str) -> str:
    """Return `rgb(18, 67, 109)` as `#12436d`."""
    return "#" + "".join(f"{int(part):02x}" for part in colour.strip("rgb()").split(",")[:3])


@pytest.mark.parametrize("page", [WIDE, NARROWEST, ZOOMED, DARK], indirect=True)
def test_every_control_is_reached_in_order_with_a_visible_focus(page: Page) -> None:
    usable = page.locator(":is(a[href], summary, select, button, [tabindex='0']):visible").count()
    forth = _walk(page, "Tab")
    back = _walk(page, "Shift+Tab")
    places = [stop["place"] for stop in forth]
    assert len(places) == usable > 0
    assert places == sorted(set(places))
    assert {stop["place"] for stop in back} == set(places)
    assert page.locator("[tabindex]:not([tabindex='0'])").count() == 0
    for stop in (*forth, *back):
        assert stop["seen"], stop
        assert stop["whole"], stop
        assert (stop["style"], stop["width"]) == ("solid", 3), stop
        assert compute_contrast(_to_hex(stop["colour"]), _to_hex(stop["ground"])) >= 3, stop


def test_first_control_skips_to_the_report(page: Page) -> None:
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.get_attribute("href") == "#main"
    box = focused.bounding_box()
    assert box
    assert box["width"] > 40
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.keyboard.press("Tab")
    assert page.locator("main :focus").get_attribute("name") == "committee"


@pytest.mark.parametrize("page", [NARROWEST, ZOOMED], indirect=True)
def test_history_that_is_too_wide_scrolls_by_keyboard_and_has_a_name(page: Page, council_report: Report) -> None:
    wide = page.locator(".history").evaluate_all(
        "tables => tables.map((table, at) => table.scrollWidth > table.clientWidth ? at : -1).filter(at => at >= 0)"
    )
    assert len(wide) == sum(bool(block.history) for block in get_blocks(council_report).values()) > 0
    assert page.locator("[tabindex='0']").count() == len(wide)
    elsewhere = """[...document.querySelectorAll('main *')].filter(part => part.scrollWidth > part.clientWidth + 1
        && /auto|scroll/.test(getComputedStyle(part).overflowX) && part.tabIndex < 0).map(part => part.className)"""
    assert page.evaluate(elsewhere) == []
    names = [part.aria_snapshot().splitlines()[0] for part in page.locator("[tabindex='0']").all()]
    assert all(re.search('group "LM [0-9.]+: values and targets by month"', name) for name in names), names
    first = page.locator("[tabindex='0']").first
    first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    page.keyboard.press("Tab")
    assert not first.evaluate("part => part === document.activeElement")


def test_keyboard_reaches_histories_only_while_the_window_is_too_narrow_for_them(page: Page) -> None:
    assert page.locator("[tabindex='0']").count() == 0
    page.set_viewport_size({"width": 320, "height": 600})
    page.wait_for_function("document.querySelectorAll('[tabindex]').length > 0")
    page.set_viewport_size({"width": WIDE.width, "height": WIDE.height})
    page.wait_for_function("document.querySelectorAll('[tabindex]').length === 0")


@pytest.mark.parametrize("page", [WIDE, NARROWEST], indirect=True)
def test_landmarks_and_tables_keep_their_roles(page: Page, council_report: Report) -> None:
    """Rows that are laid out as cards on a phone have to stay rows for screen readers."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    parts = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree if not node["ignored"]]
    roles = [role for role, _ in parts]
    assert [roles.count(role) for role in ("banner", "main", "navigation", "search", "contentinfo")] == [1, 1, 1, 1, 0]
    assert [name for role, name in parts if role == "region"] == [
        "Key Columns and symbols",
        "Exceptions this month",
        "All indicators by aim",
        "Detail of red and amber indicators",
        "Indicators of our partners",
    ]
    assert ("navigation", "Contents") in parts
    assert ("search", "Filter the indicators") in parts
    columns = [len(table.columns) for table in council_report.tables for group in table.groups if group.rows]
    histories = sum(bool(block.history) for block in get_blocks(council_report).values())
    assert roles.count("table") == len(columns) + histories
    assert roles.count("columnheader") == sum(columns) + 9 * histories, "two years, their figures, and the months"
    named = {"table", "image", "heading", "link", "combobox"}
    assert [role for role, name in parts if role in named and not name] == []
