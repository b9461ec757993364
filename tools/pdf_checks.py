"""The deep checks of a report's PDF: what a screen reader reads of it is held to the report's page.

A check is a function from a report to what is wrong with it. What it expects it takes from the HTML page of the same
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

from tools.tagged import Node, Tagged, fold

ALLOWED_KIDS = {
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOCI"},
    "TOCI": {"Lbl", "Reference", "P", "TOC"},
    "Reference": {"Link"},
}  # the only tags that these may hold
INLINE_ELEMENTS = {
    "a",
    "abbr",
    "b",
    "em",
    "i",
    "span",
    "strong",
}  # elements within a line of words; all others stand apart
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

# What paper has otherwise than the page for the screen (templates/print.css)
UNPRINTED = (
    "//*[@class='skip' or @class='unseen' or @class='data' or @hidden]"
    " | //caption | //nav//ol//ol | //script | //style | //svg/*"
)
NUMBERED_LINKS = (
    "//nav//a | //*[@class='overview']//*[@class='blocks']//a"  # the page that they lead to stands after them
)
BULLETS = {
    "//*[@class='priorities']/li": "–",
    "//*[@class='commentary']//ul/li": "•",
    "//*[@class='commentary']//ol/li": "{}.",
}  # what stands before an item
PRINT_FLAG = 4  # the flag of an annotation
MAXIMUM_OVERHANG, MINIMUM_FILL = (
    1.0,
    0.8,
)  # points a figure may reach over its box; the share of the box that it has to fill


@dataclass(frozen=True)
class CheckedReport:
    """A report: its PDF and its page."""

    tagged: Tagged
    html_page: HtmlElement

    @property
    def pdf(self) -> pikepdf.Pdf:
        """The PDF."""
        return self.tagged.pdf

    @cached_property
    def destinations(self) -> dict[str, int]:
        """The number of the page, from 1, of each named destination."""
        names = pikepdf.NameTree(self.pdf.Root.Names.Dests)
        return {name: self.tagged.pages[target[0].objgen] + 1 for name, target in names.items()}

    @cached_property
    def printed_body(self) -> HtmlElement:
        """The page as it is read from paper."""
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
    """Read a PDF and the page beside it."""
    html_page = lxml_html.document_fromstring(path.with_suffix(".html").read_text(encoding="utf-8"))
    return CheckedReport(Tagged(path, pikepdf.open(path)), html_page)


def extract_text(element: HtmlElement) -> str:
    """Return the words of an element, with a space between those that stand in different blocks."""
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
    """It is PDF/UA-1, by rules that a machine can tell."""
    result = validation.validate_pdf(str(report.tagged.path), profile="ua1")
    yield from (f"{failure.rule_id}: {failure.message}" for failure in result.failures)
    if not result.is_compliant:
        yield "not PDF/UA-1"


def check_document(report: CheckedReport) -> Iterator[str]:
    """It says its title, its language and that it is tagged; its fonts are in it."""
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
    """All that is painted is in the tree once or is an artifact, and the way back from it leads to its tag."""
    mark_counts: Counter[tuple[int, int]] = Counter()
    parents = pikepdf.NumberTree(report.pdf.Root.StructTreeRoot.ParentTree)
    for tag in report.tagged.root.tags:
        for kid in tag.kids:
            if isinstance(kid, tuple):
                mark_counts[kid] += 1
                owner = parents[int(report.pdf.pages[kid[0]].StructParents)][kid[1]]
                if owner.objgen != tag.data.objgen:
                    yield f"page {kid[0] + 1}: mark {kid[1]} leads back to another tag than {tag.role}"
            elif isinstance(kid, Node) and kid.data.P.objgen != tag.data.objgen:
                yield f"{kid.role} says that it stands in another tag than {tag.role}"
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
    """Only running heads and feet, repeated heads of tables and names of their parts are words that are not read."""
    repeating = report.printed_body.xpath("//thead | //tr[@class='group']")
    heads = sorted({fold(head.text_content()) for head in repeating}, key=len, reverse=True)
    for number, texts in enumerate(report.tagged.unread):
        running, repeated = (texts.pop("Header", ""), texts.pop("Footer", "")), texts.pop("Pagination", "")
        if running not in _list_running_texts(report, number):
            yield f"page {number + 1}: these are no running head and foot: {' '.join(running)}"
        for head in heads:
            repeated = repeated.replace(head, "")
        yield from (f"page {number + 1}: not read: {text}" for text in (repeated, *texts.values()) if text)


def _list_running_texts(report: CheckedReport, number: int) -> set[tuple[str, str]]:
    """Return what may run at the head and the foot of a page: title, section and version; of the cover, nothing."""
    if number == 0:
        return {("", "")}
    parts = ("*[@class='organisation']", "h1", "*[@class='version']")
    organisation, title, version = (fold(report.html_page.find(f".//{part}").text_content()) for part in parts)
    sections = [fold(title.text_content()) for title in report.html_page.xpath("//main/section//h2/*[@class='title']")]
    foot = f"{version}Page{number + 1}of{len(report.pdf.pages)}"
    return {(f"{organisation}·{title}{section}", foot) for section in sections}


def check_order(report: CheckedReport) -> Iterator[str]:
    """What is read is the page, word by word and in its order."""
    actual, expected = report.tagged.text(report.tagged.root), extract_text(report.printed_body)
    if not expected:
        yield "the page has no words"
    if actual != expected:
        index = next(
            (
                index
                for index, (actual_letter, expected_letter) in enumerate(zip(actual, expected, strict=False))
                if actual_letter != expected_letter
            ),
            min(len(actual), len(expected)),
        )
        yield f"reads {actual[max(0, index - 30) : index + 30]!r} where the page has {expected[max(0, index - 30) : index + 30]!r}"


def check_headings(report: CheckedReport) -> Iterator[str]:
    """Headings are those of the page, with their levels."""
    actual = [
        (tag.role, report.tagged.text(tag)) for tag in report.tagged.root.all(*(name.upper() for name in HEADINGS))
    ]
    expected = [(element.tag.upper(), extract_text(element)) for element in report.printed_body.iter(*HEADINGS)]
    yield from _compare("heading", actual, expected)


def check_lists(report: CheckedReport) -> Iterator[str]:
    """Lists have the items of the page; what names an item is its label; the contents are a table of contents."""
    read_text = report.tagged.text
    contents = report.printed_body.xpath("//nav//li")
    actual = []
    for item in report.tagged.root.all("LI"):
        labels = [kid for kid in item.kids if isinstance(kid, Node) and kid.role == "Lbl"]
        actual.append(tuple(read_text(tag) for tag in (*labels, item)))
    expected = [_describe_item(element) for element in report.printed_body.iter("li", "dd") if element not in contents]
    yield from _compare("item", actual, expected)
    entries = [read_text(tag) for tag in report.tagged.root.all("TOCI")]
    yield from _compare("contents", entries, [extract_text(item) for item in contents])
    for tag in report.tagged.root.tags:
        kids = {kid.role for kid in tag.kids if isinstance(kid, Node)}
        if forbidden := kids - ALLOWED_KIDS.get(tag.role, kids):
            yield f"{tag.role} holds {', '.join(sorted(forbidden))}"


def _describe_item(element: HtmlElement) -> tuple[str, ...]:
    """Return the label of an item, if it has one, and the whole of it."""
    if element.tag == "dd":
        return extract_text(element.getprevious()), f"{extract_text(element.getprevious())} {extract_text(element)}"
    return tuple(text for text in (element.get("data-bullet"), extract_text(element)) if text)


def check_tables(report: CheckedReport) -> Iterator[str]:
    """Tables have the cells of the page, and each data cell the heads that a reader would name who sees the table."""
    tree = report.pdf.Root.StructTreeRoot.get("/IDTree")
    ids = dict(pikepdf.NameTree(tree).items()) if tree else {}
    heads = {str(tag.data.ID): tag for tag in report.tagged.root.all("TH")}
    if len(heads) != len(report.tagged.root.all("TH")) or sorted(heads) != sorted(ids):
        yield "the ids of heads are not unique, or not in the list of ids"
    yield from (f"id {name} leads to another head" for name in ids if ids[name].objgen != heads[name].data.objgen)
    expected_tables = list(report.printed_body.iter("table"))
    yield from _compare("tables", [len(report.tagged.root.all("Table"))], [len(expected_tables)])
    for table, element in zip(report.tagged.root.all("Table"), expected_tables, strict=False):
        if not table.said("/Summary"):
            yield f"a table does not say what it holds: {report.tagged.text(table)[:30]}"
        yield from _compare("rows", [len(table.all("TR"))], [len(list(element.iter("tr")))])
        grid = _build_grid(element)
        for row, html_row in zip(table.all("TR"), element.iter("tr"), strict=False):
            yield from _compare(
                "cell",
                [_describe_tagged_cell(report, cell) for cell in row.kids],
                [_describe_html_cell(cell) for cell in html_row],
            )
            for cell, html_cell in zip(row.all("TD"), html_row.findall("td"), strict=False):
                actual = [report.tagged.text(heads[str(name)]) for name in cell.said("/Headers") or []]
                expected = [extract_text(head) for head in _find_visual_headers(html_cell, grid)]
                if actual != expected:
                    yield f"{_describe_html_cell(html_cell)[-1] or 'an empty cell'} stands under {actual}, not under {expected}"


def _describe_tagged_cell(report: CheckedReport, cell: Node) -> tuple[Any, ...]:
    spans = (int(cell.said("/ColSpan") or 1), int(cell.said("/RowSpan") or 1))
    return (cell.role, str(cell.said("/Scope") or ""), *spans, report.tagged.text(cell))


def _describe_html_cell(cell: HtmlElement) -> tuple[Any, ...]:
    scope = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column", None: ""}[cell.get("scope")]
    return (cell.tag.upper(), scope, *_read_spans(cell), extract_text(cell))


def _read_spans(cell: HtmlElement) -> tuple[int, int]:
    return int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))


def _build_grid(table: HtmlElement) -> dict[tuple[int, int], HtmlElement]:
    """Lay a table out: the cell at each row and column."""
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
    """Look up and to the left: at the row that names the group, the row's head, and the heads of the column."""
    row_index, column_index = next(place for place, other in grid.items() if other is cell)
    width = 1 + max(x for _, x in grid)
    cells_above = [grid[y, column_index] for y in range(row_index)]
    group_heads = [other for other in cells_above if _read_spans(other)[0] == width]
    row_heads = [grid[row_index, x] for x in range(column_index) if grid[row_index, x].tag == "th"]
    column_heads = [other for other in cells_above if other.tag == "th" and other not in group_heads]
    return list(dict.fromkeys([*group_heads[-1:], *row_heads, *column_heads]))


def check_symbols(report: CheckedReport) -> Iterator[str]:
    """A symbol is read as the words that it stands for."""
    spans = report.tagged.root.all("Span")
    expected = [(extract_text(element), element.get("title")) for element in report.printed_body.iter("abbr")]
    yield from _compare("symbol", [(report.tagged.text(tag), str(tag.data.get("/E"))) for tag in spans], expected)


def check_figures(report: CheckedReport) -> Iterator[str]:
    """Each figure has the description of its chart, and lies where it says."""
    tags = report.tagged.root.all("Figure")
    expected = ["".join(title.text or "" for title in svg.iter("title")) for svg in report.html_page.iter("svg")]
    yield from _compare("figure", [str(tag.data.get("/Alt", "")) for tag in tags], expected)
    bounds = _measure_bounds(report.tagged.path)
    for tag in tags:
        box = tuple(float(edge) for edge in tag.said("/BBox") or (0, 0, 0, 0))
        painted_box = bounds[next(kid for kid in tag.kids if isinstance(kid, tuple))]
        overhang = max(
            box[0] - painted_box[0], box[1] - painted_box[1], painted_box[2] - box[2], painted_box[3] - box[3]
        )
        filled_share = min(
            (painted_box[2] - painted_box[0]) / ((box[2] - box[0]) or 1),
            (painted_box[3] - painted_box[1]) / ((box[3] - box[1]) or 1),
        )
        if overhang > MAXIMUM_OVERHANG or filled_share < MINIMUM_FILL:
            yield f"figure {str(tag.data.get('/Alt', ''))[:40]} says {box} and lies at {painted_box}"


def _measure_bounds(path: Path) -> dict[tuple[int, int], tuple[float, ...]]:
    """Say where each mark lies on its page, by what is painted in it: left, bottom, right, top."""
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
    """Links are those of the page; each piece says its words, those unseen too, is there on paper, leads somewhere."""
    parents = pikepdf.NumberTree(report.pdf.Root.StructTreeRoot.ParentTree)
    tags = report.tagged.root.all("Link")
    expected = [
        (extract_text(element), element.get("href")) for element in report.printed_body.iter("a") if element.get("href")
    ]
    yield from _compare(
        "link", [(report.tagged.text(tag), _get_target(tag.links[0]) if tag.links else None) for tag in tags], expected
    )
    link_texts = {extract_text(element) for element in report.html_page.iter("a")}
    for tag in tags:
        for link in tag.links:
            description, text = str(link.get("/Contents", "")), report.tagged.text(tag)
            if description not in link_texts or not (text.startswith(description) or description.startswith(text)):
                yield f"link {text} says {description!r}"
            if not int(link.get("/F", 0)) & PRINT_FLAG:
                yield f"link {description} is not there on paper"
            if parents[int(link.StructParent)].objgen != tag.data.objgen:
                yield f"link {description} leads back to another tag"
            if not _is_resolvable(_get_target(link), report):
                yield f"link {description} leads nowhere: {_get_target(link)}"
    tagged_count = sum(len(tag.links) for tag in tags)
    annotation_count = sum(link.Subtype == "/Link" for page in report.pdf.pages for link in page.get("/Annots", []))
    yield from _compare("links", [tagged_count], [annotation_count])


def _get_target(link: Any) -> str:  # noqa: ANN401 - pikepdf's objects
    return f"#{link.Dest}" if "/Dest" in link else str(link.A.URI)


def _is_resolvable(target: str, report: CheckedReport) -> bool:
    return target[1:] in report.destinations if target[0] == "#" else re.match(r"(mailto|https?):", target) is not None


def check_bookmarks(report: CheckedReport) -> Iterator[str]:
    """Bookmarks are the headings of the page, and lead to where these are read."""
    heading_tags = report.tagged.root.all("H1", "H2", "H3", "H4")
    expected = [(report.tagged.text(tag), _find_first_page(tag)) for tag in heading_tags]
    actual = []
    with report.pdf.open_outline() as outline:
        pending = list(outline.root)
        while pending:
            item = pending.pop(0)
            actual.append((" ".join(item.title.split()), report.tagged.pages[item.destination[0].objgen]))
            pending[:0] = item.children
    yield from _compare("bookmark", actual, expected)


def _find_first_page(tag: Node) -> int:
    return next(kid for descendant in tag.tags for kid in descendant.kids if isinstance(kid, tuple))[0]


CHECKS: tuple[Callable[[CheckedReport], Iterator[str]], ...] = (
    check_conformance, check_document, check_content, check_artifacts, check_order, check_headings, check_lists, check_tables, check_symbols, check_figures, check_links, check_bookmarks,
)  # fmt: skip


def run_checks(report: CheckedReport) -> dict[str, list[str]]:
    """Return what each check finds wrong with a report."""
    return {check.__name__: list(check(report)) for check in CHECKS}


def count_checked_items(report: CheckedReport) -> dict[str, int]:
    """Count what there is to look at."""
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
