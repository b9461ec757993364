"""Every place where somebody can write a text, read from the code, so that a new place is tried without a change.

The fields of the YAML files come from their pydantic models, including the names in a mapping. Those of the CSV file
and the workbook are their columns. Those of a record come from its model.
"""

import csv
import io
import json
import re
import shutil
import types
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

import pydantic
import yaml

from mpr.load.config.schema import HEADINGS, IndicatorSettings, Settings
from mpr.load.editions.edition import EditionSettings
from mpr.load.editions.record import RECORD_SUFFIX, Record, format_record
from mpr.project import Project
from mpr.report.printed_figures import build_record
from mpr.workflows.check import check_period

BASE = Path(__file__).parent / "base"
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the same, written in C, where the library has it
JUNE, MAY = "2025-06", "2025-05"
INDICATORS, EDITION, VALUES, RECORD = (
    "indicators.yaml",
    f"data/{JUNE}.yaml",
    f"data/{JUNE}.csv",
    f"mpr-{MAY}.{RECORD_SUFFIX}",
)
FIRST, NAME = "(first)", "(name)"  # steps of a path: into the first of a mapping, and to its name
Step = str | int
Path_ = tuple[tuple[Step, Any], ...]  # each step, with an example of the value behind it


@dataclass(frozen=True)
class Field:
    """A place for a text: its file and name, and the function that puts a text into a copy of the base project."""

    file: str
    name: str
    put: Callable[[Path, str], None]


def yaml_fields() -> tuple[Field, ...]:
    """Return every setting of the two YAML files, each once even if several groups may hold it."""
    fields: dict[str, Field] = {}
    for file, model, start in (
        (INDICATORS, Settings, ()),
        (INDICATORS, IndicatorSettings, (("indicators", []), (0, {}))),
        (EDITION, EditionSettings, ()),
    ):
        for path in _list_paths(model, start):
            if [step for step, _ in path] != ["indicators"]:
                name = _format_name(path)
                _, is_nested_rating, rest = name.partition(".rating.")
                key = f"{INDICATORS} rating.{rest}" if is_nested_rating else f"{file} {name}"
                fields.setdefault(key, Field(file, name, _build_yaml_put(file, path)))
    return tuple(fields.values())


def _list_paths(model: type[pydantic.BaseModel], path: Path_) -> Iterator[Path_]:
    for name, field in model.model_fields.items():
        example = (field.examples or [None])[0]
        yield from _list_leaves(field.annotation, (*path, (field.alias or name, example)))


def _list_leaves(annotation: Any, path: Path_) -> Iterator[Path_]:  # noqa: ANN401 - any annotation of a field
    """Yield the paths to the values that hold no further settings."""
    origin = get_origin(annotation)
    inner = [argument for argument in get_args(annotation) if argument is not type(None)]
    if origin is Annotated:
        yield from _list_leaves(inner[0], path)
    elif origin in {Union, types.UnionType}:
        for option in inner if any(map(_has_settings, inner)) else inner[:1]:
            yield from _list_leaves(option, path)
    elif isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel):
        yield from _list_paths(annotation, path)
    elif origin is tuple:
        yield from _list_leaves(inner[0], (*path, (0, None)))
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        yield (*path, (FIRST, None), (NAME, None))
        yield from _list_leaves(inner[1], (*path, (FIRST, None)))
    else:
        yield path


def _has_settings(annotation: Any) -> bool:  # noqa: ANN401 - as above
    origin = get_origin(annotation)
    is_model = isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel)
    return is_model or origin is tuple or (isinstance(origin, type) and issubclass(origin, Mapping))


def _format_name(path: Path_) -> str:
    steps = [str(step) for step, _ in path if step not in {0, FIRST}]
    return ".".join([*steps[:-1], "(name)"] if path[-1][0] == NAME else steps)


def _build_yaml_put(file: str, path: Path_) -> Callable[[Path, str], None]:
    def put(root: Path, text: str) -> None:
        document = _read_yaml(root / file)
        old = _replace(document, path, text)
        if isinstance(old, str):  # a word of the council's own vocabulary changes wherever it is used
            _rename_in_data(root, old, text)
            document = _rename(document, old, text)
        write_yaml(root / file, document)

    return put


def _read_yaml(path: Path) -> Any:  # noqa: ANN401 - any YAML
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - it makes texts only


def read_base(file: str) -> Any:  # noqa: ANN401 - any YAML
    """Return a YAML file of the base project, with every value as text."""
    return _read_yaml(BASE / file)


def _replace(node: Any, path: Path_, text: str) -> object:  # noqa: ANN401 - any YAML
    """Put a text at the end of a path, adding examples of the missing steps; return the value that it replaces."""
    for at, (step, example) in enumerate(path):
        is_last, step = at == len(path) - 1, _resolve_step(node, step)  # noqa: PLW2901 - the first of a mapping has a name
        if path[at + 1 :] == ((NAME, None),):
            old = str(step)
            entries = [(text if name == old else name, value) for name, value in node.items()]
            node.clear()
            node.update(entries)
            return old
        if is_last:
            replaced = node[step] if isinstance(node, list) or step in node else None
            node[step] = text
            return replaced
        child = node[step] if isinstance(node, list) else node.get(step)
        if not isinstance(child, dict | list):
            node[step] = _build_example(example, path[at + 1][0])
        node = node[step]
    raise AssertionError(path)


def _resolve_step(node: Any, step: Step) -> Step:  # noqa: ANN401 - as above
    return next(iter(node)) if step == FIRST else step


def _build_example(example: Any, following: Step) -> Any:  # noqa: ANN401 - as above
    """Return an example as text, or an empty value of the shape that the next step needs."""
    if isinstance(example, str) and following == 0:
        return [example]
    return deepcopy(example) if example else [""] if following == 0 else {"x": ""} if following == FIRST else {}


def _rename(node: Any, old: str, new: str) -> Any:  # noqa: ANN401 - as above
    if isinstance(node, dict):
        return {_rename(key, old, new): _rename(value, old, new) for key, value in node.items()}
    if isinstance(node, list):
        return [_rename(item, old, new) for item in node]
    return new if node == old else node


def _rename_in_data(root: Path, old: str, new: str) -> None:
    """Rename a word in the cells of the CSV files."""
    for path in sorted((root / "data").glob("*.csv")):
        rows = _read_rows(path)
        renamed = [[new if cell == old else cell for cell in row] for row in rows]
        if renamed != rows:
            write_rows(path, renamed)


def write_yaml(path: Path, document: object) -> None:
    """Write YAML in double quotes, in which every character can be written by its number."""
    text = json.dumps(document, ensure_ascii=False)  # JSON is YAML, except for how it writes characters beyond 16 bits
    escaped = re.sub(r"[^\x20-\x7e]", lambda match: f"\\U{ord(match[0]):08x}", text)
    path.write_text(escaped, encoding="utf-8")


def _read_rows(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8", "surrogatepass")
    return list(csv.reader(io.StringIO(text, newline="")))


def write_rows(path: Path, rows: list[list[str]]) -> None:
    """Write the rows of a CSV file, a lone surrogate as the bytes that some programs write for it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))


def csv_fields() -> tuple[Field, ...]:
    """Return every column of the CSV file of values, an extra heading and an extra cell."""
    headings = _read_rows(BASE / VALUES)[0]
    assert set(HEADINGS) <= set(headings), "a column is missing from the base project"
    cells = [Field(VALUES, heading, _build_cell_put(1, at)) for at, heading in enumerate(headings)]
    return (
        *cells,
        Field(VALUES, "a heading", _build_cell_put(0, len(headings))),
        Field(VALUES, "another cell", _build_cell_put(1, len(headings))),
    )


def _build_cell_put(row: int, column: int) -> Callable[[Path, str], None]:
    def put(root: Path, text: str) -> None:
        rows = _read_rows(root / VALUES)
        rows[row][column:] = [text, *rows[row][column + 1 :]]
        write_rows(root / VALUES, rows)

    return put


def record_fields() -> tuple[Field, ...]:
    """Return every text of the record that an earlier report left."""
    return tuple(Field(RECORD, _format_name(path), _build_record_put(path)) for path in _list_paths(Record, ()))


def _build_record_put(path: Path_) -> Callable[[Path, str], None]:
    def put(root: Path, text: str) -> None:
        record_path = Project(root).get_report_path(MAY, RECORD_SUFFIX)
        document = json.loads(record_path.read_bytes().decode("utf-8", "surrogatepass"))
        _replace(document, path, text)
        record_path.write_bytes(json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass"))

    return put


def create_base_project(root: Path) -> Project:
    """Write the base project, with the record of its earlier report, which printed another figure."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    project = Project(root)
    earlier_edition = project.get_edition_path(MAY)
    earlier_edition.write_bytes(project.get_edition_path(JUNE).read_bytes())
    record = format_record(build_record(check_period(project, MAY).scorecard))
    earlier_edition.unlink()
    path = project.get_report_path(MAY, RECORD_SUFFIX)
    path.parent.mkdir(parents=True)
    path.write_text(record.replace('"41.0"', '"40.5"'), encoding="utf-8")
    return project
