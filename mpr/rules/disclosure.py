"""A rule on comments from which people could be identified."""

import re
from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import join_words
from mpr.measure.status import IndicatorStatus
from mpr.problem import Problem
from mpr.rules import comment_parsing
from mpr.rules.findings import build_finding

DISCLOSURE_THRESHOLD = 5  # people; fewer may be identified
NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
PEOPLE = (
    r"(?:children|people|persons|adults|residents|patients|pupils|students|clients|customers|carers|tenants|families|"
    r"households|individuals|babies|infants|women|men|girls|boys|victims|offenders|care leavers|school leavers|"
    r"service users|young people|siblings|teenagers|adopters)(?! per\b)"
)
PERSON = (
    r"(?:child|person|adult|resident|patient|pupil|student|client|customer|carer|tenant|family|household|individual|"
    r"baby|infant|woman|man|girl|boy|victim|offender|care leaver|service user|young person|sibling|teenager)"
    r"(?=[.,;)]|$| (?:was|is|has|had|who|whose|in|from|with|did|left|died|aged|and|but|whom|that|still|placed)\b)"
    r"(?! in )"
)
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})*|{'|'.join(NUMBER_WORDS)})"
STANDALONE = r"(?<![\w.,/£%-])(?<!\bin )(?<!than )(?<!under )(?<!least )(?<!up to )(?<!most )(?<!every )"
ADJECTIVES = (
    r"(?: (?:of (?:these|those|the|our)|other|more|new|further|looked after|older|younger|disabled|vulnerable|"
    r"additional|local)){0,3}"
)
PEOPLE_COUNT = re.compile(rf"{STANDALONE}(?P<number>{NUMBER}){ADJECTIVES} (?:{PEOPLE}|{PERSON})\b", re.IGNORECASE)
OF_WHOM = re.compile(rf"{STANDALONE}(?P<number>{NUMBER}) of (?:whom|them)\b", re.IGNORECASE)
SUBSET_COUNT = re.compile(
    rf"{STANDALONE}(?P<all>(?P<whole>{NUMBER})(?: \w+)? {PEOPLE})\b[^.;\n]{{0,80}}?"
    rf"\b(?P<some>(?P<part>{NUMBER}) of (?:whom|them|these|those))\b",
    re.IGNORECASE,
)


def check_small_numbers(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W510: a comment counts fewer than five people, or gives two numbers that differ by fewer than five people.

    Somebody who knows the case may recognise the person. Differences count too: 11 of 12 people leaves one.
    """
    excerpts = [
        comment_parsing.format_excerpt(wording) for wording in dict.fromkeys(_find_small_numbers(status.comment))
    ]
    if excerpts:
        code, place = status.indicator.code, scorecard.locate_cell(status.indicator, "comment")
        message = f"the comment on {code} may identify people, as it says {join_words(excerpts)}"
        hint = f"write 'fewer than {DISCLOSURE_THRESHOLD}' or leave the number out, unless it may be published"
        basis = tuple(map(comment_parsing.unquote, excerpts))
        yield build_finding(place, "W510", message, hint, subject=code, basis=basis)


@comment_parsing.memoise
def _find_small_numbers(comment: str) -> tuple[str, ...]:
    """Return the words that count fewer than five people, or leave fewer than five."""
    return tuple(_iter_small_numbers(comment))


def _iter_small_numbers(comment: str) -> Iterator[str]:
    for sentence in comment_parsing.split_sentences(comment):
        for match in (*PEOPLE_COUNT.finditer(sentence), *OF_WHOM.finditer(sentence)):
            if 0 < _parse_number(match["number"]) < DISCLOSURE_THRESHOLD:
                yield match[0]
        for match in SUBSET_COUNT.finditer(sentence):
            if 0 < _parse_number(match["whole"]) - _parse_number(match["part"]) < DISCLOSURE_THRESHOLD:
                yield f"{match['all']} … {match['some']}"


def _parse_number(text: str) -> int:
    """Return the value of a number written in digits or as a word up to twelve."""
    digits = text.replace(",", "").casefold()
    return int(digits) if digits.isdigit() else NUMBER_WORDS.index(digits) + 1
