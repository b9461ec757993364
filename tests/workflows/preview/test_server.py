"""The preview in a real browser: what is saved is seen, and where it cannot be shown, why."""

import json
import re
import shutil
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import NEEDS_CHROMIUM, find_barriers
from tests.conftest import MAY, ROOT
from tests.workflows.preview.served import LONGEST, Served, copy_council, interrupt, served

WIDE, NARROW = 1280, 320
WAIT = LONGEST * 1000  # milliseconds
ROW = "tr:has(#exceptions-lm-1-2)"
GONE = "aside.preview [role=status]"
ENDED = "The preview has ended"

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a preview of the tests' council, which a test leaves as it likes."""
    with served(copy_council(tmp_path_factory.mktemp("preview") / "project")) as running:
        yield running


@pytest.fixture
def page(browser: Browser, running: Served, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the preview of the council, put back as it was; nothing in the page may go wrong."""
    copy_council(running.project.root)
    width, colours = getattr(request, "param", (WIDE, "light"))
    opened = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=colours)
    opened.set_default_timeout(WAIT)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.goto(running.address)
    expect_figure(opened, "78.0%")
    yield opened
    opened.close()
    assert faults == []


def save(running: Served, old: str, new: str, name: str = MAY) -> None:
    path = running.project.get_values_path(name)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def expect_figure(page: Page, figure: str) -> None:
    expect(page.locator(ROW)).to_contain_text(figure, timeout=WAIT)


def expect_problems(page: Page, *words: str) -> None:
    expect(page.locator("h1")).to_contain_text("to correct", timeout=WAIT)
    for each in words:
        expect(page.locator(".trouble").first).to_contain_text(each, timeout=WAIT)


def test_an_edit_is_shown_an_error_replaces_the_page_and_its_correction_brings_it_back(
    page: Page, running: Served
) -> None:
    save(running, ",78%,", ",82%,")
    expect_figure(page, "82.0%")
    save(running, ",82%,", ",8 2%,")
    expect_problems(page, f"data/{MAY}.csv, row 3, column C", "value '8 2%' is not a number", "write 83% or TBC")
    assert page.title() == "1 thing to correct"
    assert page.locator(".error mark").all_inner_texts() == ["8 2%"]
    assert page.locator(".error .excerpt tr").last.inner_text().split("\t")[:2] == ["3", "LM 1.2"]
    save(running, ",8 2%,", ",81%,")
    expect_figure(page, "81.0%")
    assert page.locator(".trouble.error").count() == 0


def test_a_deleted_file_and_a_renamed_folder_come_back(page: Page, running: Served) -> None:
    path = running.project.get_values_path(MAY)
    text = path.read_bytes()
    path.unlink()
    expect_problems(page, f"data/{MAY}.csv", "May 2018 has no data file")
    path.write_bytes(text)
    expect_figure(page, "78.0%")
    away = running.project.data.rename(running.project.root / "away")
    expect_problems(page, "has no data file")
    away.rename(running.project.data)
    expect_figure(page, "78.0%")
    save(running, ",78%,", ",80%,")
    expect_figure(page, "80.0%")


def test_the_whole_project_is_renamed_and_comes_back(page: Page, running: Served) -> None:
    root = running.project.root
    away = root.rename(root.with_name("elsewhere"))
    expect_problems(page, "indicators.yaml", "this file is missing")
    away.rename(root)
    expect_figure(page, "78.0%")
    save(running, ",78%,", ",79%,")
    expect_figure(page, "79.0%")


def test_a_half_written_file_is_shown_once_it_is_whole(page: Page, running: Served) -> None:
    path = running.project.get_values_path(MAY)
    text = path.read_bytes().replace(b",78%,", b",76%,")
    path.write_bytes(text[: text.index(b"LM 1.2") + 30] + b'"')
    path.write_bytes(text)
    expect_figure(page, "76.0%")


def test_indicators_templates_and_styles_are_watched_too(page: Page, running: Served) -> None:
    path = running.project.indicators_path
    name = "Timely reviews"
    path.write_text(path.read_text(encoding="utf-8").replace('alias: "Care plans: reviews"', f"alias: {name}"))
    expect(page.locator(".contents")).to_contain_text(name, timeout=WAIT)
    own = running.project.root / "templates"
    own.mkdir()
    shutil.copy(ROOT / "templates" / "cover.html", own)
    cover = own / "cover.html"
    cover.write_text(cover.read_text(encoding="utf-8").replace("Please note", "Mind this"), encoding="utf-8")
    expect(page.locator(".to-note")).to_contain_text("Mind this", timeout=WAIT)
    (own / "theme.css").write_text(":root { --accent: #ff0000; }", encoding="utf-8")
    expect(page.locator("h1 .month")).to_have_css("color", "rgb(255, 0, 0)", timeout=WAIT)
    cover.write_text("{% for %}", encoding="utf-8")
    expect_problems(page, "templates/cover.html, line 1", "this template does not work")
    shutil.rmtree(own)
    expect(page.locator(".to-note")).to_contain_text("Please note", timeout=WAIT)
    expect(page.locator("h1 .month")).to_have_css("color", "rgb(18, 67, 109)", timeout=WAIT)


def test_the_page_stays_where_the_reader_scrolled(page: Page, running: Served) -> None:
    page.locator("aside.preview summary").click()
    page.locator("#detail-lm-3-2").scroll_into_view_if_needed()
    top = page.evaluate("scrollY")
    place = page.evaluate("document.querySelector('#detail-lm-3-2').getBoundingClientRect().top")
    assert top > 2000
    page.evaluate("window.same = true")
    save(running, ",78%,", ",82%,")
    expect_figure(page, "82.0%")
    assert page.evaluate("window.same"), "the page was mended, not loaded"
    assert page.evaluate("document.querySelector('#detail-lm-3-2').getBoundingClientRect().top") == pytest.approx(
        place, 1
    )
    save(running, ",82%,", ",8 2%,")
    expect_problems(page)
    save(running, ",8 2%,", ",82%,")
    expect_figure(page, "82.0%")
    page.wait_for_function(f"Math.abs(scrollY - {top}) < 50")
    assert page.locator("aside.preview details").get_attribute("open") is not None


ALIKE = """async () => {
  const plain = (body) => {
    const found = body.cloneNode(true);
    for (const each of found.querySelectorAll(".filtered, [role=status]")) each.textContent = "";
    for (const name of ["hidden", "open", "tabindex"]) {
      for (const each of found.querySelectorAll(`[${name}]`)) each.removeAttribute(name);
    }
    return found;
  };
  const text = await (await fetch("/")).text();
  return plain(document.body).isEqualNode(plain(new DOMParser().parseFromString(text, "text/html").body));
}"""


def test_only_changed_parts_are_sent_and_the_page_equals_the_whole_one(page: Page, running: Served) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("window.same = [...document.querySelectorAll('article, .indicators tr')]")
    link = page.locator("tr:has(#exceptions-lm-2-1) a").first
    link.focus()
    for old, new, shown in (
        (",78%,", ",82%,", "82.0%"),
        (",82%,", ",96%,", "96.0%"),  # from red to green: out of one table and into another
        (",96%,,,Reviews are", ",81%,,,**Reviews** are", "81.0%"),
        (",green,,", ',green,,"More came in May, as it was warm."', "81.0%"),
        (',green,,"More came in May, as it was warm."', ",green,,", "81.0%"),
        ("Proxy 9.6,,,", "Proxy 9.6,amber,In doubt,", "81.0%"),  # a department more among the amber, before the others
    ):
        version = page.locator("script[data-version]").get_attribute("data-version")
        save(running, old, new)
        expect(page.locator("script[data-version]")).not_to_have_attribute("data-version", str(version), timeout=WAIT)
        expect_figure(page, shown)
        asked = [each for each in asked if each != f"{running.address}events"]
        assert asked == [], "what changed came with the news"
        assert page.evaluate(ALIKE), (old, new)
        asked.clear()
    gone = page.evaluate("window.same.filter((each) => !each.isConnected).map((each) => each.outerHTML)")
    ids = [re.findall(r'id="([\w-]+)"', each)[0] for each in gone]
    assert ids == ["exceptions-lm-1-2", "exceptions-lm-1-11", "exceptions-green-part-2", "detail-lm-1-2"]
    expect(link).to_be_focused()


def test_a_browser_that_missed_something_takes_the_whole_page(page: Page, running: Served) -> None:
    page.evaluate("document.querySelector('script[data-version]').dataset.version = 'older'")
    page.evaluate("window.same = true")
    save(running, ",78%,", ",82%,")
    expect_figure(page, "82.0%")
    page.evaluate("document.querySelector('#detail-lm-3-2').remove()")
    save(running, ",82%,", ",81%,")
    expect_figure(page, "81.0%")
    assert page.locator("#detail-lm-3-2").count() == 1
    assert page.evaluate(ALIKE)
    assert page.evaluate("window.same"), "the page was mended, not loaded"


def test_a_filter_stays_through_changes_of_the_report(page: Page, running: Served) -> None:
    page.get_by_label("Expected outcome").select_option("Red")
    said = page.locator("#filter [role=status]")
    expect(said).to_contain_text("4 of 12 indicators shown")
    page.evaluate("window.same = true")
    save(running, ",78%,", ",82%,")
    expect_figure(page, "82.0%")
    expect(page.locator(ROW)).to_be_visible()
    assert not page.locator("tr:has(#exceptions-lm-1-10)").is_visible()
    save(running, ",82%,", ",96%,")
    expect_figure(page, "96.0%")
    expect(page.locator(ROW)).to_be_hidden()
    expect(said).to_contain_text("3 of 12 indicators shown")
    assert page.evaluate("window.same"), "the page was mended, not loaded"
    save(running, ",96%,", ",8 2%,")
    expect_problems(page)
    save(running, ",8 2%,", ",82%,")
    expect_figure(page, "82.0%")
    expect(said).to_contain_text("4 of 12 indicators shown")


def test_the_contents_menu_works_after_a_change(browser: Browser, page: Page, running: Served) -> None:
    page.set_viewport_size({"width": NARROW, "height": 800})
    contents = page.locator("nav.contents details")
    expect(contents).not_to_have_attribute("open", "", timeout=WAIT)
    page.locator("nav.contents summary").click()
    save(running, ",78%,", ",82%,")
    expect_figure(page, "82.0%")
    expect(contents).to_have_attribute("open", "", timeout=WAIT)
    page.locator("nav.contents a[href='#corporate']").first.click()
    expect(contents).not_to_have_attribute("open", "", timeout=WAIT)
    assert browser.is_connected()


def test_warnings_are_in_a_closed_list_and_the_pdf_behind_a_link(page: Page, running: Served) -> None:
    bar = page.locator("aside.preview")
    assert bar.locator("summary").inner_text().endswith("1 warning")
    assert not bar.locator(".trouble").first.is_visible()
    assert bar.locator("a").get_attribute("href") == f"/mpr-{MAY}.pdf"
    answer = page.request.get(f"{running.address}mpr-{MAY}.pdf", timeout=WAIT)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF-")
    assert not (running.project.root / "out").exists()


@pytest.mark.parametrize("page", [(WIDE, "light"), (NARROW, "light"), (WIDE, "dark")], indirect=True)
def test_neither_the_report_nor_the_problems_have_a_barrier(page: Page, running: Served) -> None:
    page.locator("aside.preview summary").click()
    assert find_barriers(page) == []
    expect_no_scrolling(page)
    save(running, ",78%,", ",8 3%,")
    expect_problems(page)
    assert find_barriers(page) == []
    expect_no_scrolling(page)


def expect_no_scrolling(page: Page) -> None:
    wide, room = page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    assert wide <= room


def test_a_banner_says_that_the_preview_has_ended_and_goes_when_it_is_back(browser: Browser, tmp_path: Path) -> None:
    project = copy_council(tmp_path / "project")
    page = browser.new_page()
    with served(project) as first:
        page.goto(first.address)
        expect_figure(page, "78.0%")
        expect(page.locator(GONE)).to_be_empty()
        first.process.kill()
        first.process.wait(LONGEST)
    expect(page.locator(GONE)).to_contain_text(ENDED, timeout=WAIT)
    path = project.get_values_path(MAY)
    path.write_text(path.read_text(encoding="utf-8").replace(",78%,", ",75%,"), encoding="utf-8")
    with served(project, MAY) as second:
        if second.address == first.address:  # else another program has taken it, and the page waits for good
            expect_figure(page, "75.0%")
            expect(page.locator(GONE)).to_be_empty(timeout=WAIT)
    page.close()


def test_ctrl_c_ends_the_preview_with_a_message_and_code_0(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    with served(copy_council(tmp_path / "project")) as running:
        page.goto(running.address)
        expect_figure(page, "78.0%")
        interrupt(running.process)
        out, _ = running.process.communicate(timeout=LONGEST)
    assert (running.process.returncode, out) == (0, "the preview has ended\n")
    expect(page.locator(GONE)).to_contain_text(ENDED, timeout=WAIT)
    page.close()


def test_a_port_in_use_is_skipped(running: Served, tmp_path: Path) -> None:
    with served(copy_council(tmp_path / "project")) as other:
        assert other.address != running.address


def test_another_host_is_refused_and_events_are_streamed(running: Served) -> None:
    where = urlsplit(running.address)
    connection = HTTPConnection(str(where.hostname), where.port, timeout=LONGEST)
    connection.request("GET", "/", headers={"Host": "council.example"})
    assert connection.getresponse().status == 403
    connection.close()
    connection.request("GET", "/events")
    answer = connection.getresponse()
    lines = [answer.readline().decode().strip() for _ in range(3)]
    connection.close()
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert lines[0] == "retry: 500"
    assert lines[2].startswith("data: ")
    assert json.dumps(lines[2])
