"""Rules on what officers add to the figures: comments and overrulings."""

from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.outcome import Role
from mpr.measure.standing import Standing
from mpr.problem import Problem, Severity


def off_track_without_comment(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W501: off track without a word on why."""
    if standing.off_track and not standing.comment:
        message = f"{standing.indicator.code} is {standing.outcome} and has no comment"
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
