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
from mpr.report import model

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


def missing(why: Missing) -> model.Figure:
    """Return the symbol for a figure that is not there."""
    text, spoken = words.MISSING[why]
    return model.Figure(text, spoken=spoken)


def found(indicator: Indicator, what: Figure, period: Period) -> model.Figure:
    """Return a period's value as printed, marked where it is a proxy, or the symbol for why there is none."""
    if what.value is None:
        return missing(what.missing or Missing.NOT_AVAILABLE)
    return model.Figure(words.value(indicator, what.value, period), PROXY if what.proxy else "")


def value_text(standing: Standing) -> str:
    """Return the latest value as printed; the standing must have one."""
    return value(standing).text


def value(standing: Standing) -> model.Figure:
    """Return the latest value with what it was made of, or the symbol for none."""
    of = " of ".join(number(part) for part in standing.figure.of or ())
    return replace(found(standing.indicator, standing.figure, standing.latest), of=of)


def target(indicator: Indicator, goal: Target | None, year: YearTarget | None) -> model.Figure:
    """Return a target of a year as printed, or the symbol for none."""
    return _goal(indicator, None if goal is None else words.target(indicator, goal, year))


def annual(standing: Standing) -> model.Figure:
    """Return the annual target of the reporting year as it was written, or the symbol for none."""
    goal = standing.annual.annual if standing.annual else None
    return _goal(standing.indicator, None if goal is None else words.written(standing.indicator, goal))


def _goal(indicator: Indicator, text: str | None) -> model.Figure:
    """Return a target, or the symbol for none; an indicator that is data only has none to give."""
    if text is not None and indicator.targets:
        return model.Figure(text)
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
