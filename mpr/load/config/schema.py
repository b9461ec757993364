"""The schema of `indicators.yaml`: what may be said, what each setting means, and an example of each.

`docs/indicators.md` is made of these descriptions and examples (`make docs`).
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

NEXT_PLACEHOLDER = "{next}"  # it stands for a period in the words of a notice


class ContactSettings(StrictModel):
    """Whom readers may ask."""

    email: Words = define_setting("The e-mail address.", "policy@example.gov.uk")
    telephone: Words = define_setting("The telephone number.", "(01702) 534025")


def _validate_notice(text: str) -> str:
    if text and NEXT_PLACEHOLDER not in text:
        raise expected_error(f"a sentence with {NEXT_PLACEHOLDER} in it")
    return text


class ReportSettings(StrictModel):
    """What every edition says of itself."""

    title: Words = define_setting(
        "The report's name, on its cover and at the head of each page.", "Monthly Performance Report"
    )
    organisation: Words = define_setting("The council's name.", "Southend-on-Sea Borough Council")
    publisher: Sentences = define_setting("The team that publishes it.", "Policy, Engagement & Communication Team", "")
    contacts: tuple[ContactSettings, ...] = define_setting(
        "Whom readers may ask, each with `email` and `telephone`.",
        [{"email": "policy@example.gov.uk", "telephone": "(01702) 534025"}],
        (),
    )
    year_starts: CalendarMonth = define_setting(
        "The month with which the council's year begins, written in full.", "April"
    )
    no_appendices: Annotated[str, AfterValidator(_validate_notice)] = define_setting(
        "The notice on the cover of a report without appendices; `{next}` stands for the month, quarter or year whose "
        "report has the next ones, which is `next_appendices` in the report's own file. Where this is said, `mpr "
        "check` asks for the one or the other.",
        "There are no finance reports this month, next reports are due in the {next} MPR.",
        "",
    )


def _validate_rating_form(rating: RatingSettings) -> RatingSettings:
    if not rating.forms:
        forms = "tolerance, met and missed, bands, lines, always or judged"
        raise PydanticCustomError(CONTRADICTION, f"the council's rating says no way of rating; write {forms}")
    return rating


class Settings(StrictModel):
    """All of `indicators.yaml`; the indicators stay as they stand there, because each is read on its own."""

    report: ReportSettings = define_setting(
        "What every edition says of itself: its name, the council, whom to ask.", None
    )
    sections: SectionsByName = define_setting(
        "The sections of the report, in their order. `exceptions`, `corporate`, `detail` and `partnership` are "
        "those of the model report and need only `title` and `description`; any other name is a section of your own.",
        None,
    )
    rating: Annotated[RatingSettings, AfterValidator(_validate_rating_form)] = define_setting(
        "How figures are rated. Aims, partnership groups and indicators may have a rating of their own.", None
    )
    outcomes: Annotated[tuple[OutcomeSettings, ...], Field(max_length=MOST_OUTCOMES)] = define_setting(
        "The council's own outcomes, worst first. Without them they are Red, Amber and Green.", None, ()
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
        "Kinds of owner beside managers, departments and committees, each with the names that there are.", None, {}
    )
    benchmarks: tuple[Words, ...] = define_setting(
        "With whom figures are compared; a data file may have a column for each.",
        ["England", "East of England"],
        (),
    )
    partnership_groups: tuple[GroupSettings, ...] = define_setting(
        "The groups of partnership indicators: each a name, or a name with a `rating`.", ["Health and Wellbeing"], ()
    )
    indicators: object = define_setting("The indicators, one or more.", None, None, repr=False)

    @property
    def groupings(self) -> dict[str, tuple[str, ...]]:
        """What indicators can be grouped by, each with its names in their order; managers have no list."""
        return {
            "aim": tuple(aim.name for aim in self.aims),
            "group": tuple(group.name for group in self.partnership_groups),
            "department": self.departments,
            "committee": self.committees,
            "manager": (),
            **{key: owner.names for key, owner in self.owners.items()},
        }


HEADINGS = ("code", "value", "outcome", "reason", "comment", "focus")  # of the columns of a file of values


class TargetSettings(StrictModel):
    """The targets of one year."""

    annual: TargetValue | None = define_setting(
        "The target for the whole year: a number, or a range such as `38 - 48`. Must be given unless there is a "
        "`profile`.",
        "45,000",
        None,
    )
    month: Literal["flat", "linear"] = define_setting(
        "How the target of a month follows from it. `flat`: it is the annual target; of a `count`, a twelfth of "
        "it for each month. `linear`: the annual target times the months gone, divided by 12 and rounded down to "
        "the decimals of the indicator.",
        "linear",
        "flat",
    )
    start: Number | None = define_setting(
        "With `month: linear`: the figure at which the year begins, where that is not 0.", "35,000", None, alias="from"
    )
    step: Number | None = define_setting(
        "With `month: linear`: what each month adds, in place of a twelfth.", "3,700", None
    )
    profile: Annotated[Mapping[CalendarMonth, TargetValue], Field(min_length=1)] | None = define_setting(
        "A target for each month, or for each period under the name of its last month, written in full. A month "
        "left out has no target and is not rated.",
        {"April": "0.51", "May": "1.10"},
        None,
    )
    note: Sentences = define_setting(
        "What to know of the year's target, as printed below the history: why it is another than last year's.",
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
                CONTRADICTION, "'month: linear' and 'profile' exclude each other; keep one of them"
            )
        if self.month == "flat" and (self.start is not None or self.step is not None):
            raise PydanticCustomError(CONTRADICTION, "'from' and 'step' go with 'month: linear' only")
        return self


class BreakSettings(StrictModel):
    """A change of the measure within the history."""

    start: YearMonth = define_setting("The first month of the new figures.", "2018-04", alias="from")
    decimals: int = define_setting(
        "How many digits the old figures have after the decimal point.", "0", ge=0, le=MOST_DECIMALS
    )
    note: Words = define_setting(
        "Why they are not compared, as printed below the history.", "Figures up to March 2018 are on another scale"
    )


PERCENT = "percent"


def _normalise_unit(text: str) -> str:
    """Take whatever officers write for per cent as the one word for it."""
    return PERCENT if text.casefold() in {"percent", "per cent", "%", "percentage"} else text


DueMonths = Annotated[
    tuple[CalendarMonth, ...],
    BeforeValidator(as_list),
    WithJsonSchema({"anyOf": [{"enum": list(MONTH_NAMES)}, {"type": "array", "items": {"enum": list(MONTH_NAMES)}}]}),
]


class IndicatorSettings(StrictModel):
    """One indicator as the file has it."""

    code: Words | None = define_setting(
        "Its code as printed; CP 4.10 comes after CP 4.9. Where a council has no codes, indicators go by their alias.",
        "CP 4.10",
        None,
    )
    name: Words = define_setting(
        "The full name, the same in every section.",
        "Rate of households in temporary accommodation per 1,000 households",
    )
    alias: Annotated[str, Field(min_length=1, max_length=50)] = define_setting(
        "A short name of at most 50 characters, for the cover and its detail.", "Temporary accommodation"
    )
    aim: Words | None = define_setting(
        "One of the aims. Must be given where the file has aims, unless there is a `group`.", "Prosperous", None
    )
    group: Words | None = define_setting(
        "One of the partnership groups, in place of an aim: it makes it a partnership indicator.", "Local Economy", None
    )
    frequency: Frequency = define_setting(
        "How often it has a figure.",
        "quarterly",
        Frequency.MONTHLY,
    )
    year: Literal["financial", "academic"] = define_setting(
        "`academic` where its year runs from September to August; terms always belong to such a year.",
        "academic",
        "financial",
    )
    due: DueMonths = define_setting(
        "The months in which it has a figure, written in full, where that is not the last of each period; one for "
        "each period.",
        ["July", "January"],
        (),
    )
    lag: int = define_setting(
        "How many months later the figure may come; it is not asked for before. Such an indicator is in arrears, "
        "and the report says so.",
        "2",
        0,
        ge=0,
        le=36,
    )
    in_arrears: YesNo = define_setting(
        "`yes` where the figure comes late, and by how much is not known.", "yes", default=False
    )
    measure: MeasureKind | None = define_setting(
        "What kind of figure it is. `snapshot`: how things stand at the period's end. `cumulative`: a number that "
        "adds up over the year. `year-to-date`: a percentage or rate over the year so far. `rolling`: of the last "
        "three months together. `count`: a number of the period alone, which adds up. `rate`: a percentage or "
        "rate of the period alone, which does not. Must be given unless its rating is `always` or `judged`.",
        "year-to-date",
        None,
    )
    polarity: Polarity | None = define_setting(
        "Which way is good. `maximise`: the higher the better. `minimise`: the lower the better. `goldilocks`: "
        "neither too high nor too low. Must be given unless its rating is `always` or `judged`.",
        "minimise",
        None,
    )
    unit: Annotated[Sentences, AfterValidator(_normalise_unit)] = define_setting(
        "`percent`, or words that may follow a number.", "households per 1,000", ""
    )
    decimals: int | None = define_setting(
        "How many digits are printed after the decimal point. Must be given unless its rating is `always` or `judged`.",
        "2",
        None,
        ge=0,
        le=MOST_DECIMALS,
    )
    departments: tuple[Words, ...] = define_setting(
        "The departments that are responsible; `[]` where no one department is.", ["Department for Place"], ()
    )
    managers: OneOrMore = define_setting(
        "Who manages it. Must be given where a section has the column `managers`, unless there is a `group`.",
        ["Sharon Houlden"],
        (),
    )
    committee: Words | None = define_setting(
        "One of the committees. Must be given where a section has the column `committee`, unless there is a `group`.",
        "Policy & Resources Scrutiny",
        None,
    )
    owners: Mapping[str, OneOrMore] = define_setting(
        "Its owners, each kind under the name that it has under `owners`. Must be given where a section has the "
        "kind as a column, unless there is a `group`.",
        {"portfolio_holder": "Cllr S Hebb"},
        {},
    )
    introduced: int | None = define_setting("The year in which it was introduced.", "2014", None)
    targets: Mapping[str, TargetSettings] = define_setting(
        "The targets of each year. An indicator without any is for data only, unless its rating is `lines`, "
        "`always` or `judged`.",
        {"2018-19": {"annual": "3.19"}},
        {},
    )
    rating: RatingSettings | None = define_setting(
        "How it is rated, where that is not the rating of the council, its aim or its group.",
        {"tolerance": "15%"},
        None,
    )
    scale: NumberRange | None = define_setting(
        "The two ends of the bullet chart of its latest figure.", "10 - 60", None
    )
    quarters: YesNo = define_setting(
        "`yes` where the history by month has a row after each quarter.", "yes", default=False
    )
    unbounded: YesNo = define_setting(
        "`yes` where a percentage may lie below 0% or above 100%, as a variance may.", "yes", default=False
    )
    change: BreakSettings | None = define_setting(
        "Where the measure changed, so that figures before and after must not be compared: `from`, `decimals` and "
        "`note`.",
        {"from": "2018-04", "decimals": "0", "note": "Counted anew"},
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
            raise PydanticCustomError(CONTRADICTION, "'aim' and 'group' exclude each other; keep one of them")
        if self.measure is MeasureKind.COUNT and any(target.month == "linear" for target in self.targets.values()):
            message = "the targets of a 'count' are shares of the annual one; 'linear' is for what is 'cumulative'"
            raise PydanticCustomError(CONTRADICTION, message)
        return self


def build_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of `indicators.yaml`, by which an editor completes and checks as one types."""
    schema, indicator_schema = Settings.model_json_schema(), IndicatorSettings.model_json_schema()
    parts = {**schema.pop("$defs"), **indicator_schema.pop("$defs"), "IndicatorSettings": indicator_schema}
    indicator_list = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/IndicatorSettings"}}
    schema["properties"]["indicators"] = {"description": "The indicators, one or more.", **indicator_list}
    changes = {key: value for key, value in parts["SectionSettings"].items() if key != "required"}
    schema["properties"]["sections"]["properties"] = {"changes": {"anyOf": [{"type": "null"}, changes]}}
    parts["GroupSettings"] = {"anyOf": [{"type": "string"}, parts["GroupSettings"]]}
    header = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "indicators.yaml of mpr"}
    return {**schema, **header, "required": [*schema["required"], "indicators"], "$defs": parts}
