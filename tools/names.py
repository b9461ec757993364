"""Show how the code is named: `python tools/names.py [FOLDER]`, which is a mirror and not a gate.

A function name counts as a verb if its first word, without leading underscores, is in `tools/verbs.txt`, asks
(ASKING), or is a conversion as Python names them (CONVERSIONS). Properties, dunder methods and tests are not counted.
"""

import ast
import io
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
ASKING = {
    "is",
    "has",
    "can",
    "are",
    "needs",
    "matches",
    "contains",
    "exists",
    "differs",
    "agrees",
    "starts",
    "meets",
    "misses",
}
CONVERSIONS = {"from", "to", "as", "with", "without"}  # Year.from_month, to_json, as_text, with_numbers
VERBS = set((ROOT / "tools" / "verbs.txt").read_text(encoding="utf-8").split())


def starts_with_verb(name: str) -> bool:
    """Return whether a function name begins with a verb, a question or a conversion."""
    first = name.strip("_").split("_")[0]
    return first in VERBS or first in ASKING or first in CONVERSIONS


def list_functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions that are named by choice: no property, no dunder method, no overload of a library."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            decorators = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
            if not node.name.startswith(("__", "test_")) and not decorators & {"property", "cached_property"}:
                yield node


def count_word(text: str, word: str) -> int:
    """Return how often a name stands in Python code, outside strings and comments."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return sum(token.type == tokenize.NAME and token.string == word for token in tokens)


def list_repeated(places: Mapping[str, list[str]]) -> list[str]:
    """Return a line for each name that stands in more than one place."""
    return [f"  {name}: {', '.join(files)}" for name, files in sorted(places.items()) if len(files) > 1]


def main(folder: Path) -> None:
    """Print the figures, each with its offenders."""
    functions, nouns, each = 0, [], {}
    classes, modules = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        name = str(path.relative_to(ROOT))
        tree = ast.parse(text)
        named = list(list_functions(tree))
        functions += len(named)
        nouns += [f"  {name}:{node.lineno} {node.name}" for node in named if not starts_with_verb(node.name)]
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                classes[node.name].append(name)
        if path.name != "__init__.py":
            modules[path.stem].append(name)
        each[name] = count_word(text, "each")
    share = 1 - len(nouns) / functions
    print(f"functions that begin with a verb: {functions - len(nouns)} of {functions}, {share:.0%}", *nouns, sep="\n")
    print("class names used more than once:", *list_repeated(classes), sep="\n")
    print("module names used more than once:", *list_repeated(modules), sep="\n")
    print(f"variables called each: {sum(each.values())}")
    print(*(f"  {name}: {count}" for name, count in each.items() if count), sep="\n")


if __name__ == "__main__":
    main(ROOT / (sys.argv[1] if len(sys.argv) > 1 else "mpr"))
