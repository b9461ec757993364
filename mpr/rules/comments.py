"""Rules on what officers add to the figures: comments, and outcomes set by hand."""

import re
from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.outcome import Role
from mpr.measure.period import Period
from mpr.measure.status import IndicatorStatus
from mpr.problem import Problem, quote
from mpr.rules import comment_parsing, phrases
from mpr.rules.findings import build_finding

SHORTEST_PARAGRAPH = 8  # words; a shorter paragraph may be a stock phrase
EMPHASIS = re.compile(r"(\*{1,3})(?=\S)[^*\n]+(?<=\S)\1(?!\w)")
ASTERISK = re.compile(r"[\w%)\].,’'\"]+ ?\*+")


def check_missing_comment(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W501: an indicator is off track, and no comment says why."""
    if status.is_off_track and not status.comment:
        code, figures = status.indicator.code, _list_latest_figure(status)
        message = f"{code} is {' at '.join([str(status.outcome), *figures])} and has no comment"
        hint = "say why, and what is being done"
        place = scorecard.locate_cell(status.indicator, "comment")
        yield build_finding(place, "W501", message, hint, subject=code, basis=(str(status.outcome), *figures))


def _list_latest_figure(status: IndicatorStatus) -> list[str]:
    return [] if status.value is None else [phrases.format_latest_figure(status)]


def check_missing_outcome(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W505: officers set the outcome of this indicator, and nobody has."""
    if status.indicator.rule.judged and status.outcome.role in {Role.NO_VALUE, Role.DATA_ONLY}:
        code = status.indicator.code
        message, hint = f"{code} has no outcome, and no rule proposes one", "write one into the column outcome"
        place = scorecard.locate_cell(status.indicator, "outcome")
        yield build_finding(place, "W505", message, hint, subject=code, basis=())


def check_missing_reason(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W502: an officer's outcome differs from the rule's, and no reason is given."""
    if status.is_overruled and not status.reason:
        is_rated, code = status.proposed_outcome.is_rated, status.indicator.code
        rule_verdict = f"says {status.proposed_outcome}" if is_rated else "has nothing to rate"
        message = f"{code} is set to {status.outcome} where the rule {rule_verdict}"
        hint = "give the reason beside it, for instance 'judged against year end'"
        place = scorecard.locate_cell(status.indicator, "reason")
        basis = (str(status.outcome), *([str(status.proposed_outcome)] if is_rated else ()))
        yield build_finding(place, "W502", message, hint, subject=code, basis=basis)


def check_large_overruling(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W512: an officer's outcome is two or more steps from the rule's, as green is from red.

    A judgement about the year end is often one step from the rule. A committee will ask about two.
    """
    rated_outcomes = status.indicator.rule.outcomes
    if not status.is_overruled or status.outcome not in rated_outcomes or status.proposed_outcome not in rated_outcomes:
        return
    steps = abs(rated_outcomes.index(status.outcome) - rated_outcomes.index(status.proposed_outcome))
    if steps > 1 and status.value is not None:
        code, outcome, proposed = status.indicator.code, str(status.outcome), str(status.proposed_outcome)
        figures = [phrases.format_latest_figure(status)]
        figures += [phrases.format_target(status)] if status.target is not None else []
        message = f"{code} is set to {outcome} where the rule says {proposed} at {' against '.join(figures)}"
        hint = "look again; if you mean it, say in the reason what makes up for the gap, and accept this finding"
        place = scorecard.locate_cell(status.indicator, "outcome")
        yield build_finding(place, "W512", message, hint, subject=code, basis=(outcome, proposed, *figures))


def check_repeated_comment(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W506: the comment, or a paragraph of it, repeats the previous report's word for word.

    The previous report is the latest earlier one for a period of the same length. Paragraphs of fewer than eight words
    are left alone, unless they are the whole comment.
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
    code, period_name = status.indicator.code, previous_period.full_name
    excerpt = comment_parsing.format_excerpt(paragraph)
    message = f"the comment on {code} repeats the one of {period_name}, {excerpt}"
    hint = "write what is new, or leave it out"
    place, basis = scorecard.locate_cell(status.indicator, "comment"), (period_name, comment_parsing.unquote(excerpt))
    yield build_finding(place, "W506", message, hint, subject=code, basis=basis)


def _split_paragraphs(comment: str) -> list[str]:
    """Return the paragraphs that are too long for a stock phrase, or the whole comment if there are none."""
    paragraphs = [paragraph for paragraph in re.split(r"\n+", comment) if paragraph.strip()]
    return [paragraph for paragraph in paragraphs if len(paragraph.split()) >= SHORTEST_PARAGRAPH] or [comment]


def _normalise(text: str) -> str:
    """Return a text's words in lower case, so that copies compare equal."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def check_missing_footnote(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W511: an asterisk in a name or comment refers to a note that is missing.

    A note is a paragraph of the comment that begins with an asterisk. Asterisks that make words italic or bold, or that
    begin the items of a list, are left alone.
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
            excerpt = quote(match[0])
            message = f"the asterisk in {excerpt} at {indicator.code} refers to a note that is missing"
            hint = "add a paragraph '* …' to the comment, or remove the asterisk"
            basis = (comment_parsing.unquote(excerpt),)
            yield build_finding(place, "W511", message, hint, subject=indicator.code, basis=basis)
            return
