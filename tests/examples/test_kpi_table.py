"""The second model document, a quarterly table of indicators that failed, held against what is made of it."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import page as validation
import pypdfium2
import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement
from playwright.sync_api import Browser

from mpr.project import Project
from mpr.workflows.build import FORMATS, build_reports
from tests.chromium import DARK, NARROW, NEEDS_CHROMIUM, WIDE, ZOOMED, Window, find_barriers, open_page

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "kpi-table-2016-17-q2"
PERIOD = "2016-17-Q2"
SEED = ROOT.parent / "shared" / "seeds" / "000_0456a3e1739ffc3b.txt"
COPY = Path(__file__).parent / "kpi-table.tsv"  # the same words, for machines that do not have the model document
MONITORED = "Unemployment rate"
MEASURED = {
    "Self-Directed Support - % adult social care users in receipt of SDS": ("74.19%", "799 of 1,077", "80%"),
    "% older people still at home 91 days after discharge": ("89.4%", "135 of 151", "90.9%"),
    "% adults who smoke": ("21.3%", "", "19.9%"),
}
HOLDERS = {
    "Cllr M Coxshall": 1, "Cllr J Halden": 4, "Cllr S Hebb": 4, "Cllr B Little": 1, "Cllr S Little": 3,
    "Cllr S Macpherson": 1, "Cllr D Stewart": 2, "Cllr P Tolson": 2,
}  # fmt: skip


def fold(words: str) -> str:
    """Drop what the page sets in its own way: case, white space, signs, and hyphens that a line's end may change."""
    return re.sub(r"[^a-z0-9%£]+", "", words.lower())


@dataclass(frozen=True)
class Kpi:
    """A row of the model document; the name is the title without what stands in brackets."""

    title: str
    holder: str
    outcome: str
    comment: str

    @property
    def name(self) -> str:
        return re.sub(r"\s*\((?!in days|NNDR)[^)]*\)", "", self.title)

    @property
    def qualifiers(self) -> list[str]:
        """What stands in brackets: `in arrears`, `3 year average`."""
        return re.findall(r"\((?!in days|NNDR)([^)]*)\)", self.title)


def _model() -> list[Kpi]:
    lines = COPY.read_text(encoding="utf-8").splitlines()[1:]
    return [Kpi(*(cell.strip() for cell in line.split("\t"))) for line in lines]


MODEL = _model()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a copy of the example with its report in it."""
    root = tmp_path_factory.mktemp("kpi")
    shutil.copy(EXAMPLE / "indicators.yaml", root)
    shutil.copytree(EXAMPLE / "data", root / "data")
    project = Project(root)
    built = build_reports(project, (PERIOD,), FORMATS, lambda _: None)
    assert built.warnings == ()
    assert {count.rating.word: count.number for count in built.reports[0].counts} == {"Failed": 17, "Data only": 1}
    return project


@pytest.fixture(scope="module")
def document(made: Project) -> HtmlElement:
    return lxml_html.document_fromstring(made.get_report_path(PERIOD, "html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def printed(made: Project) -> str:
    """Return the PDF's text, folded, without running heads and feet."""
    opened = pypdfium2.PdfDocument(made.get_report_path(PERIOD, "pdf"))
    try:
        pages = [page.get_textpage().get_text_range() for page in opened]
    finally:
        opened.close()
    furniture = r"(?m)^(Thurrock Council · .*|Version 1\.0.*|.*Page \d+ of \d+.*|Indicators that failed\s*$)"
    return fold(" ".join(re.sub(furniture, "", page) for page in pages))


def _rows(document: HtmlElement, section: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row of a section by the name that heads it."""
    for row in document.xpath(f"//section[@id='{section}']//tr[th[@scope='row']]"):
        cells = {cell.get("class"): " ".join(cell.text_content().split()) for cell in row.iterchildren()}
        yield cells["name"], cells


def test_the_model_is_the_one_that_was_given() -> None:
    assert len(MODEL) == 18
    assert {each.outcome for each in MODEL} == {"Failed"}
    if SEED.exists():
        seed = SEED.read_text(encoding="utf-8").splitlines()
        assert [line.rstrip() for line in COPY.read_text(encoding="utf-8").splitlines()] == [
            line.rstrip() for line in seed
        ]


def test_every_row_is_there_in_its_order_with_all_it_says(document: HtmlElement) -> None:
    rows = list(_rows(document, "failed"))
    assert len(rows) == len(MODEL)
    for kpi, (name, cells) in zip(MODEL, rows, strict=True):
        assert fold(name).startswith(fold(kpi.name))
        for qualifier in kpi.qualifiers:
            assert fold(qualifier.replace("data from", "Source")) in fold(name), kpi.title
        assert cells["owner"] == kpi.holder.replace("Clir", "Cllr")
        assert cells["rating"] == ("Data only" if kpi.name == MONITORED else kpi.outcome)
        assert fold(cells["comment"]) == fold(kpi.comment)


def test_the_same_facts_are_in_the_pdf(printed: str) -> None:
    for kpi in MODEL:
        for words in (kpi.name, kpi.holder.replace("Clir", "Cllr"), *kpi.qualifiers):
            assert fold(words.replace("data from ", "Source ")) in printed, words
        for sentence in re.split(r"(?<=[.!?]) ", kpi.comment):
            assert fold(sentence) in printed, sentence
    assert printed.count("failed") >= 17


def test_the_monitored_indicator_is_data_only_and_the_cover_says_why(document: HtmlElement) -> None:
    assert dict(_rows(document, "failed"))[next(name for name, _ in _rows(document, "failed"))]["rating"] == "Data only"
    assert "listed it as Failed" in document.xpath("string(//header[@class='cover'])")


def test_portfolio_holders_have_one_spelling_and_their_indicators(document: HtmlElement) -> None:
    found = {}
    for body in document.xpath("//section[@id='holders']//tbody"):
        head = body.xpath("string(tr[@class='group'])").strip()
        found[head] = len(body.xpath("tr[th[@scope='row']]"))
    assert found == HOLDERS
    assert sum(found.values()) == len(MODEL)
    assert "Clir" not in document.text_content()


def test_items_in_focus_are_gathered_and_referred_to(document: HtmlElement) -> None:
    expected = [fold(each.name) for each in MODEL if "IN FOCUS" in each.comment]
    assert len(expected) == 3
    gathered = [fold(name) for name, _ in _rows(document, "in_focus")]
    assert len(gathered) == 3
    assert all(name.startswith(begins) for name, begins in zip(gathered, expected, strict=True))
    links = document.xpath("//section[@id='failed']//a[@class='refer']")
    assert [link.get("href").removeprefix("#") for link in links] == document.xpath(
        "//section[@id='in_focus']//th[@scope='row']/@id"
    )


@pytest.mark.parametrize("name", MEASURED)
def test_figures_stand_where_the_text_gives_them(document: HtmlElement, printed: str, name: str) -> None:
    value, of, target = MEASURED[name]
    [block] = [each for each in document.xpath("//article") if each.xpath("string(.//h4)").strip() == name]
    words = " ".join(block.text_content().split())
    assert f"{value} is " in words
    assert f"the target of {target}" in words
    assert of in words
    assert "Failed" in block.xpath("string(.//p[@class='outcome'])")
    assert fold(f"{value} is") in printed
    if of:
        assert fold(of) in printed


def test_nothing_is_invented(document: HtmlElement) -> None:
    assert len(document.xpath("//article")) == len(MEASURED)
    assert not document.xpath("//section[@id='failed']//*[@class='value']")


def test_the_pdf_is_sound(made: Project) -> None:
    result = validation.validate_pdf(str(made.get_report_path(PERIOD, "pdf")), profile="ua1")
    assert [failure.rule_id for failure in result.failures] == []
    assert result.is_compliant


@NEEDS_CHROMIUM
@pytest.mark.parametrize("window", [WIDE, NARROW, ZOOMED, DARK])
def test_axe_finds_no_barrier(browser: Browser, made: Project, window: Window) -> None:
    with open_page(browser, made.get_report_path(PERIOD, "html"), window) as page:
        assert find_barriers(page) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= window.width


@NEEDS_CHROMIUM
def test_it_is_filtered_by_the_outcomes_that_it_has_and_by_nothing_else(browser: Browser, made: Project) -> None:
    with open_page(browser, made.get_report_path(PERIOD, "html"), replace(WIDE, query="?outcome=data-only")) as page:
        assert page.locator(".filter label").all_inner_texts() == ["Expected outcome\nAll\nFailed\nData only"]
        said = "Filtered by Data only: 1 of 18 indicators shown. Counts are those of the whole report."
        assert page.locator(".filter [role=status]").inner_text() == said
        names = page.locator("th[scope=row].name:visible").all_inner_texts()
        assert {name.split("\n")[0] for name in names} == {MONITORED}
        assert page.locator("article:visible").count() == 0
