"""The parts of a row as printed: figures, ratings, changes, counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from mpr.measure import words
from mpr.measure.indicator import Indicator, Missing
from mpr.measure.outcome import Outcome
from mpr.measure.period import Period
from mpr.measure.rating import Change
from mpr.measure.series import Figure
from mpr.measure.standing import Standing
from mpr.measure.target import Target, YearTarget
from mpr.measure.words import number, slug
from mpr.report import data, model

CHANGES = {
    Change.BETTER: "Better",
    Change.WORSE: "Worse",
    Change.SAME: "Same",
    Change.NOT_AVAILABLE: "[x]",
}
PROXY = "proxy"


def anchor(section: str, name: str) -> str:
    """Return an id for a part of a section: `detail-cp-3-10`."""
    return f"{section}-{slug(name)}"


def spot(section: str, indicator: Indicator) -> str:
    """Return an id for what a section has of an indicator; an alias is kept apart from the names of groups."""
    return anchor(section, indicator.code if indicator.coded else f"indicator {indicator.alias}")


def missing(why: Missing) -> data.Figure:
    """Return the symbol for a figure that is not there."""
    text, spoken = words.MISSING[why]
    return data.Figure(text, spoken=spoken)


def found(indicator: Indicator, what: Figure, period: Period) -> data.Figure:
    """Return a period's value as printed, marked where it is a proxy, or the symbol for why there is none."""
    if what.value is None:
        return missing(what.missing or Missing.NOT_AVAILABLE)
    mark, numbers = PROXY if what.proxy else "", words.exact(what.value, indicator.decimals_in(period))
    return data.Figure(words.value(indicator, what.value, period), mark, numbers=numbers)


def value_text(standing: Standing) -> str:
    """Return the latest value as printed; the standing must have one."""
    return value(standing).text


def value(standing: Standing) -> data.Figure:
    """Return the latest value with what it was made of, or the symbol for none."""
    of = " of ".join(number(part) for part in standing.figure.of or ())
    return replace(found(standing.indicator, standing.figure, standing.latest), of=of)


def target(indicator: Indicator, goal: Target | None, year: YearTarget | None) -> data.Figure:
    """Return a target of a year as printed, or the symbol for none."""
    return _goal(indicator, goal, words.target_decimals(indicator, year))


def annual(standing: Standing) -> data.Figure:
    """Return the annual target of the reporting year as it was written, or the symbol for none."""
    goal = standing.annual.annual if standing.annual else None
    return _goal(standing.indicator, goal, None if goal is None else words.decimals_of(goal))


def _goal(indicator: Indicator, goal: Target | None, decimals: int | None) -> data.Figure:
    """Return a target, or the symbol for none; an indicator that is data only has none to give."""
    if goal is not None and indicator.targets:
        return data.Figure(words.figure(goal, decimals, percent=indicator.percent), numbers=words.exact(goal, decimals))
    return missing(Missing.NOT_AVAILABLE if indicator.targets else Missing.NOT_APPLICABLE)


def target_text(standing: Standing) -> str:
    """Return the latest period's target as printed."""
    return target(standing.indicator, standing.target, standing.targets).text


def plain(outcome: Outcome) -> model.Rating:
    """Return an outcome as printed."""
    return model.Rating(outcome.key, outcome.word, outcome.sentence)


def outcome(printed_: Outcome, proposal: Outcome, reason: str, detail: str = "") -> model.Rating:
    """Return an outcome as printed; where the rule proposed another, with the reason and what the rule alone says."""
    if printed_ is proposal:
        return plain(printed_)
    rule = f"The rule alone says {proposal.word}" + (f": {detail}" if detail else "")
    return model.Rating(printed_.key, printed_.word, printed_.sentence, model.Overruling(reason, rule))


def before_text(standing: Standing) -> str:
    """Return last year's value and its period as printed; the standing must have one."""
    assert standing.before is not None  # noqa: S101 - asked only where there is a value
    indicator, period = standing.indicator, standing.latest.year_before
    return f"{words.value(indicator, standing.before, period)} in {period.words}"


def changed(standing: Standing) -> model.Change:
    """Return better, worse, same or not available, with the figures that were compared or why there are none."""
    indicator, kind = standing.indicator, standing.change
    noun = standing.latest.frequency.noun
    if kind is not Change.NOT_AVAILABLE:
        detail = f"{value_text(standing)} against {before_text(standing)}"
    elif standing.value is None:
        detail = f"no figure for this {noun}"
    elif not indicator.comparable(standing.latest, standing.latest.year_before):
        detail = "last year’s figure is on another scale"
    elif standing.before is None:
        detail = f"no figure for the same {noun} last year" if noun != "year" else "no figure for the year before"
    else:
        detail = "no target to compare with"
    return model.Change(kind, CHANGES[kind], detail)


def counts(standings: Sequence[Standing], known: Sequence[Outcome]) -> tuple[model.Count, ...]:
    """Count indicators by outcome, the worst first, leaving out what does not occur."""
    number_of = Counter(standing.outcome for standing in standings)
    return tuple(count(outcome, number_of[outcome]) for outcome in known if number_of[outcome])


def count(outcome: Outcome, number_of: int) -> model.Count:
    """Return one outcome's count."""
    return model.Count(plain(outcome), number_of, words.plural(number_of, "indicator"))
