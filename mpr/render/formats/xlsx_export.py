"""The workbook published with a report, following the Government Analysis Function's guidance on spreadsheets.

It has a cover, notes, and one table per worksheet. Each table is marked up and named as a table and starts at the left
edge, below a title in cell A1 and lines that describe it. Nothing is merged, blank, hidden, filtered or frozen, and no
meaning depends on colour. Text is written as text, so that it cannot become a formula even when somebody edits it.
"""

import io
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from textwrap import wrap
from typing import Any

import xlsxwriter

from mpr.load.values import escape_cell
from mpr.measure.formatting import format_count
from mpr.render.formats.interface import RenderedFormat, RenderRequest
from mpr.render.formats.xlsx_columns import CellValue, NumberCell, Worksheet, build_notes_worksheet, build_worksheets
from mpr.report.model.report import Contact, Report

FONT = {"font_name": "Arial", "font_size": 12}
CELL = FONT | {"valign": "top"}
TEXT = CELL | {"text_wrap": True}
RIGHT = CELL | {"align": "right", "indent": 1}
CELL_FORMATS = {
    "title": FONT | {"bold": True, "font_size": 16},
    "line": FONT,
    "head": TEXT | {"bold": True},
    "head of numbers": RIGHT | {"bold": True, "text_wrap": True},
    "text": TEXT,
    "symbol": RIGHT,
    "formula": TEXT | {"quote_prefix": True},  # text that looks like a formula, and stays text when it is edited
    "link": TEXT | {"font_color": "#0000EE", "underline": 1},
    "date": RIGHT | {"num_format": "d mmmm yyyy"},
}
COVER_WIDTH = 100
LINE_HEIGHT, MAX_ROW_HEIGHT = 15.75, 408  # in points: a line of text, and the tallest row that Excel allows
MAX_PRINT_WIDTH = 220  # in characters; a wider table would be too small to read on one page
TABLE_STYLE = "Table Style Light 1"  # black on white, with a line above and below
SHORTHAND_NOTES = (
    "[x] means not available, [z] not applicable.",
    "The worksheet Notes says what symbols, outcomes and columns mean.",
)
A4 = 9  # Excel's number for the paper size
XlsxSheet = Any  # XlsxWriter has no types
Formats = Mapping[str, Any]


def render(request: RenderRequest) -> RenderedFormat:
    """Return the report's figures as a workbook."""
    return RenderedFormat({request.get_file_name("xlsx"): export_xlsx(request.report)})


def export_xlsx(report: Report) -> bytes:
    """Return a report's figures as a workbook; the same report always gives the same bytes."""
    buffer, edition = io.BytesIO(), report.edition
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    created = datetime.combine(date.fromisoformat(edition.created), datetime.min.time(), UTC)
    book.set_properties({"title": _format_title(report), "author": edition.author, "created": created})
    book.set_custom_property("Language", "en-GB")
    figure_sheets = build_worksheets(report.dataset, edition.period)
    notes_sheet = build_notes_worksheet(figure_sheets, report.dataset.remarks)
    number_formats = {
        cell.number_format
        for sheet in figure_sheets
        for row in sheet.rows
        for cell in row
        if isinstance(cell, NumberCell)
    }
    number_properties = {
        number_format: RIGHT | {"num_format": number_format} for number_format in sorted(number_formats)
    }
    formats = {name: book.add_format(properties) for name, properties in (CELL_FORMATS | number_properties).items()}
    _write_cover(book.add_worksheet("Cover"), report, (notes_sheet, *figure_sheets), formats)
    for sheet in (notes_sheet, *figure_sheets):
        _write_worksheet(
            book.add_worksheet(sheet.name), sheet, () if sheet is notes_sheet else SHORTHAND_NOTES, formats
        )
    book.close()
    return buffer.getvalue()


def _format_title(report: Report) -> str:
    edition = report.edition
    return f"{', '.join(filter(None, [edition.title, edition.pack, edition.period]))}: figures"


def _write_cover(xlsx_sheet: XlsxSheet, report: Report, sheets: tuple[Worksheet, ...], formats: Formats) -> None:
    """Write what the workbook is, whom to contact, and a list of its worksheets."""
    edition = report.edition
    texts = (
        _format_title(report),
        edition.organisation,
        edition.scope,
        f"Version {edition.version}, generated on {edition.generated}",
        edition.imprint,
        "The figures are those of the report, as they are printed there.",
        *report.cover.notices,
    )
    contents = tuple((f"{sheet.name}: {sheet.title}",) for sheet in sheets)
    lines = tuple(filter(None, texts))
    row = _write_lines(xlsx_sheet, lines, formats, "text")
    for row_number, line in enumerate(lines[1:], 1):
        xlsx_sheet.set_row(row_number, _compute_row_height((line,), (COVER_WIDTH,)))
    for contact in report.cover.contacts:
        xlsx_sheet.write_url(row, 0, f"mailto:{contact.email}", formats["link"], _format_contact(contact))
        row += 1
    _add_table(
        xlsx_sheet, row, Worksheet("Contents", "", ("Contents of this workbook",), (COVER_WIDTH,), contents), formats
    )
    for row_number, (sheet, (text,)) in enumerate(zip(sheets, contents, strict=True), row + 1):
        xlsx_sheet.write_url(row_number, 0, f"internal:'{sheet.name}'!A1", formats["link"], text)


def _format_contact(contact: Contact) -> str:
    return ", telephone ".join(filter(None, [contact.email, contact.telephone]))


def _write_worksheet(xlsx_sheet: XlsxSheet, sheet: Worksheet, lines: Iterable[str], formats: Formats) -> None:
    """Write a worksheet: its title, the lines that describe it, and its table."""
    description = f"This worksheet has one table, with {format_count(len(sheet.rows), 'row')}."
    first_row = _write_lines(xlsx_sheet, (sheet.title, description, *lines), formats, "line")
    _add_table(xlsx_sheet, first_row, sheet, formats)
    for row, cells in enumerate(sheet.rows, first_row + 1):
        xlsx_sheet.set_row(row, _compute_row_height(cells, sheet.widths))
        for column, cell in enumerate(cells):
            _write_cell(
                xlsx_sheet, (row, column), cell, formats, "symbol" if column in sheet.numeric_columns else "text"
            )
    xlsx_sheet.repeat_rows(first_row)


def _write_lines(xlsx_sheet: XlsxSheet, lines: tuple[str, ...], formats: Formats, body_format: str) -> int:
    """Write lines from cell A1 down, the first as the title; return the number of the next row, from 0."""
    for row, line in enumerate(lines):
        _write_cell(xlsx_sheet, (row, 0), line, formats, body_format if row else "title")
    return len(lines)


def _add_table(xlsx_sheet: XlsxSheet, first_row: int, sheet: Worksheet, formats: Formats) -> None:
    """Mark a worksheet's table from a row down, and set its headings, column widths and paper."""
    column_options = [
        {"header": heading, "header_format": formats["head of numbers" if column in sheet.numeric_columns else "head"]}
        for column, heading in enumerate(sheet.headings)
    ]
    options = {
        "name": sheet.name,
        "columns": column_options,
        "autofilter": False,
        "banded_rows": False,
        "style": TABLE_STYLE,
    }
    xlsx_sheet.add_table(first_row, 0, first_row + len(sheet.rows), len(sheet.headings) - 1, options)
    xlsx_sheet.set_row(first_row, _compute_row_height(sheet.headings, sheet.widths))
    for column, width in enumerate(sheet.widths):
        xlsx_sheet.set_column(column, column, width)
    xlsx_sheet.set_landscape()
    xlsx_sheet.set_paper(A4)
    if sum(sheet.widths) <= MAX_PRINT_WIDTH:
        xlsx_sheet.fit_to_pages(1, 0)


def _compute_row_height(cells: Iterable[CellValue], widths: Iterable[int]) -> float:
    """Return the height in points of a row that shows its texts in full, as some programs do not compute it."""
    texts = [(cell, width) for cell, width in zip(cells, widths, strict=True) if isinstance(cell, str)]
    lines = max(sum(max(1, len(wrap(paragraph, width - 1))) for paragraph in text.split("\n")) for text, width in texts)
    return min(LINE_HEIGHT * lines, MAX_ROW_HEIGHT)


def _write_cell(
    xlsx_sheet: XlsxSheet, position: tuple[int, int], cell: CellValue, formats: Formats, text_format: str
) -> None:
    """Write a cell; `text_format` is the format of text that does not look like a formula."""
    if isinstance(cell, NumberCell):
        xlsx_sheet.write_number(*position, cell.value, formats[cell.number_format])
    elif isinstance(cell, date):
        xlsx_sheet.write_datetime(*position, cell, formats["date"])
    else:
        xlsx_sheet.write_string(*position, cell, formats[text_format if escape_cell(cell) == cell else "formula"])
