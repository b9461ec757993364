"""A rule on comments that contradict the figures.

A clause that hedges ("to ensure that the target will be met"), looks back or mentions somebody else's target is left
alone.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from mpr.load.scorecard import Scorecard
from mpr.measure import rating
from mpr.measure.formatting import join_words
from mpr.measure.indicator import Polarity
from mpr.measure.status import IndicatorStatus
from mpr.problem import Problem
from mpr.rules import comment_parsing, phrases
from mpr.rules.findings import build_finding


class Claim(StrEnum):
    """What a clause can claim about a figure and its target, in the words of a finding."""

    MET = "meets"
    MISSED = "misses"
    ABOVE = "is above"
    BELOW = "is below"


DETERMINER = r"(?:its|the|our|this|that|all|both|set|agreed|monthly|local|challenging|month['’]s|(?-i:[A-Z]\w+['’]?s?))"
DETERMINERS = rf"(?:{DETERMINER} ){{0,4}}"
TARGET_WORD = r"targets?\b"
LINK = r"(?:is|are|was|were|has been|have been)"
ADVERBS = r"(?:(?:\w+ly|being|now|again|all|still|also|just) ){0,2}"
NEGATION = r"(?:not|n['’]t|never|no longer|yet to be)"
MEET = r"(?:meet(?:ing)?|met|achiev(?:e|ed|ing)|reach(?:ed|ing)?|hit(?:ting)?)"
CLAIM_WORDINGS = {
    Claim.MISSED: (
        rf"\bmiss(?:es|ed|ing)? {DETERMINERS}{TARGET_WORD}",
        rf"\bfail(?:s|ed|ing)? to (?:meet|achieve|reach|hit) {DETERMINERS}{TARGET_WORD}",
        rf"\b{NEGATION} (?:yet )?(?:being |been )?{MEET} {DETERMINERS}{TARGET_WORD}",
        rf"\b{TARGET_WORD}[^.;]{{0,40}}? {LINK} {NEGATION} (?:yet )?(?:being |been )?(?:met|achieved|reached|hit)\b",
        rf"\b{TARGET_WORD} (?:is|was|are|were) missed\b",
        r"\b(?:off|short of (?:the|our|its)) target\b",
    ),
    Claim.MET: (
        rf"\b{TARGET_WORD}[^.;]{{0,40}}? {LINK} {ADVERBS}(?:met|achieved|reached|hit)\b",
        rf"\b(?:meets|met|meeting|achiev(?:es|ed|ing)|hits|hit|hitting|reach(?:es|ed|ing)) {DETERMINERS}{TARGET_WORD}",
        r"\bon target\b",
        rf"\bbetter than {DETERMINERS}{TARGET_WORD}",
    ),
    Claim.ABOVE: (
        rf"\b(?:above|over|exceed(?:s|ed|ing)?|higher than|in excess of) {DETERMINERS}{TARGET_WORD}",
        rf"\b{TARGET_WORD} {LINK} {ADVERBS}exceeded\b",
    ),
    Claim.BELOW: (rf"\b(?:below|under|lower than) {DETERMINERS}{TARGET_WORD}",),
}
CLAIM_PATTERNS = {claim: re.compile("|".join(patterns), re.IGNORECASE) for claim, patterns in CLAIM_WORDINGS.items()}
DENIED = re.compile(
    rf"(?:\b(?:{NEGATION}|without|neither|nor|less|far|rather than|instead of)|n['’]t)\W+(?:\w+ ){{0,2}}$",
    re.IGNORECASE,
)
HEDGED = re.compile(
    r"\b(?:will|would|should|could|may|might|cannot|expect\w*|aim(?:s|ed|ing)?|ensure\w*|plan(?:s|ned|ning)?|if|unless|"
    r"until|once|when|forecast\w*|anticipat\w*|predict\w*|project(?:s|ed|ing)|(?:un)?likely|hop(?:e|es|ed|ing)|"
    r"in order to|towards|by (?:the )?(?:end|year)|year[ -]end|end of (?:the )?(?:financial )?year|annual|"
    r"(?:so|such) that|whether|how|need\w*|to (?:meet|achieve|reach|hit|exceed|be|get|bring|remain|stay|keep|return))\b"
)
EARLIER_PERIOD = re.compile(
    r"\b(?:last|previous(?:ly)?|prior|earlier|had|historic\w*|in the past|used to|\d{4}/\d\d)\b", re.IGNORECASE
)
EXTERNAL_TARGET = re.compile(
    r"\b(?:national\w*|regional\w*|statutory|England|government|benchmark\w*|stretch|neighbours?|comparator\w*|peer\w*|"
    r"other (?:councils|authorities|areas))\b",
    re.IGNORECASE,
)


def check_contradicting_comment(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W508: a comment says the opposite of the figures, such as that a missed target is "being met".

    The comment is compared with the figure and target printed beside it. Hopes, plans, earlier periods and other
    organisations' targets are left alone.
    """
    indicator, value, target = status.indicator, status.value, status.target
    if value is None or target is None or indicator.polarity is None:
        return
    missed, gap = rating.misses_target(indicator.polarity, value, target), rating.compute_distance(value, target)
    truth = {
        Claim.MET: not missed,
        Claim.MISSED: missed,
        Claim.ABOVE: gap > 0 or (indicator.polarity is Polarity.MINIMISE and not missed),
        Claim.BELOW: gap < 0,
    }
    false_claims = dict.fromkeys(wording for claim, wording in _list_claims(scorecard, status) if not truth[claim])
    if false_claims:
        verb = Claim.MISSED if missed else Claim.MET
        excerpts = [comment_parsing.format_excerpt(wording) for wording in false_claims]
        figures = (phrases.format_latest_figure(status), phrases.format_target(status))
        verdict = f"{figures[0]} {verb} the target of {figures[1]}"
        message = f"the comment on {indicator.code} says {join_words(excerpts)}, but {verdict}"
        hint = "correct the comment or the figure"
        place, basis = scorecard.locate_cell(indicator, "comment"), (*map(comment_parsing.unquote, excerpts), *figures)
        yield build_finding(place, "W508", message, hint, subject=indicator.code, basis=basis)


def _list_claims(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[tuple[Claim, str]]:
    """Yield each claim that a comment makes about this period's figure, with its words."""
    reported_months = {*scorecard.period.months, *status.latest_period.months}
    for clause in comment_parsing.split_clauses(status.comment):
        claim = _parse_claim(clause)
        if claim and all(
            mention.month in reported_months
            for mention in comment_parsing.list_month_mentions(clause, scorecard.period.last)
        ):
            yield claim


@comment_parsing.memoise
def _parse_claim(clause: str) -> tuple[Claim, str] | None:
    """Return the claim that a clause makes outright about the council's own target, with its words."""
    first_match = next(
        ((claim, match) for claim, pattern in CLAIM_PATTERNS.items() if (match := pattern.search(clause))), None
    )
    if not first_match or any(pattern.search(clause) for pattern in (EARLIER_PERIOD, EXTERNAL_TARGET)):
        return None
    claim, match = first_match
    is_hedged = claim is not Claim.MISSED and (HEDGED.search(clause) or DENIED.search(clause[: match.start()]))
    return None if is_hedged else (claim, _quote_claim(clause, match))


def _quote_claim(clause: str, match: re.Match[str]) -> str:
    """Return the words of a claim, with up to three words before them."""
    before = clause[: match.start()].split()[-3:]
    return " ".join([*before, match[0]])
