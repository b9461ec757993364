"""Rules on what officers add to the figures: comments and overrulings."""

import re
from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.outcome import Role
from mpr.measure.period import Period
from mpr.measure.status import IndicatorStatus
from mpr.problem import Problem, Severity, quote
from mpr.rules import comment_parsing, phrases

SHORTEST_PARAGRAPH = 8  # words of a paragraph that is no stock phrase
EMPHASIS = re.compile(r"(\*{1,3})(?=\S)[^*\n]+(?<=\S)\1(?!\w)")
ASTERISK = re.compile(r"[\w%)\].,’'\"]+ ?\*+")


def check_missing_comment(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W501: off track without a word on why."""
    if status.is_off_track and not status.comment:
        at = f" at {phrases.format_latest_figure(status)}" if status.value is not None else ""
        message = f"{status.indicator.code} is {status.outcome}{at} and has no comment"
        hint = "say why, and what is being done"
        place = scorecard.locate_cell(status.indicator, "comment")
        yield Problem(place, "W501", message, hint, Severity.WARNING)


def check_missing_outcome(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W505: officers report the outcome, and have not."""
    if status.indicator.rule.judged and status.outcome.role in {Role.NO_VALUE, Role.DATA_ONLY}:
        message = f"{status.indicator.code} has no outcome, and no rule proposes one"
        place = scorecard.locate_cell(status.indicator, "outcome")
        yield Problem(place, "W505", message, "write one into the column outcome", Severity.WARNING)


def check_missing_reason(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W502: an officer set another outcome than the rule, and no reason is given."""
    if status.is_overruled and not status.reason:
        rule_verdict = f"says {status.proposed_outcome}" if status.proposed_outcome.is_rated else "has nothing to rate"
        message = f"{status.indicator.code} is set to {status.outcome} where the rule {rule_verdict}"
        hint = "give the reason beside it, for instance 'judged against year end'"
        place = scorecard.locate_cell(status.indicator, "reason")
        yield Problem(place, "W502", message, hint, Severity.WARNING)


def check_large_overruling(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W512: an officer's outcome is two steps or more from the rule's, as green is from red.

    A judgement of the year end may well be one step from the rule; two of them are a question that a committee asks.
    """
    rated_outcomes = status.indicator.rule.outcomes
    if not status.is_overruled or status.outcome not in rated_outcomes or status.proposed_outcome not in rated_outcomes:
        return
    steps = abs(rated_outcomes.index(status.outcome) - rated_outcomes.index(status.proposed_outcome))
    if steps > 1 and status.value is not None:
        against = f" against {phrases.format_target(status)}" if status.target is not None else ""
        figures = f"{phrases.format_latest_figure(status)}{against}"
        rule_verdict = f"where the rule says {status.proposed_outcome} at {figures}"
        message = f"{status.indicator.code} is set to {status.outcome} {rule_verdict}"
        hint = "look again; if it is meant, let the reason say what makes up for the gap, and accept this finding"
        place = scorecard.locate_cell(status.indicator, "outcome")
        yield Problem(place, "W512", message, hint, Severity.WARNING)


def check_repeated_comment(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W506: the comment, or a paragraph of it, is the one of an earlier report, word for word.

    Looked at is the report before, of the same length; a paragraph counts from eight words on.
    """
    reported = scorecard.period
    readings = scorecard.get_series(status.indicator)
    earlier_periods = [
        period for period in readings if period.frequency is reported.frequency and period.last < reported.last
    ]
    previous_period = max(earlier_periods, key=lambda period: period.last, default=None)
    if previous_period and status.comment:
        earlier_paragraphs = {
            _normalise(paragraph) for paragraph in _split_paragraphs(readings[previous_period].comment)
        }
        repeated = [
            paragraph for paragraph in _split_paragraphs(status.comment) if _normalise(paragraph) in earlier_paragraphs
        ]
        if repeated:
            yield from _report_repetition(scorecard, status, repeated[0], previous_period)


def _report_repetition(
    scorecard: Scorecard, status: IndicatorStatus, paragraph: str, previous_period: Period
) -> Iterator[Problem]:
    message = f"the comment on {status.indicator.code} says the same as that of {previous_period.full_name}, {comment_parsing.format_excerpt(paragraph)}"
    hint = "write what is new, or leave it out"
    yield Problem(scorecard.locate_cell(status.indicator, "comment"), "W506", message, hint, Severity.WARNING)


def _split_paragraphs(comment: str) -> list[str]:
    """Return the paragraphs of a comment that are long enough to be no stock phrase; a short comment whole."""
    paragraphs = [paragraph for paragraph in re.split(r"\n+", comment) if paragraph.strip()]
    return [paragraph for paragraph in paragraphs if len(paragraph.split()) >= SHORTEST_PARAGRAPH] or [comment]


def _normalise(text: str) -> str:
    """Return a text without its signs and capitals, in which copies are alike."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def check_missing_footnote(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W511: an asterisk in a name or comment refers to a note that is not there.

    A note is a paragraph of the comment that begins with an asterisk. Asterisks around words, which print them in
    italics or bold, and those of a list are no such reference.
    """
    indicator, comment = status.indicator, status.comment
    note = re.search(r"(?m)^\s*\\?\*+(?!\*)\s?\S", comment)
    for text, place in (
        (indicator.name, indicator.place),
        (indicator.alias, indicator.place),
        (comment, scorecard.locate_cell(indicator, "comment")),
    ):
        match = ASTERISK.search(EMPHASIS.sub("", text)) if "*" in text else None
        if match and not note:
            message = f"the asterisk of {quote(match[0])} at {indicator.code} refers to no note"
            hint = "add a paragraph '* …' to the comment, or take the asterisk away"
            yield Problem(place, "W511", message, hint, Severity.WARNING)
            return
