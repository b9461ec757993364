"""Figures in the sentences of findings, as the report prints them."""

from decimal import Decimal

from mpr.measure.indicator import Indicator
from mpr.measure.period import Period
from mpr.measure.standing import Standing
from mpr.measure.words import figure


def value(indicator: Indicator, number: Decimal, period: Period) -> str:
    """Return a period's figure as printed."""
    return figure(number, indicator.decimals_in(period), percent=indicator.percent)


def latest(standing: Standing) -> str:
    """Return the latest figure as printed; the standing must have one."""
    assert standing.value is not None  # noqa: S101 - asked only where there is a value
    return value(standing.indicator, standing.value, standing.latest)


def target(standing: Standing) -> str:
    """Return the target of the latest figure as printed; the standing must have one."""
    assert standing.target is not None  # noqa: S101 - asked only where there is a target
    decimals = standing.targets.decimals if standing.targets else None
    return figure(standing.target, decimals, percent=standing.indicator.percent)
