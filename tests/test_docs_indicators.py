"""`docs/indicators.md` describes the whole schema, and `mpr` accepts every example in it."""

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
from tests.scripts import load_script

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "indicators.md"
TEXT = PAGE.read_text(encoding="utf-8")


TOOL = load_script("tools/settings.py")
PARTS = {part.model: part for part in TOOL.PARTS}
SETTINGS = [(model, name) for model, part in PARTS.items() for name in TOOL.list_settings(part)]
NAMES = [f"{model.__name__}.{name}" for model, name in SETTINGS]


def _parse_block(text: str) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return a YAML block of the page as `mpr` reads it."""
    problems: list[Problem] = []
    document = parse_yaml(text, "docs/indicators.md", problems)
    assert document, problems
    assert problems == []
    return document.value


@cache
def _parse_examples(model: type[BaseModel]) -> tuple[Any, dict[str, Any]]:
    """Return the examples of a part of the file from the page: that of the whole part, and that of each setting."""
    part = PARTS[model]
    description = TOOL.describe_part(part)
    assert TOOL.build_page().count(description) == 1
    start, *sections = re.split(r"^### `(\w+)`$", description, flags=re.MULTILINE)
    blocks = {
        name: re.findall(r"^```yaml\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
        for name, text in (("", start), *zip(sections[::2], sections[1::2], strict=True))
    }
    assert [name for name, texts in blocks.items() if len(texts) != 1] == []
    whole = _parse_block(blocks.pop("")[0])
    for step in part.path:
        whole = whole[0 if step == TOOL.ITEM else step]
    return whole, {name: _parse_block(texts[0]) for name, texts in blocks.items()}


def _iter_models(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield every model inside an annotation, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from _iter_models(field.annotation)
    for inner in get_args(annotation):
        yield from _iter_models(inner)


def _add_defaults(model: type[BaseModel], settings: dict[str, Any]) -> dict[str, Any]:
    """Return the settings, for a section with the defaults of its name in the model report."""
    return MODEL_REPORT_SECTIONS["corporate"] | settings if model is SectionSettings else settings


def _list_first_cells(title: str) -> list[str]:
    """Return the first column of the tables under a heading."""
    section = re.split(rf"^##+ {re.escape(title)}$", TEXT, flags=re.MULTILINE)[1].split("\n#")[0]
    return re.findall(r"^\| (.*?) \|", section, flags=re.MULTILINE)


def test_the_page_is_up_to_date() -> None:
    assert TOOL.build_page() == TEXT, "docs/indicators.md differs from the schema or tools/settings.md: run make docs"


def test_the_page_has_a_heading_for_every_setting() -> None:
    assert len(PARTS) == len(TOOL.PARTS) > 0
    assert len(SETTINGS) == len(set(NAMES))
    assert len(re.findall(r"^### `\w+`$", TEXT, flags=re.MULTILINE)) == len(SETTINGS)


def test_every_part_of_the_file_is_described() -> None:
    assert set(PARTS) == {*_iter_models(Settings), *_iter_models(IndicatorSettings)}


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
def test_the_example_of_a_part_is_accepted(model: type[BaseModel]) -> None:
    whole, examples = _parse_examples(model)
    assert list(examples) == list(TOOL.list_settings(PARTS[model]))
    assert model.model_validate(_add_defaults(model, whole))


@pytest.mark.parametrize(("model", "name"), SETTINGS, ids=NAMES)
def test_the_example_of_a_setting_is_accepted(model: type[BaseModel], name: str) -> None:
    part = PARTS[model]
    required = [required for required, field in TOOL.list_settings(part).items() if field.is_required()]
    example = _parse_examples(model)[1][name]
    assert name in example
    settings = {required: TOOL.get_example(part, required) for required in required} | example
    read = model.model_validate(_add_defaults(model, settings))
    assert next(key for key, field in model.model_fields.items() if name in {key, field.alias}) in read.model_fields_set


def test_choices_list_their_words() -> None:
    assert "One of: `monthly`, `quarterly`, `termly`, `half-yearly`, `annual`." in TEXT
    assert "One of: `yes`, `no`." in TEXT


def test_columns_and_sections_of_the_model_report_are_listed() -> None:
    assert _list_first_cells("The columns of a table")[2:] == [f"`{column}`" for column in COLUMNS]
    assert {"sections": MODEL_REPORT_SECTIONS} in [
        _parse_block(text) for text in re.findall(r"```yaml\n(sections:.*?)```", TEXT, re.DOTALL)
    ]


def test_periods_and_columns_of_the_data_files_are_listed() -> None:
    assert _list_first_cells("The data files")[2:] == [f"`{frequency}`" for frequency in Frequency]
    columns = "".join(_list_first_cells("Their columns")[2:])
    assert [heading for heading in HEADINGS if f"`{heading}`" not in columns] == []
    assert f"`{INDICATOR_HEADING}`" in TEXT
    kinds = "".join(_list_first_cells("Which figures are computed")[2:])
    assert [kind for kind in MeasureKind if f"`{kind}`" not in kinds] == []
    assert EditionSettings.model_validate(
        _parse_block(re.findall(r'```yaml\n(version: ".*?)```', TEXT, flags=re.DOTALL)[0])
    )


def test_every_way_to_write_a_value_is_accepted(tmp_path: Path) -> None:
    examples = [text for cell in _list_first_cells("What to write in `value`") for text in re.findall("`(.*?)`", cell)]
    assert {word for word in MISSING_WORDS if word not in {"", "–"}} <= {text.casefold() for text in examples}
    problems: list[Problem] = []
    text = (ROOT / "tests" / "council" / "indicators.yaml").read_text(encoding="utf-8")
    document = parse_yaml(text, "indicators.yaml", problems)
    assert document
    definitions = build_definitions(document, problems)
    percentage, number = (
        next(indicator for indicator in definitions.indicators if indicator.is_percentage is is_percentage)
        for is_percentage in (True, False)
    )
    assert problems == []
    path = tmp_path / "2018-05.csv"
    for text in examples:
        accepted = []
        for indicator in (percentage, number):
            path.write_text(f'code,value\n{indicator.code},"{text}"\n', encoding="utf-8")
            values_file = ValuesFile(path, path.name, Month(2018, 5), history_only=False)
            new_problems: list[Problem] = []
            readings = read_values(values_file, definitions, new_problems)
            accepted.append(not new_problems and readings[indicator.code].is_filled_in)
        assert any(accepted), text


def test_the_small_file_is_complete() -> None:
    problems: list[Problem] = []
    text = re.findall(r"^## The whole file$.*?^```yaml\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)[0]
    document = parse_yaml(text, "docs/indicators.md", problems)
    assert document
    assert len(build_definitions(document, problems).indicators) == 1
    assert problems == []
