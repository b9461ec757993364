"""A rule on the figures that a comment quotes.

It looks only at figures that can hardly belong to anything else: they have the indicator's unit and decimals, and the
comment calls them the target, the gap to it, this period's figure or the figure of a month in the data.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from mpr.load.scorecard import Scorecard
from mpr.measure import formatting, rating, series
from mpr.measure.formatting import round_half_up
from mpr.measure.indicator import Indicator
from mpr.measure.status import IndicatorStatus
from mpr.measure.target import get_bounds
from mpr.problem import Problem
from mpr.rules import comment_parsing, phrases
from mpr.rules.comment_parsing import QuotedFigure
from mpr.rules.contradictions import EXTERNAL_TARGET
from mpr.rules.findings import build_finding

SAYS_TARGET = re.compile(r"\btarget(?: for [\w /]{1,20})?(?: (?:is|was|of|at|set at|=)){1,2} $", re.IGNORECASE)
SAYS_GAP = re.compile(
    r"^ (?:\w+ ){0,3}(?:above|below|over|under|short of|off) (?:the|our|its|this) (?:\w+ )?target\b", re.IGNORECASE
)
STATES_FIGURE = re.compile(
    r"(?:\b(?:is|are|was|were|at|stands? at|stood at|reached|achieved|to)|=) (?:now |currently |just )?$", re.IGNORECASE
)
STATES_SHARE = re.compile(r"^ of (?!the\b|our\b|target|an?\b)\w+", re.IGNORECASE)
CURRENT_PERIOD = re.compile(r"\b(?:this month|this quarter|currently|current performance|now|latest)\b", re.IGNORECASE)
STATES_CHANGE = re.compile(
    r"^ (?:\w+ )?(?:above|below|over|under|higher|lower|more|less|fewer|better|worse|increase|decrease|reduction|"
    r"improvement|drop|rise|fall|points?|up|down|growth|change|variance)\b",
    re.IGNORECASE,
)
APPROXIMATES = re.compile(
    r"\b(?:by|of|additional|further|another|extra|from|than|around|about|approximately|over|under|nearly|almost) $",
    re.IGNORECASE,
)
OTHER_MEASURE = re.compile(
    r"\b(?:average|outturn|last year|previous|same (?:time|period|month)|compared|forecast|predict\w*|expect\w*|will|"
    r"would|aim\w*|budget|ward|team|school|including|excluding|if)\b",
    re.IGNORECASE,
)


def check_quoted_figures(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W509: a comment quotes a figure, target or gap of this indicator that differs from the data.

    The quoted figure may be rounded: it is compared with the figure in the data, rounded to as many decimals.
    """
    differences = list(dict.fromkeys(_describe_differences(scorecard, status)))
    if differences:
        code, place = status.indicator.code, scorecard.locate_cell(status.indicator, "comment")
        message = f"the comment on {code} {'; it '.join(text for text, _ in differences)}"
        basis = tuple(text for _, texts in differences for text in texts)
        yield build_finding(place, "W509", message, "correct the comment or the figure", subject=code, basis=basis)


Difference = tuple[str, tuple[str, ...]]  # what is wrong with a quoted figure, and the figures and periods in it


def _describe_differences(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Difference]:
    for clause in comment_parsing.split_clauses(status.comment):
        quotes = [
            quoted_figure
            for quoted_figure in comment_parsing.list_quoted_figures(clause)
            if _can_belong_to(status.indicator, quoted_figure)
        ]
        if not quotes or EXTERNAL_TARGET.search(clause):
            continue
        for quote in quotes:
            yield from _describe_quote_difference(scorecard, status, quote, clause[: quote.start], clause[quote.end :])


def _can_belong_to(indicator: Indicator, quote: QuotedFigure) -> bool:
    """Whether a figure can belong to this indicator: both are percentages or neither, and both have decimals or not."""
    return quote.percent is indicator.is_percentage and (
        quote.percent or bool(quote.decimals) is bool(indicator.decimals)
    )


def _describe_quote_difference(
    scorecard: Scorecard, status: IndicatorStatus, quote: QuotedFigure, before: str, after: str
) -> Iterator[Difference]:
    """Yield what is wrong with a figure, depending on whether the words around it call it a target, gap or figure."""
    targets, gaps = tuple(_list_targets(status)), _compute_gaps(status)
    if SAYS_TARGET.search(before):
        if targets and not any(_is_same_figure(quote, target) for target in targets):
            quoted, target_text = _format_quote(quote), phrases.format_target(status)
            yield f"says that the target is {quoted}, but the data say {target_text}", (quoted, target_text)
    elif gap := SAYS_GAP.match(after):
        if gaps and not any(_is_same_figure(quote, possible_gap) for possible_gap in gaps):
            quoted, figure = f"{_format_quote(quote)}{gap[0]}", phrases.format_latest_figure(status)
            target_text = phrases.format_target(status)
            message = f"says {quoted}, but the data say {figure} against {target_text}"
            yield message, (quoted, figure, target_text)
    elif not STATES_CHANGE.match(after) and not APPROXIMATES.search(before):
        yield from _describe_figure_difference(scorecard, status, quote, before, after)


def _describe_figure_difference(
    scorecard: Scorecard, status: IndicatorStatus, quote: QuotedFigure, before: str, after: str
) -> Iterator[Difference]:
    """Yield what is wrong with a figure quoted as the indicator's, for this period or a month that is named."""
    indicator, reported, around = status.indicator, scorecard.period, f"{before} … {after}"
    if OTHER_MEASURE.search(around) or not (
        STATES_FIGURE.search(before) or (quote.percent and STATES_SHARE.match(after))
    ):
        return
    months = {
        mention.month
        for mention in comment_parsing.list_month_mentions(around, reported.last)
        if mention.month <= reported.last
    }
    if len(months) > 1 or not (months or CURRENT_PERIOD.search(around)):
        return
    period = indicator.get_period(max(months, default=reported.last), status.latest_period.frequency)
    recorded = series.get_value(indicator, scorecard.get_series(indicator), period)
    if recorded is not None and not _is_same_figure(quote, recorded):
        quoted, recorded_text = _format_quote(quote), formatting.format_value(indicator, recorded, period)
        message = f"says {quoted} for {period.full_name}, but the data say {recorded_text}"
        yield message, (quoted, period.full_name, recorded_text)


def _format_quote(quote: QuotedFigure) -> str:
    return f"{quote.value:,f}{'%' if quote.percent else ''}"


def _is_same_figure(quote: QuotedFigure, recorded: Decimal) -> bool:
    """Whether a quoted figure equals the recorded one, rounded to as many decimals."""
    return round_half_up(recorded, quote.decimals) == round_half_up(quote.value, quote.decimals)


def _list_targets(status: IndicatorStatus) -> Iterator[Decimal]:
    """Yield the targets that a comment may mean: the month's, the year's and last year's."""
    year = status.latest_period.year_before
    for target in (
        status.target,
        status.year_targets.annual if status.year_targets else None,
        status.reporting_year_targets.annual if status.reporting_year_targets else None,
        status.indicator.get_target(year),
    ):
        if target is not None:
            yield from get_bounds(target)


def _compute_gaps(status: IndicatorStatus) -> tuple[Decimal, ...]:
    """Return the gap between figure and target, and the gap in per cent of the target; empty if either is missing."""
    if status.value is None or status.target is None:
        return ()
    gap = abs(rating.compute_distance(status.value, status.target))
    high = get_bounds(status.target)[1]
    return (gap, gap / abs(high) * 100) if high else (gap,)
