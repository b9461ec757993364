"""Properties of every way of rating, for every polarity and target that `indicators.yaml` can have.

Ratings are drawn as settings of the file; figures are drawn around the thresholds of the rating.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import floor

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mpr.load.config import rating_rules
from mpr.load.config.definitions import build_definitions
from mpr.load.config.vocabulary import OutcomeSettings, RatingSettings
from mpr.load.config.yaml_nodes import parse_yaml
from mpr.measure import rating
from mpr.measure.indicator import Indicator, Polarity, Reading
from mpr.measure.outcome import Outcome
from mpr.measure.period import Month, Year
from mpr.measure.rating import DirectionOfTravel
from mpr.measure.status import IndicatorStatus, assess_indicator
from mpr.measure.target import Range, Target, YearTargets, get_bounds
from mpr.problem import Place, Problem

MAY = Month(2018, 5)
YEARS = (Year(Month(2018, 4)), Year(Month(2017, 4)))
WORDS = {"Best": "star", "Good": "tick", "Fair": "square", "Poor": "warning", "Bad": "cross"}
FORMS = ("tolerance", "sides", "two states", "bands", "lines")
SETTINGS = """
report: {title: T, organisation: O, publisher: P, contacts: [], year_starts: April}
sections: {all: {title: All, description: All, columns: [code, value, target, rating]}}
rating: {tolerance: 5%}
indicators:
  - {code: T, name: T, alias: T, measure: snapshot, polarity: maximise, decimals: 2, unit: percent, unbounded: yes}
"""
repeatable = settings(deadline=None, derandomize=True, max_examples=200)
every_form = pytest.mark.parametrize("form", FORMS)


@cache
def _build_outcomes() -> tuple[Outcome, ...]:
    worst_first = reversed(WORDS.items())
    outcome_settings = [
        OutcomeSettings(name=word, sentence=word, colour="#333333", shape=shape) for word, shape in worst_first
    ]
    return rating_rules.build_outcomes(outcome_settings)


@cache
def _build_indicator() -> Indicator:
    problems: list[Problem] = []
    document = parse_yaml(SETTINGS, "indicators.yaml", problems)
    assert document
    indicators = build_definitions(document, problems).indicators
    assert (problems, len(indicators)) == ([], 1)
    return indicators[0]


@dataclass(frozen=True)
class Case:
    """An indicator with its rule, its target, and the figure of a year before."""

    indicator: Indicator
    target: Target
    before: Decimal | None

    def assess(self, value: Decimal) -> IndicatorStatus:
        """Return the status of the indicator with a figure."""
        readings = {MAY: _build_reading(value)}
        if self.before is not None:
            readings[MAY.year_before] = _build_reading(self.before)
        return assess_indicator(self.indicator, readings, MAY, MAY.add_months(-24))

    def rank(self, value: Decimal) -> int:
        """Return the position of a figure's outcome in the rule, 0 for the best."""
        return self.indicator.rule.outcomes.index(self.assess(value).outcome)

    def is_no_worse(self, one: Decimal, other: Decimal) -> bool:
        """Whether a figure is no worse than another: for goldilocks, nearer to the target on the same side."""
        if self.indicator.polarity is Polarity.MAXIMISE:
            return one >= other
        if self.indicator.polarity is Polarity.MINIMISE:
            return one <= other
        low, high = get_bounds(self.target)
        return low <= one <= high or other <= one <= low or high <= one <= other

    @property
    def thresholds(self) -> list[Decimal]:
        """The figures at which the rating may change."""
        limits = [limit for band in rating.build_bands(self.indicator, self.target) for limit in (band.low, band.high)]
        return [*get_bounds(self.target), *(limit for limit in (*limits, self.before) if limit is not None)]


def _build_reading(value: Decimal) -> Reading:
    return Reading(value, None, proxy=False, outcome=None, reason="", comment="", place=Place("data/2018-05.csv"))


def _draw_numbers(low: int, high: int, decimals: int = 2) -> st.SearchStrategy[Decimal]:
    """Draw numbers with this number of decimals."""
    scale = 10**decimals
    return st.integers(low * scale, high * scale).map(lambda number: Decimal(number).scaleb(-decimals))


def _draw_falling(count: int, low: int, high: int) -> st.SearchStrategy[list[Decimal]]:
    """Draw different numbers, each less than the one before."""
    numbers_in_any_order = st.lists(_draw_numbers(low, high), min_size=count, max_size=count, unique=True)
    return numbers_in_any_order.map(lambda numbers: sorted(numbers, reverse=True))


def _draw_settings(draw: st.DrawFn, form: str, polarity: Polarity) -> dict[str, object]:
    """Draw the settings of a rating."""
    kinds = st.sampled_from(["%", " points", ""])
    distances = [f"{draw(_draw_numbers(0, 60))}{draw(kinds)}" for _ in "ab"]
    if form == "tolerance":
        return {"tolerance": distances[0], "met": "Good", "near": "Fair", "missed": "Bad"}
    if form == "sides":
        return {
            "tolerance": {"below": distances[0], "above": distances[1]},
            "met": "Best",
            "near": "Fair",
            "missed": "Poor",
        }
    if form == "two states":
        return {"met": "Good", "missed": "Bad"}
    count = draw(st.sampled_from([1, 2, 3, 4, 4]))
    goldilocks = polarity is Polarity.GOLDILOCKS
    if form == "bands":
        below, above = (draw(_draw_falling(count, -60, 0 if goldilocks else 40)) for _ in "ab")
        reach: list[object] = [
            {"below": f"{one}{kind}", "above": f"{other}{kind}"}
            for one, other, kind in zip(
                below, above, draw(st.lists(kinds, min_size=count, max_size=count)), strict=True
            )
        ]
    elif goldilocks:
        high = draw(_draw_falling(2 * count, -200, 200))
        reach = [f"{high[count + step]} - {high[count - 1 - step]}" for step in range(count)]
    else:
        high = draw(_draw_falling(count, -200, 200))
        reach = [str(line) for line in (high if polarity is Polarity.MAXIMISE else high[::-1])]
    return {form: dict(zip(WORDS, [*reach, "beyond"], strict=False))}


@st.composite
def cases(draw: st.DrawFn, form: str) -> Case:
    """Draw an indicator of any polarity, target and unit; sometimes its rule lifts the outcome of a better figure."""
    polarity = draw(st.sampled_from(Polarity))
    rating_settings = _draw_settings(draw, form, polarity)
    rating_settings |= draw(st.sampled_from([{}, {"percentages": "points"}]))
    rating_settings |= draw(st.one_of(st.just({}), _draw_numbers(0, 20).map(lambda number: {"steady": f"{number}%"})))
    ratings = RatingSettings.model_validate(rating_settings)
    faults: list[str] = []
    percent = draw(st.booleans())
    rule = rating_rules.build_rule([ratings], _build_outcomes(), polarity, faults.append, percent=percent)
    assert not faults
    rule = replace(rule, lift_to=draw(st.sampled_from([None, *rule.outcomes, *rule.outcomes])))
    low, high = sorted((draw(st.just(Decimal(0)) | _draw_numbers(-200, 200)), draw(_draw_numbers(-200, 200))))
    target: Target = draw(st.sampled_from([low, high]))
    if polarity is Polarity.GOLDILOCKS:
        target = rule.steps[0].threshold or draw(st.sampled_from([target, Range(low, high)]))
    years = {year: YearTargets(target, 2) for year in YEARS}
    unit = "percent" if percent else "days"
    indicator = replace(_build_indicator(), polarity=polarity, unit=unit, rule=rule, targets=years)
    before = draw(_draw_numbers(-300, 300)) if draw(st.integers(0, 3)) else None
    return Case(indicator, target, before)


@st.composite
def figures(draw: st.DrawFn, case: Case, decimals: int = 2) -> Decimal:
    """Draw a figure, usually one near a threshold of the rating."""
    thresholds = st.sampled_from(case.thresholds)
    near = st.builds(lambda threshold, step: threshold + step, thresholds, _draw_numbers(-1, 1, decimals))
    figure = draw(thresholds | near | _draw_numbers(-300, 300, decimals))
    return figure.quantize(Decimal(1).scaleb(-decimals))


@every_form
@repeatable
@given(data=st.data())
def test_a_better_figure_is_never_rated_worse(form: str, data: st.DataObject) -> None:
    case = data.draw(cases(form))
    one, other = data.draw(figures(case)), data.draw(figures(case))
    one, other = (one, other) if case.is_no_worse(one, other) else (other, one)
    assume(case.is_no_worse(one, other))
    assert case.rank(one) <= case.rank(other)


@every_form
@repeatable
@given(data=st.data())
def test_rounding_never_contradicts_the_rating(form: str, data: st.DataObject) -> None:
    """The outcome depends only on the printed figure, which is rounded half up, away from 0."""
    case, decimals = data.draw(cases(form)), data.draw(st.integers(0, 3))
    case = replace(case, indicator=replace(case.indicator, decimals=decimals))
    value = data.draw(figures(case, 5))
    status = case.assess(value)
    half_up = floor(abs(Fraction(value)) * 10**decimals + Fraction(1, 2))
    assert status.value is not None
    assert abs(Fraction(status.value)) == Fraction(half_up, 10**decimals)
    printed = case.assess(status.value)
    assert (printed.value, printed.outcome, printed.direction) == (status.value, status.outcome, status.direction)
    if case.before is not None:
        before = case.assess(value).value_year_before
        assert replace(case, before=before).assess(value).outcome is status.outcome


@every_form
@repeatable
@given(data=st.data())
def test_a_figure_on_a_threshold_has_the_better_outcome(form: str, data: st.DataObject) -> None:
    case = data.draw(cases(form))
    bands = rating.build_bands(case.indicator, case.target)
    outcomes = [band.outcome for band in bands]
    step = Decimal("1e-9")
    for position, band in enumerate(bands):
        for limit, beyond in ((band.low, -step), (band.high, step)):
            if limit is not None:
                on, off = (_propose_outcome(case, value) for value in (limit, limit + beyond))
                assert outcomes.index(on) <= position < outcomes.index(off)


def _propose_outcome(case: Case, value: Decimal) -> Outcome:
    return rating.propose_outcome(case.indicator, value, case.target, DirectionOfTravel.NOT_AVAILABLE)


@every_form
@repeatable
@given(data=st.data())
def test_each_band_contains_the_one_before(form: str, data: st.DataObject) -> None:
    case = data.draw(cases(form))
    bands = rating.build_bands(case.indicator, case.target)
    open_low = case.indicator.polarity is Polarity.MINIMISE
    open_high = case.indicator.polarity is Polarity.MAXIMISE
    assert (bands[-1].low, bands[-1].high) == (None, None)
    for inner, outer in pairwise(bands):
        assert outer.low is None or (inner.low is not None and outer.low <= inner.low)
        assert outer.high is None or (inner.high is not None and outer.high >= inner.high)
        assert ((inner.low is None) is open_low, (inner.high is None) is open_high) == (True, True)


@repeatable
@given(data=st.data())
def test_a_tolerance_is_computed_exactly(data: st.DataObject) -> None:
    """The rule is written a second time here, in fractions and without bands."""
    case = data.draw(cases("sides"))
    case = replace(case, indicator=replace(case.indicator, rule=replace(case.indicator.rule, lift_to=None)))
    value = data.draw(figures(case, 4))
    low, high = (Fraction(bound) for bound in get_bounds(case.target))
    steps = case.indicator.rule.steps
    near = steps[1] if len(steps) > 2 else None
    fall = Fraction(0) if case.indicator.polarity is Polarity.MINIMISE else max(Fraction(0), low - Fraction(value))
    rise = Fraction(0) if case.indicator.polarity is Polarity.MAXIMISE else max(Fraction(0), Fraction(value) - high)
    allowed = []
    for bound, distance in ((low, near and near.below), (high, near and near.above)):
        amount = Fraction(abs(distance.amount)) if distance else Fraction(0)
        allowed.append(amount * abs(bound) / 100 if distance and distance.is_share else amount)
    expected = "Best" if fall == rise == 0 else "Fair" if fall <= allowed[0] and rise <= allowed[1] else "Poor"
    assert _propose_outcome(case, value).word == expected


def test_the_drawn_cases_reach_every_outcome_and_every_polarity() -> None:
    """Each way of rating gives each of its outcomes to some figure, and lifts the outcome of some."""
    words_by_form: dict[str, set[str]] = {form: set() for form in FORMS}
    lifted: set[str] = set()
    polarities: set[Polarity | None] = set()

    def build_check(form: str) -> Callable[[], None]:
        @settings(repeatable, max_examples=500)
        @given(data=st.data())
        def check(data: st.DataObject) -> None:
            case = data.draw(cases(form))
            status = case.assess(data.draw(figures(case)))
            words_by_form[form].add(status.outcome.word)
            polarities.add(case.indicator.polarity)
            if status.is_lifted:
                lifted.add(form)

        return check

    for form in FORMS:
        build_check(form)()
    assert {form: len(words) for form, words in words_by_form.items()} == {
        "tolerance": 3, "sides": 3, "two states": 2, "bands": 5, "lines": 5,
    }  # fmt: skip
    assert lifted == set(FORMS)
    assert polarities == set(Polarity)
