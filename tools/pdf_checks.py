"""The deep checks of a report's PDF: they compare what a screen reader reads with the report's HTML page.

A check is a function that takes a report and yields its faults. What it expects comes from the HTML page of the same
report, never from how the PDF was made.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import Any

import page as validation
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import html as lxml_html
from lxml.html import HtmlElement

from tools.tagged import PdfObject, TaggedPdf, TagNode, remove_spaces

ALLOWED_KIDS = {
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOCI"},
    "TOCI": {"Lbl", "Reference", "P", "TOC"},
    "Reference": {"Link"},
}  # the only tags that these may hold
INLINE_ELEMENTS = {"a", "abbr", "b", "em", "i", "span", "strong"}  # within a line of words; all others are apart
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

# How the printed page differs from the page for the screen (templates/print.css)
UNPRINTED = (
    "//*[@class='skip' or @class='unseen' or @class='data' or @hidden]"
    " | //caption | //nav//ol//ol | //script | //style | //svg/*"
)
NUMBERED_LINKS = "//nav//a | //*[@class='overview']//*[@class='blocks']//a"  # followed by the number of their page
BULLETS = {
    "//*[@class='priorities']/li": "–",
    "//*[@class='commentary']//ul/li": "•",
    "//*[@class='commentary']//ol/li": "{}.",
}  # printed before an item
PRINT_FLAG = 4  # the flag of an annotation
MAXIMUM_OVERHANG = 1.0  # points that a figure may overlap its box
MINIMUM_WIDTH, MINIMUM_HEIGHT = 0.8, 0.5  # the shares of its box that a figure fills; a sparkline has wide margins


@dataclass(frozen=True)
class CheckedReport:
    """A report to check: its PDF and its HTML page."""

    tagged: TaggedPdf
    html_page: HtmlElement

    @property
    def pdf(self) -> pikepdf.Pdf:
        """The PDF."""
        return self.tagged.pdf

    @cached_property
    def destinations(self) -> dict[str, int]:
        """The page number, counted from 1, of each named destination."""
        names = pikepdf.NameTree(self.pdf.Root.Names.Dests)
        return {name: self.tagged.pages[target[0].objgen] + 1 for name, target in names.items()}

    @cached_property
    def printed_body(self) -> HtmlElement:
        """The body of the page as it is printed, with page numbers and bullets."""
        body = deepcopy(self.html_page.find("body"))
        for element in body.xpath(UNPRINTED):
            element.drop_tree()
        for link in body.xpath(NUMBERED_LINKS):
            link.append(lxml_html.fragment_fromstring(f"<i> {self.destinations[link.get('href')[1:]]}</i>"))
        for items, bullet in BULLETS.items():
            for item in body.xpath(items):
                number = int(item.getparent().get("start", "1")) + item.getparent().index(item)
                item.set("data-bullet", bullet.format(number))
                item.text = f"{item.get('data-bullet')} {item.text or ''}"
        return body


def open_report(path: Path) -> CheckedReport:
    """Open a PDF and the HTML page beside it."""
    html_page = lxml_html.document_fromstring(path.with_suffix(".html").read_text(encoding="utf-8"))
    return CheckedReport(TaggedPdf(path, pikepdf.open(path)), html_page)


def extract_text(element: HtmlElement) -> str:
    """Return the words of an element, with a space between different blocks."""
    return " ".join("".join(_iter_text(element)).split())


def _iter_text(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        separator = "" if child.tag in INLINE_ELEMENTS else " "
        yield from (separator, *_iter_text(child), separator, child.tail or "")


def _compare(kind: str, actual: list[Any], expected: list[Any]) -> Iterator[str]:
    for actual_item, expected_item in zip_longest(actual, expected):
        if actual_item != expected_item:
            yield f"{kind}: {actual_item} where the page has {expected_item}"


def check_conformance(report: CheckedReport) -> Iterator[str]:
    """It is PDF/UA-1 by the rules that software can check."""
    result = validation.validate_pdf(str(report.tagged.path), profile="ua1")
    yield from (f"{failure.rule_id}: {failure.message}" for failure in result.failures)
    if not result.is_compliant:
        yield "not PDF/UA-1"


def check_document(report: CheckedReport) -> Iterator[str]:
    """It declares its title, its language and that it is tagged, and embeds its fonts."""
    pdf, title = report.pdf, report.html_page.findtext(".//title")
    with pdf.open_metadata() as metadata:
        facts = {
            "title": (str(pdf.docinfo["/Title"]), title),
            "title in the metadata": (metadata.get("dc:title"), title),
            "title shown": (bool(pdf.Root.ViewerPreferences.DisplayDocTitle), True),
            "language": (str(pdf.Root.Lang), report.html_page.get("lang")),
            "tagged": (bool(pdf.Root.get("/MarkInfo", {}).get("/Marked")), True),
            "PDF/UA": (metadata.get("pdfuaid:part"), "1"),
        }
    yield from (
        f"{name} is {actual} where it should be {expected}"
        for name, (actual, expected) in facts.items()
        if actual != expected
    )
    fonts = [
        pdf_object
        for pdf_object in pdf.objects
        if isinstance(pdf_object, pikepdf.Dictionary) and pdf_object.get("/Type") == "/FontDescriptor"
    ]
    if not fonts:
        yield "no fonts"
    yield from (
        f"font {font.FontName} is not in it"
        for font in fonts
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys())
    )


def check_content(report: CheckedReport) -> Iterator[str]:
    """Each painted content is in the tree once or is an artifact, and the parent tree leads back to its tag."""
    mark_counts: Counter[tuple[int, int]] = Counter()
    parents = pikepdf.NumberTree(report.pdf.Root.StructTreeRoot.ParentTree)
    for tag in report.tagged.root.self_and_descendants:
        for kid in tag.kids:
            if isinstance(kid, tuple):
                mark_counts[kid] += 1
                owner = parents[int(report.pdf.pages[kid[0]].StructParents)][kid[1]]
                if owner.objgen != tag.data.objgen:
                    yield f"page {kid[0] + 1}: mark {kid[1]} leads back to another tag than {tag.role}"
            elif isinstance(kid, TagNode) and kid.data.P.objgen != tag.data.objgen:
                yield f"{kid.role} names another parent than {tag.role}"
    painted_marks = {(content.page, content.mark) for content in report.tagged.painted if content.mark is not None}
    yield from (
        f"page {page + 1}: mark {mark} is in the tree {count} times"
        for (page, mark), count in mark_counts.items()
        if count > 1
    )
    yield from (
        f"page {page + 1}: mark {mark} is not in the tree" for page, mark in sorted(painted_marks - set(mark_counts))
    )
    yield from (
        f"page {page + 1}: mark {mark} is not on the page" for page, mark in sorted(set(mark_counts) - painted_marks)
    )
    unmarked = [
        content for content in report.tagged.painted if content.mark is None and not content.artifact and content.text
    ]
    yield from (f"page {content.page + 1}: neither read nor an artifact: {content.text}" for content in unmarked)


def check_artifacts(report: CheckedReport) -> Iterator[str]:
    """The only words that are not read are running heads and feet, and repeated heads and group names of tables."""
    repeating = report.printed_body.xpath("//thead | //tr[@class='group']")
    heads = sorted({remove_spaces(head.text_content()) for head in repeating}, key=len, reverse=True)
    for number, texts in enumerate(report.tagged.artifacts):
        running, repeated = (texts.pop("Header", ""), texts.pop("Footer", "")), texts.pop("Pagination", "")
        if running not in _list_running_texts(report, number):
            yield f"page {number + 1}: this is not a running head and foot: {' '.join(running)}"
        for head in heads:
            repeated = repeated.replace(head, "")
        yield from (f"page {number + 1}: not read: {text}" for text in (repeated, *texts.values()) if text)


def _list_running_texts(report: CheckedReport, number: int) -> set[tuple[str, str]]:
    """Return the heads and feet that a page may have: title, section and version; none on the cover."""
    if number == 0:
        return {("", "")}
    parts = ("*[@class='organisation']", "h1", "*[@class='version']")
    organisation, title, version = (remove_spaces(report.html_page.find(f".//{part}").text_content()) for part in parts)
    sections = [
        remove_spaces(title.text_content()) for title in report.html_page.xpath("//main/section//h2/*[@class='title']")
    ]
    foot = f"{version}Page{number + 1}of{len(report.pdf.pages)}"
    return {(f"{organisation}·{title}{section}", foot) for section in sections}


def check_order(report: CheckedReport) -> Iterator[str]:
    """It reads like the page, word for word and in the same order."""
    actual, expected = report.tagged.read_text(report.tagged.root), extract_text(report.printed_body)
    if not expected:
        yield "the page has no words"
    if actual != expected:
        pairs = enumerate(zip(actual, expected, strict=False))
        differences = (index for index, (one, other) in pairs if one != other)
        index = next(differences, min(len(actual), len(expected)))
        around = slice(max(0, index - 30), index + 30)
        yield f"reads {actual[around]!r} where the page has {expected[around]!r}"


def check_headings(report: CheckedReport) -> Iterator[str]:
    """It has the headings of the page, with their levels."""
    actual = [
        (tag.role, report.tagged.read_text(tag)) for tag in report.tagged.root.all(*(name.upper() for name in HEADINGS))
    ]
    expected = [(element.tag.upper(), extract_text(element)) for element in report.printed_body.iter(*HEADINGS)]
    yield from _compare("heading", actual, expected)


def check_lists(report: CheckedReport) -> Iterator[str]:
    """Lists have the items of the page, bullets and terms are labels, and the contents are a table of contents."""
    read_text = report.tagged.read_text
    contents = report.printed_body.xpath("//nav//li")
    actual = []
    for item in report.tagged.root.all("LI"):
        labels = [kid for kid in item.kids if isinstance(kid, TagNode) and kid.role == "Lbl"]
        actual.append(tuple(read_text(tag) for tag in (*labels, item)))
    expected = [_describe_item(element) for element in report.printed_body.iter("li", "dd") if element not in contents]
    yield from _compare("item", actual, expected)
    entries = [read_text(tag) for tag in report.tagged.root.all("TOCI")]
    yield from _compare("contents", entries, [extract_text(item) for item in contents])
    for tag in report.tagged.root.self_and_descendants:
        kids = {kid.role for kid in tag.kids if isinstance(kid, TagNode)}
        if forbidden := kids - ALLOWED_KIDS.get(tag.role, kids):
            yield f"{tag.role} holds {', '.join(sorted(forbidden))}"


def _describe_item(element: HtmlElement) -> tuple[str, ...]:
    """Return the label of an item, if it has one, and the whole of it."""
    if element.tag == "dd":
        return extract_text(element.getprevious()), f"{extract_text(element.getprevious())} {extract_text(element)}"
    return tuple(text for text in (element.get("data-bullet"), extract_text(element)) if text)


def check_tables(report: CheckedReport) -> Iterator[str]:
    """Tables have the cells of the page, and each data cell the headers that somebody who sees the table would name."""
    tree = report.pdf.Root.StructTreeRoot.get("/IDTree")
    ids = dict(pikepdf.NameTree(tree).items()) if tree else {}
    heads = {str(tag.data.ID): tag for tag in report.tagged.root.all("TH")}
    if len(heads) != len(report.tagged.root.all("TH")) or sorted(heads) != sorted(ids):
        yield "the ids of headers are not unique, or not in the list of ids"
    yield from (f"id {name} leads to another header" for name in ids if ids[name].objgen != heads[name].data.objgen)
    expected_tables = list(report.printed_body.iter("table"))
    yield from _compare("tables", [len(report.tagged.root.all("Table"))], [len(expected_tables)])
    for table, element in zip(report.tagged.root.all("Table"), expected_tables, strict=False):
        if not table.get_attribute("/Summary"):
            yield f"a table does not say what it holds: {report.tagged.read_text(table)[:30]}"
        yield from _compare("rows", [len(table.all("TR"))], [len(list(element.iter("tr")))])
        grid = _build_grid(element)
        for row, html_row in zip(table.all("TR"), element.iter("tr"), strict=False):
            yield from _compare(
                "cell",
                [_describe_tagged_cell(report, cell) for cell in row.kids],
                [_describe_html_cell(cell) for cell in html_row],
            )
            for cell, html_cell in zip(row.all("TD"), html_row.findall("td"), strict=False):
                actual = [report.tagged.read_text(heads[str(name)]) for name in cell.get_attribute("/Headers") or []]
                expected = [extract_text(head) for head in _find_visual_headers(html_cell, grid)]
                if actual != expected:
                    yield f"{extract_text(html_cell) or 'an empty cell'} has the headers {actual}, not {expected}"


def _describe_tagged_cell(report: CheckedReport, cell: TagNode) -> tuple[Any, ...]:
    spans = (int(cell.get_attribute("/ColSpan") or 1), int(cell.get_attribute("/RowSpan") or 1))
    return (cell.role, str(cell.get_attribute("/Scope") or ""), *spans, report.tagged.read_text(cell))


def _describe_html_cell(cell: HtmlElement) -> tuple[Any, ...]:
    scope = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column", None: ""}[cell.get("scope")]
    return (cell.tag.upper(), scope, *_read_spans(cell), extract_text(cell))


def _read_spans(cell: HtmlElement) -> tuple[int, int]:
    return int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))


def _build_grid(table: HtmlElement) -> dict[tuple[int, int], HtmlElement]:
    """Return the cell at each row and column of a table."""
    grid: dict[tuple[int, int], HtmlElement] = {}
    for row_index, row in enumerate(table.iter("tr")):
        column_index = 0
        for cell in row:
            while (row_index, column_index) in grid:
                column_index += 1
            width, height = _read_spans(cell)
            grid |= {(row_index + y, column_index + x): cell for y in range(height) for x in range(width)}
            column_index += width
    return grid


def _find_visual_headers(cell: HtmlElement, grid: dict[tuple[int, int], HtmlElement]) -> list[HtmlElement]:
    """Return the headers above and to the left of a cell: of its group, its row and its column."""
    row_index, column_index = next(place for place, other in grid.items() if other is cell)
    width = 1 + max(x for _, x in grid)
    cells_above = [grid[y, column_index] for y in range(row_index)]
    group_heads = [other for other in cells_above if _read_spans(other)[0] == width]
    row_heads = [grid[row_index, x] for x in range(column_index) if grid[row_index, x].tag == "th"]
    column_heads = [other for other in cells_above if other.tag == "th" and other not in group_heads]
    return list(dict.fromkeys([*group_heads[-1:], *row_heads, *column_heads]))


def check_symbols(report: CheckedReport) -> Iterator[str]:
    """A symbol is read as its words."""
    spans = report.tagged.root.all("Span")
    expected = [(extract_text(element), element.get("title")) for element in report.printed_body.iter("abbr")]
    yield from _compare("symbol", [(report.tagged.read_text(tag), str(tag.data.get("/E"))) for tag in spans], expected)


def check_figures(report: CheckedReport) -> Iterator[str]:
    """Each figure has the description of its chart, and is where its box says."""
    tags = report.tagged.root.all("Figure")
    expected = ["".join(title.text or "" for title in svg.iter("title")) for svg in report.html_page.iter("svg")]
    yield from _compare("figure", [str(tag.data.get("/Alt", "")) for tag in tags], expected)
    bounds = _measure_bounds(report.tagged.path)
    for tag in tags:
        box = tuple(float(edge) for edge in tag.get_attribute("/BBox") or (0, 0, 0, 0))
        painted_box = bounds[next(kid for kid in tag.kids if isinstance(kid, tuple))]
        overhang = max(
            box[0] - painted_box[0], box[1] - painted_box[1], painted_box[2] - box[2], painted_box[3] - box[3]
        )
        width = (painted_box[2] - painted_box[0]) / ((box[2] - box[0]) or 1)
        height = (painted_box[3] - painted_box[1]) / ((box[3] - box[1]) or 1)
        if overhang > MAXIMUM_OVERHANG or width < MINIMUM_WIDTH or height < MINIMUM_HEIGHT:
            yield f"figure {str(tag.data.get('/Alt', ''))[:40]} has the box {box} but is at {painted_box}"


def _measure_bounds(path: Path) -> dict[tuple[int, int], tuple[float, ...]]:
    """Return the bounds of each mark's content on its page: left, bottom, right, top."""
    bounds: dict[tuple[int, int], tuple[float, ...]] = {}
    with pypdfium2.PdfDocument(path) as opened_pdf:
        for number in range(len(opened_pdf)):
            for page_object in opened_pdf[number].get_objects():
                mark = number, pdfium.FPDFPageObj_GetMarkedContentID(page_object.raw)
                object_bounds = page_object.get_bounds()
                known_bounds = bounds.get(mark, object_bounds)
                bounds[mark] = (
                    *map(min, known_bounds[:2], object_bounds[:2]),
                    *map(max, known_bounds[2:], object_bounds[2:]),
                )
    return bounds


def check_links(report: CheckedReport) -> Iterator[str]:
    """It has the links of the page; each part of one has a description, is printed on paper, and has a target."""
    parents = pikepdf.NumberTree(report.pdf.Root.StructTreeRoot.ParentTree)
    tags = report.tagged.root.all("Link")
    expected = [
        (extract_text(element), element.get("href")) for element in report.printed_body.iter("a") if element.get("href")
    ]
    yield from _compare(
        "link",
        [(report.tagged.read_text(tag), _get_target(tag.links[0]) if tag.links else None) for tag in tags],
        expected,
    )
    link_texts = {extract_text(element) for element in report.html_page.iter("a")}
    for tag in tags:
        for link in tag.links:
            description, text = str(link.get("/Contents", "")), report.tagged.read_text(tag)
            if description not in link_texts or not (text.startswith(description) or description.startswith(text)):
                yield f"link {text} has the description {description!r}"
            if not int(link.get("/F", 0)) & PRINT_FLAG:
                yield f"link {description} is not printed on paper"
            if parents[int(link.StructParent)].objgen != tag.data.objgen:
                yield f"link {description} leads back to another tag"
            if not _is_resolvable(_get_target(link), report):
                yield f"link {description} leads nowhere: {_get_target(link)}"
    tagged_count = sum(len(tag.links) for tag in tags)
    annotation_count = sum(link.Subtype == "/Link" for page in report.pdf.pages for link in page.get("/Annots", []))
    yield from _compare("links", [tagged_count], [annotation_count])


def _get_target(link: PdfObject) -> str:
    return f"#{link.Dest}" if "/Dest" in link else str(link.A.URI)


def _is_resolvable(target: str, report: CheckedReport) -> bool:
    return target[1:] in report.destinations if target[0] == "#" else re.match(r"(mailto|https?):", target) is not None


def check_bookmarks(report: CheckedReport) -> Iterator[str]:
    """The bookmarks are the headings of the page, and lead to their pages."""
    heading_tags = report.tagged.root.all("H1", "H2", "H3", "H4")
    expected = [(report.tagged.read_text(tag), _find_first_page(tag)) for tag in heading_tags]
    actual = []
    with report.pdf.open_outline() as outline:
        pending = list(outline.root)
        while pending:
            item = pending.pop(0)
            actual.append((" ".join(item.title.split()), report.tagged.pages[item.destination[0].objgen]))
            pending[:0] = item.children
    yield from _compare("bookmark", actual, expected)


def _find_first_page(tag: TagNode) -> int:
    return next(kid for descendant in tag.self_and_descendants for kid in descendant.kids if isinstance(kid, tuple))[0]


CHECKS: tuple[Callable[[CheckedReport], Iterator[str]], ...] = (
    check_conformance, check_document, check_content, check_artifacts, check_order, check_headings,
    check_lists, check_tables, check_symbols, check_figures, check_links, check_bookmarks,
)  # fmt: skip


CHECKS_BY_NAME = {check.__name__.removeprefix("check_"): check for check in CHECKS}


def run_checks(report: CheckedReport) -> dict[str, list[str]]:
    """Return the faults of a report by the name of the check that found them, such as `tables`."""
    return {name: list(check(report)) for name, check in CHECKS_BY_NAME.items()}


def count_checked_items(report: CheckedReport) -> dict[str, int]:
    """Return how many items of each kind the checks look at."""
    root = report.tagged.root
    roles = {
        "headings": [name.upper() for name in HEADINGS],
        "tables": ["Table"],
        "data cells": ["TD"],
        "figures": ["Figure"],
        "links": ["Link"],
    }
    counts = {name: len(root.all(*tag_roles)) for name, tag_roles in roles.items()}
    return {"pages": len(report.pdf.pages), "words": len(extract_text(report.printed_body).split()), **counts}
