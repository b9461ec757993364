"""Each rule on figures, targets and names fires on a change of the real project, and not on one like it."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import MeasureKind
from mpr.measure.series import SeriesFigure
from mpr.project import Project
from mpr.report.wording import cells as wording
from mpr.rules import outliers, phrases
from mpr.workflows.check import check_period
from tests.rules.conftest import MAY, Change

SAME = (
    "There is a slight increase on last month but this still misses target. This mainly relates to specific issues in "
    "a team with staff leaving."
)


def test_comment_of_last_month_is_found_whatever_its_capitals(change_cells: Change) -> None:
    assert not change_cells("CP 1.4", "2018-04", comment=f"{SAME}\n\nMore.")
    (line,) = [line for line in change_cells("CP 1.4", comment=f"New.\n\n{SAME.upper()}") if "W506" in line]
    assert "W506 the comment on CP 1.4 repeats the one of April 2018, 'THERE IS A SLIGHT INCREASE" in line
    assert not change_cells("CP 1.4", comment=SAME.replace("slight", "small"))


def select_messages(lines: list[str], code: str) -> list[str]:
    return [line.partition(f" {code} ")[2] for line in lines if f" {code} " in line]


def test_moved_target_needs_a_note(change_settings: Change) -> None:
    assert not select_messages(change_settings("- code: CP 1.4", "annual: 95%", "annual: 88%"), "W403")
    (line,) = select_messages(change_settings("- code: CP 1.4", "annual: 88%", "annual: 80%"), "W403")
    assert line.startswith("CP 1.4 has the annual target 80% after 90% in 2017-18, and no note says why")
    noted = change_settings("- code: CP 1.4", "annual: 80%", "annual: 80%\n        note: Fewer visits are due")
    assert not select_messages(noted, "W403")


def test_target_of_zero_is_found(change_settings: Change) -> None:
    (line,) = [line for line in change_settings("- code: CP 3.13", "annual: 1.81", "annual: 0") if "W404" in line]
    assert "W404 CP 3.13 has the target 0 for May 2018; write the target that you mean" in line
    assert not [line for line in change_settings("- code: CP 3.13", "annual: 0", "annual: 0.5") if "W404" in line]


def test_profile_must_rise_evenly_to_the_annual_target(change_settings: Change) -> None:
    (line,) = select_messages(change_settings("- code: CP 3.0", "July: 62", "July: 30"), "W405")
    assert line.startswith("the targets of CP 3.0 fall from 44 in June to 30 in July")
    change_settings("- code: CP 3.0", "July: 30\n", "July: 62\n")
    assert not select_messages(change_settings("- code: CP 3.0", "June: 44", "June: 52"), "W405")
    (line,) = select_messages(change_settings("- code: CP 3.0", "annual: 209", "annual: 219"), "W405")
    assert line.startswith("the targets of CP 3.0 end at 209 in March, but the annual target is 219")


@pytest.mark.parametrize(
    ("code", "value", "said"),
    [
        ("CP 1.2", "7.436", "W513 CP 1.2 at 7.44 is out of line with 13 earlier months, which had 71.80 to 76.70"),
        ("CP 1.2", "743.6", "if a decimal point slipped, write 74.36"),
        ("CP 1.2", "60", "W513 CP 1.2 at 60.00 is out of line"),
        ("CP 1.2", "68", ""),
        ("CP 3.9", "5500", "W513 CP 3.9 at 5,500 adds 5,220, where 13 earlier months added 143 to 762"),
        ("CP 3.9", "900", ""),
        (
            "CP 4.3",
            "1.86%",
            "W514 CP 4.3 at 1.86% is far from last year’s 18.60%",
        ),
        ("CP 4.3", "17%", ""),
        ("CP 3.6", "5784680", "W514 CP 3.6 at 5,784,680 is far from the target of 733,333"),
        ("CP 3.6", "500000", ""),
        ("CP 3.9", "250", "W515 CP 3.9 adds up over the year, but falls from 280 to 250 in May 2018"),
        ("CP 3.9", "280", ""),
        ("CP 3.7", "12.5", "W516 CP 3.7 has the figure 12.5, but is counted in whole numbers"),
        ("CP 3.7", "13", ""),
    ],
)
def test_figure_out_of_line_is_found(change_cells: Change, code: str, value: str, said: str) -> None:
    found = [line for line in change_cells(code, value=value) if any(f"W51{number}" in line for number in (3, 4, 5, 6))]
    assert (said in "\n".join(found)) if said else not found


def test_outcome_two_steps_from_the_rule_is_found(change_cells: Change) -> None:
    (line,) = change_cells("CP 1.4", outcome="green", reason="Staff are back")
    assert (
        "data/2018-05.csv:4:4: warning W512 CP 1.4 is set to green where the rule says red at 83.0% against 95%" in line
    )
    assert not change_cells("CP 1.4", outcome="amber", reason="Staff are back")


def test_name_almost_like_another_is_found(change_settings: Change) -> None:
    (line,) = change_settings("- code: CP 3.5", "Sharon Houlden", "Sharon Holden")
    assert "W517 'Sharon Holden' at CP 3.5 is almost the same as 'Sharon Houlden' at CP 3.1" in line
    assert not change_settings("- code: CP 3.5", "Sharon Holden", "S. Other")


def test_overdue_figure_is_found_unless_a_comment_explains_it(change_cells: Change) -> None:
    (line,) = select_messages(change_cells("CP 1.1", value="", comment=""), "W504")
    assert line.startswith("CP 1.1 has no figure for May 2018, so the one for April 2018 is shown; write it into")
    assert not select_messages(change_cells("CP 1.1", comment="The new system has no report yet."), "W504")


def test_finding_accepted_by_its_sentence_is_quiet_until_the_data_change(project: Project) -> None:
    (finding,) = [
        f"{warning.code} {warning.message}" for warning in check_period(project, MAY).warnings if warning.code == "W508"
    ]
    path = project.get_edition_path(MAY)
    entry = f"accepted:\n  - finding: {json.dumps(finding)}\n    reason: Will be mended\n"
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    checked = check_period(project, MAY)
    assert checked.accepted_count == 1
    assert not [warning for warning in checked.warnings if warning.code in {"W508", "W518"}]
    values = project.get_values_path(MAY)
    values.write_text(values.read_text(encoding="utf-8").replace("Checks,550,", "Checks,551,"), encoding="utf-8")
    again = [warning for warning in check_period(project, MAY).warnings if warning.code in {"W508", "W518"}]
    assert [(warning.code, warning.place.file) for warning in again] == [
        ("W508", "data/2018-05.csv"), ("W518", "data/2018-05.yaml"),
    ]  # fmt: skip
    assert again[1].place.line == 8


def test_findings_print_figures_as_the_report_does(scorecard: Scorecard) -> None:
    rated = [status for status in scorecard.statuses if status.value is not None and status.target is not None]
    assert len(rated) == 30
    for status in rated:
        assert phrases.format_latest_figure(status) == wording.format_value_text(status)
        assert phrases.format_target(status) == wording.format_target_text(status)


def test_target_of_a_count_has_the_decimals_of_its_share(scorecard: Scorecard) -> None:
    (visits,) = [status for status in scorecard.statuses if status.indicator.code == "CP 2.4"]
    assert visits.year_targets
    count = replace(visits.indicator, measure_kind=MeasureKind.COUNT)
    share = replace(visits.year_targets, decimals=2)
    counted = replace(visits, indicator=count, target=Decimal("12.50"), year_targets=share)
    assert phrases.format_target(counted) == wording.format_target_text(counted) == "12.5"
    summed = replace(counted, indicator=visits.indicator)
    assert phrases.format_target(summed) == wording.format_target_text(summed) == "12.50"


def test_target_range_is_quoted_as_it_is_printed(scorecard: Scorecard) -> None:
    (rate,) = [status for status in scorecard.statuses if status.indicator.code == "CP 1.1"]
    unread = replace(scorecard, readings={})
    slipped = replace(rate, figure=SeriesFigure(Decimal("444.00")), value_year_before=None)
    (problem,) = outliers.check_decimal_point(unread, slipped)
    assert problem.message.replace("\u00a0", " ") == "CP 1.1 at 444.00 is far from the target of 38 – 48"
    assert problem.hint == "if a decimal point slipped, write 44.40"
    assert not list(outliers.check_decimal_point(unread, replace(slipped, figure=SeriesFigure(Decimal("44.40")))))
