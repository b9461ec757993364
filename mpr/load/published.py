"""What was published: the manifest of each edition, and what was first published of each figure.

A published edition is a folder of its own that nothing is changed in: the files, the source that they were made from,
and a manifest that says what each of them was.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from mpr.load.edition import Edition
from mpr.load.record import ENDING, Kept, Record, moment, read_record
from mpr.load.text import read_text
from mpr.measure.period import Period, named
from mpr.measure.words import MISSING
from mpr.problem import Place, Problem
from mpr.project import MANIFEST, Project

NOTHING = {text for text, _ in MISSING.values()}  # what is printed where there is no figure
VERSION = re.compile(r"\d+(\.\d+)*")


class Manifest(Kept):
    """What an edition is made of: the sha256 of each file by its path, the versions that made it, what it printed.

    Paths of `inputs` count from the edition's folder `source`, those of `outputs` from the edition's own.
    """

    record: Record
    made_with: Mapping[str, str]
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]


@dataclass(frozen=True)
class First:
    """What was first published of a figure, as printed, and in which edition."""

    text: str
    edition: str


Firsts = Mapping[str, Mapping[str, First]]


def as_json(manifest: Manifest) -> str:
    """Return a manifest as the text of its file."""
    return manifest.model_dump_json(indent=2) + "\n"


def read_manifest(path: Path, shown: str, problems: list[Problem]) -> Manifest | None:
    """Return the manifest of an edition; note it where it is not as it was written."""
    text = read_text(path, shown, problems)
    if text is None:
        return None
    try:
        found = Manifest.model_validate_json(text)
    except ValidationError:
        found = None
    if (
        not found
        or not VERSION.fullmatch(found.record.version)
        or not all(map(_inside, [*found.inputs, *found.outputs]))
    ):
        hint = "put the edition's folder back as it was published"
        problems.append(Problem(Place(shown), "E115", "this manifest is not as it was written", hint))
        return None
    return found


def _inside(name: str) -> bool:
    """Whether a file's name leads into the edition's folder and nowhere else."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def manifests(project: Project, problems: list[Problem]) -> list[Manifest]:
    """Return the manifest of every edition that was published, in no order."""
    paths = sorted(project.published.glob(f"[!.]*/{MANIFEST}"))
    found = (read_manifest(each, project.shown(each), problems) for each in paths)
    return [each for each in found if each]


def rank(version: str) -> tuple[int, ...]:
    """Return a version as a sort key: 1.2 comes before 1.10. It must match VERSION."""
    return tuple(map(int, version.split(".")))


def before(
    found: Iterable[tuple[Manifest, Period]], period: Period, version: str, generated: str
) -> list[tuple[Manifest, Period]]:
    """Return the editions that were published before one, oldest first, by the dates when they were generated.

    Of the same period they are those of lower versions.
    """
    own = rank(version) if VERSION.fullmatch(version) else ()
    earlier = [
        (each, of)
        for each, of in found
        if (rank(each.record.version) < own if of == period else each.record.generated <= generated)
    ]
    return sorted(earlier, key=lambda each: (each[0].record.generated, each[1].last, rank(each[0].record.version)))


def firsts(editions: Sequence[tuple[Manifest, Period]]) -> Firsts:
    """Return what was first published of each figure, by code and period; editions stand oldest first."""
    found: dict[str, dict[str, First]] = {}
    for manifest, period in editions:
        edition = f"{period.words}, version {manifest.record.version}"
        for code, entry in manifest.record.indicators.items():
            known = found.setdefault(code, {})
            for name, printed in entry.periods.items():
                if printed.value not in NOTHING:
                    known.setdefault(name, First(printed.value, edition))
    return found


def record_of(project: Project, period: Period, problems: list[Problem]) -> Record | None:
    """Return what the report of a period printed, None where there is no record of it.

    What was published last goes before what was only built.
    """
    published = [each.record for each in published_of(project, period, problems)]
    if published:
        return max(published, key=lambda each: rank(each.version))
    path = project.out(period, ENDING)
    return read_record(path, project.shown(path), problems)


def published_of(project: Project, period: Period, problems: list[Problem] | None = None) -> list[Manifest]:
    """Return the manifests of the editions of a period that were published."""
    every = manifests(project, [] if problems is None else problems)
    return [each for each in every if each.record.period == str(period)]


def published_before(
    project: Project, starts: int, period: Period, edition: Edition, problems: list[Problem]
) -> list[tuple[Manifest, Period]]:
    """Return the manifests of the editions that were published before one, oldest first."""
    found = [(each, of) for each in manifests(project, problems) if (of := named(each.record.period, starts))]
    return before(found, period, edition.version, moment(edition.generated))
