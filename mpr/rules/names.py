"""A rule on names that are nearly the same."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache, partial
from itertools import takewhile
from operator import ne

from mpr.load.scorecard import Scorecard
from mpr.measure.standing import Standing
from mpr.problem import Problem, Severity, quoted

ALIKE = 0.85  # of the letters, from which on two names are taken for one person's or committee's
SHORTEST = 5  # letters of a name that can be told from another


def nearly_the_same(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W517: a manager, owner or committee is spelt almost as another that stands before it in the report.

    Names of committees and owners are held to the council's lists, so there it is the lists that have both.
    """
    code, first = standing.indicator.code, _first(scorecard)
    for name in dict.fromkeys(_names(scorecard, standing)):
        before = takewhile(partial(ne, name), first) if first[name] == code else ()
        other = next((each for each in before if first[each] != code and _alike(each, name)), None)
        if other:
            message = f"{quoted(name)} at {code} is almost {quoted(other)} at {first[other]}"
            hint = "write one of them in both places; if they are two, accept this finding"
            yield Problem(standing.indicator.place, "W517", message, hint, Severity.WARNING)


@lru_cache(maxsize=1)
def _first(scorecard: Scorecard) -> dict[str, str]:
    """Return the code of the indicator at which each name stands first, in the order of the report."""
    found: dict[str, str] = {}
    for each in scorecard.standings:
        for name in _names(scorecard, each):
            found.setdefault(name, each.indicator.code)
    return found


def _names(scorecard: Scorecard, standing: Standing) -> Iterator[str]:
    """Yield the names at an indicator; a committee that the council does not list is an error already."""
    indicator = standing.indicator
    yield from indicator.managers
    yield from (name for names in indicator.owners.values() for name in names)
    if indicator.committee in scorecard.settings.committees:
        yield indicator.committee


@lru_cache(maxsize=10_000)
def _alike(one: str, other: str) -> bool:
    """Whether two names differ by a slip only: never where an initial or a number is another."""
    first, second = (re.findall(r"\w+", each.casefold().replace("&", "and")) for each in (one, other))
    if _telling(first) != _telling(second) or min(len("".join(first)), len("".join(second))) < SHORTEST:
        return False
    return SequenceMatcher(None, " ".join(first), " ".join(second), autojunk=False).ratio() >= ALIKE


def _telling(words: list[str]) -> list[str]:
    """Return the words of a name that tell two apart by themselves: initials and numbers."""
    return [word for word in words if len(word) == 1 or word.isdigit()]
