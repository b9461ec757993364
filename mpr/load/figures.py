"""Parse the figure in a cell of the values: a number, a percentage, or a ratio such as `799 of 1,077`."""

import re
from decimal import Decimal

from mpr.load.config.scalars import parse_number
from mpr.measure.formatting import format_without_commas
from mpr.measure.indicator import Indicator
from mpr.problem import Place, Problem, Severity, quote

PROXY_PREFIX = re.compile(r"proxy\s+", re.IGNORECASE)
RATIO_SEPARATOR = re.compile(r"\s+of\s+", re.IGNORECASE)
HUNDRED_PERCENT = Decimal(100)
RATIO_HINT = "write 799 of 1,077, or the percentage itself"

ParsedRatio = tuple[tuple[Decimal, Decimal], Decimal]  # numerator and denominator, and the percentage that they make


def parse_ratio(text: str, place: Place, indicator: Indicator, problems: list[Problem]) -> ParsedRatio | None:
    """Return the numerator, the denominator and the percentage in `799 of 1,077`; note why it is not a ratio."""
    try:
        numerator, denominator = map(parse_number, RATIO_SEPARATOR.split(text))
    except ValueError:
        problems.append(Problem(place, "E203", f"value {quote(text)} is not a number", RATIO_HINT))
        return None
    if not indicator.is_percentage:
        message = f"value {quote(text)} makes a percentage, but {indicator.code} is not one"
        problems.append(Problem(place, "E204", message, "write the figure itself"))
    elif denominator <= 0:
        message = f"value {quote(text)} cannot be a share: the second number must be more than 0"
        problems.append(Problem(place, "E216", message, "write N/A if there was nothing to count"))
    elif not indicator.unbounded and not 0 <= numerator <= denominator:
        problems.append(Problem(place, "E212", f"value {quote(text)} is more than the whole", RATIO_HINT))
    else:
        return (numerator, denominator), numerator / denominator * HUNDRED_PERCENT
    return None


def parse_figure(
    figure_text: str, text: str, place: Place, indicator: Indicator, problems: list[Problem]
) -> Decimal | None:
    """Return a figure as a number; note why it is not one, or not one of this indicator's.

    `text` is the whole cell, for messages: it may have `Proxy` before the figure.
    """
    try:
        value = parse_number(figure_text)
    except ValueError as error:
        hint = _suggest_correction(figure_text, indicator)
        problems.append(Problem(place, "E203", f"value {quote(text)} {error}", hint))
        return None
    if indicator.is_percentage and not figure_text.endswith("%") and 0 < abs(value) < 1:
        problems.append(_build_small_percentage(text, value, place, indicator))
    if figure_text.endswith("%") and not indicator.is_percentage:
        hint = "write the figure itself" + (f", in {indicator.unit}" if indicator.unit else "")
        message = f"value {quote(text)} is a percentage, but {indicator.code} is not"
        problems.append(Problem(place, "E204", message, hint))
    if indicator.is_percentage and not indicator.unbounded and not 0 <= value <= HUNDRED_PERCENT:
        message = f"value {quote(text)} cannot be a percentage of {indicator.code}"
        hint = "it must be from 0% to 100%, unless the indicator says unbounded: yes"
        problems.append(Problem(place, "E212", message, hint))
    return value


def _build_small_percentage(text: str, value: Decimal, place: Place, indicator: Indicator) -> Problem:
    message = f"value {quote(text)} of {indicator.code} is printed as {value}%"
    full = format_without_commas(value * HUNDRED_PERCENT)
    hint = f"if Excel dropped the percent sign, write {full}%; if not, write {value}%"
    return Problem(place, "W213", message, hint, Severity.WARNING, subject=indicator.code, basis=(f"{value}%",))


def _suggest_correction(text: str, indicator: Indicator) -> str:
    """Return the hint for a text that is not a number, by what Excel or habit probably made of the number."""
    if text.startswith("#"):
        return "correct the formula in Excel, or write the number itself"
    if re.fullmatch(r"[-−]?\d+,\d+%?", text):
        return f"write {text.replace(',', '.')}"
    if parts := re.fullmatch(r"(\d+)\s*/\s*(\d+)", text):
        return f"write {parts[1]} of {parts[2]}; if Excel made a date of it, give the cell the format Text first"
    if re.fullmatch(r"\d+[/-]\w+([/-]\d+)?|[A-Za-z]{3}-\d+", text):
        return "Excel made a date of it: give the cell the format Text and type the number again"
    if re.fullmatch(r"\d(\.\d+)?E[+-]?\d+", text, re.IGNORECASE):
        return "Excel shortened it: give the cell the format Number and save again"
    return f"write {'83%' if indicator.is_percentage else '1,544'} or TBC"
