"""The published workbook: what the Government Analysis Function asks for, point by point, and texts that stay texts."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mpr.project import Project
from mpr.render.formats.xlsx_columns import NumberCell, make_number_cell
from mpr.render.formats.xlsx_export import LINE_HEIGHT, MAX_ROW_HEIGHT, export_xlsx
from mpr.report.assemble import assemble_report
from mpr.report.model.open_data import Dataset, IndicatorData, PrintedFigure
from mpr.report.model.report import Contact, Report
from mpr.workflows.check import check_period
from tests.conftest import MAY, ROOT

NAMES = ["Cover", "Notes", "Indicators", "Periods"]
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "'=1+1")


def _open(report: Report) -> Workbook:
    return load_workbook(io.BytesIO(export_xlsx(report)))


@pytest.fixture(scope="module")
def book(report: Report) -> Workbook:
    return _open(report)


@pytest.fixture(scope="module")
def kpi() -> Report:
    return assemble_report(check_period(Project(ROOT / "examples" / "kpi-table-2016-17-q2"), "2016-17-Q2").scorecard)


def _column(sheet: Worksheet, heading: str) -> list[object]:
    heads, *rows = sheet[next(iter(sheet.tables.values())).ref]
    at = [cell.value for cell in heads].index(heading)
    return [row[at].value for row in rows]


def _heads(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in sheet[next(iter(sheet.tables.values())).ref][0]]


def test_a_cover_notes_and_a_table_a_sheet(book: Workbook) -> None:
    assert book.sheetnames == NAMES
    assert book.active == book["Cover"]
    assert [list(sheet.tables) for sheet in book] == [["Contents"], ["Notes"], ["Indicators"], ["Periods"]]


def test_the_cover_says_what_it_is_and_leads_to_every_sheet(book: Workbook) -> None:
    cover = book["Cover"]
    assert [row[0].value for row in cover] == [
        "Monthly Performance Report, May 2018: figures",
        "Southend-on-Sea Borough Council",
        "Version 1.0, generated on 21 June 2018 11:59",
        "Published by the Policy, Engagement & Communication Team, Southend-on-Sea Borough Council",
        "The figures are those of the report, as they are printed there.",
        "There are no finance reports this month, next reports are due in the June MPR.",
        "timmacgregor@southend.gov.uk, telephone (01702) 534025",
        "LouisaThomas@southend.gov.uk, telephone (01702) 212039",
        "Contents of this workbook",
        "Notes: What symbols, outcomes and columns mean",
        "Indicators: Where the indicators stand in May 2018",
        "Periods: Values, targets and outcomes up to May 2018",
    ]
    links = [cell.hyperlink for row in cover for cell in row if cell.hyperlink]
    assert [each.target for each in links if each.target] == [
        "mailto:timmacgregor@southend.gov.uk",
        "mailto:LouisaThomas@southend.gov.uk",
    ]
    assert [each.location for each in links if each.location] == [f"'{name}'!A1" for name in NAMES[1:]]


def test_every_sheet_begins_with_its_title_and_says_what_is_there(book: Workbook) -> None:
    assert [[sheet.cell(row, 1).value for row in range(1, 5)] for sheet in book][1:] == [
        [
            "What symbols, outcomes and columns mean",
            "This worksheet has one table, with 42 rows.",
            "Kind of note",
            "Symbol",
        ],
        [
            "Where the indicators stand in May 2018",
            "This worksheet has one table, with 31 rows.",
            "[x] means not available, [z] not applicable.",
            "The worksheet Notes says what symbols, outcomes and columns mean.",
        ],
        [
            "Values, targets and outcomes up to May 2018",
            "This worksheet has one table, with 442 rows.",
            "[x] means not available, [z] not applicable.",
            "The worksheet Notes says what symbols, outcomes and columns mean.",
        ],
    ]


def test_tables_are_marked_up_from_the_left_edge_to_the_last_row(book: Workbook) -> None:
    for sheet in book:
        (table,) = sheet.tables.values()
        first, _, last = table.ref.partition(":")
        assert first.startswith("A")
        assert last == sheet.cell(sheet.max_row, sheet.max_column).coordinate, "nothing stands below or beside it"
        assert table.headerRowCount == 1
        heads = [str(each).casefold() for each in _heads(sheet)]
        assert len(set(heads)) == len(heads)
        assert heads == [each.name.casefold() for each in table.tableColumns]


def test_nothing_is_merged_blank_hidden_filtered_or_frozen(book: Workbook) -> None:
    looked_at = 0
    for sheet in book:
        (table,) = sheet.tables.values()
        assert not sheet.merged_cells.ranges
        assert table.autoFilter is None
        assert sheet.auto_filter.ref is None
        assert sheet.freeze_panes is None
        assert sheet.sheet_state == "visible"
        assert not [each for each in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()) if each.hidden]
        cells = [cell for row in sheet[table.ref] for cell in row]
        assert [cell.coordinate for cell in cells if str(cell.value or "").strip() == ""] == []
        assert not sheet.oddHeader.center.text
        looked_at += len(cells)
    assert looked_at > 5_000


def test_type_is_plain_large_enough_and_never_on_colour(book: Workbook) -> None:
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.font.name for cell in cells} == {"Arial"}
    assert min(cell.font.size for cell in cells) == 12
    assert not [cell for cell in cells if cell.font.i or cell.fill.fill_type]
    assert {cell.font.color.rgb for cell in cells if cell.font.color and cell.font.color.type == "rgb"} == {"FF0000EE"}
    texts = [cell for sheet in book for row in sheet[next(iter(sheet.tables.values())).ref] for cell in row]
    assert not [cell for cell in texts if len(str(cell.value)) > 30 and not cell.alignment.wrap_text]


def test_the_document_says_its_title_author_language_and_day(report: Report, book: Workbook) -> None:
    about = book.properties
    assert (about.title, about.creator) == (
        "Monthly Performance Report, May 2018: figures",
        "Policy, Engagement & Communication Team, Southend-on-Sea Borough Council",
    )
    assert about.created == about.modified == datetime(2018, 6, 21)  # noqa: DTZ001 - as openpyxl reads it
    parts = zipfile.ZipFile(io.BytesIO(export_xlsx(report)))
    assert b'name="Language"><vt:lpwstr>en-GB<' in parts.read("docProps/custom.xml")
    assert {each.date_time[0] for each in parts.infolist()} == {1980}


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert export_xlsx(report) == export_xlsx(report)


def test_notes_explain_every_column_symbol_and_outcome(book: Workbook) -> None:
    notes = list(zip(*(_column(book["Notes"], head) for head in ("Kind of note", "About")), strict=True))
    assert [about for kind, about in notes if kind == "Symbol"] == ["[x]", "[z]", "proxy"]
    for name in ("Indicators", "Periods"):
        assert {("Column", head) for head in _heads(book[name])} <= set(notes)
        shorthand = {cell.value for row in book[name] for cell in row if re.fullmatch(r"\[\w+\]", str(cell.value))}
        assert {("Symbol", each) for each in shorthand} <= set(notes)
    outcomes = {*_column(book["Indicators"], "Outcome"), *_column(book["Indicators"], "Outcome by the rule alone")}
    assert {("Outcome", each) for each in outcomes} <= set(notes)
    assert [about for kind, about in notes if kind == "Overruled"] == ["CP 2.3", "CP 3.6", "CP 5.1"]


@pytest.mark.parametrize(
    ("figure", "end", "cell"),
    [
        ("83.0%", 0, NumberCell(0.83, "#,##0.0%")),
        ("18.70%", 0, NumberCell(0.187, "#,##0.00%")),
        ("578468", 0, NumberCell(578468.0, "#,##0")),
        ("-0.4", 0, NumberCell(-0.4, "#,##0.0")),
        ("38 48", 0, NumberCell(38.0, "#,##0")),
        ("38 48", 1, NumberCell(48.0, "#,##0")),
        ("38", 1, "[z]"),
        ("%", 0, "[x]"),
        ("%", 1, "[z]"),
    ],
)
def test_a_figure_is_a_number_with_its_format_or_a_symbol(figure: str, end: int, cell: object) -> None:
    numbers = tuple(map(Decimal, figure.replace("%", "").split()))
    assert make_number_cell(PrintedFigure("[x]", numbers=numbers), percent="%" in figure, end=end) == cell


def test_columns_are_those_that_the_council_has_something_for(kpi: Report) -> None:
    book = _open(kpi)
    heads = _heads(book["Indicators"])
    assert "Portfolio holder" in heads
    assert "Comparison" in heads
    assert not {"Code", "Aim", "Department", "Scrutiny committee", "Managed by"} & set(heads)
    assert _column(book["Indicators"], "Portfolio holder")[0] == "Cllr M Coxshall"
    made_of = zip(_column(book["Indicators"], "Value"), _column(book["Indicators"], "Made of"), strict=True)
    assert [each for each in made_of if each[1] != "[z]"] == [(0.7419, "799 of 1,077"), (0.894, "135 of 151")]
    assert _heads(book["Periods"])[0] == "Short name"


def test_partnership_indicators_have_a_sheet_of_their_own(report: Report) -> None:
    first, second, *rest = report.dataset.items
    items = (replace(first, group="Local Economy"), replace(second, group="Local Economy"), *rest)
    book = _open(replace(report, dataset=Dataset(items, ())))
    assert book.sheetnames == ["Cover", "Notes", "Indicators", "Partnership", "Periods"]
    assert book["Indicators"]["A1"].value == "Where the corporate indicators stand in May 2018"
    assert _column(book["Partnership"], "Group") == ["Local Economy"] * 2
    assert len(_column(book["Indicators"], "Code")) == 29
    assert len(_column(book["Periods"], "Code")) == 442


def test_an_owner_called_like_a_column_does_not_break_the_table(report: Report) -> None:
    items = tuple(replace(each, owners=(("VALUE", ("A",)), ("Ward", ("B",)))) for each in report.dataset.items)
    sheet = _open(replace(report, dataset=Dataset(items, ())))["Indicators"]
    assert (_column(sheet, "VALUE (owner)")[0], _column(sheet, "Ward")[0]) == ("A", "B")


def test_rows_are_as_tall_as_their_text_and_no_taller_than_can_be(report: Report) -> None:
    first, second, *rest = report.dataset.items
    items = (replace(first, comment="word " * 2_000), replace(second, comment="one\n\ntwo", name="A"), *rest)
    sheet = _open(replace(report, dataset=Dataset(items, ())))["Indicators"]
    assert [sheet.row_dimensions[row].height for row in (6, 7)] == [MAX_ROW_HEIGHT, 3 * LINE_HEIGHT]


def _hostile(item: IndicatorData, text: str) -> IndicatorData:
    """Return an item whose every text is the same one."""
    texts = {each.name: text for each in fields(IndicatorData) if each.type is str or each.type == "str"}
    many = {"departments": (text,), "managers": (text,), "owners": ((text, (text,)),), "comparisons": (text,)}
    return replace(item, **{**texts, **many})


def _formulas(data: bytes) -> Iterator[str]:
    parts = zipfile.ZipFile(io.BytesIO(data))
    for name in parts.namelist():
        yield from re.findall(r"<f[ >].*?</f>|<calculatedColumnFormula", parts.read(name).decode("utf-8", "replace"))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula(report: Report, text: str) -> None:
    items = tuple(_hostile(each, text) for each in report.dataset.items)
    edition = replace(report.edition, title=text, organisation=text, imprint=text, version=text)
    cover = replace(report.cover, notices=(text,), contacts=(Contact(text, text),))
    hostile = replace(report, edition=edition, cover=cover, dataset=Dataset(items, report.dataset.remarks))
    data = export_xlsx(hostile)
    assert list(_formulas(data)) == []
    book = load_workbook(io.BytesIO(data))
    said = [cell for row in book["Cover"] for cell in row if cell.value == text]
    assert [cell.quotePrefix for cell in said] == [True] * 3, "organisation, imprint and notice"
    for name in ("Partnership", "Periods"):
        rows = list(book[name][book[name].tables[name].ref])[1:]
        cells = [cell for row in rows for cell in row if isinstance(cell.value, str)]
        same = [cell for cell in cells if cell.value == text]
        assert len(same) >= 31
        assert {cell.data_type for cell in cells} == {"s"}
        assert {cell.quotePrefix for cell in same} == {True}, "typed again, it stays a text"


def test_a_formula_in_the_officers_files_stays_a_text(project: Project) -> None:
    comment = "=cmd|' /C calc'!A0"
    for path, old, new in (
        (project.indicators_path, "alias: Child Protection Plans (rate)", "alias: '=1+1'"),
        (project.indicators_path, "unit: children per 10,000", "unit: '-2+3'"),
        (project.get_values_path(MAY), "As previously identified", f"{comment} As previously identified"),
    ):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    data = export_xlsx(assemble_report(check_period(project, MAY).scorecard))
    assert list(_formulas(data)) == []
    sheet = load_workbook(io.BytesIO(data))["Indicators"]
    said = {head: sheet.cell(6, at) for at, head in enumerate(_heads(sheet), 1)}
    texts = [said[head] for head in ("Short name", "Unit", "Comment")]
    assert [str(cell.value)[:18] for cell in texts] == ["=1+1", "-2+3", comment]
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in texts)
