"""Rules on targets: a figure can be rated only against a target, and a changed target needs a note."""

from collections.abc import Iterator
from decimal import Decimal

from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import format_target_as_written
from mpr.measure.indicator import Indicator, Polarity
from mpr.measure.outcome import Role
from mpr.measure.period import Frequency, Year
from mpr.measure.status import IndicatorStatus
from mpr.measure.target import Target, get_bounds
from mpr.problem import Problem
from mpr.rules.findings import build_finding

EASING_LIMIT, CHANGE_LIMIT = Decimal("0.05"), Decimal("0.25")  # shares of last year's target


def check_missing_year_target(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """E401: an indicator has no target for a year in which a figure is due.

    Indicators without any targets, and years before the indicator was introduced, are left alone.
    """
    indicator = status.indicator
    current_period = indicator.get_period(scorecard.period.last, indicator.frequency)
    is_due = (
        current_period.frequency is not Frequency.ANNUAL
        or indicator.get_ready_month(current_period) <= scorecard.period.last
    )
    is_introduced = (indicator.year_introduced or 0) <= scorecard.year.first.year
    if is_due and is_introduced and indicator.targets and status.reporting_year_targets is None:
        year = Year.from_month(scorecard.period.last, indicator.start_month)
        message, hint = f"{indicator.code} has no target for {year}", f"write one under targets, {year}"
        yield Problem(indicator.place, "E401", message, hint, subject=indicator.code, basis=(str(year),))


def check_missing_month_target(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W402: the month of the latest figure has no target, so the figure is not rated."""
    is_unrated = status.proposed_outcome.role is Role.DATA_ONLY
    if status.reporting_year_targets is not None and status.value is not None and status.target is None and is_unrated:
        code, period_name = status.indicator.code, status.latest_period.full_name
        message = f"{code} has no target for {period_name} and is not rated"
        hint = "write one in indicators.yaml, or set its outcome with a reason"
        place = scorecard.locate_cell(status.indicator)
        yield build_finding(place, "W402", message, hint, subject=code, basis=(period_name,))


def check_unexplained_target_change(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W403: the annual target has changed since last year, and no note says why.

    This finds a target that is easier by more than 5%, or that moved either way by more than a quarter. Write the note
    as `note` under the year's targets; the report prints it with the history.
    """
    indicator, current = status.indicator, status.reporting_year_targets
    previous = indicator.get_year_targets(scorecard.year.year_before)
    if not current or not previous or current.note or current.annual is None or previous.annual is None:
        return
    comparable = indicator.is_comparable(scorecard.year.year_before, scorecard.year)
    if comparable and _has_moved(indicator, previous.annual, current.annual):
        new, old = (format_target_as_written(indicator, target) for target in (current.annual, previous.annual))
        year_before = str(scorecard.year.year_before)
        message = f"{indicator.code} has the annual target {new} after {old} in {year_before}, and no note says why"
        hint = f"say why in a note under targets, {scorecard.year}, or correct the target"
        place, basis = current.place or indicator.place, (new, old, year_before)
        yield build_finding(place, "W403", message, hint, subject=indicator.code, basis=basis)


def check_zero_target(_: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W404: the target is 0, so the figure can only meet it or miss it.

    A target of 0 is right for something that must never happen. Otherwise the target was probably left out.
    """
    if status.target is not None and not any(get_bounds(status.target)):
        code, period_name = status.indicator.code, status.latest_period.full_name
        place = (status.year_targets.place if status.year_targets else None) or status.indicator.place
        message = f"{code} has the target 0 for {period_name}"
        hint = "write the target that you mean; if it must never happen, accept this finding"
        yield build_finding(place, "W404", message, hint, subject=code, basis=("0", period_name))


def _has_moved(indicator: Indicator, previous: Target, current: Target) -> bool:
    """Whether a target is clearly easier than the previous one, or far from it; a range counts by its middle."""
    previous_middle, current_middle = (sum(get_bounds(target), Decimal(0)) / 2 for target in (previous, current))
    easing_by_polarity = {
        Polarity.MAXIMISE: previous_middle - current_middle,
        Polarity.MINIMISE: current_middle - previous_middle,
    }
    easing = easing_by_polarity.get(indicator.polarity, Decimal(0)) if indicator.polarity else Decimal(0)
    return easing > EASING_LIMIT * abs(previous_middle) or abs(current_middle - previous_middle) > CHANGE_LIMIT * abs(
        previous_middle
    )
