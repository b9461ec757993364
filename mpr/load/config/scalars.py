"""The scalar types of a YAML file: numbers, ranges, distances from a target, months and colours.

Each parser raises an error that says what is expected; the models in `schema.py` report it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from mpr.load.config.yaml_nodes import expected_error
from mpr.load.limits import LONGEST_KEY, LONGEST_TEXT, LONGEST_WORDS
from mpr.measure.formatting import count_decimals
from mpr.measure.period import MONTH_NAMES, Month
from mpr.measure.rule import Distance
from mpr.measure.target import Range, Target

NUMBER_PATTERN = re.compile(r"[-−]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
MOST_DECIMALS = 6
MOST_DIGITS = 15
BEYOND = "beyond"  # the reach of the last step of a rule: without limit


def parse_number(text: object) -> Decimal:
    """Return a number as officers write it: `4,400,000`, `7.20`, `95%`.

    Raises ValueError with the fault in words for other text, and for more digits than can be computed exactly.
    """
    bare = str(text).strip().removesuffix("%").rstrip()
    if not NUMBER_PATTERN.fullmatch(bare):
        raise ValueError("is not a number")
    figure = Decimal(bare.replace(",", "").replace("−", "-"))
    if len(figure.as_tuple().digits) > MOST_DIGITS or count_decimals(figure) > MOST_DECIMALS:
        raise ValueError("has too many digits")
    return figure


def _parse_number_setting(text: object) -> Decimal:
    try:
        return parse_number(text)
    except ValueError:
        raise expected_error("a number such as 1,544 or 46.38%") from None


def _parse_range(text: object) -> Range:
    try:
        low, high = map(parse_number, str(text).replace("–", " - ").split(" - "))
    except ValueError:
        low, high = Decimal(1), Decimal(0)
    if low > high:
        raise expected_error("a range such as 38 - 48, the lower end first")
    return Range(low, high)


def _parse_target(text: object) -> Target:
    if re.search(" - |–", str(text)):
        return _parse_range(text)
    try:
        return parse_number(text)
    except ValueError:
        raise expected_error("a number such as 1,544 or 46.38%, or a range such as 38 - 48") from None


def _parse_line(text: object) -> Target | None:
    return None if text == BEYOND else _parse_target(text)


@dataclass(frozen=True)
class Sides:
    """The reach of a step below and above the target."""

    below: Distance
    above: Distance


def _parse_distance(text: object) -> Distance:
    bare = str(text).strip().removeprefix("+")
    points = bare.removesuffix("points").removesuffix("point").rstrip()
    try:
        return Distance(parse_number(points), is_share=bare.endswith("%"))
    except ValueError:
        raise expected_error("a distance such as 5%, 5 points or 5") from None


def _parse_sides(value: object) -> Sides:
    if not isinstance(value, Mapping):
        both = _parse_distance(value)
        return Sides(both, both)
    if set(value) != {"below", "above"}:
        raise expected_error(
            "a distance such as 5%, or both 'below' and 'above' with a distance each", ("below", "above")
        )
    return Sides(_parse_distance(value["below"]), _parse_distance(value["above"]))


def _parse_reach(value: object) -> Sides | None:
    return None if value == BEYOND else _parse_sides(value)


def _parse_tolerance(value: object) -> Sides:
    sides = _parse_sides(value)
    if min(sides.below.amount, sides.above.amount) < 0:
        raise expected_error("a distance of 0 or more, such as 5%")
    return sides


def _parse_unsigned_distance(text: object) -> Distance:
    distance = _parse_distance(text)
    if distance.amount < 0:
        raise expected_error("a distance of 0 or more, such as 2%")
    return distance


def _parse_calendar_month(text: object) -> int:
    if text not in MONTH_NAMES:
        raise expected_error("a month in full, such as April", MONTH_NAMES)
    return MONTH_NAMES.index(str(text)) + 1


def _parse_month(text: object) -> Month:
    try:
        return Month.from_text(str(text))
    except ValueError:
        raise expected_error("a month such as 2018-04") from None


def _parse_colour(text: object) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", str(text), re.ASCII):
        raise expected_error("""a colour such as "#00703c", in double quotes""")
    return str(text).lower()


def as_list(value: object) -> object:
    """Return a single text as a list of one, and an empty value as an empty list."""
    return [value] if isinstance(value, str) else value or []


def _build_json_schema(*json_types: str, **keywords: Any) -> WithJsonSchema:  # noqa: ANN401 - JSON Schema keywords
    """Return the JSON types that an editor accepts here; the parser decides what they mean."""
    return WithJsonSchema({"type": list(json_types) if len(json_types) > 1 else json_types[0], **keywords})


NUMBER_TYPES = ("string", "number")  # to an editor 1,544 and 46.38% are texts
SIDE_SCHEMA = {"type": list(NUMBER_TYPES)}
SIDES_SCHEMA = {"properties": {"below": SIDE_SCHEMA, "above": SIDE_SCHEMA}, "required": ["below", "above"]}

Number = Annotated[Decimal, BeforeValidator(_parse_number_setting), _build_json_schema(*NUMBER_TYPES)]
NumberRange = Annotated[Range, BeforeValidator(_parse_range), _build_json_schema("string")]
TargetValue = Annotated[Decimal | Range, BeforeValidator(_parse_target), _build_json_schema(*NUMBER_TYPES)]
RatingLine = Annotated[Decimal | Range | None, BeforeValidator(_parse_line), _build_json_schema(*NUMBER_TYPES)]
UnsignedDistance = Annotated[Distance, BeforeValidator(_parse_unsigned_distance), _build_json_schema(*NUMBER_TYPES)]
Reach = Annotated[
    Sides | None, BeforeValidator(_parse_reach), _build_json_schema(*NUMBER_TYPES, "object", **SIDES_SCHEMA)
]
Tolerance = Annotated[
    Sides, BeforeValidator(_parse_tolerance), _build_json_schema(*NUMBER_TYPES, "object", **SIDES_SCHEMA)
]
CalendarMonth = Annotated[
    int, BeforeValidator(_parse_calendar_month), _build_json_schema("string", enum=list(MONTH_NAMES))
]
YearMonth = Annotated[Month, BeforeValidator(_parse_month), _build_json_schema("string")]
Colour = Annotated[str, BeforeValidator(_parse_colour), _build_json_schema("string")]
YesNo = Annotated[bool, WithJsonSchema({"enum": [True, False, "yes", "no"]})]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_WORDS), _build_json_schema(*NUMBER_TYPES)]
Sentences = Annotated[str, Field(max_length=LONGEST_TEXT)]
Key = Annotated[str, Field(max_length=LONGEST_KEY)]
OneOrMore = Annotated[
    tuple[Words, ...],
    BeforeValidator(as_list),
    _build_json_schema(*NUMBER_TYPES, "array", items={"type": list(NUMBER_TYPES)}),
]
