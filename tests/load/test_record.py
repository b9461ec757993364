"""The record of a report: readable for people, read back as it was written, and refused if it was changed."""

from pathlib import Path

import pytest

from mpr.load.editions.record import Record, RecordedFigure, RecordEntry, format_record, read_record
from mpr.problem import Problem

ENTRY = RecordEntry(
    name="Potholes “mended”",
    outcome="Red",
    annual_target="38 – 48",
    periods={
        "2018-03": RecordedFigure(value="[x]", target="£5"),
        "2018-04": RecordedFigure(value="1.66 proxy", target="2"),
    },
)
RECORD = Record(period="2018-04", version="1.0", generated="2018-05-22 10:00", indicators={"CP 1.1": ENTRY})


def read_with_problems(path: Path) -> tuple[Record | None, list[str]]:
    problems: list[Problem] = []
    return read_record(path, "out/a.json", problems), [str(problem) for problem in problems]


def test_record_is_read_back_as_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(format_record(RECORD), encoding="utf-8")
    assert read_with_problems(path) == (RECORD, [])


def test_record_has_one_line_for_each_period(tmp_path: Path) -> None:
    lines = format_record(RECORD).splitlines()
    assert '        "2018-04": {"value": "1.66 proxy", "target": "2"}' in lines
    assert '      "name": "Potholes “mended”",' in lines
    assert len(lines) == 16
    assert not (tmp_path / "a.json").exists()


def test_missing_record_is_no_problem(tmp_path: Path) -> None:
    assert read_with_problems(tmp_path / "a.json") == (None, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Red",', '"Red"'),
        ('"value"', '"valu"'),
        ('"2018-04",', "2018,"),
        ('"version": "1.0",', ""),
        ('"version"', '"more": 1, "version"'),
    ],
)
def test_damaged_record_is_a_problem(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "a.json"
    text = format_record(RECORD)
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    record, problems = read_with_problems(path)
    assert record is None
    cure = "put it back as it was, or build that report again if its figures have not changed since"
    message = "this record of the report's figures has been changed since it was written"
    assert problems == [f"out/a.json: error E114 {message}; {cure}"]


def test_empty_or_binary_record_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"")
    assert read_with_problems(path)[1] == ["out/a.json: error E105 this file is empty; restore it from a copy"]
    path.write_bytes(b"\xff\xfe{}")
    assert "E104" in read_with_problems(path)[1][0]
