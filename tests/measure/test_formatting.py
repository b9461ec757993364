"""Figures as printed, and the round scales of charts."""

from decimal import Decimal
from itertools import pairwise

import pytest

from mpr.measure.formatting import count_decimals, format_count, format_figure, format_number, join_words, round_half_up
from mpr.measure.scale import compute_ticks
from mpr.measure.target import Range

ROUNDED = [
    ("94.95", 1, "95.0"),
    ("94.949", 1, "94.9"),
    ("0.5", 0, "1"),
    ("1.5", 0, "2"),
    ("2.5", 0, "3"),
    ("-0.5", 0, "−1"),
    ("-0.04", 1, "0.0"),
    ("18.605", 2, "18.61"),
    ("83", 1, "83.0"),
    ("578468", 0, "578,468"),
    ("-1234.5", 1, "−1,234.5"),
    ("0", 0, "0"),
]


@pytest.mark.parametrize(("value", "decimals", "printed"), ROUNDED)
def test_figures_are_rounded_half_up_as_printed(value: str, decimals: int, printed: str) -> None:
    assert format_number(Decimal(value), decimals) == printed
    assert format_number(round_half_up(Decimal(value), decimals), decimals) == printed


@pytest.mark.parametrize(("value", "printed"), [("100", "100"), ("1E+3", "1,000"), ("7.20", "7.2"), ("0.00", "0")])
def test_a_number_without_given_decimals_is_printed_with_as_many_as_it_needs(value: str, printed: str) -> None:
    assert format_number(Decimal(value)) == printed


def test_only_a_percentage_is_printed_with_a_percent_sign() -> None:
    assert format_figure(Decimal(83), 1, is_percentage=True) == "83.0%"
    assert format_figure(Decimal(1544), 0, is_percentage=False) == "1,544"
    assert format_figure(Range(Decimal(38), Decimal(48)), 0, is_percentage=False) == "38\u00a0–\u00a048"
    assert format_figure(Range(Decimal("1.5"), Decimal(2)), 1, is_percentage=True) == "1.5%\u00a0–\u00a02.0%"


@pytest.mark.parametrize(("value", "decimals"), [("46.10", 2), ("5", 0), ("1E+3", 0), ("0.000001", 6)])
def test_decimals_are_counted_as_written(value: str, decimals: int) -> None:
    assert count_decimals(Decimal(value)) == decimals


def test_counts_have_a_plural_and_lists_a_conjunction() -> None:
    assert [format_count(count, "page") for count in (0, 1, 2, 1234)] == ["0 pages", "1 page", "2 pages", "1,234 pages"]
    lists = ([], ["a"], ["a", "b"], ["a", "b", "c"])
    assert [join_words(words) for words in lists] == ["", "a", "a and b", "a, b and c"]


TICKS = [
    ("0", "100", 5, "0 20 40 60 80 100"),
    ("0", "1544", 5, "0 500 1000 1500 2000"),
    ("0", "1", 5, "0.0 0.2 0.4 0.6 0.8 1.0"),
    ("0", "0.4", 4, "0.0 0.1 0.2 0.3 0.4"),
    ("10", "60", 5, "10 20 30 40 50 60"),
    ("-3", "7", 5, "-4 -2 0 2 4 6 8"),
    ("0", "0", 5, "0 0.2"),
    ("5", "5", 5, "5 6"),
    ("0", "4400000", 4, "0 2000000 4000000 6000000"),
]


@pytest.mark.parametrize(("low", "high", "steps", "expected"), TICKS)
def test_ticks_are_round_and_enclose_the_values(low: str, high: str, steps: int, expected: str) -> None:
    ticks = compute_ticks((Decimal(low), Decimal(high)), steps)
    assert ticks == tuple(map(Decimal, expected.split()))
    assert ticks[0] <= Decimal(low)
    assert ticks[-1] >= Decimal(high)


@pytest.mark.parametrize("steps", [2, 4, 5, 8])
@pytest.mark.parametrize("high", ["0.007", "0.99", "1.01", "3.19", "37.5", "998", "1001", "45000", "733333"])
def test_ticks_are_evenly_spaced_and_few(high: str, steps: int) -> None:
    ticks = compute_ticks((Decimal(0), Decimal(high)), steps)
    assert len({after - before for before, after in pairwise(ticks)}) == 1
    assert 2 <= len(ticks) <= steps + 2
