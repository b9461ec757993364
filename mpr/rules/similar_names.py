"""A rule on names that are spelt almost the same."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache, partial
from itertools import takewhile
from operator import ne

from mpr.load.scorecard import Scorecard
from mpr.measure.status import IndicatorStatus
from mpr.problem import Problem, quote
from mpr.rules.findings import build_finding

SIMILARITY_THRESHOLD = 0.85  # ratio of matching letters from which two names are taken for one
SHORTEST_NAME = 5  # letters; shorter names differ too little to be compared


def check_similar_names(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W517: a manager, owner or committee is spelt almost like one that comes earlier in the report.

    Committees and owners must be in the council's lists, so if one of those is misspelt, both spellings are in a list.
    """
    code, first_codes = status.indicator.code, _map_first_codes(scorecard)
    for name in dict.fromkeys(_list_names(scorecard, status)):
        earlier_names = takewhile(partial(ne, name), first_codes) if first_codes[name] == code else ()
        similar_name = next(
            (earlier for earlier in earlier_names if first_codes[earlier] != code and _are_similar(earlier, name)), None
        )
        if similar_name:
            names = quote(name), quote(similar_name)
            message = f"{names[0]} at {code} is almost the same as {names[1]} at {first_codes[similar_name]}"
            hint = "use one spelling in both places; if they are different names, accept this finding"
            basis = tuple(quoted_name[1:-1] for quoted_name in names)
            yield build_finding(status.indicator.place, "W517", message, hint, subject=code, basis=basis)


@lru_cache(maxsize=1)
def _map_first_codes(scorecard: Scorecard) -> dict[str, str]:
    """Return each name with the code of the first indicator that has it, in report order."""
    first_codes: dict[str, str] = {}
    for status in scorecard.statuses:
        for name in _list_names(scorecard, status):
            first_codes.setdefault(name, status.indicator.code)
    return first_codes


def _list_names(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[str]:
    """Yield an indicator's names; a committee that is not in the council's list is an error already."""
    indicator = status.indicator
    yield from indicator.managers
    yield from (name for names in indicator.owners.values() for name in names)
    if indicator.committee in scorecard.settings.committees:
        yield indicator.committee


@lru_cache(maxsize=10_000)
def _are_similar(name: str, other_name: str) -> bool:
    """Whether two names differ only by a slip; names with different initials or numbers never do."""
    words, other_words = (re.findall(r"\w+", text.casefold().replace("&", "and")) for text in (name, other_name))
    if (
        _list_initials_and_numbers(words) != _list_initials_and_numbers(other_words)
        or min(len("".join(words)), len("".join(other_words))) < SHORTEST_NAME
    ):
        return False
    return SequenceMatcher(None, " ".join(words), " ".join(other_words), autojunk=False).ratio() >= SIMILARITY_THRESHOLD


def _list_initials_and_numbers(words: list[str]) -> list[str]:
    """Return the initials and numbers in a name: if they differ, so do the names."""
    return [word for word in words if len(word) == 1 or word.isdigit()]
