"""`mpr init`: start a council's own project from a small, complete example."""

import shutil
from pathlib import Path

from mpr.problem import InputError, Place, Problem
from mpr.project import Project
from mpr.workflows.schema import SCHEMA_FILE, format_schema

STARTER_FOLDER = "start"  # in the templates that mpr ships


def create_project(folder: Path) -> tuple[Path, ...]:
    """Write the example project into a folder that is new or empty, and return the files, sorted.

    Raises InputError if the folder is not empty or cannot be written.
    """
    project = Project(folder.resolve())
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "name an empty folder, or one that does not exist yet"
        raise InputError([Problem(Place(str(folder)), "E604", "this folder is not empty", hint)])
    source = project.templates[-1] / STARTER_FOLDER
    try:
        shutil.copytree(source, project.root, dirs_exist_ok=True)
        (project.root / SCHEMA_FILE).write_text(format_schema(), encoding="utf-8")
    except OSError as error:
        hint = "is the folder read-only?"
        problem = Problem(Place(str(folder)), "E602", f"this folder cannot be written ({error.strerror})", hint)
        raise InputError([problem]) from error
    return tuple(sorted(path for path in project.root.rglob("*") if path.is_file()))
