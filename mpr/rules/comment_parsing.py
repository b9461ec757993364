"""Parse comments: split them into sentences and clauses, and find the months and figures that each names.

This reads what a comment says, not what it means; a rule reports a finding only if the words leave no doubt.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from mpr.measure.period import MONTH_NAMES, MONTHS_IN_YEAR, Month
from mpr.problem import quote

SHORT_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTH_NAMES, 1)} | {"Sept": 9}
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTH_NAMES, 1)}
MONTH_WORD = "|".join([*MONTH_NUMBERS, "Sept", *SHORT_MONTH_NUMBERS])
# "May" is also a verb, and "May Day" a holiday; a name is a month only with its capital.
MONTH = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<name>{MONTH_WORD})(?! [Dd]ay)(?=['’]?s?\b)"
    rf"(?:['’]?s)?(?:[ -]+(?P<year>(?:20)?\d\d)\b(?![%.,/]\d|%))?"
)
DATE = re.compile(r"\b(?P<day>\d{1,2})[/.](?P<number>\d{1,2})[/.](?P<year>(?:20)?\d\d)\b")
FIGURE = re.compile(
    r"(?<![\w.,/£$€-])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?P<sign>\s?(?:%|per ?cent\b))?"
    r"(?![\w/]|[.,]\d|-\d)",
    re.IGNORECASE,
)
SENTENCE_BREAK = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9(‘“\"'])|\n+")
CLAUSE_BREAK = re.compile(
    r",?\s+(?:but|however|although|though|while|whilst|whereas|which|and(?= (?:is|are|was|were|also)\b))\s+|; "
)
CENTURY = 100
LONGEST_SENTENCE = 1_000  # characters; a longer text is not a sentence, and checking each figure in it takes minutes

memoise = lru_cache(maxsize=10_000)  # many rules ask for the same text, and the preview asks again after each save


@dataclass(frozen=True)
class MonthMention:
    """A month that a text names, and its position in the text."""

    month: Month
    start: int
    end: int


@dataclass(frozen=True)
class QuotedFigure:
    """A figure that a text quotes, and its position in the text; `decimals` is how many it is written with."""

    value: Decimal
    percent: bool
    decimals: int
    start: int
    end: int


@memoise
def split_sentences(comment: str) -> tuple[str, ...]:
    """Return the sentences of a comment, without those of more than 1,000 characters."""
    return tuple(
        sentence for part in SENTENCE_BREAK.split(comment) if 0 < len(sentence := part.strip()) <= LONGEST_SENTENCE
    )


@memoise
def split_clauses(comment: str) -> tuple[str, ...]:
    """Return the parts of a comment that each say one thing."""
    parts = (clause.strip() for sentence in split_sentences(comment) for clause in CLAUSE_BREAK.split(sentence))
    return tuple(filter(None, parts))


@memoise
def list_month_mentions(text: str, near: Month) -> tuple[MonthMention, ...]:
    """Return the months that a text names, in order; one without a year is taken to be the nearest to `near`."""
    mentions = []
    for match in MONTH.finditer(text):
        number = MONTH_NUMBERS.get(match["name"]) or SHORT_MONTH_NUMBERS[match["name"]]
        month = Month(_parse_year(match["year"]), number) if match["year"] else _find_nearest_month(number, near)
        mentions.append(MonthMention(month, match.start(), match.end()))
    for match in DATE.finditer(text):
        if 1 <= int(match["number"]) <= MONTHS_IN_YEAR:
            month = Month(_parse_year(match["year"]), int(match["number"]))
            mentions.append(MonthMention(month, match.start(), match.end()))
    return tuple(sorted(mentions, key=lambda mention: mention.start))


@memoise
def list_quoted_figures(text: str) -> tuple[QuotedFigure, ...]:
    """Return the figures that a text quotes, except those that are part of a date."""
    dates = [range(match.start(), match.end()) for pattern in (MONTH, DATE) for match in pattern.finditer(text)]
    figures = []
    for match in FIGURE.finditer(text):
        if not any(match.start("number") in date for date in dates):
            number = match["number"].replace(",", "")
            decimals = len(number.partition(".")[2])
            figures.append(QuotedFigure(Decimal(number), bool(match["sign"]), decimals, match.start(), match.end()))
    return tuple(figures)


def format_excerpt(text: str) -> str:
    """Return words of a comment in quotes, for a finding: on one line, and safe to paste into YAML."""
    return quote(text.strip(" \n.,;:").replace(": ", " ").replace("'", "’"))


def unquote(excerpt: str) -> str:
    """Return the words in an excerpt without the quotes around them, for the basis of a finding."""
    return excerpt[1:-1]


def _parse_year(text: str) -> int:
    year = int(text)
    return year + 2000 if year < CENTURY else year


def _find_nearest_month(number: int, near: Month) -> Month:
    years = (near.year - 1, near.year, near.year + 1)
    return min((Month(year, number) for year in years), key=lambda month: abs(month.count_months_since(near)))
