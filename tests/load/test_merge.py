"""Merging returned workbooks into the CSV: what is replaced, what stays byte for byte, what is refused."""

from collections.abc import Sequence

import pytest

from mpr.load.scorecard import Scorecard
from mpr.load.workbooks.merge import MergeResult, merge_cells, parse_meaning
from mpr.load.workbooks.returned import ReturnedCell
from mpr.problem import Place, Problem

HEAD = "code,(my notes),value,comment\r\n"


def build_cell(code: str, text: str, heading: str = "value", file: str = "A.xlsx") -> ReturnedCell:
    return ReturnedCell(code, heading, text, Place(file, sheet="S", line=2, column=6))


def merge(
    council_scorecard: Scorecard, text: str, cells: Sequence[ReturnedCell], *, replace: bool = False
) -> tuple[MergeResult, list[str]]:
    problems: list[Problem] = []
    merged = merge_cells(text, "data/x.csv", cells, council_scorecard.indicators, problems, replace=replace)
    return merged, [str(problem) for problem in problems]


def test_rows_that_are_not_replaced_stay_byte_for_byte(council_scorecard: Scorecard) -> None:
    rest = '"LM 1.1","a ""b""\nc", 29.44 ,\'- x\r\n\r\nLM 2.1,-y,,"","",\n'
    merged, problems = merge(
        council_scorecard, f"{HEAD}LM 1.2,=1,,\r\n{rest}", [build_cell("LM 1.2", "3"), build_cell("LM 1.1", "")]
    )
    assert (merged.text, problems) == (f"\ufeff{HEAD}LM 1.2,=1,3,\r\n{rest}", [])
    assert merged.places == {(2, 3): Place("A.xlsx", sheet="S", line=2, column=6)}


def test_separators_and_line_ends_stay_as_in_the_file(council_scorecard: Scorecard) -> None:
    merged, _ = merge(council_scorecard, "code;value;comment\nLM 1.2;;", [build_cell("LM 1.2", "a;b", "comment")])
    assert merged.text == '\ufeffcode;value;comment\nLM 1.2;;"a;b"\n'


def test_missing_row_is_added_in_report_order(council_scorecard: Scorecard) -> None:
    cells = [build_cell("LM 1.10", "2"), build_cell("LM 3.1", "4"), build_cell("LM 1.9", "1")]
    merged, _ = merge(council_scorecard, f"{HEAD}LM 1.1,,5,\r\nLM 1.11,,3,", cells)
    assert merged.text.splitlines()[1:] == ["LM 1.1,,5,", "LM 1.9,,1", "LM 1.10,,2", "LM 1.11,,3,", "LM 3.1,,4"]
    assert set(merged.places) == {(3, 3), (4, 3), (6, 3)}


def test_missing_column_is_added(council_scorecard: Scorecard) -> None:
    merged, _ = merge(council_scorecard, "code,value\nLM 1.1,1\nLM 1.2,2\n", [build_cell("LM 1.2", "green", "outcome")])
    assert merged.text == "\ufeffcode,value,outcome\nLM 1.1,1\nLM 1.2,2,green\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("- first\n- second", '"\'- first\n- second"'),
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("@home", "'@home"),
        ("'tis", "'tis"),
        ("-3.2", "-3.2"),
        ("-3.2%", "-3.2%"),
        ("-", "-"),
    ],
)
def test_text_like_a_formula_gets_an_apostrophe_and_a_number_does_not(
    council_scorecard: Scorecard, text: str, written: str
) -> None:
    merged, _ = merge(council_scorecard, f"{HEAD}LM 1.1,,,", [build_cell("LM 1.1", text, "comment")])
    assert merged.text == f"\ufeff{HEAD}LM 1.1,,,{written}\r\n"
    again, problems = merge(council_scorecard, merged.text[1:], [build_cell("LM 1.1", text, "comment")])
    assert (again.taken, len(again.unchanged), again.text, problems) == ((), 1, merged.text, [])


def test_cell_that_contradicts_the_file_is_refused_without_replace(council_scorecard: Scorecard) -> None:
    text = f"{HEAD}LM 1.1,,29,\r\nLM 1.2,,,\r\n"
    cells = [build_cell("LM 1.1", "30"), build_cell("LM 1.2", "70")]
    merged, problems = merge(council_scorecard, text, cells)
    assert problems == [
        (
            "A.xlsx [S] F2: error E312 the value of LM 1.1 is '30' here, but '29' in data/x.csv:2:3; "
            "empty one of the two cells, or let workbooks overwrite the CSV with --replace"
        ),
    ]
    assert merged.taken == (cells[1],)
    merged, problems = merge(council_scorecard, text, cells, replace=True)
    assert (merged.text, problems) == (f"\ufeff{HEAD}LM 1.1,,30,\r\nLM 1.2,,70,\r\n", [])
    assert merged.previous_texts == {cells[0]: "29"}


@pytest.mark.parametrize("replace", [False, True])
def test_workbooks_that_contradict_each_other_are_always_refused(
    council_scorecard: Scorecard, *, replace: bool
) -> None:
    cells = [
        build_cell("LM 1.1", "30"),
        build_cell("LM 1.1", "30.0", file="B.xlsx"),
        build_cell("LM 1.1", "31", file="C.xlsx"),
    ]
    merged, problems = merge(council_scorecard, f"{HEAD}LM 1.1,,29,", cells, replace=replace)
    assert (merged.taken, merged.unchanged) == ((), ())
    assert problems == [
        (
            "A.xlsx [S] F2: error E311 the value of LM 1.1 is '30' here, but '31' in C.xlsx [S] F2; "
            "empty one of the two cells, or remove one of the workbooks"
        ),
    ]


@pytest.mark.parametrize(
    ("heading", "percent", "one", "other", "same"),
    [
        ("value", True, "83%", "83.0%", True),
        ("value", True, "83", "83%", True),
        ("value", True, "0.83", "83%", False),
        ("value", False, "83", "83%", False),
        ("value", False, "1,544", "1544", True),
        ("value", False, "1,544", "1,545", False),
        ("value", False, "Proxy 1.66", "proxy 1.660", True),
        ("value", False, "Proxy 1.66", "1.66", False),
        ("value", True, "799 of 1,077", "799 OF 1077", True),
        ("value", True, "799 of 1,077", "74.19%", False),
        ("value", False, "TBC", "tbc", True),
        ("value", False, "TBC", "N/A", False),
        ("value", False, "about 3", "About 3", True),
        ("England", True, "80%", "80", True),
        ("outcome", False, "Red", "red", True),
        ("focus", False, "Yes", "yes", True),
        ("comment", False, "a \n\nb", "a\r\n\r\n b", True),
        ("comment", False, "a\nb", "a b", False),
        ("comment", False, "Up", "up", False),
    ],
)
def test_cells_are_compared_by_their_meaning(heading: str, one: str, other: str, *, percent: bool, same: bool) -> None:
    assert (parse_meaning(one, heading, percent=percent) == parse_meaning(other, heading, percent=percent)) is same
