"""A rule on what a comment may give away of single people."""

import re
from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.standing import Standing
from mpr.measure.words import listed
from mpr.problem import Problem, Severity
from mpr.rules import prose

FEWEST = 5  # below it people can be known by who they are
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MANY = (
    r"(?:children|people|persons|adults|residents|patients|pupils|students|clients|customers|carers|tenants|families|"
    r"households|individuals|babies|infants|women|men|girls|boys|victims|offenders|care leavers|school leavers|"
    r"service users|young people|siblings|teenagers|adopters)(?! per\b)"
)
ONE = (
    r"(?:child|person|adult|resident|patient|pupil|student|client|customer|carer|tenant|family|household|individual|"
    r"baby|infant|woman|man|girl|boy|victim|offender|care leaver|service user|young person|sibling|teenager)"
    r"(?=[.,;)]|$| (?:was|is|has|had|who|whose|in|from|with|did|left|died|aged|and|but|whom|that|still|placed)\b)"
    r"(?! in )"
)
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})*|{'|'.join(WORDS)})"
ALONE = r"(?<![\w.,/£%-])(?<!\bin )(?<!than )(?<!under )(?<!least )(?<!up to )(?<!most )(?<!every )"
BETWEEN = (
    r"(?: (?:of (?:these|those|the|our)|other|more|new|further|looked after|older|younger|disabled|vulnerable|"
    r"additional|local)){0,3}"
)
COUNTED = re.compile(rf"{ALONE}(?P<number>{NUMBER}){BETWEEN} (?:{MANY}|{ONE})\b", re.IGNORECASE)
OF_WHOM = re.compile(rf"{ALONE}(?P<number>{NUMBER}) of (?:whom|them)\b", re.IGNORECASE)
AMONG = re.compile(
    rf"{ALONE}(?P<all>(?P<whole>{NUMBER})(?: \w+)? {MANY})\b[^.;\n]{{0,80}}?"
    rf"\b(?P<some>(?P<part>{NUMBER}) of (?:whom|them|these|those))\b",
    re.IGNORECASE,
)


def few_people(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W510: a comment counts fewer than five people, or leaves fewer than five when one number is taken from another.

    Whoever knows the case may know the person, and a number taken from a total counts too: of 12 people 11 leave one.
    """
    found = [prose.excerpt(each) for each in dict.fromkeys(_few(standing.comment))]
    if found:
        message = f"the comment on {standing.indicator.code} may point to single people, saying {listed(found)}"
        hint = f"write 'fewer than {FEWEST}' or leave the number out, unless it may be published"
        yield Problem(scorecard.place_of(standing.indicator, "comment"), "W510", message, hint, Severity.WARNING)


@prose.kept
def _few(comment: str) -> tuple[str, ...]:
    """Return the words that count few people."""
    return tuple(_counted(comment))


def _counted(comment: str) -> Iterator[str]:
    for sentence in prose.sentences(comment):
        for match in (*COUNTED.finditer(sentence), *OF_WHOM.finditer(sentence)):
            if 0 < _number(match["number"]) < FEWEST:
                yield match[0]
        for match in AMONG.finditer(sentence):
            if 0 < _number(match["whole"]) - _number(match["part"]) < FEWEST:
                yield f"{match['all']} … {match['some']}"


def _number(text: str) -> int:
    """Return a number written in digits or as a word."""
    plain = text.replace(",", "").casefold()
    return int(plain) if plain.isdigit() else WORDS.index(plain) + 1
