"""Ratings on both sides of every threshold, and the direction of travel since last year."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Indicator, Missing, Polarity, Reading
from mpr.measure.outcome import AMBER, DATA_ONLY, GREEN, NO_VALUE, RED, Outcome
from mpr.measure.period import Month, Year
from mpr.measure.rating import DirectionOfTravel, build_bands, compute_direction, compute_distance, propose_outcome
from mpr.measure.rule import Distance, RatingRule, RatingStep
from mpr.measure.series import Series
from mpr.measure.status import IndicatorStatus, assess_indicator
from mpr.measure.target import Range, Target, YearTargets
from mpr.problem import Place

MAXIMISE, MINIMISE, GOLDILOCKS = Polarity
MAY = Month(2018, 5)
NOT_AVAILABLE = DirectionOfTravel.NOT_AVAILABLE


def _parse_target(text: str) -> Target:
    low, dash, high = text.partition(" - ")
    return Range(Decimal(low), Decimal(high)) if dash else Decimal(low)


RATED = [
    # polarity, target, tolerance, then values rated red, amber, green
    (MAXIMISE, "95", "5", "0 90.24", "90.25 94.99", "95 95.01 1000"),
    (MAXIMISE, "95", "0", "94.99", "", "95"),
    (MAXIMISE, "0", "5", "-0.01", "", "0 0.01"),
    (MAXIMISE, "-10", "5", "-10.51", "-10.5 -10.01", "-10 -9 5"),
    (MAXIMISE, "33", "15", "28.04", "28.05 29.2 32.9", "33"),
    (MINIMISE, "1332", "5", "1398.61 1544", "1398.6 1332.01", "1332 0"),
    (MINIMISE, "1.10", "0", "1.11", "", "1.10"),
    (MINIMISE, "0", "5", "0.01", "", "0 -1"),
    (MINIMISE, "-10", "5", "-9.49", "-9.5 -9.99", "-10 -11"),
    (GOLDILOCKS, "34.8", "5", "33.05 36.55", "33.06 34.7 34.9 36.54", "34.8"),
    (GOLDILOCKS, "38 - 48", "5", "36.09 50.41", "36.1 37.99 48.01 50.4", "38 43 48"),
    (GOLDILOCKS, "38 - 48", "0", "37.99 48.01", "", "38 48"),
    (GOLDILOCKS, "0 - 2", "10", "-0.01 2.21", "2.01 2.2", "0 2"),
    (GOLDILOCKS, "-4 - -2", "10", "-4.41 -1.79", "-4.4 -1.8", "-4 -2"),
    (GOLDILOCKS, "0", "5", "-0.01 0.01", "", "0"),
]
CASES = [
    (ruled, value, outcome)
    for *ruled, in_red, in_amber, in_green in RATED
    for values, outcome in ((in_red, RED), (in_amber, AMBER), (in_green, GREEN))
    for value in values.split()
]


@pytest.mark.parametrize(("ruled", "value", "outcome"), CASES)
def test_a_figure_on_a_threshold_has_the_better_outcome(
    indicator: Indicator, ruled: tuple[Polarity, str, str], value: str, outcome: Outcome
) -> None:
    polarity, target_text, tolerance = ruled
    target, figure = _parse_target(target_text), Decimal(value)
    rated = replace(indicator, polarity=polarity, rule=_build_rule(tolerance))
    assert propose_outcome(rated, figure, target, NOT_AVAILABLE) is outcome
    assert next(band for band in build_bands(rated, target) if band.contains(figure)).outcome is outcome


def _build_rule(tolerance: str) -> RatingRule:
    """Return the rule for a tolerance in per cent of the target; for 0, the target is met or missed."""
    met, near = Distance(Decimal(0), is_share=False), Distance(-Decimal(tolerance), is_share=True)
    between = [RatingStep(AMBER, near, near)] if Decimal(tolerance) else []
    return RatingRule((RatingStep(GREEN, met, met), *between, RatingStep(RED)))


def _assess(indicator: Indicator, readings: Series) -> IndicatorStatus:
    """Return the status of an indicator in May 2018."""
    return assess_indicator(indicator, readings, MAY, Month(2017, 4))


def _build_reading(value: str | None, missing: Missing | None = None, outcome: Outcome | None = None) -> Reading:
    number = None if value is None else Decimal(value)
    return Reading(number, missing, proxy=False, outcome=outcome, reason="", comment="", place=Place("x.csv"))


RATED_AS_PRINTED = {
    "94.95": ("95.0", GREEN),
    "94.949": ("94.9", AMBER),
    "90.25": ("90.3", AMBER),
    "90.24": ("90.2", RED),
}


@pytest.mark.parametrize("value", RATED_AS_PRINTED)
def test_a_figure_is_rated_as_printed(indicator: Indicator, value: str) -> None:
    status = _assess(indicator, {MAY: _build_reading(value)})
    assert (str(status.value), status.outcome) == RATED_AS_PRINTED[value]


def test_an_indicator_without_a_figure_or_a_target_is_not_rated(indicator: Indicator) -> None:
    assert propose_outcome(indicator, None, Decimal(95), NOT_AVAILABLE) == NO_VALUE
    assert propose_outcome(indicator, Decimal(95), None, NOT_AVAILABLE) == DATA_ONLY
    assert _assess(indicator, {}).outcome == NO_VALUE
    assert _assess(replace(indicator, targets={}), {MAY: _build_reading("83")}).outcome == DATA_ONLY


def test_an_officers_outcome_overrules_the_rule_only_if_it_differs(indicator: Indicator) -> None:
    overruled = _assess(indicator, {MAY: _build_reading("83", outcome=GREEN)})
    assert (overruled.proposed_outcome, overruled.outcome, overruled.is_overruled) == (RED, GREEN, True)
    agreed = _assess(indicator, {MAY: _build_reading("83", outcome=RED)})
    assert (agreed.outcome, agreed.is_overruled) == (RED, False)


CHANGES = [
    (MAXIMISE, ("84", "83"), None, DirectionOfTravel.BETTER),
    (MAXIMISE, ("83", "84"), None, DirectionOfTravel.WORSE),
    (MAXIMISE, ("83.0", "83"), None, DirectionOfTravel.SAME),
    (MINIMISE, ("1.19", "1.11"), None, DirectionOfTravel.WORSE),
    (MINIMISE, ("1.11", "1.19"), None, DirectionOfTravel.BETTER),
    (MINIMISE, ("1.11", "1.11"), None, DirectionOfTravel.SAME),
    (GOLDILOCKS, ("29.44", "51.9"), "38 - 48", DirectionOfTravel.WORSE),
    (GOLDILOCKS, ("74.36", "76.7"), "57 - 67", DirectionOfTravel.BETTER),
    (GOLDILOCKS, ("40", "47"), "38 - 48", DirectionOfTravel.SAME),
    (GOLDILOCKS, ("36", "50"), "38 - 48", DirectionOfTravel.SAME),
    (GOLDILOCKS, ("48", "49"), "38 - 48", DirectionOfTravel.BETTER),
    (GOLDILOCKS, ("30", "40"), "34.8", DirectionOfTravel.BETTER),
    (GOLDILOCKS, ("30", "40"), None, DirectionOfTravel.NOT_AVAILABLE),
    (MAXIMISE, ("84", None), None, DirectionOfTravel.NOT_AVAILABLE),
    (MAXIMISE, (None, "84"), None, DirectionOfTravel.NOT_AVAILABLE),
    (MAXIMISE, (None, None), None, DirectionOfTravel.NOT_AVAILABLE),
]


@pytest.mark.parametrize(("polarity", "figures", "target", "expected"), CHANGES)
def test_the_direction_of_travel_compares_with_last_year(
    indicator: Indicator,
    polarity: Polarity,
    figures: tuple[str | None, ...],
    target: str | None,
    expected: DirectionOfTravel,
) -> None:
    indicator = replace(indicator, polarity=polarity)
    values = [None if figure is None else Decimal(figure) for figure in figures]
    assert compute_direction(indicator, *values, None if target is None else _parse_target(target)) is expected


def test_the_direction_of_travel_compares_figures_as_printed(indicator: Indicator) -> None:
    readings = {MAY: _build_reading("83.04"), Month(2017, 5): _build_reading("82.95")}
    assert _assess(indicator, readings).direction is DirectionOfTravel.SAME


def test_there_is_no_direction_of_travel_across_a_break(council_scorecard: Scorecard) -> None:
    carers = next(status for status in council_scorecard.statuses if status.indicator.code == "LM 1.10")
    assert (carers.value_year_before, carers.direction) == (None, DirectionOfTravel.NOT_AVAILABLE)
    unbroken = replace(carers.indicator, series_break=None)
    assert _assess(unbroken, council_scorecard.get_series(unbroken)).direction is DirectionOfTravel.BETTER


@pytest.mark.parametrize(("value", "expected"), [("30", "-8"), ("38", "0"), ("43", "0"), ("48", "0"), ("50.5", "2.5")])
def test_the_distance_to_a_range_is_measured_from_its_nearer_end(value: str, expected: str) -> None:
    assert compute_distance(Decimal(value), Range(Decimal(38), Decimal(48))) == Decimal(expected)


def test_the_latest_period_is_the_newest_with_a_figure(indicator: Indicator, council_scorecard: Scorecard) -> None:
    april, march = Month(2018, 4), Month(2018, 3)
    tbc = _build_reading(None, Missing.NOT_AVAILABLE)
    assert _assess(indicator, {march: _build_reading("1"), april: _build_reading("2")}).latest_period == april
    assert _assess(indicator, {april: _build_reading("2"), MAY: tbc}).latest_period == april
    assert _assess(indicator, {march: tbc, april: tbc, MAY: _build_reading(None)}).latest_period == april
    assert _assess(indicator, {MAY.add_months(1): _build_reading("2")}).latest_period == MAY
    late = {status.indicator.code for status in council_scorecard.statuses if status.latest_period != MAY}
    assert late == {"LM 1.9"}


def test_the_target_is_that_of_the_latest_period(indicator: Indicator) -> None:
    year = Year(Month(2018, 4))
    targets = {year: YearTargets(Decimal(95), 0), year.year_before: YearTargets(Decimal(90), 0)}
    status = _assess(replace(indicator, targets=targets), {Month(2018, 3): _build_reading("91")})
    assert (status.target, status.outcome) == (Decimal(90), GREEN)
    assert (status.year_targets, status.reporting_year_targets) == (targets[year.year_before], targets[year])


def test_the_councils_indicators_have_the_outcomes_of_their_rules_or_officers(council_scorecard: Scorecard) -> None:
    statuses = council_scorecard.statuses
    by_outcome = {
        outcome: [status.indicator.code for status in statuses if status.outcome == outcome]
        for outcome in (RED, AMBER, GREEN, DATA_ONLY)
    }
    assert by_outcome == {
        RED: ["LM 1.1", "LM 1.2", "LM 2.1", "LM 2.2"],
        AMBER: ["LM 1.9", "LM 1.10", "LM 3.2"],
        GREEN: ["LM 1.11", "LM 2.3", "LM 3.1", "LM 4.1"],
        DATA_ONLY: ["LM 3.3"],
    }
    overruled = {status.indicator.code: status.proposed_outcome for status in statuses if status.is_overruled}
    assert overruled == {"LM 2.1": NO_VALUE, "LM 2.3": AMBER}
