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

from mpr.load.nodes import Document, Path, read_model
from mpr.measure.indicator import Break, Indicator, MeasureKind, Polarity, Range, Target, YearTarget
from mpr.measure.period import MONTH_NAMES, FinancialYear, Month
from mpr.measure.words import decimals_of
from mpr.problem import Problem, nearest

NUMBER = re.compile(r"[-−]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
MOST_DECIMALS = 6


def number(text: object) -> Decimal:
    """Read a number as officers write it: `4,400,000`, `7.20`, `95%`; raise ValueError for anything else."""
    bare = str(text).strip().removesuffix("%").rstrip()
    if not NUMBER.fullmatch(bare):
        raise ValueError(text)
    return Decimal(bare.replace(",", "").replace("−", "-"))


def _number(text: object) -> Decimal:
    try:
        return number(text)
    except ValueError:
        raise PydanticCustomError("number", "'{text}' is not a number", {"text": str(text)}) from None


def _range(text: object) -> Range:
    low, dash, high = str(text).partition(" - ")
    found = Range(_number(low), _number(high)) if dash else None
    if not found or found.low > found.high:
        raise PydanticCustomError("range", "'{text}' is not a range; write it as 38 - 48", {"text": str(text)})
    return found


def _target(text: object) -> Target:
    return _range(text) if " - " in str(text) else _number(text)


def _calendar_month(text: object) -> int:
    if text not in MONTH_NAMES:
        hint = nearest(str(text), MONTH_NAMES) or "write it in full, for instance April"
        raise PydanticCustomError("month", "'{text}' is not a month; {hint}", {"text": str(text), "hint": hint})
    return MONTH_NAMES.index(str(text)) + 1


def _month(text: object) -> Month:
    try:
        return Month.parse(str(text))
    except ValueError:
        message = "'{text}' is not a month; write it as 2018-04"
        raise PydanticCustomError("month", message, {"text": str(text)}) from None


Number = Annotated[Decimal, BeforeValidator(_number)]
NumberRange = Annotated[Range, BeforeValidator(_range)]
AnyTarget = Annotated[Decimal | Range, BeforeValidator(_target)]
CalendarMonth = Annotated[int, BeforeValidator(_calendar_month)]
Words = Annotated[str, Field(min_length=1, max_length=500)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, str_strip_whitespace=True)


class Contact(_Strict):
    """Whom readers may ask."""

    email: Words
    telephone: Words


class ReportSettings(_Strict):
    """What every edition says of itself."""

    title: Words
    organisation: Words
    publisher: Words
    contacts: tuple[Contact, ...]
    year_starts: CalendarMonth


class SectionSettings(_Strict):
    """A section's title, and its line in the contents."""

    title: Words
    description: Words


class Sections(_Strict):
    """The four sections of the report."""

    exceptions: SectionSettings
    corporate: SectionSettings
    detail: SectionSettings
    partnership: SectionSettings


class RatingSettings(_Strict):
    """The council's own rule: missed by up to `tolerance` per cent of the target is amber, by more is red."""

    tolerance: Number


class Aim(_Strict):
    """One of the council's aims with its priorities."""

    name: Words
    priorities: tuple[Words, ...]


class Settings(_Strict):
    """All of `indicators.yaml` but the indicators."""

    report: ReportSettings
    sections: Sections
    rating: RatingSettings
    aims: tuple[Aim, ...]
    departments: tuple[Words, ...]
    committees: tuple[Words, ...]
    partnership_groups: tuple[Words, ...]


class TargetSettings(_Strict):
    """The targets of one financial year."""

    annual: AnyTarget | None = None
    month: Literal["flat", "linear"] = "flat"
    start: Number | None = Field(None, alias="from")
    step: Number | None = None
    profile: Mapping[str, AnyTarget] | None = None

    @pydantic.model_validator(mode="after")
    def _agrees(self) -> "TargetSettings":
        for month in self.profile or ():
            _calendar_month(month)
        if self.annual is None and self.profile is None:
            raise PydanticCustomError("target", "a year's targets need 'annual' or 'profile'")
        if self.month == "linear" and not isinstance(self.annual, Decimal):
            raise PydanticCustomError("target", "'month: linear' needs an annual target that is a number")
        if self.month == "flat" and (self.start is not None or self.step is not None):
            raise PydanticCustomError("target", "'from' and 'step' go with 'month: linear' only")
        return self


class BreakSettings(_Strict):
    """A change of the measure within the history."""

    start: Annotated[Month, BeforeValidator(_month)] = Field(alias="from")
    decimals: int = Field(ge=0, le=MOST_DECIMALS)
    note: Words


class IndicatorSettings(_Strict):
    """One indicator as the file has it."""

    code: Words
    name: Words
    alias: Words
    aim: Words
    measure: MeasureKind
    polarity: Polarity
    unit: str = ""
    decimals: int = Field(ge=0, le=MOST_DECIMALS)
    departments: tuple[Words, ...] = ()
    managers: tuple[Words, ...]
    committee: Words
    introduced: int | None = None
    targets: Mapping[str, TargetSettings] = {}
    tolerance: Number | None = None
    scale: NumberRange | None = None
    quarters: bool = False
    over_100: bool = False
    change: BreakSettings | None = Field(None, alias="break")


@dataclass(frozen=True)
class Definitions:
    """What `indicators.yaml` says: `settings` None where they cannot be read, the indicators that can be read in the
    file's order, and the codes of all that stand there.
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
    rest = {key: part for key, part in value.items() if key != "indicators"}
    settings = read_model(Settings, document, (), rest, problems)
    raw = value.get("indicators")
    if not isinstance(raw, list) or not raw:
        problems.append(Problem(document.place(("indicators",)), "E124", "'indicators' must be a list of indicators"))
        raw = []
    codes = tuple(str(item["code"]) for item in raw if isinstance(item, dict) and item.get("code"))
    problems += _repeated(document, raw)
    problems += _unknown_words(document, value, raw)
    indicators = []
    for index, item in enumerate(raw):
        path = ("indicators", index)
        read = read_model(IndicatorSettings, document, path, item, problems)
        if read and settings:
            made = _indicator(read, settings, document, path, problems)
            indicators += [made] if made else []
    return Definitions(settings, tuple(indicators), codes)


def _repeated(document: Document, raw: list[Any]) -> Iterable[Problem]:
    """Yield a problem for every code that stood before."""
    first: dict[str, int] = {}
    for index, item in enumerate(raw):
        code = item.get("code") if isinstance(item, dict) else None
        place = document.place(("indicators", index, "code"))
        if isinstance(code, str) and first.setdefault(code, place.line) != place.line:
            message = f"indicator {code} is defined a second time; it is on line {first[code]} too"
            yield Problem(place, "E125", message, "give each indicator a code of its own")


def _unknown_words(document: Document, value: dict[str, Any], raw: list[Any]) -> Iterable[Problem]:
    """Yield a problem for every aim, department and committee that the file does not list."""
    aims = [aim.get("name") for aim in _items(value.get("aims")) if isinstance(aim, dict)]
    vocabularies = {"aim": aims, "committee": value.get("committees"), "departments": value.get("departments")}
    for index, item in enumerate(raw):
        for key, known in vocabularies.items():
            said = item.get(key) if isinstance(item, dict) else None
            for word in _items(said) if key == "departments" else [said]:
                words = [each for each in _items(known) if isinstance(each, str)]
                if isinstance(word, str) and words and word not in words:
                    hint = nearest(word, words) or f"known are {', '.join(words)}"
                    message = f"{key.removesuffix('s')} '{word}' is not in this file's list"
                    yield Problem(document.place(("indicators", index, key)), "E126", message, hint)


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _indicator(
    read: IndicatorSettings, settings: Settings, document: Document, path: Path, problems: list[Problem]
) -> Indicator | None:
    """Make the indicator of its settings; the years of its targets are read here."""
    targets = {}
    for text, target in read.targets.items():
        try:
            targets[FinancialYear.parse(text, settings.report.year_starts)] = _year_target(target)
        except ValueError:
            place = document.place((*path, "targets", text))
            problems.append(Problem(place, "E127", f"'{text}' is not a financial year", "write it as 2018-19"))
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
        tolerance=settings.rating.tolerance if read.tolerance is None else read.tolerance,
        scale=read.scale,
        quarters=read.quarters,
        over_100=read.over_100,
        change=Break(change.start, change.decimals, change.note) if change else None,
        place=document.place((*path, "code")),
    )


def _year_target(read: TargetSettings) -> YearTarget:
    """Make a year's targets; they are printed with as many decimals as the officers wrote."""
    profile = {_calendar_month(month): target for month, target in read.profile.items()} if read.profile else None
    stated = [each for each in (read.annual, *(profile or {}).values()) if each is not None]
    return YearTarget(
        annual=read.annual,
        decimals=max(map(_decimals, stated)),
        linear=read.month == "linear",
        start=read.start or Decimal(0),
        step=read.step,
        profile=profile,
    )


def _decimals(target: Target) -> int:
    return max(decimals_of(target.low), decimals_of(target.high)) if isinstance(target, Range) else decimals_of(target)
