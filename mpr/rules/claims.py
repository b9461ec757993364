"""A rule on whether a comment says the opposite of the figures.

A clause that hedges ("to ensure that the target will be met"), that looks back, or that speaks of another's target is
left alone.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from mpr.load.scorecard import Scorecard
from mpr.measure import rating
from mpr.measure.indicator import Polarity
from mpr.measure.standing import Standing
from mpr.measure.words import listed
from mpr.problem import Problem, Severity
from mpr.rules import prose, shown


class Claim(StrEnum):
    """What a clause can say of a figure and its target, in the words of a finding."""

    MET = "meets"
    MISSED = "misses"
    ABOVE = "is above"
    BELOW = "is below"


WHOSE = r"(?:its|the|our|this|that|all|both|set|agreed|monthly|local|challenging|month['’]s|(?-i:[A-Z]\w+['’]?s?))"
OWN = rf"(?:{WHOSE} ){{0,4}}"
TARGETS = r"targets?\b"
LINK = r"(?:is|are|was|were|has been|have been)"
SO = r"(?:(?:\w+ly|being|now|again|all|still|also|just) ){0,2}"
NOT = r"(?:not|n['’]t|never|no longer|yet to be)"
MEET = r"(?:meet(?:ing)?|met|achiev(?:e|ed|ing)|reach(?:ed|ing)?|hit(?:ting)?)"
SAID = {
    Claim.MISSED: (
        rf"\bmiss(?:es|ed|ing)? {OWN}{TARGETS}",
        rf"\bfail(?:s|ed|ing)? to (?:meet|achieve|reach|hit) {OWN}{TARGETS}",
        rf"\b{NOT} (?:yet )?(?:being |been )?{MEET} {OWN}{TARGETS}",
        rf"\b{TARGETS}[^.;]{{0,40}}? {LINK} {NOT} (?:yet )?(?:being |been )?(?:met|achieved|reached|hit)\b",
        rf"\b{TARGETS} (?:is|was|are|were) missed\b",
        r"\b(?:off|short of (?:the|our|its)) target\b",
    ),
    Claim.MET: (
        rf"\b{TARGETS}[^.;]{{0,40}}? {LINK} {SO}(?:met|achieved|reached|hit)\b",
        rf"\b(?:meets|met|meeting|achiev(?:es|ed|ing)|hits|hit|hitting|reach(?:es|ed|ing)) {OWN}{TARGETS}",
        r"\bon target\b",
        rf"\bbetter than {OWN}{TARGETS}",
    ),
    Claim.ABOVE: (
        rf"\b(?:above|over|exceed(?:s|ed|ing)?|higher than|in excess of) {OWN}{TARGETS}",
        rf"\b{TARGETS} {LINK} {SO}exceeded\b",
    ),
    Claim.BELOW: (rf"\b(?:below|under|lower than) {OWN}{TARGETS}",),
}
CLAIMS = {claim: re.compile("|".join(patterns), re.IGNORECASE) for claim, patterns in SAID.items()}
DENIED = re.compile(
    rf"(?:\b(?:{NOT}|without|neither|nor|less|far|rather than|instead of)|n['’]t)\W+(?:\w+ ){{0,2}}$",
    re.IGNORECASE,
)
HEDGED = re.compile(
    r"\b(?:will|would|should|could|may|might|cannot|expect\w*|aim(?:s|ed|ing)?|ensure\w*|plan(?:s|ned|ning)?|if|unless|"
    r"until|once|when|forecast\w*|anticipat\w*|predict\w*|project(?:s|ed|ing)|(?:un)?likely|hop(?:e|es|ed|ing)|"
    r"in order to|towards|by (?:the )?(?:end|year)|year[ -]end|end of (?:the )?(?:financial )?year|annual|"
    r"(?:so|such) that|whether|how|need\w*|to (?:meet|achieve|reach|hit|exceed|be|get|bring|remain|stay|keep|return))\b"
)
BACK = re.compile(
    r"\b(?:last|previous(?:ly)?|prior|earlier|had|historic\w*|in the past|used to|\d{4}/\d\d)\b", re.IGNORECASE
)
OTHERS = re.compile(
    r"\b(?:national\w*|regional\w*|statutory|England|government|benchmark\w*|stretch|neighbours?|comparator\w*|peer\w*|"
    r"other (?:councils|authorities|areas))\b",
    re.IGNORECASE,
)


def opposite(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W508: a comment says the opposite of the figures, such as a target "being met" that is missed.

    Compared are the figure and the target that stand beside the comment. What a comment hopes for, says of an earlier
    period or of somebody else's target is left alone.
    """
    indicator, value, target = standing.indicator, standing.value, standing.target
    if value is None or target is None or indicator.polarity is None:
        return
    missed, gap = rating.missed(indicator.polarity, value, target), rating.distance(value, target)
    truth = {
        Claim.MET: not missed,
        Claim.MISSED: missed,
        Claim.ABOVE: gap > 0 or (indicator.polarity is Polarity.MINIMISE and not missed),
        Claim.BELOW: gap < 0,
    }
    false = dict.fromkeys(said for claim, said in _claims(scorecard, standing) if not truth[claim])
    if false:
        stands = Claim.MISSED if missed else Claim.MET
        figures = f"{shown.latest(standing)} {stands} the target of {shown.target(standing)}"
        message = (
            f"the comment on {indicator.code} says {listed([prose.excerpt(said) for said in false])}, but {figures}"
        )
        hint = "mend the comment, or the figure"
        yield Problem(scorecard.place_of(indicator, "comment"), "W508", message, hint, Severity.WARNING)


def _claims(scorecard: Scorecard, standing: Standing) -> Iterator[tuple[Claim, str]]:
    """Yield what a comment claims of this period's figure, with its words."""
    about = {*scorecard.period.months, *standing.latest.months}
    for clause in prose.clauses(standing.comment):
        said = _claim(clause)
        if said and all(each.month in about for each in prose.months(clause, scorecard.period.last)):
            yield said


@prose.kept
def _claim(clause: str) -> tuple[Claim, str] | None:
    """Return what a clause claims outright of the council's own target, with its words."""
    found = next(((claim, match) for claim, pattern in CLAIMS.items() if (match := pattern.search(clause))), None)
    if not found or any(pattern.search(clause) for pattern in (BACK, OTHERS)):
        return None
    claim, match = found
    hedged = claim is not Claim.MISSED and (HEDGED.search(clause) or DENIED.search(clause[: match.start()]))
    return None if hedged else (claim, _around(clause, match))


def _around(clause: str, found: re.Match[str]) -> str:
    """Return the words of a claim with the few before it."""
    before = clause[: found.start()].split()[-3:]
    return " ".join([*before, found[0]])
