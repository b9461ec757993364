"""The PDF as a screen reader reads it: the real report held to its page, and each correction tried on a small page."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
import weasyprint

from mpr.project import Project
from mpr.render.html import page as html
from mpr.render.pdf import document as pdf
from tests.conftest import MAY, ROOT
from tools.pdf_checks import CHECKS, CheckedReport, count_checked_items, open_report, run_checks
from tools.tagged import Node
from tools.verify_pdf import main

NAMED = {check.__name__: check for check in CHECKS}
ROWS = "".join(
    f'<tr><th scope="row" id="row-{each}">CP {each}</th><td>{each}%</td><td><p>Text {each}</p></td></tr>'
    for each in range(60)
)
EDITION = 'data-organisation="Council" data-title="Report May" data-version="Version 1.0"'
SMALL = f"""<!DOCTYPE html>
<html lang="en-GB"><head><title>Small</title><meta name="author" content="mpr">
<meta name="dcterms.created" content="2018-06-21"></head><body>
<p class="running of-cover" data-at=""></p>
<p class="running" data-at="one" {EDITION} data-section="Figures"></p>
<p class="running" data-at="two" {EDITION} data-section="Words"></p>
<header class="cover">
<div class="masthead"><p class="organisation">Council</p><h1>Report <span class="month">May</span></h1></div>
<nav class="contents"><details open><summary><h2>Contents</h2></summary><ol>
<li><span class="label">Section 1</span> <a href="#one" data-page="">Figures</a><p>All of them</p></li>
<li><span class="label">Section 2</span> <a href="#two" data-page="">Words</a></li>
</ol></details></nav>
<div class="imprint"><p class="version">Version 1.0</p></div>
</header>
<main>
<section id="one"><header class="section-head"><h2><span class="label">Section 1</span>
<span class="title">Figures</span></h2></header>
<table class="indicators"><caption>Indicators</caption>
<thead><tr><th scope="col">Code</th><th scope="col">Value</th><th scope="col">Comment</th></tr></thead>
<tbody><tr class="group"><th scope="rowgroup" colspan="3">People</th></tr>{ROWS}</tbody>
<tbody><tr class="group"><th scope="rowgroup" colspan="3">Place</th></tr>
<tr><th scope="row" id="last">CP 9</th><td><abbr title="not available">[x]</abbr></td><td></td></tr></tbody>
</table></section>
<section id="two"><header class="section-head"><h2><span class="title">Words</span></h2></header>
<div class="history"><table><caption>History</caption><thead>
<tr><th scope="col" rowspan="2">Month</th><th scope="colgroup" colspan="2">2017-18</th></tr>
<tr><th scope="col">Value</th><th scope="col">Target</th></tr></thead>
<tbody><tr><th scope="row">April</th><td>1</td><td>2</td></tr></tbody></table></div>
<figure><figcaption>A square</figcaption>
<svg role="img" width="40" height="30" viewBox="0 0 40 30"><title>A dark square – “all” of it</title>
<path d="M0 0h40v30H0z" fill="#12436D"/></svg></figure>
<dl><dt>Green</dt><dd>On course</dd><dt>Red</dt><dd>At risk</dd></dl>
<div class="commentary"><ul><li>One<ul><li>Inner</li></ul></li></ul><ol start="3"><li>Third</li></ol></div>
<p style="width: 30mm"><a href="mailto:team@council.example">A link that is too long for a line of its own</a></p>
<p style="width: 22mm">Non-Domestic rates, re<em>al</em>ly</p>
</section>
</main></body></html>"""
READ = """\
Document
  Div
    P "Council"
    H1 "Report May"
  Sect
    H2 "Contents"
    TOC
      TOCI
        Lbl "Section 1"
        Reference
          Link "Figures 2"
        P "All of them"
      TOCI
        Lbl "Section 2"
        Reference
          Link "Words 5"
  Div
    P "Version 1.0"
  Part
    Sect
      H2 "Section 1 Figures"
      Table 64 rows
    Sect
      H2 "Words"
      Div
        Table 3 rows
      Div
        Caption "A square"
        Figure
      L
        LI
          Lbl "Green"
          LBody "On course"
        LI
          Lbl "Red"
          LBody "At risk"
      Div
        L
          LI
            Lbl "•"
            LBody "One • Inner"
        L
          LI
            Lbl "3."
            LBody "Third"
      P
        Link "A link that is too long for a line of its own"
      P "Non-Domestic rates, really"
"""


@pytest.fixture(scope="module")
def report_read(built: Project) -> CheckedReport:
    return open_report(built.get_report_path(MAY, "pdf"))


def _made(folder: Path, page: str = SMALL) -> Path:
    path = folder / "small.pdf"
    path.write_bytes(pdf.render_pdf(page, Project(ROOT))[0])
    path.with_suffix(".html").write_text(page, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _made(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def small_read(small: Path) -> CheckedReport:
    return open_report(small)


def test_there_is_all_of_the_report_to_look_at(report_read: CheckedReport) -> None:
    assert count_checked_items(report_read) == {
        "pages": 29, "words": 8042, "headings": 63, "tables": 19, "data cells": 1340, "figures": 22, "links": 66,
    }  # fmt: skip


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_report_is_read_as_it_is_seen(
    check: Callable[[CheckedReport], Iterator[str]], report_read: CheckedReport
) -> None:
    assert list(check(report_read)) == []


def _outline(case: CheckedReport, tag: Node, depth: int = 0) -> Iterator[str]:
    """Write the tags down, those with words of their own with their text, and tables by their rows."""
    line = "  " * depth + tag.role
    if tag.role == "Table":
        yield f"{line} {len(tag.all('TR'))} rows"
    elif tag.role != "Figure" and any(isinstance(kid, tuple) and case.tagged.texts[kid].strip() for kid in tag.kids):
        yield f'{line} "{case.tagged.text(tag)}"'
    else:
        yield line
        for kid in tag.kids:
            if isinstance(kid, Node):
                yield from _outline(case, kid, depth + 1)


def test_each_element_has_one_tag(small_read: CheckedReport) -> None:
    assert "\n".join(_outline(small_read, small_read.tagged.root)) + "\n" == READ


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_small_page_is_read_as_it_is_seen(
    check: Callable[[CheckedReport], Iterator[str]], small_read: CheckedReport
) -> None:
    assert list(check(small_read)) == []


def test_with_the_tags_of_weasyprint_a_machine_is_content_and_a_reader_is_not(tmp_path: Path) -> None:
    path = tmp_path / "small.pdf"
    project = Project(ROOT)
    style = weasyprint.CSS(
        string=html.read_print_style(project), base_url=f"{project.get_template_path('fonts').parent}/"
    )
    weasyprint.HTML(string=SMALL).write_pdf(path, stylesheets=[style], pdf_variant="pdf/ua-1")
    path.with_suffix(".html").write_text(SMALL, encoding="utf-8")
    found = run_checks(open_report(path))
    assert [name for name, each in found.items() if not each] == ["conformance", "document", "content"]


def test_a_corner_is_no_head_and_a_foot_is_read_once(tmp_path: Path) -> None:
    page = SMALL.replace('<thead><tr><th scope="col">Code</th>', "<thead><tr><td></td>", 1)
    page = page.replace(
        "<tbody><tr class", '<tfoot><tr><th scope="row">All</th><td>9%</td><td></td></tr></tfoot><tbody><tr class', 1
    )
    case = open_report(_made(tmp_path, page))
    table = case.tagged.root.all("Table")[0]
    corner, foot = table.all("TD")[0], table.all("TFoot")
    assert corner.said("/Headers") == []
    assert [case.tagged.text(each) for each in foot] == ["All 9%"]
    assert [str(each) for each in foot[0].all("TD")[0].said("/Headers")] == ["one:4", "one:1"]
    assert list(NAMED["content"](case)) == []


def _elements(pdf: pikepdf.Pdf, role: str) -> list[pikepdf.Dictionary]:
    known = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    return [each for each in known if each.get("/Type") == "/StructElem" and f"/{role}" == each.S]


def _link(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    return pdf.pages[0].Annots[0]


def _set(role: str, name: str, value: object, at: int = 0) -> Callable[[pikepdf.Pdf], None]:
    """Return what sets an attribute of a tag."""

    def set_it(pdf: pikepdf.Pdf) -> None:
        tag = _elements(pdf, role)[at]
        (tag if name in tag else tag.A)[name] = value

    return set_it


def _on_page(number: int, old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Return what replaces something in the content of a page."""

    def replace(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[number].Contents.read_bytes()
        assert old in content
        pdf.pages[number].Contents.write(content.replace(old, new))

    return replace


def _both(pdf: pikepdf.Pdf) -> None:
    one, other = _elements(pdf, "Lbl")[:2]
    one.K.append(other.K[0])


Damage = Callable[[pikepdf.Pdf], object]
DAMAGES: dict[str, tuple[str, Damage, str]] = {
    "a head says that it is a column's": (
        "tables",
        _set("TH", "/Scope", pikepdf.Name.Row),
        "cell: ('TH', '/Row', 1, 1, 'Code') where the page has ('TH', '/Column', 1, 1, 'Code')",
    ),
    "a cell names its heads": (
        "tables",
        _set("TD", "/Headers", pikepdf.Array()),
        "0% stands under [], not under ['People', 'CP 0', 'Value']",
    ),
    "a cell under two rows of heads names both": (
        "tables",
        _set("TD", "/Headers", pikepdf.Array(["two:4"]), -1),
        "2 stands under ['Target'], not under ['April', '2017-18', 'Target']",
    ),
    "a head is found by its id": (
        "tables",
        lambda pdf: pdf.Root.StructTreeRoot.__delitem__("/IDTree"),
        "the ids of heads are not unique, or not in the list of ids",
    ),
    "a table says what it holds": (
        "tables",
        _set("Table", "/Summary", pikepdf.String("")),
        "a table does not say what it holds: Code Value Comment People CP 0",
    ),
    "a link is there on paper": (
        "links",
        lambda pdf: _link(pdf).__setitem__("/F", 0),
        "link Figures is not there on paper",
    ),
    "a link says its words": (
        "links",
        lambda pdf: _link(pdf).__setitem__("/Contents", pikepdf.String("one")),
        "link Figures 2 says 'one'",
    ),
    "a link leads back to its tag": (
        "links",
        lambda pdf: _link(pdf).__setitem__("/StructParent", 7),
        "link Figures leads back to another tag",
    ),
    "a link leads somewhere": (
        "links",
        lambda pdf: _link(pdf).__setitem__("/Dest", pikepdf.String("three")),
        "link Figures leads nowhere: #three",
    ),
    "contents are a table of contents": (
        "lists",
        lambda pdf: _elements(pdf, "TOC")[0].__setitem__("/S", pikepdf.Name.L),
        "L holds TOCI",
    ),
    "what names an item is its label": (
        "lists",
        _set("Lbl", "/S", pikepdf.Name.LBody, -1),
        "item: ('3. Third',) where the page has ('3.', '3. Third')",
    ),
    "a symbol is read as words": (
        "symbols",
        _set("Span", "/E", pikepdf.String("none")),
        "symbol: ('[x]', 'none') where the page has ('[x]', 'not available')",
    ),
    "a figure lies where it is": (
        "figures",
        _set("Figure", "/BBox", pikepdf.Array([42.5, 115.3, 72.5, 137.8])),
        "figure A dark square – “all” of it says (42.5, 115.3, 72.5, 137.8) and lies at ",
    ),
    "a figure is described": (
        "figures",
        _set("Figure", "/Alt", pikepdf.String("A square")),
        "figure: A square where the page has A dark square – “all” of it",
    ),
    "a running head is one": (
        "artifacts",
        _on_page(1, b"/Subtype /Header", b""),
        "page 2: these are no running head and foot:  Version1.0Page2of5",
    ),
    "a repeated head is one": (
        "artifacts",
        _on_page(2, b"<</Type /Pagination>>", b"<</Type /Layout>>"),
        "page 3: not read: CodeValueComment",
    ),
    "what is painted is marked": (
        "content",
        _on_page(0, b"<</MCID 0>> BDC", b"BMC"),
        "page 1: neither read nor an artifact: Council",
    ),
    "a mark is read once": ("content", _both, "page 1: mark 10 is in the tree 2 times"),
    "a tag knows where it stands": (
        "content",
        lambda pdf: _elements(pdf, "H1")[0].__setitem__("/P", _elements(pdf, "Part")[0]),
        "H1 says that it stands in another tag than Div",
    ),
    "a tag is read in its place": (
        "order",
        lambda pdf: _elements(pdf, "Document")[0].K.reverse(),
        "reads 'Section 1 Figures Code Value C' where the page has 'Council Report May Contents Se'",
    ),
    "a line ends with a space": (
        "order",
        lambda pdf: pdf.pages[4].Contents.write(
            re.sub(rb"<[0-9a-f]{4}>] TJ", b"] TJ", pdf.pages[4].Contents.read_bytes())
        ),
        "reads 'er 3. Third A link that is toolong for a line ofits own Non-' where the page has ",
    ),
    "a heading has its level": (
        "headings",
        _set("H2", "/S", pikepdf.Name.H3),
        "heading: ('H3', 'Contents') where the page has ('H2', 'Contents')",
    ),
    "a bookmark is its heading": (
        "bookmarks",
        lambda pdf: pdf.Root.Outlines.First.__setitem__("/Title", pikepdf.String("Council")),
        "bookmark: ('Council', 0) where the page has ('Report May', 0)",
    ),
    "it says its language": (
        "document",
        lambda pdf: pdf.Root.__setitem__("/Lang", pikepdf.String("de")),
        "language is de where it should be en-GB",
    ),
    "it says that it is tagged": (
        "conformance",
        lambda pdf: pdf.Root.__delitem__("/MarkInfo"),
        "not PDF/UA-1",
    ),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_each_check_sees_what_it_is_for(what: str, small: Path, tmp_path: Path) -> None:
    check, damage, fault = DAMAGES[what]
    path = tmp_path / small.name
    path.with_suffix(".html").write_bytes(small.with_suffix(".html").read_bytes())
    with pikepdf.open(small) as pdf:
        damage(pdf)
        pdf.save(path)
    found = list(NAMED[check](open_report(path)))
    assert [each for each in found if each.startswith(fault)], found


def test_every_check_is_tried() -> None:
    assert {check for check, _, _ in DAMAGES.values()} == set(NAMED)


COUNTS = "5 pages, 365 words, 4 headings, 2 tables, 124 data cells, 1 figures, 3 links"


def test_the_tool_prints_a_line_for_each_pdf(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(small.parent) == 0
    assert capsys.readouterr().out.splitlines() == [f"small.pdf: 12 checks passed; {COUNTS}"]
    assert main(tmp_path) == 1
    assert capsys.readouterr().out.splitlines() == [f"no PDF in {tmp_path}; build the report first"]


def test_the_tool_says_what_is_wrong(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / small.name
    path.with_suffix(".html").write_bytes(small.with_suffix(".html").read_bytes())
    with pikepdf.open(small) as pdf:
        pdf.Root.Lang = pikepdf.String("de")
        pdf.save(path)
    assert main(tmp_path) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed == [f"small.pdf: 1 faults; {COUNTS}", "  document: language is de where it should be en-GB"]
    path.with_suffix(".html").unlink()
    assert main(tmp_path) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed == ["small.pdf: not checked", "  there is no small.html beside it to hold it to"]
