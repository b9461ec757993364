"""A value that differs from the one first published: its mark wherever it stands, and the section with both."""

from dataclasses import replace

import pytest

from mpr.load.editions.published import FirstFigure, Manifest, collect_first_figures, select_earlier
from mpr.load.editions.record import Record, RecordedFigure, RecordEntry
from mpr.load.scope import ReportScope
from mpr.load.scorecard import Scorecard
from mpr.measure.period import Month
from mpr.problem import InputError
from mpr.project import Project
from mpr.report.assemble import assemble_report
from mpr.report.model.report import PrintedFigure, Report, Table
from mpr.report.printed_figures import build_record
from mpr.workflows.check import check_period
from tests.conftest import MAY

APRIL, CP11, CP44 = "2018-04", "CP 1.1", "CP 4.4"


def _published(scorecard: Scorecard, **values: dict[str, str]) -> Scorecard:
    """Return the scorecard as if some values had been published."""
    shown = {code.replace("_", " ").replace("p", "."): each for code, each in values.items()}
    found = {code: {period: FirstFigure(text, "April 2018, version 1.0") for period, text in each.items()}
             for code, each in shown.items()}  # fmt: skip
    return replace(scorecard, first_figures=found)


def _revisions(report: Report) -> list[tuple[str, ...]]:
    last = report.sections[-1]
    assert isinstance(last, Table)
    return [tuple(getattr(cell, "text", "") for cell in row.cells) for row in last.rows]


def _marks(report: Report) -> dict[str, list[str]]:
    """Return, by code, the marks of values in rows and histories."""
    found: dict[str, list[str]] = {}
    for table in report.tables:
        for row in table.rows:
            found.setdefault(row.code, []).extend(c.mark for c in row.cells if isinstance(c, PrintedFigure) and c.mark)
    for block in (block for detail in report.details for block in detail.blocks):
        for line in block.history.rows if block.history else ():
            found.setdefault(block.code, []).extend(cell.value.mark for cell in line.cells if cell.value.mark)
    return found


def test_nothing_published_nothing_marked(report: Report) -> None:
    assert [section.heading.anchor for section in report.sections][-1] == "partnership"
    assert "[r]" not in {text for text, _ in report.key.symbols}


def test_a_value_that_was_published_the_same_is_not_marked(scorecard: Scorecard) -> None:
    same = {code: {period: FirstFigure(each.value, "x") for period, each in entry.periods.items()}
            for code, entry in build_record(scorecard).indicators.items()}  # fmt: skip
    assert sum(map(len, same.values())) > 400
    assert assemble_report(replace(scorecard, first_figures=same)) == assemble_report(scorecard)


def test_a_revised_value_is_marked_and_listed_with_both_figures(scorecard: Scorecard) -> None:
    report = assemble_report(_published(scorecard, CP_1p1={APRIL: "31.07", MAY: "29.44"}, CP_4p4={MAY: "18.90%"}))
    marks = _marks(report)
    assert marks[CP11] == ["[r]"]  # of April, in the history
    assert marks[CP44] == ["[r]", "[r]"]  # of May, in its two rows
    assert sum("[r]" in mark for each in marks.values() for mark in each) == 3
    assert _revisions(report) == [
        (
            *(CP11, "Rate of children subject to a Child Protection Plan per 10,000 population under the age of 18"),
            *("April 2018", "April 2018, version 1.0", "31.07", "28.92"),
        ),
        (CP44, "% of Non-Domestic Rates collected in year", "May 2018", "April 2018, version 1.0", "18.90%", "18.70%"),
    ]
    [first, _] = report.tables[-1].rows
    assert dict(first.facets) == {"indicator": CP11, "committee": "People Scrutiny", "outcome": "red", "aim": "Safe"}
    heading = report.sections[-1].heading
    assert (heading.label, heading.title) == ("Section 5", "Revisions")
    assert report.sections[-1].introduction == (
        "2 figures of this report differ from what was first published. Each is marked [r] wherever it stands."
    )
    assert "[r]" in {text for text, _ in report.key.symbols}
    assert report.cover.contents[-1].title == "Revisions"


def test_a_proxy_keeps_its_own_mark(scorecard: Scorecard) -> None:
    marks = _marks(assemble_report(_published(scorecard, CP_4p10={MAY: "1.70"})))
    assert set(marks["CP 4.10"]) == {"proxy [r]"}


def test_a_pack_lists_its_own_revisions_only(scorecard: Scorecard) -> None:
    revised = _published(scorecard, CP_1p1={APRIL: "31.07"}, CP_4p4={MAY: "18.90%"})
    people = assemble_report(revised.restrict_to(ReportScope("committee", "People Scrutiny")))
    assert [row[0] for row in _revisions(people)] == [CP11]
    place = assemble_report(revised.restrict_to(ReportScope("committee", "Place Scrutiny")))
    assert place.sections[-1].heading.anchor == "detail"


def _manifest(period: str, version: str, generated: str, values: dict[str, str]) -> Manifest:
    periods = {name: RecordedFigure(value=text, target="") for name, text in values.items()}
    entry = RecordEntry(name="x", outcome="Red", annual_target="", periods=periods)
    kept = Record(period=period, version=version, generated=generated, indicators={"A": entry})
    return Manifest(record=kept, made_with={}, inputs={}, outputs={})


@pytest.mark.parametrize(
    ("version", "first"),
    [
        ("1.0", {APRIL: "1", MAY: ""}),
        ("1.1", {APRIL: "1", MAY: "3"}),
        ("2.0", {APRIL: "1", MAY: "3"}),
    ],
)
def test_what_counts_is_what_was_published_first_and_before(version: str, first: dict[str, str]) -> None:
    april, may, june = (Month(2018, number) for number in (4, 5, 6))
    editions = [
        (_manifest("2018-06", "1.0", "2018-07-19 12:00", {MAY: "9"}), june),
        (_manifest(APRIL, "1.1", "2018-07-02 09:00", {APRIL: "8"}), april),
        (_manifest(MAY, "1.1", "2018-06-28 09:00", {APRIL: "4", MAY: "5"}), may),
        (_manifest(MAY, "1.0", "2018-06-21 11:59", {APRIL: "2", MAY: "3"}), may),
        (_manifest(APRIL, "1.0", "2018-05-20 12:00", {APRIL: "1"}), april),
    ]
    found = collect_first_figures(select_earlier(editions, may, version, "2018-06-30 12:00"))["A"]
    assert {name: found[name].text if name in found else "" for name in (APRIL, MAY)} == first
    assert found[APRIL].edition == "April 2018, version 1.0"


def test_a_figure_that_came_late_is_no_revision_and_a_correction_of_its_month_comes_after_it() -> None:
    april, may = Month(2018, 4), Month(2018, 5)
    editions = [
        (_manifest(APRIL, "1.0", "2018-05-20 12:00", {APRIL: "[x]"}), april),
        (_manifest(APRIL, "1.1", "2018-07-02 12:00", {APRIL: "8"}), april),
        (_manifest(MAY, "1.0", "2018-06-21 12:00", {APRIL: "7"}), may),
    ]
    june = select_earlier(editions, Month(2018, 6), "1.0", "2018-07-19 12:00")
    assert collect_first_figures(june)["A"][APRIL] == FirstFigure("7", "May 2018, version 1.0")
    rebuilt = select_earlier(editions, may, "1.0", "2018-06-21 12:00")
    assert [each.record.version for each, _ in rebuilt] == ["1.0"], "nothing that was published later changes it"


@pytest.mark.parametrize(
    ("first", "revised"),
    [("29", True), ("28.92", False), ("28.920", False), ("28.92%", True), ("28.92 proxy", True), ("−28.92", True)],
)
def test_more_decimals_are_no_revision(scorecard: Scorecard, first: str, *, revised: bool) -> None:
    report = assemble_report(_published(scorecard, CP_1p1={APRIL: first}))
    assert (report.sections[-1].heading.anchor == "revisions") is revised


def test_a_section_of_the_councils_own_cannot_take_the_name(project: Project) -> None:
    text = project.indicators_path.read_text(encoding="utf-8")
    project.indicators_path.write_text(text.replace("\n  partnership:\n", "\n  revisions:\n", 1), encoding="utf-8")
    with pytest.raises(InputError, match="revisions"):
        check_period(project, MAY)
