"""Round scales for charts: the start, the end and the labels of an axis."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

ROUND_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
FULL_PERCENTAGE = Decimal(100)


def compute_ticks(values: Iterable[Decimal], step_count: int, *, is_percentage: bool = False) -> tuple[Decimal, ...]:
    """Return two or more evenly spaced round numbers that enclose all values in about `step_count` steps.

    A scale of percentages ends at 100 if no value is higher. Raises ValueError if there are no values.
    """
    values = tuple(values)
    low, high = min(values), max(values)
    span = (high - low) or abs(high) or Decimal(1)
    power = Decimal(1).scaleb((span / step_count).adjusted())
    step = next(multiple * power for multiple in ROUND_STEPS if span / (multiple * power) <= step_count)
    first = int((low / step).to_integral_value(ROUND_FLOOR))
    last = max(int((high / step).to_integral_value(ROUND_CEILING)), first + 1)
    positions = tuple(step * number for number in range(first, last + 1))
    return (
        tuple(position for position in positions if position <= FULL_PERCENTAGE)
        if is_percentage and low < high <= FULL_PERCENTAGE
        else positions
    )
