"""A rule on what a comment may give away of single people."""

import re
from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import join_words
from mpr.measure.status import IndicatorStatus
from mpr.problem import Problem, Severity
from mpr.rules import comment_parsing

DISCLOSURE_THRESHOLD = 5  # below it people can be known by who they are
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
    """W510: a comment counts fewer than five people, or leaves fewer than five when one number is taken from another.

    Whoever knows the case may know the person, and a number taken from a total counts too: of 12 people 11 leave one.
    """
    wordings = [
        comment_parsing.format_excerpt(wording) for wording in dict.fromkeys(_find_small_numbers(status.comment))
    ]
    if wordings:
        message = f"the comment on {status.indicator.code} may point to single people, saying {join_words(wordings)}"
        hint = f"write 'fewer than {DISCLOSURE_THRESHOLD}' or leave the number out, unless it may be published"
        yield Problem(scorecard.locate_cell(status.indicator, "comment"), "W510", message, hint, Severity.WARNING)


@comment_parsing.memoise
def _find_small_numbers(comment: str) -> tuple[str, ...]:
    """Return the words that count few people."""
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
    """Return a number written in digits or as a word."""
    digits = text.replace(",", "").casefold()
    return int(digits) if digits.isdigit() else NUMBER_WORDS.index(digits) + 1
