"""The parts of a row: figures, ratings and changes as printed, and the notes on overruled outcomes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from mpr.measure import rating, words
from mpr.measure.indicator import Indicator, Missing, Outcome, Polarity, Range, Target, YearTarget
from mpr.measure.period import MONTHS_IN_YEAR
from mpr.measure.rating import Change
from mpr.measure.standing import Standing
from mpr.measure.words import decimals_of, figure, number, rounded, slug
from mpr.report import model
from mpr.report.commentary import commentary

RATINGS = {
    Outcome.RED: model.Rating("red", "Red", "At risk of missing target"),
    Outcome.AMBER: model.Rating("amber", "Amber", "Some slippage against target"),
    Outcome.GREEN: model.Rating("green", "Green", "On course to achieve target"),
    Outcome.NO_VALUE: model.Rating("no-value", "No value", "No figure to rate"),
    Outcome.DATA_ONLY: model.Rating("data-only", "Data only", "No target to rate against"),
}
CHANGES = {
    Change.BETTER: "Better",
    Change.WORSE: "Worse",
    Change.SAME: "Same",
    Change.NOT_AVAILABLE: "[x]",
}
PROXY = "proxy"
MOST_DECIMALS = 6


def anchor(section: str, name: str) -> str:
    """Return an id for a part of a section: `detail-cp-3-10`."""
    return f"{section}-{slug(name)}"


def missing(why: Missing) -> model.Figure:
    """Return the symbol for a figure that is not there."""
    text, spoken = words.MISSING[why]
    return model.Figure(text, spoken=spoken)


def printed(indicator: Indicator, value: Target | None, decimals: int | None) -> model.Figure:
    """Return a value or target as printed, or the symbol for none."""
    if value is None:
        return missing(Missing.NOT_AVAILABLE)
    return model.Figure(figure(value, decimals, percent=indicator.percent))


def value_text(standing: Standing) -> str:
    """Return the latest value as printed; the standing must have one."""
    assert standing.value is not None  # noqa: S101 - asked only where there is a value
    decimals = standing.indicator.decimals_in(standing.latest)
    return figure(standing.value, decimals, percent=standing.indicator.percent)


def value(standing: Standing) -> model.Figure:
    """Return the latest value, marked where it is a proxy, or the symbol for none."""
    if standing.value is None:
        return missing(standing.missing)
    return model.Figure(value_text(standing), PROXY if standing.proxy else "")


def target(indicator: Indicator, goal: Target | None, year: YearTarget | None) -> model.Figure:
    """Return a target of a year as printed; an indicator that is data only has none to give."""
    if not indicator.targets:
        return missing(Missing.NOT_APPLICABLE)
    return printed(indicator, goal, year.decimals if year else None)


def annual(standing: Standing) -> model.Figure:
    """Return the annual target of the reporting year, as it was written."""
    goal = standing.annual.annual if standing.annual else None
    if not standing.indicator.targets:
        return missing(Missing.NOT_APPLICABLE)
    return printed(standing.indicator, goal, decimals_of(goal) if goal is not None else None)


def target_text(standing: Standing) -> str:
    """Return the latest month's target as printed."""
    return target(standing.indicator, standing.target, standing.targets).text


def rated(standing: Standing) -> model.Rating:
    """Return the outcome, with the overruling where an officer set it."""
    return outcome(standing.outcome, standing.proposal, standing.reason, deviation(standing))


def outcome(printed_: Outcome, proposal: Outcome, reason: str, detail: str = "") -> model.Rating:
    """Return an outcome as printed; where the rule proposed another, with the reason and what the rule alone says."""
    plain = RATINGS[printed_]
    if printed_ is proposal:
        return plain
    rule = f"The rule alone says {RATINGS[proposal].word}" + (f": {detail}" if detail else "")
    return model.Rating(plain.kind, plain.word, plain.sentence, model.Overruling(reason, rule))


def deviation(standing: Standing) -> str:
    """Say how far the latest value lies from its target: `1,544 is 15.9% above the target of 1,332`.

    Of a percentage both the points and their share of the target are said.
    """
    if standing.value is None or standing.target is None:
        return ""
    indicator, goal = standing.indicator, standing.target
    shown = target_text(standing)
    gap = rating.distance(standing.value, goal)
    noun = "target range of" if isinstance(goal, Range) else "target of"
    if gap == 0:
        place = "inside the" if isinstance(goal, Range) else "equal to the"
        return f"{value_text(standing)} is {place} {noun} {shown}"
    edge = rating.ends(goal)[0 if gap < 0 else 1]
    share = _share(abs(gap) / abs(edge) * 100, indicator.tolerance) if edge else ""
    points = f"{number(abs(gap))} points" if indicator.percent else ""
    by = f"{points} ({share} of the target)" if points and share else points or share or number(abs(gap))
    return f"{value_text(standing)} is {by} {'below' if gap < 0 else 'above'} the {noun} {shown}"


def _share(share: Decimal, tolerance: Decimal) -> str:
    """Print a share of the target with one decimal, or as many more as it takes not to contradict the rating."""
    for decimals in range(1, MOST_DECIMALS):
        shown = rounded(share, decimals)
        if shown and (shown == share or shown != tolerance):
            break
    return f"{number(share, decimals)}%"


def before_text(standing: Standing) -> str:
    """Return last year's value and its month as printed; the standing must have one."""
    assert standing.before is not None  # noqa: S101 - asked only where there is a value
    indicator, month = standing.indicator, standing.latest.plus(-MONTHS_IN_YEAR)
    before = figure(standing.before, indicator.decimals_in(month), percent=indicator.percent)
    return f"{before} in {month.words}"


def changed(standing: Standing) -> model.Change:
    """Return better, worse, same or not available, with the figures that were compared or why there are none."""
    indicator, kind = standing.indicator, standing.change
    if kind is not Change.NOT_AVAILABLE:
        detail = f"{value_text(standing)} against {before_text(standing)}"
    elif standing.value is None:
        detail = "no figure for this month"
    elif not indicator.comparable(standing.latest, standing.latest.plus(-MONTHS_IN_YEAR)):
        detail = "last year’s figure is on another scale"
    elif standing.before is None:
        detail = "no figure for the same month last year"
    else:
        detail = "no target to compare with"
    return model.Change(kind, CHANGES[kind], detail)


def row(section: str, standing: Standing) -> model.Row:
    """Return an indicator's row in a section."""
    indicator = standing.indicator
    return model.Row(
        anchor=anchor(section, indicator.code),
        code=indicator.code,
        detail=anchor("detail", indicator.code) if standing.off_track else "",
        name=indicator.name,
        measure=words.MEASURE[indicator.measure],
        polarity=words.POLARITY[indicator.polarity],
        latest=standing.latest.words,
        value=value(standing),
        target=target(indicator, standing.target, standing.targets),
        annual=annual(standing),
        rating=rated(standing),
        note=anchor(f"{section}-note", indicator.code) if standing.overruled else "",
        change=changed(standing),
        comment=commentary(standing.comment),
        managers="; ".join(indicator.managers),
        committee=indicator.committee,
    )


def notes(rows: Iterable[model.Row]) -> tuple[model.Note, ...]:
    """Return the notes on the overruled outcomes among some rows."""
    return tuple(model.Note(row.note, row.code, overruled(row.rating)) for row in rows if row.rating.overruling)


def overruled(rating: model.Rating) -> str:
    """Say in a sentence or two that an officer set an outcome, why, and what the rule alone says."""
    assert rating.overruling  # noqa: S101 - asked only of overruled outcomes
    reason = rating.overruling.reason or "No reason was given"
    return f"Set to {rating.word} by an officer. {_stopped(reason)} {_stopped(rating.overruling.rule)}"


def _stopped(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def counts(standings: Sequence[Standing]) -> tuple[model.Count, ...]:
    """Count indicators by outcome, red first, leaving out what does not occur."""
    found = Counter(standing.outcome for standing in standings)
    return tuple(count(outcome, found[outcome]) for outcome in RATINGS if found[outcome])


def count(outcome: Outcome, found: int) -> model.Count:
    """Return one outcome's count."""
    return model.Count(RATINGS[outcome], found, words.plural(found, "indicator"))


def direction(standing: Standing) -> str:
    """Say which way is good."""
    polarity = standing.indicator.polarity
    good = {
        Polarity.MAXIMISE: "higher is better",
        Polarity.MINIMISE: "lower is better",
        Polarity.GOLDILOCKS: "inside the range is best" if isinstance(standing.target, Range) else "on target is best",
    }
    return f"{words.POLARITY[polarity]}: {good[polarity]}"


def rule(standing: Standing) -> str:
    """Say the rule with its numbers: `Green at 33% or more, amber down to 28.05%, red below`."""
    if standing.target is None:
        return "No target is set for this month, so the figure is not rated"
    lines = rating.thresholds(standing.target, standing.indicator.polarity, standing.indicator.tolerance)

    def line(at: Decimal | None) -> str:
        return figure(at or Decimal(0), None, percent=standing.indicator.percent)

    shown = target_text(standing)
    down, up = f", amber down to {line(lines.low_red)}", f", amber up to {line(lines.high_red)}"
    if standing.indicator.polarity is Polarity.MAXIMISE:
        return f"Green at {shown} or more{down if lines.low_red != lines.low_green else ''}, red below"
    if standing.indicator.polarity is Polarity.MINIMISE:
        return f"Green at {shown} or less{up if lines.high_red != lines.high_green else ''}, red above"
    both = f", amber from {line(lines.low_red)} to {line(lines.high_red)} outside it"
    no_amber = (lines.low_red, lines.high_red) == (lines.low_green, lines.high_green)
    return f"Green at {shown}{'' if no_amber else both}, red beyond"
