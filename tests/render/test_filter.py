"""The filter of the page: by keyboard, in the address, true in every section, and never in the way of a link."""

from dataclasses import replace
from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from mpr.report.model.report import Report
from tests.chromium import NARROW, NEEDS_CHROMIUM, WIDE

PLACE = "?committee=Place+Scrutiny"
RED_PLACE = f"{PLACE}&outcome=red"
SHOWN = """name => [...document.querySelectorAll(`#${name} [data-indicator]`)]
    .filter(each => each.checkVisibility()).map(each => each.dataset.indicator)"""

pytestmark = NEEDS_CHROMIUM


def _open(query: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", [replace(WIDE, query=query)], indirect=True)


def _status(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def _address(page: Page) -> tuple[dict[str, list[str]], str]:
    parts = urlsplit(page.url)
    return parse_qs(parts.query), parts.fragment


def _note(page: Page, section: str) -> str:
    return page.locator(f"#{section} .filtered").inner_text()


def test_it_works_by_keyboard_alone_and_says_what_it_did(page: Page) -> None:
    assert _status(page) == "All 31 indicators are shown."
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the report
    page.keyboard.press("Tab")
    page.keyboard.type("Pl")
    assert _status(page) == (
        "Filtered by Place Scrutiny: 8 of 31 indicators shown. Counts are those of the whole report."
    )
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert _address(page) == ({"committee": ["Place Scrutiny"], "outcome": ["red"]}, "")
    assert _status(page) == (
        "Filtered by Place Scrutiny, Red: 2 of 31 indicators shown. Counts are those of the whole report."
    )
    assert _note(page, "exceptions") == (
        "Filtered by Place Scrutiny, Red: 2 of the 19 indicators in this section shown. Counts are of all."
    )
    assert page.locator(".to-filter span").inner_text() == "2 of 31 shown"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Show all"
    page.keyboard.press("Enter")
    assert _status(page) == "All 31 indicators are shown."
    assert _address(page) == ({}, "")
    assert page.locator(":focus").inner_text() == "Show all", "the focus is not lost"
    assert page.locator(".filtered:visible").count() == 0


def test_every_choice_shows_the_indicators_that_it_says_in_every_section(page: Page, council_report: Report) -> None:
    keys = [each.key for each in council_report.filters]
    sections = {table.heading.anchor: table.rows for table in council_report.tables}
    sections |= {detail.heading.anchor: detail.blocks for detail in council_report.details}
    options = [[("", "All"), *each.options] for each in council_report.filters]
    assert len(list(product(*options))) == 4 * 4 * 6
    for chosen in product(*options):
        wanted = {(key, value) for key, (value, _) in zip(keys, chosen, strict=True) if value}
        for key, (_, words) in zip(keys, chosen, strict=True):
            page.locator(f"select[name={key}]").select_option(label=words)
        found = set()
        for name, items in sections.items():
            expected = [dict(each.facets)["indicator"] for each in items if wanted <= set(each.facets)]
            assert page.evaluate(SHOWN, name) == expected, (chosen, name)
            found |= set(expected)
        by = ", ".join(words for value, words in chosen if value)
        said = f"Filtered by {by}: {len(found)} of 31 indicators shown. Counts are those of the whole report."
        assert _status(page) == (said if by else "All 31 indicators are shown.")


@_open(RED_PLACE)
def test_the_address_brings_it_back_and_nothing_empty_is_left(page: Page) -> None:
    assert page.get_by_label("Scrutiny committee").input_value() == "Place Scrutiny"
    assert page.get_by_label("Expected outcome").input_value() == "red"
    shown = {name: page.evaluate(SHOWN, name) for name in ("exceptions", "corporate", "detail")}
    assert set(map(tuple, shown.values())) == {("CP 2.3", "CP 2.4")}
    assert page.locator("main > section:visible").count() == 5
    heads = page.locator("main > section:not(.key) h3:visible").all_inner_texts()
    assert heads[:3] == ["At risk of missing target 10 indicators", "Aim Clean", "Aim Clean"]
    assert heads[3:] == ["Health and Wellbeing", "Local Economy", "Community Safety"], "there was nothing to filter"
    assert page.locator(".indicators tbody:visible").count() == 2 + 1
    assert page.locator(".group:visible").all_inner_texts() == ["Department for Place", "No single department"]
    assert page.locator(".notes li:visible").evaluate_all("all => all.map(each => each.id)") == [
        "exceptions-note-cp-2-3", "corporate-note-cp-2-3",
    ]  # fmt: skip
    assert page.locator(".overview > li:visible").count() == 1
    inside = page.locator("nav li li:visible").evaluate_all("all => all.map(each => each.lastElementChild.hash)")
    assert inside[:4] == ["#exceptions-red", "#corporate-clean", "#detail-cp-2-3", "#detail-cp-2-4"]
    numbers = page.locator(".masthead .counts b").all_inner_texts()
    assert numbers == ["10", "2", "19"], "counts are those of the whole report"


@_open("?aim=Clean&outcome=amber")
def test_where_none_is_left_each_section_says_so(page: Page) -> None:
    assert _status(page).startswith("Filtered by Amber, Clean: 0 of 31 indicators shown.")
    assert _note(page, "detail") == (
        "Filtered by Amber, Clean: none of the 12 indicators in this section shown. Counts are of all."
    )
    assert page.locator("[data-indicator]:visible").count() == 0
    assert page.locator("main h2:visible").count() == 1 + 5


@_open("?committee=Nobody&outcome=red&seen=1#50%")
def test_what_the_report_does_not_know_is_passed_over_and_what_is_not_its_own_is_kept(page: Page) -> None:
    assert page.get_by_label("Scrutiny committee").input_value() == ""
    assert _status(page).startswith("Filtered by Red: 10 of 31")
    page.get_by_role("button", name="Show all").click()
    assert _address(page) == ({"seen": ["1"]}, "")


@_open(PLACE)
def test_a_link_to_what_is_left_out_ends_the_filter_and_back_brings_it_again(page: Page) -> None:
    page.locator(".off-track a", has_text="CP 1.1").click()
    page.wait_for_function("!location.search")
    assert _address(page) == ({}, "detail-cp-1-1")
    assert _status(page) == "All 31 indicators are shown."
    top = page.locator("#detail-cp-1-1").bounding_box()
    assert top
    assert 0 <= top["y"] < WIDE.height
    page.keyboard.press("Tab")
    assert page.evaluate("scrollY") > 5 * WIDE.height, "the keyboard goes on from there"
    page.go_back()
    assert _status(page).startswith("Filtered by Place Scrutiny: 8 of 31")
    page.get_by_label("Aim").select_option("Clean")
    page.locator(".off-track a", has_text="CP 1.1").click()
    page.wait_for_function("!location.search")
    assert page.locator("#detail-cp-1-1").is_visible(), "and again"


@_open(f"{PLACE}#detail-cp-1-1")
def test_an_address_of_something_left_out_shows_it(page: Page) -> None:
    assert _address(page) == ({}, "detail-cp-1-1")
    page.wait_for_function("document.querySelector('#detail-cp-1-1').getBoundingClientRect().top < innerHeight")
    assert page.locator("#detail-cp-1-1").is_visible()


@_open(f"{PLACE}#detail-cp-2-3")
def test_a_link_to_what_is_shown_keeps_the_filter(page: Page) -> None:
    assert _address(page) == ({"committee": ["Place Scrutiny"]}, "detail-cp-2-3")
    page.locator("#corporate a.judged").first.click()
    assert _address(page) == ({"committee": ["Place Scrutiny"]}, "corporate-note-cp-2-3")
    assert _status(page).startswith("Filtered by Place Scrutiny: 8 of 31")


@_open(RED_PLACE)
def test_what_is_printed_is_what_is_filtered_and_says_so(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.locator("#filter").is_hidden()
    assert _note(page, "corporate") == (
        "Filtered by Place Scrutiny, Red: 2 of the 31 indicators in this section shown. Counts are of all."
    )
    assert page.evaluate(SHOWN, "corporate") == ["CP 2.3", "CP 2.4"]


@pytest.mark.parametrize("page", [replace(NARROW, query=PLACE)], indirect=True)
def test_it_is_found_from_the_contents_on_a_phone(page: Page) -> None:
    page.locator("#detail").scroll_into_view_if_needed()
    page.locator("nav summary").click()
    page.get_by_role("link", name="Filter the indicators").click()
    box = page.get_by_label("Scrutiny committee").bounding_box()
    assert box
    assert 0 < box["y"] < NARROW.height
    assert box["height"] >= 24
