"""Ratings at both sides of every threshold, and change on last year."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Indicator, Missing, Polarity, Reading
from mpr.measure.outcome import AMBER, DATA_ONLY, GREEN, NO_VALUE, RED, Outcome
from mpr.measure.period import Month, Year
from mpr.measure.rating import Change, bands, change, distance, propose
from mpr.measure.rule import Distance, Rule, Step
from mpr.measure.series import Series
from mpr.measure.standing import Standing, standing
from mpr.measure.target import Range, Target, YearTarget
from mpr.problem import Place

MAXIMISE, MINIMISE, GOLDILOCKS = Polarity
MAY = Month(2018, 5)
UNKNOWN = Change.NOT_AVAILABLE


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
    assert propose(rated, Decimal(value), _target(target), UNKNOWN) is outcome
    assert next(band for band in bands(rated, _target(target)) if band.holds(Decimal(value))).outcome is outcome


@pytest.fixture
def indicator(scorecard: Scorecard) -> Indicator:
    """Return CP 1.4: a percentage to maximise, one decimal, 95% in 2018-19, tolerance 5%."""
    return next(each for each in scorecard.indicators if each.code == "CP 1.4")


def _rule(tolerance: str) -> Rule:
    """Return the rule of a tolerance in per cent of the target; with none, a target is met or missed."""
    met, near = Distance(Decimal(0), share=False), Distance(-Decimal(tolerance), share=True)
    between = [Step(AMBER, near, near)] if Decimal(tolerance) else []
    return Rule((Step(GREEN, met, met), *between, Step(RED)))


def _standing(indicator: Indicator, readings: Series) -> Standing:
    """Return where an indicator stands in May 2018."""
    return standing(indicator, readings, MAY, Month(2017, 4))


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
    assert propose(indicator, None, Decimal(95), UNKNOWN) == NO_VALUE
    assert propose(indicator, Decimal(95), None, UNKNOWN) == DATA_ONLY
    assert _standing(indicator, {}).outcome == NO_VALUE
    assert _standing(replace(indicator, targets={}), {MAY: _reading("83")}).outcome == DATA_ONLY


def test_an_officer_overrules_the_rule(indicator: Indicator) -> None:
    found = _standing(indicator, {MAY: _reading("83", outcome=GREEN)})
    assert (found.proposal, found.outcome, found.overruled) == (RED, GREEN, True)
    agreed = _standing(indicator, {MAY: _reading("83", outcome=RED)})
    assert (agreed.outcome, agreed.overruled) == (RED, False)


CHANGES = [
    (MAXIMISE, ("84", "83"), None, Change.BETTER),
    (MAXIMISE, ("83", "84"), None, Change.WORSE),
    (MAXIMISE, ("83.0", "83"), None, Change.SAME),
    (MINIMISE, ("1.19", "1.11"), None, Change.WORSE),
    (MINIMISE, ("1.11", "1.19"), None, Change.BETTER),
    (MINIMISE, ("1.11", "1.11"), None, Change.SAME),
    (GOLDILOCKS, ("29.44", "51.9"), "38 - 48", Change.WORSE),
    (GOLDILOCKS, ("74.36", "76.7"), "57 - 67", Change.BETTER),
    (GOLDILOCKS, ("40", "47"), "38 - 48", Change.SAME),
    (GOLDILOCKS, ("36", "50"), "38 - 48", Change.SAME),
    (GOLDILOCKS, ("48", "49"), "38 - 48", Change.BETTER),
    (GOLDILOCKS, ("30", "40"), "34.8", Change.BETTER),
    (GOLDILOCKS, ("30", "40"), None, Change.NOT_AVAILABLE),
    (MAXIMISE, ("84", None), None, Change.NOT_AVAILABLE),
    (MAXIMISE, (None, "84"), None, Change.NOT_AVAILABLE),
    (MAXIMISE, (None, None), None, Change.NOT_AVAILABLE),
]


@pytest.mark.parametrize(("polarity", "figures", "target", "expected"), CHANGES)
def test_change_on_last_year(
    indicator: Indicator, polarity: Polarity, figures: tuple[str | None, ...], target: str | None, expected: Change
) -> None:
    turned = replace(indicator, polarity=polarity)
    numbers = [None if each is None else Decimal(each) for each in figures]
    assert change(turned, *numbers, None if target is None else _target(target)) is expected


def test_change_compares_figures_as_printed(indicator: Indicator) -> None:
    readings = {MAY: _reading("83.04"), Month(2017, 5): _reading("82.95")}
    assert _standing(indicator, readings).change is Change.SAME


def test_change_is_not_told_across_a_break(scorecard: Scorecard) -> None:
    early_help = next(each for each in scorecard.standings if each.indicator.code == "CP 3.0")
    assert (early_help.before, early_help.change) == (None, Change.NOT_AVAILABLE)
    whole = replace(early_help.indicator, rebased=None)
    assert _standing(whole, scorecard.series(whole)).change is Change.BETTER


@pytest.mark.parametrize(("value", "expected"), [("30", "-8"), ("38", "0"), ("43", "0"), ("48", "0"), ("50.5", "2.5")])
def test_distance_to_a_range(value: str, expected: str) -> None:
    assert distance(Decimal(value), Range(Decimal(38), Decimal(48))) == Decimal(expected)


def test_the_latest_month(indicator: Indicator, scorecard: Scorecard) -> None:
    april, march = Month(2018, 4), Month(2018, 3)
    tbc = _reading(None, Missing.NOT_AVAILABLE)
    assert _standing(indicator, {march: _reading("1"), april: _reading("2")}).latest == april
    assert _standing(indicator, {april: _reading("2"), MAY: tbc}).latest == april
    assert _standing(indicator, {march: tbc, april: tbc, MAY: _reading(None)}).latest == april
    assert _standing(indicator, {MAY.plus(1): _reading("2")}).latest == MAY
    lagging = {each.indicator.code for each in scorecard.standings if each.latest != MAY}
    assert lagging == {"CP 3.1", "CP 3.2", "CP 3.4", "CP 3.5", "CP 4.8"}


def test_the_target_is_that_of_the_latest_month(indicator: Indicator) -> None:
    year = Year(Month(2018, 4))
    both = {year: YearTarget(Decimal(95), 0), year.year_before: YearTarget(Decimal(90), 0)}
    found = _standing(replace(indicator, targets=both), {Month(2018, 3): _reading("91")})
    assert (found.target, found.outcome, found.targets, found.annual) == (
        Decimal(90), GREEN, both[year.year_before], both[year],
    )  # fmt: skip


def test_the_real_outcomes(scorecard: Scorecard) -> None:
    by_outcome = {
        outcome: [each.indicator.code.removeprefix("CP ") for each in scorecard.standings if each.outcome is outcome]
        for outcome in scorecard.outcomes
    }
    assert by_outcome[RED] == ["1.1", "1.2", "1.4", "1.5", "2.3", "2.4", "3.0", "3.9", "3.10", "5.4"]
    assert by_outcome[AMBER] == ["3.2", "3.4"]
    assert len(by_outcome[GREEN]) == 19
    overruled = {each.indicator.code: each.proposal for each in scorecard.standings if each.overruled}
    assert overruled == {"CP 2.3": NO_VALUE, "CP 3.6": RED, "CP 5.1": RED}
