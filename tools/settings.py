"""Make docs/indicators.md, the reference of `indicators.yaml`, from its schema: `python tools/settings.py`.

What the settings mean, and their examples, come from mpr/load/config/schema.py; the words around them from tools/settings.md.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from string import Template
from typing import Any, Literal, NamedTuple, get_args, get_origin

import yaml
from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mpr.load.config import schema as settings_schema
from mpr.load.config import sections, vocabulary
from mpr.load.config.scalars import as_list
from mpr.measure.period import Frequency, parse_period
from mpr.report.sections.columns import COLUMN_KINDS
from mpr.workflows.schema import SCHEMA_FILE, format_schema

ROOT = Path(__file__).parents[1]
WORDS = ROOT / "tools" / "settings.md"
PAGE = ROOT / "docs" / "indicators.md"
PERIODS = ("2018-05", "2018-19-Q1", "2018-19-T1", "2018-19-H1", "2018-19")
APRIL = 4
SPOKEN = {"noun": "month", "Noun": "Month", "year": "2018/19", "end": "March 2019", "outcomes": "red, amber or green"}
INDICATORS = "indicators"  # which the schema leaves to mpr.load.config.definitions: at least one is wanted there
ITEM = "-"  # a step of a place: into an item of a list


class Part(NamedTuple):
    """A part of the file: its model and where it stands.

    `usual` are the settings that its first example has beside those that must be given; `beside` are those without
    which a setting says nothing.
    """

    model: type[BaseModel]
    place: tuple[str, ...]
    usual: tuple[str, ...] = ()
    beside: Mapping[str, tuple[str, ...]] = {}


TARGETS = ("indicators", ITEM, "targets", "2018-19")
LINEAR = ("annual", "month")
PARTS = (
    Part(settings_schema.Settings, (), ("aims", "departments", "committees", "indicators")),
    Part(settings_schema.ReportSettings, ("report",), ("contacts",)),
    Part(settings_schema.ContactSettings, ("report", "contacts", ITEM)),
    Part(sections.SectionSettings, ("sections", "corporate")),
    Part(vocabulary.RatingSettings, ("rating",), ("tolerance",), {"near": ("tolerance",)}),
    Part(vocabulary.OutcomeSettings, ("outcomes", ITEM)),
    Part(vocabulary.Aim, ("aims", ITEM), ("priorities",)),
    Part(vocabulary.GroupSettings, ("partnership_groups", ITEM), ("rating",)),
    Part(vocabulary.Owner, ("owners", "portfolio_holder")),
    Part(
        settings_schema.IndicatorSettings,
        ("indicators", ITEM),
        ("code", "aim", "measure", "polarity", "unit", "decimals", "departments", "managers", "committee", "targets"),
    ),
    Part(
        settings_schema.TargetSettings,
        TARGETS,
        ("annual",),
        {"month": ("annual",), "note": ("annual",), "from": LINEAR, "step": LINEAR},
    ),
    Part(settings_schema.BreakSettings, ("indicators", ITEM, "break")),
)


class Plain(yaml.SafeDumper):
    """Writes YAML as officers do: texts without quotes where they can do without, lists further in than their name."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - `yes` and `38` are texts, as `mpr` reads them

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - as PyYAML calls it
        """Write out what stands twice."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Indent every list."""
        super().increase_indent(flow=flow, indentless=False)

    def choose_scalar_style(self) -> str:
        """Quote with double quotes where quotes are needed."""
        style = super().choose_scalar_style()
        return '"' if style == "'" else str(style)


def block(value: object) -> str:
    """Return a value as a block of YAML."""
    text = yaml.dump(value, Dumper=Plain, sort_keys=False, allow_unicode=True, width=float("inf"))
    return f"```yaml\n{text}```"


def settings(part: Part) -> dict[str, FieldInfo]:
    """Return the settings of a part by the names that they have in the file."""
    return {field.alias or name: field for name, field in part.model.model_fields.items()}


def inside(place: tuple[str, ...], value: object) -> Any:  # noqa: ANN401 - whatever stands there
    """Put a value where it stands: under names and into lists."""
    for step in reversed(place):
        value = [value] if step == ITEM else {step: value}
    return value


def example(part: Part, name: str) -> object:
    """Return the example of a setting; one that holds a part of the file has that part's."""
    if given := settings(part)[name].examples:
        return given[0]
    place = (*part.place, name)
    held = next(each for each in PARTS if each.place[: len(place)] == place)
    return inside(held.place[len(place) :], usual(held))


def usual(part: Part) -> dict[str, object]:
    """Return the settings that a part must have, and those that it mostly has, each with its example."""
    shown = (name for name, field in settings(part).items() if field.is_required() or name in part.usual)
    return {name: example(part, name) for name in shown}


def words(kind: object) -> tuple[str, ...]:
    """Return the words that a setting may say, none where it is not a choice of words."""
    if kind is bool:
        return ("yes", "no")
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(str(each.value) for each in kind)
    if get_origin(kind) is Literal:
        return tuple(map(str, get_args(kind)))
    return tuple(word for each in get_args(kind) for word in words(each))


def facts(name: str, field: FieldInfo) -> Iterator[str]:
    """Yield whether a setting must be given, what holds where it is not, and what it may say."""
    if field.is_required() or name == INDICATORS:
        yield "Must be given."
    elif field.default in (None, "", (), {}):
        yield "May be left out."
    else:
        default = "no" if field.default is False else field.default
        yield f"May be left out; then it is `{default.value if isinstance(default, Enum) else default}`."
    if choice := words(field.annotation):
        yield f"One of: {', '.join(f'`{word}`' for word in choice)}."
    ends = [next((each for each in field.metadata if isinstance(each, end)), None) for end in (Ge, Le)]
    if isinstance(ends[0], Ge) and isinstance(ends[1], Le):
        yield f"A whole number from {ends[0].ge} to {ends[1].le}."
    if get_origin(field.annotation) is tuple:
        single = any(getattr(each, "func", None) is as_list for each in field.metadata)
        yield "A list; a single item needs no dash." if single else "A list."


def setting(part: Part, name: str, field: FieldInfo) -> str:
    """Describe a setting."""
    shown = {each: example(part, each) for each in (*part.beside.get(name, ()), name)}
    meaning = field.description or "The indicators, one or more."
    return "\n\n".join((f"### `{name}`", meaning, " ".join(facts(name, field)), block(shown)))


def described(part: Part) -> str:
    """Describe a part of the file: how it stands there, and each of its settings."""
    shown = (setting(part, name, field) for name, field in settings(part).items())
    return "\n\n".join((block(inside(part.place, usual(part))), *shown))


def table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """Return a table."""
    lines = (heads, ("---",) * len(heads), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def columns() -> Iterator[tuple[str, ...]]:
    """Yield the columns that a section may have, with the titles and meanings that they have in a report by month."""
    for name in sections.COLUMNS:
        kind = COLUMN_KINDS[name]
        yield f"`{name}`", kind.title.format(**SPOKEN), kind.meaning.format(**SPOKEN)


def periods() -> Iterator[tuple[str, ...]]:
    """Yield for each frequency a period: the file that has its name, its months, and where its figure goes."""
    for frequency, name in zip(Frequency, PERIODS, strict=True):
        period = parse_period(name, APRIL)
        months = (
            period.full_name
            if frequency is Frequency.MONTHLY
            else f"{period.first.full_name} to {period.last.full_name}"
        )
        files = dict.fromkeys((f"`{period.last}.csv`", f"`{name}.csv`"))
        yield f"`{frequency.value}`", period.full_name, months, " or ".join(files)


def page() -> str:
    """Return the page: the words of tools/settings.md with what is made of the schema."""
    made = {part.model.__name__: described(part) for part in PARTS} | {
        "sections": block({"sections": sections.MODEL_REPORT_SECTIONS}),
        "columns": table(("Column", "Its title", "What it shows"), columns()),
        "periods": table(("`frequency`", "A period", "Its months", "Its figure goes into"), periods()),
    }
    return Template(WORDS.read_text(encoding="utf-8")).substitute(made)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    PAGE.with_name(SCHEMA_FILE).write_text(format_schema(), encoding="utf-8")
