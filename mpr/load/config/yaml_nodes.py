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

from mpr.load.limits import DEEPEST, MOST_ITEMS
from mpr.load.text_files import check_printable
from mpr.problem import Place, Problem, quote, suggest_nearest

NodePath = tuple[str | int, ...]
Model = TypeVar("Model", bound=pydantic.BaseModel)
TAB_HINT = "indent with spaces, not with the tab key"
SHAPE_HINT = (
    "indent it like its neighbours, as `name: value`; "
    "a text with ': ' in it, or that begins with % or *, goes in double quotes"
)
UNCLOSED_QUOTE = "while scanning a quoted scalar"  # as PyYAML says it
QUOTES_HINT = "a text with ': ' in it goes in double quotes"


@dataclass(frozen=True)
class YamlDocument:
    """The plain value of a YAML file, and the place of each part of it by its path."""

    value: Any
    places: dict[NodePath, Place]

    def locate(self, path: NodePath) -> Place:
        """Return where a part stands, or, where it is not there, the nearest part around it."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]


def parse_yaml(text: str, display_path: str, problems: list[Problem]) -> YamlDocument | None:
    """Parse YAML, noting duplicate keys and whatever cannot be read."""
    try:
        mark = _find_excessive_depth(text)
        node = None if mark else yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        problems.append(_make_syntax_problem(text, display_path, error))
        return None
    if mark:
        problems.append(
            Problem(_make_place(display_path, mark), "E112", f"this is nested more than {DEEPEST} levels deep")
        )
        return None
    reader = _NodeReader(display_path, problems)
    value = reader.convert(node, ())
    return YamlDocument(value, reader.places)


def _make_syntax_problem(text: str, display_path: str, error: yaml.YAMLError) -> Problem:
    """Say why YAML cannot be read: a quotation mark that is not closed, a tab, or else some line's shape."""
    if getattr(error, "context", None) == UNCLOSED_QUOTE:
        place = _make_place(display_path, getattr(error, "context_mark", None))
        return Problem(place, "E110", "this quotation mark is not closed", "write another at the end of the text")
    place = _make_place(display_path, getattr(error, "problem_mark", None))
    tab = re.match(" *\t", "".join(text.split("\n")[place.line - 1 : place.line]))
    return Problem(place, "E110", "this line, or one above it, cannot be read", TAB_HINT if tab else SHAPE_HINT)


def _find_excessive_depth(text: str) -> Any:  # noqa: ANN401 - each of PyYAML's parsers has marks of its own
    """Return where YAML is nested too deeply: composing it then would overflow the stack and end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return event.start_mark
    return None


def _make_place(display_path: str, mark: Any) -> Place:  # noqa: ANN401 - each of PyYAML's parsers has marks of its own
    return Place(display_path, mark.line + 1, mark.column + 1) if mark else Place(display_path, 1)


class _NodeReader:
    def __init__(self, display_path: str, problems: list[Problem]) -> None:
        self.display_path, self.problems = display_path, problems
        self.places: dict[NodePath, Place] = {(): Place(display_path, 1, 1)}
        self.seen: set[int] = set()

    def convert(self, node: yaml.Node | None, path: NodePath) -> Any:  # noqa: ANN401 - YAML holds anything
        """Return a node's value without tags, remembering where it stands."""
        if node is None:
            return None
        place = _make_place(self.display_path, node.start_mark)
        self.places.setdefault(path, place)
        if id(node) in self.seen:
            message = "the signs & and * may not stand for what is written elsewhere"
            self.problems.append(Problem(place, "E111", message, "write it out here again, without them"))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            empty = not node.style and node.value in {"", "~", "null"}
            return None if empty else self._convert_text(node)
        if len(node.value) > MOST_ITEMS:
            message = f"more than {MOST_ITEMS:,} things stand in one list or group here"
            self.problems.append(Problem(place, "E117", message, "take away what is not needed"))
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.convert(item, (*path, index)) for index, item in enumerate(node.value)]
        return dict(self._iter_pairs(node, path))

    def _convert_text(self, node: yaml.ScalarNode) -> str:
        """Return a text; one in double quotes may spell out characters that the file itself does not hold."""
        text: str = node.value
        if node.style == '"':
            place = _make_place(self.display_path, node.start_mark)
            self.problems += [
                problem for problem in check_printable(text, lambda _: place) if problem not in self.problems
            ]
        return text

    def _iter_pairs(self, node: yaml.Node, path: NodePath) -> Iterator[tuple[str, Any]]:
        first_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            place = _make_place(self.display_path, key_node.start_mark)
            key = self._convert_text(key_node) if isinstance(key_node, yaml.ScalarNode) else ""
            if key in first_lines:
                message = f"'{key}' stands here a second time; it is on line {first_lines[key]} too"
                self.problems.append(Problem(place, "E113", message, "keep one of them"))
                continue
            first_lines[key] = place.line
            self.places[*path, key] = place
            yield key, self.convert(value_node, (*path, key))


def parse_model(
    model_class: type[Model],
    document: YamlDocument,
    path: NodePath,
    value: Any,  # noqa: ANN401 - whatever stands in the file
    problems: list[Problem],
) -> Model | None:
    """Read a part of a document into a pydantic model, or note every reason why it is none, each at its place."""
    try:
        return model_class.model_validate(value)
    except pydantic.ValidationError as error:
        problems += [_make_problem(model_class, document, path, detail) for detail in error.errors(include_url=False)]
        return None


A_TEXT, A_LIST = "a text", "a list (one item a line, each after a dash)"
A_GROUP = "a group of settings (one a line, as `name: value`)"
A_WHOLE_NUMBER, YES_OR_NO, ONE_OF = "a whole number", "yes or no", "{expected}"
EXPECTED = {
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


CONTRADICTION = "disagree"


def expected_error(expectation: str, known: Iterable[str] = ()) -> PydanticCustomError:
    """Return the error for a value that is not `what`; `known` are words that the officer may have meant."""
    return PydanticCustomError(
        "wanted", "{what}", {"what": expectation, "expected": ", ".join(f"'{word}'" for word in known)}
    )


def _make_problem(
    model_class: type[pydantic.BaseModel], document: YamlDocument, path: NodePath, detail: ErrorDetails
) -> Problem:
    """Turn one of pydantic's errors into a problem at the line of the part that it is about."""
    *above, last = (*path, *(step for step in detail["loc"] if step != "[key]")) or ("",)
    place = document.locate((*above, last))
    if detail["type"] == "missing":
        return Problem(document.locate(tuple(above)), "E121", f"'{last}' is missing here")
    if detail["type"] == "extra_forbidden":
        settings = _list_settings(model_class, detail["loc"][:-1])
        hint = suggest_nearest(str(last), settings) or f"known are {', '.join(settings)}"
        return Problem(place, "E122", f"{quote(last)} is not a setting that is known here", hint)
    if detail["type"] == CONTRADICTION:
        return Problem(place, "E128", detail["msg"])
    return _make_value_problem(place, last, detail)


def _make_value_problem(place: Place, last: str | int, detail: ErrorDetails) -> Problem:
    """Say what a setting, or an item of a list, must be; `last` is its name or its number."""
    context, value = detail.get("ctx", {}), detail["input"]
    expectation = EXPECTED[detail["type"]].format(**context) if detail["type"] in EXPECTED else detail["msg"]
    name = f"'{last}'" if isinstance(last, str) and last else "this"
    if value is None or value in ("", []):
        return Problem(place, "E123", f"{name} is empty", f"write {expectation}")
    instead = "" if "[key]" in detail["loc"] else f", not {_describe_value(value)}"
    if detail["type"] == "too_long":
        instead = f", not one of {context['actual_length']}"
    words = re.findall("'([^']+)'", context.get("expected", ""))
    hint = QUOTES_HINT if expectation == A_TEXT and isinstance(value, dict) else suggest_nearest(str(value), words)
    return Problem(place, "E123", f"{name} must be {expectation}{instead}", hint)


def _describe_value(value: object) -> str:
    """Say what stands where something else is wanted."""
    return "a list" if isinstance(value, list) else A_GROUP if isinstance(value, dict) else quote(value)


def _list_settings(model_class: type[pydantic.BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the settings known at a place inside a model; a step leads to a setting, or into a list or mapping."""
    current: Any = model_class
    for step in loc:
        if _is_model(current):
            current = {field.alias or name: field.annotation for name, field in current.model_fields.items()}.get(
                str(step)
            )
            current = _find_inner_model(current) if get_origin(current) in {Union, UnionType} else current
        else:
            current = _find_inner_model(current)
    return [field.alias or name for name, field in current.model_fields.items()] if _is_model(current) else []


def _find_inner_model(annotation: object) -> object:
    """Return the model that a list, a mapping or an optional setting holds, None where it holds none."""
    return next(filter(_is_model, get_args(annotation)), None)


def _is_model(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel)
