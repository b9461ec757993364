"""The workbook that is sent out to collect figures: a sheet of instructions, then one for each manager.

Cells for figures have the format General on purpose. There, Excel shows how it understood what was typed: 83% becomes
0.83 with a percent format, 83 stays 83, and `mpr` reads both correctly. A cell formatted as a percentage would silently
turn a typed 0.4 into 40%.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from mpr.load.values import LENGTH_LIMITS, MISSING_WORDS
from mpr.load.workbooks.returned import INSTRUCTIONS_TITLE
from mpr.report.data_request import HELP_HEADINGS, DataRequest, RequestedLine

MAX_NAME_LENGTH = 31  # of a sheet in Excel
RESERVED_NAMES = ("history", INSTRUCTIONS_TITLE.casefold())
SHARED_HEADING = "(shared with)"
WIDTHS = {
    "code": 11, "indicator": 34, "(name)": 34, "(unit)": 12, "(latest)": 20, "(target)": 14, SHARED_HEADING: 18,
    "value": 16, "outcome": 12, "reason": 30, "comment": 70, "focus": 8,
}  # fmt: skip
DEFAULT_WIDTH, GUIDE_WIDTHS = 16, (20, 100)
GREY = "#ECEEF0"
CELL = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#A0A8AE"}
TEXT, GENERAL = "@", "General"
FORMATS = {
    "head": CELL | {"bold": True, "bg_color": "#D5DADE"},
    "help": CELL | {"bg_color": GREY, "num_format": TEXT},
    GENERAL: CELL | {"locked": False, "align": "right"},
    TEXT: CELL | {"locked": False, "num_format": TEXT},
    "title": {"bold": True, "font_size": 16},
    "about": {"bold": True, "valign": "top"},
    "said": {"text_wrap": True, "valign": "top"},
}
ALLOWED_CHANGES = {"format_cells": True, "format_columns": True, "format_rows": True}  # on a protected sheet
ALLOWED_WORDS = f"|{'|'.join(word.upper() for word in MISSING_WORDS if word)}|"
GUIDE_FIRST_ROW = 3  # counted from 0
A4 = 9  # Excel's number of this paper size
Formats = Mapping[str, Any]  # xlsxwriter has no types
Worksheet = Any


@dataclass(frozen=True)
class SheetSettings:
    """What the sheets of a workbook share: the formats by name, and the cell range that lists the outcomes."""

    formats: Formats
    outcome_range: str


def build_workbook(request: DataRequest) -> bytes:
    """Return the bytes of the workbook that managers fill in; the same request gives the same bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    last_month = request.period.last
    created = datetime(last_month.year, last_month.number, 1, tzinfo=UTC)
    book.set_properties({"title": request.title, "author": request.expected.organisation, "created": created})
    formats = {name: book.add_format(properties) for name, properties in FORMATS.items()}
    outcome_range = _write_guide(book.add_worksheet(INSTRUCTIONS_TITLE), request, formats)
    sheet_names = make_sheet_names(request.lines_by_manager)
    for name, (manager, lines) in zip(sheet_names, request.lines_by_manager.items(), strict=True):
        sheet = book.add_worksheet(name)
        _write_manager_sheet(sheet, request, manager, lines, SheetSettings(formats, outcome_range))
        _finish_sheet(sheet, len(lines))
    book.close()
    return buffer.getvalue()


def make_sheet_names(managers: Iterable[str]) -> tuple[str, ...]:
    """Return a valid Excel sheet name for each manager: shortened, without forbidden characters, and unique."""
    names: list[str] = []
    taken = set(RESERVED_NAMES)
    for manager in managers:
        valid_name = " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", manager).split()).strip("' ")
        number, name = 1, _shorten_name(valid_name, "")
        while not name or name.casefold() in taken:
            number += 1
            name = _shorten_name(valid_name, f" ({number})")
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _shorten_name(name: str, ending: str) -> str:
    return (name[: MAX_NAME_LENGTH - len(ending)].rstrip("' ") + ending).strip()


def _write_guide(sheet: Worksheet, request: DataRequest, formats: Formats) -> str:
    """Write the sheet of instructions; return the cell range that lists the outcomes."""
    for column, width in enumerate(GUIDE_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, request.title, formats["title"])
    sheet.write_string(1, 0, request.expected.organisation, formats["about"])
    for row, (topic, text) in enumerate(request.guide, GUIDE_FIRST_ROW):
        sheet.write_string(row, 0, topic, formats["about"])
        sheet.write_string(row, 1, text, formats["said"])
    first = GUIDE_FIRST_ROW + len(request.guide) + 1
    sheet.write_string(first, 0, "Outcomes", formats["about"])
    for row, outcome in enumerate(request.outcomes, first):
        sheet.write_string(row, 1, outcome, formats["said"])
    sheet.protect("", ALLOWED_CHANGES)
    sheet.hide_gridlines(2)
    return f"='{INSTRUCTIONS_TITLE}'!$B${first + 1}:$B${first + len(request.outcomes)}"


def _write_manager_sheet(
    sheet: Worksheet, request: DataRequest, manager: str, lines: Sequence[RequestedLine], settings: SheetSettings
) -> None:
    """Write a manager's sheet: headings, a row for each line, and a hidden last column that identifies the rows."""
    has_shared = any(len(line.indicator.managers) > 1 for line in lines)
    headings = (
        request.code_heading,
        *HELP_HEADINGS,
        *((SHARED_HEADING,) if has_shared else ()),
        *request.expected.headings,
    )
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, WIDTHS.get(heading, DEFAULT_WIDTH))
        sheet.write_string(0, column, heading, settings.formats["head"])
    sheet.set_column(len(headings), len(headings), None, None, {"hidden": True})
    sheet.write_string(0, len(headings), request.expected.mark, settings.formats["head"])
    for row, line in enumerate(lines, 1):
        other_managers = [other for other in line.indicator.managers if other != manager]
        prefilled = dict(
            zip(
                (request.code_heading, *HELP_HEADINGS, SHARED_HEADING),
                (line.indicator.code, *line.help_cells, ", ".join(other_managers)),
                strict=True,
            )
        )
        for column, heading in enumerate(headings):
            if heading in prefilled:
                sheet.write_string(row, column, prefilled[heading], settings.formats["help"])
            else:
                _write_blank_cell(sheet, (row, column), heading, line, settings)
        sheet.write_string(row, len(headings), line.indicator.code)


def _write_blank_cell(
    sheet: Worksheet, position: tuple[int, int], heading: str, line: RequestedLine, settings: SheetSettings
) -> None:
    """Write a cell to be filled in, with the rule by which Excel checks what is typed."""
    if heading in LENGTH_LIMITS:
        format_name, rule = TEXT, _make_length_rule(LENGTH_LIMITS[heading])
    elif heading == "outcome":
        format_name, rule = TEXT, _make_list_rule(settings.outcome_range, "choose one from the list")
    elif heading == "focus":
        format_name, rule = TEXT, _make_list_rule(["yes", "no"], "write yes")
    else:
        format_name, rule = GENERAL, _make_figure_rule(xl_rowcol_to_cell(*position), line)
    sheet.write_blank(*position, None, settings.formats[format_name])
    sheet.data_validation(*position, *position, rule)


def _make_figure_rule(cell: str, line: RequestedLine) -> dict[str, Any]:
    """Return the rule for a figure: a number, TBC or N/A, maybe after Proxy; a percentage may be '799 of 1,077'."""
    indicator = line.indicator
    conditions = [
        f'ISNUMBER(VALUE(SUBSTITUTE(UPPER({cell}),"PROXY ","")))',
        f'ISNUMBER(SEARCH("|"&TRIM({cell})&"|","{ALLOWED_WORDS}"))',
    ]
    if indicator.is_percentage:
        conditions.append(f'ISNUMBER(SEARCH("? of ?",{cell}))')
    rule = f"OR({','.join(conditions)})"
    if indicator.is_percentage and not indicator.unbounded:
        rule = f"AND(NOT(AND(ISNUMBER({cell}),OR({cell}<0,{cell}>100))),{rule})"
    examples = "83%, 799 of 1,077, Proxy 83%" if indicator.is_percentage else "1,544, Proxy 1.66"
    return {
        "validate": "custom",
        "value": f"={rule}",
        "input_title": "Figure",
        "input_message": f"{examples}, TBC or N/A. Leave it empty if there is nothing new.",
        "error_title": "Is this the figure?",
        "error_message": f"Enter a figure such as {examples}, or TBC or N/A.",
        "error_type": "warning",
    }


def _make_list_rule(source: str | list[str], message: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "error_title": "Not in the list",
        "error_message": f"Please {message}, or leave the cell empty.",
    }


def _make_length_rule(longest: int) -> dict[str, Any]:
    return {
        "validate": "length",
        "criteria": "<=",
        "value": longest,
        "error_title": "Too long",
        "error_message": f"Please keep to {longest:,} characters.",
    }


def _finish_sheet(sheet: Worksheet, row_count: int) -> None:
    """Protect the cells that are not to be filled in, freeze the headings, and set the paper to A4."""
    sheet.protect("", ALLOWED_CHANGES)
    sheet.freeze_panes(1, 2)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{row_count + 1}"})
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
