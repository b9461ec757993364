"""The section that says what changed, as pages: sound as PDF/UA, without a barrier, its marks and words in place."""

import shutil
from dataclasses import replace
from pathlib import Path

import page as validation
import pypdfium2
import pytest
from lxml import html as lxml_html
from playwright.sync_api import Browser

from mpr.project import Project
from mpr.workflows.build import build_reports
from tests.chromium import NARROW, NEEDS_CHROMIUM, WIDE, Window, barriers, opened

ROOT = Path(__file__).parents[2]
MAY = "2018-05"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the real project with the section as its only one, built."""
    root = tmp_path_factory.mktemp("changes")
    shutil.copytree(ROOT / "data", root / "data")
    text = (ROOT / "indicators.yaml").read_text(encoding="utf-8")
    head, rest = text.split("sections:\n", 1)
    (root / "indicators.yaml").write_text(f"{head}sections:\n  changes:\n{rest[rest.index('# ---') :]}", "utf-8")
    april = root / "data" / "2018-04.csv"
    april.write_text(april.read_text(encoding="utf-8").replace("81.4%,,,", "81.4%,green,On leave,"), encoding="utf-8")
    build_reports(Project(root), (MAY,), ("html", "pdf"), lambda _: None)
    return Project(root)


def test_it_is_sound_as_pdf_ua_and_fits_two_pages(shown: Project) -> None:
    path = str(shown.get_report_path(MAY, "pdf"))
    result = validation.validate_pdf(path, profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in result.failures] == []
    assert result.is_compliant
    with pypdfium2.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    assert len(texts) == 4
    assert "What changed since last month" in texts[2]
    assert "14.3% to 12.6% worse" in texts[2]


def test_each_outcome_has_its_mark_and_word_then_and_now(shown: Project) -> None:
    document = lxml_html.fromstring(shown.get_report_path(MAY, "html").read_text(encoding="utf-8"))
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = {each[1:] for each in document.xpath("//main//a/@href") if each.startswith("#")}
    assert links
    assert links <= set(ids)
    row = document.xpath("//section[@id='changes-worsened']//tr[th[normalize-space()='CP 1.4']]")[0]
    cells = [" ".join(each.text_content().split()) for each in row.xpath("td")]
    assert cells == [
        *("Visits to Looked After Children", "81.4%", "95%", "Green † judged"),
        *("83.0%", "95%", "Red", "14.3% to 12.6% worse"),
    ]
    assert row.xpath(".//span[contains(@class, 'mark-')]/@class") == ["mark mark-green", "mark mark-red"]


@NEEDS_CHROMIUM
@pytest.mark.parametrize("window", [WIDE, NARROW, replace(WIDE, query="?outcome=red")])
def test_axe_finds_no_barrier_and_nothing_is_scrolled_sideways(
    shown: Project, browser: Browser, window: Window
) -> None:
    with open_page(browser, shown.get_report_path(MAY, "html"), window) as page:
        assert find_barriers(page) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= window.width


@NEEDS_CHROMIUM
def test_a_filter_leaves_rows_and_their_notes_and_no_sentence_on_others(shown: Project, browser: Browser) -> None:
    with open_page(
        browser, shown.get_report_path(MAY, "html"), replace(WIDE, query="?committee=People+Scrutiny")
    ) as page:
        titles = page.locator("main > .table h3:visible").all_inner_texts()
        assert titles[:1] == ["Worsened"]
        assert not [title for title in titles if title.startswith("New since")]
        noted = page.locator(".notes li:visible b").all_inner_texts()
        assert noted == ["† CP 1.4"] * 2, "in what worsened, and in the biggest moves"
        page.get_by_label("Scrutiny committee").select_option("Place Scrutiny")
        assert "Worsened" not in page.locator("main > .table h3:visible").all_inner_texts()
        assert page.locator(".notes li:visible").count() == 0
