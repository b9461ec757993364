"""Ratings at both sides of every threshold, and change on last year."""

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
UNKNOWN = DirectionOfTravel.NOT_AVAILABLE


def _target(text: str) -> Target:
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
def test_a_value_on_a_threshold_belongs_to_the_better_side(
    indicator: Indicator, ruled: tuple[Polarity, str, str], value: str, outcome: Outcome
) -> None:
    polarity, target, tolerance = ruled
    rated = replace(indicator, polarity=polarity, rule=_rule(tolerance))
    assert propose_outcome(rated, Decimal(value), _target(target), UNKNOWN) is outcome
    assert (
        next(band for band in build_bands(rated, _target(target)) if band.contains(Decimal(value))).outcome is outcome
    )


@pytest.fixture
def indicator(scorecard: Scorecard) -> Indicator:
    """Return CP 1.4: a percentage to maximise, one decimal, 95% in 2018-19, tolerance 5%."""
    return next(each for each in scorecard.indicators if each.code == "CP 1.4")


def _rule(tolerance: str) -> RatingRule:
    """Return the rule of a tolerance in per cent of the target; with none, a target is met or missed."""
    met, near = Distance(Decimal(0), is_share=False), Distance(-Decimal(tolerance), is_share=True)
    between = [RatingStep(AMBER, near, near)] if Decimal(tolerance) else []
    return RatingRule((RatingStep(GREEN, met, met), *between, RatingStep(RED)))


def _standing(indicator: Indicator, readings: Series) -> IndicatorStatus:
    """Return where an indicator stands in May 2018."""
    return assess_indicator(indicator, readings, MAY, Month(2017, 4))


def _reading(value: str | None, missing: Missing | None = None, outcome: Outcome | None = None) -> Reading:
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
    found = _standing(indicator, {MAY: _reading(value)})
    assert (str(found.value), found.outcome) == RATED_AS_PRINTED[value]


def test_without_a_figure_or_a_target_nothing_is_rated(indicator: Indicator) -> None:
    assert propose_outcome(indicator, None, Decimal(95), UNKNOWN) == NO_VALUE
    assert propose_outcome(indicator, Decimal(95), None, UNKNOWN) == DATA_ONLY
    assert _standing(indicator, {}).outcome == NO_VALUE
    assert _standing(replace(indicator, targets={}), {MAY: _reading("83")}).outcome == DATA_ONLY


def test_an_officer_overrules_the_rule(indicator: Indicator) -> None:
    found = _standing(indicator, {MAY: _reading("83", outcome=GREEN)})
    assert (found.proposed_outcome, found.outcome, found.is_overruled) == (RED, GREEN, True)
    agreed = _standing(indicator, {MAY: _reading("83", outcome=RED)})
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
def test_change_on_last_year(
    indicator: Indicator,
    polarity: Polarity,
    figures: tuple[str | None, ...],
    target: str | None,
    expected: DirectionOfTravel,
) -> None:
    turned = replace(indicator, polarity=polarity)
    numbers = [None if each is None else Decimal(each) for each in figures]
    assert compute_direction(turned, *numbers, None if target is None else _target(target)) is expected


def test_change_compares_figures_as_printed(indicator: Indicator) -> None:
    readings = {MAY: _reading("83.04"), Month(2017, 5): _reading("82.95")}
    assert _standing(indicator, readings).direction is DirectionOfTravel.SAME


def test_change_is_not_told_across_a_break(scorecard: Scorecard) -> None:
    early_help = next(each for each in scorecard.statuses if each.indicator.code == "CP 3.0")
    assert (early_help.value_year_before, early_help.direction) == (None, DirectionOfTravel.NOT_AVAILABLE)
    whole = replace(early_help.indicator, series_break=None)
    assert _standing(whole, scorecard.get_series(whole)).direction is DirectionOfTravel.BETTER


@pytest.mark.parametrize(("value", "expected"), [("30", "-8"), ("38", "0"), ("43", "0"), ("48", "0"), ("50.5", "2.5")])
def test_distance_to_a_range(value: str, expected: str) -> None:
    assert compute_distance(Decimal(value), Range(Decimal(38), Decimal(48))) == Decimal(expected)


def test_the_latest_month(indicator: Indicator, scorecard: Scorecard) -> None:
    april, march = Month(2018, 4), Month(2018, 3)
    tbc = _reading(None, Missing.NOT_AVAILABLE)
    assert _standing(indicator, {march: _reading("1"), april: _reading("2")}).latest_period == april
    assert _standing(indicator, {april: _reading("2"), MAY: tbc}).latest_period == april
    assert _standing(indicator, {march: tbc, april: tbc, MAY: _reading(None)}).latest_period == april
    assert _standing(indicator, {MAY.add_months(1): _reading("2")}).latest_period == MAY
    lagging = {each.indicator.code for each in scorecard.statuses if each.latest_period != MAY}
    assert lagging == {"CP 3.1", "CP 3.2", "CP 3.4", "CP 3.5", "CP 4.8"}


def test_the_target_is_that_of_the_latest_month(indicator: Indicator) -> None:
    year = Year(Month(2018, 4))
    both = {year: YearTargets(Decimal(95), 0), year.year_before: YearTargets(Decimal(90), 0)}
    found = _standing(replace(indicator, targets=both), {Month(2018, 3): _reading("91")})
    assert (found.target, found.outcome, found.year_targets, found.reporting_year_targets) == (
        Decimal(90), GREEN, both[year.year_before], both[year],
    )  # fmt: skip


def test_the_real_outcomes(scorecard: Scorecard) -> None:
    by_outcome = {
        outcome: [each.indicator.code.removeprefix("CP ") for each in scorecard.statuses if each.outcome is outcome]
        for outcome in scorecard.outcomes
    }
    assert by_outcome[RED] == ["1.1", "1.2", "1.4", "1.5", "2.3", "2.4", "3.0", "3.9", "3.10", "5.4"]
    assert by_outcome[AMBER] == ["3.2", "3.4"]
    assert len(by_outcome[GREEN]) == 19
    overruled = {each.indicator.code: each.proposed_outcome for each in scorecard.statuses if each.is_overruled}
    assert overruled == {"CP 2.3": NO_VALUE, "CP 3.6": RED, "CP 5.1": RED}
