"""The workbook sent to managers: its sheets and rows, the cells to fill in, and what Excel checks in them."""

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

MARK = "(mpr 2018-05 Larkmere Borough Council)"


@pytest.fixture(scope="session")
def request_of_may(council_scorecard: Scorecard) -> DataRequest:
    return build_data_request(council_scorecard)


@pytest.fixture(scope="session")
def book(request_of_may: DataRequest, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("sheets") / "book.xlsx"
    path.write_bytes(build_workbook(request_of_may))
    return load_workbook(path)


def _read_column(sheet: Worksheet, heading: str) -> list[object]:
    at = next(cell.column for cell in sheet[1] if cell.value == heading)
    return [row[0].value for row in sheet.iter_rows(min_row=2, min_col=at, max_col=at)]


def _read_rules(sheet: Worksheet) -> dict[str, DataValidation]:
    return {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}


def test_guide_comes_first_and_then_a_sheet_for_every_manager(book: Workbook, request_of_may: DataRequest) -> None:
    assert book.sheetnames[0] == "How to fill in"
    assert book.sheetnames[1:] == ["Maeve O'Dowd", "Tom Farrant", "Priya Nair", "Ines Amory", "Hugh Pell"]
    rows = [code for sheet in book.worksheets[1:] for code in _read_column(sheet, "code")]
    assert rows.count("LM 3.1") == 2, "it has two managers"
    assert sorted(rows) == sorted([line.indicator.code for line in request_of_may.lines] + ["LM 3.1"])


def test_guide_explains_the_columns_and_where_to_send_the_workbook(book: Workbook) -> None:
    guide = {str(row[0]): str(row[1]) for row in book.worksheets[0].values if row[0]}
    assert next(iter(guide)) == "Monthly Scorecard: the figures of May 2018"
    for form_of_value in ("83%", "1,544", "TBC", "N/A", "Proxy 1.66", "799 of 1,077", "May 2018"):
        assert form_of_value in guide["value"]
    assert "Alt+Enter" in guide["comment"]
    assert "scorecard@larkmere.example" in guide["When done"]


def test_row_has_read_only_help_empty_cells_and_its_code_hidden_at_the_end(book: Workbook) -> None:
    headings, _, second, *_ = book["Maeve O'Dowd"].values
    assert headings == (
        *("code", "(name)", "(unit)", "(latest)", "(target)"),
        *("value", "outcome", "reason", "comment", "England", MARK),
    )
    assert second == ("LM 1.2", "Care plans: reviews", "%", "78.0% (May 2018)", "90%", *([None] * 5), "LM 1.2")
    assert book["Maeve O'Dowd"].column_dimensions["K"].hidden


def test_shared_indicator_names_its_other_manager(book: Workbook) -> None:
    assert _read_column(book["Ines Amory"], "(shared with)") == ["Hugh Pell", "", ""]
    assert _read_column(book["Hugh Pell"], "(shared with)") == ["Ines Amory", ""]
    assert "(shared with)" not in [cell.value for cell in book["Tom Farrant"][1]]


def test_only_cells_to_fill_in_are_unlocked(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
    sheet = book["Tom Farrant"]
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == {f"{column}{row}" for column in "FGHIJ" for row in (2, 3, 4)}
    assert sheet.freeze_panes == "C2"
    assert {sheet[f"F{row}"].number_format for row in (2, 3, 4)} == {"General"}
    assert {sheet[f"{column}2"].number_format for column in "GHI"} == {"@"}
    assert sheet["I2"].alignment.wrap_text
    assert sheet.column_dimensions["I"].width > 60


def test_excel_checks_percentages_counts_outcomes_and_lengths(book: Workbook) -> None:
    rules = _read_rules(book["Tom Farrant"])
    assert set(rules) == {f"{column}{row}" for column in "FGHIJ" for row in (2, 3, 4)}
    percentage, count, outcome, reason, comment = (rules[cell] for cell in ("F2", "F4", "G2", "H2", "I2"))
    assert (percentage.type, percentage.errorStyle, count.type) == ("custom", "warning", "custom")
    assert "F2>100" in str(percentage.formula1)
    assert '"? of ?"' in str(percentage.formula1)
    assert "100" not in str(count.formula1)
    assert len(str(percentage.formula1)) <= 255, "the limit of Excel"
    assert (outcome.type, outcome.formula1) == ("list", "'How to fill in'!$B$13:$B$16")
    assert [cell.value for (cell,) in book.worksheets[0]["B13:B16"]] == ["red", "amber", "green", "deferred"]
    assert (reason.type, reason.formula1, comment.formula1) == ("textLength", "500", "20000")


def test_same_request_gives_the_same_bytes(request_of_may: DataRequest) -> None:
    assert build_workbook(request_of_may) == build_workbook(request_of_may)


def test_text_that_looks_like_a_formula_stays_text(request_of_may: DataRequest, tmp_path: Path) -> None:
    line = request_of_may.lines[0]
    path = tmp_path / "book.xlsx"
    path.write_bytes(
        build_workbook(replace(request_of_may, lines=(replace(line, help_cells=("=1+1", "@x", "-y", "+z")),)))
    )
    cells = load_workbook(path).worksheets[1][2][1:5]
    assert [(cell.value, cell.data_type) for cell in cells] == [("=1+1", "s"), ("@x", "s"), ("-y", "s"), ("+z", "s")]


def test_indicators_without_a_manager_have_a_sheet(request_of_may: DataRequest) -> None:
    first, second, *_ = request_of_may.lines
    nobody = replace(second, indicator=replace(second.indicator, managers=()))
    assert list(replace(request_of_may, lines=(first, nobody)).lines_by_manager) == ["Maeve O'Dowd", "Nobody named"]
    assert list(replace(request_of_may, lines=(nobody,)).lines_by_manager) == ["Indicators"]


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
def test_names_of_sheets_follow_the_rules_of_excel(managers: list[str], names: tuple[str, ...]) -> None:
    assert make_sheet_names(managers) == names
