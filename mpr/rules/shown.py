"""Where an indicator stands, in the sentences of findings: its figure and target as the report prints them."""

from mpr.measure import words
from mpr.measure.standing import Standing


def latest(standing: Standing) -> str:
    """Return the latest figure; the standing must have one."""
    assert standing.value is not None  # noqa: S101 - asked only where there is a value
    return words.value(standing.indicator, standing.value, standing.latest)


def target(standing: Standing) -> str:
    """Return the target of the latest figure; the standing must have one."""
    assert standing.target is not None  # noqa: S101 - asked only where there is a target
    return words.target(standing.indicator, standing.target, standing.targets)
