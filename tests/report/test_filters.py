"""What a reader may filter by: no more than stands in the report, and nothing where there is no choice."""

from pathlib import Path

from mpr.load.scope import ReportScope
from mpr.load.scorecard import Scorecard
from mpr.project import Project
from mpr.report.assemble import assemble_report
from mpr.report.model.report import Report
from mpr.workflows.check import check_period
from tests.report.conftest import Edition
from tests.views import blocks_of

ROOT = Path(__file__).parents[2]
MAY = "2018-05"


def _choices(report: Report) -> dict[str, list[str]]:
    return {each.title: [words for _, words in each.options] for each in report.filters}


def test_the_options_are_those_of_the_report_in_the_councils_order(report: Report) -> None:
    assert _choices(report) == {
        "Scrutiny committee": ["Place Scrutiny", "People Scrutiny", "Policy & Resources Scrutiny"],
        "Expected outcome": ["Red", "Amber", "Green"],
        "Aim": ["Safe", "Clean", "Healthy", "Prosperous", "Excellent"],
    }
    assert [value for value, _ in report.filters[1].options] == ["red", "amber", "green"]


def test_a_report_without_committees_and_aims_offers_its_outcomes() -> None:
    report = assemble_report(check_period(Project(ROOT / "examples" / "kpi-table-2016-17-q2"), "2016-17-Q2").scorecard)
    assert _choices(report) == {"Expected outcome": ["Failed", "Data only"]}


def test_where_all_are_alike_there_is_nothing_to_choose(edition: Edition) -> None:
    values = {MAY: {"T 1": "25", "T 2": "25"}, "2018-04": {"T 1": "25", "T 2": "25"}}
    assert edition({"T 1": {}, "T 2": {"name": "Wet days", "alias": "Wet days"}}, values).filters == ()
    other = {"name": "Wet days", "alias": "Wet days", "aim": "Warm"}
    assert _choices(edition({"T 1": {}, "T 2": other}, values)) == {"Aim": ["Warm", "Dry"]}


def test_in_one_committees_part_there_is_no_committee_to_choose(scorecard: Scorecard) -> None:
    choices = _choices(assemble_report(scorecard.restrict_to(ReportScope("committee", "Place Scrutiny"))))
    assert choices == {
        "Expected outcome": ["Red", "Green"], "Aim": ["Clean", "Healthy", "Prosperous", "Excellent"],
    }  # fmt: skip


def test_rows_blocks_and_the_outcome_that_an_officer_set(report: Report) -> None:
    expected = (("indicator", "CP 3.6"), ("committee", "Place Scrutiny"), ("outcome", "green"), ("aim", "Healthy"))
    [row] = [each for each in report.tables[1].rows if each.code == "CP 3.6"]
    assert row.facets == expected
    assert blocks_of(report)["CP 2.3"].facets == (
        ("indicator", "CP 2.3"), ("committee", "Place Scrutiny"), ("outcome", "red"), ("aim", "Clean"),
    )  # fmt: skip
