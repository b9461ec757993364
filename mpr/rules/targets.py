"""Rules on targets: what is to be rated must have something to be rated against."""

from collections.abc import Iterator
from decimal import Decimal

from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import format_target_as_written
from mpr.measure.indicator import Indicator, Polarity
from mpr.measure.outcome import Role
from mpr.measure.period import Frequency, Year
from mpr.measure.status import IndicatorStatus
from mpr.measure.target import Target, get_bounds
from mpr.problem import Problem, Severity

EASING_LIMIT, CHANGE_LIMIT = Decimal("0.05"), Decimal("0.25")  # shares of last year's target


def check_missing_year_target(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """E401: an indicator with targets, introduced by then, has none for a year of which a figure is due."""
    indicator = status.indicator
    current_period = indicator.get_period(scorecard.period.last, indicator.frequency)
    is_due = (
        current_period.frequency is not Frequency.ANNUAL
        or indicator.get_ready_month(current_period) <= scorecard.period.last
    )
    is_introduced = (indicator.year_introduced or 0) <= scorecard.year.first.year
    if is_due and is_introduced and indicator.targets and status.reporting_year_targets is None:
        year = Year.from_month(scorecard.period.last, indicator.start_month)
        yield Problem(
            indicator.place, "E401", f"{indicator.code} has no target for {year}", f"write one under targets, {year}"
        )


def check_missing_month_target(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W402: there is no target for the month of the latest figure, so it is not rated."""
    is_unrated = status.proposed_outcome.role is Role.DATA_ONLY
    if status.reporting_year_targets is not None and status.value is not None and status.target is None and is_unrated:
        message = f"{status.indicator.code} has no target for {status.latest_period.full_name} and is not rated"
        hint = "write one in indicators.yaml, or set its outcome with a reason"
        yield Problem(scorecard.locate_cell(status.indicator), "W402", message, hint, Severity.WARNING)


def check_unexplained_target_change(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W403: the annual target is another than last year's, and no note says why.

    Noticed is a target that is easier by more than 5%, or that moved either way by more than a quarter. The note is the
    setting `note` of the year's targets; the report prints it with the history.
    """
    indicator, current = status.indicator, status.reporting_year_targets
    previous = indicator.get_year_targets(scorecard.year.year_before)
    if not current or not previous or current.note or current.annual is None or previous.annual is None:
        return
    comparable = indicator.is_comparable(scorecard.year.year_before, scorecard.year)
    if comparable and _has_moved(indicator, previous.annual, current.annual):
        after = f"after {format_target_as_written(indicator, previous.annual)} in {scorecard.year.year_before}"
        message = f"{indicator.code} has the annual target {format_target_as_written(indicator, current.annual)} {after}, and no note says why"
        hint = f"say why in a note under targets, {scorecard.year}, or mend the target"
        yield Problem(current.place or indicator.place, "W403", message, hint, Severity.WARNING)


def check_zero_target(_: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W404: the target is 0, so there is no share of it by which it could be missed a little.

    Such a target is only met or missed. Of something that must never happen it is meant; elsewhere a figure is missing.
    """
    if status.target is not None and not any(get_bounds(status.target)):
        place = status.year_targets.place if status.year_targets else None
        message = f"{status.indicator.code} has the target 0 for {status.latest_period.full_name}"
        hint = "write the target that is meant; if none may happen, accept this finding"
        yield Problem(place or status.indicator.place, "W404", message, hint, Severity.WARNING)


def _has_moved(indicator: Indicator, previous: Target, current: Target) -> bool:
    """Whether a target is clearly easier than the one before it, or quite another; ranges by their middle."""
    previous_middle, current_middle = (sum(get_bounds(target), Decimal(0)) / 2 for target in (previous, current))
    easing_by_polarity = {
        Polarity.MAXIMISE: previous_middle - current_middle,
        Polarity.MINIMISE: current_middle - previous_middle,
    }
    easing = easing_by_polarity.get(indicator.polarity, Decimal(0)) if indicator.polarity else Decimal(0)
    return easing > EASING_LIMIT * abs(previous_middle) or abs(current_middle - previous_middle) > CHANGE_LIMIT * abs(
        previous_middle
    )
