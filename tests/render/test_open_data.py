"""The files of figures beside the page of May 2018: each figure on the page, in each of them, and no other."""

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from types import SimpleNamespace

import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from mpr.load.editions.record import Record
from mpr.project import Project
from mpr.report.model.open_data import PrintedFigure
from mpr.report.model.report import Report

MAY = "2018-05"
NOTHING = "[z]"


@pytest.fixture(scope="module")
def page(built: Project) -> HtmlElement:
    return lxml_html.document_fromstring(built.get_report_path(MAY, "html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def book(built: Project) -> Workbook:
    return load_workbook(built.get_report_path(MAY, "xlsx"))


@pytest.fixture(scope="module")
def table(built: Project) -> list[SimpleNamespace]:
    text = built.get_report_path(MAY, "csv").read_text(encoding="utf-8-sig")
    return [SimpleNamespace(**row) for row in csv.DictReader(io.StringIO(text, newline=""))]


@pytest.fixture(scope="module")
def tree(built: Project) -> dict[str, dict]:
    return json.loads(
        built.get_report_path(MAY, "json").read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal
    )


def _seen(cell: Cell) -> str:
    """Return what a spreadsheet shows of a cell, whose format hides nothing of the number."""
    if isinstance(cell.value, str):
        return cell.value
    shape = cell.number_format
    percent = shape.endswith("%")
    decimals = len(shape.removesuffix("%").partition(".")[2])
    number = Decimal(repr(cell.value)) * (100 if percent else 1)
    assert shape.startswith("#,##0") or shape == "0"
    assert number == round(number, decimals), f"{cell.coordinate} shows {shape} of {cell.value!r}"
    commas = "," if "," in shape else ""
    return f"{number:{commas}.{decimals}f}".replace("-", "−") + ("%" if percent else "")


def _rows(book: Workbook, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a worksheet's table as they are seen, by their headings."""
    sheet = book[name]
    heads, *rows = sheet[sheet.tables[name].ref]
    for row in rows:
        yield {
            str(head.value): cell.value.date().isoformat() if cell.is_date else _seen(cell)
            for head, cell in zip(heads, row, strict=True)
        }


def _target(low: str, high: str) -> str:
    return low if high in {"", NOTHING} else f"{low} – {high}"


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content().replace("†", "").replace("judged", "").split())


def _on_page(page: HtmlElement) -> dict[str, tuple[str, ...]]:
    """Return what the section of all corporate indicators says of each: its figures, outcome and change."""
    kinds = ("latest", "value", "target", "annual", "rating", "change")
    return {
        _words(row.xpath("./th")[0]): tuple(_words(row.xpath(f"./td[contains(@class, '{kind}')]")[0]) for kind in kinds)
        for row in page.xpath("//section[@id='corporate']//tr[./th[@scope='row']]")
    }


def _histories(page: HtmlElement) -> Iterator[tuple[str, str, str, str, str, bool]]:
    """Yield the code, period, value, target and outcome of every cell of a history, and whether it is yet to come."""
    for block in page.xpath("//section[@id='detail']//article"):
        code = _words(block.xpath("./header//span[@class='code']")[0])
        years = [_words(each) for each in block.xpath(".//table//th[contains(@class, 'year')]")]
        for row in block.xpath(".//table/tbody/tr"):
            label, cells = _words(row[0]), row[1:]
            for place, year in enumerate(years):
                value, target, rating = cells[3 * place : 3 * place + 3]
                late = label in {"January", "February", "March"}
                period = f"{label} {int(year[:4]) + late}" if row.get("class") == "month" else f"{label} {year}"
                yield code, period, _words(value), _words(target), _words(rating), "future" in value.get("class")


def test_where_indicators_stand_is_on_the_page_as_in_the_workbook(page: HtmlElement, book: Workbook) -> None:
    found = {}
    for row in _rows(book, "Indicators"):
        mark = row["Value note"] if row["Value note"] == "proxy" else ""
        found[row["Code"]] = (
            row["Latest period"],
            f"{row['Value']} {mark}".strip(),
            _target(row["Target"], row["Target, upper end"]),
            _target(row["Annual target"], row["Annual target, upper end"]),
            row["Outcome"],
            row["Better or worse than last year"],
        )
    assert len(found) == 31
    assert found == _on_page(page)


def test_every_history_is_on_the_page_as_in_the_workbook(page: HtmlElement, book: Workbook) -> None:
    sheet = {(row["Code"], row["Period"]): row for row in _rows(book, "Periods")}
    assert len(sheet) == 442
    values = targets = 0
    for code, period, value, target, outcome, future in _histories(page):
        assert ((code, period) in sheet) is not future
        if future:
            continue
        row = sheet[code, period]
        mark = row["Value note"] if row["Value note"] == "proxy" else ""
        assert f"{row['Value']} {mark}".strip() == value, (code, period)
        assert _target(row["Target"], row["Target, upper end"]) == (target or NOTHING), (code, period)
        assert row["Outcome of the period"] == (outcome or NOTHING), (code, period)
        values += value[0] != "["
        targets += target[:1] not in {"", "["}
    assert (values, targets) == (142, 142), "138 of the model, and four quarters that their months make"


def _printed(number: str, sign: str) -> str:
    return f"{Decimal(number):,f}{sign}".replace("-", "−") if number else ""


def test_workbook_and_csv_say_the_same_of_every_period(book: Workbook, table: list[SimpleNamespace]) -> None:
    missing = {"not available": "[x]", "not applicable": "[z]"}
    for row, line in zip(_rows(book, "Periods"), table, strict=True):
        sign = "%" if line.unit == "%" else ""
        assert (row["Code"], row["Last day"]) == (line.code, line.period_end)
        assert row["Value"] == (_printed(line.value, sign) or missing[line.value_mark])
        assert row["Value note"] == (line.value_mark or NOTHING)
        assert row["Target"] == (_printed(line.target, sign) or missing[line.target_mark])
        assert row["Target, upper end"] == (_printed(line.target_upper, sign) or NOTHING)
        assert row["Outcome of the period"] == (line.outcome or NOTHING)
        yes = {"true": "Yes", "false": "No"}
        assert (row["Overruled"], row["Latest"]) == (yes[line.overruled], yes[line.latest])


def test_the_figures_of_every_period_are_those_that_are_kept_of_the_report(
    built: Project, table: list[SimpleNamespace]
) -> None:
    kept = Record.model_validate_json(built.get_report_path(MAY, "figures.json").read_bytes()).indicators
    symbols = {"not available": "[x]", "not applicable": "[z]"}
    for line in table:
        sign = "%" if line.unit == "%" else ""
        value = _printed(line.value, sign) or symbols[line.value_mark]
        mark = " proxy" if line.value_mark == "proxy" else ""
        assert f"{value}{mark}" == kept[line.code].periods[line.period].value
        if line.period_kind == "month":
            target = _printed(line.target, sign) or symbols[line.target_mark]
            upper = f"\u00a0–\u00a0{_printed(line.target_upper, sign)}" if line.target_upper else ""
            assert f"{target}{upper}" == kept[line.code].periods[line.period].target
    assert len(table) == sum(len(each.periods) for each in kept.values())


def test_one_period_of_each_indicator_is_the_one_it_stands_on(table: list[SimpleNamespace], tree: dict) -> None:
    latest = [(line.code, line.period) for line in table if line.latest == "true"]
    assert latest == [(item["code"], item["latest"]["name"]) for item in tree["dataset"]["items"]]
    assert ("CP 3.4", "2018-04") in latest


def test_the_page_leads_to_the_files_that_lie_beside_it(page: HtmlElement, built: Project) -> None:
    links = page.xpath("//div[@class='data']//a")
    assert [(each.text, each.get("href")) for each in links] == [
        ("Spreadsheet (XLSX)", "mpr-2018-05.xlsx"),
        ("CSV", "mpr-2018-05.csv"),
        ("JSON", "mpr-2018-05.json"),
    ]
    folder = built.get_report_path(MAY, "html").parent
    assert all((folder / each.get("href")).stat().st_size > 10_000 for each in links)


def _figures(value: object) -> Iterator[dict]:
    if isinstance(value, list):
        for part in value:
            yield from _figures(part)
    elif isinstance(value, dict):
        if "numbers" in value:
            yield value
        for part in value.values():
            yield from _figures(part)


def test_the_numbers_of_the_json_are_those_of_the_texts_beside_them(tree: dict) -> None:
    figures = list(_figures(tree))
    assert len(figures) > 1_500
    assert set(figures[0]) == set(PrintedFigure.__dataclass_fields__)
    for each in figures:
        ends = each["text"].replace("%", "").replace(",", "").replace("−", "-").split("\u00a0–\u00a0")
        numbers = [Decimal(end) for end in ends] if each["numbers"] else []
        assert each["numbers"] == numbers, each
        assert bool(each["numbers"]) or each["text"] in {"[x]", "[z]", ""}, each


def test_the_json_is_the_report(tree: dict, report: Report) -> None:
    assert tree["schema"] == "1.0"
    assert list(tree)[1:] == list(Report.__dataclass_fields__)
    assert tree["edition"]["period"] == report.edition.period
    assert len(tree["sections"]) == len(report.sections)
    assert [item["code"] for item in tree["dataset"]["items"]] == [item.code for item in report.dataset.items]
