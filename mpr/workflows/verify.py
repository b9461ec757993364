"""`mpr verify`: whether a published edition is as it was published, and is what its source makes."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from mpr.load.editions.published import read_manifest
from mpr.problem import InputError, Place, Problem
from mpr.project import MANIFEST, Project
from mpr.report.printed_figures import build_record
from mpr.workflows.check import check_period
from mpr.workflows.publish import SOURCE_FOLDER, build_edition_files, collect_tool_versions, compute_digest


@dataclass(frozen=True)
class VerifyResult:
    """What was looked at: how many files, what is wrong with which, and what it is now made with that differs."""

    file_count: int
    differences: tuple[str, ...]
    version_differences: tuple[str, ...]


def verify_edition(folder: Path, announce: Callable[[str], None], jobs: int = 1) -> VerifyResult:
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
    source = folder / SOURCE_FOLDER
    differences = [
        *_list_differing_files(folder, manifest.outputs, ""),
        *_list_differing_files(source, manifest.inputs, f"{SOURCE_FOLDER}/"),
    ]
    differences += _list_unpublished_files(
        folder, {MANIFEST, *manifest.outputs, *(f"{SOURCE_FOLDER}/{name}" for name in manifest.inputs)}
    )
    file_count = len(manifest.inputs) + len(manifest.outputs)
    if any(difference.startswith(f"{SOURCE_FOLDER}/") for difference in differences):
        return VerifyResult(
            file_count, (*differences, "nothing was made again, as the source is not as it was published"), ()
        )
    with TemporaryDirectory() as place:  # nothing is written into the edition, not even for a moment
        project = Project(Path(place, "project").resolve())
        for name in manifest.inputs:
            (project.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, project.root / name)
        announce("loading")
        scorecard = check_period(project, manifest.record.period).scorecard
        rebuilt = build_edition_files(project, scorecard, announce, jobs)
        tool_versions = collect_tool_versions(project)
    if build_record(scorecard) != manifest.record:
        differences.append(f"the figures in {MANIFEST} are not those of the report")
    rebuilt_digests = {name: compute_digest(data) for name, data in rebuilt.items()}
    for name, published_digest in manifest.outputs.items():
        if name not in rebuilt_digests:
            differences.append(f"{name} is not made any more")
        elif rebuilt_digests[name] != published_digest:
            differences.append(f"{name} is made otherwise now")
    differences += [
        f"{name} is made now, and was not published" for name in rebuilt_digests if name not in manifest.outputs
    ]
    return VerifyResult(
        file_count, tuple(differences), tuple(_list_version_differences(manifest.made_with, tool_versions))
    )


def _list_differing_files(folder: Path, published_digests: Mapping[str, str], prefix: str) -> Iterator[str]:
    """Yield the files that are not there, or not as they were published."""
    for name, published_digest in published_digests.items():
        path = folder / name
        if not path.is_file():
            yield f"{prefix}{name} is missing"
        elif compute_digest(path.read_bytes()) != published_digest:
            yield f"{prefix}{name} is not as it was published"


def _list_unpublished_files(folder: Path, published_names: set[str]) -> Iterator[str]:
    """Yield the files that were not published."""
    names = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    yield from (f"{name} was not published" for name in names if name not in published_names)


def _list_version_differences(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Yield what the edition was made with in another version."""
    for name, published_version in then.items():
        if now.get(name) != published_version:
            change = "" if name == "templates" else f": {published_version} then, {now.get(name, 'none')} now"
            yield f"made with other {name}{change}" if name == "templates" else f"made with another {name}{change}"
