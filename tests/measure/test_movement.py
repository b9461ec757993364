"""What counts as a move of an outcome, and how far a figure came towards its target, by polarity and kind."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Indicator, MeasureKind, Polarity, Reading, SeriesBreak
from mpr.measure.movement import Movement, OutcomeShift, compare_statuses, rank_movements
from mpr.measure.outcome import AMBER, DEFAULT_OUTCOMES, DEFERRED, GREEN, RED, Outcome, Role, Shape, complete_outcomes
from mpr.measure.period import Month, Period, Year
from mpr.measure.status import assess_indicator
from mpr.measure.target import Range, Target, YearTargets
from mpr.problem import Place

MAXIMISE, MINIMISE, GOLDILOCKS = Polarity
APRIL, MAY = Month(2018, 4), Month(2018, 5)
NOW = Year(APRIL)
SINCE = Month(2017, 4)


@pytest.fixture
def indicator(scorecard: Scorecard) -> Indicator:
    """Return CP 1.4: a percentage to maximise, one decimal, 95% in 2018-19, tolerance 5%."""
    return next(each for each in scorecard.indicators if each.code == "CP 1.4")


def _moved(
    indicator: Indicator,
    figures: Mapping[Period, str],
    said: Mapping[Period, Outcome] | None = None,
    outcomes: tuple[Outcome, ...] = DEFAULT_OUTCOMES,
) -> Movement:
    """Return what became of an indicator from April to May 2018, given its figures and what officers said."""
    said = said or {}
    readings = {
        period: Reading(
            Decimal(figures[period]) if figures.get(period) else None, None, False, said.get(period), "", "",  # noqa: FBT003
            Place("x.csv"),
        )
        for period in {*figures, *said}
    }  # fmt: skip
    then, now = (assess_indicator(indicator, readings, period, SINCE) for period in (APRIL, MAY))
    return compare_statuses([then], [now], outcomes)[0]


@pytest.mark.parametrize(
    ("april", "may", "shift"),
    [
        ("95", "94.9", OutcomeShift.WORSENED),
        ("94.9", "90.2", OutcomeShift.WORSENED),
        ("90.2", "95", OutcomeShift.RECOVERED),
        ("94.9", "95", OutcomeShift.RECOVERED),
        ("90.2", "94.9", OutcomeShift.IMPROVED),
        ("90.2", "80", OutcomeShift.NONE),
        ("95", "99", OutcomeShift.NONE),
        ("", "90", OutcomeShift.APPEARED),
        ("90", "", OutcomeShift.NONE),  # the figure of April stands on
        ("", "", OutcomeShift.NONE),
    ],
)
def test_a_shift_is_one_between_ratings_or_from_none(
    indicator: Indicator, april: str, may: str, shift: OutcomeShift
) -> None:
    assert _moved(indicator, {APRIL: april, MAY: may}).shift is shift


@pytest.mark.parametrize(
    ("april", "may", "shift"),
    [
        (GREEN, RED, OutcomeShift.WORSENED),
        (RED, GREEN, OutcomeShift.RECOVERED),
        (GREEN, DEFERRED, OutcomeShift.VANISHED),
        (DEFERRED, AMBER, OutcomeShift.APPEARED),
        (None, RED, OutcomeShift.APPEARED),
    ],
)
def test_what_an_officer_set_counts(
    indicator: Indicator, april: Outcome | None, may: Outcome, shift: OutcomeShift
) -> None:
    said = {APRIL: april, MAY: may} if april else {MAY: may}
    assert _moved(indicator, {}, {period: each for period, each in said.items() if each}).shift is shift


def test_better_than_green_is_improved_and_not_recovered(indicator: Indicator) -> None:
    blue = Outcome("blue", "Blue", "Ahead", colour="#12436d", shape=Shape.STAR)
    outcomes = complete_outcomes([RED, AMBER, GREEN, blue])
    by_word = {each.word: each for each in outcomes}
    said = {APRIL: by_word["Green"], MAY: by_word["Blue"]}
    assert _moved(indicator, {}, said, outcomes).shift is OutcomeShift.IMPROVED
    back = {APRIL: by_word["Blue"], MAY: by_word["Green"]}
    assert _moved(indicator, {}, back, outcomes).shift is OutcomeShift.WORSENED


def _with(indicator: Indicator, polarity: Polarity, april: Target, may: Target) -> Indicator:
    targets = {NOW: YearTargets(None, 1, profile={4: april, 5: may})}
    return replace(indicator, polarity=polarity, targets=targets)


RANGE = Range(Decimal(38), Decimal(48))


@pytest.mark.parametrize(
    ("polarity", "targets", "figures", "shares"),
    [
        (MAXIMISE, ("80", "80"), ("60", "70"), ("-25", "-12.5")),
        (MAXIMISE, ("80", "80"), ("80", "100"), ("0", "25")),
        (MINIMISE, ("80", "80"), ("60", "70"), ("25", "12.5")),
        (MINIMISE, ("80", "80"), ("100", "80"), ("-25", "0")),
        (MAXIMISE, ("100", "200"), ("90", "180"), ("-10", "-10")),  # cumulative: each against its own month's target
        (MAXIMISE, ("-10", "-10"), ("-15", "-5"), ("-50", "50")),
        (GOLDILOCKS, ("50", "50"), ("40", "55"), ("-20", "-10")),
    ],
)
def test_a_gap_is_a_share_of_the_months_own_target_better_where_positive(
    indicator: Indicator,
    polarity: Polarity,
    targets: tuple[str, str],
    figures: tuple[str, str],
    shares: tuple[str, str],
) -> None:
    aimed = _with(indicator, polarity, *map(Decimal, targets))
    found = _moved(aimed, dict(zip((APRIL, MAY), figures, strict=True)))
    assert (found.earlier_margin, found.later_margin) == tuple(map(Decimal, shares))
    assert found.gain == Decimal(shares[1]) - Decimal(shares[0])


def test_a_range_is_left_by_either_end(indicator: Indicator) -> None:
    aimed = _with(indicator, GOLDILOCKS, RANGE, RANGE)
    found = _moved(aimed, {APRIL: "28.5", MAY: "60"})
    assert (found.earlier_margin, found.later_margin, found.gain) == (Decimal(-25), Decimal(-25), 0)
    assert _moved(aimed, {APRIL: "28.5", MAY: "48"}).gain == 25


def test_of_a_target_of_nothing_there_is_no_share(indicator: Indicator) -> None:
    aimed = _with(indicator, MINIMISE, Decimal(0), Decimal(0))
    found = _moved(aimed, {APRIL: "0", MAY: "2"})
    assert (found.earlier_margin, found.later_margin, found.gain) == (0, None, None)
    assert found.shift is OutcomeShift.WORSENED
    assert _moved(aimed, {APRIL: "0", MAY: "0"}).gain == 0


def test_the_same_figure_shown_again_is_no_move(indicator: Indicator) -> None:
    aimed = _with(indicator, MAXIMISE, Decimal(80), Decimal(90))
    found = _moved(aimed, {APRIL: "60"})
    assert (found.has_newer_figure, found.gain) == (False, None)
    assert found.later.latest_period == found.earlier.latest_period == APRIL
    assert rank_movements([found], better=True) == rank_movements([found], better=False) == ()


def test_figures_across_a_break_are_not_held_against_each_other(indicator: Indicator) -> None:
    broken = replace(
        _with(indicator, MAXIMISE, Decimal(80), Decimal(80)), series_break=SeriesBreak(MAY, 1, "Counted anew")
    )
    found = _moved(broken, {APRIL: "60", MAY: "70"})
    assert (found.earlier_margin, found.later_margin, found.gain, found.is_comparable) == (
        Decimal(-25),
        Decimal("-12.5"),
        None,
        False,
    )


def test_what_is_data_only_has_no_gap_but_may_appear(indicator: Indicator) -> None:
    found = _moved(replace(indicator, targets={}), {MAY: "70"})
    assert (found.shift, found.gain, found.later.outcome.role) == (OutcomeShift.APPEARED, None, Role.DATA_ONLY)


def test_figures_are_compared_as_printed(indicator: Indicator) -> None:
    aimed = _with(indicator, MAXIMISE, Decimal(80), Decimal(80))
    assert _moved(aimed, {APRIL: "60.04", MAY: "60.01"}).gain == 0


def test_the_biggest_move_stands_first_each_way(indicator: Indicator) -> None:
    counted = replace(indicator, measure_kind=MeasureKind.SNAPSHOT)
    aimed = _with(counted, MAXIMISE, Decimal(100), Decimal(100))
    moves = [_moved(aimed, {APRIL: "50", MAY: may}) for may in ("51", "40", "60", "50", "30")]
    assert [each.gain for each in rank_movements(moves, better=True)] == [10, 1]
    assert [each.gain for each in rank_movements(moves, better=False)] == [-20, -10]
