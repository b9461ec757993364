"""The settings of a report's sections in `indicators.yaml`, and the defaults of the model report's four sections."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pydantic
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from mpr.load.config.scalars import Key, OneOrMore, Sentences, Words
from mpr.load.config.vocabulary import StrictModel, define_setting
from mpr.load.config.yaml_nodes import CONTRADICTION, expected_error
from mpr.load.limits import MOST_SECTIONS

HEADED_GROUPINGS = ("outcome", "aim", "group")  # groups with a heading above their table; others have it inside


class SectionSettings(StrictModel):
    """A section of the report."""

    title: Words = define_setting("The title of the section.", "Corporate performance indicators")
    description: Words = define_setting(
        "Its description in the table of contents.", "Performance information for all corporate priority indicators"
    )
    introduction: Sentences = define_setting(
        "The sentence under its title. If you leave it out, `mpr` writes one that counts the indicators.",
        "Indicators that Cabinet reviews every month.",
        "",
    )
    layout: Literal["table", "detail", "changes"] = define_setting(
        "`table`: a row for each indicator. `detail`: a block for each, with its history and charts. `changes`: the "
        "changes since the previous report; it has neither `columns` nor `group_by`.",
        "table",
        "table",
    )
    who: Literal["corporate", "partnership", "all"] = define_setting(
        "Whose indicators it shows: `corporate` ones, `partnership` ones (those with a `group`), or `all`.",
        "corporate",
        "corporate",
    )
    which: Literal["all", "exceptions", "off track", "in focus", "with a figure"] = define_setting(
        "Which of them it shows. `exceptions`: those off track or with a comment. `off track`: those rated Red or "
        "Amber, or with another outcome that has `off_track: yes`. `in focus`: those with `yes` in the column `focus` "
        "of the data file. `with a figure`: those that have a figure.",
        "exceptions",
        "all",
    )
    only: Mapping[str, OneOrMore] = define_setting(
        "Limits them to some `aim`, `group`, `department`, `committee`, `manager`, `outcome` or owner. If you name "
        "several, an indicator must match each.",
        {"department": ["Department for Place"]},
        {},
    )
    group_by: Annotated[OneOrMore, Field(max_length=2)] = define_setting(
        "What they are grouped by: `outcome`, `aim`, `group`, `department`, `committee`, `manager` or an owner. If you "
        "write two, the second divides the groups further.",
        ["outcome", "department"],
        (),
    )
    order: Literal["code", "file", "name"] = define_setting(
        "The order of the indicators in a group: by `code`, as in the `file`, or by `name`.", "code", "code"
    )
    columns: tuple[Words | dict[str, Words], ...] = define_setting(
        "The columns of a table, from left to right; `docs/indicators.md` lists all of them. `- name: KPI title` "
        "gives a column a title of your own. A table of your own needs this setting.",
        ["code", "name", "value", "target", "rating", "comment"],
        (),
    )

    @pydantic.model_validator(mode="after")
    def _check_consistency(self) -> "SectionSettings":
        if self.layout == "changes" and (self.columns or self.group_by):
            raise PydanticCustomError(
                CONTRADICTION, "a section with 'layout: changes' cannot have 'columns' or 'group_by'"
            )
        if self.layout == "table" and not self.columns:
            raise PydanticCustomError(CONTRADICTION, "a table needs 'columns', such as code, name, value, rating")
        if self.columns and not {"code", "name"} & set(self.column_keys):
            raise PydanticCustomError(CONTRADICTION, "a table needs the column 'code' or 'name' to head its rows")
        if len(self.group_by) > 1 and (self.layout == "detail" or self.group_by[0] not in HEADED_GROUPINGS):
            raise PydanticCustomError(
                CONTRADICTION, "only a table grouped by outcome, aim or group can be divided further"
            )
        if any(isinstance(column, dict) and len(column) != 1 for column in self.columns):
            raise PydanticCustomError(CONTRADICTION, "each of the 'columns' needs a dash of its own")
        if len(set(self.column_keys)) < len(self.column_keys):
            raise PydanticCustomError(CONTRADICTION, "one of the 'columns' is listed twice")
        return self

    @property
    def column_keys(self) -> tuple[str, ...]:
        """The keys of the columns, without their titles."""
        return tuple(column if isinstance(column, str) else next(iter(column), "") for column in self.columns)


_ROW_COLUMNS = ("code", "name", "polarity", "latest", "value", "target", "annual", "rating", "change")
MODEL_REPORT_SECTIONS: dict[str, dict[str, Any]] = {
    "exceptions": {
        "which": "exceptions",
        "group_by": ["outcome", "department"],
        "columns": [*_ROW_COLUMNS, "comment", "committee"],
    },
    "corporate": {"group_by": ["aim"], "columns": [*_ROW_COLUMNS, "managers", "committee"]},
    "detail": {"layout": "detail", "which": "off track", "group_by": ["aim"]},
    "partnership": {
        "who": "partnership",
        "group_by": ["group"],
        "columns": [
            "name",
            "latest",
            "value",
            "target",
            "rating",
            "change",
            "trend",
            "comparison",
            "comment",
        ],
    },
}  # the defaults of sections with these names, as in the model report
CHANGES_SECTION: dict[str, Any] = {
    "layout": "changes",
    "who": "all",
    "title": "What changed since {before}",
    "description": "Outcomes that changed, figures revised and the biggest moves since {before}",
}  # the defaults of the section `changes`
COLUMNS = (
    *_ROW_COLUMNS,
    "comment",
    "managers",
    "committee",
    "departments",
    "trend",
    "comparison",
    "source",
    "aim",
    "group",
)


def _validate_section_name(name: str) -> str:
    reserved = {"main", "filter", "key", "key-title", "contents", "revisions"}
    if name in reserved or not re.fullmatch("[a-z][a-z0-9_-]*", name):
        raise expected_error("a name of its own in lower case, such as in_focus")
    return name


def _add_section_defaults(value: object) -> object:
    """Return the sections with the defaults added to those named as in the model report and to `changes`."""
    if not isinstance(value, dict):
        return value
    given_sections = {**value, **({"changes": value["changes"] or {}} if "changes" in value else {})}
    defaults = {**MODEL_REPORT_SECTIONS, "changes": CHANGES_SECTION}
    return {
        name: {**defaults.get(name, {}), **section} if isinstance(section, dict) else section
        for name, section in given_sections.items()
    }


SECTION_COUNT = Field(min_length=1, max_length=MOST_SECTIONS)
SectionName = Annotated[Key, AfterValidator(_validate_section_name)]
SectionsByName = Annotated[Mapping[SectionName, SectionSettings], BeforeValidator(_add_section_defaults), SECTION_COUNT]
