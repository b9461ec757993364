"""Rules on targets: what is to be rated must have something to be rated against."""

from collections.abc import Iterator
from decimal import Decimal

from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Indicator, Polarity
from mpr.measure.outcome import Role
from mpr.measure.period import Frequency, Year
from mpr.measure.standing import Standing
from mpr.measure.target import Target, ends
from mpr.measure.words import written
from mpr.problem import Problem, Severity

EASED, MOVED = Decimal("0.05"), Decimal("0.25")  # shares of last year's target


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


def moved_without_note(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W403: the annual target is another than last year's, and no note says why.

    Noticed is a target that is easier by more than 5%, or that moved either way by more than a quarter. The note is the
    setting `note` of the year's targets; the report prints it with the history.
    """
    indicator, now = standing.indicator, standing.annual
    before = indicator.targets_of(scorecard.year.year_before)
    if not now or not before or now.note or now.annual is None or before.annual is None:
        return
    comparable = indicator.comparable(scorecard.year.year_before, scorecard.year)
    if comparable and _moved(indicator, before.annual, now.annual):
        after = f"after {written(indicator, before.annual)} in {scorecard.year.year_before}"
        message = (
            f"{indicator.code} has the annual target {written(indicator, now.annual)} {after}, and no note says why"
        )
        hint = f"say why in a note under targets, {scorecard.year}, or mend the target"
        yield Problem(now.place or indicator.place, "W403", message, hint, Severity.WARNING)


def target_of_nothing(_: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W404: the target is 0, so there is no share of it by which it could be missed a little.

    Such a target is only met or missed. Of something that must never happen it is meant; elsewhere a figure is missing.
    """
    if standing.target is not None and not any(ends(standing.target)):
        place = standing.targets.place if standing.targets else None
        message = f"{standing.indicator.code} has the target 0 for {standing.latest.words}"
        hint = "write the target that is meant; if none may happen, accept this finding"
        yield Problem(place or standing.indicator.place, "W404", message, hint, Severity.WARNING)


def _moved(indicator: Indicator, before: Target, now: Target) -> bool:
    """Whether a target is clearly easier than the one before it, or quite another; ranges by their middle."""
    was, is_ = (sum(ends(each), Decimal(0)) / 2 for each in (before, now))
    eased = {Polarity.MAXIMISE: was - is_, Polarity.MINIMISE: is_ - was}
    easier = eased.get(indicator.polarity, Decimal(0)) if indicator.polarity else Decimal(0)
    return easier > EASED * abs(was) or abs(is_ - was) > MOVED * abs(was)
