"""Every place in which somebody else's text can stand, found in the code itself, so that a new one is covered too.

The fields of YAML files are those of their pydantic models, the names in a mapping included; those of the CSV file and
the workbook are their columns; those of a record are its model's.
"""

import csv
import io
import json
import re
import types
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
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
JUNE, MAY = "2025-06", "2025-05"
INDICATORS, EDITION, VALUES, RECORD = (
    "indicators.yaml",
    f"data/{JUNE}.yaml",
    f"data/{JUNE}.csv",
    f"mpr-{MAY}.{RECORD_SUFFIX}",
)
FIRST, NAME = "(first)", "(name)"  # steps of a path: into the first of a mapping, and to its name
Step = str | int
Path_ = tuple[tuple[Step, Any], ...]  # each step with an example of what stands behind it


@dataclass(frozen=True)
class Field:
    """A place for a text: the file, how it is called there, and what puts a text into a copy of the base project."""

    file: str
    name: str
    put: Callable[[Path, str], None]


def yaml_fields() -> tuple[Field, ...]:
    """Return every setting of the two YAML files, each once, however many places it may stand in."""
    found: dict[str, Field] = {}
    for file, model, start in (
        (INDICATORS, Settings, ()),
        (INDICATORS, IndicatorSettings, (("indicators", []), (0, {}))),
        (EDITION, EditionSettings, ()),
    ):
        for path in _paths(model, start):
            if [step for step, _ in path] != ["indicators"]:
                name = _named(path)
                _, again, rest = name.partition(".rating.")
                key = f"{INDICATORS} rating.{rest}" if again else f"{file} {name}"
                found.setdefault(key, Field(file, name, _putter(file, path)))
    return tuple(found.values())


def _paths(model: type[pydantic.BaseModel], path: Path_) -> Iterator[Path_]:
    for name, field in model.model_fields.items():
        example = (field.examples or [None])[0]
        yield from _leaves(field.annotation, (*path, (field.alias or name, example)))


def _leaves(annotation: Any, path: Path_) -> Iterator[Path_]:  # noqa: ANN401 - whatever a field may be
    """Yield the paths to what holds no further settings."""
    origin, inner = get_origin(annotation), [each for each in get_args(annotation) if each is not type(None)]
    if origin is Annotated:
        yield from _leaves(inner[0], path)
    elif origin in {Union, types.UnionType}:
        for each in inner if any(map(_holds, inner)) else inner[:1]:
            yield from _leaves(each, path)
    elif isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel):
        yield from _paths(annotation, path)
    elif origin is tuple:
        yield from _leaves(inner[0], (*path, (0, None)))
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        yield (*path, (FIRST, None), (NAME, None))
        yield from _leaves(inner[1], (*path, (FIRST, None)))
    else:
        yield path


def _holds(annotation: Any) -> bool:  # noqa: ANN401 - as above
    origin = get_origin(annotation)
    model = isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel)
    return model or origin is tuple or (isinstance(origin, type) and issubclass(origin, Mapping))


def _named(path: Path_) -> str:
    said = [str(step) for step, _ in path if step not in {0, FIRST}]
    return ".".join([*said[:-1], "(name)"] if path[-1][0] == NAME else said)


def _putter(file: str, path: Path_) -> Callable[[Path, str], None]:
    def put(root: Path, text: str) -> None:
        document = base(file)
        old = _replace(document, path, text)
        if isinstance(old, str):  # a word of a vocabulary changes wherever it stands
            _rename(root, old, text)
            document = _renamed(document, old, text)
        write_yaml(root / file, document)

    return put


@cache
def _read(file: str) -> Any:  # noqa: ANN401 - whatever stands there
    return yaml.load((BASE / file).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts alone


def base(file: str) -> Any:  # noqa: ANN401 - whatever stands there
    """Return a copy of a YAML file of the base project, all of it as text."""
    return deepcopy(_read(file))


def _replace(node: Any, path: Path_, text: str) -> object:  # noqa: ANN401 - whatever stands there
    """Put a text where a path leads, with examples of what is missing on the way; return what stood there."""
    for at, (step, example) in enumerate(path):
        last, step = at == len(path) - 1, _step(node, step)  # noqa: PLW2901 - the first of a mapping has a name
        if path[at + 1 :] == ((NAME, None),):
            old = str(step)
            node[text] = node.pop(old)
            return old
        if last:
            old = node[step] if isinstance(node, list) or step in node else None
            node[step] = text
            return old
        there = node[step] if isinstance(node, list) else node.get(step)
        if not isinstance(there, dict | list):
            node[step] = _example(example, path[at + 1][0])
        node = node[step]
    raise AssertionError(path)


def _step(node: Any, step: Step) -> Step:  # noqa: ANN401 - as above
    return next(iter(node)) if step == FIRST else step


def _example(example: Any, following: Step) -> Any:  # noqa: ANN401 - as above
    """Return an example as text, or what is wanted next where there is none."""
    if isinstance(example, str) and following == 0:
        return [example]
    return deepcopy(example) if example else [""] if following == 0 else {"x": ""} if following == FIRST else {}


def _renamed(node: Any, old: str, new: str) -> Any:  # noqa: ANN401 - as above
    if isinstance(node, dict):
        return {_renamed(key, old, new): _renamed(value, old, new) for key, value in node.items()}
    if isinstance(node, list):
        return [_renamed(each, old, new) for each in node]
    return new if node == old else node


def _rename(root: Path, old: str, new: str) -> None:
    """Rename a word in the cells of the data."""
    for path in sorted((root / "data").glob("*.csv")):
        rows = [[new if cell == old else cell for cell in row] for row in _rows(path)]
        if rows != _rows(path):
            write_rows(path, rows)


def write_yaml(path: Path, document: object) -> None:
    """Write YAML in double quotes, in which every character can be spelt out."""
    text = json.dumps(document, ensure_ascii=False)  # JSON is YAML, but for how it spells what lies beyond 16 bits
    spelt = re.sub(r"[^\x20-\x7e]", lambda sign: f"\\U{ord(sign[0]):08x}", text)
    path.write_text(spelt, encoding="utf-8")


def _rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def write_rows(path: Path, rows: list[list[str]]) -> None:
    """Write the rows of a CSV file, half a letter (a lone surrogate) as the bytes that some programs write for it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))


def csv_fields() -> tuple[Field, ...]:
    """Return every column of the file of values, and its headings."""
    heads = _rows(BASE / VALUES)[0]
    assert set(HEADINGS) <= set(heads), "a column is not in the base project"
    cells = [Field(VALUES, head, _cell(1, at)) for at, head in enumerate(heads)]
    return (
        *cells,
        Field(VALUES, "a heading", _cell(0, len(heads))),
        Field(VALUES, "another cell", _cell(1, len(heads))),
    )


def _cell(row: int, column: int) -> Callable[[Path, str], None]:
    def put(root: Path, text: str) -> None:
        rows = _rows(root / VALUES)
        rows[row][column:] = [text, *rows[row][column + 1 :]]
        write_rows(root / VALUES, rows)

    return put


def record_fields() -> tuple[Field, ...]:
    """Return every text of the record that an earlier report left."""
    return tuple(Field(RECORD, _named(path), _kept(path)) for path in _paths(Record, ()))


def _kept(path: Path_) -> Callable[[Path, str], None]:
    def put(root: Path, text: str) -> None:
        place = Project(root).get_report_path(MAY, RECORD_SUFFIX)
        document = json.loads(place.read_text(encoding="utf-8"))
        _replace(document, path, text)
        place.write_bytes(json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass"))

    return put


def begin(root: Path) -> Project:
    """Write the base project, with the record of its earlier report, which said another figure."""
    for path in BASE.rglob("*"):
        if path.is_file():
            (root / path.relative_to(BASE)).parent.mkdir(parents=True, exist_ok=True)
            (root / path.relative_to(BASE)).write_bytes(path.read_bytes())
    project = Project(root)
    before = project.get_edition_path(MAY)
    before.write_bytes(project.get_edition_path(JUNE).read_bytes())
    kept = format_record(build_record(check_period(project, MAY).scorecard))
    before.unlink()
    path = project.get_report_path(MAY, RECORD_SUFFIX)
    path.parent.mkdir(parents=True)
    path.write_text(kept.replace('"41.0"', '"40.5"'), encoding="utf-8")
    return project
