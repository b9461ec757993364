"""The section of changes since the previous report, and its sentences where there is nothing to compare."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from mpr.load.editions.record import RECORD_SUFFIX, format_record
from mpr.load.scorecard import load_scorecard
from mpr.project import Project
from mpr.report.assemble import assemble_report
from mpr.report.comparison import compare_reports, summarise
from mpr.report.model.report import PrintedFigure, RatingCell, Report, Row, Table, Text
from mpr.report.printed_figures import build_record
from mpr.workflows.check import check_period
from tests.cells import replace_text, set_cells

MAY = "2018-05"
MEANS = "Against target is how far each figure lies from the target beside it, as a share of that target."
NO_RECORD = "There is no record of the report of April 2018, so revisions of its figures could not be looked for."


def _add_section(project: Project, settings: str = "") -> None:
    """Add the section to the settings, before all others."""
    replace_text(project.indicators_path, "\nsections:\n", f"\nsections:\n  changes:{settings}\n")


def _assemble(project: Project) -> Report:
    return assemble_report(check_period(project, MAY).scorecard)


def _make_section(project: Project, settings: str = "") -> Table:
    """Return the section of a project that asks for it."""
    _add_section(project, settings)
    section = _assemble(project).sections[0]
    assert isinstance(section, Table)
    return section


def _save_record(project: Project, period: str) -> None:
    """Write the record of a report, as if it had been built."""
    scorecard, _ = load_scorecard(project, period)
    assert scorecard
    path = project.get_report_path(period, RECORD_SUFFIX)
    path.parent.mkdir(parents=True)
    path.write_text(format_record(build_record(scorecard)), encoding="utf-8")


def _read_cells(row: Row) -> list[str]:
    """Return the texts of a row; of an outcome, its word."""
    texts = []
    for cell in row.cells:
        if isinstance(cell, RatingCell):
            texts.append(cell.rating.word)
        else:
            assert cell is None or isinstance(cell, Text | PrintedFigure)
            texts.append(cell.text if cell else "")
    return texts


def test_section_is_left_out_unless_the_settings_ask_for_it(council_report: Report) -> None:
    assert "changes" not in [section.heading.anchor for section in council_report.sections]


def test_section_needs_no_settings_but_its_name(council: Project) -> None:
    section = _make_section(council)
    assert (section.heading.label, section.heading.title) == ("Section 1", "What changed since last month")
    assert section.heading.description == (
        "Outcomes that changed, figures revised and the biggest moves since last month"
    )
    assert section.introduction == (
        "Compared with April 2018. Of 12 indicators, 1 worsened, 1 recovered, 1 improved, 3 had no figure or rating "
        f"then and 6 kept the outcome. 1 indicator has no newer figure. {NO_RECORD} {MEANS}"
    )
    assert [(group.title, len(group.rows)) for group in section.groups] == [
        ("Worsened", 1),
        ("Recovered", 1),
        ("Improved", 1),
        ("New since April 2018", 0),
        ("Biggest moves for the worse, as a share of the target", 4),
        ("Biggest moves for the better, as a share of the target", 3),
    ]
    assert _read_cells(section.groups[0].rows[0]) == [
        *("LM 1.2", "Care plans: reviews", "86.1%", "90%", "Amber"),
        *("78.0%", "90%", "Red", "4.3% to 13.3% worse"),
    ]
    assert dict(section.groups[0].rows[0].facets)["outcome"] == "red", "the outcome now"
    assert section.groups[3].empty.replace("\u00a0", " ") == "Red: LM 2.1 and LM 2.2. Green: LM 2.3."


def test_section_leaves_the_rest_of_the_report_unchanged(council: Project, council_report: Report) -> None:
    _add_section(council)
    report = _assemble(council)
    assert report.key == council_report.key
    titles = [section.heading.title for section in report.sections]
    assert titles[1:] == [section.heading.title for section in council_report.sections]
    assert report.charts == council_report.charts


def test_rows_and_groups_have_different_anchors(council: Project) -> None:
    section = _make_section(council)
    anchors = [row.anchor for row in section.rows] + [group.anchor for group in section.groups]
    assert len(section.rows) > 0
    assert len(anchors) == len(set(anchors))


def test_section_has_the_summary_that_the_command_prints(council: Project) -> None:
    scorecard = check_period(council, MAY).scorecard
    assert scorecard.previous_period
    summary = summarise(compare_reports(scorecard, scorecard.previous_period, None))
    assert summary in _make_section(council).introduction


def test_revised_figure_and_target_are_in_their_own_columns(council: Project) -> None:
    _save_record(council, "2018-04")
    unchanged = _make_section(council)
    assert "Revised since the report of April 2018" not in [group.title for group in unchanged.groups]
    set_cells(council.get_values_path("2018-04"), "LM 1.2", value="91%")
    replace_text(council.indicators_path, "annual: 76%", "annual: 78%")
    section = _assemble(council).tables[0]
    assert NO_RECORD not in section.introduction
    [rows] = [group.rows for group in section.groups if group.title == "Revised since the report of April 2018"]
    name = "Care plans: reviews"
    assert _read_cells(rows[0]) == ["LM 1.2", name, "", "", "Amber", "", "", "Green", ""]
    assert _read_cells(rows[1]) == ["LM 1.2", name, "86.1%", "", "", "91.0%", "", "", ""]
    target = next(row for row in rows if _read_cells(row)[3] == "76%")
    assert _read_cells(target)[2:] == ["", "76%", "", "", "78%", "", ""]
    assert isinstance(rows[1].cells[1], Text)
    assert rows[1].cells[1].asides == ("Value of April 2018",)
    attributes = dict(rows[1].facets)
    assert attributes == {"indicator": "LM 1.2", "committee": "Families Committee", "outcome": "red", "aim": "Caring"}


def test_outcomes_that_officers_set_have_notes_for_both_months(council: Project) -> None:
    set_cells(council.get_values_path("2018-04"), "LM 1.2", outcome="green", reason="On leave")
    set_cells(council.get_values_path(MAY), "LM 1.2", outcome="amber", reason="All seen")
    group = _make_section(council).groups[0]
    assert [(note.code, *note.text.split(". ")[:2]) for note in group.notes] == [
        ("LM 1.2", "In April 2018: Set to Green by an officer", "On leave"),
        ("LM 1.2", "Set to Amber by an officer", "All seen"),
    ]
    ratings = [cell for cell in group.rows[0].cells if isinstance(cell, RatingCell)]
    assert [cell.note for cell in ratings] == [note.anchor for note in group.notes]


def test_title_names_the_month_compared_with_and_only_narrows_the_section(council: Project) -> None:
    council.get_values_path("2018-04").unlink()
    settings = ' {title: "Since {before}", description: D, only: {department: Places and Leisure}}'
    section = _make_section(council, settings)
    assert section.heading.title == "Since March 2018"
    assert section.introduction == (
        "Compared with March 2018. Of 3 indicators, 3 had no figure or rating then. "
        f"{NO_RECORD.replace('April', 'March')}"
    )
    [group] = section.groups
    assert group.empty.replace("\u00a0", " ") == "Red: LM 2.1. Green: LM 1.11 and LM 2.3."


def test_section_says_that_there_is_no_earlier_month(council: Project) -> None:
    for path in council.data.glob("*.csv"):
        if path.stem != MAY:
            path.unlink()
    section = _make_section(council)
    assert section.introduction == "There is no earlier month with a data file to compare with."
    assert section.groups == ()
    assert section.heading.title == "What changed since the month before"


QUARTERLY: dict[str, Mapping[str, object]] = {
    "T 1": {"frequency": "quarterly", "targets": {"2017-18": {"annual": 20}, "2018-19": {"annual": 40}}}
}


@pytest.mark.parametrize("has_record", [False, True])
def test_quarterly_report_is_compared_with_the_previous_quarter(tmp_path: Path, *, has_record: bool) -> None:
    settings = {
        "report": {"title": "T", "organisation": "Little Council", "year_starts": "April"},
        "sections": {"changes": None, "all": {"title": "All", "description": "D", "columns": ["name", "value"]}},
        "rating": {"tolerance": "5%"},
        "indicators": [
            {"name": "Dry days", "alias": "Dry days", "measure": "snapshot", "polarity": "maximise", "decimals": 0,
             **QUARTERLY["T 1"]},
        ],
    }  # fmt: skip
    (tmp_path / "indicators.yaml").write_text(json.dumps(settings), encoding="utf-8")
    (tmp_path / "data").mkdir()
    for name, value in (("2017-18-Q4", 20), ("2018-19-Q1", 36)):
        (tmp_path / "data" / f"{name}.csv").write_text(f"indicator,value\nDry days,{value}\n", encoding="utf-8")
    project = Project(tmp_path)
    project.get_edition_path("2018-19-Q1").write_text("version: '1'\ngenerated: 2018-08-01 10:00\n", encoding="utf-8")
    if has_record:
        _save_record(project, "2017-18-Q4")
    section = assemble_report(check_period(project, "2018-19-Q1").scorecard).sections[0]
    assert isinstance(section, Table)
    assert section.heading.title == "What changed since last quarter"
    assert section.introduction.startswith("Compared with Quarter 4 2017/18. Of 1 indicator, 1 worsened.")
    assert ("no record" in section.introduction) is not has_record
    assert next(column.title for column in section.columns) == "Indicator"
    assert _read_cells(section.groups[0].rows[0]) == [
        "Dry days", "20", "20", "Green", "36", "40", "Red", "on target to 10.0% worse",
    ]  # fmt: skip
