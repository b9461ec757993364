"""`indicators.yaml`: its schema, and the settings and indicators that are read from it.

Each indicator is read on its own, so that a mistake in one hides no mistake in another; what is said of aims,
departments and committees is held against the vocabularies of the same file.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

import pydantic
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from mpr.load.nodes import DISAGREE, Document, Path, read_model, wanted
from mpr.measure.indicator import Break, Indicator, MeasureKind, Polarity, Range, Target, YearTarget
from mpr.measure.period import MONTH_NAMES, FinancialYear, Month
from mpr.measure.words import decimals_of, slug
from mpr.problem import Problem, nearest, quoted

NUMBER = re.compile(r"[-−]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
MOST_DECIMALS = 6
MOST_DIGITS = 15


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
        raise wanted("a range such as 38 - 48, the lower end first,")
    return Range(low, high)


def _target(text: object) -> Target:
    if re.search(" - |–", str(text)):
        return _range(text)
    try:
        return number(text)
    except ValueError:
        raise wanted("a number such as 1,544 or 46.38%, or a range such as 38 - 48,") from None


def _calendar_month(text: object) -> int:
    if text not in MONTH_NAMES:
        raise wanted("a month in full, such as April,", MONTH_NAMES)
    return MONTH_NAMES.index(str(text)) + 1


def _month(text: object) -> Month:
    try:
        return Month.parse(str(text))
    except ValueError:
        raise wanted("a month such as 2018-04") from None


Number = Annotated[Decimal, BeforeValidator(_number)]
Tolerance = Annotated[Number, Field(ge=0, le=1000)]
NumberRange = Annotated[Range, BeforeValidator(_range)]
AnyTarget = Annotated[Decimal | Range, BeforeValidator(_target)]
CalendarMonth = Annotated[int, BeforeValidator(_calendar_month)]
Words = Annotated[str, Field(min_length=1, max_length=500)]


class Strict(BaseModel):
    """A part of a file in which no setting may stand that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, str_strip_whitespace=True)


class Contact(Strict):
    """Whom readers may ask."""

    email: Words
    telephone: Words


class ReportSettings(Strict):
    """What every edition says of itself."""

    title: Words
    organisation: Words
    publisher: Words
    contacts: tuple[Contact, ...]
    year_starts: CalendarMonth


class SectionSettings(Strict):
    """A section's title, and its line in the contents."""

    title: Words
    description: Words


class Sections(Strict):
    """The four sections of the report."""

    exceptions: SectionSettings
    corporate: SectionSettings
    detail: SectionSettings
    partnership: SectionSettings


class RatingSettings(Strict):
    """The council's own rule: missed by up to `tolerance` per cent of the target is amber, by more is red."""

    tolerance: Tolerance


class Aim(Strict):
    """One of the council's aims with its priorities."""

    name: Words
    priorities: tuple[Words, ...]


class Settings(Strict):
    """All of `indicators.yaml`; the indicators stay as they stand there, because each is read on its own."""

    report: ReportSettings
    sections: Sections
    rating: RatingSettings
    aims: tuple[Aim, ...]
    departments: tuple[Words, ...]
    committees: tuple[Words, ...]
    partnership_groups: tuple[Words, ...]
    indicators: object = Field(None, repr=False)


class TargetSettings(Strict):
    """The targets of one financial year."""

    annual: AnyTarget | None = None
    month: Literal["flat", "linear"] = "flat"
    start: Number | None = Field(None, alias="from")
    step: Number | None = None
    profile: Annotated[Mapping[CalendarMonth, AnyTarget], Field(min_length=1)] | None = None

    @pydantic.model_validator(mode="after")
    def _agrees(self) -> "TargetSettings":
        if self.annual is None and self.profile is None:
            raise PydanticCustomError(DISAGREE, "a year's targets need 'annual' or 'profile'")
        if self.month == "linear" and not isinstance(self.annual, Decimal):
            raise PydanticCustomError(DISAGREE, "'month: linear' needs an annual target that is a number")
        if self.month == "linear" and self.profile is not None:
            raise PydanticCustomError(DISAGREE, "'month: linear' and 'profile' exclude each other; keep one of them")
        if self.month == "flat" and (self.start is not None or self.step is not None):
            raise PydanticCustomError(DISAGREE, "'from' and 'step' go with 'month: linear' only")
        return self


class BreakSettings(Strict):
    """A change of the measure within the history."""

    start: Annotated[Month, BeforeValidator(_month)] = Field(alias="from")
    decimals: int = Field(ge=0, le=MOST_DECIMALS)
    note: Words


class IndicatorSettings(Strict):
    """One indicator as the file has it."""

    code: Words
    name: Words
    alias: Annotated[str, Field(min_length=1, max_length=50)]
    aim: Words
    measure: MeasureKind
    polarity: Polarity
    unit: str = ""
    decimals: int = Field(ge=0, le=MOST_DECIMALS)
    departments: tuple[Words, ...] = ()
    managers: Annotated[tuple[Words, ...], Field(min_length=1)]
    committee: Words
    introduced: int | None = None
    targets: Mapping[str, TargetSettings] = {}
    tolerance: Tolerance | None = None
    scale: NumberRange | None = None
    quarters: bool = False
    unbounded: bool = False
    change: BreakSettings | None = Field(None, alias="break")


@dataclass(frozen=True)
class Definitions:
    """What `indicators.yaml` says.

    `settings` is None where they cannot be read; `indicators` are those that can be read, in the file's order;
    `codes` are those of all that stand there, none where one of them is missing or stands twice.
    """

    settings: Settings | None
    indicators: tuple[Indicator, ...]
    codes: tuple[str, ...]


def read_definitions(document: Document, problems: list[Problem]) -> Definitions:
    """Read the settings and every indicator, noting what is wrong with each."""
    value = document.value
    if not isinstance(value, dict):
        problems.append(Problem(document.place(()), "E120", "settings are wanted here, one a line as `name: value`"))
        return Definitions(None, (), ())
    settings = read_model(Settings, document, (), value, problems)
    raw = value.get("indicators")
    if not isinstance(raw, list) or not raw:
        problems.append(Problem(document.place(("indicators",)), "E124", "'indicators' must be a list of indicators"))
        raw = []
    codes = tuple(str(item.get("code", "")) if isinstance(item, dict) else "" for item in raw)
    if "" in codes or len(set(codes)) < len(codes):
        codes = ()
    problems += _repeated(document, value)
    problems += _unknown_words(document, value, raw)
    indicators = []
    for index, item in enumerate(raw):
        path = ("indicators", index)
        read = read_model(IndicatorSettings, document, path, item, problems)
        if read:
            indicators.append(_indicator(read, settings, document, path, problems))
    return Definitions(settings, tuple(indicators), codes)


NAMED = {"aims": "name", "departments": "", "committees": "", "partnership_groups": "", "indicators": "code"}


def _repeated(document: Document, value: dict[str, Any]) -> Iterable[Problem]:
    """Yield a problem for every code and every name that stood before in its list, whatever its capitals and signs."""
    for key, naming in NAMED.items():
        first: dict[str, int] = {}
        for index, item in enumerate(_items(value.get(key))):
            word = item.get(naming) if isinstance(item, dict) else item
            if not isinstance(word, str):
                continue
            noun = key.removesuffix("s").replace("_", " ")
            if not slug(word):
                message = f"{noun} {quoted(word)} has neither a letter nor a digit"
                yield Problem(document.place((key, index, naming)), "E125", message, "write a name")
            elif first.setdefault(slug(word), index) != index:
                line = document.place((key, first[slug(word)], naming)).line
                message = f"{noun} {quoted(word)} stands here a second time; it is on line {line} too"
                yield Problem(document.place((key, index, naming)), "E125", message, f"each {noun} stands here once")


def _unknown_words(document: Document, value: dict[str, Any], raw: list[Any]) -> Iterable[Problem]:
    """Yield a problem for every aim, department and committee that the file does not list.

    Where a list itself is not as it must be, that is a problem already, and its words are left alone.
    """
    for key, vocabulary in (("aim", "aims"), ("committee", "committees"), ("departments", "departments")):
        known = value.get(vocabulary)
        named = [each.get("name") if isinstance(each, dict) else each for each in _items(known)]
        words = [each for each in named if isinstance(each, str)]
        if not isinstance(known, list) or len(words) < len(known):
            continue
        for index, item in enumerate(raw):
            said = item.get(key) if isinstance(item, dict) else None
            for at, word in enumerate(_items(said) if key == "departments" else [said]):
                if isinstance(word, str) and word not in words:
                    hint = nearest(word, words) or f"known are {', '.join(words) or 'none'}"
                    message = f"{key.removesuffix('s')} {quoted(word)} is not in the list of {vocabulary}"
                    yield Problem(document.place(("indicators", index, key, at)), "E126", message, hint)


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _indicator(
    read: IndicatorSettings, settings: Settings | None, document: Document, path: Path, problems: list[Problem]
) -> Indicator:
    """Make the indicator of its settings; the years of its targets are read here.

    Where the file's settings cannot be read it is made all the same, so that the values can be held against it.
    """
    starts, tolerance = (settings.report.year_starts, settings.rating.tolerance) if settings else (4, Decimal(0))
    targets = {}
    for text, target in read.targets.items():
        try:
            year = FinancialYear.parse(text, starts)
        except ValueError:
            place = document.place((*path, "targets", text))
            problems.append(Problem(place, "E127", f"{quoted(text)} is not a financial year", "write it as 2018-19"))
        else:
            targets[year] = _year_target(target, read.decimals)
    change = read.change
    return Indicator(
        code=read.code,
        name=read.name,
        alias=read.alias,
        aim=read.aim,
        measure=read.measure,
        polarity=read.polarity,
        unit=read.unit,
        decimals=read.decimals,
        departments=read.departments,
        managers=read.managers,
        committee=read.committee,
        introduced=read.introduced,
        targets=targets,
        tolerance=tolerance if read.tolerance is None else read.tolerance,
        scale=read.scale,
        quarters=read.quarters,
        unbounded=read.unbounded,
        rebased=Break(change.start, change.decimals, change.note) if change else None,
        place=document.place((*path, "code")),
    )


def _year_target(read: TargetSettings, decimals: int) -> YearTarget:
    """Make a year's targets; they are printed with as many decimals as the officers wrote.

    Equal steps are printed with the decimals of the indicator's values at least.
    """
    stated = [each for each in (read.annual, *(read.profile or {}).values()) if each is not None]
    steps = [each for each in (read.start, read.step) if each is not None]
    written = max(map(decimals_of, (*stated, *steps)))
    return YearTarget(
        annual=read.annual,
        decimals=max(decimals, written) if read.month == "linear" else written,
        linear=read.month == "linear",
        start=read.start or Decimal(0),
        step=read.step,
        profile=read.profile,
    )
