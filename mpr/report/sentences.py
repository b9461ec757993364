"""What is said of ratings: how far a figure lies from its target, the rule with its numbers, an overruling."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from mpr.measure import rating, words
from mpr.measure.indicator import Indicator, Polarity
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
    part = share(abs(gap) / abs(edge) * 100, indicator.rule) if edge else ""
    points = words.measured(abs(gap), "point") if indicator.percent else ""
    by = f"{points} ({part} of the target)" if points and part else points or part or number(abs(gap))
    return f"{cells.value_text(standing)} is {by} {'below' if gap < 0 else 'above'} the {noun} {shown}"


def share(part: Decimal, rule: Rule) -> str:
    """Print a share of the target with one decimal, or as many more as it takes not to contradict the rating."""
    for decimals in range(1, MOST_DECIMALS):
        shown = rounded(part, decimals)
        if shown and (shown == part or shown not in rule.shares):
            break
    return f"{number(part, decimals)}%"


def rated(standing: Standing) -> model.Rating:
    """Return the outcome, with the overruling where an officer set it."""
    return cells.outcome(standing.outcome, standing.proposal, standing.reason, deviation(standing))


def note(section: str, standing: Standing) -> str:
    """Return the anchor of the note on an overruling, or nothing where there is none."""
    return cells.spot(f"{section}-note", standing.indicator) if standing.overruled else ""


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


def measure(standing: Standing) -> str:
    """Say what kind of figure it is: `Monthly snapshot; in arrears`."""
    indicator = standing.indicator
    kind = words.measure(indicator.measure, standing.latest.frequency)
    return "; ".join(filter(None, [kind, *indicator.qualifiers, "in arrears" if indicator.arrears else ""]))


def rule(standing: Standing) -> str:
    """Say the rule with its numbers: `Green at 33% or more, amber down to 28.05%, red below`."""
    indicator = standing.indicator
    if indicator.rule.always or indicator.rule.judged:
        whole = in_general(indicator)
        return whole[:1].upper() + whole[1:]
    bands = _distinct(rating.bands(indicator, standing.target))
    if not bands:
        return f"No target is set for this {standing.latest.frequency.noun}, so the figure is not rated"
    said = [_said(standing, bands, place) for place in range(len(bands))]
    return "; ".join(filter(None, [", ".join(said), _lifting(indicator.rule)]))


def _distinct(bands: Sequence[Band]) -> list[Band]:
    """Leave out bands that hold nothing more than the one before, and join those of one outcome."""
    found: list[Band] = []
    for band in bands:
        if found and band.outcome is found[-1].outcome:
            found[-1] = band
        elif not found or (band.low, band.high) != (found[-1].low, found[-1].high):
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
        inside = isinstance(standing.target, Range)
        return (
            f"{band.outcome} from {low} to {high} outside it"
            if inside
            else f"{band.outcome} otherwise from {low} to {high}"
        )
    return f"{band.outcome.word} at {cells.target_text(standing) if _on_target(standing, band) else f'{low} to {high}'}"


def _on_target(standing: Standing, band: Band) -> bool:
    return standing.target is not None and ends(standing.target) == (band.low, band.high)


def _bound(standing: Standing, at: Decimal) -> str:
    """Print where a rating turns: as the target is printed where it is the target, else with all its decimals."""
    if standing.target is not None and not isinstance(standing.target, Range) and at == standing.target:
        return cells.target_text(standing)
    return figure(at, None, percent=standing.indicator.percent)


def in_general(indicator: Indicator) -> str:
    """Say an indicator's rule without its targets: `green where the target is met; amber where it is missed by …`."""
    rule = indicator.rule
    if rule.always:
        return f"{rule.always} whatever the figure"
    if rule.judged:
        return "officers report the outcome"
    pairs = zip((None, *rule.steps), rule.steps, strict=False)
    said = [_step(indicator, step, before) if step.line is None else _line(indicator, step) for before, step in pairs]
    steady = _amount(indicator, rule.steady) if rule.steady and rule.steady.amount else ""
    small = f"a change on last year of less than {steady} counts as none" if steady else ""
    return "; ".join(filter(None, [*said, _lifting(rule), small]))


def _lifting(rule: Rule) -> str:
    """Say what an improvement does, where it can do anything."""
    if rule.lift is None or rule.lift is rule.outcomes[-1]:
        return ""
    return f"a worse outcome is lifted to {rule.lift} where the figure is better than a year before"


def _line(indicator: Indicator, step: Step) -> str:
    assert step.line is not None  # noqa: S101 - asked only of lines
    low, high = (figure(end, None, percent=indicator.percent) for end in ends(step.line))
    if indicator.polarity is Polarity.GOLDILOCKS:
        return f"{step.outcome} from {low} to {high}"
    return f"{step.outcome} at {low} or {'less' if indicator.polarity is Polarity.MINIMISE else 'more'}"


def _step(indicator: Indicator, step: Step, before: Step | None) -> str:
    """Say how far an outcome reaches, after the one before it."""
    if step.below is None:
        inner = [each.amount for each in (before.below, before.above) if each] if before else []
        if not inner or max(inner) > 0:
            return f"{step.outcome} otherwise"
        return f"{step.outcome} where it is missed{' by more' if min(inner) < 0 else ''}"
    below, above = step.below, step.above or step.below
    if below.amount == above.amount == 0:
        return f"{step.outcome} where the target is met"
    if below.amount > 0:
        return f"{step.outcome} where the target is beaten by {_reach(indicator, below, above)} or more"
    met = "the target is met, or" if before is None or (before.below and before.below.amount > 0) else "it is"
    of = " of the target" if below.share and below == above else ""
    return f"{step.outcome} where {met} missed by up to {_reach(indicator, below, above)}{of}"


def _reach(indicator: Indicator, below: Distance, above: Distance) -> str:
    """Say a distance, on the sides that count for the indicator."""
    if indicator.polarity is not Polarity.GOLDILOCKS or below == above:
        return _amount(indicator, above if indicator.polarity is Polarity.MINIMISE else below)
    sides = ((below, "below"), (above, "above"))
    return " or ".join(f"{_amount(indicator, each)} {side}" for each, side in sides if each.amount)


def _amount(indicator: Indicator, distance: Distance) -> str:
    """Say how far; an amount in the figure's own unit is points where that is a percentage."""
    amount = abs(distance.amount)
    if distance.share:
        return f"{number(amount)}%"
    return words.measured(amount, "point") if indicator.percent else number(amount)
