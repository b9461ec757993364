"""The schema of `indicators.yaml`: every setting with its meaning, an example and its default.

`make docs` writes `docs/indicators.md` from these descriptions and examples.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

import pydantic
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from mpr.load.config.scalars import (
    MOST_DECIMALS,
    CalendarMonth,
    Key,
    Number,
    NumberRange,
    OneOrMore,
    Sentences,
    TargetValue,
    Words,
    YearMonth,
    YesNo,
    as_list,
)
from mpr.load.config.sections import SectionsByName
from mpr.load.config.vocabulary import (
    Aim,
    GroupSettings,
    OutcomeSettings,
    Owner,
    RatingSettings,
    StrictModel,
    define_setting,
)
from mpr.load.config.yaml_nodes import CONTRADICTION, expected_error
from mpr.load.limits import MOST_OUTCOMES
from mpr.measure.indicator import MeasureKind, Polarity
from mpr.measure.period import MONTH_NAMES, Frequency

NEXT_PLACEHOLDER = "{next}"  # in a notice, replaced by a period


class ContactSettings(StrictModel):
    """A contact for readers."""

    email: Words = define_setting("The e-mail address.", "policy@example.gov.uk")
    telephone: Words = define_setting("The telephone number.", "(01702) 534025")


def _validate_notice(text: str) -> str:
    if text and NEXT_PLACEHOLDER not in text:
        raise expected_error(f"a sentence that contains {NEXT_PLACEHOLDER}")
    return text


class ReportSettings(StrictModel):
    """The details that every edition prints."""

    title: Words = define_setting(
        "The name of the report, for its cover and the top of each page.", "Monthly Performance Report"
    )
    organisation: Words = define_setting("The council's name.", "Southend-on-Sea Borough Council")
    publisher: Sentences = define_setting("The team that publishes it.", "Policy, Engagement & Communication Team", "")
    contacts: tuple[ContactSettings, ...] = define_setting(
        "The contacts for readers, each with `email` and `telephone`.",
        [{"email": "policy@example.gov.uk", "telephone": "(01702) 534025"}],
        (),
    )
    year_starts: CalendarMonth = define_setting(
        "The month in which the council's year starts, written in full.", "April"
    )
    no_appendices: Annotated[str, AfterValidator(_validate_notice)] = define_setting(
        "The notice on the cover of a report without appendices. `{next}` is replaced by the month, quarter or year of "
        "the next report with appendices, which you write as `next_appendices` in the report's own file. If you set "
        "this, `mpr check` asks for either `appendices` or `next_appendices`.",
        "There are no finance reports this month, next reports are due in the {next} MPR.",
        "",
    )


def _validate_rating_form(rating: RatingSettings) -> RatingSettings:
    if not rating.forms:
        forms = "tolerance, met and missed, bands, lines, always or judged"
        raise PydanticCustomError(CONTRADICTION, f"the council's rating does not say how to rate; write {forms}")
    return rating


class Settings(StrictModel):
    """All of `indicators.yaml`; the indicators stay unparsed, because each is read on its own."""

    report: ReportSettings = define_setting(
        "The details that every edition prints: its name, the council, the contacts.", None
    )
    sections: SectionsByName = define_setting(
        "The sections of the report, in order. `exceptions`, `corporate`, `detail` and `partnership` are those of the "
        "model report and need only `title` and `description`. Any other name makes a section of your own.",
        None,
    )
    rating: Annotated[RatingSettings, AfterValidator(_validate_rating_form)] = define_setting(
        "How figures are rated. Aims, partnership groups and indicators may have a rating of their own.", None
    )
    outcomes: Annotated[tuple[OutcomeSettings, ...], Field(max_length=MOST_OUTCOMES)] = define_setting(
        "The council's own outcomes, worst first. If you leave them out, they are Red, Amber and Green.", None, ()
    )
    aims: tuple[Aim, ...] = define_setting("The council's aims, in the order in which they are printed.", None, ())
    departments: tuple[Words, ...] = define_setting(
        "The departments, in the order in which they are printed.",
        ["Department for People", "Department for Place"],
        (),
    )
    committees: tuple[Words, ...] = define_setting(
        "The scrutiny committees, in the order in which they are printed.",
        ["Place Scrutiny", "Policy & Resources Scrutiny"],
        (),
    )
    owners: Mapping[Key, Owner] = define_setting(
        "Kinds of owner other than managers, departments and committees, each with all its names.", None, {}
    )
    benchmarks: tuple[Words, ...] = define_setting(
        "The areas or bodies with which figures are compared. A data file may have a column for each.",
        ["England", "East of England"],
        (),
    )
    partnership_groups: tuple[GroupSettings, ...] = define_setting(
        "The groups of partnership indicators. Each is a name, or a name with a `rating`.", ["Health and Wellbeing"], ()
    )
    indicators: object = define_setting("The indicators, one or more.", None, None, repr=False)

    @property
    def groupings(self) -> dict[str, tuple[str, ...]]:
        """The groupings of indicators, each with its names in order; for managers there is no list."""
        return {
            "aim": tuple(aim.name for aim in self.aims),
            "group": tuple(group.name for group in self.partnership_groups),
            "department": self.departments,
            "committee": self.committees,
            "manager": (),
            **{key: owner.names for key, owner in self.owners.items()},
        }


HEADINGS = ("code", "value", "outcome", "reason", "comment", "focus")  # the columns of a data file


class TargetSettings(StrictModel):
    """The targets of one year."""

    annual: TargetValue | None = define_setting(
        "The target for the whole year: a number, or a range such as `38 - 48`. Required unless there is a `profile`.",
        "45,000",
        None,
    )
    month: Literal["flat", "linear"] = define_setting(
        "How the target of a month follows from the annual target. `flat`: each month has the annual target, or for a "
        "`count` a twelfth of it. `linear`: the annual target is multiplied by the number of months so far, divided by "
        "12 and rounded down to the decimals of the indicator.",
        "linear",
        "flat",
    )
    start: Number | None = define_setting(
        "With `month: linear`: the figure at the start of the year, if it is not 0.", "35,000", None, alias="from"
    )
    step: Number | None = define_setting(
        "With `month: linear`: the amount that each month adds, instead of a twelfth.", "3,700", None
    )
    profile: Annotated[Mapping[CalendarMonth, TargetValue], Field(min_length=1)] | None = define_setting(
        "A target for each month, or for each period under the name of its last month, written in full. A month that "
        "you leave out has no target and is not rated.",
        {"April": "0.51", "May": "1.10"},
        None,
    )
    note: Sentences = define_setting(
        "A note on the year's target, printed below the history: for example, why it differs from last year's.",
        "Lowered, because the national definition no longer counts rubble",
        "",
    )

    @pydantic.model_validator(mode="after")
    def _check_consistency(self) -> "TargetSettings":
        if self.annual is None and self.profile is None:
            raise PydanticCustomError(CONTRADICTION, "a year's targets need 'annual' or 'profile'")
        if self.month == "linear" and not isinstance(self.annual, Decimal):
            raise PydanticCustomError(CONTRADICTION, "'month: linear' needs an annual target that is a number")
        if self.month == "linear" and self.profile is not None:
            raise PydanticCustomError(
                CONTRADICTION, "'month: linear' and 'profile' cannot be used together; keep one of them"
            )
        if self.month == "flat" and (self.start is not None or self.step is not None):
            raise PydanticCustomError(CONTRADICTION, "'from' and 'step' can only be used with 'month: linear'")
        return self


class BreakSettings(StrictModel):
    """A change of the measure within the history."""

    start: YearMonth = define_setting("The first month of the new figures.", "2018-04", alias="from")
    decimals: int = define_setting(
        "The number of digits after the decimal point in the old figures.", "0", ge=0, le=MOST_DECIMALS
    )
    note: Words = define_setting(
        "Why old and new figures are not compared; printed below the history.",
        "Figures up to March 2018 are on another scale",
    )


PERCENT = "percent"


def _normalise_unit(text: str) -> str:
    """Return `percent` for every way in which officers write it."""
    return PERCENT if text.casefold() in {"percent", "per cent", "%", "percentage"} else text


DueMonths = Annotated[
    tuple[CalendarMonth, ...],
    BeforeValidator(as_list),
    WithJsonSchema({"anyOf": [{"enum": list(MONTH_NAMES)}, {"type": "array", "items": {"enum": list(MONTH_NAMES)}}]}),
]


class IndicatorSettings(StrictModel):
    """One indicator as written in the file."""

    code: Words | None = define_setting(
        "Its code as printed; CP 4.10 comes after CP 4.9. If your council has no codes, the alias takes their place.",
        "CP 4.10",
        None,
    )
    name: Words = define_setting(
        "The full name, the same in every section.",
        "Rate of households in temporary accommodation per 1,000 households",
    )
    alias: Annotated[str, Field(min_length=1, max_length=50)] = define_setting(
        "A short name of at most 50 characters, for the cover and the indicator's detail.", "Temporary accommodation"
    )
    aim: Words | None = define_setting(
        "One of the aims. Required if the file has aims, unless there is a `group`.", "Prosperous", None
    )
    group: Words | None = define_setting(
        "One of the partnership groups, in place of an aim. It makes this a partnership indicator.",
        "Local Economy",
        None,
    )
    frequency: Frequency = define_setting(
        "How often it has a figure.",
        "quarterly",
        Frequency.MONTHLY,
    )
    year: Literal["financial", "academic"] = define_setting(
        "`academic` if its year runs from September to August. Terms always belong to an academic year.",
        "academic",
        "financial",
    )
    due: DueMonths = define_setting(
        "The months in which it has a figure, written in full, if they are not the last months of its periods. Each "
        "period has one.",
        ["July", "January"],
        (),
    )
    lag: int = define_setting(
        "The number of months by which the figure may be late; `mpr` does not ask for it earlier. Such an indicator is "
        "in arrears, and the report says so.",
        "2",
        0,
        ge=0,
        le=36,
    )
    in_arrears: YesNo = define_setting(
        "`yes` if the figure comes late and you do not know by how much.", "yes", default=False
    )
    measure: MeasureKind | None = define_setting(
        "The kind of figure. `snapshot`: the position at the end of the period. `cumulative`: a number that adds up "
        "over the year. `year-to-date`: a percentage or rate over the year so far. `rolling`: a figure for the last "
        "three months together. `count`: a number for the period alone; the numbers of several periods add up. `rate`: "
        "a percentage or rate for the period alone; these do not add up. Required unless its rating is `always` or "
        "`judged`.",
        "year-to-date",
        None,
    )
    polarity: Polarity | None = define_setting(
        "Which way is good. `maximise`: the higher the better. `minimise`: the lower the better. `goldilocks`: "
        "neither too high nor too low. Required unless its rating is `always` or `judged`.",
        "minimise",
        None,
    )
    unit: Annotated[Sentences, AfterValidator(_normalise_unit)] = define_setting(
        "`percent`, or words that can follow a number.", "households per 1,000", ""
    )
    decimals: int | None = define_setting(
        "The number of digits printed after the decimal point. Required unless its rating is `always` or `judged`.",
        "2",
        None,
        ge=0,
        le=MOST_DECIMALS,
    )
    departments: tuple[Words, ...] = define_setting(
        "The responsible departments; `[]` if no single department is.", ["Department for Place"], ()
    )
    managers: OneOrMore = define_setting(
        "The people who manage it. Required if a section has the column `managers`, unless there is a `group`.",
        ["Sharon Houlden"],
        (),
    )
    committee: Words | None = define_setting(
        "One of the committees. Required if a section has the column `committee`, unless there is a `group`.",
        "Policy & Resources Scrutiny",
        None,
    )
    owners: Mapping[str, OneOrMore] = define_setting(
        "Its owners, by kind; the kinds are those defined under the file's own `owners`. Required if a section has the "
        "kind as a column, unless there is a `group`.",
        {"portfolio_holder": "Cllr S Hebb"},
        {},
    )
    introduced: int | None = define_setting("The year in which it was introduced.", "2014", None)
    targets: Mapping[str, TargetSettings] = define_setting(
        "The targets of each year. An indicator without targets is rated Data only, unless its rating is `lines`, "
        "`always` or `judged`.",
        {"2018-19": {"annual": "3.19"}},
        {},
    )
    rating: RatingSettings | None = define_setting(
        "How it is rated, if it differs from the rating of the council, its aim or its group.",
        {"tolerance": "15%"},
        None,
    )
    scale: NumberRange | None = define_setting(
        "The two ends of the bullet chart of its latest figure.", "10 - 60", None
    )
    quarters: YesNo = define_setting(
        "`yes` if the history by month has a row after each quarter.", "yes", default=False
    )
    unbounded: YesNo = define_setting(
        "`yes` if a percentage may be below 0% or above 100%, as a variance may.", "yes", default=False
    )
    change: BreakSettings | None = define_setting(
        "A change of the measure, if figures before and after it must not be compared: `from`, `decimals` and `note`.",
        {"from": "2018-04", "decimals": "0", "note": "Counted in a new way"},
        None,
        alias="break",
    )
    qualifiers: OneOrMore = define_setting("Short notes on the figure, printed with its name.", ["3 year average"], ())
    source: Sentences = define_setting("Where the figure comes from.", "ONS/NOMIS", "")

    @property
    def is_percentage(self) -> bool:
        """Whether its figures are percentages."""
        return self.unit == PERCENT

    @pydantic.model_validator(mode="after")
    def _check_consistency(self) -> "IndicatorSettings":
        if self.aim and self.group:
            raise PydanticCustomError(CONTRADICTION, "'aim' and 'group' cannot be used together; keep one of them")
        if self.measure is MeasureKind.COUNT and any(target.month == "linear" for target in self.targets.values()):
            message = "'linear' cannot be used for a 'count', whose months are shares of the annual target"
            raise PydanticCustomError(CONTRADICTION, message)
        return self


def build_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of `indicators.yaml`, with which an editor completes and checks the file."""
    schema, indicator_schema = Settings.model_json_schema(), IndicatorSettings.model_json_schema()
    parts = {**schema.pop("$defs"), **indicator_schema.pop("$defs"), "IndicatorSettings": indicator_schema}
    indicator_list = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/IndicatorSettings"}}
    schema["properties"]["indicators"] = {"description": "The indicators, one or more.", **indicator_list}
    changes = {key: value for key, value in parts["SectionSettings"].items() if key != "required"}
    schema["properties"]["sections"]["properties"] = {"changes": {"anyOf": [{"type": "null"}, changes]}}
    parts["GroupSettings"] = {"anyOf": [{"type": "string"}, parts["GroupSettings"]]}
    header = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "indicators.yaml of mpr"}
    return {**schema, **header, "required": [*schema["required"], "indicators"], "$defs": parts}
