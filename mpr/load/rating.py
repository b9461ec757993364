"""From the settings under `rating` to the rule of one indicator: what is said nearest to it wins."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from mpr.load.scalars import Sides
from mpr.load.vocabulary import OutcomeSettings, RatingSettings
from mpr.measure.colour import TEXT, WHITE, contrast
from mpr.measure.indicator import Polarity
from mpr.measure.outcome import Outcome, named, vocabulary
from mpr.measure.rule import Distance, Rule, Step
from mpr.measure.target import Range, Target, ends
from mpr.measure.words import slug

MET, NEAR, MISSED = "Green", "Amber", "Red"
ON_TARGET = Distance(Decimal(0), share=False)
Note = Callable[[str], None]  # says what is wrong with a rule


def key(word: str) -> str:
    """Return the key of an outcome in the page: `green-plus` for `Green+`."""
    return slug(word.replace("+", " plus ").replace("-", " minus ") if word.endswith(("+", "-")) else word)


def outcomes(settings: Sequence[OutcomeSettings]) -> tuple[Outcome, ...]:
    """Return the council's vocabulary of outcomes, worst first, then those for what is not rated."""
    own = (
        Outcome(key(each.name), each.name, each.sentence, each.role, each.off_track, each.meaning, each.colour,
                each.shape, dark="")
        for each in settings
    )  # fmt: skip
    return vocabulary(tuple(own))


def faults(settings: Sequence[OutcomeSettings]) -> Iterator[tuple[int, str, str, str]]:
    """Yield for each fault of the outcomes its place in the list, the setting, what is wrong and what to do."""
    for index, each in enumerate(settings):
        found = contrast(each.colour, WHITE)
        if found < TEXT:
            message = f"colour {each.colour} of '{each.name}' has a contrast of {found:.2f} on white"
            yield index, "colour", message, f"{TEXT} is the least that can be read; choose a darker one"
        for name, kind in (("shape", each.shape), ("role", each.role)):
            first = next((other for other in settings[:index] if getattr(other, name) is kind), None)
            if first and kind != "rated":
                yield (
                    index,
                    name,
                    f"'{each.name}' has the {name} '{kind}' of '{first.name}'",
                    f"give each its own {name}",
                )


def words(settings: RatingSettings) -> Iterator[str]:
    """Yield every outcome that a rating names, or means where it names none."""
    if settings.forms[:1] in (["tolerance"], ["met"]):
        yield settings.met or MET
        yield settings.missed or MISSED
        if settings.tolerance and _wide(settings.tolerance):
            yield settings.near or NEAR
    yield from settings.bands or ()
    yield from settings.lines or ()
    yield from filter(None, (settings.always, settings.improving))


def _wide(sides: Sides) -> bool:
    return bool(sides.below.amount or sides.above.amount)


def rule(
    said: Iterable[RatingSettings | None],
    known: Sequence[Outcome],
    polarity: Polarity | None,
    note: Note,
    *,
    percent: bool,
) -> Rule:
    """Return the rule that follows from some settings, the nearest first; `note` is told what is wrong with it."""
    settings = [each for each in said if each]
    form = next((each for each in settings if each.forms), RatingSettings())
    points = percent and next((each.percentages for each in settings if each.percentages), "share") == "points"
    improving = next((each.improving for each in settings if each.improving), None)
    steady = next((each.steady for each in settings if each.steady), None)
    found = Rule(
        steps=tuple(_steps(form, known, points=points)),
        always=named(form.always, known) if form.always else None,
        judged=bool(form.judged),
        lift=named(improving, known) if improving else None,
        steady=steady,
        unrated=tuple(each for each in known if not each.rated),
    )
    if found.lift and (found.judged or found.always):
        found = replace(found, lift=None)
    if found.lift and found.lift not in found.outcomes:
        note(f"'improving: {found.lift.word}' is not among the outcomes of the rule")
        found = replace(found, lift=None)
    for fault in _faults(found.steps, polarity):
        note(fault)
    return found


def _steps(form: RatingSettings, known: Sequence[Outcome], *, points: bool) -> Iterator[Step]:
    """Yield the steps of a way of rating, best first; words that are not known are a problem already."""

    def step(word: str, sides: Sides | None = None, line: Target | None = None) -> Iterator[Step]:
        outcome = named(word, known)
        if outcome:
            below, above = (
                (_meant(each, points=points) for each in (sides.below, sides.above)) if sides else (None, None)
            )
            yield Step(outcome, below, above, line)

    if form.bands:
        for word, sides in form.bands.items():
            yield from step(word, sides)
    elif form.lines:
        for word, line in form.lines.items():
            yield from step(word, line=line)
    elif form.forms and not form.always and not form.judged:
        yield from step(form.met or MET, Sides(ON_TARGET, ON_TARGET))
        if form.tolerance and _wide(form.tolerance):
            missed = (replace(each, amount=-each.amount) for each in (form.tolerance.below, form.tolerance.above))
            yield from step(form.near or NEAR, Sides(*missed))
        yield from step(form.missed or MISSED)


def _meant(distance: Distance, *, points: bool) -> Distance:
    return replace(distance, share=False) if points else distance


def _faults(steps: Sequence[Step], polarity: Polarity | None) -> Iterator[str]:
    """Yield what a polarity does not allow in a rule."""
    distances = [each for step in steps for each in (step.below, step.above) if each]
    if polarity is Polarity.GOLDILOCKS and any(each.amount > 0 for each in distances):
        yield "a goldilocks figure cannot be better than its target, so no band may begin with +"
    lines = [step.line for step in steps if step.line is not None]
    if lines and polarity is Polarity.GOLDILOCKS and not all(isinstance(each, Range) for each in lines):
        yield "the lines of a goldilocks figure are ranges, such as 38 - 48"
    elif lines and polarity and not all(_outside(one, other, polarity) for one, other in pairwise(lines)):
        yield "the lines must run from the best figure to the worst"


def _outside(inner: Target, outer: Target, polarity: Polarity) -> bool:
    (low, high), (lower, higher) = ends(inner), ends(outer)
    if polarity is Polarity.MAXIMISE:
        return lower < low
    return higher > high if polarity is Polarity.MINIMISE else lower <= low and higher >= high and inner != outer
