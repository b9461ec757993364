"""Read the appendices of a report: PDFs from elsewhere, named in the edition's own file.

Here the files are only found and read; `mpr/render/attachments` inspects their contents.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field

from mpr.load.config.scalars import Words
from mpr.load.config.vocabulary import StrictModel
from mpr.load.config.yaml_nodes import YamlDocument
from mpr.problem import Place, Problem, quote, suggest_nearest
from mpr.project import Project

MOST_APPENDICES = 8  # the report's contents page has no room for more
LARGEST_APPENDIX = 50_000_000  # bytes
PDF_MARKER, PDF_MARKER_WITHIN = b"%PDF-", 1024  # a PDF has this marker within its first bytes


class AppendixSettings(StrictModel):
    """A PDF for the end of the report: its title, its file and, if wanted, a sentence or two about it."""

    title: Annotated[str, Field(min_length=1, max_length=80)]
    file: Words
    description: Annotated[str, Field(max_length=500)] = ""


@dataclass(frozen=True)
class AppendixFile:
    """A PDF for the end of the report, with its bytes; `place` is where the edition names its file.

    `pages` is the number of its pages, 0 until they are counted.
    """

    title: str
    description: str
    data: bytes = field(repr=False)
    path: Path
    place: Place
    pages: int = 0


def read_appendices(
    project: Project, settings: Sequence[AppendixSettings], document: YamlDocument, problems: list[Problem]
) -> tuple[AppendixFile, ...]:
    """Read the appendices that an edition names, noting those that cannot be read."""
    appendices = []
    for index, appendix in enumerate(settings):
        place = document.locate(("appendices", index, "file"))
        data = _read_pdf(project, appendix.file, place)
        if isinstance(data, Problem):
            problems.append(data)
        else:
            appendices.append(
                AppendixFile(appendix.title, appendix.description, data, project.root / appendix.file, place)
            )
    return tuple(appendices)


def _read_pdf(project: Project, file: str, place: Place) -> bytes | Problem:
    """Return the bytes of an appendix, or the problem that keeps it from being read."""
    root, path = (Path(os.path.realpath(location)) for location in (project.root, project.root / file))
    quoted_path = quote(file)
    if Path(file).is_absolute() or ".." in Path(file).parts or not path.is_relative_to(root):
        hint = "copy the file into data/appendices and name it there"
        return Problem(place, "E140", f"{quoted_path} is not a path inside the project's folder", hint)
    try:
        if not path.is_file():
            candidates = (candidate.relative_to(root).as_posix() for candidate in path.parent.glob("*.pdf"))
            hint = suggest_nearest(file, candidates) or "does it have another name? paths begin at the project's folder"
            return Problem(place, "E141", f"there is no file {quoted_path}", hint)
        if path.stat().st_size > LARGEST_APPENDIX:
            hint = "export it again with smaller pictures"
            return Problem(place, "E142", f"{quoted_path} is larger than {LARGEST_APPENDIX // 1_000_000} MB", hint)
        data = path.read_bytes()
    except OSError as error:
        return Problem(place, "E102", f"{quoted_path} cannot be read ({error.strerror})")
    if PDF_MARKER not in data[:PDF_MARKER_WITHIN]:
        return Problem(place, "E143", f"{quoted_path} is not a PDF", "save it as a PDF, and name that file here")
    return data
