"""The figures of a report as data: whose, of which periods, and nothing that the report does not print."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mpr.load.editions.published import FirstFigure
from mpr.load.scope import ReportScope
from mpr.load.scorecard import Scorecard, load_scorecard
from mpr.project import Project
from mpr.report.assemble import assemble_report
from mpr.report.model.open_data import DataNote, DataPeriod, Dataset, HistoryEntry, IndicatorData, PrintedFigure
from mpr.report.model.report import Report
from tests.conftest import MAY
from tests.report.conftest import Edition
from tests.views import blocks_of, rows_of


def _item(report: Report, code: str) -> IndicatorData:
    return next(each for each in report.dataset.items if each.code == code)


def _with_sections(scorecard: Scorecard, **changed: dict[str, object]) -> Dataset:
    """Return the data of a report of some of the real sections, changed."""
    known = scorecard.settings.sections
    sections = {name: known[name].model_copy(update=more) for name, more in changed.items()}
    settings = scorecard.settings.model_copy(update={"sections": sections})
    return assemble_report(replace(scorecard, settings=settings)).dataset


def test_an_indicator_is_what_its_rows_and_its_detail_say(report: Report) -> None:
    rows, exceptions = rows_of(report), rows_of(report, "exceptions")
    assert [each.code for each in report.dataset.items] == list(rows)
    for item in report.dataset.items:
        row = rows[item.code]
        assert (item.value, item.target, item.annual_target) == (row.value, row.target, row.annual)
        assert (item.outcome, item.change, item.polarity) == (row.rating.word, row.change.word, row.polarity)
        assert (item.latest.words, item.measure, "; ".join(item.managers)) == (row.latest, row.measure, row.managers)
        assert item.overruled is bool(row.rating.overruling)
        assert bool(item.comment) is (item.code in exceptions and exceptions[item.code].comment is not None)


def test_a_history_is_that_of_the_detail(report: Report) -> None:
    looked_at = 0
    for block in blocks_of(report).values():
        if not block.history:
            continue
        cells = [cell for row in block.history.rows for cell in row.cells if cell.state != "future"]
        past = _item(report, block.code).history
        assert sorted((each.value.text, each.target.text, each.outcome) for each in past) == sorted(
            (each.value.text, each.target.text or "[z]", each.rating.word if each.rating else "") for each in cells
        )
        looked_at += len(past)
    assert looked_at == 162


def test_every_indicator_has_the_periods_of_both_years_up_to_the_reports(report: Report) -> None:
    for item in report.dataset.items:
        months = [each for each in item.history if each.period.kind == "month"]
        assert (months[0].period.name, months[-1].period.name, len(months)) == ("2017-04", "2018-05", 14)
        assert [each.period.name for each in months if each.latest] == [item.latest.name]
    quarters = {item.code: len(item.history) - 14 for item in report.dataset.items if len(item.history) > 14}
    assert quarters == {"CP 2.3": 4, "CP 3.2": 4}


def test_a_period_in_full(report: Report) -> None:
    assert _item(report, "CP 4.10").history[-1] == HistoryEntry(
        period=DataPeriod("2018-05", "May 2018", "month", "2018-05-31"),
        value=PrintedFigure("1.66", "proxy", numbers=(Decimal("1.66"),)),
        target=PrintedFigure("3.19", numbers=(Decimal("3.19"),)),
        outcome="Green",
        overruled=False,
        latest=True,
    )
    assert _item(report, "CP 3.2").history[-1].period == DataPeriod(
        "2017-18-Q4", "Quarter 4 2017/18", "quarter", "2018-03-31"
    )
    assert _item(report, "CP 1.1").target == PrintedFigure("38\u00a0–\u00a048", numbers=(Decimal(38), Decimal(48)))


def test_numbers_have_the_decimals_that_are_printed(report: Report) -> None:
    numbers = {item.code: item.value.numbers for item in report.dataset.items}
    assert [str(numbers[code][0]) for code in ("CP 1.4", "CP 3.6", "CP 4.4", "CP 5.1")] == [
        "83.0",
        "578468",
        "18.70",
        "2366",
    ]
    assert numbers["CP 2.3"] == ()


def test_an_overruling_has_the_rules_outcome_and_the_reason(report: Report) -> None:
    overruled = {
        item.code: (item.outcome, item.rule_outcome, item.reason) for item in report.dataset.items if item.overruled
    }
    assert overruled == {
        "CP 2.3": ("Red", "No value", "No validated figure yet; judged at risk against year end"),
        "CP 3.6": ("Green", "Red", "Judged against year end"),
        "CP 5.1": ("Green", "Red", "Judged against year end"),
    }
    assert {item.reason for item in report.dataset.items if not item.overruled} == {""}


def test_remarks_explain_what_stands_in_the_data(report: Report) -> None:
    remarks = report.dataset.remarks
    assert [(each.kind, each.about) for each in remarks if each.kind != "Rating"] == [
        ("Symbol", "[x]"),
        ("Symbol", "[z]"),
        ("Symbol", "proxy"),
        ("Outcome", "Red"),
        ("Outcome", "Amber"),
        ("Outcome", "Green"),
        ("Outcome", "No value"),
        ("Overruled", "CP 2.3"),
        ("Indicator", "CP 3.0"),
        ("Overruled", "CP 3.6"),
        ("Overruled", "CP 5.1"),
    ]
    assert (
        DataNote(
            "Overruled",
            "CP 3.6",
            "Set to Green by an officer. Judged against year end. "
            "The rule alone says Red: 578,468 is 21.1% below the target of 733,333.",
        )
        in remarks
    )
    assert [each.text for each in remarks if each.kind == "Rating"] == list(report.key.rules)


def test_a_value_that_was_published_otherwise_is_marked_and_the_mark_explained(scorecard: Scorecard) -> None:
    first = {"2018-05": FirstFigure("1.70", "May 2018, version 1.0")}
    report = assemble_report(replace(scorecard, first_figures={"CP 4.10": first}))
    item = _item(report, "CP 4.10")
    assert (item.value.note, item.history[-1].value.note, item.history[-2].value.note) == (
        "proxy, revised",
        "proxy, revised",
        "not available",
    )
    text = "Another figure was first published; the last section of the report has both"
    assert DataNote("Symbol", "revised", text) in report.dataset.remarks


def test_a_pack_has_its_own_indicators_and_remarks_alone(scorecard: Scorecard, report: Report) -> None:
    pack = ReportScope("committee", "Place Scrutiny")
    part = assemble_report(scorecard.restrict_to(pack)).dataset
    assert part.items == tuple(each for each in report.dataset.items if each.committee == "Place Scrutiny")
    assert len(part.items) == 8
    assert [each.about for each in part.remarks if each.kind == "Overruled"] == ["CP 2.3", "CP 3.6", "CP 5.1"]
    assert not [each for each in part.remarks if each.about in {"CP 3.0", "proxy"}]


def test_who_stands_in_no_section_is_not_in_the_data(scorecard: Scorecard) -> None:
    assert len(_with_sections(scorecard, detail={}).items) == 12


@pytest.mark.parametrize(
    ("columns", "comments", "managers"),
    [(("code", "value"), 0, 0), (("code", "comment"), 19, 0), (("code", "managers"), 0, 31)],
)
def test_comments_and_managers_are_in_the_data_where_they_are_printed(
    scorecard: Scorecard, columns: tuple[str, ...], comments: int, managers: int
) -> None:
    found = _with_sections(scorecard, corporate={"columns": columns})
    assert len(found.items) == 31
    assert sum(bool(each.comment) for each in found.items) == comments
    assert sum(bool(each.managers) for each in found.items) == managers


def test_managers_that_are_headings_are_in_the_data(scorecard: Scorecard) -> None:
    grouped = _with_sections(scorecard, corporate={"columns": ("code",), "group_by": ("manager",)})
    assert all(each.managers for each in grouped.items)


def test_a_quarterly_indicator_has_quarters_and_targets_may_be_missing(edition: Edition) -> None:
    quarterly = {"frequency": "quarterly", "targets": {"2018-19": {"annual": 20}}}
    report = edition({"T 1": quarterly}, {"2018-03": {"T 1": "19"}, "2018-05": {"T 1": ""}})
    (item,) = report.dataset.items
    assert (item.latest.name, item.due, item.value.text, item.target.text) == ("2017-18-Q4", False, "19", "[x]")
    assert [(each.period.name, each.value.text, each.latest) for each in item.history] == [
        ("2017-18-Q1", "[x]", False),
        ("2017-18-Q2", "[x]", False),
        ("2017-18-Q3", "[x]", False),
        ("2017-18-Q4", "19", True),
    ]


def test_a_report_by_year_has_years_and_their_months(project: Project) -> None:
    project.get_values_path("2017-18").write_text("code,value\nCP 1.4,\n", encoding="utf-8")
    edition = project.get_edition_path(MAY).read_text(encoding="utf-8")
    project.get_edition_path("2017-18").write_text(edition, encoding="utf-8")
    scorecard, _ = load_scorecard(project, "2017-18")
    assert scorecard
    report = assemble_report(scorecard)
    history = _item(report, "CP 1.4").history
    years = [each for each in history if each.period.kind == "year"]
    assert [(each.period.name, each.period.ends, each.value.text, each.latest) for each in years] == [
        ("2017-18", "2018-03-31", "84.4%", True)
    ]
    months = [each for each in history if each.period.kind == "month"]
    assert (months[0].period.name, months[-1].period.name, len(months)) == ("2016-04", "2018-03", 24)
    assert (months[-1].value.text, months[-1].latest) == ("84.4%", False)
