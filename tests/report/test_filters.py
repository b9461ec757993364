"""What a reader may filter by: only what occurs in the report, and only where there is a choice."""

from pathlib import Path

from mpr.load.scope import ReportScope
from mpr.load.scorecard import Scorecard
from mpr.project import Project
from mpr.report.assemble import assemble_report
from mpr.report.model.report import Report
from mpr.workflows.check import check_period
from tests.report.conftest import Edition
from tests.views import get_blocks

ROOT = Path(__file__).parents[2]
MAY = "2018-05"


def _choices(report: Report) -> dict[str, list[str]]:
    return {choice.title: [words for _, words in choice.options] for choice in report.filters}


def test_options_are_those_that_occur_in_the_order_of_the_settings(council_report: Report) -> None:
    assert _choices(council_report) == {
        "Scrutiny committee": ["Families Committee", "Places Committee", "Resources & Audit Committee"],
        "Expected outcome": ["Red", "Amber", "Green", "Data only"],
        "Aim": ["Caring", "Lively", "Open"],
    }
    assert [value for value, _ in council_report.filters[1].options] == ["red", "amber", "green", "data-only"]


def test_report_without_committees_and_aims_is_filtered_by_outcome_alone() -> None:
    report = assemble_report(check_period(Project(ROOT / "examples" / "kpi-table-2016-17-q2"), "2016-17-Q2").scorecard)
    assert _choices(report) == {"Expected outcome": ["Failed", "Data only"]}


def test_filter_with_one_option_is_left_out(edition: Edition) -> None:
    values = {MAY: {"T 1": "25", "T 2": "25"}, "2018-04": {"T 1": "25", "T 2": "25"}}
    assert edition({"T 1": {}, "T 2": {"name": "Wet days", "alias": "Wet days"}}, values).filters == ()
    other = {"name": "Wet days", "alias": "Wet days", "aim": "Warm"}
    assert _choices(edition({"T 1": {}, "T 2": other}, values)) == {"Aim": ["Warm", "Dry"]}


def test_report_of_one_committee_has_no_filter_by_committee(council_scorecard: Scorecard) -> None:
    choices = _choices(assemble_report(council_scorecard.restrict_to(ReportScope("committee", "Places Committee"))))
    assert choices == {
        "Expected outcome": ["Red", "Green"], "Aim": ["Caring", "Lively"],
    }  # fmt: skip


def test_rows_and_blocks_are_filtered_by_the_outcome_that_an_officer_set(council_report: Report) -> None:
    expected = (("indicator", "LM 2.3"), ("committee", "Families Committee"), ("outcome", "green"), ("aim", "Lively"))
    [row] = [row for row in council_report.tables[1].rows if row.code == "LM 2.3"]
    assert row.facets == expected
    assert get_blocks(council_report)["LM 2.1"].facets == (
        ("indicator", "LM 2.1"), ("committee", "Places Committee"), ("outcome", "red"), ("aim", "Lively"),
    )  # fmt: skip
