"""Figures and words as the reader sees them. A display rule lives here, beside its number.

Figures are rounded half up to the indicator's decimals, with commas at thousands, a true minus and an en dash.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from mpr.measure.indicator import Indicator, MeasureKind, Missing, Polarity
from mpr.measure.period import Frequency, Period
from mpr.measure.target import Range, Target, YearTarget

MISSING = {
    Missing.NOT_AVAILABLE: ("[x]", "not available"),
    Missing.NOT_APPLICABLE: ("[z]", "not applicable"),
}
POLARITY = {
    Polarity.MAXIMISE: "Aim to maximise",
    Polarity.MINIMISE: "Aim to minimise",
    Polarity.GOLDILOCKS: "Goldilocks",
}
MEASURE = {  # each with the frequency before it, where the figure is of one period alone
    MeasureKind.SNAPSHOT: "{frequency} snapshot",
    MeasureKind.CUMULATIVE: "Cumulative",
    MeasureKind.YEAR_TO_DATE: "Year to date",
    MeasureKind.ROLLING: "Rolling quarter",
    MeasureKind.COUNT: "{frequency} count",
    MeasureKind.RATE: "{frequency} rate",
}
NO_BREAK = "\u00a0"


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Return the value rounded half up to so many decimals: the figure that is printed, and so the one rated."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def number(value: Decimal, decimals: int | None = None) -> str:
    """Print a number with commas and a true minus; without `decimals`, with as many as it needs."""
    return f"{_exact(value, decimals):,f}".replace("-", "−")


def exact(value: Target, decimals: int | None) -> tuple[Decimal, ...]:
    """Return the numbers in a printed value or target, with the decimals that they are printed with."""
    return tuple(_exact(end, decimals) for end in ((value.low, value.high) if isinstance(value, Range) else (value,)))


def _exact(value: Decimal, decimals: int | None) -> Decimal:
    return rounded(value, decimals_of(value.normalize()) if decimals is None else decimals)


def plain(value: Decimal) -> str:
    """Write a number with as many decimals as it needs and no commas, as an officer may type it."""
    return f"{value.normalize():f}"


def decimals_of(value: Target) -> int:
    """Return how many decimals a number is written with; a range, the end that has more."""
    if isinstance(value, Range):
        return max(decimals_of(value.low), decimals_of(value.high))
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def figure(value: Target, decimals: int | None, *, percent: bool) -> str:
    """Print a value, a target or a range target: `83.0%`, `1,544`, `38 – 48`."""
    sign = "%" if percent else ""
    if isinstance(value, Range):
        ends = (number(end, decimals) + sign for end in (value.low, value.high))
        return f"{NO_BREAK}–{NO_BREAK}".join(ends)
    return number(value, decimals) + sign


def value(indicator: Indicator, number: Decimal, period: Period) -> str:
    """Print an indicator's value of a period."""
    return figure(number, indicator.decimals_in(period), percent=indicator.percent)


def target(indicator: Indicator, goal: Target, year: YearTarget | None) -> str:
    """Print a target of a year."""
    return figure(goal, target_decimals(indicator, year), percent=indicator.percent)


def target_decimals(indicator: Indicator, year: YearTarget | None) -> int | None:
    """Return with how many decimals a target of a year is printed; a count's share of it with as many as it needs."""
    return year.decimals if year and indicator.measure is not MeasureKind.COUNT else None


def written(indicator: Indicator, goal: Target) -> str:
    """Print a target with the decimals in which it was written, as the annual one is."""
    return figure(goal, decimals_of(goal), percent=indicator.percent)


def measure(kind: MeasureKind | None, frequency: Frequency) -> str:
    """Say what kind of figure it is, and of what period: `Monthly snapshot`, `Cumulative`, `Annual`."""
    often = frequency.value.capitalize()
    if kind is None:
        return often if frequency is not Frequency.MONTHLY else ""
    return MEASURE[kind].format(frequency=often)


def slug(text: str) -> str:
    """Return a name as it stands in an address: `cp-3-10` for `CP 3.10`."""
    return "-".join("".join(each if each.isalnum() else " " for each in text.lower()).split())


def plural(count: int, noun: str) -> str:
    """Print a count with its noun: `1 indicator`, `2 indicators`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def measured(amount: Decimal, noun: str) -> str:
    """Print an amount with its noun: `1 point`, `2.5 points`."""
    return f"{number(amount)} {noun}" if amount == 1 else f"{number(amount)} {noun}s"


def lowered(name: str) -> str:
    """Return a name as it stands inside a sentence: `portfolio holder`, but `SRO`."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Join words as a sentence does: `April, May and June`."""
    return f" {joint} ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""
