"""The page by keyboard alone: all can be reached, in the order of reading, seen, and left again."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from mpr.measure.colour import compute_contrast
from tests.chromium import DARK, NARROWEST, WIDE, WITHOUT, ZOOMED

MOST = 250  # things that the keyboard reaches
FOCUSED = """() => {
    const each = document.activeElement;
    if (each === document.body) return null;
    const style = getComputedStyle(each), box = each.getBoundingClientRect();
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const points = [.1, .3, .5, .7, .9]
        .map(part => document.elementFromPoint(box.left + 5, top + part * (bottom - top)));
    const ground = (part) => { const found = getComputedStyle(part).backgroundColor;
        return /, 0\\)$/.test(found) && part.parentElement ? ground(part.parentElement) : found; };
    const scroller = (part) => !part || getComputedStyle(part).overflowX !== 'visible' ? part
        : scroller(part.parentElement);
    const around = scroller(each.parentElement)?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
    const reach = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
    return {
        whole: box.left - reach >= around.left && box.right + reach <= around.right,
        place: [...document.querySelectorAll('*')].indexOf(each), tag: each.tagName, words: each.outerHTML.slice(0, 90),
        seen: points.some(there => there && (each.contains(there) || there.contains(each))), style: style.outlineStyle,
        width: parseFloat(style.outlineWidth), colour: style.outlineColor, ground: ground(each.parentElement),
    };
}"""

pytestmark = WITHOUT


def _walk(page: Page, key: str) -> list[dict[str, Any]]:
    """Press a key until the focus leaves the page; return what had it."""
    found = []
    for _ in range(MOST):
        page.keyboard.press(key)
        focused = page.evaluate(FOCUSED)
        if focused is None:
            return found
        found.append(focused)
    pytest.fail(f"the keyboard is caught at {found[-1]['words']}")


def _hex(colour: str) -> str:
    """Return `rgb(18, 67, 109)` as `#12436d`."""
    return "#" + "".join(f"{int(part):02x}" for part in colour.strip("rgb()").split(",")[:3])


@pytest.mark.parametrize("page", [WIDE, NARROWEST, ZOOMED, DARK], indirect=True)
def test_all_that_can_be_used_is_reached_in_its_order_and_seen(page: Page) -> None:
    usable = page.locator(":is(a[href], summary, select, button, [tabindex='0']):visible").count()
    forth = _walk(page, "Tab")
    back = _walk(page, "Shift+Tab")
    places = [each["place"] for each in forth]
    assert len(places) == usable > 60
    assert places == sorted(set(places))
    assert {each["place"] for each in back} == set(places)
    assert page.locator("[tabindex]:not([tabindex='0'])").count() == 0
    for each in (*forth, *back):
        assert each["seen"], each
        assert each["whole"], each
        assert (each["style"], each["width"]) == ("solid", 3), each
        assert compute_contrast(_hex(each["colour"]), _hex(each["ground"])) >= 3, each


def test_the_first_key_skips_to_the_report(page: Page) -> None:
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
def test_what_is_too_wide_scrolls_by_keyboard_and_has_a_name(page: Page) -> None:
    wide = page.locator(".history").evaluate_all(
        "all => all.map((each, at) => each.scrollWidth > each.clientWidth ? at : -1).filter(at => at >= 0)"
    )
    assert len(wide) >= 10
    assert page.locator("[tabindex='0']").count() == len(wide)
    elsewhere = """[...document.querySelectorAll('main *')].filter(each => each.scrollWidth > each.clientWidth + 1
        && /auto|scroll/.test(getComputedStyle(each).overflowX) && each.tabIndex < 0).map(each => each.className)"""
    assert page.evaluate(elsewhere) == []
    names = [part.aria_snapshot().splitlines()[0] for part in page.locator("[tabindex='0']").all()]
    assert all(re.search('group "CP [0-9.]+: values and targets by month"', name) for name in names), names
    first = page.locator("[tabindex='0']").first
    first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    page.keyboard.press("Tab")
    assert not first.evaluate("each => each === document.activeElement")


def test_a_window_made_narrower_is_known_to_the_keyboard(page: Page) -> None:
    assert page.locator("[tabindex='0']").count() == 0
    page.set_viewport_size({"width": 320, "height": 600})
    page.wait_for_function("document.querySelectorAll('[tabindex]').length >= 10")
    page.set_viewport_size({"width": WIDE.width, "height": WIDE.height})
    page.wait_for_function("document.querySelectorAll('[tabindex]').length === 0")


@pytest.mark.parametrize("page", [WIDE, NARROWEST], indirect=True)
def test_landmarks_and_tables_are_what_they_look_like(page: Page) -> None:
    """Rows that are laid out as cards have to stay rows to those who do not see them."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    found = [(each["role"]["value"], each.get("name", {}).get("value", "")) for each in tree if not each["ignored"]]
    roles = [role for role, _ in found]
    assert [roles.count(role) for role in ("banner", "main", "navigation", "search", "contentinfo")] == [1, 1, 1, 1, 0]
    assert [name for role, name in found if role == "region"] == [
        "Key Columns and symbols",
        "Exceptions – current month’s performance",
        "Corporate performance indicators",
        "Detail of indicators rated red or amber",
        "Partnership indicators",
    ]
    assert ("navigation", "Contents") in found
    assert ("search", "Filter the indicators") in found
    assert roles.count("table") == 3 + 5 + 11
    assert roles.count("columnheader") == 3 * 11 + 5 * 11 + 11 * 9
    assert [
        role for role, name in found if role in {"table", "image", "heading", "link", "combobox"} and not name
    ] == []
