"""The contents of cells as printed: figures, ratings, changes and counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from mpr.measure import formatting
from mpr.measure.formatting import format_number, slugify
from mpr.measure.indicator import Indicator, Missing
from mpr.measure.outcome import Outcome
from mpr.measure.period import Period
from mpr.measure.rating import DirectionOfTravel
from mpr.measure.series import SeriesFigure
from mpr.measure.status import IndicatorStatus
from mpr.measure.target import Target, YearTargets
from mpr.report.model import open_data
from mpr.report.model import report as model

CHANGE_WORDS = {
    DirectionOfTravel.BETTER: "Better",
    DirectionOfTravel.WORSE: "Worse",
    DirectionOfTravel.SAME: "Same",
    DirectionOfTravel.NOT_AVAILABLE: "[x]",
}
PROXY = "proxy"


def make_anchor(section: str, name: str) -> str:
    """Return the HTML id of a part of a section: `detail-cp-3-10`."""
    return f"{section}-{slugify(name)}"


def make_anchor_id(section: str, indicator: Indicator) -> str:
    """Return the HTML id of an indicator in a section; with a prefix for an alias, which may be the name of a group."""
    return make_anchor(section, indicator.code if indicator.has_code else f"indicator {indicator.alias}")


def format_missing(reason: Missing) -> open_data.PrintedFigure:
    """Return the symbol for a missing figure."""
    text, spoken = formatting.MISSING_SYMBOLS[reason]
    return open_data.PrintedFigure(text, spoken=spoken)


def format_figure(indicator: Indicator, figure: SeriesFigure, period: Period) -> open_data.PrintedFigure:
    """Return a period's value as printed, marked if it is a proxy, or the symbol for the reason why it is missing."""
    if figure.value is None:
        return format_missing(figure.missing or Missing.NOT_AVAILABLE)
    mark, numbers = (
        PROXY if figure.proxy else "",
        formatting.to_printed_numbers(figure.value, indicator.get_decimals(period)),
    )
    return open_data.PrintedFigure(formatting.format_value(indicator, figure.value, period), mark, numbers=numbers)


def format_value_text(status: IndicatorStatus) -> str:
    """Return the latest value as printed; the status must have one."""
    return format_value(status).text


def format_value(status: IndicatorStatus) -> open_data.PrintedFigure:
    """Return the latest value with its numerator and denominator, if known, or the symbol for a missing one."""
    fraction = " of ".join(format_number(part) for part in status.figure.fraction or ())
    return replace(format_figure(status.indicator, status.figure, status.latest_period), of=fraction)


def format_target(indicator: Indicator, goal: Target | None, year: YearTargets | None) -> open_data.PrintedFigure:
    """Return a target as printed, with the decimals of its year's targets, or the symbol for a missing one."""
    return _format_with_decimals(indicator, goal, formatting.get_target_decimals(indicator, year))


def format_annual_target(status: IndicatorStatus) -> open_data.PrintedFigure:
    """Return the annual target of the reporting year as it was written, or the symbol for a missing one."""
    goal = status.reporting_year_targets.annual if status.reporting_year_targets else None
    return _format_with_decimals(status.indicator, goal, None if goal is None else formatting.count_decimals(goal))


def _format_with_decimals(indicator: Indicator, goal: Target | None, decimals: int | None) -> open_data.PrintedFigure:
    """Return a target or the symbol for a missing one: not applicable, if the indicator is for data only."""
    if goal is not None and indicator.targets:
        return open_data.PrintedFigure(
            formatting.format_figure(goal, decimals, is_percentage=indicator.is_percentage),
            numbers=formatting.to_printed_numbers(goal, decimals),
        )
    return format_missing(Missing.NOT_AVAILABLE if indicator.targets else Missing.NOT_APPLICABLE)


def format_target_text(status: IndicatorStatus) -> str:
    """Return the latest period's target as printed."""
    return format_target(status.indicator, status.target, status.year_targets).text


def build_plain_rating(outcome: Outcome) -> model.Rating:
    """Return an outcome as printed, without any overruling."""
    return model.Rating(outcome.key, outcome.word, outcome.sentence)


def build_rating(printed_outcome: Outcome, proposal: Outcome, reason: str, detail: str = "") -> model.Rating:
    """Return an outcome as printed; if it is not the proposal, with the reason and what the rule alone says."""
    if printed_outcome is proposal:
        return build_plain_rating(printed_outcome)
    rule = f"The rule alone says {proposal.word}" + (f": {detail}" if detail else "")
    return model.Rating(
        printed_outcome.key, printed_outcome.word, printed_outcome.sentence, model.Overruling(reason, rule)
    )


def describe_year_before(status: IndicatorStatus) -> str:
    """Return the value of a year before and its period as printed; the status must have one."""
    assert status.value_year_before is not None  # noqa: S101 - asked only where there is a value
    indicator, period = status.indicator, status.latest_period.year_before
    return f"{formatting.format_value(indicator, status.value_year_before, period)} in {period.full_name}"


def build_change(status: IndicatorStatus) -> model.Change:
    """Return the direction of travel, with the figures that were compared or the reason why none were."""
    indicator, kind = status.indicator, status.direction
    noun = status.latest_period.frequency.noun
    if kind is not DirectionOfTravel.NOT_AVAILABLE:
        detail = f"{format_value_text(status)} against {describe_year_before(status)}"
    elif status.value is None:
        detail = f"no figure for this {noun}"
    elif not indicator.is_comparable(status.latest_period, status.latest_period.year_before):
        detail = "last year’s figure is on another scale"
    elif status.value_year_before is None:
        detail = f"no figure for the same {noun} last year" if noun != "year" else "no figure for the year before"
    else:
        detail = "no target to compare with"
    return model.Change(kind, CHANGE_WORDS[kind], detail)


def count_outcomes(statuses: Sequence[IndicatorStatus], outcomes: Sequence[Outcome]) -> tuple[model.Count, ...]:
    """Count indicators by outcome, in the order of `outcomes`; an outcome that does not occur is left out."""
    totals = Counter(status.outcome for status in statuses)
    return tuple(build_count(outcome, totals[outcome]) for outcome in outcomes if totals[outcome])


def build_count(outcome: Outcome, total: int) -> model.Count:
    """Return the count of one outcome."""
    return model.Count(build_plain_rating(outcome), total, formatting.format_count(total, "indicator"))
