"""Indicators: codes in natural order, the targets of their periods, and breaks."""

from decimal import Decimal

import pytest

from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Indicator
from mpr.measure.period import Month, Year
from mpr.measure.target import Range, YearTargets

YEAR = Year(Month(2018, 4))


def _get_target(targets: YearTargets, number: int) -> str:
    """Return the target of a month of 2018/19 by the number of the calendar month."""
    month = next(month for month in YEAR.months if month.number == number)
    return str(targets.get_target(month, YEAR))


def _find_indicator(scorecard: Scorecard, code: str) -> Indicator:
    return next(indicator for indicator in scorecard.indicators if indicator.code == code)


TARGETS = {
    # linear
    ("LM 2.3", "2018-05"): "1200000",
    ("LM 2.3", "2019-02"): "6600000",
    ("LM 2.3", "2019-03"): "7200000",
    ("LM 3.2", "2017-05"): "1.30",
    # linear from a base
    ("LM 3.1", "2018-05"): "13333",
    ("LM 3.1", "2018-06"): "14000",
    # linear with the council's own step
    ("LM 2.2", "2018-05"): "980",
    ("LM 2.2", "2019-02"): "5390",
    ("LM 2.2", "2019-03"): "5900",
    # a profile
    ("LM 3.2", "2018-05"): "1.28",
    # the annual target in every month
    ("LM 1.2", "2018-05"): "90",
    ("LM 1.1", "2017-05"): "54",
    # no targets for the year
    ("LM 1.2", "2016-05"): "None",
    ("LM 3.3", "2018-05"): "None",
}


@pytest.mark.parametrize(("code", "month"), TARGETS)
def test_a_months_target_follows_from_the_settings(council_scorecard: Scorecard, code: str, month: str) -> None:
    indicator = _find_indicator(council_scorecard, code)
    assert str(indicator.get_target(Month.from_text(month))) == TARGETS[code, month]


def test_a_range_is_the_target_of_every_month(council_scorecard: Scorecard) -> None:
    indicator = _find_indicator(council_scorecard, "LM 1.1")
    assert {indicator.get_target(month) for month in YEAR.months} == {Range(Decimal(42), Decimal(50))}


def test_rounding_of_equal_steps_does_not_add_up() -> None:
    targets = YearTargets(Decimal(10_000), 0, is_linear=True)
    months = (4, 5, 6, 9, 12, 3)
    assert [_get_target(targets, month) for month in months] == ["833", "1666", "2500", "5000", "7500", "10000"]


def test_equal_steps_are_rounded_down_to_the_decimals() -> None:
    assert _get_target(YearTargets(Decimal("7.20"), 2, is_linear=True), 4) == "0.60"
    assert _get_target(YearTargets(Decimal("10.0"), 1, is_linear=True), 5) == "1.6"
    falling = YearTargets(Decimal(30), 0, is_linear=True, start=Decimal(40))
    assert [_get_target(falling, number) for number in (4, 9, 3)] == ["39", "35", "30"]


def test_a_month_missing_from_the_profile_has_no_target() -> None:
    targets = YearTargets(None, 0, profile={4: Decimal(5), 5: Range(Decimal(1), Decimal(2))})
    assert [_get_target(targets, number) for number in (4, 6)] == ["5", "None"]
    assert targets.get_target(YEAR.months[1], YEAR) == Range(Decimal(1), Decimal(2))


def test_codes_are_sorted_in_natural_order(council_scorecard: Scorecard) -> None:
    indicators = sorted(council_scorecard.indicators, key=lambda indicator: indicator.sort_key)
    codes = [indicator.code for indicator in indicators]
    assert codes == [indicator.code for indicator in council_scorecard.indicators]
    assert codes.index("LM 1.9") + 1 == codes.index("LM 1.10")
    assert codes.index("LM 1.10") + 1 == codes.index("LM 1.11")


def test_figures_are_not_comparable_across_a_break(council_scorecard: Scorecard) -> None:
    indicator = _find_indicator(council_scorecard, "LM 1.10")
    march, april, may = Month(2018, 3), Month(2018, 4), Month(2018, 5)
    assert not indicator.is_comparable(march, april)
    assert indicator.is_comparable(april, may)
    assert indicator.is_comparable(Month(2017, 3), march)
    assert [indicator.get_decimals(month) for month in (march, april)] == [0, 1]
