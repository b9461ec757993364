"""From the settings under `rating` to the rule of one indicator: what is said nearest to it wins."""

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
FaultReporter = Callable[[str], None]  # says what is wrong with a rule


def make_outcome_key(word: str) -> str:
    """Return the key of an outcome in the page: `green-plus` for `Green+`."""
    for sign, name in (("+", " plus"), ("-", " minus"), ("*", " star")):
        word = word.removesuffix(sign) + name if word.endswith(sign) else word
    outcome_key = slugify(word)
    return (
        f"{outcome_key}-outcome" if outcome_key in {direction.value for direction in DirectionOfTravel} else outcome_key
    )


def build_outcomes(settings: Sequence[OutcomeSettings]) -> tuple[Outcome, ...]:
    """Return the council's vocabulary of outcomes, worst first, then those for what is not rated."""
    council_outcomes = (
        Outcome(make_outcome_key(outcome.name), outcome.name, outcome.sentence, outcome.role, outcome.off_track, outcome.meaning, outcome.colour,
                outcome.shape, dark="")
        for outcome in settings
    )  # fmt: skip
    return complete_outcomes(tuple(council_outcomes))


def check_outcomes(settings: Sequence[OutcomeSettings]) -> Iterator[tuple[int, str, str, str]]:
    """Yield for each fault of the outcomes its place in the list, the setting, what is wrong and what to do."""
    for index, outcome in enumerate(settings):
        ratio = compute_contrast(outcome.colour, WHITE)
        if ratio < MIN_TEXT_CONTRAST:
            message = f"colour {outcome.colour} of '{outcome.name}' has a contrast of {ratio:.2f} on white"
            yield index, "colour", message, f"{MIN_TEXT_CONTRAST} is the least that can be read; choose a darker one"
        yield from _check_uniqueness(index, outcome, settings)


def _check_uniqueness(
    index: int, outcome: OutcomeSettings, settings: Sequence[OutcomeSettings]
) -> Iterator[tuple[int, str, str, str]]:
    """Yield what an outcome has in common with one before it, or with a shipped one that is in use beside it."""
    roles = {other.role for other in settings}
    others = [(other.name, {"shape": other.shape, "role": other.role}) for other in settings[:index]]
    others += [
        (other.word, {"shape": other.shape, "role": other.role})
        for other in UNRATED_OUTCOMES
        if other.role not in roles
    ]
    shipped = next(
        (
            other
            for other in UNRATED_OUTCOMES
            if other.role not in roles and make_outcome_key(other.word) == make_outcome_key(outcome.name)
        ),
        None,
    )
    if shipped:
        hint = f"give it another, or the role '{shipped.role.value}'"
        yield index, "name", f"'{outcome.name}' is the name of an outcome that is there already", hint
    for name, value in (("shape", outcome.shape), ("role", outcome.role)):
        first = next((word for word, other_values in others if other_values[name] is value), None)
        if first and value is not Role.RATED:
            yield index, name, f"'{outcome.name}' has the {name} '{value}' of '{first}'", f"give each its own {name}"


def iter_named_outcomes(settings: RatingSettings) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every outcome that the steps of a rating name, with the settings that lead to it."""
    yield from ((("bands", word), word) for word in settings.bands or ())
    yield from ((("lines", word), word) for word in settings.lines or ())
    for name in ("met", "near", "missed", "improving"):
        if word := getattr(settings, name):
            yield (name,), word


def iter_implied_outcomes(settings: RatingSettings) -> Iterator[str]:
    """Yield every outcome that the council's own rating means without naming it."""
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
    """Return the rule that follows from some settings, the nearest first; `note` is told what is wrong with it."""
    met, near, missed = (
        next((word for rating in settings if (word := getattr(rating, name))), default)
        for name, default in (("met", MET), ("near", NEAR), ("missed", MISSED))
    )
    form = next((rating for rating in settings if rating.forms), RatingSettings())
    points = percent and next((rating.percentages for rating in settings if rating.percentages), "share") == "points"
    improving = next((rating.improving for rating in settings if rating.improving), None)
    steady = next((rating.steady for rating in settings if rating.steady), None)
    indicator_rule = RatingRule(
        steps=tuple(_build_steps(form, (met, near, missed), council_outcomes, points=points)),
        always=find_outcome(form.always, council_outcomes) if form.always else None,
        judged=bool(form.judged),
        lift_to=find_outcome(improving, council_outcomes) if improving else None,
        negligible_change=steady,
        unrated=tuple(outcome for outcome in council_outcomes if not outcome.is_rated),
    )
    if indicator_rule.lift_to and (indicator_rule.judged or indicator_rule.always):
        indicator_rule = replace(indicator_rule, lift_to=None)
    if indicator_rule.lift_to and indicator_rule.lift_to not in indicator_rule.outcomes:
        nearest = next(rating for rating in settings if rating.forms or rating.improving)
        if nearest.improving:
            report_fault(f"'improving: {indicator_rule.lift_to.word}' is not among the outcomes of the rule")
        indicator_rule = replace(indicator_rule, lift_to=None)
    if (
        indicator_rule.steps
        and indicator_rule.steps[0].outcome.off_track
        and not indicator_rule.steps[-1].outcome.off_track
    ):
        report_fault("the rule gives the worst outcome to the best figures; its outcomes run from best to worst")
    for fault in (
        *_check_implied_outcomes(settings, form, (met, near, missed), council_outcomes),
        *_check_steps(indicator_rule.steps, polarity),
    ):
        report_fault(fault)
    return indicator_rule


def _check_implied_outcomes(
    settings: Sequence[RatingSettings],
    form: RatingSettings,
    plain_outcomes: tuple[str, str, str],
    council_outcomes: Sequence[Outcome],
) -> Iterator[str]:
    """Yield what a rule nearer than the council's means without naming it, and the council does not list."""
    named_words = {word for rating in settings for word in (rating.met, rating.near, rating.missed)}
    met, near, missed = plain_outcomes
    if form.simple_form and form is not settings[-1]:
        for word in (met, near, missed) if form.tolerance and _is_nonzero(form.tolerance) else (met, missed):
            if word not in named_words and not find_outcome(word, council_outcomes):
                yield f"the rule means '{word}', which is not in the list of outcomes; say met, near and missed with it"


def _build_steps(
    form: RatingSettings, plain_outcomes: tuple[str, str, str], council_outcomes: Sequence[Outcome], *, points: bool
) -> Iterator[RatingStep]:
    """Yield the steps of a way of rating, best first; `plain` are the words for met, near and missed.

    Words that are not known are a problem already.
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
    """Yield what a polarity does not allow in a rule."""
    distances = [distance for step in steps for distance in (step.below, step.above) if distance]
    if polarity is Polarity.GOLDILOCKS and any(distance.amount > 0 for distance in distances):
        yield "a goldilocks figure cannot be better than its target, so no band may begin with +"
    lines = [step.threshold for step in steps if step.threshold is not None]
    if lines and polarity is Polarity.GOLDILOCKS and not all(isinstance(line, Range) for line in lines):
        yield "the lines of a goldilocks figure are ranges, such as 38 - 48"
    elif polarity is not Polarity.GOLDILOCKS and any(isinstance(line, Range) for line in lines):
        yield "the lines of a figure to maximise or minimise are single figures, such as 33"
    elif lines and polarity and not all(_is_outside(inner, outer, polarity) for inner, outer in pairwise(lines)):
        yield "the lines must run from the best figure to the worst"


def _is_outside(inner: Target, outer: Target, polarity: Polarity) -> bool:
    (low, high), (lower, higher) = get_bounds(inner), get_bounds(outer)
    if polarity is Polarity.MAXIMISE:
        return lower < low
    return higher > high if polarity is Polarity.MINIMISE else lower <= low and higher >= high and inner != outer
