"""A month by workbook: what comes back goes into the CSV whole, or nothing does."""

import csv
import io
import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from mpr.load.glyphs import GLYPHS
from mpr.load.scorecard import load_scorecard
from mpr.load.values import format_csv
from mpr.problem import InputError
from mpr.project import Project
from mpr.workflows.collect import collect_workbooks
from mpr.workflows.new import create_period_files
from tests.conftest import Run
from tests.returned import JUNE, as_typed, fill, returned, sent, text



def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _refused(project: Project, folder: Path, *, over: bool = False) -> list[str]:
    before = project.get_values_path(JUNE).read_bytes()
    with pytest.raises(InputError) as error:
        collect_workbooks(project, folder, JUNE, overwrite=over)
    assert project.get_values_path(JUNE).read_bytes() == before
    assert not project.get_replaced_values_path(JUNE, 1).exists()
    return [str(each) for each in error.value.problems]


def _as_read(value: str) -> str:
    """Return a figure as it comes back: without commas and noughts that a number does not keep."""
    if not re.fullmatch(r"[\d,.]+%?", value):
        return value
    sign = "%" if value.endswith("%") else ""
    return f"{Decimal(value.replace(',', '').removesuffix('%')).normalize():f}{sign}"


def test_a_whole_month_comes_back(council: Project) -> None:
    may = {row["code"]: row for row in _rows(council.get_values_path("2018-05"))}
    book = sent(council)
    begun = council.get_values_path(JUNE).read_bytes()
    for sheet in book.worksheets[1:]:
        for (code,) in sheet.iter_rows(min_row=2, max_col=1, values_only=True):
            row = may[str(code)]
            value, shape = as_typed(row["value"])
            fill(sheet, str(code), "value", value, shape)
            for heading in ("outcome", "reason", "comment"):
                text(sheet, str(code), heading, row[heading])
    collected = collect_workbooks(council, returned(council, book), JUNE)
    heads, *rows = csv.reader(io.StringIO(begun.decode("utf-8-sig"), newline=""))
    for row in rows:
        said = may[row[0]]
        comment = "\n".join(said["comment"].strip().splitlines())
        row[5:] = [_as_read(said["value"]), said["outcome"], said["reason"], comment]
    assert council.get_values_path(JUNE).read_bytes().decode() == format_csv([heads, *rows])
    assert council.get_replaced_values_path(JUNE, 1).read_bytes() == begun
    assert (collected.written, collected.copy) == ("data/2018-06.csv", "data/replaced/2018-06-1.csv")
    scorecards = [load_scorecard(council, period)[0] for period in ("2018-05", JUNE)]
    readings = [{each.code: scorecard.get_series(each)[scorecard.period] for each in scorecard.indicators}
                for scorecard in scorecards if scorecard]  # fmt: skip
    for code, reading in readings[0].items():
        again = readings[1][code]
        assert (again.value, again.missing, again.proxy) == (reading.value, reading.missing, reading.proxy)
        assert (again.outcome, again.reason, again.comment.split()) == (
            reading.outcome, reading.reason, reading.comment.split(),
        )  # fmt: skip


def test_what_was_taken_is_said_and_a_second_time_changes_nothing(council: Project, mpr: Run) -> None:
    book = sent(council)
    sheet = book["Carl Robinson"]
    fill(sheet, "CP 2.2", "value", 0.93, "0%")
    fill(sheet, "CP 2.4", "value", 1700)
    fill(sheet, "CP 2.4", "comment", "Fewer again")
    folder = returned(council, book)
    command = ("--project", council.root, "collect", folder, JUNE)
    assert mpr(*command) == (
        0,
        [
            "returned/Robinson.xlsx: took 2 values (CP 2.2, CP 2.4), 1 comment (CP 2.4); 29 values left empty",
            "data/2018-06.csv is written; what it was is kept as data/replaced/2018-06-1.csv",
        ],
        [],
    )
    once = council.get_values_path(JUNE).read_bytes()
    assert mpr(*command) == (
        0,
        [
            (
                "returned/Robinson.xlsx: nothing to take; there already: 2 values (CP 2.2, CP 2.4), 1 comment "
                "(CP 2.4); 29 values left empty"
            ),
            "Nothing was taken, so nothing is changed.",
        ],
        [],
    )
    assert council.get_values_path(JUNE).read_bytes() == once
    assert [path.name for path in (council.data / "replaced").iterdir()] == ["2018-06-1.csv"]


def test_the_same_for_a_program(council: Project, mpr: Run) -> None:
    book = sent(council)
    fill(book["Carl Robinson"], "CP 2.2", "value", 0.93, "0%")
    code, out, err = mpr("--project", council.root, "collect", returned(council, book), JUNE, "--format", "json")
    assert (code, err) == (0, [])
    said = json.loads("".join(out))
    assert (said["written"], said["copy"]) == ("data/2018-06.csv", "data/replaced/2018-06-1.csv")
    [one] = said["books"]
    assert (one["file"], one["same"], one["empty"]) == ("returned/Robinson.xlsx", [], 30)
    place = {"file": "returned/Robinson.xlsx", "sheet": "Carl Robinson", "line": 2, "column": 6}
    assert one["taken"] == [{"code": "CP 2.2", "heading": "value", "text": "93%", "place": place}]


def test_copies_are_kept_and_are_no_data(council: Project, mpr: Run) -> None:
    for number, value in enumerate((1700, 1800), 1):
        book = sent(council)
        begun = council.get_values_path(JUNE).read_bytes()
        fill(book["Carl Robinson"], "CP 2.4", "value", value)
        collected = collect_workbooks(council, returned(council, book), JUNE, overwrite=True)
        assert council.get_replaced_values_path(JUNE, number).read_bytes() == begun
    assert str(collected.books[0]).splitlines() == [
        "returned/Robinson.xlsx: took 1 value (CP 2.4); 30 values left empty",
        "- the value of CP 2.4 is now '1800' in place of '1700'",
    ]
    edition = council.get_edition_path(JUNE)
    edition.write_text(edition.read_text(encoding="utf-8").replace("generated:", "generated: 2018-07-19 12:00"))
    _, _, err = mpr("--project", council.root, "check", JUNE)
    assert [line for line in err if "replaced" in line] == []


def test_figures_are_judged_as_those_of_the_csv_with_their_cells(council: Project) -> None:
    book = sent(council)
    sheet = book["Carl Robinson"]
    fill(sheet, "CP 2.2", "value", "8 3%")
    fill(sheet, "CP 2.3", "value", 130)
    fill(sheet, "CP 2.4", "value", 0.5, "0%")
    fill(sheet, "CP 2.4", "reason", "Because")
    fill(sheet, "CP 2.3", "outcome", "gren")
    assert _refused(council, returned(council, book)) == [
        "returned/Robinson.xlsx [Carl Robinson] F2: error E203 value '8 3%' is not a number; write 83% or TBC",
        (
            "returned/Robinson.xlsx [Carl Robinson] F3: error E212 value '130' cannot be a percentage of CP 2.3; "
            "it must be from 0% to 100%, unless the indicator says unbounded: yes"
        ),
        "returned/Robinson.xlsx [Carl Robinson] G3: error E210 'gren' is not an outcome; did you mean 'green'?",
        (
            "returned/Robinson.xlsx [Carl Robinson] F4: error E204 value '50%' is a percentage, but CP 2.4 is not; "
            "write the figure itself, in missed collections"
        ),
        (
            "returned/Robinson.xlsx [Carl Robinson] H4: error E211 a reason stands here without an outcome; "
            "write the outcome that you set, or take the reason away"
        ),
    ]


def test_a_figure_in_doubt_is_taken_and_said(council: Project) -> None:
    book = sent(council)
    fill(book["Carl Robinson"], "CP 2.2", "value", 0.93)
    collected = collect_workbooks(council, returned(council, book), JUNE)
    assert [str(each) for each in collected.warnings] == [
        (
            "returned/Robinson.xlsx [Carl Robinson] F2: warning W213 value '0.93' of CP 2.2 is printed as 0.93%; "
            "if Excel dropped the percent sign, write 93%; if not, write 0.93%"
        )
    ]


def test_all_conflicts_are_listed_and_nothing_is_written(council: Project) -> None:
    book = sent(council)
    fill(book["Joanna Ruffle"], "CP 5.5", "value", 37000)
    fill(book["Ellen Butler"], "CP 5.5", "value", 38000)
    fill(book["Carl Robinson"], "CP 2.4", "value", 1700)
    folder = returned(council, book)
    path = council.get_values_path(JUNE)
    path.write_bytes(path.read_bytes().replace(b'"1,998",,,,', b'"1,998",1600,,,'))
    place = "returned/Robinson.xlsx"
    two = (
        f"{place} [Joanna Ruffle] G3: error E311 the value of CP 5.5 is '37000' here, but '38000' in "
        f"{place} [Ellen Butler] G2; empty one of the two cells, or take one of the workbooks away"
    )
    one = (
        f"{place} [Carl Robinson] F4: error E312 the value of CP 2.4 is '1700' here, but '1600' in "
        "data/2018-06.csv:8:6; empty one of the two cells, or let the workbooks go first with --replace"
    )
    assert _refused(council, folder) == [one, two]
    assert _refused(council, folder, over=True) == [two]


def test_workbooks_are_read_in_the_order_of_their_names(council: Project) -> None:
    book = sent(council)
    fill(book["Carl Robinson"], "CP 2.4", "value", 1700)
    folder = returned(council, book, "b.xlsx")
    book = sent(council)
    fill(book["Carl Robinson"], "CP 2.4", "value", 1700.0)
    fill(book["Carl Robinson"], "CP 2.2", "value", "TBC")
    returned(council, book, "A.XLSX")
    (folder / "~$b.xlsx").write_bytes(b"lock")
    (folder / "notes.txt").write_bytes(b"")
    (folder / "old.xls").write_bytes(b"")
    collected = collect_workbooks(council, folder, JUNE)
    assert [str(each) for each in collected.books] == [
        "returned/A.XLSX: took 2 values (CP 2.2, CP 2.4); 29 values left empty",
        "returned/b.xlsx: nothing to take; there already: 1 value (CP 2.4); 30 values left empty",
    ]
    assert [str(each) for each in collected.warnings] == [
        (
            "returned/old.xls: warning W315 this file is not read, because it is no Excel workbook (.xlsx); "
            "open it in Excel and save it as one"
        )
    ]


def test_one_workbook_can_be_named(council: Project) -> None:
    book = sent(council)
    fill(book["Carl Robinson"], "CP 2.4", "value", 1700)
    assert collect_workbooks(council, returned(council, book) / "Robinson.xlsx", JUNE).written


def test_a_folder_without_workbooks(council: Project, mpr: Run) -> None:
    sent(council)
    folder = council.root / "returned"
    assert _refused(council, folder) == [
        "returned: error E316 there is no such folder; name the one that the returned workbooks are in"
    ]
    folder.mkdir()
    code, out, err = mpr("--project", council.root, "collect", folder, JUNE)
    assert (code, out) == (1, [])
    assert err == ["returned: error E316 no workbook lies here; save the returned workbooks in it", "1 error"]


def test_the_month_must_have_begun_and_be_sound(council: Project, mpr: Run) -> None:
    folder = returned(council, sent(council))
    path = council.get_values_path(JUNE)
    path.write_text(path.read_text(encoding="utf-8").replace('"1,998",,', '"1,998",x,'), encoding="utf-8")
    assert _refused(council, folder) == [
        "data/2018-06.csv:8:6: error E203 value 'x' is not a number; write 1,544 or TBC"
    ]
    path.unlink()
    code, _, err = mpr("--project", council.root, "collect", folder, JUNE)
    hint = "begin it with mpr new 2018-06"
    assert (code, err[0]) == (1, f"data/2018-06.csv: error E107 June 2018 has no data file; {hint}")


def test_what_cannot_be_written_leaves_all_as_it_was(council: Project) -> None:
    book = sent(council)
    fill(book["Carl Robinson"], "CP 2.4", "value", 1700)
    (council.data / "replaced").write_bytes(b"a file where a folder is wanted")
    [problem] = _refused(council, returned(council, book))
    assert "E602 this file cannot be written" in problem


def test_indicators_without_codes_items_in_focus_and_benchmarks(council: Project) -> None:
    source = Path(__file__).parents[2] / "examples" / "kpi-table-2016-17-q2"
    example = Project(council.root / "kpi")
    shutil.copytree(source, example.root, ignore=shutil.ignore_patterns("out"))
    *_, path = create_period_files(example, "2016-17-Q3", workbook=True)
    book = load_workbook(path)
    assert book.sheetnames == ["How to fill in", "Indicators"]
    sheet = book.worksheets[1]
    name = str(sheet["A2"].value)
    assert [cell.value for cell in sheet[1]][5:11] == [
        "value", "outcome", "reason", "comment", "focus", "National average",
    ]  # fmt: skip
    fill(sheet, name, "focus", "yes")
    fill(sheet, name, "National average", 4.8)
    folder = example.root / "returned"
    folder.mkdir()
    book.save(folder / "all.xlsx")
    collected = collect_workbooks(example, folder, "2016-17-Q3")
    assert str(collected.books[0]).startswith(f"returned/all.xlsx: took 1 in focus ({name}), 1 in National average")
    row = _rows(example.get_values_path("2016-17-Q3"))[0]
    assert (row["indicator"], row["focus"], row["National average"]) == (name, "yes", "4.8")


WORDS = st.text(sorted(GLYPHS - {"\r", "\t"}), min_size=1, max_size=40).map(str.strip).filter(
    lambda text: text and not re.search(r"_x[0-9A-Fa-f]{4}_", text)
)  # fmt: skip
FIGURES = st.decimals(0, 100, places=4, allow_nan=False)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(comments=st.lists(WORDS, min_size=31, max_size=31), figures=st.lists(FIGURES, min_size=31, max_size=31))
def test_what_is_typed_survives_exactly(council: Project, comments: list[str], figures: list[Decimal]) -> None:
    shutil.rmtree(council.root / "workbooks", ignore_errors=True)
    book = sent(council)
    typed: dict[str, tuple[Decimal, str]] = {}
    for sheet in book.worksheets[1:]:
        for code, unit in [(str(row[0]), row[2]) for row in sheet.iter_rows(min_row=2, values_only=True)]:
            if code in typed:
                continue
            typed[code] = (figures[len(typed)], comments[len(typed)])
            if unit == "%":
                fill(sheet, code, "value", float(typed[code][0].scaleb(-2)), "0.00%")
            else:
                fill(sheet, code, "value", float(typed[code][0]))
            text(sheet, code, "comment", typed[code][1])
    collect_workbooks(council, returned(council, book), JUNE)
    scorecard, _ = load_scorecard(council, JUNE)
    assert scorecard
    read = {each.code: scorecard.get_series(each)[scorecard.period] for each in scorecard.indicators}
    assert len(read) == 31
    for code, (figure, comment) in typed.items():
        assert (read[code].value, read[code].comment) == (figure, comment)
