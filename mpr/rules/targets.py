"""Rules on targets: what is to be rated must have something to be rated against."""

from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.standing import Standing
from mpr.problem import Problem, Severity


def no_target_for_year(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """E401: an indicator with targets, introduced by then, has none for the reporting year."""
    introduced = standing.indicator.introduced or 0
    known = introduced <= scorecard.year.months[-1].year
    if known and standing.indicator.targets and standing.annual is None:
        message = f"{standing.indicator.code} has no target for {scorecard.year}"
        yield Problem(standing.indicator.place, "E401", message, f"write one under targets, {scorecard.year}")


def no_target_for_month(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W402: there is no target for the month of the latest figure, so it is not rated."""
    if standing.annual is not None and standing.value is not None and standing.target is None:
        message = f"{standing.indicator.code} has no target for {standing.latest.words} and is not rated"
        hint = "write one in indicators.yaml, or set its outcome with a reason"
        yield Problem(scorecard.place_of(standing.indicator), "W402", message, hint, Severity.WARNING)
