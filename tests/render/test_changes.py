"""The section of changes, as pages: valid as PDF/UA, without barriers, with the mark and word of every outcome."""

import shutil
from dataclasses import replace

import page as validation
import pypdfium2
import pytest
from lxml import html as lxml_html
from playwright.sync_api import Browser

from mpr.project import Project
from mpr.workflows.build import build_reports
from tests.cells import set_cells
from tests.chromium import NARROW, NEEDS_CHROMIUM, WIDE, Window, find_barriers, open_page
from tests.conftest import COUNCIL, MAY


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the small council's project with the section of changes as its only one, built."""
    project = Project(tmp_path_factory.mktemp("changes"))
    shutil.copytree(COUNCIL / "data", project.data)
    head, rest = (COUNCIL / "indicators.yaml").read_text(encoding="utf-8").split("\nsections:\n")
    _, tail = rest.split("\nrating:\n")
    text = f"{head}\nsections:\n  changes:\nrating:\n{tail}"
    project.indicators_path.write_text(text, encoding="utf-8")
    set_cells(project.get_values_path("2018-04"), "LM 1.2", outcome="green", reason="On leave")
    build_reports(project, (MAY,), ("html", "pdf"), lambda _: None)
    return project


def test_pdf_is_valid_as_pdf_ua_and_has_the_section(project: Project) -> None:
    path = str(project.get_report_path(MAY, "pdf"))
    result = validation.validate_pdf(path, profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in result.failures] == []
    assert result.is_compliant
    with pypdfium2.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    text = "".join(texts[2:])  # after the cover and the key
    assert "What changed since last month" in text
    assert "4.3% to 13.3% worse" in text


def test_outcomes_of_both_months_have_their_marks_and_words(project: Project) -> None:
    document = lxml_html.fromstring(project.get_report_path(MAY, "html").read_text(encoding="utf-8"))
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = {link[1:] for link in document.xpath("//main//a/@href") if link.startswith("#")}
    assert links
    assert links <= set(ids)
    row = document.xpath("//section[@id='changes-worsened']//tr[th[normalize-space()='LM 1.2']]")[0]
    cells = [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
    assert cells == [
        *("Care plans: reviews", "86.1%", "90%", "Green † judged"),
        *("78.0%", "90%", "Red", "4.3% to 13.3% worse"),
    ]
    assert row.xpath(".//span[contains(@class, 'mark-')]/@class") == ["mark mark-green", "mark mark-red"]


@NEEDS_CHROMIUM
@pytest.mark.parametrize("window", [WIDE, NARROW, replace(WIDE, query="?outcome=red")])
def test_axe_finds_no_barrier_and_the_page_fits_the_window(project: Project, browser: Browser, window: Window) -> None:
    with open_page(browser, project.get_report_path(MAY, "html"), window) as page:
        assert find_barriers(page) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= window.width


@NEEDS_CHROMIUM
def test_filter_leaves_matching_rows_with_their_notes(project: Project, browser: Browser) -> None:
    with open_page(
        browser, project.get_report_path(MAY, "html"), replace(WIDE, query="?committee=Families+Committee")
    ) as page:
        titles = page.locator("main > .table h3:visible").all_inner_texts()
        assert titles[:1] == ["Worsened"]
        assert not [title for title in titles if title.startswith("New since")]
        noted = page.locator(".notes li:visible b").all_inner_texts()
        assert noted == ["† LM 1.2"] * 2, "among the worsened, and among the biggest moves"
        page.get_by_label("Scrutiny committee").select_option("Places Committee")
        assert "Worsened" not in page.locator("main > .table h3:visible").all_inner_texts()
        assert page.locator(".notes li:visible").count() == 0
