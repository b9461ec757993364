"""A rule on the monthly targets of figures that add up over the year."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, islice, pairwise

from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import count_decimals, format_target_as_written
from mpr.measure.indicator import Indicator, MeasureKind
from mpr.measure.period import MONTH_NAMES, Month
from mpr.measure.status import IndicatorStatus
from mpr.measure.target import YearTargets, get_bounds
from mpr.problem import Problem
from mpr.rules.findings import build_finding

# A step outside these shares of the steps on both sides comes from another profile.
STEP_RATIO_LIMITS = (Decimal(2) / 3, Decimal(3) / 2)


def check_uneven_profile(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W405: the monthly targets of a figure that adds up over the year do not make one profile.

    They fall, they do not end at the annual target, or they look like the beginning of one profile joined to the rest
    of another: one step differs clearly from those on both sides, and the number of decimals changes there.
    """
    indicator, year = status.indicator, status.reporting_year_targets
    if indicator.measure_kind is not MeasureKind.CUMULATIVE or not year or not year.profile:
        return
    monthly_targets = [
        (month, get_bounds(year.profile[month.number])[1]) for month in _list_profile_months(scorecard, indicator, year)
    ]
    faults = chain(
        _describe_falls(indicator, monthly_targets),
        _describe_splices(indicator, monthly_targets),
        _describe_wrong_end(scorecard, indicator, year),
    )
    for fault, basis in islice(faults, 1):
        hint = f"compare the profile under targets, {scorecard.year}, with its source"
        message, place = f"the targets of {indicator.code} {fault}", year.place or indicator.place
        yield build_finding(place, "W405", message, hint, subject=indicator.code, basis=basis)


MonthlyTargets = list[tuple[Month, Decimal]]
Fault = tuple[str, tuple[str, ...]]  # what is wrong, and the figures and months in it


def _list_profile_months(scorecard: Scorecard, indicator: Indicator, year: YearTargets) -> list[Month]:
    """Return the months of the year for which the profile has a target, in order."""
    current_year = indicator.get_year(scorecard.period.last, indicator.frequency)
    return [month for month in current_year.months if year.profile and month.number in year.profile]


def _describe_falls(indicator: Indicator, monthly_targets: MonthlyTargets) -> Iterator[Fault]:
    for (before, earlier), (month, later) in pairwise(monthly_targets):
        if later < earlier:
            high, low = (format_target_as_written(indicator, target) for target in (earlier, later))
            yield f"fall from {high} in {before.name} to {low} in {month.name}", (high, before.name, low, month.name)


def _describe_splices(indicator: Indicator, monthly_targets: MonthlyTargets) -> Iterator[Fault]:
    """Yield each step that differs clearly from both beside it, between targets with different decimals."""
    for first, second, third, fourth in zip(
        monthly_targets, monthly_targets[1:], monthly_targets[2:], monthly_targets[3:], strict=False
    ):
        steps = [later[1] - sooner[1] for sooner, later in pairwise((first, second, third, fourth))]
        around = (steps[0], steps[2])
        is_uneven = steps[1] < STEP_RATIO_LIMITS[0] * min(around) or steps[1] > STEP_RATIO_LIMITS[1] * max(around)
        if is_uneven and count_decimals(second[1]) != count_decimals(third[1]):
            low, high, step, sooner, later = (
                format_target_as_written(indicator, number) for number in (second[1], third[1], steps[1], *around)
            )
            before, after = second[0].name, third[0].name
            rise = f"they rise by {step} from {low} in {before} to {high} in {after}"
            comparison = f"{rise}, but by {sooner} before that and by {later} after"
            basis = (step, low, before, high, after, sooner, later)
            yield f"look like two profiles joined: {comparison}", basis


def _describe_wrong_end(scorecard: Scorecard, indicator: Indicator, year: YearTargets) -> Iterator[Fault]:
    last = indicator.get_year(scorecard.period.last, indicator.frequency).last.number
    end = year.profile.get(last) if year.profile else None
    if end is not None and year.annual is not None and end != year.annual:
        last_target, annual = (format_target_as_written(indicator, target) for target in (end, year.annual))
        month = MONTH_NAMES[last - 1]
        yield f"end at {last_target} in {month}, but the annual target is {annual}", (last_target, month, annual)
