"""Round scales for charts: where an axis starts, ends and is labelled."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
WHOLE = Decimal(100)


def ticks(values: Iterable[Decimal], wanted: int, *, percent: bool = False) -> tuple[Decimal, ...]:
    """Return two or more round numbers, evenly spaced, that enclose all values in about `wanted` steps.

    A scale of percentages ends at 100 where no value lies above.
    """
    values = tuple(values)
    low, high = min(values), max(values)
    span = (high - low) or abs(high) or Decimal(1)
    power = Decimal(1).scaleb((span / wanted).adjusted())
    step = next(each * power for each in STEPS if span / (each * power) <= wanted)
    first = int((low / step).to_integral_value(ROUND_FLOOR))
    last = max(int((high / step).to_integral_value(ROUND_CEILING)), first + 1)
    found = tuple(step * number for number in range(first, last + 1))
    return tuple(each for each in found if each <= WHOLE) if percent and low < high <= WHOLE else found
