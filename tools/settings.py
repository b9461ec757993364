"""Make docs/indicators.md, the reference of `indicators.yaml`, from its schema: `python tools/settings.py`.

The settings, meanings and examples come from mpr/load/config/schema.py, the text around them from tools/settings.md.
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
TEXT = ROOT / "tools" / "settings.md"
PAGE = ROOT / "docs" / "indicators.md"
PERIODS = ("2018-05", "2018-19-Q1", "2018-19-T1", "2018-19-H1", "2018-19")
APRIL = 4
SPOKEN = {"noun": "month", "Noun": "Month", "year": "2018/19", "end": "March 2019", "outcomes": "red, amber or green"}
INDICATORS = "indicators"  # optional in the schema, but mpr.load.config.definitions requires one or more
ITEM = "-"  # a step of a path: into an item of a list


class Part(NamedTuple):
    """A part of the file: its model and its path.

    `usual` are the optional settings in its first example; `companions` are the settings that a setting needs in its
    example.
    """

    model: type[BaseModel]
    path: tuple[str, ...]
    usual: tuple[str, ...] = ()
    companions: Mapping[str, tuple[str, ...]] = {}


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
    """Writes YAML as officers do: texts without needless quotes, lists indented further than their name."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - `yes` and `38` are texts, as `mpr` reads them

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - as PyYAML calls it
        """Write repeated values out in full."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Indent every list."""
        super().increase_indent(flow=flow, indentless=False)

    def choose_scalar_style(self) -> str:
        """Use double quotes if quotes are needed."""
        style = super().choose_scalar_style()
        return '"' if style == "'" else str(style)


def format_block(value: object) -> str:
    """Return a value as a block of YAML."""
    text = yaml.dump(value, Dumper=Plain, sort_keys=False, allow_unicode=True, width=float("inf"))
    return f"```yaml\n{text}```"


def list_settings(part: Part) -> dict[str, FieldInfo]:
    """Return the settings of a part by their names in the file."""
    return {field.alias or name: field for name, field in part.model.model_fields.items()}


def nest(path: tuple[str, ...], value: object) -> Any:  # noqa: ANN401 - any value of the file
    """Return a value nested under the names and in the lists of its path."""
    for step in reversed(path):
        value = [value] if step == ITEM else {step: value}
    return value


def get_example(part: Part, name: str) -> object:
    """Return the example of a setting; if it contains a part of the file, that part's example."""
    if examples := list_settings(part)[name].examples:
        return examples[0]
    path = (*part.path, name)
    inner = next(candidate for candidate in PARTS if candidate.path[: len(path)] == path)
    return nest(inner.path[len(path) :], build_example(inner))


def build_example(part: Part) -> dict[str, object]:
    """Return the example of a part: its required and its usual settings."""
    names = (name for name, field in list_settings(part).items() if field.is_required() or name in part.usual)
    return {name: get_example(part, name) for name in names}


def list_choices(annotation: object) -> tuple[str, ...]:
    """Return the words that a setting accepts, none if it is not a choice of words."""
    if annotation is bool:
        return ("yes", "no")
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return tuple(str(member.value) for member in annotation)
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    return tuple(word for inner in get_args(annotation) for word in list_choices(inner))


def iter_facts(name: str, field: FieldInfo) -> Iterator[str]:
    """Yield whether a setting is required, its default, and the values that it accepts."""
    if field.is_required() or name == INDICATORS:
        yield "Required."
    elif field.default in (None, "", (), {}):
        if "Required" not in (field.description or ""):  # the description says when it is required
            yield "Optional."
    else:
        default = "no" if field.default is False else field.default
        yield f"Optional; the default is `{default.value if isinstance(default, Enum) else default}`."
    if choices := list_choices(field.annotation):
        yield f"One of: {', '.join(f'`{word}`' for word in choices)}."
    ends = [next((limit for limit in field.metadata if isinstance(limit, end)), None) for end in (Ge, Le)]
    if isinstance(ends[0], Ge) and isinstance(ends[1], Le):
        yield f"A whole number from {ends[0].ge} to {ends[1].le}."
    if get_origin(field.annotation) is tuple:
        single = any(getattr(validator, "func", None) is as_list for validator in field.metadata)
        yield "A list; a single item needs no dash." if single else "A list."


def describe_setting(part: Part, name: str, field: FieldInfo) -> str:
    """Return the description of a setting."""
    example = {shown: get_example(part, shown) for shown in (*part.companions.get(name, ()), name)}
    meaning = field.description or "The indicators, one or more."
    parts = (f"### `{name}`", meaning, " ".join(iter_facts(name, field)), format_block(example))
    return "\n\n".join(filter(None, parts))


def describe_part(part: Part) -> str:
    """Return the description of a part of the file: its example, and each of its settings."""
    descriptions = (describe_setting(part, name, field) for name, field in list_settings(part).items())
    return "\n\n".join((format_block(nest(part.path, build_example(part))), *descriptions))


def format_table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = (heads, ("---",) * len(heads), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def iter_columns() -> Iterator[tuple[str, ...]]:
    """Yield each column that a section may have, with its title and meaning in a report by month."""
    for name in sections.COLUMNS:
        kind = COLUMN_KINDS[name]
        yield f"`{name}`", kind.title.format(**SPOKEN), kind.meaning.format(**SPOKEN)


def iter_periods() -> Iterator[tuple[str, ...]]:
    """Yield a period of each frequency: its name, its months, and the files for its figure."""
    for frequency, name in zip(Frequency, PERIODS, strict=True):
        period = parse_period(name, APRIL)
        months = (
            period.full_name
            if frequency is Frequency.MONTHLY
            else f"{period.first.full_name} to {period.last.full_name}"
        )
        files = dict.fromkeys((f"`{period.last}.csv`", f"`{name}.csv`"))
        yield f"`{frequency.value}`", period.full_name, months, " or ".join(files)


def build_page() -> str:
    """Return the page: tools/settings.md with the descriptions from the schema filled in."""
    filled = {part.model.__name__: describe_part(part) for part in PARTS} | {
        "sections": format_block({"sections": sections.MODEL_REPORT_SECTIONS}),
        "columns": format_table(("Column", "Its title", "What it shows"), iter_columns()),
        "periods": format_table(("`frequency`", "A period", "Its months", "Its figure goes into"), iter_periods()),
    }
    return Template(TEXT.read_text(encoding="utf-8")).substitute(filled)


if __name__ == "__main__":
    PAGE.write_text(build_page(), encoding="utf-8")
    PAGE.with_name(SCHEMA_FILE).write_text(format_schema(), encoding="utf-8")
