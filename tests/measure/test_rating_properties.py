"""What holds of every way of rating, every polarity and any target, whatever a council says in `indicators.yaml`.

Ratings are drawn as the file may have them; figures are drawn around the places where the rating turns.
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

from mpr.load.config import rating_rules as loaded
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
alike = settings(deadline=None, derandomize=True, max_examples=200)
every_form = pytest.mark.parametrize("form", FORMS)


@cache
def _vocabulary() -> tuple[Outcome, ...]:
    worst_first = reversed(WORDS.items())
    own = [OutcomeSettings(name=word, sentence=word, colour="#333333", shape=shape) for word, shape in worst_first]
    return loaded.build_outcomes(own)


@cache
def _indicator() -> Indicator:
    problems: list[Problem] = []
    document = parse_yaml(SETTINGS, "indicators.yaml", problems)
    assert document
    found = build_definitions(document, problems).indicators
    assert (problems, len(found)) == ([], 1)
    return found[0]


@dataclass(frozen=True)
class Case:
    """An indicator with its rule, its target, and the figure of a year before."""

    indicator: Indicator
    target: Target
    before: Decimal | None

    def standing(self, value: Decimal) -> IndicatorStatus:
        """Return where the indicator stands with a figure."""
        readings = {MAY: _reading(value)}
        if self.before is not None:
            readings[MAY.year_before] = _reading(self.before)
        return assess_indicator(self.indicator, readings, MAY, MAY.add_months(-24))

    def rank(self, value: Decimal) -> int:
        """Return the place of a figure's outcome in the rule, 0 for the best."""
        return self.indicator.rule.outcomes.index(self.standing(value).outcome)

    def better(self, one: Decimal, other: Decimal) -> bool:
        """Whether a figure is no worse than another: for goldilocks, nearer to the target on the same side."""
        if self.indicator.polarity is Polarity.MAXIMISE:
            return one >= other
        if self.indicator.polarity is Polarity.MINIMISE:
            return one <= other
        low, high = get_bounds(self.target)
        return low <= one <= high or other <= one <= low or high <= one <= other

    @property
    def turns(self) -> list[Decimal]:
        """The figures at which the rating may turn."""
        found = [at for band in rating.build_bands(self.indicator, self.target) for at in (band.low, band.high)]
        return [*get_bounds(self.target), *(at for at in (*found, self.before) if at is not None)]


def _reading(value: Decimal) -> Reading:
    return Reading(value, None, proxy=False, outcome=None, reason="", comment="", place=Place("data/2018-05.csv"))


def _numbers(low: int, high: int, places: int = 2) -> st.SearchStrategy[Decimal]:
    """Draw numbers with so many decimals."""
    scale = 10**places
    return st.integers(low * scale, high * scale).map(lambda number: Decimal(number).scaleb(-places))


def _falling(count: int, low: int, high: int) -> st.SearchStrategy[list[Decimal]]:
    """Draw different numbers, each less than the one before."""
    found = st.lists(_numbers(low, high), min_size=count, max_size=count, unique=True)
    return found.map(lambda numbers: sorted(numbers, reverse=True))


def _said(draw: st.DrawFn, form: str, polarity: Polarity) -> dict[str, object]:
    """Draw a rating as the file may have it."""
    kinds = st.sampled_from(["%", " points", ""])
    far = [f"{draw(_numbers(0, 60))}{draw(kinds)}" for _ in "ab"]
    if form == "tolerance":
        return {"tolerance": far[0], "met": "Good", "near": "Fair", "missed": "Bad"}
    if form == "sides":
        return {"tolerance": {"below": far[0], "above": far[1]}, "met": "Best", "near": "Fair", "missed": "Poor"}
    if form == "two states":
        return {"met": "Good", "missed": "Bad"}
    count = draw(st.sampled_from([1, 2, 3, 4, 4]))
    goldilocks = polarity is Polarity.GOLDILOCKS
    if form == "bands":
        below, above = (draw(_falling(count, -60, 0 if goldilocks else 40)) for _ in "ab")
        reach: list[object] = [
            {"below": f"{one}{kind}", "above": f"{other}{kind}"}
            for one, other, kind in zip(
                below, above, draw(st.lists(kinds, min_size=count, max_size=count)), strict=True
            )
        ]
    elif goldilocks:
        high = draw(_falling(2 * count, -200, 200))
        reach = [f"{high[count + step]} - {high[count - 1 - step]}" for step in range(count)]
    else:
        high = draw(_falling(count, -200, 200))
        reach = [str(each) for each in (high if polarity is Polarity.MAXIMISE else high[::-1])]
    return {form: dict(zip(WORDS, [*reach, "beyond"], strict=False))}


@st.composite
def cases(draw: st.DrawFn, form: str) -> Case:
    """Draw an indicator of any polarity, target and unit, whose improvements lift it now and then."""
    polarity = draw(st.sampled_from(Polarity))
    said = _said(draw, form, polarity)
    said |= draw(st.sampled_from([{}, {"percentages": "points"}]))
    said |= draw(st.one_of(st.just({}), _numbers(0, 20).map(lambda number: {"steady": f"{number}%"})))
    ratings = RatingSettings.model_validate(said)
    faults: list[str] = []
    percent = draw(st.booleans())
    rule = loaded.build_rule([ratings], _vocabulary(), polarity, faults.append, percent=percent)
    assert not faults
    rule = replace(rule, lift_to=draw(st.sampled_from([None, *rule.outcomes, *rule.outcomes])))
    low, high = sorted((draw(st.just(Decimal(0)) | _numbers(-200, 200)), draw(_numbers(-200, 200))))
    target: Target = draw(st.sampled_from([low, high]))
    if polarity is Polarity.GOLDILOCKS:
        target = rule.steps[0].threshold or draw(st.sampled_from([target, Range(low, high)]))
    years = {year: YearTargets(target, 2) for year in YEARS}
    unit = "percent" if percent else "days"
    found = replace(_indicator(), polarity=polarity, unit=unit, rule=rule, targets=years)
    before = draw(_numbers(-300, 300)) if draw(st.integers(0, 3)) else None
    return Case(found, target, before)


@st.composite
def figures(draw: st.DrawFn, case: Case, places: int = 2) -> Decimal:
    """Draw a figure, as a rule one near a place where the rating turns."""
    near = st.builds(lambda at, step: at + step, st.sampled_from(case.turns), _numbers(-1, 1, places))
    found = draw(st.sampled_from(case.turns) | near | _numbers(-300, 300, places))
    return found.quantize(Decimal(1).scaleb(-places))


@every_form
@alike
@given(data=st.data())
def test_a_better_figure_is_never_rated_worse(form: str, data: st.DataObject) -> None:
    case = data.draw(cases(form))
    one, other = data.draw(figures(case)), data.draw(figures(case))
    one, other = (one, other) if case.better(one, other) else (other, one)
    assume(case.better(one, other))
    assert case.rank(one) <= case.rank(other)


@every_form
@alike
@given(data=st.data())
def test_rounding_never_contradicts(form: str, data: st.DataObject) -> None:
    """The outcome depends on the printed figure only, which is rounded half up, away from nought."""
    case, decimals = data.draw(cases(form)), data.draw(st.integers(0, 3))
    case = replace(case, indicator=replace(case.indicator, decimals=decimals))
    value = data.draw(figures(case, 5))
    found = case.standing(value)
    half_up = floor(abs(Fraction(value)) * 10**decimals + Fraction(1, 2))
    assert found.value is not None
    assert abs(Fraction(found.value)) == Fraction(half_up, 10**decimals)
    printed = case.standing(found.value)
    assert (printed.value, printed.outcome, printed.direction) == (found.value, found.outcome, found.direction)
    if case.before is not None:
        before = case.standing(value).value_year_before
        assert replace(case, before=before).standing(value).outcome is found.outcome


@every_form
@alike
@given(data=st.data())
def test_a_figure_on_a_threshold_belongs_to_the_better_side(form: str, data: st.DataObject) -> None:
    case = data.draw(cases(form))
    bands = rating.build_bands(case.indicator, case.target)
    outcomes = [band.outcome for band in bands]
    step = Decimal("1e-9")
    for place, band in enumerate(bands):
        for at, beyond in ((band.low, -step), (band.high, step)):
            if at is not None:
                on, off = (_proposed(case, each) for each in (at, at + beyond))
                assert outcomes.index(on) <= place < outcomes.index(off)


def _proposed(case: Case, value: Decimal) -> Outcome:
    return rating.propose_outcome(case.indicator, value, case.target, DirectionOfTravel.NOT_AVAILABLE)


@every_form
@alike
@given(data=st.data())
def test_bands_are_nested(form: str, data: st.DataObject) -> None:
    case = data.draw(cases(form))
    bands = rating.build_bands(case.indicator, case.target)
    open_low = case.indicator.polarity is Polarity.MINIMISE
    open_high = case.indicator.polarity is Polarity.MAXIMISE
    assert (bands[-1].low, bands[-1].high) == (None, None)
    for inner, outer in pairwise(bands):
        assert outer.low is None or (inner.low is not None and outer.low <= inner.low)
        assert outer.high is None or (inner.high is not None and outer.high >= inner.high)
        assert ((inner.low is None) is open_low, (inner.high is None) is open_high) == (True, True)


@alike
@given(data=st.data())
def test_a_tolerance_is_reckoned_exactly(data: st.DataObject) -> None:
    """Held against the rule in fractions, written down without bands."""
    case = data.draw(cases("sides"))
    case = replace(case, indicator=replace(case.indicator, rule=replace(case.indicator.rule, lift_to=None)))
    value = data.draw(figures(case, 4))
    low, high = (Fraction(each) for each in get_bounds(case.target))
    steps = case.indicator.rule.steps
    near = steps[1] if len(steps) > 2 else None
    fall = Fraction(0) if case.indicator.polarity is Polarity.MINIMISE else max(Fraction(0), low - Fraction(value))
    rise = Fraction(0) if case.indicator.polarity is Polarity.MAXIMISE else max(Fraction(0), Fraction(value) - high)
    allowed = []
    for at, far in ((low, near and near.below), (high, near and near.above)):
        amount = Fraction(abs(far.amount)) if far else Fraction(0)
        allowed.append(amount * abs(at) / 100 if far and far.is_share else amount)
    expected = "Best" if fall == rise == 0 else "Fair" if fall <= allowed[0] and rise <= allowed[1] else "Poor"
    assert _proposed(case, value).word == expected


def test_there_is_something_to_draw() -> None:
    """Each way of rating gives every one of its outcomes to some figure, and lifts some."""
    found: dict[str, set[str]] = {form: set() for form in FORMS}
    lifted: set[str] = set()
    polarities: set[Polarity | None] = set()

    def look(form: str) -> Callable[[], None]:
        @alike
        @given(data=st.data())
        def drawn(data: st.DataObject) -> None:
            case = data.draw(cases(form))
            each = case.standing(data.draw(figures(case)))
            found[form].add(each.outcome.word)
            polarities.add(case.indicator.polarity)
            if each.is_lifted:
                lifted.add(form)

        return drawn

    for form in FORMS:
        look(form)()
    assert {form: len(words) for form, words in found.items()} == {
        "tolerance": 3, "sides": 3, "two states": 2, "bands": 5, "lines": 5,
    }  # fmt: skip
    assert lifted == set(FORMS)
    assert polarities == set(Polarity)
