"""A rule on the targets of a year's months, where the figure adds up over the year."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import count_decimals, format_target_as_written
from mpr.measure.indicator import Indicator, MeasureKind
from mpr.measure.period import MONTH_NAMES, Month
from mpr.measure.status import IndicatorStatus
from mpr.measure.target import YearTargets, get_bounds
from mpr.problem import Problem, Severity

STEP_RATIO_LIMITS = (
    Decimal(2) / 3,
    Decimal(3) / 2,
)  # of the steps on both sides: beyond it a step is another profile's


def check_uneven_profile(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W405: the monthly targets of a figure that adds up over the year cannot be one profile.

    They fall, or do not end at the annual target, or change their decimals where one step is out of line with those on
    both sides of it, as where the beginning of one profile was joined to the rest of another.
    """
    indicator, year = status.indicator, status.reporting_year_targets
    if indicator.measure_kind is not MeasureKind.CUMULATIVE or not year or not year.profile:
        return
    monthly_targets = [
        (month, get_bounds(year.profile[month.number])[1]) for month in _list_profile_months(scorecard, indicator, year)
    ]
    fault = next(_describe_falls(indicator, monthly_targets), None) or next(
        _describe_splices(indicator, monthly_targets), None
    )
    fault = fault or next(_describe_wrong_end(scorecard, indicator, year), None)
    if fault:
        hint = f"compare the profile under targets, {scorecard.year}, with where it was taken from"
        message = f"the targets of {indicator.code} {fault}"
        yield Problem(year.place or indicator.place, "W405", message, hint, Severity.WARNING)


MonthlyTargets = list[tuple[Month, Decimal]]


def _list_profile_months(scorecard: Scorecard, indicator: Indicator, year: YearTargets) -> list[Month]:
    """Return the months of the year that the profile states, in their order."""
    current_year = indicator.get_year(scorecard.period.last, indicator.frequency)
    return [month for month in current_year.months if year.profile and month.number in year.profile]


def _describe_falls(indicator: Indicator, monthly_targets: MonthlyTargets) -> Iterator[str]:
    for (before, low), (month, high) in pairwise(monthly_targets):
        if high < low:
            yield f"fall from {format_target_as_written(indicator, low)} in {before.name} to {format_target_as_written(indicator, high)} in {month.name}"


def _describe_splices(indicator: Indicator, monthly_targets: MonthlyTargets) -> Iterator[str]:
    """Yield where a step is out of line with both beside it, between targets written with other decimals."""
    for first, second, third, fourth in zip(
        monthly_targets, monthly_targets[1:], monthly_targets[2:], monthly_targets[3:], strict=False
    ):
        steps = [later[1] - sooner[1] for sooner, later in pairwise((first, second, third, fourth))]
        around = (steps[0], steps[2])
        is_uneven = steps[1] < STEP_RATIO_LIMITS[0] * min(around) or steps[1] > STEP_RATIO_LIMITS[1] * max(around)
        if is_uneven and count_decimals(second[1]) != count_decimals(third[1]):
            low, high = (
                f"{format_target_as_written(indicator, goal)} in {month.name}" for month, goal in (second, third)
            )
            step, sooner, later = (format_target_as_written(indicator, size) for size in (steps[1], *around))
            comparison = f"they rise by {step} from {low} to {high}, but by {sooner} before that and by {later} after"
            yield f"look like two profiles joined: {comparison}"


def _describe_wrong_end(scorecard: Scorecard, indicator: Indicator, year: YearTargets) -> Iterator[str]:
    last = indicator.get_year(scorecard.period.last, indicator.frequency).last.number
    end = year.profile.get(last) if year.profile else None
    if end is not None and year.annual is not None and end != year.annual:
        last_target = f"{format_target_as_written(indicator, end)} in {MONTH_NAMES[last - 1]}"
        yield f"end at {last_target}, but the annual target is {format_target_as_written(indicator, year.annual)}"
