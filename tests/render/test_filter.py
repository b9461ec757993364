"""The filter of the page: by keyboard, in the address, right in every section, and never in the way of a link."""

from dataclasses import replace
from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from mpr.project import Project
from mpr.report.model.report import Report
from mpr.workflows.build import build_reports
from tests.cells import replace_text
from tests.chromium import NARROW, NEEDS_CHROMIUM, WIDE, open_page
from tests.conftest import MAY

PLACES = "?committee=Places+Committee"
RED_PLACES = f"{PLACES}&outcome=red"
SHOWN = """names => Object.fromEntries(names.map(name => [name,
    [...document.querySelectorAll(`#${name} [data-indicator]`)]
        .filter(item => item.checkVisibility()).map(item => item.dataset.indicator)]))"""

pytestmark = NEEDS_CHROMIUM


def _open(query: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", [replace(WIDE, query=query)], indirect=True)


def _get_status(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def _read_address(page: Page) -> tuple[dict[str, list[str]], str]:
    parts = urlsplit(page.url)
    return parse_qs(parts.query), parts.fragment


def _get_note(page: Page, section: str) -> str:
    return page.locator(f"#{section} .filtered").inner_text()


def test_filter_works_by_keyboard_and_says_what_it_shows(page: Page) -> None:
    assert _get_status(page) == "All 12 indicators are shown."
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the report
    page.keyboard.press("Tab")
    page.keyboard.type("Pl")
    assert _get_status(page) == (
        "Filtered by Places Committee: 3 of 12 indicators shown. Counts are those of the whole report."
    )
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert _read_address(page) == ({"committee": ["Places Committee"], "outcome": ["red"]}, "")
    assert _get_status(page) == (
        "Filtered by Places Committee, Red: 2 of 12 indicators shown. Counts are those of the whole report."
    )
    assert _get_note(page, "exceptions") == (
        "Filtered by Places Committee, Red: 2 of the 9 indicators in this section shown. Counts are of all."
    )
    assert page.locator(".to-filter span").inner_text() == "2 of 12 shown"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Show all"
    page.keyboard.press("Enter")
    assert _get_status(page) == "All 12 indicators are shown."
    assert _read_address(page) == ({}, "")
    assert page.locator(":focus").inner_text() == "Show all", "the focus is not lost"
    assert page.locator(".filtered:visible").count() == 0


def test_every_combination_shows_its_indicators_in_every_section(page: Page, council_report: Report) -> None:
    keys = [choice.key for choice in council_report.filters]
    sections = {table.heading.anchor: table.rows for table in council_report.tables}
    sections |= {detail.heading.anchor: detail.blocks for detail in council_report.details}
    options = [[("", "All"), *choice.options] for choice in council_report.filters]
    before: dict[str, str] = dict.fromkeys(keys, "All")
    for combination in product(*options):
        wanted = {(key, value) for key, (value, _) in zip(keys, combination, strict=True) if value}
        for key, (_, label) in zip(keys, combination, strict=True):
            if before[key] != label:
                page.locator(f"select[name={key}]").select_option(label=label)
                before[key] = label
        expected = {
            name: [dict(item.facets)["indicator"] for item in items if wanted <= set(item.facets)]
            for name, items in sections.items()
        }
        assert page.evaluate(SHOWN, list(sections)) == expected, combination
        count = len({code for codes in expected.values() for code in codes})
        labels = ", ".join(label for value, label in combination if value)
        status = f"Filtered by {labels}: {count} of 12 indicators shown. Counts are those of the whole report."
        assert _get_status(page) == (status if labels else "All 12 indicators are shown.")


@_open(RED_PLACES)
def test_address_brings_the_filter_back_and_no_empty_part_is_left(page: Page) -> None:
    assert page.get_by_label("Scrutiny committee").input_value() == "Places Committee"
    assert page.get_by_label("Expected outcome").input_value() == "red"
    shown = page.evaluate(SHOWN, ["exceptions", "corporate", "detail"])
    assert set(map(tuple, shown.values())) == {("LM 2.1", "LM 2.2")}
    assert page.locator("main > section:visible").count() == 5
    headings = page.locator("main > section:not(.key) h3:visible").all_inner_texts()
    assert headings == ["At risk of missing target 4 indicators", "Aim Lively", "Aim Lively"]
    assert page.locator(".indicators tbody:visible").count() == 2 + 1
    assert page.locator(".group:visible").all_inner_texts() == ["Places and Leisure", "No single department"]
    assert page.locator(".notes li:visible").evaluate_all("all => all.map(note => note.id)") == [
        "exceptions-note-lm-2-1", "corporate-note-lm-2-1",
    ]  # fmt: skip
    assert page.locator(".overview > li:visible").count() == 1
    entries = page.locator("nav li li:visible").evaluate_all("all => all.map(entry => entry.lastElementChild.hash)")
    assert entries[:4] == ["#exceptions-red", "#corporate-lively", "#detail-lm-2-1", "#detail-lm-2-2"]
    numbers = page.locator(".masthead .counts b").all_inner_texts()
    assert numbers == ["4", "3", "3", "1"], "counts are those of the whole report"


def test_filter_leaves_a_section_without_indicators_as_it_is(browser: Browser, council: Project) -> None:
    corporate = "aim: Open\n    departments: [Corporate Services]\n    committee: Resources & Audit Committee\n"
    replace_text(council.indicators_path, "group: Jobs and Skills\n", corporate)
    build_reports(council, (MAY,), ("html",), lambda _: None)
    with open_page(browser, council.get_report_path(MAY, "html"), replace(WIDE, query=RED_PLACES)) as page:
        assert page.locator("#partnership h3:visible").all_inner_texts() == ["Jobs and Skills", "Community Safety"]
        assert page.locator("#corporate h3:visible").all_inner_texts() == ["Aim Lively"]


@_open("?aim=Lively&outcome=amber")
def test_sections_without_any_match_say_so(page: Page) -> None:
    assert _get_status(page).startswith("Filtered by Amber, Lively: 0 of 12 indicators shown.")
    assert _get_note(page, "detail") == (
        "Filtered by Amber, Lively: none of the 7 indicators in this section shown. Counts are of all."
    )
    assert page.locator("[data-indicator]:visible").count() == 0
    assert page.locator("main h2:visible").count() == 1 + 5


@_open("?committee=Nobody&outcome=red&seen=1#50%")
def test_unknown_values_in_the_address_are_ignored_and_unknown_keys_kept(page: Page) -> None:
    assert page.get_by_label("Scrutiny committee").input_value() == ""
    assert _get_status(page).startswith("Filtered by Red: 4 of 12")
    page.get_by_role("button", name="Show all").click()
    assert _read_address(page) == ({"seen": ["1"]}, "")


@_open(PLACES)
def test_link_to_a_hidden_indicator_ends_the_filter_and_back_restores_it(page: Page) -> None:
    page.locator(".off-track a", has_text="LM 1.2").click()
    page.wait_for_function("!location.search")
    assert _read_address(page) == ({}, "detail-lm-1-2")
    assert _get_status(page) == "All 12 indicators are shown."
    top = page.locator("#detail-lm-1-2").bounding_box()
    assert top
    assert 0 <= top["y"] < WIDE.height
    page.keyboard.press("Tab")
    assert page.locator(":focus").evaluate("focus => focus.closest('section.detail') !== null"), "focus went there too"
    page.go_back()
    assert _get_status(page).startswith("Filtered by Places Committee: 3 of 12")
    page.get_by_role("combobox", name="Aim").select_option("Lively")
    page.locator(".off-track a", has_text="LM 1.2").click()
    page.wait_for_function("!location.search")
    assert page.locator("#detail-lm-1-2").is_visible(), "it works a second time"


@_open(f"{PLACES}#detail-lm-1-2")
def test_address_of_a_hidden_indicator_shows_it(page: Page) -> None:
    assert _read_address(page) == ({}, "detail-lm-1-2")
    page.wait_for_function("document.querySelector('#detail-lm-1-2').getBoundingClientRect().top < innerHeight")
    assert page.locator("#detail-lm-1-2").is_visible()


@_open(f"{PLACES}#detail-lm-2-1")
def test_link_to_a_visible_indicator_keeps_the_filter(page: Page) -> None:
    assert _read_address(page) == ({"committee": ["Places Committee"]}, "detail-lm-2-1")
    page.locator("#corporate a.judged").first.click()
    assert _read_address(page) == ({"committee": ["Places Committee"]}, "corporate-note-lm-2-1")
    assert _get_status(page).startswith("Filtered by Places Committee: 3 of 12")


@_open(RED_PLACES)
def test_print_has_the_filtered_indicators_and_says_so(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.locator("#filter").is_hidden()
    assert _get_note(page, "corporate") == (
        "Filtered by Places Committee, Red: 2 of the 11 indicators in this section shown. Counts are of all."
    )
    assert page.evaluate(SHOWN, ["corporate"]) == {"corporate": ["LM 2.1", "LM 2.2"]}


@pytest.mark.parametrize("page", [replace(NARROW, query=PLACES)], indirect=True)
def test_filter_is_in_reach_from_the_contents_on_a_phone(page: Page) -> None:
    page.locator("#detail").scroll_into_view_if_needed()
    page.locator("nav summary").click()
    page.get_by_role("link", name="Filter the indicators").click()
    box = page.get_by_label("Scrutiny committee").bounding_box()
    assert box
    assert 0 < box["y"] < NARROW.height
    assert box["height"] >= 24
