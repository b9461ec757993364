"""Rare cases: gaps, late figures of last year, breaks, flat and negative scales, outcomes set in the past."""

from collections.abc import Callable

from mpr.report.model.report import Block, Report
from tests.views import get_blocks, get_rows

Edition = Callable[..., Report]
YEAR = {"2017-18": {"annual": 20}, "2018-19": {"annual": 20}}
FREE = {"unbounded": "yes", "unit": "percent", "decimals": 1}


def _get_block(report: Report) -> Block:
    (block,) = get_blocks(report).values()
    return block


def _name_months(**values: str) -> dict[str, dict[str, str]]:
    return {month.replace("_", "-").removeprefix("m"): {"T 1": value} for month, value in values.items()}


def test_chart_of_equal_figures_has_a_scale(edition: Edition) -> None:
    zero = {"T 1": {"targets": {"2018-19": {"annual": 0}}}}
    report = edition(zero, {"2018-04": {"T 1": "0"}, "2018-05": {"T 1": ("0", "red", "judged")}})
    assert len(report.charts) == 2
    equal = edition({"T 1": {}}, {"2018-04": {"T 1": "20"}, "2018-05": {"T 1": ("20", "red", "judged")}})
    assert len(equal.charts) == 2
    assert all(chart.low < chart.high for chart in (*report.charts, *equal.charts))


def test_rise_is_dated_from_after_a_gap(edition: Edition) -> None:
    gap = _name_months(m2018_01="10", m2018_02="11", m2018_04="3", m2018_05="4")
    assert "since" not in _get_block(edition({"T 1": {}}, gap)).trend.title
    run = _name_months(m2018_01="10", m2018_02="9", m2018_03="2", m2018_04="3", m2018_05="4")
    assert _get_block(edition({"T 1": {}}, run)).trend.title.endswith("rising since March 2018")


def test_trend_shows_last_year_until_the_year_has_a_figure(edition: Edition) -> None:
    values = {**_name_months(m2018_02="2", m2018_03="3"), "2018-04": {}}
    block = _get_block(edition({"T 1": {"measure": "cumulative"}}, values))
    assert block.trend.title == "Below target in both months with a figure in 2017/18"
    assert [point.value for point in block.trend.lines[-1].points] == [2, 3]


def test_label_of_the_target_line_is_its_last_target(edition: Edition) -> None:
    lag = {"T 1": {"targets": {"2017-18": {"annual": 30}, "2018-19": {"annual": 20}}}}
    report = edition(lag, {**_name_months(m2018_02="2", m2018_03="3"), "2018-04": {}})
    assert [line.label for line in _get_block(report).trend.lines if line.role == "target"] == ["Target 20"]
    rising = {"T 1": {"measure": "year-to-date", "targets": {"2018-19": {"profile": {"April": 5, "May": 10}}}}}
    report = edition(rising, {"2018-05": {"T 1": "3"}})
    assert [line.label for line in _get_block(report).trend.lines if line.role == "target"] == ["Target"]


def test_percentage_above_100_fits_its_chart(edition: Edition) -> None:
    over = {"T 1": {**FREE, "polarity": "minimise", "targets": {"2018-19": {"annual": "90%"}}}}
    trend = _get_block(edition(over, {"2018-04": {"T 1": "80%"}, "2018-05": {"T 1": "103%"}})).trend
    assert trend.high >= 103


def test_scale_of_a_negative_figure_includes_zero(edition: Edition) -> None:
    under = {"T 1": {**FREE, "targets": {"2018-19": {"annual": "-2%"}}}}
    bullet = _get_block(edition(under, {"2018-05": {"T 1": "-3%"}})).bullet
    assert bullet.low < -3
    assert bullet.high >= 0


def test_targets_before_a_break_are_not_drawn(edition: Edition) -> None:
    targets = {"2017-18": {"annual": 2000}, "2018-19": {"annual": 20}}
    broken = {"T 1": {"targets": targets, "break": {"from": "2018-04", "decimals": 0, "note": "counted anew"}}}
    report = edition(broken, {**_name_months(m2017_05="1900", m2018_04="11", m2018_05="12")})
    trend = _get_block(report).trend
    assert trend.high <= 20
    assert "Last year\u2019s figure is on another scale" in trend.description


def test_figure_of_last_year_is_printed_with_its_own_decimals(edition: Edition) -> None:
    before = {"T 1": {"decimals": 2, "break": {"from": "2019-04", "decimals": 0, "note": "to come"}}}
    report = edition(before, _name_months(m2017_05="10", m2018_05="12"))
    assert get_rows(report)["T 1"].change.detail == "12 against 10 in May 2017"


def test_outcome_set_by_an_officer_stays_in_the_history(edition: Edition) -> None:
    values = {"2018-04": {"T 1": ("5", "green", "judged")}, "2018-05": {"T 1": "6"}}
    (april,) = (row for row in _get_block(edition({"T 1": {}}, values)).history.rows if row.label == "April")
    rating = april.cells[1].rating
    assert (rating.word, rating.overruling.reason, rating.overruling.rule) == (
        "Green",
        "judged",
        "The rule alone says Red",
    )


def test_printed_share_of_the_target_never_contradicts_the_rating(edition: Edition) -> None:
    near = {"T 1": {"decimals": 2, "targets": {"2018-19": {"annual": 100}}}}
    block = _get_block(edition(near, {"2018-05": {"T 1": "94.96"}}))
    assert block.rating.word == "Red"
    assert block.rule[1] == "94.96 is 5.04% below the target of 100."
    share = {"T 1": {"unit": "percent", "decimals": 1, "targets": {"2018-19": {"annual": "40%"}}}}
    block = _get_block(edition(share, {"2018-05": {"T 1": "30%"}}))
    assert block.rule[1] == "30.0% is 10 points (25.0% of the target) below the target of 40%."


def test_linear_target_has_the_decimals_of_the_figure(edition: Edition) -> None:
    steps = {"annual": 7, "month": "linear", "step": "0.6"}
    small = {"T 1": {"decimals": 1, "polarity": "minimise", "targets": {"2018-19": steps}}}
    row = get_rows(edition(small, {"2018-04": {"T 1": "0.5"}}))["T 1"]
    assert (row.target.text, row.rating.word) == ("0.6", "Green")


def test_outcome_set_for_a_month_without_a_figure_stays_in_the_history(edition: Edition) -> None:
    values = {"2018-03": {"T 1": "5"}, "2018-04": {"T 1": ("TBC", "red", "late")}, "2018-05": {"T 1": "6"}}
    (april,) = (row for row in _get_block(edition({"T 1": {}}, values)).history.rows if row.label == "April")
    assert (april.cells[1].value.text, april.cells[1].rating.word) == ("[x]", "Red")


def test_outcome_set_for_a_quarter_stays_in_later_reports(edition: Edition) -> None:
    quarterly = {"T 1": {"frequency": "quarterly"}}
    june = {"2018-03": {"T 1": "5"}, "2018-06": {"T 1": ("5", "amber", "judged")}}
    for month in ("2018-06", "2018-07", "2018-09"):
        values = {**june, month: june.get(month, {"T 1": ("", "red", "late") if month == "2018-07" else ("6",)})}
        block = _get_block(edition(quarterly, values))
        (first,) = (row for row in block.history.rows if row.label == "Quarter 1")
        assert (first.cells[1].rating.word, first.cells[1].rating.overruling.reason) == ("Amber", "judged")
