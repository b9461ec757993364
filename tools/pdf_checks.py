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

HOLDS = {
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOCI"},
    "TOCI": {"Lbl", "Reference", "P", "TOC"},
    "Reference": {"Link"},
}  # the only tags that these may hold
LINES = {"a", "abbr", "b", "em", "i", "span", "strong"}  # elements within a line of words; all others stand apart
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

# What paper has otherwise than the page for the screen (templates/print.css)
UNPRINTED = (
    "//*[@class='skip' or @class='unseen' or @class='data' or @hidden]"
    " | //caption | //nav//ol//ol | //script | //style | //svg/*"
)
NUMBERED = "//nav//a | //*[@class='overview']//*[@class='blocks']//a"  # the page that they lead to stands after them
BULLETS = {
    "//*[@class='priorities']/li": "–",
    "//*[@class='commentary']//ul/li": "•",
    "//*[@class='commentary']//ol/li": "{}.",
}  # what stands before an item
PRINTED = 4  # the flag of an annotation
OUTSIDE, INSIDE = 1.0, 0.8  # points a figure may reach over its box; the share of the box that it has to fill


@dataclass(frozen=True)
class Case:
    """A report: its PDF and its page."""

    tagged: Tagged
    page: HtmlElement

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
    def printed(self) -> HtmlElement:
        """The page as it is read from paper."""
        body = deepcopy(self.page.find("body"))
        for each in body.xpath(UNPRINTED):
            each.drop_tree()
        for link in body.xpath(NUMBERED):
            link.append(lxml_html.fragment_fromstring(f"<i> {self.destinations[link.get('href')[1:]]}</i>"))
        for items, bullet in BULLETS.items():
            for item in body.xpath(items):
                number = int(item.getparent().get("start", "1")) + item.getparent().index(item)
                item.set("data-bullet", bullet.format(number))
                item.text = f"{item.get('data-bullet')} {item.text or ''}"
        return body


def opened(path: Path) -> Case:
    """Read a PDF and the page beside it."""
    page = lxml_html.document_fromstring(path.with_suffix(".html").read_text(encoding="utf-8"))
    return Case(Tagged(path, pikepdf.open(path)), page)


def seen(element: HtmlElement) -> str:
    """Return the words of an element, with a space between those that stand in different blocks."""
    return " ".join("".join(_seen(element)).split())


def _seen(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        apart = "" if child.tag in LINES else " "
        yield from (apart, *_seen(child), apart, child.tail or "")


def _differences(kind: str, found: list[Any], wanted: list[Any]) -> Iterator[str]:
    for each, other in zip_longest(found, wanted):
        if each != other:
            yield f"{kind}: {each} where the page has {other}"


def conformance(case: Case) -> Iterator[str]:
    """It is PDF/UA-1, by rules that a machine can tell."""
    result = validation.validate_pdf(str(case.tagged.path), profile="ua1")
    yield from (f"{failure.rule_id}: {failure.message}" for failure in result.failures)
    if not result.is_compliant:
        yield "not PDF/UA-1"


def document(case: Case) -> Iterator[str]:
    """It says its title, its language and that it is tagged; its fonts are in it."""
    pdf, title = case.pdf, case.page.findtext(".//title")
    with pdf.open_metadata() as metadata:
        facts = {
            "title": (str(pdf.docinfo["/Title"]), title),
            "title in the metadata": (metadata.get("dc:title"), title),
            "title shown": (bool(pdf.Root.ViewerPreferences.DisplayDocTitle), True),
            "language": (str(pdf.Root.Lang), case.page.get("lang")),
            "tagged": (bool(pdf.Root.get("/MarkInfo", {}).get("/Marked")), True),
            "PDF/UA": (metadata.get("pdfuaid:part"), "1"),
        }
    yield from (
        f"{name} is {found} where it should be {wanted}" for name, (found, wanted) in facts.items() if found != wanted
    )
    fonts = [
        each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    ]
    if not fonts:
        yield "no fonts"
    yield from (
        f"font {font.FontName} is not in it"
        for font in fonts
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys())
    )


def content(case: Case) -> Iterator[str]:
    """All that is painted is in the tree once or is an artifact, and the way back from it leads to its tag."""
    tree: Counter[tuple[int, int]] = Counter()
    parents = pikepdf.NumberTree(case.pdf.Root.StructTreeRoot.ParentTree)
    for tag in case.tagged.root.tags:
        for kid in tag.kids:
            if isinstance(kid, tuple):
                tree[kid] += 1
                back = parents[int(case.pdf.pages[kid[0]].StructParents)][kid[1]]
                if back.objgen != tag.data.objgen:
                    yield f"page {kid[0] + 1}: mark {kid[1]} leads back to another tag than {tag.role}"
            elif isinstance(kid, Node) and kid.data.P.objgen != tag.data.objgen:
                yield f"{kid.role} says that it stands in another tag than {tag.role}"
    painted = {(each.page, each.mark) for each in case.tagged.painted if each.mark is not None}
    yield from (
        f"page {page + 1}: mark {mark} is in the tree {count} times"
        for (page, mark), count in tree.items()
        if count > 1
    )
    yield from (f"page {page + 1}: mark {mark} is not in the tree" for page, mark in sorted(painted - set(tree)))
    yield from (f"page {page + 1}: mark {mark} is not on the page" for page, mark in sorted(set(tree) - painted))
    outside = [each for each in case.tagged.painted if each.mark is None and not each.artifact and each.text]
    yield from (f"page {each.page + 1}: neither read nor an artifact: {each.text}" for each in outside)


def artifacts(case: Case) -> Iterator[str]:
    """Only running heads and feet, repeated heads of tables and names of their parts are words that are not read."""
    repeating = case.printed.xpath("//thead | //tr[@class='group']")
    heads = sorted({fold(head.text_content()) for head in repeating}, key=len, reverse=True)
    for number, texts in enumerate(case.tagged.unread):
        running, repeated = (texts.pop("Header", ""), texts.pop("Footer", "")), texts.pop("Pagination", "")
        if running not in _running(case, number):
            yield f"page {number + 1}: these are no running head and foot: {' '.join(running)}"
        for head in heads:
            repeated = repeated.replace(head, "")
        yield from (f"page {number + 1}: not read: {text}" for text in (repeated, *texts.values()) if text)


def _running(case: Case, number: int) -> set[tuple[str, str]]:
    """Return what may run at the head and the foot of a page: title, section and version; of the cover, nothing."""
    if number == 0:
        return {("", "")}
    parts = ("*[@class='organisation']", "h1", "*[@class='version']")
    organisation, title, version = (fold(case.page.find(f".//{part}").text_content()) for part in parts)
    sections = [fold(each.text_content()) for each in case.page.xpath("//main/section//h2/*[@class='title']")]
    foot = f"{version}Page{number + 1}of{len(case.pdf.pages)}"
    return {(f"{organisation}·{title}{section}", foot) for section in sections}


def order(case: Case) -> Iterator[str]:
    """What is read is the page, word by word and in its order."""
    found, wanted = case.tagged.text(case.tagged.root), seen(case.printed)
    if not wanted:
        yield "the page has no words"
    if found != wanted:
        at = next(
            (at for at, (one, other) in enumerate(zip(found, wanted, strict=False)) if one != other),
            min(len(found), len(wanted)),
        )
        yield f"reads {found[max(0, at - 30) : at + 30]!r} where the page has {wanted[max(0, at - 30) : at + 30]!r}"


def headings(case: Case) -> Iterator[str]:
    """Headings are those of the page, with their levels."""
    found = [(tag.role, case.tagged.text(tag)) for tag in case.tagged.root.all(*(each.upper() for each in HEADINGS))]
    wanted = [(each.tag.upper(), seen(each)) for each in case.printed.iter(*HEADINGS)]
    yield from _differences("heading", found, wanted)


def lists(case: Case) -> Iterator[str]:
    """Lists have the items of the page; what names an item is its label; the contents are a table of contents."""
    read = case.tagged.text
    contents = case.printed.xpath("//nav//li")
    found = []
    for item in case.tagged.root.all("LI"):
        labels = [kid for kid in item.kids if isinstance(kid, Node) and kid.role == "Lbl"]
        found.append(tuple(read(each) for each in (*labels, item)))
    wanted = [_item(each) for each in case.printed.iter("li", "dd") if each not in contents]
    yield from _differences("item", found, wanted)
    entries = [read(each) for each in case.tagged.root.all("TOCI")]
    yield from _differences("contents", entries, [seen(each) for each in contents])
    for tag in case.tagged.root.tags:
        kids = {kid.role for kid in tag.kids if isinstance(kid, Node)}
        if stray := kids - HOLDS.get(tag.role, kids):
            yield f"{tag.role} holds {', '.join(sorted(stray))}"


def _item(element: HtmlElement) -> tuple[str, ...]:
    """Return the label of an item, if it has one, and the whole of it."""
    if element.tag == "dd":
        return seen(element.getprevious()), f"{seen(element.getprevious())} {seen(element)}"
    return tuple(each for each in (element.get("data-bullet"), seen(element)) if each)


def tables(case: Case) -> Iterator[str]:
    """Tables have the cells of the page, and each data cell the heads that a reader would name who sees the table."""
    tree = case.pdf.Root.StructTreeRoot.get("/IDTree")
    ids = dict(pikepdf.NameTree(tree).items()) if tree else {}
    heads = {str(tag.data.ID): tag for tag in case.tagged.root.all("TH")}
    if len(heads) != len(case.tagged.root.all("TH")) or sorted(heads) != sorted(ids):
        yield "the ids of heads are not unique, or not in the list of ids"
    yield from (f"id {name} leads to another head" for name in ids if ids[name].objgen != heads[name].data.objgen)
    wanted = list(case.printed.iter("table"))
    yield from _differences("tables", [len(case.tagged.root.all("Table"))], [len(wanted)])
    for table, element in zip(case.tagged.root.all("Table"), wanted, strict=False):
        if not table.said("/Summary"):
            yield f"a table does not say what it holds: {case.tagged.text(table)[:30]}"
        yield from _differences("rows", [len(table.all("TR"))], [len(list(element.iter("tr")))])
        grid = _grid(element)
        for row, line in zip(table.all("TR"), element.iter("tr"), strict=False):
            yield from _differences("cell", [_shape(case, cell) for cell in row.kids], [_form(cell) for cell in line])
            for cell, data in zip(row.all("TD"), line.findall("td"), strict=False):
                named = [case.tagged.text(heads[str(name)]) for name in cell.said("/Headers") or []]
                expected = [seen(head) for head in _sighted(data, grid)]
                if named != expected:
                    yield f"{_form(data)[-1] or 'an empty cell'} stands under {named}, not under {expected}"


def _shape(case: Case, cell: Node) -> tuple[Any, ...]:
    spans = (int(cell.said("/ColSpan") or 1), int(cell.said("/RowSpan") or 1))
    return (cell.role, str(cell.said("/Scope") or ""), *spans, case.tagged.text(cell))


def _form(cell: HtmlElement) -> tuple[Any, ...]:
    scope = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column", None: ""}[cell.get("scope")]
    return (cell.tag.upper(), scope, *_spans(cell), seen(cell))


def _spans(cell: HtmlElement) -> tuple[int, int]:
    return int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))


def _grid(table: HtmlElement) -> dict[tuple[int, int], HtmlElement]:
    """Lay a table out: the cell at each row and column."""
    grid: dict[tuple[int, int], HtmlElement] = {}
    for down, row in enumerate(table.iter("tr")):
        across = 0
        for cell in row:
            while (down, across) in grid:
                across += 1
            wide, high = _spans(cell)
            grid |= {(down + y, across + x): cell for y in range(high) for x in range(wide)}
            across += wide
    return grid


def _sighted(cell: HtmlElement, grid: dict[tuple[int, int], HtmlElement]) -> list[HtmlElement]:
    """Look up and to the left: at the row that names the group, the row's head, and the heads of the column."""
    down, across = next(place for place, each in grid.items() if each is cell)
    width = 1 + max(x for _, x in grid)
    above = [grid[y, across] for y in range(down)]
    group = [each for each in above if _spans(each)[0] == width]
    left = [grid[down, x] for x in range(across) if grid[down, x].tag == "th"]
    column = [each for each in above if each.tag == "th" and each not in group]
    return list(dict.fromkeys([*group[-1:], *left, *column]))


def symbols(case: Case) -> Iterator[str]:
    """A symbol is read as the words that it stands for."""
    spans = case.tagged.root.all("Span")
    wanted = [(seen(each), each.get("title")) for each in case.printed.iter("abbr")]
    yield from _differences("symbol", [(case.tagged.text(tag), str(tag.data.get("/E"))) for tag in spans], wanted)


def figures(case: Case) -> Iterator[str]:
    """Each figure has the description of its chart, and lies where it says."""
    tags = case.tagged.root.all("Figure")
    wanted = ["".join(each.text or "" for each in svg.iter("title")) for svg in case.page.iter("svg")]
    yield from _differences("figure", [str(tag.data.get("/Alt", "")) for tag in tags], wanted)
    bounds = _bounds(case.tagged.path)
    for tag in tags:
        box = tuple(float(each) for each in tag.said("/BBox") or (0, 0, 0, 0))
        lies = bounds[next(kid for kid in tag.kids if isinstance(kid, tuple))]
        out = max(box[0] - lies[0], box[1] - lies[1], lies[2] - box[2], lies[3] - box[3])
        filled = min((lies[2] - lies[0]) / ((box[2] - box[0]) or 1), (lies[3] - lies[1]) / ((box[3] - box[1]) or 1))
        if out > OUTSIDE or filled < INSIDE:
            yield f"figure {str(tag.data.get('/Alt', ''))[:40]} says {box} and lies at {lies}"


def _bounds(path: Path) -> dict[tuple[int, int], tuple[float, ...]]:
    """Say where each mark lies on its page, by what is painted in it: left, bottom, right, top."""
    found: dict[tuple[int, int], tuple[float, ...]] = {}
    with pypdfium2.PdfDocument(path) as opened_pdf:
        for number in range(len(opened_pdf)):
            for each in opened_pdf[number].get_objects():
                mark = number, pdfium.FPDFPageObj_GetMarkedContentID(each.raw)
                lies = each.get_bounds()
                old = found.get(mark, lies)
                found[mark] = (*map(min, old[:2], lies[:2]), *map(max, old[2:], lies[2:]))
    return found


def links(case: Case) -> Iterator[str]:
    """Links are those of the page; each piece says its words, those unseen too, is there on paper, leads somewhere."""
    parents = pikepdf.NumberTree(case.pdf.Root.StructTreeRoot.ParentTree)
    tags = case.tagged.root.all("Link")
    wanted = [(seen(each), each.get("href")) for each in case.printed.iter("a") if each.get("href")]
    yield from _differences(
        "link", [(case.tagged.text(tag), _target(tag.links[0]) if tag.links else None) for tag in tags], wanted
    )
    words = {seen(each) for each in case.page.iter("a")}
    for tag in tags:
        for link in tag.links:
            said, text = str(link.get("/Contents", "")), case.tagged.text(tag)
            if said not in words or not (text.startswith(said) or said.startswith(text)):
                yield f"link {text} says {said!r}"
            if not int(link.get("/F", 0)) & PRINTED:
                yield f"link {said} is not there on paper"
            if parents[int(link.StructParent)].objgen != tag.data.objgen:
                yield f"link {said} leads back to another tag"
            if not _resolves(_target(link), case):
                yield f"link {said} leads nowhere: {_target(link)}"
    owned = sum(len(tag.links) for tag in tags)
    there = sum(link.Subtype == "/Link" for page in case.pdf.pages for link in page.get("/Annots", []))
    yield from _differences("links", [owned], [there])


def _target(link: Any) -> str:  # noqa: ANN401 - pikepdf's objects
    return f"#{link.Dest}" if "/Dest" in link else str(link.A.URI)


def _resolves(target: str, case: Case) -> bool:
    return target[1:] in case.destinations if target[0] == "#" else re.match(r"(mailto|https?):", target) is not None


def bookmarks(case: Case) -> Iterator[str]:
    """Bookmarks are the headings of the page, and lead to where these are read."""
    read = case.tagged.root.all("H1", "H2", "H3", "H4")
    wanted = [(case.tagged.text(tag), _begins(tag)) for tag in read]
    found = []
    with case.pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            found.append((" ".join(item.title.split()), case.tagged.pages[item.destination[0].objgen]))
            waiting[:0] = item.children
    yield from _differences("bookmark", found, wanted)


def _begins(tag: Node) -> int:
    return next(kid for each in tag.tags for kid in each.kids if isinstance(kid, tuple))[0]


CHECKS: tuple[Callable[[Case], Iterator[str]], ...] = (
    conformance, document, content, artifacts, order, headings, lists, tables, symbols, figures, links, bookmarks,
)  # fmt: skip


def faults(case: Case) -> dict[str, list[str]]:
    """Return what each check finds wrong with a report."""
    return {check.__name__: list(check(case)) for check in CHECKS}


def looked_at(case: Case) -> dict[str, int]:
    """Count what there is to look at."""
    root = case.tagged.root
    roles = {
        "headings": [each.upper() for each in HEADINGS],
        "tables": ["Table"],
        "data cells": ["TD"],
        "figures": ["Figure"],
        "links": ["Link"],
    }
    counts = {name: len(root.all(*them)) for name, them in roles.items()}
    return {"pages": len(case.pdf.pages), "words": len(seen(case.printed).split()), **counts}
