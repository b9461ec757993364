"""The appendices of a report: PDFs that others made, named in the edition's own file.

Here they are only found and read whole; what is in them is looked at where PDFs are made.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field

from mpr.load.nodes import Document
from mpr.load.scalars import Words
from mpr.load.vocabulary import Strict
from mpr.problem import Place, Problem, nearest, quoted
from mpr.project import Project

MOST = 8  # of a report: more have no room in its contents
LARGEST = 50_000_000
BEGINS, WITHIN = b"%PDF-", 1024  # how a PDF begins, and within how many bytes


class AppendixSettings(Strict):
    """A PDF to be put at the end of the report: its title, its file, and a sentence or two on it."""

    title: Annotated[str, Field(min_length=1, max_length=80)]
    file: Words
    description: Annotated[str, Field(max_length=500)] = ""


@dataclass(frozen=True)
class Appendix:
    """A PDF to be put at the end of the report, as it is; its file, and where that is named.

    `pages` is how many it has, 0 as long as nobody has looked.
    """

    title: str
    description: str
    data: bytes = field(repr=False)
    path: Path
    place: Place
    pages: int = 0


def read_appendices(
    project: Project, named: Sequence[AppendixSettings], document: Document, problems: list[Problem]
) -> tuple[Appendix, ...]:
    """Read the appendices that an edition names, noting which of them cannot be had."""
    found = []
    for index, each in enumerate(named):
        place = document.place(("appendices", index, "file"))
        data = _read(project, each.file, place)
        if isinstance(data, Problem):
            problems.append(data)
        else:
            found.append(Appendix(each.title, each.description, data, project.root / each.file, place))
    return tuple(found)


def _read(project: Project, file: str, place: Place) -> bytes | Problem:
    """Return what is in the file of an appendix, or why that cannot be had."""
    root, path = (Path(os.path.realpath(each)) for each in (project.root, project.root / file))  # where links lead
    said = quoted(file)
    if Path(file).is_absolute() or ".." in Path(file).parts or not path.is_relative_to(root):
        hint = "copy the file into data/appendices and name it there"
        return Problem(place, "E140", f"{said} is no path inside the project's folder", hint)
    try:
        if not path.is_file():
            there = (each.relative_to(root).as_posix() for each in path.parent.glob("*.pdf"))
            hint = nearest(file, there) or "is it there under another name? paths begin at the project's folder"
            return Problem(place, "E141", f"there is no file {said}", hint)
        if path.stat().st_size > LARGEST:
            hint = "export it again with smaller pictures"
            return Problem(place, "E142", f"{said} is larger than {LARGEST // 1_000_000} MB", hint)
        data = path.read_bytes()
    except OSError as error:
        return Problem(place, "E102", f"{said} cannot be read ({error.strerror})")
    if BEGINS not in data[:WITHIN]:
        return Problem(place, "E143", f"{said} is not a PDF", "save it as a PDF, and name that file here")
    return data
