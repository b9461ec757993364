"""A rule on names that are nearly the same."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache, partial
from itertools import takewhile
from operator import ne

from mpr.load.scorecard import Scorecard
from mpr.measure.status import IndicatorStatus
from mpr.problem import Problem, Severity, quote

SIMILARITY_THRESHOLD = 0.85  # of the letters, from which on two names are taken for one person's or committee's
SHORTEST_NAME = 5  # letters of a name that can be told from another


def check_similar_names(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W517: a manager, owner or committee is spelt almost as another that stands before it in the report.

    Names of committees and owners are held to the council's lists, so there it is the lists that have both.
    """
    code, first_codes = status.indicator.code, _map_first_codes(scorecard)
    for name in dict.fromkeys(_list_names(scorecard, status)):
        earlier_names = takewhile(partial(ne, name), first_codes) if first_codes[name] == code else ()
        similar_name = next(
            (earlier for earlier in earlier_names if first_codes[earlier] != code and _are_similar(earlier, name)), None
        )
        if similar_name:
            message = f"{quote(name)} at {code} is almost {quote(similar_name)} at {first_codes[similar_name]}"
            hint = "write one of them in both places; if they are two, accept this finding"
            yield Problem(status.indicator.place, "W517", message, hint, Severity.WARNING)


@lru_cache(maxsize=1)
def _map_first_codes(scorecard: Scorecard) -> dict[str, str]:
    """Return the code of the indicator at which each name stands first, in the order of the report."""
    first_codes: dict[str, str] = {}
    for status in scorecard.statuses:
        for name in _list_names(scorecard, status):
            first_codes.setdefault(name, status.indicator.code)
    return first_codes


def _list_names(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[str]:
    """Yield the names at an indicator; a committee that the council does not list is an error already."""
    indicator = status.indicator
    yield from indicator.managers
    yield from (name for names in indicator.owners.values() for name in names)
    if indicator.committee in scorecard.settings.committees:
        yield indicator.committee


@lru_cache(maxsize=10_000)
def _are_similar(name: str, other_name: str) -> bool:
    """Whether two names differ by a slip only: never where an initial or a number is another."""
    words, other_words = (re.findall(r"\w+", text.casefold().replace("&", "and")) for text in (name, other_name))
    if (
        _list_initials_and_numbers(words) != _list_initials_and_numbers(other_words)
        or min(len("".join(words)), len("".join(other_words))) < SHORTEST_NAME
    ):
        return False
    return SequenceMatcher(None, " ".join(words), " ".join(other_words), autojunk=False).ratio() >= SIMILARITY_THRESHOLD


def _list_initials_and_numbers(words: list[str]) -> list[str]:
    """Return the words of a name that tell two apart by themselves: initials and numbers."""
    return [word for word in words if len(word) == 1 or word.isdigit()]
