"""The files that a report begins with: a row for what is due, help beside it, nothing written over."""

import csv
from pathlib import Path

import pytest

from mpr.problem import InputError
from mpr.project import Project
from mpr.workflows.check import check_period
from mpr.workflows.new import create_period_files
from tests.conftest import Run

ROOT = Path(__file__).parents[2]
JUNE = "2018-06"
APPENDICES = """\
# Appendices: PDFs that follow the report. Remove the # and list each one, or give the period of the next ones.
# Last time, the next ones were due in 2018-06.
# appendices:
#   - title: "Revenue budget monitoring"
#     file: "data/appendices/revenue.pdf"
# next_appendices:
"""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_month_begins_with_a_row_for_every_indicator_and_its_latest_figure(council: Project) -> None:
    text = council.indicators_path.read_text(encoding="utf-8")
    council.indicators_path.write_text(text.replace(" June: 1.90,", ""), encoding="utf-8")
    assert create_period_files(council, JUNE) == (council.get_values_path(JUNE), council.get_edition_path(JUNE))
    rows = {row["code"]: row for row in _rows(council.get_values_path(JUNE))}
    assert len(rows) == 12
    assert list(rows)[:5] == ["LM 1.1", "LM 1.2", "LM 1.9", "LM 1.10", "LM 1.11"]
    assert list(rows["LM 1.1"]) == [
        "code", "(name)", "(unit)", "(latest)", "(target)", "value", "outcome", "reason", "comment", "England",
    ]  # fmt: skip
    assert list(rows["LM 1.9"].values()) == [
        "LM 1.9", "No more care after help at home", "%", "70.3% (April 2018)", "76%", "", "", "", "", "",
    ]  # fmt: skip
    assert rows["LM 2.3"]["(target)"] == "1,800,000"
    assert rows["LM 2.1"]["(latest)"] == ""
    assert rows["LM 3.2"]["(target)"] == "", "its profile ends in May"


def test_what_is_written_is_read_and_only_what_officers_must_say_is_missing(council: Project) -> None:
    create_period_files(council, JUNE)
    with pytest.raises(InputError) as error:
        check_period(council, JUNE)
    [wrong] = [each for each in error.value.problems if each.severity == "error"]
    hint = "write a date and time such as 2018-06-21 11:59"
    assert str(wrong) == f"data/2018-06.yaml:4:1: error E123 'generated' is empty; {hint}"
    edition = council.get_edition_path(JUNE)
    text = edition.read_text(encoding="utf-8")
    assert APPENDICES in text
    edition.write_text(text.replace("generated:", "generated: 2018-07-19 12:00"), encoding="utf-8")
    scorecard = check_period(council, JUNE).scorecard
    assert {str(each.latest_period) for each in scorecard.statuses if each.value is not None} == {"2018-04", "2018-05"}
    assert scorecard.edition.notices == ()


def test_last_times_notices_and_appendices_are_there_to_be_confirmed(council: Project) -> None:
    lines = "notices:\n  - The office is shut\nappendices:\n  - title: 'Revenue: May'\n    file: data/may.pdf\n"
    text = council.get_edition_path("2018-05").read_text(encoding="utf-8").replace("next_appendices: 2018-06\n", lines)
    council.get_edition_path("2018-05").write_text(text, encoding="utf-8")
    create_period_files(council, JUNE)
    written = council.get_edition_path(JUNE).read_text(encoding="utf-8")
    assert '# appendices:\n#   - title: "Revenue: May"\n#     file: "data/may.pdf"\n# next_appendices:\n' in written
    assert "Last time the next" not in written
    assert '# notices:\n#   - "The office is shut"\n' in written


def test_nothing_is_written_over(council: Project, mpr: Run) -> None:
    before = council.get_values_path("2018-05").read_bytes()
    code, out, err = mpr("--project", council.root, "new", "2018-05")
    assert (code, out) == (1, [])
    assert [line.split(";")[0] for line in err] == [
        "data/2018-05.csv: error E604 this file exists already",
        "data/2018-05.yaml: error E604 this file exists already",
        "2 errors",
    ]
    assert council.get_values_path("2018-05").read_bytes() == before
    council.get_edition_path(JUNE).write_text("", encoding="utf-8")
    assert mpr("--project", council.root, "new", JUNE)[0] == 1
    assert not council.get_values_path(JUNE).exists()


def test_the_same_as_a_workbook_at_once_or_later(council: Project, mpr: Run) -> None:
    assert create_period_files(council, JUNE, workbook=True) == (
        council.get_values_path(JUNE), council.get_edition_path(JUNE), council.root / "workbooks" / "mpr-2018-06.xlsx",
    )  # fmt: skip
    data = council.get_workbook_path(JUNE).read_bytes()
    council.get_workbook_path(JUNE).unlink()
    values = council.get_values_path(JUNE)
    values.write_text(values.read_text(encoding="utf-8").replace('"1,470",,', '"1,470",1600,'), encoding="utf-8")
    before = values.read_bytes()
    assert mpr("--project", council.root, "new", JUNE, "--xlsx") == (
        0,
        ["workbooks/mpr-2018-06.xlsx", "Send out the workbook. When copies come back, run mpr collect FOLDER 2018-06"],
        [],
    )
    assert values.read_bytes() == before
    assert council.get_workbook_path(JUNE).read_bytes() != data, "the latest figure of LM 2.2 is another"
    code, out, err = mpr("--project", council.root, "new", JUNE, "--xlsx")
    assert (code, out) == (1, [])
    assert err[0].startswith("workbooks/mpr-2018-06.xlsx: error E604 this file exists already")


def test_a_quarter_begins_with_its_own_figures(council: Project, mpr: Run) -> None:
    code, out, err = mpr("--project", council.root, "new", "2018-19-Q1")
    assert (code, out, err) == (0, ["data/2018-19-Q1.csv", "data/2018-19-Q1.yaml"], [])
    rows = {row["code"]: row for row in _rows(council.get_values_path("2018-19-Q1"))}
    assert rows["LM 2.3"]["(target)"] == "1,800,000"


def test_indicators_without_codes_and_benchmarks_have_their_headings(council: Project) -> None:
    example = Project(council.root / "kpi")
    (example.root / "data").mkdir(parents=True)
    source = ROOT / "examples" / "kpi-table-2016-17-q2"
    for name in ("indicators.yaml", "data/2016-17-Q2.csv", "data/2016-17-Q2.yaml"):
        (example.root / name).write_bytes((source / name).read_bytes())
    create_period_files(example, "2016-17-Q3")
    rows = _rows(example.get_values_path("2016-17-Q3"))
    assert len(rows) == 17, "the annual one is not due"
    first, *_, focus, benchmark = rows[0]
    assert (first, focus, benchmark) == ("indicator", "focus", "National average")
    text = example.get_edition_path("2016-17-Q3").read_text(encoding="utf-8")
    assert '#   - "The unemployment rate is shown as data only' in text


def test_a_broken_indicators_file_stops_it(council: Project) -> None:
    text = council.indicators_path.read_text(encoding="utf-8")
    council.indicators_path.write_text(text.replace("aim: Caring", "aim: Carign", 1), encoding="utf-8")
    with pytest.raises(InputError, match="E126"):
        create_period_files(council, JUNE)
    assert not council.get_values_path(JUNE).exists()
