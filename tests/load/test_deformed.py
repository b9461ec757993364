"""Reading any YAML ends in a scorecard or in problems, never in a stack trace."""

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
MONTHS = (MAY, "2017-05")  # this year's figures and last year's; more months would only take longer
WORDS = (None, "x", [], {})
Steps = tuple[str | int, ...]
Node = dict[str, "Node"] | list["Node"] | str | None


# One indicator each with a range, quarters, steps, a break and a profile, a tolerance and a scale, a linear profile.
CODES = {"CP 1.1", "CP 2.3", "CP 2.4", "CP 3.0", "CP 3.4", "CP 5.5"}
BLOCKS = 8


@cache
def _read_real_file(name: str) -> Node:
    """Return a real file as texts, with only some of the indicators."""
    value = yaml.load((ROOT / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    if "indicators" in value:
        value["indicators"] = [indicator for indicator in value["indicators"] if indicator["code"] in CODES]
    return value


def _list_paths(value: Node, path: Steps = ()) -> Iterator[Steps]:
    yield path
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in steps:
        yield from _list_paths(part, (*path, step))


def _replace(value: Node, path: Steps, word: Node) -> Node:
    if not path:
        return word
    changed = copy.deepcopy(value)
    part = changed
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = word
    return changed


FILES = ("indicators.yaml", "data/2018-05.yaml")
CASES = [(name, path) for name in FILES for path in _list_paths(_read_real_file(name))]


def _find_problems(project: Project) -> str:
    """Return the problems of a project as text, from reading the files to the assembled report."""
    try:
        assemble_report(check_period(project, MAY).scorecard)
    except InputError as error:
        return str(error)
    return ""


def _reduce(project: Project) -> None:
    """Leave only some of the indicators with their rows, and two months."""
    for path in project.data.glob("*.csv"):
        if path.stem not in MONTHS:
            path.unlink()
            continue
        rows = "CP 1.1,29.44\nCP 2.3,TBC\nCP 2.4,1544\nCP 3.0,29.7\nCP 3.4,29.2%\n"
        path.write_text(f"code,value\n{rows}", encoding="utf-8")
    for name in FILES:
        _write(project, name, _read_real_file(name))


def _write(project: Project, name: str, value: object) -> None:
    (project.root / name).write_text(yaml.safe_dump(value), encoding="utf-8")


def test_there_are_nodes_to_deform() -> None:
    assert len(CASES) > 200


def test_project_is_without_problems_before_it_is_deformed(project: Project) -> None:
    _reduce(project)
    assert not _find_problems(project)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_deformed_yaml_never_ends_in_a_stack_trace(project: Project, block: int) -> None:
    _reduce(project)
    for name, path in CASES[block::BLOCKS]:
        for word in WORDS:
            _write(project, name, _replace(_read_real_file(name), path, word))
            _find_problems(project)
        _write(project, name, _read_real_file(name))


@pytest.mark.parametrize("cell", ["", "x", "-", "=1+1", "#REF!", "1e400", "NaN", "9" * 15, "0.000001", "\u0663", '"'])
@pytest.mark.parametrize("column", range(5))
def test_odd_cell_never_ends_in_a_stack_trace(project: Project, column: int, cell: str) -> None:
    _reduce(project)
    row = ["CP 1.1", "29.44", "red", "a reason", "a comment"]
    row[column] = cell
    text = f"code,value,outcome,reason,comment\n{','.join(row)}\n"
    project.get_values_path(MAY).write_text(text, encoding="utf-8")
    _find_problems(project)
