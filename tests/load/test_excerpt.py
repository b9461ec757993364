"""Excerpts of a file around a problem, with rows and lines counted as the officer sees them."""

from pathlib import Path

import pytest

from mpr.load.excerpt import ExcerptRow, build_excerpt, describe_place, read_contents
from mpr.problem import Place, Problem

SHEET = 'code,(name),value,outcome,comment\nCP 1,One,1,,"Two lines,\nand more"\nCP 2,Two,8 3%,,\n'


def _make_problem(file: str, line: int, column: int, code: str = "E203") -> Problem:
    return Problem(Place(file, line, column), code, "something is wrong")


def _draw_rows(rows: tuple[ExcerptRow, ...]) -> list[str]:
    """Return each row as a line of text, with marked cells in brackets."""
    return [
        " | ".join([row.number, *(f"[{cell.text}]" if cell.marked else cell.text for cell in row.cells)])
        for row in rows
    ]


def _write_file(tmp_path: Path, text: str, name: str = "2018-05.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (_make_problem("data/2018-05.csv", 3, 3), "data/2018-05.csv, row 3, column C"),
        (_make_problem("data/2018-05.csv", 3, 28), "data/2018-05.csv, row 3, column AB"),
        (_make_problem("data/2018-05.csv", 3, 0), "data/2018-05.csv, row 3"),
        (_make_problem("data/2018-05.csv", 3, 0, "E104"), "data/2018-05.csv, line 3"),
        (_make_problem("indicators.yaml", 3, 5, "E121"), "indicators.yaml, line 3, column 5"),
        (_make_problem("data/2018-05.csv", 0, 0, "E107"), "data/2018-05.csv"),
    ],
)
def test_a_place_is_described_in_words(problem: Problem, words: str) -> None:
    assert describe_place(problem) == words


def test_rows_of_a_sheet_are_counted_as_in_excel(tmp_path: Path) -> None:
    path = _write_file(tmp_path, SHEET)
    rows = build_excerpt(read_contents(path), _make_problem("data/2018-05.csv", 3, 3))
    assert _draw_rows(rows) == [
        " | A | B | C | D",
        "1 | code | (name) | value | outcome",
        "3 | CP 2 | Two | [8 3%] | ",
    ]
    rows = build_excerpt(read_contents(path), _make_problem("data/2018-05.csv", 2, 5))
    assert _draw_rows(rows) == [
        " | A | D | E",
        "1 | code | outcome | comment",
        "2 | CP 1 |  | [Two lines, and more]",
    ]


def test_a_sheet_may_have_semicolons_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = _write_file(tmp_path, "\ufeff" + SHEET.replace(",", ";"))
    assert _draw_rows(build_excerpt(read_contents(path), _make_problem("data/2018-05.csv", 3, 1)))[1:] == [
        "1 | code | (name)",
        "3 | [CP 2] | Two",
    ]


def test_a_line_of_text_is_shown_with_its_neighbours(tmp_path: Path) -> None:
    path = _write_file(tmp_path, "one: 1\r\ntwo: 2\r\nthree: 3\r\nfour: 4\r\n", "indicators.yaml")
    rows = build_excerpt(read_contents(path), _make_problem("indicators.yaml", 3, 1, "E121"))
    assert _draw_rows(rows) == ["2 | two: 2", "3 | [three: 3]", "4 | four: 4"]


def test_a_long_line_is_cut_around_the_problem(tmp_path: Path) -> None:
    path = _write_file(tmp_path, f"{'a' * 500}HERE{'b' * 500}", "indicators.yaml")
    (row,) = build_excerpt(read_contents(path), _make_problem("indicators.yaml", 1, 501, "E121"))
    assert "HERE" in row.cells[0].text
    assert len(row.cells[0].text) == 161


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("", 1, "E105"),
        (SHEET, 0, "E107"),
        (SHEET, 9, "E203"),
        ('code,value\n"never closed', 9, "E201"),
        ("code,value\nCP 1," + "9" * 200_000, 2, "E203"),
        ("one", 7, "E106"),
    ],
)
def test_there_is_no_excerpt_if_the_file_has_no_such_line(text: str, line: int, code: str, tmp_path: Path) -> None:
    assert (
        build_excerpt(read_contents(_write_file(tmp_path, text)), _make_problem("data/2018-05.csv", line, 0, code))
        == ()
    )


def test_a_missing_file_has_no_excerpt_and_bad_bytes_are_replaced(tmp_path: Path) -> None:
    assert build_excerpt(read_contents(tmp_path / "none.csv"), _make_problem("data/none.csv", 1, 1)) == ()
    path = tmp_path / "2018-05.csv"
    path.write_bytes(b"code,value\nCP 1,\xa3 5\n")
    rows = build_excerpt(read_contents(path), _make_problem("data/2018-05.csv", 2, 0, "E104"))
    assert _draw_rows(rows) == [
        "1 | code,value",
        "2 | [CP 1,\ufffd 5]",
        "3 | ",
    ]
