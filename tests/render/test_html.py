"""The page for the screen: whole in one file, sound, and safe against what officers write."""

import csv
import io
import re
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
from tests.conftest import ROOT
from tests.views import get_rows

MAY = "2018-05"
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


@pytest.fixture
def hostile(council: Project) -> HtmlElement:
    """Return the page of a project whose every text tries to be markup."""
    indicators = council.indicators_path.read_text(encoding="utf-8")
    for old, new in (
        ("alias: Child Protection Plans (rate)", "alias: 'A < B & C <i>D</i> \"E\"'"),
        ("name: Rate of children subject to a", "name: '<b>Rate</b> & <script>alert(4)</script>' #"),
        ("title: Monthly Performance Report", "title: 'Report </title><script>alert(5)</script>'"),
        ("  - Public Health\n\n", "  - Public Health\n  - 'Law & <Order>'\n\n"),
    ):
        assert old in indicators
        indicators = indicators.replace(old, new, 1)
    indicators = indicators.replace("John O'Loughlin", "Jo <o'l@x> & Co", 1)
    council.indicators_path.write_text(indicators, encoding="utf-8")
    edition = council.get_edition_path(MAY)
    text = edition.read_text(encoding="utf-8") + "notices:\n  - <script>alert(6)</script> no finance\n"
    edition.write_text(text, encoding="utf-8")
    rows = list(csv.reader(io.StringIO(council.get_values_path(MAY).read_text(encoding="utf-8"))))
    for row in rows:
        if row[0] == "CP 1.1":
            row[-1] = HOSTILE
        if row[0] == "CP 2.3":
            row[4] = "<script>alert(7)</script> said **so**"
    with council.get_values_path(MAY).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    report = assemble_report(check_period(council, MAY).scorecard)
    screen, printed = render_report(
        report, {chart.anchor: "<svg><title>t</title></svg>" for chart in report.charts}, council
    )
    assert _words(_body(screen)) == _words(_body(printed))
    return lxml_html.document_fromstring(screen)


def _body(text: str) -> HtmlElement:
    body = lxml_html.document_fromstring(text).find("body")
    for script in body.xpath("./script"):
        script.drop_tree()
    return body


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _level(element: HtmlElement) -> int:
    return int(element.tag[1])


def test_it_is_one_file_that_asks_nothing_of_others(page: str, document: HtmlElement) -> None:
    assert page.startswith("<!DOCTYPE html>\n")
    assert not document.xpath("//*[@src or @srcset or @poster or @data or @background]")
    assert not document.xpath("//link | //iframe | //object | //embed | //base | //form")
    assert document.xpath("//style")
    urls = re.findall(r"url\(\s*[\"']?([^\"')]{0,40})", page)
    assert len(urls) > 3, "fonts and marks are in the page"
    assert not [url for url in urls if not url.startswith(("data:", "#"))]
    assert "@import" not in page
    assert not re.findall(r"fetch\(|XMLHttpRequest|import\(", "".join(document.xpath("//script/text()")))
    known = page.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")
    assert not re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", known)


def test_links_stay_inside_write_a_mail_or_lead_to_the_data_beside_it(document: HtmlElement) -> None:
    links = document.xpath("//@href | //@*[local-name()='href']")
    assert len(links) > 50
    data = {f"mpr-{MAY}.{ending}" for ending in ("xlsx", "csv", "json")}
    assert {re.split(r"[:#]", link)[0] for link in links} == {"", "mailto", *data}
    assert len([link for link in links if link.startswith("mailto:")]) == 2


def test_every_id_is_unique_and_every_link_has_its_target(document: HtmlElement) -> None:
    ids = Counter(document.xpath("//@id"))
    assert len(ids) > 50
    assert not [name for name, times in ids.items() if times > 1 or re.search(r"\s", name)]
    targets = [link[1:] for link in document.xpath("//@href") if link.startswith("#")]
    assert not set(targets) - set(ids)
    for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"):
        named = [name for value in document.xpath(f"//@{attribute}") for name in value.split()]
        assert not set(named) - set(ids), attribute
    inside = re.findall(r"url\(#([^)]+)\)", lxml_html.tostring(document, encoding="unicode"))
    assert not set(inside) - set(ids)


def test_it_says_its_language_and_title(document: HtmlElement) -> None:
    assert document.get("lang") == "en-GB"
    title = document.findtext(".//title")
    assert title
    assert "Monthly Performance Report" in title
    assert "May 2018" in title
    assert document.xpath("//meta[@charset='utf-8']")
    assert "user-scalable" not in document.xpath("//meta[@name='viewport']/@content")[0]


def test_every_chart_is_named_first(document: HtmlElement, council_report: Report) -> None:
    charts = document.xpath("//*[local-name()='svg']")
    assert len(charts) == len(council_report.charts)
    for drawn, chart in zip(charts, council_report.charts, strict=True):
        assert drawn[0].tag == "title"
        assert drawn[0].text == chart.description
        assert drawn.get("role") == "img"
        assert drawn.get("aria-labelledby") == drawn[0].get("id")


def test_headings_never_skip_a_level(document: HtmlElement) -> None:
    headings = list(document.iter(*HEADINGS))
    assert len(headings) > 40
    assert [each.tag for each in headings].count("h1") == 1
    assert headings[0].tag == "h1"
    for before, after in pairwise(headings):
        assert _level(after) <= _level(before) + 1, f"{_words(before)!r} is followed by {_words(after)!r}"
    assert not [each for each in headings if not _words(each)]


def test_every_table_has_a_caption_and_scoped_heads(document: HtmlElement) -> None:
    tables = document.xpath("//table")
    assert len(tables) == 3 + 5 + 11
    for table in tables:
        assert table[0].tag == "caption"
        assert _words(table[0])
        heads = table.xpath("./thead//th")
        assert heads
        assert {head.get("scope") for head in heads} <= {"col", "colgroup"}
        assert not [head for head in heads if not _words(head)]
        assert {head.get("scope") for head in table.xpath("./tbody//th")} <= {"row", "rowgroup"}
        assert not table.xpath("./tbody/tr[not(th)]")
    captions = [_words(table[0]) for table in tables]
    assert len(set(captions)) == len(captions)


def test_every_row_has_as_many_cells_as_its_table_has_columns(document: HtmlElement) -> None:
    for table in document.xpath("//table"):
        widths = [sum(int(cell.get("colspan", 1)) for cell in row) for row in table.xpath("./tbody/tr")]
        expected = 11 if "indicators" in (table.get("class") or "") else 7
        assert set(widths) == {expected}


def test_a_missing_figure_is_spoken_in_words(document: HtmlElement) -> None:
    symbols = document.xpath("//table//abbr")
    assert len(symbols) > 10
    assert {(each.text, each.get("title")) for each in symbols} <= {("[x]", "not available"), ("[z]", "not applicable")}


def test_an_outcome_is_a_mark_and_a_word(document: HtmlElement) -> None:
    cells = document.xpath("//td[contains(@class, 'rating')][.//*[contains(@class, 'mark')]]")
    assert len(cells) > 50
    words = {re.sub(r"\W+(judged)?$", "", _words(cell)) for cell in cells}
    assert words == {"Red", "Amber", "Green"}


def test_an_overruling_is_seen_at_the_outcome(document: HtmlElement, council_report: Report) -> None:
    rows = get_rows(council_report)
    found = []
    for link in document.xpath("//table//td//a[contains(@class, 'judged')]"):
        row = link.xpath("ancestor::tr")[0]
        code = _words(row.find("th"))
        note = _words(document.get_element_by_id(link.get("href")[1:]))
        overruling = rows[code].rating.overruling
        assert overruling
        assert code in note
        assert overruling.reason in note
        assert overruling.rule in note
        found.append(code)
    assert sorted(found) == ["CP 2.3", "CP 2.3", "CP 3.6", "CP 5.1"]
    block = document.get_element_by_id("detail-cp-2-3")
    assert "Red †" in _words(block.find("header"))
    assert "The rule alone says No value" in _words(block)


def test_the_counts_are_the_same_wherever_they_stand(document: HtmlElement) -> None:
    counts = document.xpath("//ul[contains(@class, 'counts')]")
    numbers = [[int(number) for number in each.xpath(".//b/text()")] for each in counts]
    assert numbers.count([10, 2, 19]) == 2
    aims = [each for each in numbers if each != [10, 2, 19]]
    assert len(aims) == 5 + 4
    assert sum(map(sum, aims)) == 31 + 12


def test_the_contents_lead_to_the_sections_in_order(document: HtmlElement) -> None:
    links = document.xpath("//nav//a/@href")
    order = [name for name in document.xpath("//@id") if f"#{name}" in links]
    assert [link[1:] for link in links] == order


def test_the_cover_lists_seven_greens(document: HtmlElement) -> None:
    codes = document.xpath("//ul[contains(@class, 'greens')]/li//*[contains(@class, 'label')]/text()")
    assert codes == ["CP 4.3", "CP 4.4", "CP 5.6", "CP 2.2", "CP 3.7", "CP 4.10", "CP 5.5"]


def test_the_cover_has_notice_version_publisher_and_contacts(document: HtmlElement) -> None:
    words = _words(document.xpath("//header[1]")[0])
    for part in ("no finance reports", "Version 1.0", "Policy, Engagement & Communication Team", "(01702) 534025"):
        assert part in words


def test_what_officers_write_stays_text(hostile: HtmlElement) -> None:
    scripts = hostile.xpath("//script")
    assert len(scripts) == 1, "the page's own"
    assert "alert" not in scripts[0].text
    assert not [name for name in hostile.xpath("//@*") if "javascript:" in name.lower()]
    assert not hostile.xpath("//@*[starts-with(name(), 'on')]")
    assert not hostile.xpath("//img | //a[starts-with(@href, 'file:')]")
    assert not hostile.xpath("//p[normalize-space()='a raw paragraph'] | //h4//b | //i | //order")
    words = _words(hostile)
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
        assert written in words
    assert hostile.findtext(".//title").startswith("Report </title><script>")


def test_the_markdown_of_a_comment_is_set(hostile: HtmlElement) -> None:
    comments = hostile.xpath("//*[contains(@class, 'commentary')][contains(., 'a raw paragraph')]")
    assert len(comments) == 2
    for comment in comments:
        assert comment.xpath(".//strong/text()") == ["bold"]
        assert comment.xpath(".//ul/li//text()[normalize-space()]") == ["first", "second"]
        links = comment.xpath(".//a")
        assert [(link.get("href"), link.text) for link in links] == [("https://www.gov.uk/", "good one")]
        assert "[link](javascript:alert(3))" in _words(comment)


def test_a_hostile_page_is_as_sound_as_the_real_one(hostile: HtmlElement) -> None:
    ids = hostile.xpath("//@id")
    assert len(set(ids)) == len(ids)
    for before, after in pairwise(hostile.iter(*HEADINGS)):
        assert _level(after) <= _level(before) + 1


def test_a_long_comment_is_laid_out_the_fast_way() -> None:
    """A table of automatic widths that may break anywhere takes WeasyPrint time by the square of a cell's length."""
    style = read_print_style(Project(ROOT))
    (table,) = re.findall(r"^\.indicators \{([^}]*)\}", style, re.MULTILINE)
    assert "table-layout: fixed" in table
    assert "overflow-wrap: break-word" in style
    assert not re.search(r"overflow-wrap: anywhere|word-break: break-all", style)
