"""The published workbook: the rules of the Government Analysis Function, point by point, and texts that stay texts."""

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
from tests.cells import replace_text, set_cells
from tests.conftest import MAY, ROOT

NAMES = ["Cover", "Notes", "Indicators", "Partnership", "Periods"]
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "'=1+1")


def _open(report: Report) -> Workbook:
    return load_workbook(io.BytesIO(export_xlsx(report)))


@pytest.fixture(scope="module")
def book(council_report: Report) -> Workbook:
    return _open(council_report)


@pytest.fixture(scope="module")
def kpi() -> Report:
    return assemble_report(check_period(Project(ROOT / "examples" / "kpi-table-2016-17-q2"), "2016-17-Q2").scorecard)


def _read_column(sheet: Worksheet, heading: str) -> list[object]:
    headings, *rows = sheet[next(iter(sheet.tables.values())).ref]
    at = [cell.value for cell in headings].index(heading)
    return [row[at].value for row in rows]


def _read_headings(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in sheet[next(iter(sheet.tables.values())).ref][0]]


def test_sheets_have_one_table_each_and_the_cover_is_open(book: Workbook) -> None:
    assert book.sheetnames == NAMES
    assert book.active == book["Cover"]
    assert [list(sheet.tables) for sheet in book] == [["Contents"], *([name] for name in NAMES[1:])]


def test_cover_describes_the_workbook_and_links_to_every_sheet(book: Workbook) -> None:
    cover = book["Cover"]
    assert [row[0].value for row in cover] == [
        "Monthly Scorecard, May 2018: figures",
        "Larkmere Borough Council",
        "Version 1.0, generated on 19 June 2018 10:30",
        "Published by the Performance & Insight Team, Larkmere Borough Council",
        "The figures are those of the report, as they are printed there.",
        "There are no finance reports this month; the next come with the scorecard of June.",
        "scorecard@larkmere.example, telephone (01632) 960101",
        "press@larkmere.example, telephone (01632) 960102",
        "Contents of this workbook",
        "Notes: What symbols, outcomes and columns mean",
        "Indicators: Where the corporate indicators stand in May 2018",
        "Partnership: Where the partnership indicators stand in May 2018",
        "Periods: Values, targets and outcomes up to May 2018",
    ]
    links = [cell.hyperlink for row in cover for cell in row if cell.hyperlink]
    assert [link.target for link in links if link.target] == [
        "mailto:scorecard@larkmere.example",
        "mailto:press@larkmere.example",
    ]
    assert [link.location for link in links if link.location] == [f"'{name}'!A1" for name in NAMES[1:]]


def test_sheets_begin_with_their_titles_and_the_size_of_their_tables(book: Workbook, council_report: Report) -> None:
    items = council_report.dataset.items
    notes = book["Notes"].max_row - 3
    corporate, periods = sum(not item.group for item in items), sum(len(item.history) for item in items)
    assert [[sheet.cell(row, 1).value for row in range(1, 5)] for sheet in book][1:] == [
        [
            "What symbols, outcomes and columns mean",
            f"This worksheet has one table, with {notes} rows.",
            "Kind of note",
            "Symbol",
        ],
        [
            "Where the corporate indicators stand in May 2018",
            f"This worksheet has one table, with {corporate} rows.",
            "[x] means not available, [z] not applicable.",
            "The worksheet Notes says what symbols, outcomes and columns mean.",
        ],
        [
            "Where the partnership indicators stand in May 2018",
            "This worksheet has one table, with 1 row.",
            "[x] means not available, [z] not applicable.",
            "The worksheet Notes says what symbols, outcomes and columns mean.",
        ],
        [
            "Values, targets and outcomes up to May 2018",
            f"This worksheet has one table, with {periods} rows.",
            "[x] means not available, [z] not applicable.",
            "The worksheet Notes says what symbols, outcomes and columns mean.",
        ],
    ]


def test_tables_reach_from_the_left_edge_to_the_last_row(book: Workbook) -> None:
    for sheet in book:
        (table,) = sheet.tables.values()
        first, _, last = table.ref.partition(":")
        assert first.startswith("A")
        assert last == sheet.cell(sheet.max_row, sheet.max_column).coordinate, "there is nothing below or beside it"
        assert table.headerRowCount == 1
        headings = [str(heading).casefold() for heading in _read_headings(sheet)]
        assert len(set(headings)) == len(headings)
        assert headings == [column.name.casefold() for column in table.tableColumns]


def test_nothing_is_merged_blank_hidden_filtered_or_frozen(book: Workbook) -> None:
    checked = 0
    for sheet in book:
        (table,) = sheet.tables.values()
        assert not sheet.merged_cells.ranges
        assert table.autoFilter is None
        assert sheet.auto_filter.ref is None
        assert sheet.freeze_panes is None
        assert sheet.sheet_state == "visible"
        dimensions = (*sheet.row_dimensions.values(), *sheet.column_dimensions.values())
        assert not [dimension for dimension in dimensions if dimension.hidden]
        cells = [cell for row in sheet[table.ref] for cell in row]
        assert [cell.coordinate for cell in cells if str(cell.value or "").strip() == ""] == []
        assert not sheet.oddHeader.center.text
        checked += len(cells)
    assert checked > 0


def test_text_is_plain_large_enough_and_never_on_colour(book: Workbook) -> None:
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.font.name for cell in cells} == {"Arial"}
    assert min(cell.font.size for cell in cells) == 12
    assert not [cell for cell in cells if cell.font.i or cell.fill.fill_type]
    assert {cell.font.color.rgb for cell in cells if cell.font.color and cell.font.color.type == "rgb"} == {"FF0000EE"}
    texts = [cell for sheet in book for row in sheet[next(iter(sheet.tables.values())).ref] for cell in row]
    assert not [cell for cell in texts if len(str(cell.value)) > 30 and not cell.alignment.wrap_text]


def test_properties_give_title_author_language_and_date(council_report: Report, book: Workbook) -> None:
    about = book.properties
    assert (about.title, about.creator) == (
        "Monthly Scorecard, May 2018: figures",
        "Performance & Insight Team, Larkmere Borough Council",
    )
    assert about.created == about.modified == datetime(2018, 6, 19)  # noqa: DTZ001 - as openpyxl reads it
    parts = zipfile.ZipFile(io.BytesIO(export_xlsx(council_report)))
    assert b'name="Language"><vt:lpwstr>en-GB<' in parts.read("docProps/custom.xml")
    assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_same_report_gives_the_same_bytes(council_report: Report) -> None:
    assert export_xlsx(council_report) == export_xlsx(council_report)


def test_notes_explain_every_column_symbol_and_outcome(book: Workbook) -> None:
    notes = list(zip(*(_read_column(book["Notes"], head) for head in ("Kind of note", "About")), strict=True))
    assert [about for kind, about in notes if kind == "Symbol"] == ["[x]", "[z]", "proxy"]
    for name in NAMES[2:]:
        assert {("Column", head) for head in _read_headings(book[name])} <= set(notes)
        shorthand = {cell.value for row in book[name] for cell in row if re.fullmatch(r"\[\w+\]", str(cell.value))}
        assert {("Symbol", symbol) for symbol in shorthand} <= set(notes)
    outcomes = {
        *_read_column(book["Indicators"], "Outcome"),
        *_read_column(book["Indicators"], "Outcome by the rule alone"),
    }
    assert {("Outcome", outcome) for outcome in outcomes} <= set(notes)
    assert [about for kind, about in notes if kind == "Overruled"] == ["LM 2.1", "LM 2.3"]


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
def test_figure_is_a_number_with_its_format_or_a_symbol(figure: str, end: int, cell: object) -> None:
    numbers = tuple(map(Decimal, figure.replace("%", "").split()))
    assert make_number_cell(PrintedFigure("[x]", numbers=numbers), percent="%" in figure, end=end) == cell


def test_columns_without_any_content_are_left_out(kpi: Report) -> None:
    book = _open(kpi)
    headings = _read_headings(book["Indicators"])
    assert "Portfolio holder" in headings
    assert "Comparison" in headings
    assert not {"Code", "Aim", "Department", "Scrutiny committee", "Managed by"} & set(headings)
    assert _read_column(book["Indicators"], "Portfolio holder")[0] == "Cllr M Coxshall"
    made_of = zip(_read_column(book["Indicators"], "Value"), _read_column(book["Indicators"], "Made of"), strict=True)
    assert [pair for pair in made_of if pair[1] != "[z]"] == [(0.7419, "799 of 1,077"), (0.894, "135 of 151")]
    assert _read_headings(book["Periods"])[0] == "Short name"


def test_sheet_of_partnership_indicators_is_there_only_if_there_are_any(book: Workbook, council_report: Report) -> None:
    corporate = tuple(item for item in council_report.dataset.items if not item.group)
    alone = _open(replace(council_report, dataset=Dataset(corporate, ())))
    assert alone.sheetnames == [name for name in NAMES if name != "Partnership"]
    assert alone["Indicators"]["A1"].value == "Where the indicators stand in May 2018"
    assert book["Indicators"]["A1"].value == "Where the corporate indicators stand in May 2018"
    assert _read_column(book["Partnership"], "Group") == ["Jobs and Skills"]
    assert _read_column(book["Indicators"], "Code") == [item.code for item in corporate]
    assert set(_read_column(book["Periods"], "Code")) == {item.code for item in council_report.dataset.items}


def test_owner_with_the_name_of_a_column_gets_another_heading(council_report: Report) -> None:
    items = tuple(replace(item, owners=(("VALUE", ("A",)), ("Ward", ("B",)))) for item in council_report.dataset.items)
    sheet = _open(replace(council_report, dataset=Dataset(items, ())))["Indicators"]
    assert (_read_column(sheet, "VALUE (owner)")[0], _read_column(sheet, "Ward")[0]) == ("A", "B")


def test_rows_are_as_tall_as_their_text_up_to_the_limit_of_excel(council_report: Report) -> None:
    first, second, *rest = council_report.dataset.items
    items = (replace(first, comment="word " * 2_000), replace(second, comment="one\n\ntwo", name="A"), *rest)
    sheet = _open(replace(council_report, dataset=Dataset(items, ())))["Indicators"]
    assert [sheet.row_dimensions[row].height for row in (6, 7)] == [MAX_ROW_HEIGHT, 3 * LINE_HEIGHT]


def _fill_with(item: IndicatorData, text: str) -> IndicatorData:
    """Return an item in which every text is the given one."""
    texts = {field.name: text for field in fields(IndicatorData) if field.type is str or field.type == "str"}
    many = {"departments": (text,), "managers": (text,), "owners": ((text, (text,)),), "comparisons": (text,)}
    return replace(item, **{**texts, **many})


def _iter_formulas(data: bytes) -> Iterator[str]:
    parts = zipfile.ZipFile(io.BytesIO(data))
    for name in parts.namelist():
        yield from re.findall(r"<f[ >].*?</f>|<calculatedColumnFormula", parts.read(name).decode("utf-8", "replace"))


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_stays_text(council_report: Report, text: str) -> None:
    items = tuple(_fill_with(item, text) for item in council_report.dataset.items)
    edition = replace(council_report.edition, title=text, organisation=text, imprint=text, version=text)
    cover = replace(council_report.cover, notices=(text,), contacts=(Contact(text, text),))
    hostile = replace(
        council_report, edition=edition, cover=cover, dataset=Dataset(items, council_report.dataset.remarks)
    )
    data = export_xlsx(hostile)
    assert list(_iter_formulas(data)) == []
    book = load_workbook(io.BytesIO(data))
    said = [cell for row in book["Cover"] for cell in row if cell.value == text]
    assert [cell.quotePrefix for cell in said] == [True] * 3, "organisation, imprint and notice"
    for name in ("Partnership", "Periods"):
        rows = list(book[name][book[name].tables[name].ref])[1:]
        cells = [cell for row in rows for cell in row if isinstance(cell.value, str)]
        same = [cell for cell in cells if cell.value == text]
        assert same
        assert {cell.data_type for cell in cells} == {"s"}
        assert {cell.quotePrefix for cell in same} == {True}, "it stays text when somebody edits the cell"


def test_formula_in_the_files_of_the_officers_stays_text(council: Project) -> None:
    comment = "=cmd|' /C calc'!A0"
    replace_text(council.indicators_path, "alias: Referrals to children’s services", "alias: '=1+1'")
    replace_text(council.indicators_path, "unit: referrals per 10,000", "unit: '-2+3'")
    set_cells(council.get_values_path(MAY), "LM 1.1", comment=comment)
    data = export_xlsx(assemble_report(check_period(council, MAY).scorecard))
    assert list(_iter_formulas(data)) == []
    sheet = load_workbook(io.BytesIO(data))["Indicators"]
    cells = {heading: sheet.cell(6, at) for at, heading in enumerate(_read_headings(sheet), 1)}
    texts = [cells[heading] for heading in ("Short name", "Unit", "Comment")]
    assert [cell.value for cell in texts] == ["=1+1", "-2+3", comment]
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in texts)
