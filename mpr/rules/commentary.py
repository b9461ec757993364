"""Rules on what officers add to the figures: comments and overrulings."""

import re
from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.outcome import Role
from mpr.measure.period import Period
from mpr.measure.standing import Standing
from mpr.problem import Problem, Severity, quoted
from mpr.rules import prose, shown

SHORTEST = 8  # words of a paragraph that is no stock phrase
EMPHASIS = re.compile(r"(\*{1,3})(?=\S)[^*\n]+(?<=\S)\1(?!\w)")
ASTERISK = re.compile(r"[\w%)\].,’'\"]+ ?\*+")


def off_track_without_comment(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W501: off track without a word on why."""
    if standing.off_track and not standing.comment:
        at = f" at {shown.latest(standing)}" if standing.value is not None else ""
        message = f"{standing.indicator.code} is {standing.outcome}{at} and has no comment"
        hint = "say why, and what is being done"
        yield Problem(scorecard.place_of(standing.indicator), "W501", message, hint, Severity.WARNING)


def no_outcome(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W505: officers report the outcome, and have not."""
    if standing.indicator.rule.judged and standing.outcome.role in {Role.NO_VALUE, Role.DATA_ONLY}:
        message = f"{standing.indicator.code} has no outcome, and no rule proposes one"
        yield Problem(scorecard.place_of(standing.indicator), "W505", message, "write one", Severity.WARNING)


def overruled_without_reason(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W502: an officer set another outcome than the rule, and no reason is given."""
    if standing.overruled and not standing.reason:
        rule = f"says {standing.proposal}" if standing.proposal.rated else "has nothing to rate"
        message = f"{standing.indicator.code} is set to {standing.outcome} where the rule {rule}"
        hint = "give the reason beside it, for instance 'judged against year end'"
        yield Problem(scorecard.place_of(standing.indicator), "W502", message, hint, Severity.WARNING)


def overruled_far(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W512: an officer's outcome is two steps or more from the rule's, as green is from red.

    A judgement of the year end may well be one step from the rule; two of them are a question that a committee asks.
    """
    rated = standing.indicator.rule.outcomes
    if not standing.overruled or standing.outcome not in rated or standing.proposal not in rated:
        return
    steps = abs(rated.index(standing.outcome) - rated.index(standing.proposal))
    if steps > 1 and standing.value is not None:
        against = f" against {shown.target(standing)}" if standing.target is not None else ""
        figures = f"{shown.latest(standing)}{against}"
        ruled = f"where the rule says {standing.proposal} at {figures}"
        message = f"{standing.indicator.code} is set to {standing.outcome} {ruled}"
        hint = "look again; if it is meant, let the reason say what makes up for the gap, and accept this finding"
        place = scorecard.place_of(standing.indicator, "outcome")
        yield Problem(place, "W512", message, hint, Severity.WARNING)


def same_comment(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W506: the comment, or a paragraph of it, is the one of an earlier report, word for word.

    Looked at is the report before, of the same length; a paragraph counts from eight words on.
    """
    reported = scorecard.period
    readings = scorecard.series(standing.indicator)
    earlier = [each for each in readings if each.frequency is reported.frequency and each.last < reported.last]
    before = max(earlier, key=lambda each: each.last, default=None)
    if before and standing.comment:
        old = {_bare(each) for each in _paragraphs(readings[before].comment)}
        same = [each for each in _paragraphs(standing.comment) if _bare(each) in old]
        if same:
            yield from _repeated(scorecard, standing, same[0], before)


def _repeated(scorecard: Scorecard, standing: Standing, paragraph: str, before: Period) -> Iterator[Problem]:
    message = (
        f"the comment on {standing.indicator.code} says the same as that of {before.words}, {prose.excerpt(paragraph)}"
    )
    hint = "write what is new, or leave it out"
    yield Problem(scorecard.place_of(standing.indicator, "comment"), "W506", message, hint, Severity.WARNING)


def _paragraphs(comment: str) -> list[str]:
    """Return the paragraphs of a comment that are long enough to be no stock phrase; a short comment whole."""
    paragraphs = [each for each in re.split(r"\n+", comment) if each.strip()]
    return [each for each in paragraphs if len(each.split()) >= SHORTEST] or [comment]


def _bare(text: str) -> str:
    """Return a text without its signs and capitals, in which copies are alike."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def asterisk(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W511: an asterisk in a name or comment refers to a note that is not there.

    A note is a paragraph of the comment that begins with an asterisk. Asterisks around words, which print them in
    italics or bold, and those of a list are no such reference.
    """
    indicator, comment = standing.indicator, standing.comment
    noted = re.search(r"(?m)^\s*\\?\*+(?!\*)\s?\S", comment)
    for text, place in (
        (indicator.name, indicator.place),
        (indicator.alias, indicator.place),
        (comment, scorecard.place_of(indicator, "comment")),
    ):
        found = ASTERISK.search(EMPHASIS.sub("", text)) if "*" in text else None
        if found and not noted:
            message = f"the asterisk of {quoted(found[0])} at {indicator.code} refers to no note"
            hint = "add a paragraph '* …' to the comment, or take the asterisk away"
            yield Problem(place, "W511", message, hint, Severity.WARNING)
            return
