"""Files are put in place whole, all or none."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from mpr.problem import InputError, Place, Problem
from mpr.project import Project


def write(files: Mapping[Path, bytes], project: Project) -> tuple[Path, ...]:
    """Put all files in place once all are written; where one cannot be, put the last good ones back.

    Raises InputError where one cannot be written.
    """
    path = project.root
    done: list[Path] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _beside(path, "part").write_bytes(data)
            if path.exists():
                shutil.copyfile(path, _beside(path, "last"))
        for path in files:
            done.append(path)
            _beside(path, "part").replace(path)
    except OSError as error:
        for each in done:
            with suppress(OSError):
                _beside(each, "last").replace(each) if _beside(each, "last").exists() else each.unlink()
        hint = "is it open in another program, or the folder read-only?"
        problem = Problem(Place(project.shown(path)), "E602", f"this file cannot be written ({error.strerror})", hint)
        raise InputError([problem]) from error
    finally:
        for each in files:
            for ending in ("part", "last"):
                with suppress(OSError):
                    _beside(each, ending).unlink()
    return tuple(files)


def _beside(path: Path, ending: str) -> Path:
    """Return the hidden file beside a file that holds its next or its last content."""
    return path.with_name(f".{path.name}.{ending}")
