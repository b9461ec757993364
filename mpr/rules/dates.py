"""A rule on the time of which a comment speaks."""

import re
from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.period import Month
from mpr.measure.standing import Standing
from mpr.measure.words import listed
from mpr.problem import Problem, Severity
from mpr.rules import prose

HEADING = re.compile(
    rf"\W*(?:(?:in|for|from) )?(?:{prose.NAMES})(?:['’]?s)?(?: \d{{2,4}})?(?: [a-z]+){{0,2}}\s*[:–-]\s"
)
AS_OF = re.compile(r"\b(?:as (?:of|at|on)|position (?:at|on))(?: the)?(?: end of)?\s+$", re.IGNORECASE)
COMPARES = re.compile(
    r"\b(?:compar\w+|from|since|than|last|previous\w*|prior|earlier|before|between|until|up|down|against|increas\w+|"
    r"decreas\w+|improve\w*|better|worse|higher|lower|same|first|began|started|launched|introduced|will|expect\w*|"
    r"plan\w*|forecast\w*|because|due to|owing to|following|after|result of|caused?|reason|when)\b",
    re.IGNORECASE,
)
NOW = re.compile(r"\b(?:this|current|reporting) (?:month|quarter|period)\b", re.IGNORECASE)
PERFORMS = re.compile(
    r"\b(?:performance|figures?|rate|results?|targets?|collection|outturn|value|percentage|number|data|position)\b|%",
    re.IGNORECASE,
)
STALE = 3  # months: who copies an old comment copies a recent one


def another_month(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W507: a comment speaks of another month than the figure does.

    Noticed are a heading such as "April comment:", a figure given "as at" an earlier date, and a comment that says how
    things went in one of the three months before the reported ones and never speaks of those. Months that it compares
    with, gives as a cause or looks forward to are left alone.
    """
    said = [prose.excerpt(each) for each in dict.fromkeys(_elsewhere(scorecard, standing))]
    if said:
        code, shown = standing.indicator.code, scorecard.period.words
        message = f"the comment on {code} for {shown} says {listed(said)}"
        hint = "write of this report's period, or say at what date the figure was taken and why"
        yield Problem(scorecard.place_of(standing.indicator, "comment"), "W507", message, hint, Severity.WARNING)


def _elsewhere(scorecard: Scorecard, standing: Standing) -> Iterator[str]:
    """Yield the words by which a comment belongs to another month."""
    reported = scorecard.period
    about = {*reported.months, *standing.latest.months}
    stale: list[str] = []
    own = bool(NOW.search(standing.comment))
    for sentence in prose.sentences(standing.comment):
        named = prose.months(sentence, reported.last)
        before = [each for each in named if each.month < reported.first]
        heading = HEADING.match(sentence)
        if heading and any(each.end <= heading.end() for each in before):
            yield heading[0]
            continue
        for each in before:
            if each.month not in about and AS_OF.search(sentence[: each.start]):
                yield _around(sentence, each)
        own = own or any(each.month in about for each in named)
        stale += [_around(sentence, each) for each in before if _reports(sentence, each, reported.first)]
    if not own:
        yield from stale


def _reports(sentence: str, named: prose.Named, first: Month) -> bool:
    """Whether a sentence says how things went in a month shortly before the reported ones."""
    recent = 0 < first.since(named.month) <= STALE
    return recent and bool(PERFORMS.search(sentence)) and not COMPARES.search(sentence)


def _around(sentence: str, named: prose.Named) -> str:
    """Return a month with the words just before it."""
    words = sentence[: named.start].split()[-4:]
    return " ".join([*words, sentence[named.start : named.end]])
