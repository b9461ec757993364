"""`mpr init`: a new council's project, small and whole, to be changed into its own."""

import shutil
from pathlib import Path

from mpr.desk.schema import NAME, schema
from mpr.problem import InputError, Place, Problem
from mpr.project import Project

START = "start"  # among the templates that mpr ships


def init(folder: Path) -> tuple[Path, ...]:
    """Write a small project into a folder, which may be there but empty; raise InputError where it is not."""
    project = Project(folder.resolve())
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "name a folder that is empty, or not there yet"
        raise InputError([Problem(Place(str(folder)), "E604", "something is there already", hint)])
    source = project.templates[-1] / START
    try:
        shutil.copytree(source, project.root, dirs_exist_ok=True)
        (project.root / NAME).write_text(schema(), encoding="utf-8")
    except OSError as error:
        hint = "is the folder read-only?"
        problem = Problem(Place(str(folder)), "E602", f"this folder cannot be written ({error.strerror})", hint)
        raise InputError([problem]) from error
    return tuple(sorted(path for path in project.root.rglob("*") if path.is_file()))
