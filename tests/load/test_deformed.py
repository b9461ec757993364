"""Whatever stands in the YAML, reading it ends in a scorecard or in problems: never in a stack trace."""

import copy
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from mpr.problem import InputError
from mpr.project import Project
from mpr.report.assemble import assemble_report
from mpr.workflows.check import check_period

ROOT = Path(__file__).parents[2]
MAY = "2018-05"
WORDS = (None, "x", [], {})
Steps = tuple[str | int, ...]
Node = dict[str, "Node"] | list["Node"] | str | None


# A range, quarters, steps, a break and a profile, a tolerance and a scale, linear from a base: one indicator of each.
SORTS = {"CP 1.1", "CP 2.3", "CP 2.4", "CP 3.0", "CP 3.4", "CP 5.5"}
BLOCKS = 8


@cache
def _real(name: str) -> Node:
    """Return a real file as texts, with only some of the indicators."""
    value = yaml.load((ROOT / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    if "indicators" in value:
        value["indicators"] = [each for each in value["indicators"] if each["code"] in SORTS]
    return value


def _nodes(value: Node, path: Steps = ()) -> Iterator[Steps]:
    yield path
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in steps:
        yield from _nodes(part, (*path, step))


def _replaced(value: Node, path: Steps, word: Node) -> Node:
    if not path:
        return word
    changed = copy.deepcopy(value)
    part = changed
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = word
    return changed


FILES = ("indicators.yaml", "data/2018-05.yaml")
CASES = [(name, path) for name in FILES for path in _nodes(_real(name))]


def _said(project: Project) -> str:
    """Return what is said of a project from end to end."""
    try:
        assemble_report(check_period(project, MAY).scorecard)
    except InputError as error:
        return str(error)
    return ""


def _fit(project: Project) -> None:
    """Leave only some of the indicators, and their rows."""
    for path in project.data.glob("*.csv"):
        rows = "CP 1.1,29.44\nCP 2.3,TBC\nCP 2.4,1544\nCP 3.0,29.7\nCP 3.4,29.2%\n"
        path.write_text(f"code,value\n{rows}", encoding="utf-8")
    for name in FILES:
        _write(project, name, _real(name))


def _write(project: Project, name: str, value: object) -> None:
    (project.root / name).write_text(yaml.safe_dump(value), encoding="utf-8")


def test_there_are_nodes_to_deform() -> None:
    assert len(CASES) > 200


def test_what_is_deformed_is_else_in_order(project: Project) -> None:
    _fit(project)
    assert not _said(project)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_deformed_yaml_ends_in_a_stack_trace(project: Project, block: int) -> None:
    _fit(project)
    for name, path in CASES[block::BLOCKS]:
        for word in WORDS:
            _write(project, name, _replaced(_real(name), path, word))
            _said(project)
        _write(project, name, _real(name))


@pytest.mark.parametrize("cell", ["", "x", "-", "=1+1", "#REF!", "1e400", "NaN", "9" * 15, "0.000001", "\u0663", '"'])
@pytest.mark.parametrize("column", range(5))
def test_no_odd_cell_ends_in_a_stack_trace(project: Project, column: int, cell: str) -> None:
    _fit(project)
    row = ["CP 1.1", "29.44", "red", "a reason", "a comment"]
    row[column] = cell
    text = f"code,value,outcome,reason,comment\n{','.join(row)}\n"
    project.get_values_path(MAY).write_text(text, encoding="utf-8")
    _said(project)
