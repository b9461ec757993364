"""The printed report: every figure on its page, no row cut, no heading left alone, and valid as PDF/UA."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import page as validation
import pikepdf
import pypdfium2
import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement

from mpr.project import Project
from mpr.report.model.report import Report
from tests.views import get_blocks, get_rows, get_section

MAY = "2018-05"
A4_LANDSCAPE = (842, 595)
MIN_WORDS, MIN_WORDS_OF_THE_LAST_PAGE = 25, 10
MARGIN, HEADING = 42.0, 8.0
SECTIONS = ("Key", "Section 1", "Section 2", "Section 3", "Section 4")
TABLES = {"Section 1": "exceptions", "Section 2": "corporate"}
AIMS = ("Caring", "Lively", "Open")


def fold(words: str) -> str:
    """Drop what a line break may change: white space, and hyphens and dashes."""
    return re.sub(r"[\s\u00a0\u00ad\u2010-\u2015\ufffe-]+", "", words)


@dataclass(frozen=True)
class Page:
    """A page's text as printed and folded; the height of every folded letter, and which of them begin a line."""

    number: int
    size: tuple[float, float]
    text: str
    folded: str
    bottoms: tuple[float, ...]
    starts: frozenset[int]

    def holds(self, words: str) -> bool:
        """Say whether these words are on the page one after the other."""
        return fold(words) in self.folded

    @property
    def words(self) -> list[str]:
        """The words between the running head and the running foot."""
        heads = (r"Larkmere Borough Council · .*", r"Version 1\.0 Page \d+ of \d+")
        return re.sub("|".join(heads), "", self.text).split()


def _read_pages(path: Path) -> Iterator[Page]:
    document = pypdfium2.PdfDocument(path)
    try:
        for number, page in enumerate(document, 1):
            shown = page.get_textpage()
            text = shown.get_text_range()
            letters, bottoms, starts = [], [], {0}
            for at in range(shown.count_chars()):
                letter = shown.get_text_range(at, 1)
                if fold(letter):
                    letters.append(fold(letter))
                    bottoms.append(shown.get_charbox(at)[1])
                elif letter in "\r\n":
                    starts.add(len(letters))
            yield Page(number, page.get_size(), text, "".join(letters), tuple(bottoms), frozenset(starts))
    finally:
        document.close()


@pytest.fixture(scope="module")
def pages(built_council: Project) -> tuple[Page, ...]:
    return tuple(_read_pages(built_council.get_report_path(MAY, "pdf")))


@pytest.fixture(scope="module")
def document(built_council: Project) -> HtmlElement:
    return lxml_html.document_fromstring(built_council.get_report_path(MAY, "html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def bookmarks(built_council: Project) -> list[tuple[int, str, int]]:
    """Return level, title and page of every bookmark."""
    document = pypdfium2.PdfDocument(built_council.get_report_path(MAY, "pdf"))
    try:
        entries = []
        for entry in document.get_toc():
            place = entry.get_dest()
            title = " ".join(entry.get_title().split())
            entries.append((entry.level, title, place.get_index() + 1 if place else 0))
        return entries
    finally:
        document.close()


@pytest.fixture(scope="module")
def sections(bookmarks: list[tuple[int, str, int]], pages: tuple[Page, ...]) -> dict[str, tuple[Page, ...]]:
    """Return the pages of every section, found by its bookmark."""
    starts = {name: next(page for _, title, page in bookmarks if title.startswith(name)) for name in SECTIONS}
    ends = [*list(starts.values())[1:], len(pages) + 1]
    return {name: pages[start - 1 : end - 1] for (name, start), end in zip(starts.items(), ends, strict=True)}


@pytest.fixture(scope="module")
def pdf(built_council: Project) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(built_council.get_report_path(MAY, "pdf")) as opened:
        yield opened


def _get_text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _find_rows(document: HtmlElement, section: str) -> dict[str, HtmlElement]:
    rows = document.xpath(f"//section[@id='{section}']//tr[th[@scope='row']]")
    return {_get_text(row.find("th")): row for row in rows}


def test_rows_are_whole_on_one_page(document: HtmlElement, sections: dict[str, tuple[Page, ...]]) -> None:
    """All cells of a row are on the page on which the row begins, so no page break cuts it."""
    for name, section in TABLES.items():
        rows = _find_rows(document, section)
        assert rows
        for code, row in rows.items():
            begins = [page.number for page in sections[name] if page.holds(f"{code}{_get_text(row[1])[:12]}")]
            whole = [page.number for page in sections[name] if page.holds(_get_text(row))]
            assert len(whole) == 1, f"{code} in {name} is whole on {whole}, begins on {begins}"
            assert begins == whole


def test_figures_of_the_tables_are_printed(council_report: Report, sections: dict[str, tuple[Page, ...]]) -> None:
    for name, section in TABLES.items():
        rows = get_rows(council_report, section).values()
        assert rows
        for row in rows:
            value = f"{row.value.text} {row.value.mark} {row.value.of}"
            line = f"{row.polarity} {row.latest} {value} {row.target.text} {row.annual.text} {row.rating.word}"
            assert [page for page in sections[name] if page.holds(row.code) and page.holds(line)], (row.code, line)


def test_block_of_the_detail_is_on_one_page_with_its_figures(
    council_report: Report, sections: dict[str, tuple[Page, ...]]
) -> None:
    blocks = get_blocks(council_report).values()
    values = 0
    for block in blocks:
        pages = [page for page in sections["Section 3"] if page.holds(f"{block.code} {block.name}")]
        assert len(pages) == 1, block.code
        for line in block.history.rows if block.history else ():
            words = line.label
            for cell in line.cells:
                words += f" {cell.value.text} {cell.target.text} {cell.rating.word if cell.rating else ''}"
            assert pages[0].holds(words), f"{block.code} lacks {words}"
            values += sum(any(letter.isdigit() for letter in cell.value.text) for cell in line.cells)
        for sentence in block.rule:
            assert pages[0].holds(sentence), block.code
        for chart in (block.bullet, block.trend):
            assert not chart or pages[0].holds(chart.title), block.code
        assert not block.trend or pages[0].holds(block.trend.latest_label)
        assert not block.bullet or all(pages[0].holds(tick.label) for tick in block.bullet.thresholds)
    assert values > 0


def test_comment_of_a_block_is_whole_on_one_page(
    council_report: Report, document: HtmlElement, pages: tuple[Page, ...]
) -> None:
    blocks = [block for block in get_blocks(council_report).values() if block.comment]
    assert blocks
    for block in blocks:
        comment = document.get_element_by_id(block.anchor).xpath(".//*[contains(@class, 'commentary')]")[0]
        paragraphs = [fold(_get_text(paragraph)) for paragraph in comment.iter("p", "li")]
        assert paragraphs
        own_page = next(
            page for page in pages if page.holds(f"{block.code} {block.name}") and page.holds("How it is rated")
        )
        assert all(paragraph in own_page.folded for paragraph in paragraphs), block.code


def test_counts_are_printed_on_the_cover_and_in_section_2(
    council_report: Report, pages: tuple[Page, ...], sections: dict[str, tuple[Page, ...]]
) -> None:
    for page in (pages[0], sections["Section 2"][0]):
        for count in council_report.cover.counts:
            assert page.holds(f"{count.number} {count.rating.word}:"), page.number


def test_outcome_that_an_officer_set_is_printed_with_its_reason(
    council_report: Report, sections: dict[str, tuple[Page, ...]]
) -> None:
    groups = {name: get_section(council_report, key).groups for name, key in TABLES.items()}
    notes = [(name, note) for name, inside in groups.items() for group in inside for note in group.notes]
    assert notes
    for name, note in notes:
        assert [page for page in sections[name] if page.holds(f"{note.code} {note.text}")], note.code


def test_headings_are_repeated_where_a_table_goes_on(
    document: HtmlElement, sections: dict[str, tuple[Page, ...]]
) -> None:
    continued = 0
    for name, section in TABLES.items():
        for page in sections[name]:
            tables = []
            for table in document.xpath(f"//section[@id='{section}']//table"):
                rows = table.xpath("./tbody/tr[th[@scope='row']]")
                on_page = [page.holds(_get_text(row)) for row in rows]
                if any(on_page):
                    tables.append(fold(_get_text(table.find("thead"))))
                    continued += not on_page[0]
            assert tables, f"page {page.number} has no row"
            assert page.folded.count(tables[0]) == len(tables), f"page {page.number}"
    assert continued, "no table goes on over a page"


def test_no_heading_is_the_last_thing_on_a_page(document: HtmlElement, sections: dict[str, tuple[Page, ...]]) -> None:
    kinds = ".//*[self::h2 or self::h3 or self::h4 or self::h5] | .//tr[th[@scope='rowgroup']]"
    checked = 0
    for section, inside in zip(document.xpath("//main/section"), sections.values(), strict=True):
        headings = {fold(_get_text(heading)) for heading in section.xpath(kinds)}
        assert headings
        for heading in headings:
            ends = [
                (page, page.bottoms[match.end() - 1])
                for page in inside
                for match in re.finditer(re.escape(heading), page.folded)
                if match.start() in page.starts
            ]
            assert ends, f"{heading} is not printed"
            checked += len(ends)
            for page, end in ends:
                body = [bottom for bottom in page.bottoms if MARGIN < bottom < end - HEADING]
                assert body, f"{heading} is the last thing on page {page.number}"
    assert checked > 0


def test_pages_are_a4_landscape(pages: tuple[Page, ...]) -> None:
    assert {tuple(round(side) for side in page.size) for page in pages} == {A4_LANDSCAPE}


def test_all_pages_but_the_cover_have_a_page_number_and_the_version(pages: tuple[Page, ...]) -> None:
    assert len(pages) > len(SECTIONS)
    for page in pages[1:]:
        assert f"Page {page.number} of {len(pages)}" in page.text
        assert "Version 1.0" in page.text
        assert "Monthly Scorecard May 2018" in page.text
    assert "Page 1 of" not in pages[0].text
    assert "Version 1.0" in pages[0].text


def test_no_page_is_nearly_empty(pages: tuple[Page, ...], sections: dict[str, tuple[Page, ...]]) -> None:
    last = {page.number for page in sections["Section 4"]}
    words = {page.number: len(page.words) for page in pages}
    few = {number: count for number, count in words.items() if count < MIN_WORDS and number not in last}
    assert not few
    assert len(last) == 1
    assert all(words[number] >= MIN_WORDS_OF_THE_LAST_PAGE for number in last)


def test_no_section_ends_on_a_page_with_a_row_or_two(
    document: HtmlElement, sections: dict[str, tuple[Page, ...]]
) -> None:
    """A last page that is all but empty is what a better break would avoid."""
    for name, section in TABLES.items():
        final = sections[name][-1]
        body = [bottom for bottom in final.bottoms if MARGIN < bottom < final.size[1] - 55]
        used = (max(body) - min(body)) / final.size[1]
        rows = [code for code, row in _find_rows(document, section).items() if final.holds(_get_text(row))]
        assert used > 1 / 3, f"{name} ends with {rows} on page {final.number}, which is used to {used:.0%}"


def test_contents_have_the_right_page_numbers(
    council_report: Report, pages: tuple[Page, ...], sections: dict[str, tuple[Page, ...]]
) -> None:
    assert [entry.label for entry in council_report.cover.contents] == list(sections)
    for entry in council_report.cover.contents:
        number = sections[entry.label][0].number
        assert re.search(rf"{re.escape(fold(entry.title))}\D*{number}(?!\d)", pages[0].folded), (entry.title, number)


def test_bookmarks_lead_to_sections_aims_and_blocks(
    council_report: Report, bookmarks: list[tuple[int, str, int]], sections: dict[str, tuple[Page, ...]]
) -> None:
    for section in ("exceptions", "corporate", "detail", "partnership"):
        heading = get_section(council_report, section).heading
        assert [title for _, title, _ in bookmarks].count(f"{heading.label} {heading.title}") == 1
    aims = [(title.removeprefix("Aim "), page) for _, title, page in bookmarks if title.startswith("Aim ")]
    assert tuple(name for name, _ in aims) == AIMS + AIMS, "in Section 2 and in Section 3"
    numbers = {name: {page.number for page in inside} for name, inside in sections.items()}
    assert {page for _, page in aims[:3]} <= numbers["Section 2"]
    assert {page for _, page in aims[3:]} <= numbers["Section 3"]
    blocks = get_blocks(council_report).values()
    for block in blocks:
        targets = [page for _, title, page in bookmarks if title.startswith(f"{block.code} ")]
        assert len(targets) == 1, block.code
        assert targets[0] in numbers["Section 3"]


def test_bookmarks_are_in_reading_order_and_nested(bookmarks: list[tuple[int, str, int]]) -> None:
    places = [page for _, _, page in bookmarks]
    assert 0 not in places
    assert places == sorted(places)
    levels = {title: level for level, title, _ in bookmarks}
    section = next(level for title, level in levels.items() if title.startswith("Section 3"))
    aim = next(level for title, level in levels.items() if title.startswith("Aim "))
    block = next(level for title, level in levels.items() if title.startswith("LM 1.9"))
    assert section < aim < block


def test_pdf_has_title_language_and_tags(pdf: pikepdf.Pdf) -> None:
    title = str(pdf.docinfo["/Title"])
    assert "Monthly Scorecard" in title
    assert "May 2018" in title
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked) is True
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) is True
    assert "/StructTreeRoot" in pdf.Root
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == title


def test_dates_of_the_pdf_are_those_of_the_edition(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20180619")
    assert str(pdf.docinfo["/ModDate"]).startswith("D:20180619")


def test_fonts_are_bundled_and_embedded(pdf: pikepdf.Pdf) -> None:
    dictionaries = [value for value in pdf.objects if isinstance(value, pikepdf.Dictionary)]
    fonts = [value for value in dictionaries if value.get("/Type") == "/FontDescriptor"]
    assert fonts
    assert all("MPR" in str(font.FontName) for font in fonts), {str(font.FontName) for font in fonts}
    assert all(any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3")) for font in fonts)


def test_pdf_has_no_attachment_no_script_and_only_links_of_officers(pdf: pikepdf.Pdf) -> None:
    assert not pdf.attachments
    assert "/OpenAction" not in pdf.Root
    assert "/JavaScript" not in pdf.Root.get("/Names", pikepdf.Dictionary())
    uris = [str(link.A.URI) for page in pdf.pages for link in page.get("/Annots", []) if "/URI" in link.get("/A", {})]
    assert {uri for uri in uris if not uri.startswith("mailto:")} == {"https://www.larkmere.example/bins"}


def test_pdf_is_valid_as_pdf_ua(built_council: Project) -> None:
    result = validation.validate_pdf(str(built_council.get_report_path(MAY, "pdf")), profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in result.failures] == []
    assert result.is_compliant
    assert result.rules.total > 50, "the validator has to have looked"


def test_build_in_another_process_gives_the_same_bytes(built_council: Project, council: Project) -> None:
    environment = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8"}
    command = ["from mpr.cli.main import main; main()", "--project", str(council.root), "build", "2018-05"]
    subprocess.run([sys.executable, "-c", *command], env=environment, capture_output=True, check=True)  # noqa: S603 - ours
    for ending in ("html", "pdf"):
        one, other = (project.get_report_path(MAY, ending).read_bytes() for project in (built_council, council))
        assert one
        assert one == other, f"{ending}; for the PDF libharfbuzz-subset0 must be there"
