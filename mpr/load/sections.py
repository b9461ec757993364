"""The sections of a report in `indicators.yaml`: who stands in them, how, and what the model report's four are."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pydantic
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from mpr.load.caps import MOST_SECTIONS
from mpr.load.nodes import DISAGREE, wanted
from mpr.load.scalars import Key, OneOrMore, Sentences, Words
from mpr.load.vocabulary import Strict, setting

HEADED = ("outcome", "aim", "group")  # groups with a heading of their own; others are headed inside the table


class SectionSettings(Strict):
    """A section of the report."""

    title: Words = setting("The section's title.", "Corporate performance indicators")
    description: Words = setting(
        "What the contents say of it.", "Performance information for all corporate priority indicators"
    )
    introduction: Sentences = setting(
        "The sentence under its title. Without it, one is made that counts the indicators.",
        "Indicators that Cabinet reviews every month.",
        "",
    )
    layout: Literal["table", "detail", "changes"] = setting(
        "`table`: a row for each indicator. `detail`: a block for each, with its history and charts. `changes`: what "
        "moved since the report before; it has neither `columns` nor `group_by`.",
        "table",
        "table",
    )
    who: Literal["corporate", "partnership", "all"] = setting(
        "Whose indicators it shows: `corporate` ones, `partnership` ones (those with a `group`), or `all`.",
        "corporate",
        "corporate",
    )
    which: Literal["all", "exceptions", "off track", "in focus", "with a figure"] = setting(
        "Which of them. `exceptions`: those off track or with a comment. `off track`: those rated Red or Amber, "
        "or with another outcome that says `off_track: yes`. `in focus`: those with `yes` in the column `focus` "
        "of the data file. `with a figure`: those that have one.",
        "exceptions",
        "all",
    )
    only: Mapping[str, OneOrMore] = setting(
        "Only those of some `aim`, `group`, `department`, `committee`, `manager`, `outcome` or owner. Where "
        "several are named, an indicator must belong to one of each.",
        {"department": ["Department for Place"]},
        {},
    )
    group_by: Annotated[OneOrMore, Field(max_length=2)] = setting(
        "What they are grouped by and, where there are two, what the groups are divided by: `outcome`, `aim`, "
        "`group`, `department`, `committee`, `manager` or an owner.",
        ["outcome", "department"],
        (),
    )
    order: Literal["code", "file", "name"] = setting(
        "Their order inside a group: by `code`, as in this `file`, or by `name`.", "code", "code"
    )
    columns: tuple[Words | dict[str, Words], ...] = setting(
        "The columns of a table, from left to right; all that there are stand below. `- name: KPI title` gives "
        "one a title of your own. A table of your own needs them.",
        ["code", "name", "value", "target", "rating", "comment"],
        (),
    )

    @pydantic.model_validator(mode="after")
    def _agrees(self) -> "SectionSettings":
        if self.layout == "changes" and (self.columns or self.group_by):
            raise PydanticCustomError(DISAGREE, "a section of changes has neither 'columns' nor 'group_by'")
        if self.layout == "table" and not self.columns:
            raise PydanticCustomError(DISAGREE, "a table needs 'columns', such as code, name, value, rating")
        if self.columns and not {"code", "name"} & set(self.keys):
            raise PydanticCustomError(DISAGREE, "a table needs the column 'code' or 'name', which heads its rows")
        if len(self.group_by) > 1 and (self.layout == "detail" or self.group_by[0] not in HEADED):
            raise PydanticCustomError(
                DISAGREE, "only the groups of a table by outcome, aim or group are divided further"
            )
        if any(isinstance(each, dict) and len(each) != 1 for each in self.columns):
            raise PydanticCustomError(DISAGREE, "each of the 'columns' has a dash of its own")
        if len(set(self.keys)) < len(self.keys):
            raise PydanticCustomError(DISAGREE, "one of the 'columns' stands there twice")
        return self

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns' keys, without the titles that some are given."""
        return tuple(each if isinstance(each, str) else next(iter(each), "") for each in self.columns)


_ROW = ("code", "name", "polarity", "latest", "value", "target", "annual", "rating", "change")
MPR: dict[str, dict[str, Any]] = {
    "exceptions": {
        "which": "exceptions",
        "group_by": ["outcome", "department"],
        "columns": [*_ROW, "comment", "committee"],
    },
    "corporate": {"group_by": ["aim"], "columns": [*_ROW, "managers", "committee"]},
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
}  # what the sections of the model report are, where a council says nothing else of sections with these names
CHANGES: dict[str, Any] = {
    "layout": "changes",
    "who": "all",
    "title": "What changed since {before}",
    "description": "Outcomes that changed, figures revised and the biggest moves since {before}",
}  # what the section `changes` is, of which a council need say no more than its name
COLUMNS = (*_ROW, "comment", "managers", "committee", "departments", "trend", "comparison", "source", "aim", "group")


def _section_name(name: str) -> str:
    reserved = {"main", "filter", "key", "key-title", "contents", "revisions"}
    if name in reserved or not re.fullmatch("[a-z][a-z0-9_-]*", name):
        raise wanted("a name of its own in small letters, such as in_focus")
    return name


def _sections(value: object) -> object:
    """Add to sections with a name of the model report what they are there, and to `changes` all that it needs."""
    if not isinstance(value, dict):
        return value
    said = {**value, **({"changes": value["changes"] or {}} if "changes" in value else {})}
    known = {**MPR, "changes": CHANGES}
    return {name: {**known.get(name, {}), **each} if isinstance(each, dict) else each for name, each in said.items()}


SIZE = Field(min_length=1, max_length=MOST_SECTIONS)
SectionName = Annotated[Key, AfterValidator(_section_name)]
AllSections = Annotated[Mapping[SectionName, SectionSettings], BeforeValidator(_sections), SIZE]
