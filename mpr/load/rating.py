"""From the settings under `rating` to the rule of one indicator: what is said nearest to it wins."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from mpr.load.scalars import Sides
from mpr.load.vocabulary import OutcomeSettings, RatingSettings
from mpr.measure.colour import TEXT, WHITE, contrast
from mpr.measure.indicator import Polarity
from mpr.measure.outcome import UNRATED, Outcome, Role, named, vocabulary
from mpr.measure.rating import Change
from mpr.measure.rule import Distance, Rule, Step
from mpr.measure.target import Range, Target, ends
from mpr.measure.words import slug

MET, NEAR, MISSED = "Green", "Amber", "Red"
ON_TARGET = Distance(Decimal(0), share=False)
Note = Callable[[str], None]  # says what is wrong with a rule


def key(word: str) -> str:
    """Return the key of an outcome in the page: `green-plus` for `Green+`."""
    for sign, name in (("+", " plus"), ("-", " minus"), ("*", " star")):
        word = word.removesuffix(sign) + name if word.endswith(sign) else word
    found = slug(word)
    return f"{found}-outcome" if found in {each.value for each in Change} else found


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
        yield from _shared(index, each, settings)


def _shared(
    index: int, each: OutcomeSettings, settings: Sequence[OutcomeSettings]
) -> Iterator[tuple[int, str, str, str]]:
    """Yield what an outcome has in common with one before it, or with a shipped one that is in use beside it."""
    roles = {other.role for other in settings}
    others = [(other.name, {"shape": other.shape, "role": other.role}) for other in settings[:index]]
    others += [(other.word, {"shape": other.shape, "role": other.role}) for other in UNRATED if other.role not in roles]
    shipped = next((other for other in UNRATED if other.role not in roles and key(other.word) == key(each.name)), None)
    if shipped:
        hint = f"give it another, or the role '{shipped.role.value}'"
        yield index, "name", f"'{each.name}' is the name of an outcome that is there already", hint
    for name, kind in (("shape", each.shape), ("role", each.role)):
        first = next((word for word, has in others if has[name] is kind), None)
        if first and kind is not Role.RATED:
            yield index, name, f"'{each.name}' has the {name} '{kind}' of '{first}'", f"give each its own {name}"


def words(settings: RatingSettings) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every outcome that the steps of a rating name, with the settings that lead to it."""
    yield from ((("bands", word), word) for word in settings.bands or ())
    yield from ((("lines", word), word) for word in settings.lines or ())
    for name in ("met", "near", "missed", "improving"):
        if word := getattr(settings, name):
            yield (name,), word


def implied(settings: RatingSettings) -> Iterator[str]:
    """Yield every outcome that the council's own rating means without naming it."""
    if settings.plain:
        yield from (usual for said, usual in ((settings.met, MET), (settings.missed, MISSED)) if not said)
        if settings.tolerance and _wide(settings.tolerance) and not settings.near:
            yield NEAR


def _wide(sides: Sides) -> bool:
    return bool(sides.below.amount or sides.above.amount)


def rule(
    settings: Sequence[RatingSettings],
    known: Sequence[Outcome],
    polarity: Polarity | None,
    note: Note,
    *,
    percent: bool,
) -> Rule:
    """Return the rule that follows from some settings, the nearest first; `note` is told what is wrong with it."""
    met, near, missed = (
        next((word for each in settings if (word := getattr(each, name))), usual)
        for name, usual in (("met", MET), ("near", NEAR), ("missed", MISSED))
    )
    form = next((each for each in settings if each.forms), RatingSettings())
    points = percent and next((each.percentages for each in settings if each.percentages), "share") == "points"
    improving = next((each.improving for each in settings if each.improving), None)
    steady = next((each.steady for each in settings if each.steady), None)
    found = Rule(
        steps=tuple(_steps(form, (met, near, missed), known, points=points)),
        always=named(form.always, known) if form.always else None,
        judged=bool(form.judged),
        lift=named(improving, known) if improving else None,
        steady=steady,
        unrated=tuple(each for each in known if not each.rated),
    )
    if found.lift and (found.judged or found.always):
        found = replace(found, lift=None)
    if found.lift and found.lift not in found.outcomes:
        nearest = next(each for each in settings if each.forms or each.improving)
        if nearest.improving:
            note(f"'improving: {found.lift.word}' is not among the outcomes of the rule")
        found = replace(found, lift=None)
    if found.steps and found.steps[0].outcome.off_track and not found.steps[-1].outcome.off_track:
        note("the rule gives the worst outcome to the best figures; its outcomes run from best to worst")
    for fault in (*_unlisted(settings, form, (met, near, missed), known), *_faults(found.steps, polarity)):
        note(fault)
    return found


def _unlisted(
    settings: Sequence[RatingSettings], form: RatingSettings, plain: tuple[str, str, str], known: Sequence[Outcome]
) -> Iterator[str]:
    """Yield what a rule nearer than the council's means without naming it, and the council does not list."""
    said = {word for each in settings for word in (each.met, each.near, each.missed)}
    met, near, missed = plain
    if form.plain and form is not settings[-1]:
        for word in (met, near, missed) if form.tolerance and _wide(form.tolerance) else (met, missed):
            if word not in said and not named(word, known):
                yield f"the rule means '{word}', which is not in the list of outcomes; say met, near and missed with it"


def _steps(
    form: RatingSettings, plain: tuple[str, str, str], known: Sequence[Outcome], *, points: bool
) -> Iterator[Step]:
    """Yield the steps of a way of rating, best first; `plain` are the words for met, near and missed.

    Words that are not known are a problem already.
    """

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
    elif form.plain:
        yield from step(plain[0], Sides(ON_TARGET, ON_TARGET))
        if form.tolerance and _wide(form.tolerance):
            missed = (replace(each, amount=-each.amount) for each in (form.tolerance.below, form.tolerance.above))
            yield from step(plain[1], Sides(*missed))
        yield from step(plain[2])


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
    elif polarity is not Polarity.GOLDILOCKS and any(isinstance(each, Range) for each in lines):
        yield "the lines of a figure to maximise or minimise are single figures, such as 33"
    elif lines and polarity and not all(_outside(one, other, polarity) for one, other in pairwise(lines)):
        yield "the lines must run from the best figure to the worst"


def _outside(inner: Target, outer: Target, polarity: Polarity) -> bool:
    (low, high), (lower, higher) = ends(inner), ends(outer)
    if polarity is Polarity.MAXIMISE:
        return lower < low
    return higher > high if polarity is Polarity.MINIMISE else lower <= low and higher >= high and inner != outer
