"""Rules on targets: what is to be rated must have something to be rated against."""

from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.outcome import Role
from mpr.measure.period import Frequency, Year
from mpr.measure.standing import Standing
from mpr.problem import Problem, Severity


def no_target_for_year(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """E401: an indicator with targets, introduced by then, has none for a year of which a figure is due."""
    indicator = standing.indicator
    now = indicator.period(scorecard.period.last, indicator.frequency)
    due = now.frequency is not Frequency.ANNUAL or indicator.ready(now) <= scorecard.period.last
    known = (indicator.introduced or 0) <= scorecard.year.first.year
    if due and known and indicator.targets and standing.annual is None:
        year = Year.of(scorecard.period.last, indicator.starts)
        yield Problem(
            indicator.place, "E401", f"{indicator.code} has no target for {year}", f"write one under targets, {year}"
        )


def no_target_for_month(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W402: there is no target for the month of the latest figure, so it is not rated."""
    unrated = standing.proposal.role is Role.DATA_ONLY
    if standing.annual is not None and standing.value is not None and standing.target is None and unrated:
        message = f"{standing.indicator.code} has no target for {standing.latest.words} and is not rated"
        hint = "write one in indicators.yaml, or set its outcome with a reason"
        yield Problem(scorecard.place_of(standing.indicator), "W402", message, hint, Severity.WARNING)
