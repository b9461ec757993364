"""The workbook that is sent out: a sheet that explains, then one for each manager.

Cells for figures have the format General on purpose: there Excel shows what it made of what was typed. 83% becomes
0.83 with a percent format and 83 stays 83, and both are read right; a cell that is formatted as a percentage would
make 40% of a typed 0.4 without a word.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from mpr.load.returned import TITLE
from mpr.load.values import LONGEST, WORDS
from mpr.report.form import HELP, Form, Line

LONGEST_NAME = 31  # of a sheet, as Excel has it
RESERVED = ("history", TITLE.casefold())
SHARED = "(shared with)"
WIDTHS = {
    "code": 11, "indicator": 34, "(name)": 34, "(unit)": 12, "(latest)": 20, "(target)": 14, SHARED: 18, "value": 16,
    "outcome": 12, "reason": 30, "comment": 70, "focus": 8,
}  # fmt: skip
WIDTH, GUIDE_WIDTHS = 16, (20, 100)
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
ALLOWED = {"format_cells": True, "format_columns": True, "format_rows": True}  # on a sheet that is protected
A_WORD = f"|{'|'.join(word.upper() for word in WORDS if word)}|"
GUIDE_BEGINS = 3  # the row of its first line, from 0
A4 = 9  # as Excel numbers paper
Formats = Mapping[str, Any]


@dataclass(frozen=True)
class Pens:
    """What a sheet is written with: the formats by name, and where in the workbook the outcomes are listed."""

    formats: Formats
    outcomes: str


def workbook(form: Form) -> bytes:
    """Return the workbook in which managers fill in a form; the same form gives the same bytes."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    last = form.period.last
    created = datetime(last.year, last.number, 1, tzinfo=UTC)
    book.set_properties({"title": form.title, "author": form.wanted.organisation, "created": created})
    formats = {name: book.add_format(each) for name, each in FORMATS.items()}
    listed = _guide(book.add_worksheet(TITLE), form, formats)
    for name, (manager, lines) in zip(sheet_names(form.managers), form.managers.items(), strict=True):
        sheet = book.add_worksheet(name)
        _lines(sheet, form, manager, lines, Pens(formats, listed))
        _finish(sheet, len(lines))
    book.close()
    return data.getvalue()


def sheet_names(managers: Iterable[str]) -> tuple[str, ...]:
    """Return a name for the sheet of each manager that Excel takes: cut, without its signs, and none twice."""
    names: list[str] = []
    taken = set(RESERVED)
    for manager in managers:
        plain = " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", manager).split()).strip("' ")
        number, name = 1, _cut(plain, "")
        while not name or name.casefold() in taken:
            number += 1
            name = _cut(plain, f" ({number})")
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _cut(name: str, ending: str) -> str:
    return (name[: LONGEST_NAME - len(ending)].rstrip("' ") + ending).strip()


def _guide(sheet: Any, form: Form, formats: Formats) -> str:  # noqa: ANN401 - xlsxwriter has no types
    """Write the sheet that explains; return where on it the outcomes are listed."""
    for column, width in enumerate(GUIDE_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, form.title, formats["title"])
    sheet.write_string(1, 0, form.wanted.organisation, formats["about"])
    for row, (about, text) in enumerate(form.guide, GUIDE_BEGINS):
        sheet.write_string(row, 0, about, formats["about"])
        sheet.write_string(row, 1, text, formats["said"])
    first = GUIDE_BEGINS + len(form.guide) + 1
    sheet.write_string(first, 0, "Outcomes", formats["about"])
    for row, outcome in enumerate(form.outcomes, first):
        sheet.write_string(row, 1, outcome, formats["said"])
    sheet.protect("", ALLOWED)
    sheet.hide_gridlines(2)
    return f"='{TITLE}'!$B${first + 1}:$B${first + len(form.outcomes)}"


def _lines(sheet: Any, form: Form, manager: str, lines: Sequence[Line], pens: Pens) -> None:  # noqa: ANN401 - as above
    """Write one manager's sheet: headings, a row a line, and hidden in the last column the marks."""
    shared = any(len(line.indicator.managers) > 1 for line in lines)
    heads = (form.key, *HELP, *((SHARED,) if shared else ()), *form.wanted.headings)
    for column, head in enumerate(heads):
        sheet.set_column(column, column, WIDTHS.get(head, WIDTH))
        sheet.write_string(0, column, head, pens.formats["head"])
    sheet.set_column(len(heads), len(heads), None, None, {"hidden": True})
    sheet.write_string(0, len(heads), form.wanted.mark, pens.formats["head"])
    for row, line in enumerate(lines, 1):
        others = [each for each in line.indicator.managers if each != manager]
        known = dict(zip((form.key, *HELP, SHARED), (line.indicator.code, *line.help, ", ".join(others)), strict=True))
        for column, head in enumerate(heads):
            if head in known:
                sheet.write_string(row, column, known[head], pens.formats["help"])
            else:
                _blank(sheet, (row, column), head, line, pens)
        sheet.write_string(row, len(heads), line.indicator.code)


def _blank(sheet: Any, at: tuple[int, int], head: str, line: Line, pens: Pens) -> None:  # noqa: ANN401 - as above
    """Write a cell to be filled in, with what Excel is to say of what is typed there."""
    if head in LONGEST:
        kind, rule = TEXT, _length(LONGEST[head])
    elif head == "outcome":
        kind, rule = TEXT, _choice(pens.outcomes, "choose one from the list")
    elif head == "focus":
        kind, rule = TEXT, _choice(["yes", "no"], "write yes")
    else:
        kind, rule = GENERAL, _figure(xl_rowcol_to_cell(*at), line)
    sheet.write_blank(*at, None, pens.formats[kind])
    sheet.data_validation(*at, *at, rule)


def _figure(cell: str, line: Line) -> dict[str, Any]:
    """Return what to ask of a figure: a number, with Proxy or not, or one of the words; any percentage, a share."""
    indicator = line.indicator
    parts = [
        f'ISNUMBER(VALUE(SUBSTITUTE(UPPER({cell}),"PROXY ","")))',
        f'ISNUMBER(SEARCH("|"&TRIM({cell})&"|","{A_WORD}"))',
    ]
    if indicator.percent:
        parts.append(f'ISNUMBER(SEARCH("? of ?",{cell}))')
    rule = f"OR({','.join(parts)})"
    if indicator.percent and not indicator.unbounded:
        rule = f"AND(NOT(AND(ISNUMBER({cell}),OR({cell}<0,{cell}>100))),{rule})"
    forms = "83%, 799 of 1,077, Proxy 83%" if indicator.percent else "1,544, Proxy 1.66"
    return {
        "validate": "custom",
        "value": f"={rule}",
        "input_title": "Figure",
        "input_message": f"{forms}, TBC or N/A. Leave it empty where there is no news.",
        "error_title": "Is this the figure?",
        "error_message": f"Expected is a figure such as {forms}, or TBC or N/A.",
        "error_type": "warning",
    }


def _choice(source: str | list[str], message: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "error_title": "Not one of them",
        "error_message": f"Please {message}, or leave the cell empty.",
    }


def _length(longest: int) -> dict[str, Any]:
    return {
        "validate": "length",
        "criteria": "<=",
        "value": longest,
        "error_title": "Too long",
        "error_message": f"Please keep to {longest:,} characters.",
    }


def _finish(sheet: Any, rows: int) -> None:  # noqa: ANN401 - as above
    """Lock what is not to be filled in, keep the headings in sight, and print on pages of A4."""
    sheet.protect("", ALLOWED)
    sheet.freeze_panes(1, 2)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{rows + 1}"})
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
