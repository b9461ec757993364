"""The workbook that is published with a report, as the Government Analysis Function asks of statistics in spreadsheets.

A cover, notes, then one table a worksheet, marked up as a table and named, from the left edge, under a title in cell
A1 and lines that say what is there. Nothing is merged, blank, hidden, filtered or frozen; nothing is said by colour.
Texts are written as texts: none can become a formula, not even where somebody edits it.
"""

import io
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from textwrap import wrap
from typing import Any

import xlsxwriter

from mpr.load.values import made_plain
from mpr.measure.words import plural
from mpr.render.sheets.columns import Cell, Number, Sheet, remarks, sheets
from mpr.report.model import Contact, Report

FONT = {"font_name": "Arial", "font_size": 12}
CELL = FONT | {"valign": "top"}
TEXT = CELL | {"text_wrap": True}
RIGHT = CELL | {"align": "right", "indent": 1}
FORMATS = {
    "title": FONT | {"bold": True, "font_size": 16},
    "line": FONT,
    "head": TEXT | {"bold": True},
    "head of numbers": RIGHT | {"bold": True, "text_wrap": True},
    "text": TEXT,
    "symbol": RIGHT,
    "formula": TEXT | {"quote_prefix": True},  # what reads like one, and stays text when it is typed again
    "link": TEXT | {"font_color": "#0000EE", "underline": 1},
    "date": RIGHT | {"num_format": "d mmmm yyyy"},
}
COVER_WIDTH = 100
LINE, TALLEST = 15.75, 408  # heights in points: of a line of text, and of a row at most, as Excel has it
WIDEST = 220  # that can be read where it is fitted to the width of a page
STYLE = "Table Style Light 1"  # black on white, with lines above and below
SHORTHAND = (
    "[x] means not available, [z] not applicable.",
    "The worksheet Notes says what symbols, outcomes and columns mean.",
)
A4 = 9  # as Excel numbers paper
Formats = Mapping[str, Any]


def workbook(report: Report) -> bytes:
    """Return a report's figures as a workbook; the same report gives the same bytes."""
    data, edition = io.BytesIO(), report.edition
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    created = datetime.combine(date.fromisoformat(edition.created), datetime.min.time(), UTC)
    book.set_properties({"title": _title(report), "author": edition.author, "created": created})
    book.set_custom_property("Language", "en-GB")
    figures = sheets(report.dataset, edition.period)
    notes = remarks(figures, report.dataset.remarks)
    shapes = {cell.shape for each in figures for row in each.rows for cell in row if isinstance(cell, Number)}
    numbers = {shape: RIGHT | {"num_format": shape} for shape in sorted(shapes)}
    formats = {name: book.add_format(each) for name, each in (FORMATS | numbers).items()}
    _cover(book.add_worksheet("Cover"), report, (notes, *figures), formats)
    for each in (notes, *figures):
        _table(book.add_worksheet(each.name), each, () if each is notes else SHORTHAND, formats)
    book.close()
    return data.getvalue()


def _title(report: Report) -> str:
    edition = report.edition
    return f"{', '.join(filter(None, [edition.title, edition.pack, edition.period]))}: figures"


def _cover(page: Any, report: Report, listed: tuple[Sheet, ...], formats: Formats) -> None:  # noqa: ANN401 - no types
    """Write what the workbook is, whom to ask, and what is on which worksheet."""
    edition = report.edition
    said = (
        _title(report),
        edition.organisation,
        edition.scope,
        f"Version {edition.version}, generated on {edition.generated}",
        edition.imprint,
        "The figures are those of the report, as they are printed there.",
        *report.cover.notices,
    )
    contents = tuple((f"{each.name}: {each.title}",) for each in listed)
    lines = tuple(filter(None, said))
    row = _lines(page, lines, formats, "text")
    for place, line in enumerate(lines[1:], 1):
        page.set_row(place, _height((line,), (COVER_WIDTH,)))
    for contact in report.cover.contacts:
        page.write_url(row, 0, f"mailto:{contact.email}", formats["link"], _asked(contact))
        row += 1
    _marked_up(page, row, Sheet("Contents", "", ("Contents of this workbook",), (COVER_WIDTH,), contents), formats)
    for place, (each, (text,)) in enumerate(zip(listed, contents, strict=True), row + 1):
        page.write_url(place, 0, f"internal:'{each.name}'!A1", formats["link"], text)


def _asked(contact: Contact) -> str:
    return ", telephone ".join(filter(None, [contact.email, contact.telephone]))


def _table(page: Any, sheet: Sheet, lines: Iterable[str], formats: Formats) -> None:  # noqa: ANN401 - as above
    """Write a worksheet: its title, what is there, and its table."""
    about = f"This worksheet has one table, with {plural(len(sheet.rows), 'row')}."
    first = _lines(page, (sheet.title, about, *lines), formats, "line")
    _marked_up(page, first, sheet, formats)
    for row, cells in enumerate(sheet.rows, first + 1):
        page.set_row(row, _height(cells, sheet.widths))
        for column, cell in enumerate(cells):
            _cell(page, (row, column), cell, formats, "symbol" if column in sheet.numeric else "text")
    page.repeat_rows(first)


def _lines(page: Any, lines: tuple[str, ...], formats: Formats, body: str) -> int:  # noqa: ANN401 - as above
    """Write lines from cell A1 on, the first as the title, the others in a format; return the next row's number."""
    for row, line in enumerate(lines):
        _cell(page, (row, 0), line, formats, body if row else "title")
    return len(lines)


def _marked_up(page: Any, row: int, sheet: Sheet, formats: Formats) -> None:  # noqa: ANN401 - as above
    """Mark the part of a worksheet from a row on as its table, with its headings, columns and paper."""
    heads = [
        {"header": head, "header_format": formats["head of numbers" if column in sheet.numeric else "head"]}
        for column, head in enumerate(sheet.heads)
    ]
    options = {"name": sheet.name, "columns": heads, "autofilter": False, "banded_rows": False, "style": STYLE}
    page.add_table(row, 0, row + len(sheet.rows), len(sheet.heads) - 1, options)
    page.set_row(row, _height(sheet.heads, sheet.widths))
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.set_landscape()
    page.set_paper(A4)
    if sum(sheet.widths) <= WIDEST:
        page.fit_to_pages(1, 0)


def _height(cells: Iterable[Cell], widths: Iterable[int]) -> float:
    """Return the height of a row in which every text is seen: not every program finds it by itself."""
    texts = [(cell, width) for cell, width in zip(cells, widths, strict=True) if isinstance(cell, str)]
    lines = max(sum(max(1, len(wrap(each, width - 1))) for each in text.split("\n")) for text, width in texts)
    return min(LINE * lines, TALLEST)


def _cell(page: Any, at: tuple[int, int], cell: Cell, formats: Formats, text: str) -> None:  # noqa: ANN401 - as above
    """Write a cell; `text` is the format of a text that does not read like a formula."""
    if isinstance(cell, Number):
        page.write_number(*at, cell.value, formats[cell.shape])
    elif isinstance(cell, date):
        page.write_datetime(*at, cell, formats["date"])
    else:
        page.write_string(*at, cell, formats[text if made_plain(cell) == cell else "formula"])
