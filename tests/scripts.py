"""The scripts of `tools/`, which belong to no package, as modules."""

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]


def load_script(name: str) -> ModuleType:
    """Return a script of the project, such as `tools/settings.py`, as a module."""
    spec = importlib.util.spec_from_file_location(name.replace("/", "_").removesuffix(".py"), ROOT / name)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
