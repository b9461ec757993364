"""YAML as plain values that know their lines.

Every scalar stays the text that the officer wrote: `no` is no, `010` is 010, and `46.10` keeps its decimals; only an
empty value (or `null`, `~`) is None. What a text means is decided by the model that it is read into. Keys that stand
twice are reported; aliases are refused, because a few lines of them can stand for billions of values.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import pydantic
import yaml
from pydantic_core import ErrorDetails, PydanticCustomError

from mpr.load.caps import DEEPEST, MOST_ITEMS
from mpr.load.text import unprintable
from mpr.problem import Place, Problem, nearest, quoted

Path = tuple[str | int, ...]
Model = TypeVar("Model", bound=pydantic.BaseModel)
TABS = "indent with spaces, not with the tab key"
SHAPE = (
    "indent it like its neighbours, as `name: value`; "
    "a text with ': ' in it, or that begins with % or *, goes in double quotes"
)
OPEN = "while scanning a quoted scalar"  # as PyYAML says it
IN_QUOTES = "a text with ': ' in it goes in double quotes"


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
        deep = _too_deep(text)
        node = None if deep else yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        problems.append(_unread(text, shown, error))
        return None
    if deep:
        problems.append(Problem(_place(shown, deep), "E112", f"this is nested more than {DEEPEST} levels deep"))
        return None
    reader = _Reader(shown, problems)
    value = reader.plain(node, ())
    return Document(value, reader.places)


def _unread(text: str, shown: str, error: yaml.YAMLError) -> Problem:
    """Say why YAML cannot be read: a quotation mark that is not closed, a tab, or else some line's shape."""
    if getattr(error, "context", None) == OPEN:
        place = _place(shown, getattr(error, "context_mark", None))
        return Problem(place, "E110", "this quotation mark is not closed", "write another at the end of the text")
    place = _place(shown, getattr(error, "problem_mark", None))
    tab = re.match(" *\t", "".join(text.split("\n")[place.line - 1 : place.line]))
    return Problem(place, "E110", "this line, or one above it, cannot be read", TABS if tab else SHAPE)


def _too_deep(text: str) -> Any:  # noqa: ANN401 - each of PyYAML's parsers has marks of its own
    """Return where YAML is nested too deeply: composing it then would overflow the stack and end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return event.start_mark
    return None


def _place(shown: str, mark: Any) -> Place:  # noqa: ANN401 - each of PyYAML's parsers has marks of its own
    return Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown, 1)


class _Reader:
    def __init__(self, shown: str, problems: list[Problem]) -> None:
        self.shown, self.problems = shown, problems
        self.places: dict[Path, Place] = {(): Place(shown, 1, 1)}
        self.seen: set[int] = set()

    def plain(self, node: yaml.Node | None, path: Path) -> Any:  # noqa: ANN401 - YAML holds anything
        """Return a node's value without tags, remembering where it stands."""
        if node is None:
            return None
        place = _place(self.shown, node.start_mark)
        self.places.setdefault(path, place)
        if id(node) in self.seen:
            message = "the signs & and * may not stand for what is written elsewhere"
            self.problems.append(Problem(place, "E111", message, "write it out here again, without them"))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            empty = not node.style and node.value in {"", "~", "null"}
            return None if empty else self._text(node)
        if len(node.value) > MOST_ITEMS:
            message = f"more than {MOST_ITEMS:,} things stand in one list or group here"
            self.problems.append(Problem(place, "E117", message, "take away what is not needed"))
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*path, index)) for index, item in enumerate(node.value)]
        return dict(self._pairs(node, path))

    def _text(self, node: yaml.ScalarNode) -> str:
        """Return a text; one in double quotes may spell out characters that the file itself does not hold."""
        text: str = node.value
        if node.style == '"':
            place = _place(self.shown, node.start_mark)
            self.problems += [each for each in unprintable(text, lambda _: place) if each not in self.problems]
        return text

    def _pairs(self, node: yaml.Node, path: Path) -> Iterator[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            place = _place(self.shown, key_node.start_mark)
            key = self._text(key_node) if isinstance(key_node, yaml.ScalarNode) else ""
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


A_TEXT, A_LIST = "a text", "a list (one item a line, each after a dash)"
A_GROUP = "a group of settings (one a line, as `name: value`)"
A_WHOLE_NUMBER, YES_OR_NO, ONE_OF = "a whole number", "yes or no", "{expected}"
WANTED = {
    "tuple_type": A_LIST,
    "too_short": "at least one item",
    "too_long": "a list of at most {max_length}",
    "mapping_type": A_GROUP,
    "dict_type": A_GROUP,
    "model_type": A_GROUP,
    "string_type": A_TEXT,
    "string_too_short": A_TEXT,
    "string_too_long": "a text of at most {max_length} characters",
    "int_parsing": A_WHOLE_NUMBER,
    "int_parsing_size": A_WHOLE_NUMBER,
    "int_type": A_WHOLE_NUMBER,
    "greater_than_equal": "a number from {ge} up",
    "less_than_equal": "a number up to {le}",
    "bool_parsing": YES_OR_NO,
    "bool_type": YES_OR_NO,
    "enum": ONE_OF,
    "literal_error": ONE_OF,
}


DISAGREE = "disagree"


def wanted(what: str, known: Iterable[str] = ()) -> PydanticCustomError:
    """Return the error for a value that is not `what`; `known` are words that the officer may have meant."""
    return PydanticCustomError("wanted", "{what}", {"what": what, "expected": ", ".join(f"'{each}'" for each in known)})


def _problem(kind: type[pydantic.BaseModel], document: Document, path: Path, detail: ErrorDetails) -> Problem:
    """Turn one of pydantic's errors into a problem at the line of the part that it is about."""
    *above, last = (*path, *(step for step in detail["loc"] if step != "[key]")) or ("",)
    place = document.place((*above, last))
    if detail["type"] == "missing":
        return Problem(document.place(tuple(above)), "E121", f"'{last}' is missing here")
    if detail["type"] == "extra_forbidden":
        settings = _settings(kind, detail["loc"][:-1])
        hint = nearest(str(last), settings) or f"known are {', '.join(settings)}"
        return Problem(place, "E122", f"{quoted(last)} is not a setting that is known here", hint)
    if detail["type"] == DISAGREE:
        return Problem(place, "E128", detail["msg"])
    return _of_another_kind(place, last, detail)


def _of_another_kind(place: Place, last: str | int, detail: ErrorDetails) -> Problem:
    """Say what a setting, or an item of a list, must be; `last` is its name or its number."""
    known, found = detail.get("ctx", {}), detail["input"]
    what = WANTED[detail["type"]].format(**known) if detail["type"] in WANTED else detail["msg"]
    name = f"'{last}'" if isinstance(last, str) and last else "this"
    if found is None or found in ("", []):
        return Problem(place, "E123", f"{name} is empty", f"write {what}")
    instead = "" if "[key]" in detail["loc"] else f", not {_instead(found)}"
    if detail["type"] == "too_long":
        instead = f", not one of {known['actual_length']}"
    words = re.findall("'([^']+)'", known.get("expected", ""))
    hint = IN_QUOTES if what == A_TEXT and isinstance(found, dict) else nearest(str(found), words)
    return Problem(place, "E123", f"{name} must be {what}{instead}", hint)


def _instead(value: object) -> str:
    """Say what stands where something else is wanted."""
    return "a list" if isinstance(value, list) else A_GROUP if isinstance(value, dict) else quoted(value)


def _settings(kind: type[pydantic.BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the settings known at a place inside a model; a step leads to a setting, or into a list or mapping."""
    found: Any = kind
    for step in loc:
        if _is_model(found):
            found = {field.alias or name: field.annotation for name, field in found.model_fields.items()}.get(str(step))
            found = _inside(found) if get_origin(found) in {Union, UnionType} else found
        else:
            found = _inside(found)
    return [field.alias or name for name, field in found.model_fields.items()] if _is_model(found) else []


def _inside(annotation: object) -> object:
    """Return the model that a list, a mapping or an optional setting holds, None where it holds none."""
    return next(filter(_is_model, get_args(annotation)), None)


def _is_model(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel)
