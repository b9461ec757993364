"""Codes in natural order, and the targets that follow from what the council set."""

from decimal import Decimal

import pytest

from mpr.load.scorecard import Scorecard
from mpr.measure.period import Month, Year
from mpr.measure.target import Range, YearTargets

YEAR = Year(Month(2018, 4))


def _of(target: YearTargets, number: int) -> str:
    """Return the target of a month of 2018/19 by its calendar number."""
    month = next(month for month in YEAR.months if month.number == number)
    return str(target.get_target(month, YEAR))


REAL = {
    ("CP 3.6", "2018-05"): "733333",
    ("CP 3.6", "2018-09"): "2200000",
    ("CP 3.6", "2019-03"): "4400000",
    ("CP 5.5", "2018-05"): "36666",
    ("CP 5.5", "2018-06"): "37500",
    ("CP 2.4", "2018-05"): "1332",
    ("CP 2.4", "2019-02"): "7326",
    ("CP 2.4", "2019-03"): "8000",
    ("CP 5.1", "2018-05"): "3250",
    ("CP 3.0", "2018-05"): "34.8",
    ("CP 3.9", "2018-05"): "916",
    ("CP 3.9", "2018-06"): "None",
    ("CP 3.9", "2017-06"): "1406",
    ("CP 1.4", "2018-05"): "95",
    ("CP 1.1", "2017-05"): "55.7",
    ("CP 1.4", "2016-05"): "None",
}


@pytest.mark.parametrize(("code", "month"), REAL)
def test_the_real_targets(scorecard: Scorecard, code: str, month: str) -> None:
    indicator = next(each for each in scorecard.indicators if each.code == code)
    assert str(indicator.get_target(Month.from_text(month))) == REAL[code, month]


def test_a_range_is_the_target_of_every_month(scorecard: Scorecard) -> None:
    expected = Range(Decimal(38), Decimal(48))
    assert {scorecard.indicators[0].get_target(month) for month in YEAR.months} == {expected}


def test_equal_steps_lose_nothing_on_the_way() -> None:
    target = YearTargets(Decimal(10_000), 0, is_linear=True)
    assert [_of(target, number) for number in (4, 5, 6, 9, 12, 3)] == ["833", "1666", "2500", "5000", "7500", "10000"]


def test_steps_are_rounded_down_to_the_decimals() -> None:
    assert _of(YearTargets(Decimal("7.20"), 2, is_linear=True), 4) == "0.60"
    assert _of(YearTargets(Decimal("10.0"), 1, is_linear=True), 5) == "1.6"
    falling = YearTargets(Decimal(30), 0, is_linear=True, start=Decimal(40))
    assert [_of(falling, number) for number in (4, 9, 3)] == ["39", "35", "30"]


def test_a_profile_is_the_target_where_it_states_one() -> None:
    target = YearTargets(None, 0, profile={4: Decimal(5), 5: Range(Decimal(1), Decimal(2))})
    assert [_of(target, number) for number in (4, 6)] == ["5", "None"]
    assert target.get_target(YEAR.months[1], YEAR) == Range(Decimal(1), Decimal(2))


def test_codes_are_in_natural_order(scorecard: Scorecard) -> None:
    codes = [each.code for each in sorted(scorecard.indicators, key=lambda each: each.sort_key)]
    assert codes == [each.code for each in scorecard.indicators]
    assert codes.index("CP 3.9") + 1 == codes.index("CP 3.10")
    assert codes.index("CP 3.10") + 1 == codes.index("CP 3.11")
    assert codes.index("CP 4.9") + 1 == codes.index("CP 4.10")


def test_nothing_is_compared_across_a_break(scorecard: Scorecard) -> None:
    indicator = next(each for each in scorecard.indicators if each.code == "CP 3.0")
    march, april, may = Month(2018, 3), Month(2018, 4), Month(2018, 5)
    assert not indicator.is_comparable(march, april)
    assert indicator.is_comparable(april, may)
    assert indicator.is_comparable(Month(2017, 3), march)
    assert [indicator.get_decimals(month) for month in (march, april)] == [0, 1]
