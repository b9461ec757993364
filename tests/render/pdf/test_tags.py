"""The PDF as a screen reader reads it: reports compared with their pages, and each correction tried on a small page."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
import weasyprint

from mpr.project import Project
from mpr.render.html.page import read_print_style
from mpr.render.pdf.document import render_pdf
from tests.conftest import MAY, ROOT
from tools.pdf_checks import CHECKS_BY_NAME, CheckedReport, check_content, count_checked_items, open_report, run_checks
from tools.tagged import TagNode
from tools.verify_pdf import main

ROWS = "".join(
    f'<tr><th scope="row" id="row-{number}">CP {number}</th><td>{number}%</td><td><p>Text {number}</p></td></tr>'
    for number in range(60)
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
OUTLINE = """\
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
def checked_report(built_council: Project) -> CheckedReport:
    return open_report(built_council.get_report_path(MAY, "pdf"))


def _build_pdf(folder: Path, html: str = SMALL) -> Path:
    """Write the PDF of a page and the page beside it; return the PDF's path."""
    path = folder / "small.pdf"
    path.write_bytes(render_pdf(html, Project(ROOT))[0])
    path.with_suffix(".html").write_text(html, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def small_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build_pdf(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def checked_small(small_pdf: Path) -> CheckedReport:
    return open_report(small_pdf)


def test_report_has_items_of_each_kind(checked_report: CheckedReport) -> None:
    counts = count_checked_items(checked_report)
    assert counts["pages"] == 16
    assert counts["words"] > 2000
    assert {name for name, count in counts.items() if count < 10} == set()


@pytest.mark.parametrize("check", CHECKS_BY_NAME.values(), ids=CHECKS_BY_NAME)
def test_report_is_read_as_it_is_seen(
    check: Callable[[CheckedReport], Iterator[str]], checked_report: CheckedReport
) -> None:
    assert list(check(checked_report)) == []


def test_real_report_passes_every_check(built: Project) -> None:
    report = open_report(built.get_report_path(MAY, "pdf"))
    assert count_checked_items(report)["pages"] == 29
    assert {name: faults for name, faults in run_checks(report).items() if faults} == {}


def _iter_outline(report: CheckedReport, tag: TagNode, depth: int = 0) -> Iterator[str]:
    """Yield a line for each tag: with its text if it has words of its own; a table only with its number of rows."""
    line = "  " * depth + tag.role
    texts = report.tagged.texts
    if tag.role == "Table":
        yield f"{line} {len(tag.all('TR'))} rows"
    elif tag.role != "Figure" and any(isinstance(kid, tuple) and texts[kid].strip() for kid in tag.kids):
        yield f'{line} "{report.tagged.read_text(tag)}"'
    else:
        yield line
        for kid in tag.kids:
            if isinstance(kid, TagNode):
                yield from _iter_outline(report, kid, depth + 1)


def test_each_element_has_one_tag(checked_small: CheckedReport) -> None:
    assert "\n".join(_iter_outline(checked_small, checked_small.tagged.root)) + "\n" == OUTLINE


@pytest.mark.parametrize("check", CHECKS_BY_NAME.values(), ids=CHECKS_BY_NAME)
def test_small_page_is_read_as_it_is_seen(
    check: Callable[[CheckedReport], Iterator[str]], checked_small: CheckedReport
) -> None:
    assert list(check(checked_small)) == []


def test_tags_of_weasyprint_satisfy_a_validator_but_not_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "small.pdf"
    project = Project(ROOT)
    base_url = f"{project.get_template_path('fonts').parent}/"
    style = weasyprint.CSS(string=read_print_style(project), base_url=base_url)
    weasyprint.HTML(string=SMALL).write_pdf(path, stylesheets=[style], pdf_variant="pdf/ua-1")
    path.with_suffix(".html").write_text(SMALL, encoding="utf-8")
    faults_by_check = run_checks(open_report(path))
    assert [check for check, faults in faults_by_check.items() if not faults] == ["conformance", "document", "content"]


def test_empty_corner_is_not_a_header_and_a_foot_is_read_once(tmp_path: Path) -> None:
    html = SMALL.replace('<thead><tr><th scope="col">Code</th>', "<thead><tr><td></td>", 1)
    foot = '<tfoot><tr><th scope="row">All</th><td>9%</td><td></td></tr></tfoot>'
    html = html.replace("<tbody><tr class", f"{foot}<tbody><tr class", 1)
    report = open_report(_build_pdf(tmp_path, html))
    table = report.tagged.root.all("Table")[0]
    corner, feet = table.all("TD")[0], table.all("TFoot")
    assert corner.get_attribute("/Headers") == []
    assert [report.tagged.read_text(tag) for tag in feet] == ["All 9%"]
    assert [str(name) for name in feet[0].all("TD")[0].get_attribute("/Headers")] == ["one:4", "one:1"]
    assert list(check_content(report)) == []


def _list_elements(pdf: pikepdf.Pdf, role: str) -> list[pikepdf.Dictionary]:
    dictionaries = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
    return [item for item in dictionaries if item.get("/Type") == "/StructElem" and f"/{role}" == item.S]


def _get_link(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    return pdf.pages[0].Annots[0]


def _set_attribute(role: str, name: str, value: object, index: int = 0) -> Callable[[pikepdf.Pdf], None]:
    """Return a function that sets an attribute of a tag."""

    def set_attribute(pdf: pikepdf.Pdf) -> None:
        tag = _list_elements(pdf, role)[index]
        (tag if name in tag else tag.A)[name] = value

    return set_attribute


def _replace_on_page(number: int, old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Return a function that replaces something in the content of a page."""

    def replace(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[number].Contents.read_bytes()
        assert old in content
        pdf.pages[number].Contents.write(content.replace(old, new))

    return replace


def _read_mark_twice(pdf: pikepdf.Pdf) -> None:
    one, other = _list_elements(pdf, "Lbl")[:2]
    one.K.append(other.K[0])


Damage = Callable[[pikepdf.Pdf], object]
DAMAGES: dict[str, tuple[str, Damage, str]] = {
    "a header has its scope": (
        "tables",
        _set_attribute("TH", "/Scope", pikepdf.Name.Row),
        "cell: ('TH', '/Row', 1, 1, 'Code') where the page has ('TH', '/Column', 1, 1, 'Code')",
    ),
    "a cell names its headers": (
        "tables",
        _set_attribute("TD", "/Headers", pikepdf.Array()),
        "0% has the headers [], not ['People', 'CP 0', 'Value']",
    ),
    "a cell under two rows of headers names both": (
        "tables",
        _set_attribute("TD", "/Headers", pikepdf.Array(["two:4"]), -1),
        "2 has the headers ['Target'], not ['April', '2017-18', 'Target']",
    ),
    "a header is found by its id": (
        "tables",
        lambda pdf: pdf.Root.StructTreeRoot.__delitem__("/IDTree"),
        "the ids of headers are not unique, or not in the list of ids",
    ),
    "a table has a summary": (
        "tables",
        _set_attribute("Table", "/Summary", pikepdf.String("")),
        "a table does not say what it holds: Code Value Comment People CP 0",
    ),
    "a link is printed on paper": (
        "links",
        lambda pdf: _get_link(pdf).__setitem__("/F", 0),
        "link Figures is not printed on paper",
    ),
    "a link has its words as description": (
        "links",
        lambda pdf: _get_link(pdf).__setitem__("/Contents", pikepdf.String("one")),
        "link Figures 2 has the description 'one'",
    ),
    "a link leads back to its tag": (
        "links",
        lambda pdf: _get_link(pdf).__setitem__("/StructParent", 7),
        "link Figures leads back to another tag",
    ),
    "a link has a target": (
        "links",
        lambda pdf: _get_link(pdf).__setitem__("/Dest", pikepdf.String("three")),
        "link Figures leads nowhere: #three",
    ),
    "contents are a table of contents": (
        "lists",
        lambda pdf: _list_elements(pdf, "TOC")[0].__setitem__("/S", pikepdf.Name.L),
        "L holds TOCI",
    ),
    "a bullet is a label": (
        "lists",
        _set_attribute("Lbl", "/S", pikepdf.Name.LBody, -1),
        "item: ('3. Third',) where the page has ('3.', '3. Third')",
    ),
    "a symbol is read as words": (
        "symbols",
        _set_attribute("Span", "/E", pikepdf.String("none")),
        "symbol: ('[x]', 'none') where the page has ('[x]', 'not available')",
    ),
    "a figure has the box that it fills": (
        "figures",
        _set_attribute("Figure", "/BBox", pikepdf.Array([42.5, 115.3, 72.5, 137.8])),
        "figure A dark square – “all” of it has the box (42.5, 115.3, 72.5, 137.8) but is at ",
    ),
    "a figure is described": (
        "figures",
        _set_attribute("Figure", "/Alt", pikepdf.String("A square")),
        "figure: A square where the page has A dark square – “all” of it",
    ),
    "a running head is an artifact": (
        "artifacts",
        _replace_on_page(1, b"/Subtype /Header", b""),
        "page 2: this is not a running head and foot:  Version1.0Page2of5",
    ),
    "a repeated head is an artifact": (
        "artifacts",
        _replace_on_page(2, b"<</Type /Pagination>>", b"<</Type /Layout>>"),
        "page 3: not read: CodeValueComment",
    ),
    "painted content is marked": (
        "content",
        _replace_on_page(0, b"<</MCID 0>> BDC", b"BMC"),
        "page 1: neither read nor an artifact: Council",
    ),
    "a mark is read once": ("content", _read_mark_twice, "page 1: mark 10 is in the tree 2 times"),
    "a tag names its parent": (
        "content",
        lambda pdf: _list_elements(pdf, "H1")[0].__setitem__("/P", _list_elements(pdf, "Part")[0]),
        "H1 names another parent than Div",
    ),
    "tags are in reading order": (
        "order",
        lambda pdf: _list_elements(pdf, "Document")[0].K.reverse(),
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
        _set_attribute("H2", "/S", pikepdf.Name.H3),
        "heading: ('H3', 'Contents') where the page has ('H2', 'Contents')",
    ),
    "a bookmark is its heading": (
        "bookmarks",
        lambda pdf: pdf.Root.Outlines.First.__setitem__("/Title", pikepdf.String("Council")),
        "bookmark: ('Council', 0) where the page has ('Report May', 0)",
    ),
    "the PDF has its language": (
        "document",
        lambda pdf: pdf.Root.__setitem__("/Lang", pikepdf.String("de")),
        "language is de where it should be en-GB",
    ),
    "the PDF declares that it is tagged": (
        "conformance",
        lambda pdf: pdf.Root.__delitem__("/MarkInfo"),
        "not PDF/UA-1",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_check_finds_its_fault(name: str, small_pdf: Path, tmp_path: Path) -> None:
    check, damage, fault = DAMAGES[name]
    faults = list(CHECKS_BY_NAME[check](open_report(_damage_pdf(small_pdf, damage, tmp_path))))
    assert [line for line in faults if line.startswith(fault)], faults


def _damage_pdf(source: Path, damage: Damage, folder: Path) -> Path:
    """Write a damaged copy of a PDF, and its page beside it, into a folder; return the copy's path."""
    path = folder / source.name
    path.with_suffix(".html").write_bytes(source.with_suffix(".html").read_bytes())
    with pikepdf.open(source) as pdf:
        damage(pdf)
        pdf.save(path)
    return path


def test_every_check_is_tried() -> None:
    assert {check for check, _, _ in DAMAGES.values()} == set(CHECKS_BY_NAME)


COUNTS = "5 pages, 365 words, 4 headings, 2 tables, 124 data cells, 1 figures, 3 links"


def test_verify_pdf_prints_one_line_for_a_sound_pdf(
    small_pdf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(small_pdf.parent) == 0
    assert capsys.readouterr().out.splitlines() == [f"small.pdf: 12 checks passed; {COUNTS}"]
    assert main(tmp_path) == 1
    assert capsys.readouterr().out.splitlines() == [f"no PDF in {tmp_path}; build the report first"]


def test_verify_pdf_prints_each_fault(small_pdf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _damage_pdf(small_pdf, lambda pdf: setattr(pdf.Root, "Lang", pikepdf.String("de")), tmp_path)
    assert main(tmp_path) == 1
    fault = "  document: language is de where it should be en-GB"
    assert capsys.readouterr().out.splitlines() == [f"small.pdf: 1 faults; {COUNTS}", fault]
    path.with_suffix(".html").unlink()
    assert main(tmp_path) == 1
    fault = "  there is no small.html beside it to compare it with"
    assert capsys.readouterr().out.splitlines() == ["small.pdf: not checked", fault]
