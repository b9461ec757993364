"""Reading a returned workbook: every type of cell that Excel has, and every way in which a sheet may have changed."""

from datetime import datetime, time
from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.workbook import Workbook

from mpr.load.workbooks.reader import read_workbook
from mpr.load.workbooks.returned import ExpectedSheet
from mpr.problem import Problem
from mpr.project import Project
from tests.returned import JUNE, fill, fill_text, return_workbook, send_workbook, set_results

EXPECTED = ExpectedSheet(JUNE, "Southend-on-Sea Borough Council", ("value", "outcome", "reason", "comment"))
CARL = "Robinson.xlsx [Carl Robinson]"


def read_returned(
    project: Project, book: Workbook, results: dict[str, str] | None = None
) -> tuple[dict[str, str], list[str]]:
    """Return the text of each filled-in cell by code and heading, and the problems as printed."""
    path = return_workbook(project, book) / "Robinson.xlsx"
    if results:
        set_results(path, results)
    problems: list[Problem] = []
    said = read_workbook(path, "Robinson.xlsx", EXPECTED, problems)
    return {f"{cell.code} {cell.heading}": cell.text for cell in said if cell.text}, [
        str(problem) for problem in problems
    ]


@pytest.mark.parametrize(
    ("value", "shape", "said"),
    [
        (0.83, "0%", "83%"),
        (0.83, "0.00%", "83%"),
        (0.186, "0.00%", "18.6%"),
        (0.29, "0%", "29%"),
        (0.004, "0.0%", "0.4%"),
        (1, "0%", "100%"),
        (-0.05, "0.0%;[Red]-0.0%", "-5%"),
        (0.83, "General", "0.83"),
        (83, "General", "83"),
        (5, '0" %"', "5"),
        (5, r"0\%", "5"),
        (1544, "#,##0", "1544"),
        (29.44, "General", "29.44"),
        (0.1 + 0.2, "General", "0.3"),
        (0.83000000000000004, "0%", "83%"),
        (1234567.5, "#,##0.00", "1234567.5"),
        (0, "General", "0"),
        (-0.0, "General", "0"),
        (2 / 3, "General", "0.666666"),
        (799 / 1077, "0%", "74.187558%"),
        (0.741849999999, "0.00%", "74.184999%"),  # which is 74.18%; rounded to six decimals first, it would be 74.19%
        ("83%", "@", "83%"),
        ("TBC ", "General", "TBC"),
        ("799 of 1,077", "General", "799 of 1,077"),
        ("a\r\nb\n\nc", "General", "a\nb\n\nc"),
        ("a_x000D_\nb", "General", "a\nb"),
        (CellRichText("Proxy ", TextBlock(InlineFont(b=True), "1.66")), "General", "Proxy 1.66"),
    ],
)
def test_cell_is_read_as_excel_shows_it(project: Project, value: object, shape: str, said: str) -> None:
    book = send_workbook(project)
    for name in set(book.sheetnames) - {"Carl Robinson"}:  # which only take time
        del book[name]
    fill(book["Carl Robinson"], "CP 2.2", "value", value, shape)
    assert read_returned(project, book) == ({"CP 2.2 value": said}, [])


def test_blank_cell_is_empty(project: Project) -> None:
    book = send_workbook(project)
    fill_text(book["Carl Robinson"], "CP 2.2", "value", "  \n ")
    assert read_returned(project, book) == ({}, [])


@pytest.mark.parametrize(
    ("value", "shape", "problem"),
    [
        (
            datetime(2026, 4, 3),  # noqa: DTZ001 - as Excel has it
            "d-mmm",
            (
                "E307 Excel holds the date 3 April 2026 here; if you typed something else, give the cell the format "
                "Text and type it again, 3/4 as 3 of 4"
            ),
        ),
        (
            time(1, 30),
            "h:mm",
            "E307 Excel holds the time 01:30:00 here; give the cell the format Text and type it again",
        ),
        (True, "General", "E310 this cell says TRUE; write a figure or a text"),
        (
            "=1+1",
            "General",
            "E308 this formula has no result; open the workbook in Excel and save it, or write the result itself",
        ),
    ],
)
def test_cell_that_is_neither_a_figure_nor_a_text_is_a_problem(
    project: Project, value: object, shape: str, problem: str
) -> None:
    book = send_workbook(project)
    assert fill(book["Carl Robinson"], "CP 2.2", "value", value, shape) == "F2"
    assert read_returned(project, book) == ({}, [f"{CARL} F2: error {problem}"])


def test_formula_is_read_by_its_result(project: Project) -> None:
    book = send_workbook(project)
    fill(book["Carl Robinson"], "CP 2.2", "value", "=799/1077", "0.00%")
    fill(book["Carl Robinson"], "CP 2.3", "value", "=1/0", "0.00%")
    said, problems = read_returned(project, book, {"799/1077": "0.74187558031569169", "1/0": "#DIV/0!"})
    assert said == {"CP 2.2 value": "74.187558%"}
    assert problems == [
        f"{CARL} F3: error E309 this formula has the error #DIV/0!; correct the formula, or write the number itself"
    ]


def test_text_that_begins_like_a_formula_stays_text(project: Project) -> None:
    book = send_workbook(project)
    fill_text(book["Carl Robinson"], "CP 2.2", "comment", "=SUM of both")
    assert read_returned(project, book) == ({"CP 2.2 comment": "=SUM of both"}, [])


def test_unprintable_letter_is_reported_with_its_cell(project: Project) -> None:
    book = send_workbook(project)
    fill(book["Carl Robinson"], "CP 2.2", "comment", "one\nwell done \U0001f600")
    said, [problem] = read_returned(project, book)
    assert said == {}
    assert problem.startswith(f"{CARL} I2: error E109 the report's typeface has no '\U0001f600' (U+1F600)")


def test_sheet_may_be_sorted_cut_hidden_moved_and_renamed(project: Project) -> None:
    book = send_workbook(project)
    sheet = book["Carl Robinson"]
    fill(sheet, "CP 2.2", "value", "95%")
    fill(sheet, "CP 2.4", "value", 1544)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(rows[::-2], 2):  # the last first, the middle one gone
        for at, value in enumerate(row, 1):
            sheet.cell(number, at).value = value
    sheet.delete_rows(4)
    sheet.insert_rows(1, 2)
    sheet.row_dimensions[4].hidden = sheet.column_dimensions["F"].hidden = True
    sheet.title = "mine"
    for name in ("How to fill in", "Sharon Houlden"):
        del book[name]
    assert read_returned(project, book) == ({"CP 2.4 value": "1544", "CP 2.2 value": "95%"}, [])


def test_row_with_another_code_is_a_problem(project: Project) -> None:
    book = send_workbook(project)
    sheet = book["Carl Robinson"]
    fill(sheet, "CP 2.2", "value", "95%")
    sheet["A2"] = "CP 2.3"
    assert read_returned(project, book) == (
        {},
        [
            (
                f"{CARL} A2: error E305 this was the row of CP 2.2, and is now that of 'CP 2.3'; "
                "write CP 2.2 again, or undo what moved the cells"
            )
        ],
    )


def test_added_rows_cells_and_sheets_are_reported(project: Project) -> None:
    book = send_workbook(project)
    sheet = book["Carl Robinson"]
    fill(sheet, "CP 2.2", "value", "95%")
    sheet["A7"], sheet["F7"] = "CP 9.9", 3
    sheet["A9"] = "Thank you, Carl"
    sheet["K1"], sheet["K2"] = "Notes", "about last year's"
    book.create_sheet("Workings")["B2"] = 1
    book.create_sheet("Nothing")
    assert read_returned(project, book) == (
        {"CP 2.2 value": "95%"},
        [
            (
                f"{CARL} A7: error E306 this row was added to the sheet; "
                "write into the rows that were sent out; add new indicators in the CSV"
            ),
            f"{CARL} K2: warning W313 this cell is not read, nor in 2 more cells",
            "Robinson.xlsx [Workings]: warning W314 this sheet is not read because mpr new did not write it",
        ],
    )


def test_missing_column_is_a_problem(project: Project) -> None:
    book = send_workbook(project)
    book["Carl Robinson"]["F1"] = "figure"
    _, problems = read_returned(project, book)
    assert problems == [
        (
            f"{CARL} 1: error E304 the column 'value' is missing; "
            "write its heading again, or copy the rows into the workbook that was sent out"
        )
    ]


def test_sheet_of_another_month_or_council_is_refused(project: Project) -> None:
    book = send_workbook(project)
    book["Carl Robinson"]["J1"] = "(mpr 2018-05 Southend-on-Sea Borough Council)"
    book["Ellen Butler"]["J1"] = book["Carl Robinson"]["J1"].value  # said once for a workbook
    book["Ian Diley"]["J1"] = "(mpr 2018-06 Thurrock Council)"
    assert read_returned(project, book)[1] == [
        f"{CARL}: error E303 this sheet is for 2018-05, not for 2018-06; take the workbook out of the folder",
        (
            "Robinson.xlsx [Ian Diley]: error E303 this sheet is of another council, Thurrock Council; "
            "take the workbook out of the folder"
        ),
    ]


def test_huge_sheet_is_refused(project: Project) -> None:
    book = send_workbook(project)
    book["Carl Robinson"]["A1000000"] = "x"
    assert read_returned(project, book)[1] == [
        f"{CARL}: error E301 this sheet is too large; delete what is far below or beside the table"
    ]


def test_workbook_from_elsewhere_is_refused(project: Project) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "code"
    assert read_returned(project, book)[1][-1] == (
        "Robinson.xlsx: error E302 mpr new --xlsx did not write this workbook; "
        "take it out of the folder, or ask for the workbook that was sent out"
    )


def test_damaged_workbook_is_refused_and_never_a_crash(project: Project) -> None:
    path = return_workbook(project, send_workbook(project)) / "Robinson.xlsx"
    data, problems = path.read_bytes(), 0
    for at in range(0, len(data), 1009):
        path.write_bytes(data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :])
        found: list[Problem] = []
        read_workbook(path, "Robinson.xlsx", EXPECTED, found)
        assert {problem.code for problem in found} <= {"E301", "E302", "E303", "E304", "W314"}
        problems += bool(found)
    assert problems > 3


@pytest.mark.parametrize("data", [b"", b"code,value\n", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_file_that_is_not_a_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    problems: list[Problem] = []
    assert read_workbook(path, "x.xlsx", EXPECTED, problems) == []
    assert [str(problem) for problem in problems] == [
        (
            "x.xlsx: error E301 this is not a workbook that can be read; "
            "open it in Excel and save it again as an Excel Workbook (.xlsx), without a password"
        )
    ]
