"""What a text in a file means: numbers, ranges, distances from a target, months, colours.

Each reader raises an error that says what is wanted, for the model (`load/schema.py`) in which it stands.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from mpr.load.caps import LONGEST_KEY, LONGEST_TEXT, LONGEST_WORDS
from mpr.load.nodes import wanted
from mpr.measure.period import MONTH_NAMES, Month
from mpr.measure.rule import Distance
from mpr.measure.target import Range, Target
from mpr.measure.words import decimals_of

NUMBER = re.compile(r"[-−]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
MOST_DECIMALS = 6
MOST_DIGITS = 15
BEYOND = "beyond"  # how far the last step of a rule reaches


def number(text: object) -> Decimal:
    """Read a number as officers write it: `4,400,000`, `7.20`, `95%`; raise ValueError saying what anything else is.

    No figure of a council has more digits than can be reckoned with exactly, so one that has is a slip too.
    """
    bare = str(text).strip().removesuffix("%").rstrip()
    if not NUMBER.fullmatch(bare):
        raise ValueError("is not a number")
    figure = Decimal(bare.replace(",", "").replace("−", "-"))
    if len(figure.as_tuple().digits) > MOST_DIGITS or decimals_of(figure) > MOST_DECIMALS:
        raise ValueError("has too many digits")
    return figure


def _number(text: object) -> Decimal:
    try:
        return number(text)
    except ValueError:
        raise wanted("a number such as 1,544 or 46.38%") from None


def _range(text: object) -> Range:
    try:
        low, high = map(number, str(text).replace("–", " - ").split(" - "))
    except ValueError:
        low, high = Decimal(1), Decimal(0)
    if low > high:
        raise wanted("a range such as 38 - 48, the lower end first")
    return Range(low, high)


def _target(text: object) -> Target:
    if re.search(" - |–", str(text)):
        return _range(text)
    try:
        return number(text)
    except ValueError:
        raise wanted("a number such as 1,544 or 46.38%, or a range such as 38 - 48") from None


def _line(text: object) -> Target | None:
    return None if text == BEYOND else _target(text)


@dataclass(frozen=True)
class Sides:
    """How far below and how far above the target a step reaches."""

    below: Distance
    above: Distance


def _distance(text: object) -> Distance:
    bare = str(text).strip().removeprefix("+")
    points = bare.removesuffix("points").removesuffix("point").rstrip()
    try:
        return Distance(number(points), share=bare.endswith("%"))
    except ValueError:
        raise wanted("a distance such as 5%, 5 points or 5") from None


def _sides(value: object) -> Sides:
    if not isinstance(value, Mapping):
        both = _distance(value)
        return Sides(both, both)
    if set(value) != {"below", "above"}:
        raise wanted("a distance such as 5%, or both 'below' and 'above' with a distance each", ("below", "above"))
    return Sides(_distance(value["below"]), _distance(value["above"]))


def _reach(value: object) -> Sides | None:
    return None if value == BEYOND else _sides(value)


def _tolerance(value: object) -> Sides:
    sides = _sides(value)
    if min(sides.below.amount, sides.above.amount) < 0:
        raise wanted("a distance from 0 up, such as 5%")
    return sides


def _span(text: object) -> Distance:
    found = _distance(text)
    if found.amount < 0:
        raise wanted("a distance from 0 up, such as 2%")
    return found


def _calendar_month(text: object) -> int:
    if text not in MONTH_NAMES:
        raise wanted("a month in full, such as April", MONTH_NAMES)
    return MONTH_NAMES.index(str(text)) + 1


def _month(text: object) -> Month:
    try:
        return Month.parse(str(text))
    except ValueError:
        raise wanted("a month such as 2018-04") from None


def _colour(text: object) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", str(text), re.ASCII):
        raise wanted("""a colour such as "#00703c", in double quotes""")
    return str(text).lower()


def listed(value: object) -> object:
    """Take a single text for a list of one, and nothing for none."""
    return [value] if isinstance(value, str) else value or []


def _shape(*kinds: str, **more: Any) -> WithJsonSchema:  # noqa: ANN401 - whatever JSON Schema says
    """Say to an editor what may stand in the file; what it means is decided here."""
    return WithJsonSchema({"type": list(kinds) if len(kinds) > 1 else kinds[0], **more})


A_NUMBER = ("string", "number")  # 1,544 and 46.38% are texts to an editor
SIDE = {"type": list(A_NUMBER)}
BOTH_SIDES = {"properties": {"below": SIDE, "above": SIDE}, "required": ["below", "above"]}

Number = Annotated[Decimal, BeforeValidator(_number), _shape(*A_NUMBER)]
NumberRange = Annotated[Range, BeforeValidator(_range), _shape("string")]
AnyTarget = Annotated[Decimal | Range, BeforeValidator(_target), _shape(*A_NUMBER)]
Line = Annotated[Decimal | Range | None, BeforeValidator(_line), _shape(*A_NUMBER)]
Span = Annotated[Distance, BeforeValidator(_span), _shape(*A_NUMBER)]
Reach = Annotated[Sides | None, BeforeValidator(_reach), _shape(*A_NUMBER, "object", **BOTH_SIDES)]
Tolerance = Annotated[Sides, BeforeValidator(_tolerance), _shape(*A_NUMBER, "object", **BOTH_SIDES)]
CalendarMonth = Annotated[int, BeforeValidator(_calendar_month), _shape("string", enum=list(MONTH_NAMES))]
AMonth = Annotated[Month, BeforeValidator(_month), _shape("string")]
Colour = Annotated[str, BeforeValidator(_colour), _shape("string")]
YesNo = Annotated[bool, WithJsonSchema({"enum": [True, False, "yes", "no"]})]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_WORDS), _shape(*A_NUMBER)]
Sentences = Annotated[str, Field(max_length=LONGEST_TEXT)]
Key = Annotated[str, Field(max_length=LONGEST_KEY)]
OneOrMore = Annotated[
    tuple[Words, ...], BeforeValidator(listed), _shape(*A_NUMBER, "array", items={"type": list(A_NUMBER)})
]
