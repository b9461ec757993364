"""The figures of a report as data: of which indicators and periods, and only what the report prints."""

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
from tests.views import get_blocks, get_rows


def _get_item(report: Report, code: str) -> IndicatorData:
    return next(item for item in report.dataset.items if item.code == code)


def _with_sections(scorecard: Scorecard, **changed: dict[str, object]) -> Dataset:
    """Return the data of a report with some of the council's sections, changed."""
    known = scorecard.settings.sections
    sections = {name: known[name].model_copy(update=more) for name, more in changed.items()}
    settings = scorecard.settings.model_copy(update={"sections": sections})
    return assemble_report(replace(scorecard, settings=settings)).dataset


def test_indicator_in_the_data_equals_its_rows_in_the_tables(council_report: Report) -> None:
    rows, exceptions = get_rows(council_report), get_rows(council_report, "exceptions")
    items = [item for item in council_report.dataset.items if not item.group]
    assert [item.code for item in items] == list(rows)
    for item in items:
        row = rows[item.code]
        assert (item.value, item.target, item.annual_target) == (row.value, row.target, row.annual)
        assert (item.outcome, item.change, item.polarity) == (row.rating.word, row.change.word, row.polarity)
        assert (item.latest.words, item.measure, "; ".join(item.managers)) == (row.latest, row.measure, row.managers)
        assert item.overruled is bool(row.rating.overruling)
        assert bool(item.comment) is (item.code in exceptions and exceptions[item.code].comment is not None)


def test_history_in_the_data_equals_the_history_in_the_detail(council_report: Report) -> None:
    compared = 0
    for block in get_blocks(council_report).values():
        if not block.history:
            continue
        cells = [cell for row in block.history.rows for cell in row.cells if cell.state != "future"]
        history = _get_item(council_report, block.code).history
        assert sorted((entry.value.text, entry.target.text, entry.outcome) for entry in history) == sorted(
            (cell.value.text, cell.target.text or "[z]", cell.rating.word if cell.rating else "") for cell in cells
        )
        compared += len(history)
    assert compared > 0


def test_history_covers_both_years_up_to_the_month_of_the_report(council_report: Report) -> None:
    for item in council_report.dataset.items:
        months = [entry for entry in item.history if entry.period.kind == "month"]
        assert (months[0].period.name, months[-1].period.name, len(months)) == ("2017-04", "2018-05", 14)
        assert [entry.period.name for entry in months if entry.latest] == [item.latest.name]
    quarters = {item.code: len(item.history) - 14 for item in council_report.dataset.items if len(item.history) > 14}
    assert quarters == {"LM 1.9": 4}


def test_period_of_a_history_has_its_figure_target_and_outcome(council_report: Report) -> None:
    assert _get_item(council_report, "LM 1.11").history[-1] == HistoryEntry(
        period=DataPeriod("2018-05", "May 2018", "month", "2018-05-31"),
        value=PrintedFigure("9.6", "proxy", numbers=(Decimal("9.6"),)),
        target=PrintedFigure("12", numbers=(Decimal(12),)),
        outcome="Green",
        overruled=False,
        latest=True,
    )
    assert _get_item(council_report, "LM 1.9").history[-1].period == DataPeriod(
        "2017-18-Q4", "Quarter 4 2017/18", "quarter", "2018-03-31"
    )
    assert _get_item(council_report, "LM 1.1").target == PrintedFigure(
        "42\u00a0–\u00a050", numbers=(Decimal(42), Decimal(50))
    )


def test_numbers_have_the_decimals_that_the_report_prints(council_report: Report) -> None:
    numbers = {item.code: item.value.numbers for item in council_report.dataset.items}
    assert [str(numbers[code][0]) for code in ("LM 1.2", "LM 2.3", "LM 3.2")] == ["78.0", "1152480", "1.33"]
    assert numbers["LM 2.1"] == ()


def test_overruled_indicator_has_the_outcome_of_the_rule_and_the_reason(council_report: Report) -> None:
    overruled = {
        item.code: (item.outcome, item.rule_outcome, item.reason)
        for item in council_report.dataset.items
        if item.overruled
    }
    assert overruled == {
        "LM 2.1": ("Red", "No value", "No checked figure yet; judged at risk for the year"),
        "LM 2.3": ("Green", "Amber", "Most visits are made in summer"),
    }
    assert {item.reason for item in council_report.dataset.items if not item.overruled} == {""}


def test_notes_explain_symbols_outcomes_and_single_indicators(council_report: Report) -> None:
    notes = council_report.dataset.remarks
    assert [(note.kind, note.about) for note in notes if note.kind != "Rating"] == [
        ("Symbol", "[x]"),
        ("Symbol", "[z]"),
        ("Symbol", "proxy"),
        ("Outcome", "Red"),
        ("Outcome", "Amber"),
        ("Outcome", "Green"),
        ("Outcome", "No value"),
        ("Outcome", "Data only"),
        ("Measure", "Count"),
        ("Indicator", "LM 1.10"),
        ("Overruled", "LM 2.1"),
        ("Indicator", "LM 2.1"),
        ("Overruled", "LM 2.3"),
    ]
    assert (
        DataNote(
            "Overruled",
            "LM 2.3",
            "Set to Green by an officer. Most visits are made in summer. "
            "The rule alone says Amber: 1,152,480 is 4.0% below the target of 1,200,000.",
        )
        in notes
    )
    assert [note.text for note in notes if note.kind == "Rating"] == list(council_report.key.rules)


def test_revised_value_is_marked_and_the_mark_is_explained(council_scorecard: Scorecard) -> None:
    first = {"2018-05": FirstFigure("9.9", "May 2018, version 1.0")}
    report = assemble_report(replace(council_scorecard, first_figures={"LM 1.11": first}))
    item = _get_item(report, "LM 1.11")
    assert (item.value.note, item.history[-1].value.note, item.history[-2].value.note) == (
        "proxy, revised",
        "proxy, revised",
        "",
    )
    text = "Another figure was first published; the last section of the report has both"
    assert DataNote("Symbol", "revised", text) in report.dataset.remarks


def test_report_of_one_committee_has_only_its_own_indicators_and_notes(
    council_scorecard: Scorecard, council_report: Report
) -> None:
    families = ReportScope("committee", "Families Committee")
    part = assemble_report(council_scorecard.restrict_to(families)).dataset
    assert part.items == tuple(item for item in council_report.dataset.items if item.committee == families.name)
    assert len(part.items) > 0
    assert [note.about for note in part.remarks if note.kind == "Overruled"] == ["LM 2.3"]
    assert not [note for note in part.remarks if note.about in {"LM 2.1", "proxy"}]


def test_indicator_in_no_section_is_not_in_the_data(council_scorecard: Scorecard, council_report: Report) -> None:
    assert [item.code for item in _with_sections(council_scorecard, detail={}).items] == list(
        get_blocks(council_report)
    )


@pytest.mark.parametrize(
    ("columns", "comments", "managers"),
    [(("code", "value"), 0, 0), (("code", "comment"), 9, 0), (("code", "managers"), 0, 11)],
)
def test_comments_and_managers_are_in_the_data_only_if_they_are_printed(
    council_scorecard: Scorecard, columns: tuple[str, ...], comments: int, managers: int
) -> None:
    items = _with_sections(council_scorecard, corporate={"columns": columns}).items
    assert sum(bool(item.comment) for item in items) == comments
    assert sum(bool(item.managers) for item in items) == managers


def test_managers_are_in_the_data_if_they_are_headings(council_scorecard: Scorecard) -> None:
    grouped = _with_sections(council_scorecard, corporate={"columns": ("code",), "group_by": ("manager",)})
    assert all(item.managers for item in grouped.items)


def test_quarterly_indicator_has_quarters_without_targets_where_none_is_set(edition: Edition) -> None:
    quarterly = {"frequency": "quarterly", "targets": {"2018-19": {"annual": 20}}}
    report = edition({"T 1": quarterly}, {"2018-03": {"T 1": "19"}, "2018-05": {"T 1": ""}})
    (item,) = report.dataset.items
    assert (item.latest.name, item.due, item.value.text, item.target.text) == ("2017-18-Q4", False, "19", "[x]")
    assert [(entry.period.name, entry.value.text, entry.latest) for entry in item.history] == [
        ("2017-18-Q1", "[x]", False),
        ("2017-18-Q2", "[x]", False),
        ("2017-18-Q3", "[x]", False),
        ("2017-18-Q4", "19", True),
    ]


def test_yearly_report_has_years_and_their_months(council: Project) -> None:
    council.get_values_path("2017-18").write_text("code,value\nLM 1.2,\n", encoding="utf-8")
    edition = council.get_edition_path(MAY).read_text(encoding="utf-8")
    council.get_edition_path("2017-18").write_text(edition, encoding="utf-8")
    scorecard, _ = load_scorecard(council, "2017-18")
    assert scorecard
    report = assemble_report(scorecard)
    history = _get_item(report, "LM 1.2").history
    years = [entry for entry in history if entry.period.kind == "year"]
    assert [(entry.period.name, entry.period.ends, entry.value.text, entry.latest) for entry in years] == [
        ("2017-18", "2018-03-31", "84.9%", True)
    ]
    months = [entry for entry in history if entry.period.kind == "month"]
    assert (months[0].period.name, months[-1].period.name, len(months)) == ("2016-04", "2018-03", 24)
    assert (months[-1].value.text, months[-1].latest) == ("84.9%", False)
