"""What is said of ratings: how far a figure lies from its target, the rule with its numbers, an overruling."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from mpr.measure import rating, words
from mpr.measure.indicator import Polarity
from mpr.measure.outcome import Outcome
from mpr.measure.rating import Band
from mpr.measure.rule import Distance, Rule, Step
from mpr.measure.standing import Standing
from mpr.measure.target import Range, ends
from mpr.measure.words import figure, number, rounded
from mpr.report import cells, model

MOST_DECIMALS = 6


def deviation(standing: Standing) -> str:
    """Say how far the latest value lies from its target: `1,544 is 15.9% above the target of 1,332`.

    Of a percentage both the points and their share of the target are said.
    """
    if standing.value is None or standing.target is None:
        return ""
    indicator, goal = standing.indicator, standing.target
    shown = cells.target_text(standing)
    gap = rating.distance(standing.value, goal)
    noun = "target range of" if isinstance(goal, Range) else "target of"
    if gap == 0:
        place = "inside the" if isinstance(goal, Range) else "equal to the"
        return f"{cells.value_text(standing)} is {place} {noun} {shown}"
    edge = ends(goal)[0 if gap < 0 else 1]
    share = _share(abs(gap) / abs(edge) * 100, indicator.rule) if edge else ""
    points = words.measured(abs(gap), "point") if indicator.percent else ""
    by = f"{points} ({share} of the target)" if points and share else points or share or number(abs(gap))
    return f"{cells.value_text(standing)} is {by} {'below' if gap < 0 else 'above'} the {noun} {shown}"


def _share(share: Decimal, rule: Rule) -> str:
    """Print a share of the target with one decimal, or as many more as it takes not to contradict the rating."""
    for decimals in range(1, MOST_DECIMALS):
        shown = rounded(share, decimals)
        if shown and (shown == share or shown not in rule.shares):
            break
    return f"{number(share, decimals)}%"


def rated(standing: Standing) -> model.Rating:
    """Return the outcome, with the overruling where an officer set it."""
    return cells.outcome(standing.outcome, standing.proposal, standing.reason, deviation(standing))


def note(section: str, standing: Standing) -> str:
    """Return the anchor of the note on an overruling, or nothing where there is none."""
    return cells.anchor(f"{section}-note", standing.indicator.code) if standing.overruled else ""


def notes(section: str, standings: Iterable[Standing]) -> tuple[model.Note, ...]:
    """Return the notes on the overruled outcomes among some indicators."""
    return tuple(
        model.Note(note(section, each), each.indicator.code, overruled(rated(each)))
        for each in standings
        if each.overruled
    )


def overruled(rating: model.Rating) -> str:
    """Say in a sentence or two that an officer set an outcome, why, and what the rule alone says."""
    assert rating.overruling  # noqa: S101 - asked only of overruled outcomes
    reason = rating.overruling.reason or "No reason was given"
    return f"Set to {rating.word} by an officer. {_stopped(reason)} {_stopped(rating.overruling.rule)}"


def _stopped(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def direction(standing: Standing) -> str:
    """Say which way is good."""
    polarity = standing.indicator.polarity
    good = {
        Polarity.MAXIMISE: "higher is better",
        Polarity.MINIMISE: "lower is better",
        Polarity.GOLDILOCKS: "inside the range is best" if isinstance(standing.target, Range) else "on target is best",
    }
    return f"{words.POLARITY[polarity]}: {good[polarity]}" if polarity else ""


def rule(standing: Standing) -> str:
    """Say the rule with its numbers: `Green at 33% or more, amber down to 28.05%, red below`."""
    indicator = standing.indicator
    if indicator.rule.always or indicator.rule.judged:
        return in_general(indicator.rule, percent=indicator.percent)
    bands = _distinct(rating.bands(indicator, standing.target))
    if not bands:
        return f"No target is set for this {standing.latest.frequency.noun}, so the figure is not rated"
    said = [_said(standing, bands, place) for place in range(len(bands))]
    lift = indicator.rule.lift
    lifted = f"; {_lifting(lift)}" if lift else ""
    return ", ".join(said) + lifted


def _distinct(bands: Sequence[Band]) -> list[Band]:
    """Leave out bands that hold nothing more than the one before."""
    found: list[Band] = []
    for band in bands:
        if not found or (band.low, band.high) != (found[-1].low, found[-1].high):
            found.append(band)
    return found


def _said(standing: Standing, bands: Sequence[Band], place: int) -> str:
    band, polarity = bands[place], standing.indicator.polarity
    low, high = (None if at is None else _bound(standing, at) for at in (band.low, band.high))
    beyond = {Polarity.MAXIMISE: "below", Polarity.MINIMISE: "above"}.get(polarity, "beyond") if polarity else ""
    if low is None and high is None:
        return f"{band.outcome} {beyond}" if place else f"{band.outcome.word} at any figure"
    if low is None or high is None:
        side, more = ("down to", "or more") if high is None else ("up to", "or less")
        return f"{band.outcome} {side} {low or high}" if place else f"{band.outcome.word} at {low or high} {more}"
    if place:
        return f"{band.outcome} from {low} to {high} outside it"
    return f"{band.outcome.word} at {cells.target_text(standing) if _on_target(standing, band) else f'{low} to {high}'}"


def _on_target(standing: Standing, band: Band) -> bool:
    return standing.target is not None and ends(standing.target) == (band.low, band.high)


def _bound(standing: Standing, at: Decimal) -> str:
    """Print where a rating turns: as the target is printed where it is the target, else with all its decimals."""
    if standing.target is not None and not isinstance(standing.target, Range) and at == standing.target:
        return cells.target_text(standing)
    return figure(at, None, percent=standing.indicator.percent)


def in_general(rule: Rule, *, percent: bool) -> str:
    """Say a rule without an indicator's targets: `met is green; missed by up to 5% of the target is amber; …`."""
    if rule.always:
        return f"the outcome is {rule.always} whatever the figure"
    if rule.judged:
        return "officers report the outcome"
    said = [
        _step(step, rule.steps[place - 1] if place else None, percent=percent) for place, step in enumerate(rule.steps)
    ]
    change = _amount(rule.steady, percent=percent)[0] if rule.steady else ""
    steady = f"a change on last year of less than {change} counts as none" if change else ""
    return "; ".join(filter(None, [*said, _lifting(rule.lift) if rule.lift else "", steady]))


def _lifting(lift: Outcome) -> str:
    return f"what would be worse is {lift} where the figure is better than a year before"


def _step(step: Step, before: Step | None, *, percent: bool) -> str:
    if step.line is not None:
        low, high = ends(step.line)
        least, most = (figure(end, None, percent=percent) for end in (low, high))
        line = f"{least} to {most}" if low != high else f"{least} or better"
        return f"{line} is {step.outcome}"
    if step.below is None:
        missed = "missed by more" if before and before.below and before.below.amount < 0 else "missed"
        return f"{missed if before and before.below else 'all else'} is {step.outcome}"
    below, above = step.below, step.above or step.below
    if below.amount == above.amount == 0:
        return f"met is {step.outcome}"
    side = "better than the target by" if below.amount > 0 else "missed by up to"
    (amount, of), (other, of_other) = (_amount(each, percent=percent) for each in (below, above))
    more = " or more" if below.amount > 0 else ""
    if (amount, of) != (other, of_other):
        return f"{side} {amount}{of} below it or {other}{of_other} above it is {step.outcome}"
    return f"{side} {amount}{more}{of if not more else ''} is {step.outcome}"


def _amount(distance: Distance, *, percent: bool) -> tuple[str, str]:
    """Return how far, and of what; an amount in the figure's own unit is points where that is a percentage."""
    amount = abs(distance.amount)
    if distance.share:
        return f"{number(amount)}%", " of the target"
    return words.measured(amount, "point") if percent else number(amount), ""
