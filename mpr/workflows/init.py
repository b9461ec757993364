"""`mpr init`: a new council's project, small and whole, to be changed into its own."""

import shutil
from pathlib import Path

from mpr.problem import InputError, Place, Problem
from mpr.project import Project
from mpr.workflows.schema import SCHEMA_FILE, format_schema

STARTER_FOLDER = "start"  # among the templates that mpr ships


def create_project(folder: Path) -> tuple[Path, ...]:
    """Write a small project into a folder, which may be there but empty; raise InputError where it is not."""
    project = Project(folder.resolve())
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "name a folder that is empty, or not there yet"
        raise InputError([Problem(Place(str(folder)), "E604", "something is there already", hint)])
    source = project.templates[-1] / STARTER_FOLDER
    try:
        shutil.copytree(source, project.root, dirs_exist_ok=True)
        (project.root / SCHEMA_FILE).write_text(format_schema(), encoding="utf-8")
    except OSError as error:
        hint = "is the folder read-only?"
        problem = Problem(Place(str(folder)), "E602", f"this folder cannot be written ({error.strerror})", hint)
        raise InputError([problem]) from error
    return tuple(sorted(path for path in project.root.rglob("*") if path.is_file()))
