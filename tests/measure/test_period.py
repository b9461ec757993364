"""Months, quarters and financial years: names, order and arithmetic."""

import re

import pytest

from mpr.measure.period import Frequency, Month, Year, list_periods, parse_period

MAY = Month(2018, 5)
YEAR = Year.from_month(MAY, 4)


def test_a_month_is_read_and_written() -> None:
    assert Month.from_text("2018-05") == MAY
    assert (str(MAY), MAY.name, MAY.full_name) == ("2018-05", "May", "May 2018")


@pytest.mark.parametrize("text", ["2018-5", "2018-13", "2018-00", "18-05", "2018-05 ", "2018-05\n", "2018-0\u0665"])
def test_any_other_text_is_not_a_month(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Month.from_text(text)


@pytest.mark.parametrize(
    ("months", "expected"),
    [(0, "2018-05"), (7, "2018-12"), (8, "2019-01"), (-4, "2018-01"), (-5, "2017-12"), (-12, "2017-05")],
)
def test_months_are_added(months: int, expected: str) -> None:
    later = MAY.add_months(months)
    assert str(later) == expected
    assert later.count_months_since(MAY) == months


def test_months_are_in_order() -> None:
    assert Month(2017, 12) < Month(2018, 1) < Month(2018, 2)


@pytest.mark.parametrize(
    ("month", "starts", "year"),
    [("2018-03", 4, "2017-18"), ("2018-04", 4, "2018-19"), ("2018-12", 1, "2018"), ("2018-08", 9, "2017-18")],
)
def test_a_month_is_in_its_financial_year(month: str, starts: int, year: str) -> None:
    financial_year = Year.from_month(Month.from_text(month), starts)
    assert str(financial_year) == year
    assert Month.from_text(month) in financial_year.months


def test_a_financial_year_is_read_and_written() -> None:
    assert Year.from_text("2018-19", 4) == YEAR
    assert str(Year.from_text("1999-00", 4)) == "1999-00"
    assert (YEAR.full_name, YEAR.year_before.full_name) == ("2018/19", "2017/18")
    assert [str(YEAR.months[index]) for index in (0, 8, 9, 11)] == ["2018-04", "2018-12", "2019-01", "2019-03"]
    assert [YEAR.get_position(month) for month in (YEAR.months[0], MAY, YEAR.months[-1])] == [1, 2, 12]


@pytest.mark.parametrize("text", ["2018-20", "2018-2019", "2018/19", "2018", "2018-19-Q1", ""])
def test_any_other_text_is_not_a_financial_year(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Year.from_text(text, 4)


def test_a_financial_year_has_four_quarters() -> None:
    quarters = YEAR.split_into(Frequency.QUARTERLY)
    assert [str(quarter) for quarter in quarters] == ["2018-19-Q1", "2018-19-Q2", "2018-19-Q3", "2018-19-Q4"]
    assert [str(quarter.last) for quarter in quarters] == ["2018-06", "2018-09", "2018-12", "2019-03"]


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("2017-11", "2018-02", ["2017-11", "2017-12", "2018-01", "2018-02"]),
        ("2017-18-Q3", "2018-19-Q1", ["2017-18-Q3", "2017-18-Q4", "2018-19-Q1"]),
        ("2016-17", "2018-19", ["2016-17", "2017-18", "2018-19"]),
        ("2018-05", "2018-05", ["2018-05"]),
        ("2018-05", "2018-04", []),
    ],
)
def test_periods_are_listed_from_one_to_another(first: str, last: str, names: list[str]) -> None:
    assert [str(period) for period in list_periods(parse_period(first, 4), parse_period(last, 4))] == names
