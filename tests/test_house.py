"""The rules of the house, held by reading the code: each guard says first how much it looked at."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[1]
FLOORS = {
    "cli": 9, "workflows": 8, "render": 7, "report": 6, "rules": 5, "load": 4, "project": 3, "measure": 2, "problem": 1,
    "memo": 1,
}  # fmt: skip
OWNERS = {
    "typer": "mpr.cli",
    "rich": "mpr.cli",
    "altair": "mpr.render.charts.vega_marks",
    "vl_convert": "mpr.render.charts.svg",
    "jinja2": "mpr.render.html.page",
    "weasyprint": "mpr.render.pdf",
    "pikepdf": "mpr.render",
    "pydyf": "mpr.render",
    "markdown_it": "mpr.report.wording.commentary",
    "xlsxwriter": "mpr.render",
    "starlette": "mpr.workflows.preview",
    "uvicorn": "mpr.workflows.preview",
    "watchfiles": "mpr.workflows.preview",
    "openpyxl": "mpr.load",
    "yaml": "mpr.load",
    "csv": "mpr.load",
    "pydantic": "mpr.load",
    "pydantic_core": "mpr.load",
}
LOGIC = (
    nodes.Compare, nodes.BinExpr, nodes.UnaryExpr, nodes.Concat, nodes.CondExpr, nodes.Assign, nodes.AssignBlock,
    nodes.Test,
)  # fmt: skip
MODULES = sorted((ROOT / "mpr").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST_MODULE, LONGEST_FUNCTION = 400, 60


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


NAMES = {_name(path) for path in MODULES}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(path: Path) -> Iterator[str]:
    """Yield what a module imports, wherever in it: each of ours by its full name, others by their package."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: a relative import"
            full = [f"{node.module}.{alias.name}" for alias in node.names]
            found = [name if name in NAMES else str(node.module) for name in full]
        elif isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        else:
            continue
        yield from (name if name.split(".")[0] == "mpr" else name.split(".")[0] for name in found)


IMPORTS = [(_name(path), imported) for path in MODULES for imported in _imports(path)]
OURS = [(module, imported) for module, imported in IMPORTS if imported.split(".")[0] == "mpr"]


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _public(node: ast.AST, name: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Yield every public class and function that is not inside another function, with its name."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            special = child.name.startswith("__") and child.name != "__init__"
            if not child.name.startswith("_") or special:
                yield f"{name}{child.name}", child
                if isinstance(child, ast.ClassDef):
                    yield from _public(child, f"{name}{child.name}.")


def _floor(module: str) -> int:
    return FLOORS[module.split(".")[1]]


def test_there_is_something_to_look_at() -> None:
    assert len(MODULES) >= 30
    assert len(TEMPLATES) >= 8
    assert len(OURS) >= 100
    rooms = {"mpr", "cli", "desk", "preview", "render", "paper", "sheets", "report", "rules", "load", "measure"}
    assert {path.parent.name for path in MODULES} == rooms


def test_every_module_has_a_room() -> None:
    assert len(NAMES) >= 30
    assert {name.split(".")[1] for name in NAMES - {"mpr"}} == set(FLOORS)


def test_imports_point_down() -> None:
    assert len(OURS) >= 100
    assert [
        f"{module} imports {imported}"
        for module, imported in OURS
        if imported == "mpr"
        or _floor(imported) > _floor(module)
        or (_floor(imported) == _floor(module) and imported.split(".")[1] != module.split(".")[1])
    ] == []


def test_imports_run_in_no_circle() -> None:
    graph: dict[str, set[str]] = {}
    for module, imported in OURS:
        graph.setdefault(module, set()).add(imported)
    assert len(graph) >= 25
    assert len(tuple(TopologicalSorter(graph).static_order())) >= 30


def test_a_heavy_package_has_one_owner() -> None:
    heavy = [(module, package) for module, package in IMPORTS if package in OWNERS]
    assert len({package for _, package in heavy}) >= 10
    assert [each for each in heavy if not f"{each[0]}.".startswith(f"{OWNERS[each[1]]}.")] == []


def test_only_the_commands_print_and_exit() -> None:
    looked_at, found = 0, []
    for path in MODULES:
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call | ast.Raise):
                looked_at += 1
                said = ast.unparse(node.func if isinstance(node, ast.Call) else node)
                if re.match(r"(print|exit|quit|sys\.exit|os\._exit|sys\.std\w+\.write|raise SystemExit)\b", said):
                    found.append(_name(path))
    assert looked_at >= 500
    assert set(found) == {"mpr.cli.main"}


def test_every_module_and_public_part_says_what_it_is_for() -> None:
    parts = [(f"{path}:{name}", node) for path in MODULES for name, node in _public(_tree(path))]
    parts += [(str(path), _tree(path)) for path in MODULES]
    assert len(parts) >= 150
    assert [name for name, node in parts if not ast.get_docstring(node)] == []


def test_packages_hold_a_docstring_only() -> None:
    packages = [path for path in MODULES if path.name == "__init__.py"]
    assert len(packages) >= 7
    assert [str(path) for path in packages if len(_tree(path).body) != 1] == []


def test_no_module_is_long() -> None:
    lines = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert len(lines) >= 30
    assert {name: count for name, count in lines.items() if count > LONGEST_MODULE} == {}


def test_no_function_is_long() -> None:
    lengths = {
        f"{_name(path)}.{each.name}": (each.end_lineno or 0) - each.lineno + 1
        for path in MODULES
        for each in _functions(path)
    }
    assert len(lengths) >= 150
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_only_the_last_resort_catches_everything() -> None:
    handlers = [
        (f"{_name(path)}.{function.name}", ast.unparse(node.type) if node.type else "")
        for path in MODULES
        for function in _functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.ExceptHandler)
    ]
    assert len(handlers) >= 10
    greedy = [name for name, caught in handlers if caught in {"", "Exception", "BaseException"}]
    assert greedy == ["mpr.cli.main.main"]


def test_nothing_is_left_to_do() -> None:
    files = [*MODULES, *(path for path in (ROOT / "templates").iterdir() if path.is_file())]
    assert len(files) >= 40
    left = re.compile(r"\b(TODO|FIXME|XXX)\b")
    assert [str(path) for path in files if left.search(path.read_text(encoding="utf-8"))] == []


def _logic(text: str) -> list[str]:
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
def test_logic_is_seen(text: str) -> None:
    assert _logic(text)


def test_templates_loop_and_print() -> None:
    assert len(TEMPLATES) >= 8
    texts = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES}
    assert sum(text.count("{{") + text.count("{%") for text in texts.values()) > 100
    assert {name: found for name, text in texts.items() if (found := _logic(text))} == {}
