"""YAML as plain values that know their lines.

Every scalar stays the text that the officer wrote: `no` is no, `010` is 010, and `46.10` keeps its decimals; only an
empty value (or `null`, `~`) is None. What a text means is decided by the model that it is read into. Keys that stand
twice are reported; aliases are refused, because a few lines of them can stand for billions of values.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

import pydantic
import yaml
from pydantic_core import ErrorDetails

from mpr.problem import Place, Problem, nearest

Path = tuple[str | int, ...]
Model = TypeVar("Model", bound=pydantic.BaseModel)
DEEPEST = 20


@dataclass(frozen=True)
class Document:
    """The plain value of a YAML file, and the place of each part of it by its path."""

    value: Any
    places: dict[Path, Place]

    def place(self, path: Path) -> Place:
        """Return where a part stands, or, where it is not there, the nearest part around it."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]


def read_nodes(text: str, shown: str, problems: list[Problem]) -> Document | None:
    """Parse YAML, noting duplicate keys and whatever cannot be read."""
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)
        reason = getattr(error, "problem", None) or "it is not YAML"
        hint = "a text with : or # in it, or one that starts with % @ * & or a bracket, goes in double quotes"
        problems.append(Problem(place, "E110", f"this line cannot be read as YAML: {reason}", hint))
        return None
    except (RecursionError, ValueError) as error:
        problems.append(Problem(Place(shown), "E110", f"this file cannot be read as YAML: {error}"))
        return None
    reader = _Reader(shown, problems)
    value = reader.plain(node, ())
    return Document(value, reader.places)


class _Reader:
    def __init__(self, shown: str, problems: list[Problem]) -> None:
        self.shown, self.problems = shown, problems
        self.places: dict[Path, Place] = {(): Place(shown, 1, 1)}
        self.seen: set[int] = set()

    def plain(self, node: yaml.Node | None, path: Path) -> Any:  # noqa: ANN401 - YAML holds anything
        """Return a node's value without tags, remembering where it stands."""
        if node is None:
            return None
        place = Place(self.shown, node.start_mark.line + 1, node.start_mark.column + 1)
        self.places.setdefault(path, place)
        if id(node) in self.seen:
            self.problems.append(Problem(place, "E111", "YAML anchors and aliases (& and *) are not allowed here"))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            empty = node.style is None and node.value in {"", "~", "null"}
            return None if empty else node.value
        if len(path) > DEEPEST:
            self.problems.append(Problem(place, "E112", f"this is nested more than {DEEPEST} levels deep"))
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*path, index)) for index, item in enumerate(node.value)]
        return dict(self._pairs(node, path))

    def _pairs(self, node: yaml.Node, path: Path) -> Iterator[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            place = Place(self.shown, key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if key in first:
                message = f"'{key}' stands here a second time; it is on line {first[key]} too"
                self.problems.append(Problem(place, "E113", message, "keep one of them"))
                continue
            first[key] = place.line
            self.places[*path, key] = place
            yield key, self.plain(value_node, (*path, key))


def read_model(
    kind: type[Model],
    document: Document,
    path: Path,
    value: Any,  # noqa: ANN401 - whatever stands in the file
    problems: list[Problem],
) -> Model | None:
    """Read a part of a document into a pydantic model, or note every reason why it is none, each at its place."""
    try:
        return kind.model_validate(value)
    except pydantic.ValidationError as error:
        problems += [_problem(kind, document, path, detail) for detail in error.errors(include_url=False)]
        return None


WRONG_TYPES = {
    "list_type": "a list, one item a line after a dash, is wanted here",
    "dict_type": "settings, one a line as `name: value`, are wanted here",
    "model_type": "settings, one a line as `name: value`, are wanted here",
    "string_type": "a text is wanted here",
    "int_parsing": "'{input}' is not a whole number",
    "int_type": "a whole number is wanted here",
    "bool_parsing": "'{input}' is neither yes nor no",
    "bool_type": "yes or no is wanted here",
    "enum": "'{input}' is not one of {expected}",
}


def _problem(kind: type[pydantic.BaseModel], document: Document, path: Path, detail: ErrorDetails) -> Problem:
    """Turn one of pydantic's errors into a problem at the line of the part that it is about."""
    *above, last = (*path, *detail["loc"]) or ("",)
    place = document.place((*above, last))
    if detail["type"] == "missing":
        return Problem(document.place(tuple(above)), "E121", f"'{last}' is missing here")
    if detail["type"] == "extra_forbidden":
        hint = nearest(str(last), _settings(kind, detail["loc"][:-1]))
        return Problem(place, "E122", f"'{last}' is not a setting that is known here", hint)
    known = detail.get("ctx", {})
    template = WRONG_TYPES.get(detail["type"])
    message = template.format(input=detail["input"], **known) if template else detail["msg"]
    hint = nearest(str(detail["input"]), re.findall("'([^']+)'", known.get("expected", "")))
    return Problem(place, "E123", message, hint)


def _settings(kind: type[pydantic.BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the settings known at a place inside a model."""
    found: Any = kind
    for step in loc:
        if isinstance(step, str) and isinstance(found, type) and issubclass(found, pydantic.BaseModel):
            by_alias = {field.alias or name: field.annotation for name, field in found.model_fields.items()}
            found = by_alias.get(step)
        models = [each for each in (found, *get_args(found)) if isinstance(each, type)]
        found = next((each for each in models if issubclass(each, pydantic.BaseModel)), found)
    fields = found.model_fields.items() if hasattr(found, "model_fields") else []
    return [field.alias or name for name, field in fields]
