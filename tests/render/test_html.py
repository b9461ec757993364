"""The page for the screen: one file, valid, accessible, and safe whatever officers write."""

import re
import shutil
from collections import Counter
from itertools import pairwise

import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement

from mpr.project import Project
from mpr.render.html.page import read_print_style, render_report
from mpr.report.assemble import assemble_report
from mpr.report.model.report import Report
from mpr.workflows.check import check_period
from tests.cells import replace_text, set_cells
from tests.conftest import COUNCIL, ROOT
from tests.views import get_blocks, get_rows

MAY = "2018-05"
LINK = "https://www.larkmere.example/bins"  # in the comment of LM 2.2
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
HOSTILE = """<script>alert(1)</script> and <p>a raw paragraph</p> & <img src=x onerror=alert(2)>

Some **bold** words, a [link](javascript:alert(3)), a [good one](https://www.gov.uk/),
![picture](data:image/png;base64,AA)

- first
- second

<a href="file:///etc/passwd">file</a> {{ 7 * 7 }} {% raw %} &lt;b&gt;"""


@pytest.fixture(scope="module")
def page(built_council: Project) -> str:
    return built_council.get_report_path(MAY, "html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def document(page: str) -> HtmlElement:
    return lxml_html.document_fromstring(page)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> HtmlElement:
    """Return the page of a project in which every text tries to be markup."""
    project = Project(tmp_path_factory.mktemp("hostile"))
    shutil.copy(COUNCIL / "indicators.yaml", project.root)
    shutil.copytree(COUNCIL / "data", project.data)
    for old, new in (
        ("alias: Referrals to children’s services", "alias: 'A < B & C <i>D</i> \"E\"'"),
        ("name: Referrals to children’s services per", "name: '<b>Rate</b> & <script>alert(4)</script>' #"),
        ("title: Monthly Scorecard", "title: 'Report </title><script>alert(5)</script>'"),
        ("Corporate Services]\n", "Corporate Services, 'Law & <Order>']\n"),
        ("Maeve O'Dowd", "Jo <o'l@x> & Co"),
    ):
        replace_text(project.indicators_path, old, new)
    with project.get_edition_path(MAY).open("a", encoding="utf-8") as file:
        file.write("\nnotices:\n  - <script>alert(6)</script> no finance\n")
    set_cells(project.get_values_path(MAY), "LM 1.1", comment=HOSTILE)
    set_cells(project.get_values_path(MAY), "LM 2.1", reason="<script>alert(7)</script> said **so**")
    report = assemble_report(check_period(project, MAY).scorecard)
    screen, printed = render_report(
        report, {chart.anchor: "<svg><title>t</title></svg>" for chart in report.charts}, project
    )
    assert _get_text(_parse_body(screen)) == _get_text(_parse_body(printed))
    return lxml_html.document_fromstring(screen)


def _parse_body(text: str) -> HtmlElement:
    body = lxml_html.document_fromstring(text).find("body")
    for script in body.xpath("./script"):
        script.drop_tree()
    return body


def _get_text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _get_level(element: HtmlElement) -> int:
    return int(element.tag[1])


def test_page_is_one_file_that_loads_nothing(page: str, document: HtmlElement) -> None:
    assert page.startswith("<!DOCTYPE html>\n")
    assert not document.xpath("//*[@src or @srcset or @poster or @data or @background]")
    assert not document.xpath("//link | //iframe | //object | //embed | //base | //form")
    assert document.xpath("//style")
    urls = re.findall(r"url\(\s*[\"']?([^\"')]{0,40})", page)
    assert urls, "fonts and marks are in the page"
    assert not [url for url in urls if not url.startswith(("data:", "#"))]
    assert "@import" not in page
    assert not re.findall(r"fetch\(|XMLHttpRequest|import\(", "".join(document.xpath("//script/text()")))
    addresses = set(re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}[\w./]*", page))
    assert addresses - {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"} == {LINK}, "an officer's link"


def test_links_lead_inside_the_page_to_mail_to_the_data_or_where_an_officer_says(document: HtmlElement) -> None:
    links = document.xpath("//@href | //@*[local-name()='href']")
    data = {f"mpr-{MAY}.{ending}" for ending in ("xlsx", "csv", "json")}
    assert {re.split(r"[:#]", link)[0] for link in links if link != LINK} == {"", "mailto", *data}
    assert len([link for link in links if link.startswith("mailto:")]) == 2, "the contacts"
    assert links.count(LINK) == 2, "the comment is in two sections"


def test_ids_are_unique_and_links_have_their_targets(document: HtmlElement) -> None:
    ids = Counter(document.xpath("//@id"))
    assert ids
    assert not [name for name, times in ids.items() if times > 1 or re.search(r"\s", name)]
    targets = [link[1:] for link in document.xpath("//@href") if link.startswith("#")]
    assert not set(targets) - set(ids)
    for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"):
        named = [name for value in document.xpath(f"//@{attribute}") for name in value.split()]
        assert not set(named) - set(ids), attribute
    inside = re.findall(r"url\(#([^)]+)\)", lxml_html.tostring(document, encoding="unicode"))
    assert not set(inside) - set(ids)


def test_page_has_its_language_and_title(document: HtmlElement) -> None:
    assert document.get("lang") == "en-GB"
    title = document.findtext(".//title")
    assert title
    assert "Monthly Scorecard" in title
    assert "May 2018" in title
    assert document.xpath("//meta[@charset='utf-8']")
    assert "user-scalable" not in document.xpath("//meta[@name='viewport']/@content")[0]


def test_first_child_of_a_chart_is_its_title(document: HtmlElement, council_report: Report) -> None:
    charts = document.xpath("//*[local-name()='svg']")
    assert len(charts) == len(council_report.charts)
    for drawn, chart in zip(charts, council_report.charts, strict=True):
        assert drawn[0].tag == "title"
        assert drawn[0].text == chart.description
        assert drawn.get("role") == "img"
        assert drawn.get("aria-labelledby") == drawn[0].get("id")


def test_headings_never_skip_a_get_level(document: HtmlElement) -> None:
    headings = list(document.iter(*HEADINGS))
    assert headings
    assert [heading.tag for heading in headings].count("h1") == 1
    assert headings[0].tag == "h1"
    for before, after in pairwise(headings):
        assert _get_level(after) <= _get_level(before) + 1, f"{_get_text(before)!r} is followed by {_get_text(after)!r}"
    assert not [heading for heading in headings if not _get_text(heading)]


def test_tables_have_captions_and_scoped_headings(document: HtmlElement, council_report: Report) -> None:
    tables = document.xpath("//table")
    groups = [group for table in council_report.tables for group in table.groups if group.rows]
    histories = [block for block in get_blocks(council_report).values() if block.history]
    assert len(tables) == len(groups) + len(histories)
    for table in tables:
        assert table[0].tag == "caption"
        assert _get_text(table[0])
        headings = table.xpath("./thead//th")
        assert headings
        assert {heading.get("scope") for heading in headings} <= {"col", "colgroup"}
        assert not [heading for heading in headings if not _get_text(heading)]
        assert {heading.get("scope") for heading in table.xpath("./tbody//th")} <= {"row", "rowgroup"}
        assert not table.xpath("./tbody/tr[not(th)]")
    captions = [_get_text(table[0]) for table in tables]
    assert len(set(captions)) == len(captions)


def test_rows_have_as_many_cells_as_their_table_has_columns(document: HtmlElement, council_report: Report) -> None:
    columns = {table.heading.anchor: len(table.columns) for table in council_report.tables}
    for table in document.xpath("//table"):
        widths = [sum(int(cell.get("colspan", 1)) for cell in row) for row in table.xpath("./tbody/tr")]
        section = table.xpath("ancestor::section/@id")[0]
        expected = columns.get(section, 1 + 2 * 3)  # a history: value, target and outcome of two years
        assert set(widths) == {expected}


def test_symbol_for_a_missing_figure_is_spoken_in_words(document: HtmlElement) -> None:
    symbols = document.xpath("//table//abbr")
    assert symbols
    assert {(symbol.text, symbol.get("title")) for symbol in symbols} <= {
        ("[x]", "not available"),
        ("[z]", "not applicable"),
    }


def test_outcome_is_a_mark_and_a_word(document: HtmlElement) -> None:
    cells = document.xpath("//td[contains(@class, 'rating')][.//*[contains(@class, 'mark')]]")
    assert cells
    words = {re.sub(r"\W+(judged)?$", "", _get_text(cell)) for cell in cells}
    assert words == {"Red", "Amber", "Green", "Data only"}


def test_outcome_that_an_officer_set_links_to_its_note(document: HtmlElement, council_report: Report) -> None:
    rows = get_rows(council_report)
    codes = []
    for link in document.xpath("//table//td//a[contains(@class, 'judged')]"):
        row = link.xpath("ancestor::tr")[0]
        code = _get_text(row.find("th"))
        note = _get_text(document.get_element_by_id(link.get("href")[1:]))
        overruling = rows[code].rating.overruling
        assert overruling
        assert code in note
        assert overruling.reason in note
        assert overruling.rule in note
        codes.append(code)
    assert sorted(codes) == ["LM 2.1", "LM 2.1", "LM 2.3"]
    block = document.get_element_by_id("detail-lm-2-1")
    assert "Red †" in _get_text(block.find("header"))
    assert "The rule alone says No value" in _get_text(block)


def test_counts_agree_wherever_they_occur(document: HtmlElement, council_report: Report) -> None:
    counts = document.xpath("//ul[contains(@class, 'counts')]")
    numbers = [[int(number) for number in of_one.xpath(".//b/text()")] for of_one in counts]
    total = [count.number for count in council_report.cover.counts]
    assert numbers.count(total) == 2, "on the cover and in the section of all indicators"
    by_group = [of_one for of_one in numbers if of_one != total]
    partners = len(get_rows(council_report, "partnership"))
    assert sum(map(sum, by_group)) == sum(total) + len(get_blocks(council_report)) + partners


def test_contents_link_to_the_sections_in_order(document: HtmlElement) -> None:
    links = document.xpath("//nav//a/@href")
    order = [name for name in document.xpath("//@id") if f"#{name}" in links]
    assert [link[1:] for link in links] == order


def test_cover_lists_green_indicators_with_a_comment(document: HtmlElement) -> None:
    codes = document.xpath("//ul[contains(@class, 'greens')]/li//*[contains(@class, 'label')]/text()")
    assert codes == ["LM 1.11", "LM 3.1"]


def test_cover_has_notice_version_publisher_and_contacts(document: HtmlElement) -> None:
    words = _get_text(document.xpath("//header[1]")[0])
    for part in ("no finance reports", "Version 1.0", "Performance & Insight Team", "(01632) 960101"):
        assert part in words


def test_markup_that_officers_write_is_printed_as_text(hostile: HtmlElement) -> None:
    scripts = hostile.xpath("//script")
    assert len(scripts) == 1, "the script of the page"
    assert "alert" not in scripts[0].text
    assert not [name for name in hostile.xpath("//@*") if "javascript:" in name.lower()]
    assert not hostile.xpath("//@*[starts-with(name(), 'on')]")
    assert not hostile.xpath("//img | //a[starts-with(@href, 'file:')]")
    assert not hostile.xpath("//p[normalize-space()='a raw paragraph'] | //h4//b | //i | //order")
    text = _get_text(hostile)
    for written in (
        "<script>alert(1)</script> and <p>a raw paragraph</p> &",
        "<img src=x onerror=alert(2)>",
        '<a href="file:///etc/passwd">file</a> {{ 7 * 7 }} {% raw %}',
        "<b>Rate</b> & <script>alert(4)</script>",
        'A < B & C <i>D</i> "E"',
        "Jo <o'l@x> & Co",
        "<script>alert(6)</script> no finance",
        "<script>alert(7)</script> said **so**",
    ):
        assert written in text
    assert hostile.findtext(".//title").startswith("Report </title><script>")


def test_markdown_of_a_comment_becomes_html(hostile: HtmlElement) -> None:
    comments = hostile.xpath("//*[contains(@class, 'commentary')][contains(., 'a raw paragraph')]")
    assert len(comments) == 2
    for comment in comments:
        assert comment.xpath(".//strong/text()") == ["bold"]
        assert comment.xpath(".//ul/li//text()[normalize-space()]") == ["first", "second"]
        links = comment.xpath(".//a")
        assert [(link.get("href"), link.text) for link in links] == [("https://www.gov.uk/", "good one")]
        assert "[link](javascript:alert(3))" in _get_text(comment)


def test_hostile_page_has_unique_ids_and_ordered_headings(hostile: HtmlElement) -> None:
    ids = hostile.xpath("//@id")
    assert len(set(ids)) == len(ids)
    for before, after in pairwise(hostile.iter(*HEADINGS)):
        assert _get_level(after) <= _get_level(before) + 1


def test_style_for_print_keeps_tables_fast_to_lay_out() -> None:
    """A table of automatic widths that may break anywhere takes WeasyPrint time by the square of a cell's length."""
    style = read_print_style(Project(ROOT))
    (table,) = re.findall(r"^\.indicators \{([^}]*)\}", style, re.MULTILINE)
    assert "table-layout: fixed" in table
    assert "overflow-wrap: break-word" in style
    assert not re.search(r"overflow-wrap: anywhere|word-break: break-all", style)
