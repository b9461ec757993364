"""Movements between two reports: shifts of an outcome, and gains against the target, by polarity and measure kind."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from mpr.measure.indicator import Indicator, MeasureKind, Polarity, Reading, SeriesBreak
from mpr.measure.movement import Movement, OutcomeShift, compare_statuses, rank_movements
from mpr.measure.outcome import AMBER, DEFAULT_OUTCOMES, DEFERRED, GREEN, RED, Outcome, Role, Shape, complete_outcomes
from mpr.measure.period import Month, Period, Year
from mpr.measure.status import assess_indicator
from mpr.measure.target import Range, Target, YearTargets
from mpr.problem import Place

MAXIMISE, MINIMISE, GOLDILOCKS = Polarity
APRIL, MAY = Month(2018, 4), Month(2018, 5)
YEAR = Year(APRIL)
EARLIEST = Month(2017, 4)


def _compare_months(
    indicator: Indicator,
    figures: Mapping[Period, str],
    overrulings: Mapping[Period, Outcome] | None = None,
    outcomes: tuple[Outcome, ...] = DEFAULT_OUTCOMES,
) -> Movement:
    """Return the movement of an indicator from April to May 2018, given its figures and the officers' outcomes."""
    overrulings = overrulings or {}
    readings = {
        period: Reading(
            value=Decimal(figures[period]) if figures.get(period) else None,
            missing=None,
            proxy=False,
            outcome=overrulings.get(period),
            reason="",
            comment="",
            place=Place("x.csv"),
        )
        for period in {*figures, *overrulings}
    }
    earlier, later = (assess_indicator(indicator, readings, period, EARLIEST) for period in (APRIL, MAY))
    return compare_statuses([earlier], [later], outcomes)[0]


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
        ("90", "", OutcomeShift.NONE),  # May's report shows the figure of April
        ("", "", OutcomeShift.NONE),
    ],
)
def test_an_outcome_shifts_between_two_ratings_or_when_a_figure_appears(
    indicator: Indicator, april: str, may: str, shift: OutcomeShift
) -> None:
    assert _compare_months(indicator, {APRIL: april, MAY: may}).shift is shift


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
def test_an_outcome_that_an_officer_set_shifts_like_a_rating(
    indicator: Indicator, april: Outcome | None, may: Outcome, shift: OutcomeShift
) -> None:
    overrulings: dict[Period, Outcome] = {APRIL: april, MAY: may} if april else {MAY: may}
    assert _compare_months(indicator, {}, overrulings).shift is shift


def test_a_shift_from_green_to_better_is_improved_and_not_recovered(indicator: Indicator) -> None:
    blue = Outcome("blue", "Blue", "Ahead", colour="#12436d", shape=Shape.STAR)
    outcomes = complete_outcomes([RED, AMBER, GREEN, blue])
    by_word = {outcome.word: outcome for outcome in outcomes}
    better = {APRIL: by_word["Green"], MAY: by_word["Blue"]}
    assert _compare_months(indicator, {}, better, outcomes).shift is OutcomeShift.IMPROVED
    worse = {APRIL: by_word["Blue"], MAY: by_word["Green"]}
    assert _compare_months(indicator, {}, worse, outcomes).shift is OutcomeShift.WORSENED


def _set_targets(indicator: Indicator, polarity: Polarity, april: Target, may: Target) -> Indicator:
    targets = {YEAR: YearTargets(None, 1, profile={4: april, 5: may})}
    return replace(indicator, polarity=polarity, targets=targets)


RANGE = Range(Decimal(38), Decimal(48))


@pytest.mark.parametrize(
    ("polarity", "targets", "figures", "margins"),
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
def test_a_margin_is_in_per_cent_of_the_months_own_target_and_positive_if_better(
    indicator: Indicator,
    polarity: Polarity,
    targets: tuple[str, str],
    figures: tuple[str, str],
    margins: tuple[str, str],
) -> None:
    indicator = _set_targets(indicator, polarity, *map(Decimal, targets))
    movement = _compare_months(indicator, dict(zip((APRIL, MAY), figures, strict=True)))
    assert (movement.earlier_margin, movement.later_margin) == tuple(map(Decimal, margins))
    assert movement.gain == Decimal(margins[1]) - Decimal(margins[0])


def test_the_margin_of_a_range_is_measured_from_its_nearer_end(indicator: Indicator) -> None:
    indicator = _set_targets(indicator, GOLDILOCKS, RANGE, RANGE)
    movement = _compare_months(indicator, {APRIL: "28.5", MAY: "60"})
    assert (movement.earlier_margin, movement.later_margin, movement.gain) == (Decimal(-25), Decimal(-25), 0)
    assert _compare_months(indicator, {APRIL: "28.5", MAY: "48"}).gain == 25


def test_a_missed_target_of_0_has_no_margin(indicator: Indicator) -> None:
    indicator = _set_targets(indicator, MINIMISE, Decimal(0), Decimal(0))
    movement = _compare_months(indicator, {APRIL: "0", MAY: "2"})
    assert (movement.earlier_margin, movement.later_margin, movement.gain) == (0, None, None)
    assert movement.shift is OutcomeShift.WORSENED
    assert _compare_months(indicator, {APRIL: "0", MAY: "0"}).gain == 0


def test_a_figure_shown_again_has_no_gain(indicator: Indicator) -> None:
    indicator = _set_targets(indicator, MAXIMISE, Decimal(80), Decimal(90))
    movement = _compare_months(indicator, {APRIL: "60"})
    assert (movement.has_newer_figure, movement.gain) == (False, None)
    assert movement.later.latest_period == movement.earlier.latest_period == APRIL
    assert rank_movements([movement], better=True) == rank_movements([movement], better=False) == ()


def test_figures_across_a_break_have_margins_but_no_gain(indicator: Indicator) -> None:
    indicator = _set_targets(indicator, MAXIMISE, Decimal(80), Decimal(80))
    movement = _compare_months(
        replace(indicator, series_break=SeriesBreak(MAY, 1, "Counted in a new way")), {APRIL: "60", MAY: "70"}
    )
    assert (movement.earlier_margin, movement.later_margin) == (Decimal(-25), Decimal("-12.5"))
    assert (movement.gain, movement.is_comparable) == (None, False)


def test_a_data_only_indicator_has_no_gain_but_may_appear(indicator: Indicator) -> None:
    movement = _compare_months(replace(indicator, targets={}), {MAY: "70"})
    assert (movement.shift, movement.gain) == (OutcomeShift.APPEARED, None)
    assert movement.later.outcome.role is Role.DATA_ONLY


def test_figures_are_compared_as_printed(indicator: Indicator) -> None:
    indicator = _set_targets(indicator, MAXIMISE, Decimal(80), Decimal(80))
    assert _compare_months(indicator, {APRIL: "60.04", MAY: "60.01"}).gain == 0


def test_movements_are_ranked_with_the_biggest_first(indicator: Indicator) -> None:
    snapshot = replace(indicator, measure_kind=MeasureKind.SNAPSHOT)
    indicator = _set_targets(snapshot, MAXIMISE, Decimal(100), Decimal(100))
    movements = [_compare_months(indicator, {APRIL: "50", MAY: may}) for may in ("51", "40", "60", "50", "30")]
    assert [movement.gain for movement in rank_movements(movements, better=True)] == [10, 1]
    assert [movement.gain for movement in rank_movements(movements, better=False)] == [-20, -10]
