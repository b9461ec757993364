"""A rule on comments that describe another month than the report's."""

import re
from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import join_words
from mpr.measure.period import Month
from mpr.measure.status import IndicatorStatus
from mpr.problem import Problem
from mpr.rules import comment_parsing
from mpr.rules.findings import build_finding

MONTH_HEADING = re.compile(
    rf"\W*(?:(?:in|for|from) )?(?:{comment_parsing.MONTH_WORD})(?:['’]?s)?(?: \d{{2,4}})?(?: [a-z]+){{0,2}}\s*[:–-]\s"
)
AS_OF = re.compile(r"\b(?:as (?:of|at|on)|position (?:at|on))(?: the)?(?: end of)?\s+$", re.IGNORECASE)
COMPARISON = re.compile(
    r"\b(?:compar\w+|from|since|than|last|previous\w*|prior|earlier|before|between|until|up|down|against|increas\w+|"
    r"decreas\w+|improve\w*|better|worse|higher|lower|same|first|began|started|launched|introduced|will|expect\w*|"
    r"plan\w*|forecast\w*|because|due to|owing to|following|after|result of|caused?|reason|when)\b",
    re.IGNORECASE,
)
CURRENT_PERIOD = re.compile(r"\b(?:this|current|reporting) (?:month|quarter|period)\b", re.IGNORECASE)
PERFORMANCE = re.compile(
    r"\b(?:performance|figures?|rate|results?|targets?|collection|outturn|value|percentage|number|data|position)\b|%",
    re.IGNORECASE,
)
STALE_MONTHS = 3  # a comment copied by mistake is a recent one


def check_wrong_month(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W507: a comment describes another month than the report's.

    This finds a heading such as "April comment:", a figure given "as at" an earlier date, and a comment that describes
    one of the three months before and never mentions the period reported. Months that the comment only compares with,
    gives as a cause or looks forward to are left alone.
    """
    excerpts = [
        comment_parsing.format_excerpt(wording) for wording in dict.fromkeys(_list_wrong_months(scorecard, status))
    ]
    if excerpts:
        code, place = status.indicator.code, scorecard.locate_cell(status.indicator, "comment")
        message = f"the comment on {code} for {scorecard.period.full_name} says {join_words(excerpts)}"
        hint = "describe this report's period, or say at what date the figure was taken and why"
        basis = tuple(map(comment_parsing.unquote, excerpts))
        yield build_finding(place, "W507", message, hint, subject=code, basis=basis)


def _list_wrong_months(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[str]:
    """Yield the words that show that a comment describes another month."""
    reported = scorecard.period
    reported_months = {*reported.months, *status.latest_period.months}
    stale_wordings: list[str] = []
    mentions_reported_month = bool(CURRENT_PERIOD.search(status.comment))
    for sentence in comment_parsing.split_sentences(status.comment):
        mentions = comment_parsing.list_month_mentions(sentence, reported.last)
        earlier_mentions = [mention for mention in mentions if mention.month < reported.first]
        heading = MONTH_HEADING.match(sentence)
        if heading and any(mention.end <= heading.end() for mention in earlier_mentions):
            yield heading[0]
            continue
        for mention in earlier_mentions:
            if mention.month not in reported_months and AS_OF.search(sentence[: mention.start]):
                yield _quote_month(sentence, mention)
        mentions_reported_month = mentions_reported_month or any(
            mention.month in reported_months for mention in mentions
        )
        stale_wordings += [
            _quote_month(sentence, mention)
            for mention in earlier_mentions
            if _is_about_recent_month(sentence, mention, reported.first)
        ]
    if not mentions_reported_month:
        yield from stale_wordings


def _is_about_recent_month(sentence: str, mention: comment_parsing.MonthMention, first_month: Month) -> bool:
    """Whether a sentence describes performance in one of the three months before the period reported."""
    is_recent = 0 < first_month.count_months_since(mention.month) <= STALE_MONTHS
    return is_recent and bool(PERFORMANCE.search(sentence)) and not COMPARISON.search(sentence)


def _quote_month(sentence: str, mention: comment_parsing.MonthMention) -> str:
    """Return a month as the sentence names it, with up to four words before it."""
    words = sentence[: mention.start].split()[-4:]
    return " ".join([*words, sentence[mention.start : mention.end]])
