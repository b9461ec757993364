"""Sentences on ratings: how far a figure is from its target, the rule with its numbers, an overruling."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from mpr.measure import formatting, rating
from mpr.measure.formatting import format_figure, format_number, round_half_up
from mpr.measure.indicator import Indicator, Polarity
from mpr.measure.rating import Band
from mpr.measure.rule import Distance, RatingRule, RatingStep
from mpr.measure.status import IndicatorStatus
from mpr.measure.target import Range, get_bounds
from mpr.report.model import report as model
from mpr.report.wording import cells

MOST_DECIMALS = 6


def describe_deviation(status: IndicatorStatus) -> str:
    """Say how far the latest value is from its target: `1,544 is 15.9% above the target of 1,332`.

    For a percentage, the sentence has both the points and their share of the target.
    """
    if status.value is None or status.target is None:
        return ""
    indicator, goal = status.indicator, status.target
    target_text = cells.format_target_text(status)
    gap = rating.compute_distance(status.value, goal)
    noun = "target range of" if isinstance(goal, Range) else "target of"
    if gap == 0:
        position = "inside the" if isinstance(goal, Range) else "equal to the"
        return f"{cells.format_value_text(status)} is {position} {noun} {target_text}"
    edge = get_bounds(goal)[0 if gap < 0 else 1]
    target_share = format_share(abs(gap) / abs(edge) * 100, indicator.rule) if edge else ""
    points = formatting.format_amount(abs(gap), "point") if indicator.is_percentage else ""
    gap_text = (
        f"{points} ({target_share} of the target)"
        if points and target_share
        else points or target_share or format_number(abs(gap))
    )
    return f"{cells.format_value_text(status)} is {gap_text} {'below' if gap < 0 else 'above'} the {noun} {target_text}"


def format_share(part: Decimal, rule: RatingRule) -> str:
    """Return a share of the target with one decimal, or with more if fewer would contradict the rating."""
    for decimals in range(1, MOST_DECIMALS):
        rounded_part = round_half_up(part, decimals)
        if rounded_part and (rounded_part == part or rounded_part not in rule.share_thresholds):
            break
    return f"{format_number(part, decimals)}%"


def build_status_rating(status: IndicatorStatus) -> model.Rating:
    """Return the outcome of a status, with the overruling if an officer set it."""
    return cells.build_rating(status.outcome, status.proposed_outcome, status.reason, describe_deviation(status))


def find_note_anchor(section: str, status: IndicatorStatus) -> str:
    """Return the anchor of the note on an overruling, or nothing if the outcome is the rule's."""
    return cells.make_anchor_id(f"{section}-note", status.indicator) if status.is_overruled else ""


def build_notes(section: str, statuses: Iterable[IndicatorStatus]) -> tuple[model.Note, ...]:
    """Return a note for each status whose outcome is overruled."""
    return tuple(
        model.Note(
            find_note_anchor(section, status), status.indicator.code, describe_overruling(build_status_rating(status))
        )
        for status in statuses
        if status.is_overruled
    )


def describe_overruling(rating: model.Rating) -> str:
    """Say that an officer set an outcome, for what reason, and what the rule alone says."""
    assert rating.overruling  # noqa: S101 - asked only of overruled outcomes
    reason = rating.overruling.reason or "No reason was given"
    sentences = (f"Set to {rating.word} by an officer", reason, rating.overruling.rule)
    return " ".join(map(_end_with_full_stop, sentences))


def _end_with_full_stop(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def describe_direction(status: IndicatorStatus) -> str:
    """Say which direction is good; nothing without a polarity."""
    polarity = status.indicator.polarity
    best = {
        Polarity.MAXIMISE: "higher is better",
        Polarity.MINIMISE: "lower is better",
        Polarity.GOLDILOCKS: "inside the range is best" if isinstance(status.target, Range) else "on target is best",
    }
    return f"{formatting.POLARITY_LABELS[polarity]}: {best[polarity]}" if polarity else ""


def describe_measure(status: IndicatorStatus) -> str:
    """Describe the kind of figure: `Monthly snapshot; in arrears`."""
    indicator = status.indicator
    kind = formatting.describe_measure(indicator.measure_kind, status.latest_period.frequency)
    return "; ".join(filter(None, [kind, *indicator.qualifiers, "in arrears" if indicator.in_arrears else ""]))


def describe_rule(status: IndicatorStatus) -> str:
    """Describe the rule with its numbers: `Green at 33% or more, amber down to 28.05%, red below`."""
    indicator = status.indicator
    if indicator.rule.always or indicator.rule.judged:
        sentence = describe_general_rule(indicator)
        return sentence[:1].upper() + sentence[1:]
    bands = _merge_bands(rating.build_bands(indicator, status.target))
    if not bands:
        return f"No target is set for this {status.latest_period.frequency.noun}, so the figure is not rated"
    phrases = [_describe_band(status, bands, position) for position in range(len(bands))]
    return "; ".join(filter(None, [", ".join(phrases), _describe_lift(indicator.rule)]))


def _merge_bands(bands: Sequence[Band]) -> list[Band]:
    """Drop bands that reach no further than the one before, and join neighbours of one outcome."""
    merged: list[Band] = []
    for band in bands:
        if merged and band.outcome is merged[-1].outcome:
            merged[-1] = band
        elif not merged or (band.low, band.high) != (merged[-1].low, merged[-1].high):
            merged.append(band)
    return merged


def _describe_band(status: IndicatorStatus, bands: Sequence[Band], position: int) -> str:
    band, polarity = bands[position], status.indicator.polarity
    low, high = (None if bound is None else _format_bound(status, bound) for bound in (band.low, band.high))
    beyond_word = {Polarity.MAXIMISE: "below", Polarity.MINIMISE: "above"}.get(polarity, "beyond") if polarity else ""
    if low is None and high is None:
        return f"{band.outcome} {beyond_word}" if position else f"{band.outcome.word} at any figure"
    if low is None or high is None:
        side, direction_word = ("down to", "or more") if high is None else ("up to", "or less")
        return (
            f"{band.outcome} {side} {low or high}"
            if position
            else f"{band.outcome.word} at {low or high} {direction_word}"
        )
    if position:
        has_target_range = isinstance(status.target, Range)
        return (
            f"{band.outcome} from {low} to {high} outside it"
            if has_target_range
            else f"{band.outcome} otherwise from {low} to {high}"
        )
    figures = cells.format_target_text(status) if _is_target_band(status, band) else f"{low} to {high}"
    return f"{band.outcome.word} at {figures}"


def _is_target_band(status: IndicatorStatus, band: Band) -> bool:
    return status.target is not None and get_bounds(status.target) == (band.low, band.high)


def _format_bound(status: IndicatorStatus, bound: Decimal) -> str:
    """Return a bound as printed: as the target if it is the target, else with all its decimals."""
    if status.target is not None and not isinstance(status.target, Range) and bound == status.target:
        return cells.format_target_text(status)
    return format_figure(bound, None, is_percentage=status.indicator.is_percentage)


def describe_general_rule(indicator: Indicator) -> str:
    """Describe a rule without the targets: `green where the target is met; amber where it is missed by …`."""
    rule = indicator.rule
    if rule.always:
        return f"{rule.always} whatever the figure"
    if rule.judged:
        return "officers report the outcome"
    step_pairs = zip((None, *rule.steps), rule.steps, strict=False)
    phrases = [
        _describe_step(indicator, step, previous) if step.threshold is None else _describe_line(indicator, step)
        for previous, step in step_pairs
    ]
    steady_amount = (
        _format_amount(indicator, rule.negligible_change)
        if rule.negligible_change and rule.negligible_change.amount
        else ""
    )
    small_change = f"a change on last year of less than {steady_amount} counts as none" if steady_amount else ""
    return "; ".join(filter(None, [*phrases, _describe_lift(rule), small_change]))


def _describe_lift(rule: RatingRule) -> str:
    """Say that an improvement lifts the outcome; nothing if it cannot."""
    if rule.lift_to is None or rule.lift_to is rule.outcomes[-1]:
        return ""
    return f"a worse outcome is lifted to {rule.lift_to} where the figure is better than a year before"


def _describe_line(indicator: Indicator, step: RatingStep) -> str:
    assert step.threshold is not None  # noqa: S101 - asked only of lines
    low, high = (format_figure(end, None, is_percentage=indicator.is_percentage) for end in get_bounds(step.threshold))
    if indicator.polarity is Polarity.GOLDILOCKS:
        return f"{step.outcome} from {low} to {high}"
    return f"{step.outcome} at {low} or {'less' if indicator.polarity is Polarity.MINIMISE else 'more'}"


def _describe_step(indicator: Indicator, step: RatingStep, previous: RatingStep | None) -> str:
    """Say how far an outcome reaches; `previous` is the better outcome's step, if any."""
    if step.below is None:
        previous_amounts = (
            [distance.amount for distance in (previous.below, previous.above) if distance] if previous else []
        )
        if not previous_amounts or max(previous_amounts) > 0:
            return f"{step.outcome} otherwise"
        return f"{step.outcome} where it is missed{' by more' if min(previous_amounts) < 0 else ''}"
    below, above = step.below, step.above or step.below
    if below.amount == above.amount == 0:
        return f"{step.outcome} where the target is met"
    if below.amount > 0:
        return f"{step.outcome} where the target is beaten by {_describe_reach(indicator, below, above)} or more"
    opening = "the target is met, or" if previous is None or (previous.below and previous.below.amount > 0) else "it is"
    ending = " of the target" if below.is_share and below == above else ""
    return f"{step.outcome} where {opening} missed by up to {_describe_reach(indicator, below, above)}{ending}"


def _describe_reach(indicator: Indicator, below: Distance, above: Distance) -> str:
    """Return the distance on the sides of the target that count for the polarity."""
    if indicator.polarity is not Polarity.GOLDILOCKS or below == above:
        return _format_amount(indicator, above if indicator.polarity is Polarity.MINIMISE else below)
    sides = ((below, "below"), (above, "above"))
    return " or ".join(f"{_format_amount(indicator, distance)} {side}" for distance, side in sides if distance.amount)


def _format_amount(indicator: Indicator, distance: Distance) -> str:
    """Return a distance with its unit: per cent of the target, points of a percentage, or a plain number."""
    amount = abs(distance.amount)
    if distance.is_share:
        return f"{format_number(amount)}%"
    return formatting.format_amount(amount, "point") if indicator.is_percentage else format_number(amount)
