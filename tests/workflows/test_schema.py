"""The JSON Schema of indicators.yaml: it takes what mpr takes, and refuses what an editor can see to be wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from mpr.workflows.schema import SCHEMA_FILE, format_schema
from tests.conftest import Run

ROOT = Path(__file__).parents[2]
FILES = ("indicators.yaml", "examples/kpi-table-2016-17-q2/indicators.yaml", "templates/start/indicators.yaml")
VALIDATOR = Draft202012Validator(json.loads(format_schema()))


def read_yaml(name: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def list_faults(document: object) -> list[str]:
    return [f"{'/'.join(map(str, each.absolute_path))}: {each.message}" for each in VALIDATOR.iter_errors(document)]


def test_the_schema_is_valid_and_describes_every_setting() -> None:
    Draft202012Validator.check_schema(json.loads(format_schema()))
    parts = json.loads(format_schema())["$defs"]
    assert len(parts) >= 10
    assert parts["IndicatorSettings"]["properties"]["lag"]["description"]


@pytest.mark.parametrize("name", FILES)
def test_the_shipped_files_fit_the_schema_and_name_it(name: str) -> None:
    assert list_faults(read_yaml(name)) == []
    first = (ROOT / name).read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert first.endswith(SCHEMA_FILE)


def test_the_schema_in_the_documentation_is_current() -> None:
    assert (ROOT / "docs" / SCHEMA_FILE).read_text(encoding="utf-8") == format_schema(), "run make docs"


WRONG = [
    (("indicators", 0, "polarity"), "up", "'up' is not"),
    (("indicators", 0, "polarty"), "maximise", "'polarty' was unexpected"),
    (("indicators", 0, "due"), "Jly", "is not valid under any of the given schemas"),
    (("indicators", 0, "decimals"), "two", "is not valid under any of the given schemas"),
    (("report", "year_starts"), "Apr", "'Apr' is not one of ['January'"),
    (("sections", "exceptions", "layout"), "list", "'list' is not one of ['table', 'detail', 'changes']"),
]


@pytest.mark.parametrize(("path", "value", "message"), WRONG)
def test_a_mistake_is_seen_in_the_editor(path: tuple[str | int, ...], value: str, message: str) -> None:
    document = read_yaml("tests/council/indicators.yaml")
    part: Any = document
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert any(message in fault for fault in list_faults(document)), list_faults(document)


def test_the_command_prints_the_schema(mpr: Run) -> None:
    code, out, err = mpr("schema")
    assert (code, err) == (0, [])
    assert "\n".join(out) + "\n" == format_schema()
