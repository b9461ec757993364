"""`mpr verify`: check that a published edition is unchanged and that its source still makes the same report."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from mpr.load.editions.published import Manifest, read_manifest
from mpr.problem import InputError, Place, Problem
from mpr.project import MANIFEST, Project
from mpr.report.printed_figures import build_record
from mpr.workflows.check import check_period
from mpr.workflows.publish import SOURCE_FOLDER, build_edition_files, collect_tool_versions, compute_digest


@dataclass(frozen=True)
class VerifyResult:
    """The number of files compared, a sentence per difference, and one per library whose version has changed."""

    file_count: int
    differences: tuple[str, ...]
    version_differences: tuple[str, ...]


def verify_edition(folder: Path, announce: Callable[[str], None], jobs: int = 1) -> VerifyResult:
    """Compare each file of a published edition with its manifest, then make the edition again and compare that.

    Raises InputError if the folder holds no edition, or if a report can no longer be made from its source.
    """
    path, problems = folder / MANIFEST, list[Problem]()
    if not path.is_file():
        hint = "name one, such as out/published/2018-05-v1.0"
        message = "this is not a published edition" if folder.exists() else "there is no such folder"
        raise InputError([Problem(Place(str(folder)), "E116", message, hint)])
    manifest = read_manifest(path, str(path), problems)
    if not manifest:
        raise InputError(problems)
    source_names = {f"{SOURCE_FOLDER}/{name}" for name in manifest.inputs}
    file_count = len(manifest.inputs) + len(manifest.outputs)
    differences = [
        *_list_differing_files(folder, manifest.outputs, ""),
        *_list_differing_files(folder / SOURCE_FOLDER, manifest.inputs, f"{SOURCE_FOLDER}/"),
        *_list_unpublished_files(folder, {MANIFEST, *manifest.outputs, *source_names}),
    ]
    if any(difference.startswith(f"{SOURCE_FOLDER}/") for difference in differences):
        source_changed = "the source has changed since it was published, so the report was not made again"
        return VerifyResult(file_count, (*differences, source_changed), ())
    with TemporaryDirectory() as temporary:  # so that nothing is ever written into the edition
        project = _copy_source(folder / SOURCE_FOLDER, manifest, Path(temporary, "project").resolve())
        announce("loading")
        scorecard = check_period(project, manifest.record.period).scorecard
        rebuilt = build_edition_files(project, scorecard, announce, jobs)
        tool_versions = collect_tool_versions(project)
    if build_record(scorecard) != manifest.record:
        differences.append(f"the figures in {MANIFEST} differ from those in the report")
    differences += _list_rebuild_differences(manifest.outputs, rebuilt)
    version_differences = tuple(_list_version_differences(manifest.made_with, tool_versions))
    return VerifyResult(file_count, tuple(differences), version_differences)


def _copy_source(source: Path, manifest: Manifest, root: Path) -> Project:
    """Copy the source of an edition into a folder, and return that as a project."""
    for name in manifest.inputs:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, root / name)
    return Project(root)


def _list_rebuild_differences(published_digests: Mapping[str, str], rebuilt: Mapping[str, bytes]) -> Iterator[str]:
    """Yield a sentence for each file that is not the same when it is made again from the source."""
    for name, published_digest in published_digests.items():
        if name not in rebuilt:
            yield f"{name} is no longer made from this source"
        elif compute_digest(rebuilt[name]) != published_digest:
            yield f"{name} is different when it is made again"
    yield from (f"{name} is made now but was not published" for name in rebuilt if name not in published_digests)


def _list_differing_files(folder: Path, published_digests: Mapping[str, str], prefix: str) -> Iterator[str]:
    """Yield a sentence for each file that is missing or has changed."""
    for name, published_digest in published_digests.items():
        path = folder / name
        if not path.is_file():
            yield f"{prefix}{name} is missing"
        elif compute_digest(path.read_bytes()) != published_digest:
            yield f"{prefix}{name} has changed since it was published"


def _list_unpublished_files(folder: Path, published_names: set[str]) -> Iterator[str]:
    """Yield a sentence for each file that was not published."""
    names = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    yield from (f"{name} was not published" for name in names if name not in published_names)


def _list_version_differences(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each library, and for the templates, if the version has changed."""
    for name, published_version in then.items():
        current_version = now.get(name, "none")
        if current_version != published_version and name == "templates":
            yield "made with different templates"
        elif current_version != published_version:
            yield f"made with a different version of {name}: {published_version} then, {current_version} now"
