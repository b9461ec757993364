"""Comments, read as a colleague reads them: clause by clause, with the months and the figures that each names.

What is found here is what a comment says, never what it means; a rule speaks up only where the words leave no doubt.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from mpr.measure.period import MONTH_NAMES, MONTHS_IN_YEAR, Month
from mpr.problem import quoted

SHORT = {name[:3]: place for place, name in enumerate(MONTH_NAMES, 1)} | {"Sept": 9}
LONG = {name: place for place, name in enumerate(MONTH_NAMES, 1)}
NAMES = "|".join([*LONG, "Sept", *SHORT])
# "May" is also a verb, and "May Day" a holiday; a name is a month only with its capital.
MONTH = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<name>{NAMES})(?! [Dd]ay)(?=['’]?s?\b)"
    rf"(?:['’]?s)?(?:[ -]+(?P<year>(?:20)?\d\d)\b(?![%.,/]\d|%))?"
)
DATE = re.compile(r"\b(?P<day>\d{1,2})[/.](?P<number>\d{1,2})[/.](?P<year>(?:20)?\d\d)\b")
FIGURE = re.compile(
    r"(?<![\w.,/£$€-])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?P<sign>\s?(?:%|per ?cent\b))?"
    r"(?![\w/]|[.,]\d|-\d)",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9(‘“\"'])|\n+")
CLAUSE = re.compile(
    r",?\s+(?:but|however|although|though|while|whilst|whereas|which|and(?= (?:is|are|was|were|also)\b))\s+|; "
)
CENTURY = 100

kept = lru_cache(maxsize=10_000)  # what is found in a text: many rules ask for it, and the preview anew each time


@dataclass(frozen=True)
class Named:
    """A month that a text names, and where in it."""

    month: Month
    start: int
    end: int


@dataclass(frozen=True)
class Quote:
    """A figure that a text quotes, and where in it."""

    value: Decimal
    percent: bool
    decimals: int
    start: int
    end: int


@kept
def sentences(comment: str) -> tuple[str, ...]:
    """Return the sentences of a comment."""
    return tuple(filter(None, (each.strip() for each in SENTENCE.split(comment))))


@kept
def clauses(comment: str) -> tuple[str, ...]:
    """Return the parts of a comment that each say one thing."""
    parts = (each.strip() for sentence in sentences(comment) for each in CLAUSE.split(sentence))
    return tuple(filter(None, parts))


@kept
def months(text: str, near: Month) -> tuple[Named, ...]:
    """Return the months that a text names; one without a year is the one nearest to `near`."""
    found = []
    for match in MONTH.finditer(text):
        number = LONG.get(match["name"]) or SHORT[match["name"]]
        month = Month(_year(match["year"]), number) if match["year"] else _nearest(number, near)
        found.append(Named(month, match.start(), match.end()))
    for match in DATE.finditer(text):
        if 1 <= int(match["number"]) <= MONTHS_IN_YEAR:
            month = Month(_year(match["year"]), int(match["number"]))
            found.append(Named(month, match.start(), match.end()))
    return tuple(sorted(found, key=lambda each: each.start))


@kept
def quotes(text: str) -> tuple[Quote, ...]:
    """Return the figures that a text quotes, without those of its dates."""
    dates = [range(match.start(), match.end()) for pattern in (MONTH, DATE) for match in pattern.finditer(text)]
    found = []
    for match in FIGURE.finditer(text):
        if not any(match.start("number") in date for date in dates):
            number = match["number"].replace(",", "")
            decimals = len(number.partition(".")[2])
            found.append(Quote(Decimal(number), bool(match["sign"]), decimals, match.start(), match.end()))
    return tuple(found)


def excerpt(text: str) -> str:
    """Return words of a comment for a finding, on one line and without what YAML would take for its own."""
    return quoted(text.strip(" \n.,;:").replace(": ", " ").replace("'", "’"))


def _year(text: str) -> int:
    year = int(text)
    return year + 2000 if year < CENTURY else year


def _nearest(number: int, near: Month) -> Month:
    years = (near.year - 1, near.year, near.year + 1)
    return min((Month(year, number) for year in years), key=lambda month: abs(month.since(near)))
