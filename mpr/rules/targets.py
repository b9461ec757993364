"""Rules on targets: what is to be rated must have something to be rated against."""

from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.standing import Standing
from mpr.problem import Problem


def no_target_for_year(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """E401: an indicator with targets has none for the reporting year."""
    if standing.indicator.targets and standing.annual is None:
        message = f"{standing.indicator.code} has no target for {scorecard.year}"
        yield Problem(standing.indicator.place, "E401", message, f"write one under targets, {scorecard.year}")


def no_target_for_month(_: Scorecard, standing: Standing) -> Iterator[Problem]:
    """E402: the year's targets leave out the month of the latest figure."""
    if standing.value is not None and standing.targets is not None and standing.target is None:
        message = f"the profile of {standing.indicator.code} has no target for {standing.latest.words}"
        yield Problem(standing.indicator.place, "E402", message, f"write one under profile, {standing.latest.name}")
