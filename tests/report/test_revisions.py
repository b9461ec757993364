"""Values that differ from those first published: their marks wherever they occur, and the section with both."""

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
from tests.cells import replace_text
from tests.conftest import MAY

APRIL, REFERRALS, BILLS = "2018-04", "LM 1.1", "LM 3.1"


def _publish(scorecard: Scorecard, values: dict[str, dict[str, str]]) -> Scorecard:
    """Return the scorecard as if some values, by code and period, had been published."""
    figures = {code: {period: FirstFigure(text, "April 2018, version 1.0") for period, text in published.items()}
             for code, published in values.items()}  # fmt: skip
    return replace(scorecard, first_figures=figures)


def _list_revisions(report: Report) -> list[tuple[str, ...]]:
    last = report.sections[-1]
    assert isinstance(last, Table)
    return [tuple(getattr(cell, "text", "") for cell in row.cells) for row in last.rows]


def _collect_marks(report: Report) -> dict[str, list[str]]:
    """Return, by code, the marks of values in rows and histories."""
    found: dict[str, list[str]] = {}
    for table in report.tables:
        for row in table.rows:
            found.setdefault(row.code, []).extend(c.mark for c in row.cells if isinstance(c, PrintedFigure) and c.mark)
    for block in (block for detail in report.details for block in detail.blocks):
        for line in block.history.rows if block.history else ():
            found.setdefault(block.code, []).extend(cell.value.mark for cell in line.cells if cell.value.mark)
    return found


def test_nothing_is_marked_where_nothing_was_published(council_report: Report) -> None:
    assert [section.heading.anchor for section in council_report.sections][-1] == "partnership"
    assert "[r]" not in {text for text, _ in council_report.key.symbols}


def test_value_that_was_published_unchanged_is_not_marked(council_scorecard: Scorecard) -> None:
    same = {code: {period: FirstFigure(figure.value, "x") for period, figure in entry.periods.items()}
            for code, entry in build_record(council_scorecard).indicators.items()}  # fmt: skip
    assert sum(map(len, same.values())) > 0
    assert assemble_report(replace(council_scorecard, first_figures=same)) == assemble_report(council_scorecard)


def test_revised_value_is_marked_and_listed_with_both_figures(council_scorecard: Scorecard) -> None:
    report = assemble_report(
        _publish(council_scorecard, {REFERRALS: {APRIL: "38.10", MAY: "36.84"}, BILLS: {MAY: "14,102"}})
    )
    marks = _collect_marks(report)
    assert marks[REFERRALS] == ["[r]"]  # of April, in the history
    assert marks[BILLS] == ["[r]", "[r]"]  # of May, in its two rows
    assert sum("[r]" in mark for found in marks.values() for mark in found) == 3
    assert _list_revisions(report) == [
        (
            *(REFERRALS, "Referrals to children’s services per 10,000 children"),
            *("April 2018", "April 2018, version 1.0", "38.10", "37.48"),
        ),
        (
            *(BILLS, "Number of households that get their bills by e-mail"),
            *("May 2018", "April 2018, version 1.0", "14,102", "14,021"),
        ),
    ]
    [first, _] = report.tables[-1].rows
    assert dict(first.facets) == {
        "indicator": REFERRALS, "committee": "Families Committee", "outcome": "red", "aim": "Caring",
    }  # fmt: skip
    heading = report.sections[-1].heading
    assert (heading.label, heading.title) == ("Section 5", "Revisions")
    assert report.sections[-1].introduction == (
        "2 figures of this report differ from what was first published. Each is marked [r] wherever it stands."
    )
    assert "[r]" in {text for text, _ in report.key.symbols}
    assert report.cover.contents[-1].title == "Revisions"


def test_revised_proxy_keeps_its_own_mark(council_scorecard: Scorecard) -> None:
    marks = _collect_marks(assemble_report(_publish(council_scorecard, {"LM 1.11": {MAY: "9.9"}})))
    assert set(marks["LM 1.11"]) == {"proxy [r]"}


def test_report_of_one_committee_lists_only_its_own_revisions(council_scorecard: Scorecard) -> None:
    revised = _publish(council_scorecard, {REFERRALS: {APRIL: "38.10"}, BILLS: {MAY: "14,102"}})
    families = assemble_report(revised.restrict_to(ReportScope("committee", "Families Committee")))
    assert [row[0] for row in _list_revisions(families)] == [REFERRALS]
    places = assemble_report(revised.restrict_to(ReportScope("committee", "Places Committee")))
    assert places.sections[-1].heading.anchor == "detail"


def _make_manifest(period: str, version: str, generated: str, values: dict[str, str]) -> Manifest:
    periods = {name: RecordedFigure(value=text, target="") for name, text in values.items()}
    entry = RecordEntry(name="x", outcome="Red", annual_target="", periods=periods)
    record = Record(period=period, version=version, generated=generated, indicators={"A": entry})
    return Manifest(record=record, made_with={}, inputs={}, outputs={})


@pytest.mark.parametrize(
    ("version", "first"),
    [
        ("1.0", {APRIL: "1", MAY: ""}),
        ("1.1", {APRIL: "1", MAY: "3"}),
        ("2.0", {APRIL: "1", MAY: "3"}),
    ],
)
def test_first_figure_is_the_earliest_one_published_before_this_edition(version: str, first: dict[str, str]) -> None:
    april, may, june = (Month(2018, number) for number in (4, 5, 6))
    editions = [
        (_make_manifest("2018-06", "1.0", "2018-07-19 12:00", {MAY: "9"}), june),
        (_make_manifest(APRIL, "1.1", "2018-07-02 09:00", {APRIL: "8"}), april),
        (_make_manifest(MAY, "1.1", "2018-06-28 09:00", {APRIL: "4", MAY: "5"}), may),
        (_make_manifest(MAY, "1.0", "2018-06-21 11:59", {APRIL: "2", MAY: "3"}), may),
        (_make_manifest(APRIL, "1.0", "2018-05-20 12:00", {APRIL: "1"}), april),
    ]
    figures = collect_first_figures(select_earlier(editions, may, version, "2018-06-30 12:00"))["A"]
    assert {name: figures[name].text if name in figures else "" for name in (APRIL, MAY)} == first
    assert figures[APRIL].edition == "April 2018, version 1.0"


def test_late_figure_is_no_revision_and_a_later_correction_of_its_month_does_not_count() -> None:
    april, may = Month(2018, 4), Month(2018, 5)
    editions = [
        (_make_manifest(APRIL, "1.0", "2018-05-20 12:00", {APRIL: "[x]"}), april),
        (_make_manifest(APRIL, "1.1", "2018-07-02 12:00", {APRIL: "8"}), april),
        (_make_manifest(MAY, "1.0", "2018-06-21 12:00", {APRIL: "7"}), may),
    ]
    june = select_earlier(editions, Month(2018, 6), "1.0", "2018-07-19 12:00")
    assert collect_first_figures(june)["A"][APRIL] == FirstFigure("7", "May 2018, version 1.0")
    rebuilt = select_earlier(editions, may, "1.0", "2018-06-21 12:00")
    assert [manifest.record.version for manifest, _ in rebuilt] == ["1.0"], (
        "nothing that was published later changes it"
    )


@pytest.mark.parametrize(
    ("first", "revised"),
    [("37", True), ("37.48", False), ("37.480", False), ("37.48%", True), ("37.48 proxy", True), ("−37.48", True)],
)
def test_only_a_different_figure_is_a_revision_and_more_decimals_are_not(
    council_scorecard: Scorecard, first: str, *, revised: bool
) -> None:
    report = assemble_report(_publish(council_scorecard, {REFERRALS: {APRIL: first}}))
    assert (report.sections[-1].heading.anchor == "revisions") is revised


def test_section_of_the_council_cannot_be_called_revisions(council: Project) -> None:
    replace_text(council.indicators_path, "\n  partnership:", "\n  revisions:")
    with pytest.raises(InputError, match="revisions"):
        check_period(council, MAY)
