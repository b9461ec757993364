"""`docs/indicators.md` says what the schema says: nothing is left out, and `mpr` accepts every example in it."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from mpr.load.config.definitions import build_definitions
from mpr.load.config.schema import HEADINGS, IndicatorSettings, Settings
from mpr.load.config.sections import COLUMNS, MODEL_REPORT_SECTIONS, SectionSettings
from mpr.load.config.yaml_nodes import parse_yaml
from mpr.load.editions.edition import EditionSettings
from mpr.load.values import INDICATOR_HEADING, MISSING_WORDS, ValuesFile, read_values
from mpr.measure.indicator import MeasureKind
from mpr.measure.period import Frequency, Month
from mpr.problem import Problem
from tests.scripts import script

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "indicators.md"
TEXT = PAGE.read_text(encoding="utf-8")


TOOL = script("tools/settings.py")
PARTS = {part.model: part for part in TOOL.PARTS}
SETTINGS = [(model, name) for model, part in PARTS.items() for name in TOOL.settings(part)]
NAMES = [f"{model.__name__}.{name}" for model, name in SETTINGS]


def _read(text: str) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return a block of the page as `mpr` reads it."""
    problems: list[Problem] = []
    document = parse_yaml(text, "docs/indicators.md", problems)
    assert document, problems
    assert problems == []
    return document.value


@cache
def _blocks(model: type[BaseModel]) -> tuple[Any, dict[str, Any]]:
    """Return the examples of a part of the file as the page has them: of the whole part, and of each setting."""
    part = PARTS[model]
    described = TOOL.described(part)
    assert TOOL.page().count(described) == 1
    first, *said = re.split(r"^### `(\w+)`$", described, flags=re.MULTILINE)
    yamls = {
        name: re.findall(r"^```yaml\n(.*?)^```$", each, flags=re.MULTILINE | re.DOTALL)
        for name, each in (("", first), *zip(said[::2], said[1::2], strict=True))
    }
    assert [name for name, each in yamls.items() if len(each) != 1] == []
    whole = _read(yamls.pop("")[0])
    for step in part.place:
        whole = whole[0 if step == TOOL.ITEM else step]
    return whole, {name: _read(each[0]) for name, each in yamls.items()}


def _models(kind: object) -> Iterator[type[BaseModel]]:
    """Yield the models that a type holds, and those that they hold."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from _models(field.annotation)
    for each in get_args(kind):
        yield from _models(each)


def _at_its_place(model: type[BaseModel], said: dict[str, Any]) -> dict[str, Any]:
    """Add to a section what it has by its name, that of a section of the model report."""
    return MODEL_REPORT_SECTIONS["corporate"] | said if model is SectionSettings else said


def _cells(title: str) -> list[str]:
    """Return what stands in the first column of the tables under a heading."""
    section = re.split(rf"^##+ {re.escape(title)}$", TEXT, flags=re.MULTILINE)[1].split("\n#")[0]
    return re.findall(r"^\| (.*?) \|", section, flags=re.MULTILINE)


def test_the_page_is_what_the_tool_makes() -> None:
    assert TOOL.page() == TEXT, "docs/indicators.md is not what the schema says: run make docs"


def test_there_is_something_to_look_at() -> None:
    assert len(PARTS) == len(TOOL.PARTS) >= 12
    assert len(SETTINGS) == len(set(NAMES)) >= 78
    assert len(re.findall(r"^### `\w+`$", TEXT, flags=re.MULTILINE)) == len(SETTINGS)


def test_no_part_of_the_file_is_left_out() -> None:
    held = {*_models(Settings), *_models(IndicatorSettings)}
    assert len(held) >= 12
    assert set(PARTS) == held


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
def test_a_part_is_accepted_as_it_stands_there(model: type[BaseModel]) -> None:
    whole, examples = _blocks(model)
    assert list(examples) == list(TOOL.settings(PARTS[model]))
    assert model.model_validate(_at_its_place(model, whole))


@pytest.mark.parametrize(("model", "name"), SETTINGS, ids=NAMES)
def test_an_example_is_accepted(model: type[BaseModel], name: str) -> None:
    part = PARTS[model]
    least = {each: TOOL.example(part, each) for each, field in TOOL.settings(part).items() if field.is_required()}
    said = _blocks(model)[1][name]
    assert name in said
    read = model.model_validate(_at_its_place(model, least | said))
    assert next(key for key, field in model.model_fields.items() if name in {key, field.alias}) in read.model_fields_set


def test_the_words_of_a_choice_are_said() -> None:
    assert len(re.findall(r"One of: `", TEXT)) >= 15
    assert "One of: `monthly`, `quarterly`, `termly`, `half-yearly`, `annual`." in TEXT
    assert "One of: `yes`, `no`." in TEXT


def test_columns_and_sections_of_the_model_report_are_listed() -> None:
    assert _cells("The columns of a table")[2:] == [f"`{each}`" for each in COLUMNS]
    assert {"sections": MODEL_REPORT_SECTIONS} in [
        _read(each) for each in re.findall(r"```yaml\n(sections:.*?)```", TEXT, re.DOTALL)
    ]


def test_periods_and_columns_of_the_data_files_are_listed() -> None:
    assert _cells("The data files")[2:] == [f"`{each}`" for each in Frequency]
    columns = "".join(_cells("Their columns")[2:])
    assert [each for each in HEADINGS if f"`{each}`" not in columns] == []
    assert f"`{INDICATOR_HEADING}`" in TEXT
    kinds = "".join(_cells("Which figures are computed")[2:])
    assert [each for each in MeasureKind if f"`{each}`" not in kinds] == []
    assert EditionSettings.model_validate(_read(re.findall(r'```yaml\n(version: ".*?)```', TEXT, flags=re.DOTALL)[0]))


def test_what_may_stand_in_a_value_is_so(tmp_path: Path) -> None:
    shown = [each for cell in _cells("What stands in `value`") for each in re.findall("`(.*?)`", cell)]
    assert len(shown) >= 9
    assert {each for each in MISSING_WORDS if each not in {"", "–"}} <= {each.casefold() for each in shown}
    problems: list[Problem] = []
    text = (ROOT / "indicators.yaml").read_text(encoding="utf-8")
    document = parse_yaml(text, "indicators.yaml", problems)
    assert document
    definitions = build_definitions(document, problems)
    percent, other = (
        next(each for each in definitions.indicators if each.is_percentage is kind) for kind in (True, False)
    )
    assert problems == []
    for text in shown:
        path, found = tmp_path / "2018-05.csv", []
        for indicator in (percent, other):
            path.write_text(f'code,value\n{indicator.code},"{text}"\n', encoding="utf-8")
            noted: list[Problem] = []
            read = read_values(ValuesFile(path, path.name, Month(2018, 5), history_only=False), definitions, noted)
            found.append(not noted and read[indicator.code].is_filled_in)
        assert any(found), text


def test_the_small_file_is_complete() -> None:
    problems: list[Problem] = []
    text = re.findall(r"^## The whole file$.*?^```yaml\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)[0]
    document = parse_yaml(text, "docs/indicators.md", problems)
    assert document
    assert len(build_definitions(document, problems).indicators) == 1
    assert problems == []
