"""A rule on the figures that a comment quotes.

Looked at are only figures that can hardly be of anything else: of the indicator's unit and decimals, and said to be
the target, the gap to it, this period's figure, or that of a month that the data know.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from mpr.load.scorecard import Scorecard
from mpr.measure import rating, series, words
from mpr.measure.indicator import Indicator
from mpr.measure.standing import Standing
from mpr.measure.target import ends
from mpr.measure.words import rounded
from mpr.problem import Problem, Severity
from mpr.rules import prose, shown
from mpr.rules.claims import OTHERS
from mpr.rules.prose import Quote

TARGET = re.compile(r"\btarget(?: for [\w /]{1,20})?(?: (?:is|was|of|at|set at|=)){1,2} $", re.IGNORECASE)
GAP = re.compile(
    r"^ (?:\w+ ){0,3}(?:above|below|over|under|short of|off) (?:the|our|its|this) (?:\w+ )?target\b", re.IGNORECASE
)
IS = re.compile(
    r"(?:\b(?:is|are|was|were|at|stands? at|stood at|reached|achieved|to)|=) (?:now |currently |just )?$", re.IGNORECASE
)
SHARE = re.compile(r"^ of (?!the\b|our\b|target|an?\b)\w+", re.IGNORECASE)
NOW = re.compile(r"\b(?:this month|this quarter|currently|current performance|now|latest)\b", re.IGNORECASE)
MORE = re.compile(
    r"^ (?:\w+ )?(?:above|below|over|under|higher|lower|more|less|fewer|better|worse|increase|decrease|reduction|"
    r"improvement|drop|rise|fall|points?|up|down|growth|change|variance)\b",
    re.IGNORECASE,
)
BY = re.compile(
    r"\b(?:by|of|additional|further|another|extra|from|than|around|about|approximately|over|under|nearly|almost) $",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"\b(?:average|outturn|last year|previous|same (?:time|period|month)|compared|forecast|predict\w*|expect\w*|will|"
    r"would|aim\w*|budget|ward|team|school|including|excluding|if)\b",
    re.IGNORECASE,
)


def other_figure(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W509: a comment quotes a figure, a target or a gap for this indicator that differs from the data.

    A quoted figure agrees where the figure in the data, rounded to the decimals that are quoted, is the same.
    """
    said = list(dict.fromkeys(_differing(scorecard, standing)))
    if said:
        message = f"the comment on {standing.indicator.code} {'; it '.join(said)}"
        hint = "mend the comment, or the figure"
        yield Problem(scorecard.place_of(standing.indicator, "comment"), "W509", message, hint, Severity.WARNING)


def _differing(scorecard: Scorecard, standing: Standing) -> Iterator[str]:
    for clause in prose.clauses(standing.comment):
        quotes = [each for each in prose.quotes(clause) if _alike(standing.indicator, each)]
        if not quotes or OTHERS.search(clause):
            continue
        for quote in quotes:
            yield from _wrong(scorecard, standing, quote, clause[: quote.start], clause[quote.end :])


def _alike(indicator: Indicator, quote: Quote) -> bool:
    """Whether a figure can be of this indicator: a percentage or none, and no whole number where it has decimals."""
    return quote.percent is indicator.percent and (quote.percent or bool(quote.decimals) is bool(indicator.decimals))


def _wrong(scorecard: Scorecard, standing: Standing, quote: Quote, before: str, after: str) -> Iterator[str]:
    """Yield what is wrong with a figure, by what the words around it say that it is."""
    targets, gaps = tuple(_targets(standing)), _gaps(standing)
    if TARGET.search(before):
        if targets and not any(_same(quote, each) for each in targets):
            yield f"says that the target is {_said(quote)}, but the data say {shown.target(standing)}"
    elif gap := GAP.match(after):
        if gaps and not any(_same(quote, each) for each in gaps):
            figures = f"{shown.latest(standing)} against {shown.target(standing)}"
            yield f"says {_said(quote)}{gap[0]}, but the data say {figures}"
    elif not MORE.match(after) and not BY.search(before):
        yield from _figure(scorecard, standing, quote, before, after)


def _figure(scorecard: Scorecard, standing: Standing, quote: Quote, before: str, after: str) -> Iterator[str]:
    """Yield what is wrong with a figure said to be the indicator's, of now or of a month that is named."""
    indicator, reported, around = standing.indicator, scorecard.period, f"{before} … {after}"
    if OTHER.search(around) or not (IS.search(before) or (quote.percent and SHARE.match(after))):
        return
    months = {each.month for each in prose.months(around, reported.last) if each.month <= reported.last}
    if len(months) > 1 or not (months or NOW.search(around)):
        return
    period = indicator.period(max(months, default=reported.last), standing.latest.frequency)
    known = series.value(indicator, scorecard.series(indicator), period)
    if known is not None and not _same(quote, known):
        yield f"says {_said(quote)} for {period.words}, but the data say {words.value(indicator, known, period)}"


def _said(quote: Quote) -> str:
    return f"{quote.value:,f}{'%' if quote.percent else ''}"


def _same(quote: Quote, known: Decimal) -> bool:
    """Whether a quoted figure is the known one, as far as its decimals go."""
    return rounded(known, quote.decimals) == rounded(quote.value, quote.decimals)


def _targets(standing: Standing) -> Iterator[Decimal]:
    """Yield what may rightly be called the target: the month's, the year's, last year's."""
    year = standing.latest.year_before
    for target in (
        standing.target,
        standing.targets.annual if standing.targets else None,
        standing.annual.annual if standing.annual else None,
        standing.indicator.target(year),
    ):
        if target is not None:
            yield from ends(target)


def _gaps(standing: Standing) -> tuple[Decimal, ...]:
    """Return the gap between figure and target, and the same as a share of the target; nothing where there is none."""
    if standing.value is None or standing.target is None:
        return ()
    gap = abs(rating.distance(standing.value, standing.target))
    high = ends(standing.target)[1]
    return (gap, gap / abs(high) * 100) if high else (gap,)
