"""A month by workbook: what comes back goes into the CSV whole, or nothing does."""

import csv
import io
import json
import re
import shutil
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from mpr.load.glyphs import GLYPHS
from mpr.load.scorecard import load_scorecard
from mpr.load.values import format_csv
from mpr.problem import InputError
from mpr.project import Project
from mpr.workflows.collect import collect_workbooks
from mpr.workflows.new import create_period_files
from tests.conftest import COUNCIL, Run
from tests.returned import JUNE, fill, fill_text, parse_as_excel, return_workbook


@cache
def begin_june() -> dict[str, bytes]:
    """Return what `mpr new 2018-06 --xlsx` writes in the council, by path."""
    with TemporaryDirectory() as folder:
        project = Project(Path(folder))
        shutil.copytree(COUNCIL, folder, dirs_exist_ok=True)
        paths = create_period_files(project, JUNE, workbook=True)
        return {project.display_path(path): path.read_bytes() for path in paths}


def send_workbook(project: Project) -> Workbook:
    """Return the workbook of June 2018, which begins unless the workbook is there."""
    if not project.get_workbook_path(JUNE).exists():
        for name, data in begin_june().items():
            (project.root / name).parent.mkdir(exist_ok=True)
            (project.root / name).write_bytes(data)
    return load_workbook(project.get_workbook_path(JUNE))


def send_back(project: Project, book: Workbook, name: str = "Nair.xlsx") -> Path:
    """Save a workbook as one that came back, and return the folder."""
    return return_workbook(project, book, name)


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def collect_refused(project: Project, folder: Path, *, over: bool = False) -> list[str]:
    before = project.get_values_path(JUNE).read_bytes()
    with pytest.raises(InputError) as error:
        collect_workbooks(project, folder, JUNE, overwrite=over)
    assert project.get_values_path(JUNE).read_bytes() == before
    assert not project.get_replaced_values_path(JUNE, 1).exists()
    return [str(each) for each in error.value.problems]


def normalise_figure(value: str) -> str:
    """Return a figure as it comes back: without commas and noughts that a number does not keep."""
    if not re.fullmatch(r"[\d,.]+%?", value):
        return value
    sign = "%" if value.endswith("%") else ""
    return f"{Decimal(value.replace(',', '').removesuffix('%')).normalize():f}{sign}"


def test_a_whole_month_comes_back(council: Project) -> None:
    may = {row["code"]: row for row in read_rows(council.get_values_path("2018-05"))}
    book = send_workbook(council)
    begun = council.get_values_path(JUNE).read_bytes()
    for sheet in book.worksheets[1:]:
        for (code,) in sheet.iter_rows(min_row=2, max_col=1, values_only=True):
            row = may[str(code)]
            value, shape = parse_as_excel(row["value"])
            fill(sheet, str(code), "value", value, shape)
            for heading in ("outcome", "reason", "comment"):
                fill_text(sheet, str(code), heading, row[heading])
    collected = collect_workbooks(council, send_back(council, book), JUNE)
    heads, *rows = csv.reader(io.StringIO(begun.decode("utf-8-sig"), newline=""))
    for row in rows:
        said = may[row[0]]
        comment = "\n".join(said["comment"].strip().splitlines())
        row[5:] = [normalise_figure(said["value"]), said["outcome"], said["reason"], comment, ""]
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
    book = send_workbook(council)
    sheet = book["Priya Nair"]
    fill(sheet, "LM 2.1", "value", 0.93, "0%")
    fill(sheet, "LM 2.2", "value", 1700)
    fill(sheet, "LM 2.2", "comment", "Fewer again")
    folder = send_back(council, book)
    command = ("--project", council.root, "collect", folder, JUNE)
    assert mpr(*command) == (
        0,
        [
            "returned/Nair.xlsx: took 2 values (LM 2.1, LM 2.2), 1 comment (LM 2.2); 10 values left empty",
            "data/2018-06.csv is updated; the old version is kept as data/replaced/2018-06-1.csv",
        ],
        [],
    )
    once = council.get_values_path(JUNE).read_bytes()
    assert mpr(*command) == (
        0,
        [
            (
                "returned/Nair.xlsx: nothing to take; there already: 2 values (LM 2.1, LM 2.2), 1 comment "
                "(LM 2.2); 10 values left empty"
            ),
            "Nothing was taken, so nothing has changed.",
        ],
        [],
    )
    assert council.get_values_path(JUNE).read_bytes() == once
    assert [path.name for path in (council.data / "replaced").iterdir()] == ["2018-06-1.csv"]


def test_what_was_taken_is_printed_as_json(council: Project, mpr: Run) -> None:
    book = send_workbook(council)
    fill(book["Priya Nair"], "LM 2.1", "value", 0.93, "0%")
    code, out, err = mpr("--project", council.root, "collect", send_back(council, book), JUNE, "--format", "json")
    assert (code, err) == (0, [])
    said = json.loads("".join(out))
    assert (said["written"], said["copy"]) == ("data/2018-06.csv", "data/replaced/2018-06-1.csv")
    [one] = said["books"]
    assert (one["file"], one["same"], one["empty"]) == ("returned/Nair.xlsx", [], 11)
    place = {"file": "returned/Nair.xlsx", "sheet": "Priya Nair", "line": 2, "column": 6}
    assert one["taken"] == [{"code": "LM 2.1", "heading": "value", "text": "93%", "place": place}]


def test_replaced_files_are_kept_and_not_read_as_data(council: Project, mpr: Run) -> None:
    for number, value in enumerate((1700, 1800), 1):
        book = send_workbook(council)
        begun = council.get_values_path(JUNE).read_bytes()
        fill(book["Priya Nair"], "LM 2.2", "value", value)
        collected = collect_workbooks(council, send_back(council, book), JUNE, overwrite=True)
        assert council.get_replaced_values_path(JUNE, number).read_bytes() == begun
    assert str(collected.books[0]).splitlines() == [
        "returned/Nair.xlsx: took 1 value (LM 2.2); 11 values left empty",
        "- the value of LM 2.2 is now '1800' in place of '1700'",
    ]
    edition = council.get_edition_path(JUNE)
    edition.write_text(edition.read_text(encoding="utf-8").replace("generated:", "generated: 2018-07-19 12:00"))
    _, _, err = mpr("--project", council.root, "check", JUNE)
    assert [line for line in err if "replaced" in line] == []


def test_figures_are_checked_like_those_of_the_csv_and_named_by_cell(council: Project) -> None:
    book = send_workbook(council)
    sheet = book["Tom Farrant"]
    fill(sheet, "LM 1.9", "value", "8 3%")
    fill(sheet, "LM 1.10", "value", 130)
    fill(sheet, "LM 1.11", "value", 0.5, "0%")
    fill(sheet, "LM 1.11", "reason", "Because")
    fill(sheet, "LM 1.10", "outcome", "gren")
    assert collect_refused(council, send_back(council, book, "Farrant.xlsx")) == [
        "returned/Farrant.xlsx [Tom Farrant] F2: error E203 value '8 3%' is not a number; write 83% or TBC",
        (
            "returned/Farrant.xlsx [Tom Farrant] F3: error E212 value '130' cannot be a percentage of LM 1.10; "
            "it must be from 0% to 100%, unless the indicator says unbounded: yes"
        ),
        "returned/Farrant.xlsx [Tom Farrant] G3: error E210 'gren' is not an outcome; did you mean 'green'?",
        (
            "returned/Farrant.xlsx [Tom Farrant] F4: error E204 value '50%' is a percentage, but LM 1.11 is not; "
            "write the figure itself, in working days"
        ),
        (
            "returned/Farrant.xlsx [Tom Farrant] H4: error E211 there is a reason here but no outcome; "
            "write the outcome that you set, or delete the reason"
        ),
    ]


def test_a_doubtful_figure_is_taken_with_a_warning(council: Project) -> None:
    book = send_workbook(council)
    fill(book["Priya Nair"], "LM 2.1", "value", 0.93)
    collected = collect_workbooks(council, send_back(council, book), JUNE)
    assert [str(each) for each in collected.warnings] == [
        (
            "returned/Nair.xlsx [Priya Nair] F2: warning W213 value '0.93' of LM 2.1 is printed as 0.93%; "
            "if Excel dropped the percent sign, write 93%; if not, write 0.93%"
        )
    ]


def test_all_conflicts_are_listed_and_nothing_is_written(council: Project) -> None:
    book = send_workbook(council)
    fill(book["Ines Amory"], "LM 3.1", "value", 37000)
    fill(book["Hugh Pell"], "LM 3.1", "value", 38000)
    fill(book["Priya Nair"], "LM 2.2", "value", 1700)
    folder = send_back(council, book)
    path = council.get_values_path(JUNE)
    path.write_bytes(path.read_bytes().replace(b'"1,470",,,,', b'"1,470",1600,,,'))
    place = "returned/Nair.xlsx"
    two = (
        f"{place} [Ines Amory] G2: error E311 the value of LM 3.1 is '37000' here, but '38000' in "
        f"{place} [Hugh Pell] G2; empty one of the two cells, or remove one of the workbooks"
    )
    one = (
        f"{place} [Priya Nair] F3: error E312 the value of LM 2.2 is '1700' here, but '1600' in "
        "data/2018-06.csv:8:6; empty one of the two cells, or let workbooks overwrite the CSV with --replace"
    )
    assert collect_refused(council, folder) == [two, one]
    assert collect_refused(council, folder, over=True) == [two]


def test_workbooks_are_read_in_the_order_of_their_names(council: Project) -> None:
    book = send_workbook(council)
    fill(book["Priya Nair"], "LM 2.2", "value", 1700)
    folder = send_back(council, book, "b.xlsx")
    book = send_workbook(council)
    fill(book["Priya Nair"], "LM 2.2", "value", 1700.0)
    fill(book["Priya Nair"], "LM 2.1", "value", "TBC")
    send_back(council, book, "A.XLSX")
    (folder / "~$b.xlsx").write_bytes(b"lock")
    (folder / "notes.txt").write_bytes(b"")
    (folder / "old.xls").write_bytes(b"")
    collected = collect_workbooks(council, folder, JUNE)
    assert [str(each) for each in collected.books] == [
        "returned/A.XLSX: took 2 values (LM 2.1, LM 2.2); 10 values left empty",
        "returned/b.xlsx: nothing to take; there already: 1 value (LM 2.2); 11 values left empty",
    ]
    assert [str(each) for each in collected.warnings] == [
        (
            "returned/old.xls: warning W315 this file is ignored because it is not an Excel workbook (.xlsx); "
            "open it in Excel and save it as .xlsx"
        )
    ]


def test_one_workbook_can_be_named(council: Project) -> None:
    book = send_workbook(council)
    fill(book["Priya Nair"], "LM 2.2", "value", 1700)
    assert collect_workbooks(council, send_back(council, book) / "Nair.xlsx", JUNE).written


def test_a_folder_without_workbooks_iscollect_refused(council: Project, mpr: Run) -> None:
    send_workbook(council)
    folder = council.root / "returned"
    assert collect_refused(council, folder) == [
        "returned: error E316 there is no such folder; name the folder that the returned workbooks are in"
    ]
    folder.mkdir()
    code, out, err = mpr("--project", council.root, "collect", folder, JUNE)
    assert (code, out) == (1, [])
    assert err == [
        "returned: error E316 there are no workbooks in this folder; save the returned workbooks in it",
        "1 error",
    ]


def test_a_month_that_has_not_begun_or_has_errors_iscollect_refused(council: Project, mpr: Run) -> None:
    folder = send_back(council, send_workbook(council))
    path = council.get_values_path(JUNE)
    path.write_text(path.read_text(encoding="utf-8").replace('"1,470",,', '"1,470",x,'), encoding="utf-8")
    assert collect_refused(council, folder) == [
        "data/2018-06.csv:8:6: error E203 value 'x' is not a number; write 1,544 or TBC"
    ]
    path.unlink()
    code, _, err = mpr("--project", council.root, "collect", folder, JUNE)
    hint = "create it with mpr new 2018-06"
    assert (code, err[0]) == (1, f"data/2018-06.csv: error E107 June 2018 has no data file; {hint}")


def test_a_failed_write_leaves_every_file_as_it_was(council: Project) -> None:
    book = send_workbook(council)
    fill(book["Priya Nair"], "LM 2.2", "value", 1700)
    (council.data / "replaced").write_bytes(b"a file where a folder is wanted")
    [problem] = collect_refused(council, send_back(council, book))
    assert "E602 this file cannot be written" in problem


def test_names_in_place_of_codes_focus_and_benchmarks_are_collected(council: Project) -> None:
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
    row = read_rows(example.get_values_path("2016-17-Q3"))[0]
    assert (row["indicator"], row["focus"], row["National average"]) == (name, "yes", "4.8")


WORDS = st.text(sorted(GLYPHS - {"\r", "\t"}), min_size=1, max_size=40).map(str.strip).filter(
    lambda text: text and not re.search(r"_x[0-9A-Fa-f]{4}_", text)
)  # fmt: skip
FIGURES = st.decimals(0, 100, places=4, allow_nan=False)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(comments=st.lists(WORDS, min_size=12, max_size=12), figures=st.lists(FIGURES, min_size=12, max_size=12))
def test_typed_figures_and_comments_survive_exactly(
    council: Project, comments: list[str], figures: list[Decimal]
) -> None:
    shutil.rmtree(council.root / "workbooks", ignore_errors=True)
    book = send_workbook(council)
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
            fill_text(sheet, code, "comment", typed[code][1])
    collect_workbooks(council, send_back(council, book), JUNE)
    scorecard, _ = load_scorecard(council, JUNE)
    assert scorecard
    read = {each.code: scorecard.get_series(each)[scorecard.period] for each in scorecard.indicators}
    assert len(read) == 12
    for code, (figure, comment) in typed.items():
        assert (read[code].value, read[code].comment) == (figure, comment)
