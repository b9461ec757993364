"""Reading any file gives values or problems, never a fault; whatever `mpr` writes is read back unchanged."""

import csv
import io
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from mpr.load.config.yaml_nodes import parse_yaml
from mpr.load.editions.record import Record, RecordedFigure, RecordEntry, format_record, read_record
from mpr.load.scorecard import load_scorecard
from mpr.load.values import format_csv, unescape_cell
from mpr.load.workbooks.merge import merge_cells
from mpr.load.workbooks.reader import read_workbook
from mpr.load.workbooks.returned import ExpectedSheet, ReturnedCell
from mpr.problem import Place, Problem
from mpr.project import Project
from tests.hostile.fields import BASE, EDITION, INDICATORS, JUNE, VALUES

pytestmark = pytest.mark.filterwarnings("ignore")
FEW = settings(max_examples=60, deadline=None)
SIGNS = st.sampled_from(
    ["\n", "\r", "\t", '"', "'", ",", ";", ":", "-", "#", "&", "*", "!", "|", ">", "%", "{", "[", "\0", "\ufeff"]
)
TEXTS = st.text(st.one_of(SIGNS, st.characters()), max_size=60)
PLAIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=40)


def _check_loading(file: str, data: bytes) -> None:
    """Load a project with other bytes in one file and check that there is a scorecard or a problem."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        shutil.copytree(BASE, root)
        (root / file).write_bytes(data)
        scorecard, problems = load_scorecard(Project(root), JUNE)
        assert scorecard or problems
        assert all(str(problem) for problem in problems)


@FEW
@given(data=st.one_of(st.binary(max_size=200), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))))
@pytest.mark.parametrize("file", [INDICATORS, EDITION, VALUES])
def test_any_file_gives_a_scorecard_or_problems(file: str, data: bytes) -> None:
    _check_loading(file, data)


@FEW
@given(data=st.data())
@pytest.mark.parametrize("file", [INDICATORS, EDITION, VALUES])
def test_a_damaged_file_gives_a_scorecard_or_problems(file: str, data: st.DataObject) -> None:
    sound = (BASE / file).read_text(encoding="utf-8")
    begin = data.draw(st.integers(0, len(sound)))
    end = data.draw(st.integers(begin, min(begin + 30, len(sound))))
    _check_loading(file, (sound[:begin] + data.draw(TEXTS) + sound[end:]).encode("utf-8", "surrogatepass"))


PLAINS = st.recursive(
    PLAIN, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(PLAIN, inner, max_size=4))
)


@FEW
@given(value=PLAINS)
def test_yaml_that_was_written_is_read_back_as_text(value: object) -> None:
    problems: list[Problem] = []
    document = parse_yaml(yaml.safe_dump(value, default_style='"'), "f.yaml", problems)
    assert document
    assert document.value == value
    assert problems == []


@FEW
@given(rows=st.lists(st.lists(TEXTS.map(str.strip), min_size=2, max_size=4), min_size=1, max_size=5))
def test_cells_that_were_written_are_read_back_and_are_not_formulas(rows: list[list[str]]) -> None:
    text = format_csv(rows).removeprefix("\ufeff")
    read = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    assert [[unescape_cell(cell) for cell in row] for row in read] == [row for row in rows if row]
    assert not [cell for row in read for cell in row if cell.startswith(("=", "@"))]


@FEW
@given(texts=st.lists(PLAIN.filter(str.strip), min_size=5, max_size=5))
def test_a_record_that_was_written_is_read_back(texts: list[str]) -> None:
    name, outcome, annual, value, target = texts
    entry = RecordEntry(
        name=name, outcome=outcome, annual_target=annual, periods={JUNE: RecordedFigure(value=value, target=target)}
    )
    record = Record(period=JUNE, version="1.0", generated="x", indicators={"A 1": entry})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.json"
        path.write_text(format_record(record), encoding="utf-8")
        assert read_record(path, "r.json", []) == record


CELLS = st.one_of(
    TEXTS.map(lambda text: "".join(sign for sign in text if sign in "\t\n\r" or sign >= " ")),
    *(st.integers(), st.floats(), st.booleans(), st.dates(), st.times(), st.timedeltas(), st.none()),
)
EXPECTED_SHEET = ExpectedSheet(JUNE, "Council", ("value", "comment"))


@FEW
@given(value=CELLS, comment=CELLS, shape=st.sampled_from(["General", "0%", "@", "0.00", "yyyy", '"%"0']))
def test_any_cell_of_a_workbook_is_a_text_or_a_problem(value: object, comment: object, shape: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet
    for column, head in enumerate(("code", "value", "comment", EXPECTED_SHEET.mark), 1):
        sheet.cell(1, column).value = head
    for column, cell in enumerate(("A 1", value, comment, "A 1"), 1):
        try:
            sheet.cell(2, column).value = cell  # type: ignore[assignment] # any value that an officer may enter
        except ValueError:  # XML cannot contain it
            return
        sheet.cell(2, column).number_format = shape
    with TemporaryDirectory() as folder:
        path = Path(folder) / "back.xlsx"
        try:
            book.save(path)
        except (ValueError, OverflowError, UnicodeEncodeError):
            return
        problems: list[Problem] = []
        cells = read_workbook(path, "back.xlsx", EXPECTED_SHEET, problems)
    assert cells or problems


@FEW
@given(data=st.binary(max_size=300), begin=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)]))
def test_bytes_that_are_not_a_workbook_give_one_problem(data: bytes, begin: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "back.xlsx"
        path.write_bytes(begin + data)
        problems: list[Problem] = []
        assert read_workbook(path, "back.xlsx", EXPECTED_SHEET, problems) == []
        assert [problem.code for problem in problems] in (["E301"], ["E302"])


@FEW
@given(text=TEXTS.map(str.strip))
def test_a_text_from_a_workbook_is_in_the_csv_unchanged(text: str) -> None:
    place, problems = Place("back.xlsx"), list[Problem]()
    merged = merge_cells(
        "code,value,comment\nA 1,,\n",
        "f.csv",
        [ReturnedCell("A 1", "comment", text, place)],
        [],
        problems,
        replace=False,
    )
    rows = list(csv.reader(io.StringIO(merged.text.removeprefix("\ufeff"), newline=""), strict=True))
    assert unescape_cell(rows[1][2]) == re.sub("\r\n?", "\n", text).strip()
    assert rows[1][:2] == ["A 1", ""]
    assert problems == []
