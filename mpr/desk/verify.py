"""`mpr verify`: whether a published edition is as it was published, and is what its source makes."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from mpr.desk.check import check
from mpr.desk.publish import SOURCE, digest, editions, made_with
from mpr.load.published import read_manifest
from mpr.problem import InputError, Place, Problem
from mpr.project import MANIFEST, Project
from mpr.report.figures import record


@dataclass(frozen=True)
class Verified:
    """What was looked at: how many files, what is wrong with which, and what it is now made with that differs."""

    files: int
    wrong: tuple[str, ...]
    made_with: tuple[str, ...]


def verify(folder: Path, stage: Callable[[str], None], jobs: int = 1) -> Verified:
    """Compare each file of a published edition with its manifest, then make all anew from its source and compare that.

    Raises InputError where the folder holds no edition, or its source is no longer one.
    """
    path, problems = folder / MANIFEST, list[Problem]()
    if not path.is_file():
        hint = "name one, such as out/published/2018-05-v1.0"
        message = "this is no published edition" if folder.exists() else "there is no such folder"
        raise InputError([Problem(Place(str(folder)), "E116", message, hint)])
    manifest = read_manifest(path, str(path), problems)
    if not manifest:
        raise InputError(problems)
    source = folder / SOURCE
    wrong = [*_differing(folder, manifest.outputs, ""), *_differing(source, manifest.inputs, f"{SOURCE}/")]
    wrong += _unknown(folder, {MANIFEST, *manifest.outputs, *(f"{SOURCE}/{name}" for name in manifest.inputs)})
    count = len(manifest.inputs) + len(manifest.outputs)
    if any(each.startswith(f"{SOURCE}/") for each in wrong):
        return Verified(count, (*wrong, "nothing was made again, as the source is not as it was published"), ())
    with TemporaryDirectory() as place:  # nothing is written into the edition, not even for a moment
        project = Project(Path(place, "project").resolve())
        for name in manifest.inputs:
            (project.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, project.root / name)
        stage("loading")
        scorecard = check(project, manifest.record.period).scorecard
        made = editions(project, scorecard, stage, jobs)
        now = made_with(project)
    if record(scorecard) != manifest.record:
        wrong.append(f"the figures in {MANIFEST} are not those of the report")
    again = {name: digest(data) for name, data in made.items()}
    for name, kept in manifest.outputs.items():
        if name not in again:
            wrong.append(f"{name} is not made any more")
        elif again[name] != kept:
            wrong.append(f"{name} is made otherwise now")
    wrong += [f"{name} is made now, and was not published" for name in again if name not in manifest.outputs]
    return Verified(count, tuple(wrong), tuple(_others(manifest.made_with, now)))


def _differing(folder: Path, known: Mapping[str, str], shown: str) -> Iterator[str]:
    """Yield the files that are not there, or not as they were published."""
    for name, kept in known.items():
        path = folder / name
        if not path.is_file():
            yield f"{shown}{name} is missing"
        elif digest(path.read_bytes()) != kept:
            yield f"{shown}{name} is not as it was published"


def _unknown(folder: Path, known: set[str]) -> Iterator[str]:
    """Yield the files that were not published."""
    found = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    yield from (f"{name} was not published" for name in found if name not in known)


def _others(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Yield what the edition was made with in another version."""
    for name, kept in then.items():
        if now.get(name) != kept:
            both = "" if name == "templates" else f": {kept} then, {now.get(name, 'none')} now"
            yield f"made with other {name}{both}" if name == "templates" else f"made with another {name}{both}"
