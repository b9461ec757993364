"""The workbook that is sent out: whose sheets, which rows, what may be filled in and what Excel then says."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mpr.load.scorecard import Scorecard
from mpr.render.collection_workbook import build_workbook, make_sheet_names
from mpr.report.data_request import DataRequest, build_data_request

MARK = "(mpr 2018-05 Southend-on-Sea Borough Council)"


@pytest.fixture(scope="session")
def asked(scorecard: Scorecard) -> DataRequest:
    return build_data_request(scorecard)


@pytest.fixture(scope="session")
def book(asked: DataRequest, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("sheets") / "book.xlsx"
    path.write_bytes(build_workbook(asked))
    return load_workbook(path)


def _column(sheet: Worksheet, heading: str) -> list[object]:
    at = next(cell.column for cell in sheet[1] if cell.value == heading)
    return [row[0].value for row in sheet.iter_rows(min_row=2, min_col=at, max_col=at)]


def _rules(sheet: Worksheet) -> dict[str, DataValidation]:
    return {str(each.sqref): each for each in sheet.data_validations.dataValidation}


def test_a_sheet_that_explains_then_one_for_each_manager(book: Workbook, asked: DataRequest) -> None:
    assert book.sheetnames[0] == "How to fill in"
    assert book.sheetnames[1:4] == ["John O'Loughlin", "Carl Robinson", "Sharon Houlden"]
    assert len(book.sheetnames) == 12
    rows = [code for sheet in book.worksheets[1:] for code in _column(sheet, "code")]
    assert len(rows) == 32, "CP 5.5 has two managers"
    assert set(rows) == {line.indicator.code for line in asked.lines}


def test_the_first_sheet_says_how_and_whom_to_send_it_to(book: Workbook) -> None:
    said = {str(row[0]): str(row[1]) for row in book.worksheets[0].values if row[0]}
    assert next(iter(said)) == "Monthly Performance Report: the figures of May 2018"
    for form_of_value in ("83%", "1,544", "TBC", "N/A", "Proxy 1.66", "799 of 1,077", "May 2018"):
        assert form_of_value in said["value"]
    assert "Alt+Enter" in said["comment"]
    assert "timmacgregor@southend.gov.uk" in said["When done"]


def test_a_row_has_what_helps_and_its_mark(book: Workbook) -> None:
    first, second, *_ = book["Carl Robinson"].values
    assert first == ("code", "(name)", "(unit)", "(latest)", "(target)", "value", "outcome", "reason", "comment", MARK)
    assert second == ("CP 2.2", "Cleanliness: litter", "%", "95% (May 2018)", "94%", *([None] * 4), "CP 2.2")
    assert book["Carl Robinson"].column_dimensions["J"].hidden


def test_who_else_is_asked_is_said(book: Workbook) -> None:
    assert _column(book["Ellen Butler"], "(shared with)") == ["Joanna Ruffle"]
    assert "Ellen Butler" in _column(book["Joanna Ruffle"], "(shared with)")
    assert "(shared with)" not in [cell.value for cell in book["Carl Robinson"][1]]


def test_only_what_is_to_be_filled_in_is_unlocked(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
    sheet = book["Carl Robinson"]
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == {f"{column}{row}" for column in "FGHI" for row in (2, 3, 4)}
    assert sheet.freeze_panes == "C2"
    assert {sheet[f"F{row}"].number_format for row in (2, 3, 4)} == {"General"}
    assert {sheet[f"{column}2"].number_format for column in "GHI"} == {"@"}
    assert sheet["I2"].alignment.wrap_text
    assert sheet.column_dimensions["I"].width > 60


def test_excel_asks_about_what_it_is_not_to_accept(book: Workbook) -> None:
    rules = _rules(book["Carl Robinson"])
    assert set(rules) == {f"{column}{row}" for column in "FGHI" for row in (2, 3, 4)}
    percentage, count, outcome, reason, comment = (rules[cell] for cell in ("F2", "F4", "G2", "H2", "I2"))
    assert (percentage.type, percentage.errorStyle, count.type) == ("custom", "warning", "custom")
    assert "F2>100" in str(percentage.formula1)
    assert '"? of ?"' in str(percentage.formula1)
    assert "100" not in str(count.formula1)
    assert len(str(percentage.formula1)) <= 255, "as Excel has it"
    assert (outcome.type, outcome.formula1) == ("list", "'How to fill in'!$B$12:$B$15")
    assert [cell.value for (cell,) in book.worksheets[0]["B12:B15"]] == ["red", "amber", "green", "deferred"]
    assert (reason.type, reason.formula1, comment.formula1) == ("textLength", "500", "20000")


def test_the_same_form_gives_the_same_bytes(asked: DataRequest) -> None:
    assert build_workbook(asked) == build_workbook(asked)


def test_what_looks_like_a_formula_stays_text(asked: DataRequest, tmp_path: Path) -> None:
    line = asked.lines[0]
    path = tmp_path / "book.xlsx"
    path.write_bytes(build_workbook(replace(asked, lines=(replace(line, help=("=1+1", "@x", "-y", "+z")),))))
    cells = load_workbook(path).worksheets[1][2][1:5]
    assert [(cell.value, cell.data_type) for cell in cells] == [("=1+1", "s"), ("@x", "s"), ("-y", "s"), ("+z", "s")]


def test_indicators_of_nobody_have_a_sheet(asked: DataRequest) -> None:
    first, second, *_ = asked.lines
    nobody = replace(second, indicator=replace(second.indicator, managers=()))
    assert list(replace(asked, lines=(first, nobody)).lines_by_manager) == ["John O'Loughlin", "Nobody named"]
    assert list(replace(asked, lines=(nobody,)).lines_by_manager) == ["Indicators"]


@pytest.mark.parametrize(
    ("managers", "names"),
    [
        (["A/B: [C]*?\\D"], ("A B C D",)),
        (["Head of Planning, Transport and Regeneration"], ("Head of Planning, Transport and",)),
        (["x" * 40, "X" * 41, "x" * 42], ("x" * 31, "X" * 27 + " (2)", "x" * 27 + " (3)")),
        (["How to fill in", "History"], ("How to fill in (2)", "History (2)")),
        (["'Jane'", "???"], ("Jane", "(2)")),
    ],
)
def test_names_of_sheets_are_such_as_excel_takes(managers: list[str], names: tuple[str, ...]) -> None:
    assert make_sheet_names(managers) == names
