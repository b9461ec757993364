"""The files of figures beside the page: the same figures as on the page, in every one of them, and no others."""

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
def page(built_council: Project) -> HtmlElement:
    return lxml_html.document_fromstring(built_council.get_report_path(MAY, "html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def book(built_council: Project) -> Workbook:
    return load_workbook(built_council.get_report_path(MAY, "xlsx"))


@pytest.fixture(scope="module")
def table(built_council: Project) -> list[SimpleNamespace]:
    text = built_council.get_report_path(MAY, "csv").read_text(encoding="utf-8-sig")
    return [SimpleNamespace(**row) for row in csv.DictReader(io.StringIO(text, newline=""))]


@pytest.fixture(scope="module")
def tree(built_council: Project) -> dict[str, dict]:
    return json.loads(
        built_council.get_report_path(MAY, "json").read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal
    )


def _format_as_shown(cell: Cell) -> str:
    """Return the text that a spreadsheet shows in a cell; its format may not hide a part of the number."""
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


def _iter_rows(book: Workbook, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a worksheet's table as they are shown, by their headings."""
    sheet = book[name]
    heads, *rows = sheet[sheet.tables[name].ref]
    for row in rows:
        yield {
            str(head.value): cell.value.date().isoformat() if cell.is_date else _format_as_shown(cell)
            for head, cell in zip(heads, row, strict=True)
        }


def _join_range(low: str, high: str) -> str:
    return low if high in {"", NOTHING} else f"{low} – {high}"


def _get_text(element: HtmlElement) -> str:
    return " ".join(element.text_content().replace("†", "").replace("judged", "").split())


def _read_corporate_table(page: HtmlElement) -> dict[str, tuple[str, ...]]:
    """Return figures, outcome and change of the corporate indicators by code, as on the page."""
    kinds = ("latest", "value", "target", "annual", "rating", "change")
    return {
        _get_text(row.xpath("./th")[0]): tuple(
            _get_text(row.xpath(f"./td[contains(@class, '{kind}')]")[0]) for kind in kinds
        )
        for row in page.xpath("//section[@id='corporate']//tr[./th[@scope='row']]")
    }


def _iter_histories(page: HtmlElement) -> Iterator[tuple[str, str, str, str, str, bool]]:
    """Yield code, period, value, target and outcome of every cell of a history, and whether it lies in the future."""
    for block in page.xpath("//section[@id='detail']//article"):
        code = _get_text(block.xpath("./header//span[@class='code']")[0])
        years = [_get_text(heading) for heading in block.xpath(".//table//th[contains(@class, 'year')]")]
        for row in block.xpath(".//table/tbody/tr"):
            label, cells = _get_text(row[0]), row[1:]
            for place, year in enumerate(years):
                value, target, rating = cells[3 * place : 3 * place + 3]
                in_second_half = label in {"January", "February", "March"}
                period = (
                    f"{label} {int(year[:4]) + in_second_half}" if row.get("class") == "month" else f"{label} {year}"
                )
                yield (
                    code,
                    period,
                    _get_text(value),
                    _get_text(target),
                    _get_text(rating),
                    "future" in value.get("class"),
                )


def test_table_of_indicators_on_the_page_equals_the_one_in_the_workbook(page: HtmlElement, book: Workbook) -> None:
    in_workbook = {}
    for row in _iter_rows(book, "Indicators"):
        mark = row["Value note"] if row["Value note"] == "proxy" else ""
        in_workbook[row["Code"]] = (
            row["Latest period"],
            " ".join(filter(None, (row["Value"], mark, row["Made of"].replace(NOTHING, "")))),
            _join_range(row["Target"], row["Target, upper end"]),
            _join_range(row["Annual target"], row["Annual target, upper end"]),
            row["Outcome"],
            row["Better or worse than last year"],
        )
    assert in_workbook
    assert in_workbook == _read_corporate_table(page)


def test_histories_on_the_page_equal_those_in_the_workbook(page: HtmlElement, book: Workbook) -> None:
    sheet = {(row["Code"], row["Period"]): row for row in _iter_rows(book, "Periods")}
    values = targets = 0
    for code, period, value, target, outcome, future in _iter_histories(page):
        assert ((code, period) in sheet) is not future
        if future:
            continue
        row = sheet[code, period]
        mark = row["Value note"] if row["Value note"] == "proxy" else ""
        assert f"{row['Value']} {mark}".strip() == value, (code, period)
        assert _join_range(row["Target"], row["Target, upper end"]) == (target or NOTHING), (code, period)
        assert row["Outcome of the period"] == (outcome or NOTHING), (code, period)
        values += value[0] != "["
        targets += target[:1] not in {"", "["}
    assert values > 0
    assert targets > 0


def _format_number(number: str, sign: str) -> str:
    return f"{Decimal(number):,f}{sign}".replace("-", "−") if number else ""


def test_periods_in_the_workbook_equal_those_in_the_csv(book: Workbook, table: list[SimpleNamespace]) -> None:
    missing = {"not available": "[x]", "not applicable": "[z]"}
    for row, line in zip(_iter_rows(book, "Periods"), table, strict=True):
        sign = "%" if line.unit == "%" else ""
        assert (row["Code"], row["Last day"]) == (line.code, line.period_end)
        assert row["Value"] == (_format_number(line.value, sign) or missing[line.value_mark])
        assert row["Value note"] == (line.value_mark or NOTHING)
        assert row["Target"] == (_format_number(line.target, sign) or missing[line.target_mark])
        assert row["Target, upper end"] == (_format_number(line.target_upper, sign) or NOTHING)
        assert row["Outcome of the period"] == (line.outcome or NOTHING)
        yes = {"true": "Yes", "false": "No"}
        assert (row["Overruled"], row["Latest"]) == (yes[line.overruled], yes[line.latest])


def test_periods_in_the_csv_equal_those_in_the_record_of_the_report(
    built_council: Project, table: list[SimpleNamespace]
) -> None:
    record = Record.model_validate_json(built_council.get_report_path(MAY, "figures.json").read_bytes()).indicators
    symbols = {"not available": "[x]", "not applicable": "[z]"}
    for line in table:
        sign = "%" if line.unit == "%" else ""
        value = _format_number(line.value, sign) or symbols[line.value_mark]
        mark = " proxy" if line.value_mark == "proxy" else ""
        assert f"{value}{mark}" == record[line.code].periods[line.period].value
        if line.period_kind == "month":
            target = _format_number(line.target, sign) or symbols[line.target_mark]
            upper = f"\u00a0–\u00a0{_format_number(line.target_upper, sign)}" if line.target_upper else ""
            assert f"{target}{upper}" == record[line.code].periods[line.period].target
    assert len(table) == sum(len(entry.periods) for entry in record.values())


def test_one_period_of_every_indicator_is_marked_as_its_latest(table: list[SimpleNamespace], tree: dict) -> None:
    latest = [(line.code, line.period) for line in table if line.latest == "true"]
    assert latest == [(item["code"], item["latest"]["name"]) for item in tree["dataset"]["items"]]
    assert ("LM 1.9", "2018-04") in latest


def test_page_links_to_the_files_beside_it(page: HtmlElement, built_council: Project) -> None:
    links = page.xpath("//div[@class='data']//a")
    assert [(link.text, link.get("href")) for link in links] == [
        ("Spreadsheet (XLSX)", "mpr-2018-05.xlsx"),
        ("CSV", "mpr-2018-05.csv"),
        ("JSON", "mpr-2018-05.json"),
    ]
    folder = built_council.get_report_path(MAY, "html").parent
    assert all((folder / link.get("href")).stat().st_size > 0 for link in links)


def _iter_figures(value: object) -> Iterator[dict]:
    if isinstance(value, list):
        for part in value:
            yield from _iter_figures(part)
    elif isinstance(value, dict):
        if "numbers" in value:
            yield value
        for part in value.values():
            yield from _iter_figures(part)


def test_numbers_in_the_json_equal_the_texts_beside_them(tree: dict) -> None:
    figures = list(_iter_figures(tree))
    assert figures
    assert set(figures[0]) == set(PrintedFigure.__dataclass_fields__)
    for figure in figures:
        ends = figure["text"].replace("%", "").replace(",", "").replace("−", "-").split("\u00a0–\u00a0")
        numbers = [Decimal(end) for end in ends] if figure["numbers"] else []
        assert figure["numbers"] == numbers, figure
        assert bool(figure["numbers"]) or figure["text"] in {"[x]", "[z]", ""}, figure


def test_json_has_the_fields_of_the_report(tree: dict, council_report: Report) -> None:
    assert tree["schema"] == "1.0"
    assert list(tree)[1:] == list(Report.__dataclass_fields__)
    assert tree["edition"]["period"] == council_report.edition.period
    assert len(tree["sections"]) == len(council_report.sections)
    assert [item["code"] for item in tree["dataset"]["items"]] == [item.code for item in council_report.dataset.items]
