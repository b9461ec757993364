"""How what workbooks say goes into the CSV: what is replaced, what stays to the letter, what is refused."""

from collections.abc import Sequence

import pytest

from mpr.load.scorecard import Scorecard
from mpr.load.workbooks.merge import MergeResult, merge_cells, parse_meaning
from mpr.load.workbooks.returned import ReturnedCell
from mpr.problem import Place, Problem

HEAD = "code,(my notes),value,comment\r\n"


def _said(code: str, text: str, heading: str = "value", file: str = "A.xlsx") -> ReturnedCell:
    return ReturnedCell(code, heading, text, Place(file, sheet="S", line=2, column=6))


def _merged(
    scorecard: Scorecard, text: str, said: Sequence[ReturnedCell], *, replace: bool = False
) -> tuple[MergeResult, list[str]]:
    problems: list[Problem] = []
    merged = merge_cells(text, "data/x.csv", said, scorecard.indicators, problems, replace=replace)
    return merged, [str(each) for each in problems]


def test_what_is_not_replaced_stays_to_the_letter(scorecard: Scorecard) -> None:
    rest = '"CP 1.1","a ""b""\nc", 29.44 ,\'- x\r\n\r\nCP 1.4,-y,,"","",\n'
    merged, problems = _merged(scorecard, f"{HEAD}CP 1.2,=1,,\r\n{rest}", [_said("CP 1.2", "3"), _said("CP 1.1", "")])
    assert (merged.text, problems) == (f"\ufeff{HEAD}CP 1.2,=1,3,\r\n{rest}", [])
    assert merged.places == {(2, 3): Place("A.xlsx", sheet="S", line=2, column=6)}


def test_separators_and_line_ends_are_the_files_own(scorecard: Scorecard) -> None:
    merged, _ = _merged(scorecard, "code;value;comment\nCP 1.2;;", [_said("CP 1.2", "a;b", "comment")])
    assert merged.text == '\ufeffcode;value;comment\nCP 1.2;;"a;b"\n'


def test_a_row_that_is_missing_comes_where_the_report_has_it(scorecard: Scorecard) -> None:
    said = [_said("CP 3.10", "2"), _said("CP 5.5", "4"), _said("CP 3.9", "1")]
    merged, _ = _merged(scorecard, f"{HEAD}CP 1.1,,5,\r\nCP 3.11,,3,", said)
    assert merged.text.splitlines()[1:] == ["CP 1.1,,5,", "CP 3.9,,1", "CP 3.10,,2", "CP 3.11,,3,", "CP 5.5,,4"]
    assert set(merged.places) == {(3, 3), (4, 3), (6, 3)}


def test_a_column_that_is_missing_is_added(scorecard: Scorecard) -> None:
    merged, _ = _merged(scorecard, "code,value\nCP 1.1,1\nCP 1.2,2\n", [_said("CP 1.2", "green", "outcome")])
    assert merged.text == "\ufeffcode,value,outcome\nCP 1.1,1\nCP 1.2,2,green\n"


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
def test_a_text_like_a_formula_is_made_plain_and_a_number_is_left(
    scorecard: Scorecard, text: str, written: str
) -> None:
    merged, _ = _merged(scorecard, f"{HEAD}CP 1.1,,,", [_said("CP 1.1", text, "comment")])
    assert merged.text == f"\ufeff{HEAD}CP 1.1,,,{written}\r\n"
    again, problems = _merged(scorecard, merged.text[1:], [_said("CP 1.1", text, "comment")])
    assert (again.taken, len(again.unchanged), again.text, problems) == ((), 1, merged.text, [])


def test_what_contradicts_the_file_is_refused_unless_the_workbooks_go_first(scorecard: Scorecard) -> None:
    text = f"{HEAD}CP 1.1,,29,\r\nCP 1.2,,,\r\n"
    said = [_said("CP 1.1", "30"), _said("CP 1.2", "70")]
    merged, problems = _merged(scorecard, text, said)
    assert problems == [
        (
            "A.xlsx [S] F2: error E312 the value of CP 1.1 is '30' here, but '29' in data/x.csv:2:3; "
            "empty one of the two cells, or let workbooks overwrite the CSV with --replace"
        ),
    ]
    assert merged.taken == (said[1],)
    merged, problems = _merged(scorecard, text, said, replace=True)
    assert (merged.text, problems) == (f"\ufeff{HEAD}CP 1.1,,30,\r\nCP 1.2,,70,\r\n", [])
    assert merged.previous_texts == {said[0]: "29"}


@pytest.mark.parametrize("replace", [False, True])
def test_workbooks_that_contradict_one_another_are_always_refused(scorecard: Scorecard, *, replace: bool) -> None:
    said = [_said("CP 1.1", "30"), _said("CP 1.1", "30.0", file="B.xlsx"), _said("CP 1.1", "31", file="C.xlsx")]
    merged, problems = _merged(scorecard, f"{HEAD}CP 1.1,,29,", said, replace=replace)
    assert (merged.taken, merged.unchanged) == ((), ())
    assert problems == [
        (
            "A.xlsx [S] F2: error E311 the value of CP 1.1 is '30' here, but '31' in C.xlsx [S] F2; "
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
def test_cells_that_mean_the_same(heading: str, one: str, other: str, *, percent: bool, same: bool) -> None:
    assert (parse_meaning(one, heading, percent=percent) == parse_meaning(other, heading, percent=percent)) is same
