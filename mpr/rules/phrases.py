"""An indicator's figure and target in the sentences of findings, as the report prints them."""

from mpr.measure import formatting
from mpr.measure.status import IndicatorStatus


def format_latest_figure(status: IndicatorStatus) -> str:
    """Return the latest figure as printed; the indicator must have one."""
    assert status.value is not None  # noqa: S101 - callers have checked
    return formatting.format_value(status.indicator, status.value, status.latest_period)


def format_target(status: IndicatorStatus) -> str:
    """Return the target of the latest figure as printed; the indicator must have one."""
    assert status.target is not None  # noqa: S101 - callers have checked
    return formatting.format_target(status.indicator, status.target, status.year_targets)
