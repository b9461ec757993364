"""Round scales for charts: where an axis starts, ends and is labelled."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def ticks(low: Decimal, high: Decimal, wanted: int) -> tuple[Decimal, ...]:
    """Return round numbers, evenly spaced, that enclose `low` to `high` in about `wanted` steps."""
    span = (high - low) or abs(high) or Decimal(1)
    power = Decimal(1).scaleb((span / wanted).adjusted())
    step = next(each * power for each in STEPS if span / (each * power) <= wanted)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return tuple(step * number for number in range(int(first), int(last) + 1))
