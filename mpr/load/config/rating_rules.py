"""Building the rating rule of an indicator from the settings under `rating`: the nearest setting wins."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from mpr.load.config.scalars import Sides
from mpr.load.config.vocabulary import OutcomeSettings, RatingSettings
from mpr.measure.colour import MIN_TEXT_CONTRAST, WHITE, compute_contrast
from mpr.measure.formatting import slugify
from mpr.measure.indicator import Polarity
from mpr.measure.outcome import UNRATED_OUTCOMES, Outcome, Role, complete_outcomes, find_outcome
from mpr.measure.rating import DirectionOfTravel
from mpr.measure.rule import Distance, RatingRule, RatingStep
from mpr.measure.target import Range, Target, get_bounds

MET, NEAR, MISSED = "Green", "Amber", "Red"
ON_TARGET = Distance(Decimal(0), is_share=False)
FaultReporter = Callable[[str], None]  # is called with each fault of a rule


def make_outcome_key(word: str) -> str:
    """Return the key of an outcome in the page: `green-plus` for `Green+`; never that of a direction of travel."""
    for sign, name in (("+", " plus"), ("-", " minus"), ("*", " star")):
        word = word.removesuffix(sign) + name if word.endswith(sign) else word
    key = slugify(word)
    return f"{key}-outcome" if key in {direction.value for direction in DirectionOfTravel} else key


def build_outcomes(settings: Sequence[OutcomeSettings]) -> tuple[Outcome, ...]:
    """Return the council's outcomes, worst first, then those for what is not rated."""
    return complete_outcomes(
        [
            Outcome(
                key=make_outcome_key(outcome.name),
                word=outcome.name,
                sentence=outcome.sentence,
                role=outcome.role,
                off_track=outcome.off_track,
                meaning=outcome.meaning,
                colour=outcome.colour,
                shape=outcome.shape,
                dark="",
            )
            for outcome in settings
        ]
    )


def check_outcomes(settings: Sequence[OutcomeSettings]) -> Iterator[tuple[int, str, str, str]]:
    """Yield each fault of the outcomes: the index of the outcome, the setting, the message and the hint."""
    for index, outcome in enumerate(settings):
        ratio = compute_contrast(outcome.colour, WHITE)
        if ratio < MIN_TEXT_CONTRAST:
            message = f"colour {outcome.colour} of '{outcome.name}' has a contrast of {ratio:.2f} on white"
            yield index, "colour", message, f"text needs at least {MIN_TEXT_CONTRAST}; choose a darker colour"
        yield from _check_uniqueness(index, outcome, settings)


def _check_uniqueness(
    index: int, outcome: OutcomeSettings, settings: Sequence[OutcomeSettings]
) -> Iterator[tuple[int, str, str, str]]:
    """Yield a name, shape or role that an outcome shares with an earlier one or with a default one still in use."""
    roles = {other.role for other in settings}
    others = [(other.name, {"shape": other.shape, "role": other.role}) for other in settings[:index]]
    others += [
        (other.word, {"shape": other.shape, "role": other.role})
        for other in UNRATED_OUTCOMES
        if other.role not in roles
    ]
    key = make_outcome_key(outcome.name)
    for other in UNRATED_OUTCOMES:
        if other.role not in roles and make_outcome_key(other.word) == key:
            hint = f"give it another name, or the role '{other.role.value}'"
            yield index, "name", f"'{outcome.name}' is already the name of an outcome", hint
    for name, value in (("shape", outcome.shape), ("role", outcome.role)):
        first = next((word for word, other_values in others if other_values[name] is value), None)
        if first and value is not Role.RATED:
            message = f"'{outcome.name}' and '{first}' have the same {name}, '{value}'"
            yield index, name, message, f"give each its own {name}"


def iter_named_outcomes(settings: RatingSettings) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every outcome that a rating names, with the path of its setting; `always` is left out."""
    yield from ((("bands", word), word) for word in settings.bands or ())
    yield from ((("lines", word), word) for word in settings.lines or ())
    for name in ("met", "near", "missed", "improving"):
        if word := getattr(settings, name):
            yield (name,), word


def iter_implied_outcomes(settings: RatingSettings) -> Iterator[str]:
    """Yield every default outcome that the council's own rating uses without naming it."""
    if settings.simple_form:
        yield from (default for given, default in ((settings.met, MET), (settings.missed, MISSED)) if not given)
        if settings.tolerance and _is_nonzero(settings.tolerance) and not settings.near:
            yield NEAR


def _is_nonzero(sides: Sides) -> bool:
    return bool(sides.below.amount or sides.above.amount)


def build_rule(
    settings: Sequence[RatingSettings],
    council_outcomes: Sequence[Outcome],
    polarity: Polarity | None,
    report_fault: FaultReporter,
    *,
    percent: bool,
) -> RatingRule:
    """Return the rule made from some settings, the nearest first; `report_fault` is called with each fault."""
    met, near, missed = (
        next((word for rating in settings if (word := getattr(rating, name))), default)
        for name, default in (("met", MET), ("near", NEAR), ("missed", MISSED))
    )
    form = next((rating for rating in settings if rating.forms), RatingSettings())
    percentages = next((rating.percentages for rating in settings if rating.percentages), "share")
    points = percent and percentages == "points"
    improving = next((rating.improving for rating in settings if rating.improving), None)
    steady = next((rating.steady for rating in settings if rating.steady), None)
    rule = RatingRule(
        steps=tuple(_build_steps(form, (met, near, missed), council_outcomes, points=points)),
        always=find_outcome(form.always, council_outcomes) if form.always else None,
        judged=bool(form.judged),
        lift_to=find_outcome(improving, council_outcomes) if improving else None,
        negligible_change=steady,
        unrated=tuple(outcome for outcome in council_outcomes if not outcome.is_rated),
    )
    if rule.lift_to and (rule.judged or rule.always):
        rule = replace(rule, lift_to=None)
    if rule.lift_to and rule.lift_to not in rule.outcomes:
        nearest = next(rating for rating in settings if rating.forms or rating.improving)
        if nearest.improving:
            report_fault(f"'improving: {rule.lift_to.word}' is not one of the rule's outcomes")
        rule = replace(rule, lift_to=None)
    if rule.steps and rule.steps[0].outcome.off_track and not rule.steps[-1].outcome.off_track:
        report_fault("the rule gives the worst outcome to the best figures; list its outcomes from best to worst")
    for fault in (
        *_check_implied_outcomes(settings, form, (met, near, missed), council_outcomes),
        *_check_steps(rule.steps, polarity),
    ):
        report_fault(fault)
    return rule


def _check_implied_outcomes(
    settings: Sequence[RatingSettings],
    form: RatingSettings,
    plain_outcomes: tuple[str, str, str],
    council_outcomes: Sequence[Outcome],
) -> Iterator[str]:
    """Yield each default outcome that a rule of an aim, group or indicator uses and the council does not list."""
    named_words = {word for rating in settings for word in (rating.met, rating.near, rating.missed)}
    met, near, missed = plain_outcomes
    if form.simple_form and form is not settings[-1]:
        for word in (met, near, missed) if form.tolerance and _is_nonzero(form.tolerance) else (met, missed):
            if word not in named_words and not find_outcome(word, council_outcomes):
                yield f"the rule uses '{word}', which is not in the list of outcomes; set met, near and missed too"


def _build_steps(
    form: RatingSettings, plain_outcomes: tuple[str, str, str], council_outcomes: Sequence[Outcome], *, points: bool
) -> Iterator[RatingStep]:
    """Yield the steps of a way of rating, best first; `plain_outcomes` are the words for met, near and missed.

    Unknown words are left out; they are reported elsewhere.
    """

    def build_step(word: str, sides: Sides | None = None, line: Target | None = None) -> Iterator[RatingStep]:
        outcome = find_outcome(word, council_outcomes)
        if outcome:
            below, above = (
                (_resolve_distance(distance, points=points) for distance in (sides.below, sides.above))
                if sides
                else (None, None)
            )
            yield RatingStep(outcome, below, above, line)

    if form.bands:
        for word, sides in form.bands.items():
            yield from build_step(word, sides)
    elif form.lines:
        for word, line in form.lines.items():
            yield from build_step(word, line=line)
    elif form.simple_form:
        yield from build_step(plain_outcomes[0], Sides(ON_TARGET, ON_TARGET))
        if form.tolerance and _is_nonzero(form.tolerance):
            distances = (
                replace(distance, amount=-distance.amount) for distance in (form.tolerance.below, form.tolerance.above)
            )
            yield from build_step(plain_outcomes[1], Sides(*distances))
        yield from build_step(plain_outcomes[2])


def _resolve_distance(distance: Distance, *, points: bool) -> Distance:
    return replace(distance, is_share=False) if points else distance


def _check_steps(steps: Sequence[RatingStep], polarity: Polarity | None) -> Iterator[str]:
    """Yield each fault of a rule's steps for a polarity."""
    distances = [distance for step in steps for distance in (step.below, step.above) if distance]
    if polarity is Polarity.GOLDILOCKS and any(distance.amount > 0 for distance in distances):
        yield "a goldilocks figure cannot be better than its target, so no band may begin with +"
    lines = [step.threshold for step in steps if step.threshold is not None]
    if lines and polarity is Polarity.GOLDILOCKS and not all(isinstance(line, Range) for line in lines):
        yield "the lines of a goldilocks figure must be ranges, such as 38 - 48"
    elif polarity is not Polarity.GOLDILOCKS and any(isinstance(line, Range) for line in lines):
        yield "the lines of a figure to maximise or minimise must be single figures, such as 33"
    elif lines and polarity and not all(_is_outside(inner, outer, polarity) for inner, outer in pairwise(lines)):
        yield "the lines must run from the best figure to the worst"


def _is_outside(inner: Target, outer: Target, polarity: Polarity) -> bool:
    (low, high), (lower, higher) = get_bounds(inner), get_bounds(outer)
    if polarity is Polarity.MAXIMISE:
        return lower < low
    return higher > high if polarity is Polarity.MINIMISE else lower <= low and higher >= high and inner != outer
