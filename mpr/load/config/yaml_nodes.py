"""YAML files as plain values with the place of each part.

Every scalar stays the text that the officer wrote: `no` is no, `010` is 010, and `46.10` keeps its decimals; only an
empty value (or `null`, `~`) is None. The model that a text is read into decides what it means. Duplicate keys are
reported. Aliases are refused, because a few lines of them can expand to billions of values.
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
    "put a text that contains ': ' or begins with % or * in double quotes"
)
UNCLOSED_QUOTE = "while scanning a quoted scalar"  # PyYAML's words
QUOTES_HINT = "put a text that contains ': ' in double quotes"


@dataclass(frozen=True)
class YamlDocument:
    """The plain value of a YAML file, and the place of each part by its path."""

    value: Any
    places: dict[NodePath, Place]

    def locate(self, path: NodePath) -> Place:
        """Return the place of a part, or of the nearest part around it if the file does not have it."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]


def parse_yaml(text: str, display_path: str, problems: list[Problem]) -> YamlDocument | None:
    """Return a parsed YAML document, None if it cannot be read; problems are added to `problems`."""
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
    """Return why YAML cannot be read: a quotation mark that is not closed, a tab, or the shape of a line."""
    if getattr(error, "context", None) == UNCLOSED_QUOTE:
        place = _make_place(display_path, getattr(error, "context_mark", None))
        return Problem(place, "E110", "this quotation mark is not closed", "write another at the end of the text")
    place = _make_place(display_path, getattr(error, "problem_mark", None))
    tab = re.match(" *\t", "".join(text.split("\n")[place.line - 1 : place.line]))
    return Problem(place, "E110", "this line, or one above it, cannot be read", TAB_HINT if tab else SHAPE_HINT)


def _find_excessive_depth(text: str) -> Any:  # noqa: ANN401 - each of PyYAML's parsers has marks of its own
    """Return the mark where YAML is nested too deeply, else None: composing it would overflow the stack."""
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
        """Return a node's plain value, without tags, and record its place."""
        if node is None:
            return None
        place = _make_place(self.display_path, node.start_mark)
        self.places.setdefault(path, place)
        if id(node) in self.seen:
            message = "the signs & and * cannot be used to repeat what is written elsewhere"
            self.problems.append(Problem(place, "E111", message, "write it here in full, without them"))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            empty = not node.style and node.value in {"", "~", "null"}
            return None if empty else self._convert_text(node)
        if len(node.value) > MOST_ITEMS:
            message = f"this list or group has more than {MOST_ITEMS:,} items"
            self.problems.append(Problem(place, "E117", message, "delete what is not needed"))
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.convert(item, (*path, index)) for index, item in enumerate(node.value)]
        return dict(self._iter_pairs(node, path))

    def _convert_text(self, node: yaml.ScalarNode) -> str:
        """Return a text; one in double quotes is checked again, because it may contain characters as escapes."""
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
                message = f"you set '{key}' twice: here and on line {first_lines[key]}"
                self.problems.append(Problem(place, "E113", message, "keep one of them"))
                continue
            first_lines[key] = place.line
            self.places[*path, key] = place
            yield key, self.convert(value_node, (*path, key))


def parse_model(
    model_class: type[Model],
    document: YamlDocument,
    path: NodePath,
    value: Any,  # noqa: ANN401 - any value of the file
    problems: list[Problem],
) -> Model | None:
    """Return a part of a document as a pydantic model, or add every problem with its place and return None."""
    try:
        return model_class.model_validate(value)
    except pydantic.ValidationError as error:
        problems += [_make_problem(model_class, document, path, detail) for detail in error.errors(include_url=False)]
        return None


A_TEXT, A_LIST = "a text", "a list (one item per line, each after a dash)"
A_GROUP = "a group of settings (one per line, as `name: value`)"
A_WHOLE_NUMBER, YES_OR_NO, ONE_OF = "a whole number", "yes or no", "{expected}"
EXPECTED = {
    "tuple_type": A_LIST,
    "too_short": "at least one item",
    "too_long": "a list of at most {max_length} items",
    "mapping_type": A_GROUP,
    "dict_type": A_GROUP,
    "model_type": A_GROUP,
    "string_type": A_TEXT,
    "string_too_short": A_TEXT,
    "string_too_long": "a text of at most {max_length} characters",
    "int_parsing": A_WHOLE_NUMBER,
    "int_parsing_size": A_WHOLE_NUMBER,
    "int_type": A_WHOLE_NUMBER,
    "greater_than_equal": "a number of at least {ge}",
    "less_than_equal": "a number of at most {le}",
    "bool_parsing": YES_OR_NO,
    "bool_type": YES_OR_NO,
    "enum": ONE_OF,
    "literal_error": ONE_OF,
}


CONTRADICTION = "disagree"


def expected_error(expectation: str, known: Iterable[str] = ()) -> PydanticCustomError:
    """Return the error for a value that is not as expected; `known` are words that the officer may have meant."""
    return PydanticCustomError(
        "wanted", "{what}", {"what": expectation, "expected": ", ".join(f"'{word}'" for word in known)}
    )


def _make_problem(
    model_class: type[pydantic.BaseModel], document: YamlDocument, path: NodePath, detail: ErrorDetails
) -> Problem:
    """Return one of pydantic's errors as a problem with its place."""
    *above, last = (*path, *(step for step in detail["loc"] if step != "[key]")) or ("",)
    place = document.locate((*above, last))
    if detail["type"] == "missing":
        return Problem(document.locate(tuple(above)), "E121", f"'{last}' is missing here")
    if detail["type"] == "extra_forbidden":
        settings = _list_settings(model_class, detail["loc"][:-1])
        hint = suggest_nearest(str(last), settings) or f"choose from {', '.join(settings)}"
        return Problem(place, "E122", f"{quote(last)} is not a setting here", hint)
    if detail["type"] == CONTRADICTION:
        return Problem(place, "E128", detail["msg"])
    return _make_value_problem(place, last, detail)


def _make_value_problem(place: Place, last: str | int, detail: ErrorDetails) -> Problem:
    """Return the problem of a setting or a list item with a wrong value; `last` is its name or its index."""
    context, value = detail.get("ctx", {}), detail["input"]
    expectation = EXPECTED[detail["type"]].format(**context) if detail["type"] in EXPECTED else detail["msg"]
    name = f"'{last}'" if isinstance(last, str) and last else "this"
    if value is None or value in ("", []):
        return Problem(place, "E123", f"{name} is empty", f"write {expectation}")
    instead = "" if "[key]" in detail["loc"] else f", not {_describe_value(value)}"
    if detail["type"] == "too_long":
        instead = f", not {context['actual_length']}"
    words = re.findall("'([^']+)'", context.get("expected", ""))
    hint = QUOTES_HINT if expectation == A_TEXT and isinstance(value, dict) else suggest_nearest(str(value), words)
    return Problem(place, "E123", f"{name} must be {expectation}{instead}", hint)


def _describe_value(value: object) -> str:
    """Return a wrong value in words."""
    return "a list" if isinstance(value, list) else A_GROUP if isinstance(value, dict) else quote(value)


def _list_settings(model_class: type[pydantic.BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the names of the settings at a location in a model; a step is a setting, an index or a key."""
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
    """Return the model inside the annotation of a list, a mapping or an optional setting, None if there is none."""
    return next(filter(_is_model, get_args(annotation)), None)


def _is_model(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel)
