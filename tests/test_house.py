"""The rules of the house that are checked by reading the code; each guard says first how much it looked at.

The order of the rooms is checked by import-linter, see `pyproject.toml`.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[1]
LOGIC = (
    nodes.Compare, nodes.BinExpr, nodes.UnaryExpr, nodes.Concat, nodes.CondExpr, nodes.Assign, nodes.AssignBlock,
    nodes.Test,
)  # fmt: skip
MODULES = sorted((ROOT / "mpr").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST_MODULE, LONGEST_FUNCTION = 400, 60


def _format_module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _list_functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(_parse(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _iter_public_parts(node: ast.AST, name: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Yield every public class and function that is not inside another function, with its name."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            special = child.name.startswith("__") and child.name != "__init__"
            if not child.name.startswith("_") or special:
                yield f"{name}{child.name}", child
                if isinstance(child, ast.ClassDef):
                    yield from _iter_public_parts(child, f"{name}{child.name}.")


def test_guards_find_modules_and_templates_to_look_at() -> None:
    assert len(MODULES) >= 100
    assert len(TEMPLATES) >= 8


def test_no_import_is_relative() -> None:
    imports = [node for path in MODULES for node in ast.walk(_parse(path)) if isinstance(node, ast.ImportFrom)]
    assert len(imports) >= 500
    assert [node for node in imports if node.level] == []


def test_only_main_prints_and_exits() -> None:
    looked_at, found = 0, []
    for path in MODULES:
        for node in ast.walk(_parse(path)):
            if isinstance(node, ast.Call | ast.Raise):
                looked_at += 1
                said = ast.unparse(node.func if isinstance(node, ast.Call) else node)
                if re.match(r"(print|exit|quit|sys\.exit|os\._exit|sys\.std\w+\.write|raise SystemExit)\b", said):
                    found.append(_format_module_name(path))
    assert looked_at >= 500
    assert set(found) == {"mpr.cli.main"}


def test_every_module_and_public_part_has_a_docstring() -> None:
    parts = [(f"{path}:{name}", node) for path in MODULES for name, node in _iter_public_parts(_parse(path))]
    parts += [(str(path), _parse(path)) for path in MODULES]
    assert len(parts) >= 150
    assert [name for name, node in parts if not ast.get_docstring(node)] == []


def test_packages_contain_a_docstring_only() -> None:
    packages = [path for path in MODULES if path.name == "__init__.py"]
    assert len(packages) >= 7
    assert [str(path) for path in packages if len(_parse(path).body) != 1] == []


def test_no_module_exceeds_400_lines() -> None:
    lines = {_format_module_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert len(lines) >= 30
    assert {name: count for name, count in lines.items() if count > LONGEST_MODULE} == {}


def test_no_function_exceeds_60_lines() -> None:
    lengths = {
        f"{_format_module_name(path)}.{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in MODULES
        for function in _list_functions(path)
    }
    assert len(lengths) >= 150
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_only_main_catches_every_exception() -> None:
    handlers = [
        (f"{_format_module_name(path)}.{function.name}", ast.unparse(node.type) if node.type else "")
        for path in MODULES
        for function in _list_functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.ExceptHandler)
    ]
    assert len(handlers) >= 10
    greedy = [name for name, caught in handlers if caught in {"", "Exception", "BaseException"}]
    assert greedy == ["mpr.cli.main.main"]


def test_no_task_is_left_in_a_comment() -> None:
    files = [*MODULES, *(path for path in (ROOT / "templates").iterdir() if path.is_file())]
    assert len(files) >= 40
    left = re.compile(r"\b(TODO|FIXME|XXX)\b")
    assert [str(path) for path in files if left.search(path.read_text(encoding="utf-8"))] == []


def _find_logic(text: str) -> list[str]:
    """Return where a template does more than loop and print."""
    found = Environment(autoescape=True).parse(text).find_all(LOGIC)
    return [f"{node.lineno}: {type(node).__name__}" for node in found]


@pytest.mark.parametrize(
    "text",
    [
        *("{{ a + b }}", "{{ a ~ b }}", "{{ -a }}", "{% if not a %}{% endif %}", "{% if a and b %}{% endif %}"),
        *("{% if a == b %}{% endif %}", "{% set a = b %}", "{{ a if b else c }}", "{% if a is none %}{% endif %}"),
        *("{% set a %}{% endset %}", "{% if a in b %}{% endif %}"),
    ],
)
def test_guard_detects_logic_in_a_template(text: str) -> None:
    assert _find_logic(text)


def test_templates_only_loop_and_print() -> None:
    assert len(TEMPLATES) >= 8
    texts = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES}
    assert sum(text.count("{{") + text.count("{%") for text in texts.values()) > 100
    assert {name: found for name, text in texts.items() if (found := _find_logic(text))} == {}
