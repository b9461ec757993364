"""The section that says what changed since the report before, and what it says where there is nothing to compare."""

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

MAY = "2018-05"
MEANS = "Against target is how far each figure lies from the target beside it, as a share of that target."
NO_RECORD = "There is no record of the report of April 2018, so revisions of its figures could not be looked for."


def _on(project: Project, settings: str = "") -> None:
    """Ask for the section, as its first."""
    text = project.indicators_path.read_text(encoding="utf-8")
    said = f"sections:\n  changes:{settings}\n"
    project.indicators_path.write_text(text.replace("sections:\n", said, 1), encoding="utf-8")


def _report(project: Project) -> Report:
    return assemble_report(check_period(project, MAY).scorecard)


def _section(project: Project) -> Table:
    section = _report(project).sections[0]
    assert isinstance(section, Table)
    return section


def _rows(section: Table) -> dict[str, tuple[Row, ...]]:
    return {group.title: group.rows for group in section.groups}


def _cells(row: Row) -> list[str]:
    """Return what a row says, its outcomes by their words."""
    said = []
    for cell in row.cells:
        if isinstance(cell, RatingCell):
            said.append(cell.rating.word)
        else:
            assert cell is None or isinstance(cell, Text | PrintedFigure)
            said.append(cell.text if cell else "")
    return said


def test_it_is_not_there_unless_it_is_asked_for(report: Report) -> None:
    assert "changes" not in [each.heading.anchor for each in report.sections]


def test_its_name_alone_is_enough(project: Project) -> None:
    _on(project)
    section = _section(project)
    assert (section.heading.label, section.heading.title) == ("Section 1", "What changed since last month")
    assert section.heading.description == (
        "Outcomes that changed, figures revised and the biggest moves since last month"
    )
    assert section.introduction == (
        "Compared with April 2018. Of 31 indicators, 2 worsened, 18 had no figure or rating then and 11 kept the "
        f"outcome. 5 indicators have no newer figure. {NO_RECORD} {MEANS}"
    )
    assert [(group.title, len(group.rows)) for group in section.groups] == [
        ("Worsened", 2),
        ("New since April 2018", 0),
        ("Biggest moves for the worse, as a share of the target", 4),
        ("Biggest moves for the better, as a share of the target", 4),
    ]
    assert _cells(section.groups[0].rows[0]) == [
        *("CP 1.5", "Child Protection Plan visits", "92.4%", "95%", "Amber"),
        *("84.0%", "95%", "Red", "2.7% to 11.6% worse"),
    ]
    assert dict(section.groups[0].rows[0].facets)["outcome"] == "red", "what it is now"
    new = section.groups[1].empty.replace("\u00a0", " ")
    assert new.startswith("Red: CP 2.3 and CP 2.4. Green: CP 2.2, CP 3.6,")


def test_the_rest_of_the_report_stays_as_it_was(project: Project, report: Report) -> None:
    _on(project)
    found = _report(project)
    assert found.key == report.key
    assert [each.heading.title for each in found.sections[1:]] == [each.heading.title for each in report.sections]
    assert found.charts == report.charts


def test_each_row_has_an_anchor_of_its_own(project: Project) -> None:
    _on(project)
    section = _section(project)
    anchors = [row.anchor for row in section.rows] + [group.anchor for group in section.groups]
    assert len(anchors) == len(set(anchors)) == 14


def test_the_section_and_the_command_say_the_same(project: Project) -> None:
    _on(project)
    scorecard = check_period(project, MAY).scorecard
    assert scorecard.previous_period
    assert summarise(compare_reports(scorecard, scorecard.previous_period, None)) in _section(project).introduction


def test_what_was_revised_stands_in_the_column_that_it_belongs_to(project: Project) -> None:
    _on(project)
    scorecard, _ = load_scorecard(project, "2018-04")
    assert scorecard
    path = project.get_report_path("2018-04", RECORD_SUFFIX)
    path.parent.mkdir(parents=True)
    path.write_text(format_record(build_record(scorecard)), encoding="utf-8")
    assert "Revised since the report of April 2018" not in _rows(_section(project))
    values = project.get_values_path("2018-04")
    values.write_text(values.read_text(encoding="utf-8").replace("92.4%", "95.4%"), encoding="utf-8")
    project.indicators_path.write_text(
        project.indicators_path.read_text(encoding="utf-8").replace("annual: 82.5%", "annual: 90%"), encoding="utf-8"
    )
    section = _section(project)
    assert NO_RECORD not in section.introduction
    rows = _rows(section)["Revised since the report of April 2018"]
    name = "Child Protection Plan visits"
    assert _cells(rows[0]) == ["CP 1.5", name, "", "", "Amber", "", "", "Green", ""]
    assert _cells(rows[1]) == ["CP 1.5", name, "92.4%", "", "", "95.4%", "", "", ""]
    target = next(row for row in rows if _cells(row)[3] == "82.5%")
    assert _cells(target)[2:] == ["", "82.5%", "", "", "90%", "", ""]
    assert isinstance(rows[1].cells[1], Text)
    assert rows[1].cells[1].asides == ("Value of April 2018",)
    known = dict(rows[1].facets)
    assert known == {"indicator": "CP 1.5", "committee": "People Scrutiny", "outcome": "red", "aim": "Safe"}


def test_an_overruling_then_and_now_has_its_note(project: Project) -> None:
    _on(project)
    for month, old, new in (("2018-04", "81.4%,,,", "81.4%,green,On leave,"), (MAY, "83%,,,", "83%,amber,All seen,")):
        path = project.get_values_path(month)
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    group = _section(project).groups[0]
    assert [(note.code, note.text.split(". ")[0], note.text.split(". ")[1]) for note in group.notes] == [
        ("CP 1.4", "In April 2018: Set to Green by an officer", "On leave"),
        ("CP 1.4", "Set to Amber by an officer", "All seen"),
    ]
    judged = [cell for cell in group.rows[0].cells if isinstance(cell, RatingCell)]
    assert [cell.note for cell in judged] == [note.anchor for note in group.notes]


def test_a_title_of_its_own_and_a_month_that_is_not_the_last(project: Project) -> None:
    _on(project, ' {title: "Since {before}", description: D, only: {department: Department for Place}}')
    project.get_values_path("2018-04").unlink()
    section = _section(project)
    assert section.heading.title == "Since March 2018"
    assert section.introduction == (
        "Compared with March 2018. Of 2 indicators, 2 had no figure or rating then. "
        f"{NO_RECORD.replace('April', 'March')}"
    )
    assert [group.empty.replace("\u00a0", " ") for group in section.groups] == ["Red: CP 2.3. Green: CP 2.2."]


def test_without_an_earlier_month_it_says_so(project: Project) -> None:
    _on(project)
    for path in project.data.glob("*.csv"):
        if path.stem != MAY:
            path.unlink()
    section = _section(project)
    assert section.introduction == "There is no earlier month with a data file to compare with."
    assert section.groups == ()
    assert section.heading.title == "What changed since the month before"


QUARTERLY: dict[str, Mapping[str, object]] = {
    "T 1": {"frequency": "quarterly", "targets": {"2017-18": {"annual": 20}, "2018-19": {"annual": 40}}}
}


@pytest.mark.parametrize("record_there", [False, True])
def test_a_report_by_quarter_is_compared_with_the_quarter_before(tmp_path: Path, *, record_there: bool) -> None:
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
    if record_there:
        earlier, _ = load_scorecard(project, "2017-18-Q4")
        assert earlier
        project.get_report_path("2017-18-Q4", RECORD_SUFFIX).parent.mkdir(parents=True)
        project.get_report_path("2017-18-Q4", RECORD_SUFFIX).write_text(
            format_record(build_record(earlier)), encoding="utf-8"
        )
    section = assemble_report(check_period(project, "2018-19-Q1").scorecard).sections[0]
    assert isinstance(section, Table)
    assert section.heading.title == "What changed since last quarter"
    assert section.introduction.startswith("Compared with Quarter 4 2017/18. Of 1 indicator, 1 worsened.")
    assert ("no record" in section.introduction) is not record_there
    assert next(column.title for column in section.columns) == "Indicator"
    assert _cells(section.groups[0].rows[0]) == [
        "Dry days", "20", "20", "Green", "36", "40", "Red", "on target to 10.0% worse",
    ]  # fmt: skip
