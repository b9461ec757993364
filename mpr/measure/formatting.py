"""Figures and words as the reader sees them; every display rule for a number is here.

Figures are rounded half up to the indicator's decimals, with commas at thousands, a true minus and an en dash.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from mpr.measure.indicator import Indicator, MeasureKind, Missing, Polarity
from mpr.measure.period import Frequency, Period
from mpr.measure.target import Range, Target, YearTargets

MISSING_SYMBOLS = {
    Missing.NOT_AVAILABLE: ("[x]", "not available"),
    Missing.NOT_APPLICABLE: ("[z]", "not applicable"),
}
POLARITY_LABELS = {
    Polarity.MAXIMISE: "Aim to maximise",
    Polarity.MINIMISE: "Aim to minimise",
    Polarity.GOLDILOCKS: "Goldilocks",
}
MEASURE_LABELS = {  # the frequency is named only where a figure covers a single period
    MeasureKind.SNAPSHOT: "{frequency} snapshot",
    MeasureKind.CUMULATIVE: "Cumulative",
    MeasureKind.YEAR_TO_DATE: "Year to date",
    MeasureKind.ROLLING: "Rolling quarter",
    MeasureKind.COUNT: "{frequency} count",
    MeasureKind.RATE: "{frequency} rate",
}
NO_BREAK = "\u00a0"


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """Return the value rounded half up to this number of decimals, as it is printed and rated; never -0."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def format_number(value: Decimal, decimals: int | None = None) -> str:
    """Return a number with commas and a true minus: `−1,544.0`; with as many decimals as it needs if None."""
    return f"{_round_as_printed(value, decimals):,f}".replace("-", "−")


def to_printed_numbers(value: Target, decimals: int | None) -> tuple[Decimal, ...]:
    """Return the numbers in a printed value or target (two for a range), rounded as printed."""
    return tuple(
        _round_as_printed(bound, decimals)
        for bound in ((value.low, value.high) if isinstance(value, Range) else (value,))
    )


def _round_as_printed(value: Decimal, decimals: int | None) -> Decimal:
    return round_half_up(value, count_decimals(value.normalize()) if decimals is None else decimals)


def format_without_commas(value: Decimal) -> str:
    """Return a number without commas and with as many decimals as it needs, as an officer may type it."""
    return f"{value.normalize():f}"


def count_decimals(value: Target) -> int:
    """Return the number of decimals a value is written with; for a range, of the end that has more."""
    if isinstance(value, Range):
        return max(count_decimals(value.low), count_decimals(value.high))
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def format_figure(value: Target, decimals: int | None, *, is_percentage: bool) -> str:
    """Return a value, a target or a range as printed: `83.0%`, `1,544`, `38 – 48`."""
    sign = "%" if is_percentage else ""
    if isinstance(value, Range):
        bounds = (format_number(bound, decimals) + sign for bound in (value.low, value.high))
        return f"{NO_BREAK}–{NO_BREAK}".join(bounds)
    return format_number(value, decimals) + sign


def format_value(indicator: Indicator, number: Decimal, period: Period) -> str:
    """Return an indicator's value as printed, with the decimals of its period."""
    return format_figure(number, indicator.get_decimals(period), is_percentage=indicator.is_percentage)


def format_target(indicator: Indicator, target: Target, year_targets: YearTargets | None) -> str:
    """Return a period's target as printed, with the decimals of its year's targets."""
    return format_figure(target, get_target_decimals(indicator, year_targets), is_percentage=indicator.is_percentage)


def get_target_decimals(indicator: Indicator, year_targets: YearTargets | None) -> int | None:
    """Return the number of decimals of a year's targets; None (as many as needed) for a count's share of one."""
    return year_targets.decimals if year_targets and indicator.measure_kind is not MeasureKind.COUNT else None


def format_target_as_written(indicator: Indicator, target: Target) -> str:
    """Return a target, such as the annual one, with the decimals that officers wrote."""
    return format_figure(target, count_decimals(target), is_percentage=indicator.is_percentage)


def describe_measure(kind: MeasureKind | None, frequency: Frequency) -> str:
    """Return the measure kind and frequency as printed: `Monthly snapshot`, `Cumulative`, `Annual`."""
    frequency_name = frequency.value.capitalize()
    if kind is None:
        return frequency_name if frequency is not Frequency.MONTHLY else ""
    return MEASURE_LABELS[kind].format(frequency=frequency_name)


def slugify(text: str) -> str:
    """Return a name as used in a link: `cp-3-10` for `CP 3.10`; "" if it has no letter or digit."""
    return "-".join("".join(character if character.isalnum() else " " for character in text.lower()).split())


def format_count(count: int, noun: str) -> str:
    """Return a count with its noun: `1 indicator`, `2 indicators`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def format_amount(amount: Decimal, noun: str) -> str:
    """Return an amount with its noun: `1 point`, `2.5 points`."""
    return f"{format_number(amount)} {noun}" if amount == 1 else f"{format_number(amount)} {noun}s"


def lower_first_letter(name: str) -> str:
    """Return a name as used inside a sentence: `portfolio holder`, but `SRO`."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def join_words(words: Sequence[str], conjunction: str = "and") -> str:
    """Return words joined as in a sentence: `April, May and June`."""
    return f" {conjunction} ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""
