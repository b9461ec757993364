"""`mpr publish`: freeze an edition together with everything that it was made from.

An edition is the whole report and a part for each committee, in every format. Its folder also holds a manifest and the
source files, so that `mpr verify` can make the edition again after the council's files have changed.
"""

import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mpr.load.editions.published import (
    VERSION_PATTERN,
    Manifest,
    format_manifest,
    list_earlier_manifests,
    list_manifests,
    parse_version,
)
from mpr.load.editions.record import RECORD_SUFFIX, format_generated
from mpr.load.scope import list_scopes
from mpr.load.scorecard import Scorecard, list_values_paths
from mpr.problem import InputError, Place, Problem
from mpr.project import MANIFEST, Project
from mpr.render.formats.registry import FORMATS
from mpr.render.pdf.libraries import read_library_versions
from mpr.report.printed_figures import build_record
from mpr.workflows.build import BuiltReport, build_each_report
from mpr.workflows.check import check_period
from mpr.workflows.transaction import write_transaction

SOURCE_FOLDER = "source"
LIBRARIES = (
    "mpr",
    "altair",
    "fonttools",
    "jinja2",
    "markdown-it-py",
    "pikepdf",
    "pydyf",
    "vl-convert-python",
    "weasyprint",
    "xlsxwriter",
)
COMMITTEE_KIND = "committee"


@dataclass(frozen=True)
class PublishResult:
    """A published edition: its folder, the names of its files (without source and manifest), and the warnings."""

    folder: Path
    files: tuple[str, ...]
    warnings: tuple[Problem, ...]


def publish_edition(
    project: Project, period: str, wanted_version: str, announce: Callable[[str], None], jobs: int = 1
) -> PublishResult:
    """Publish a period's report under a version, which must be the one in the edition's own file.

    Raises InputError if the input is at fault, if this version or a higher one is published already, or if a
    correction does not say what it changed.
    """
    announce("loading")
    checked = check_period(project, period)
    scorecard = checked.scorecard
    _require_publishable(project, scorecard, wanted_version)
    folder = project.get_publication_folder(scorecard.period, wanted_version)
    inputs = {name: path.read_bytes() for name, path in _iter_inputs(project, scorecard)}
    outputs = build_edition_files(project, scorecard, announce, jobs)
    manifest = Manifest(
        record=build_record(scorecard),
        made_with=collect_tool_versions(project),
        inputs={name: compute_digest(data) for name, data in inputs.items()},
        outputs={name: compute_digest(data) for name, data in outputs.items()},
    )
    files = {folder / SOURCE_FOLDER / name: data for name, data in inputs.items()}
    files |= {folder / name: data for name, data in outputs.items()}
    files[folder / MANIFEST] = format_manifest(manifest).encode()
    with write_transaction(project) as write:
        _require_publishable(project, scorecard, wanted_version)  # again: somebody may have published it meanwhile
        write(files)
    return PublishResult(folder, tuple(outputs), checked.warnings)


def build_edition_files(
    project: Project, scorecard: Scorecard, announce: Callable[[str], None], jobs: int
) -> dict[str, bytes]:
    """Return the files of an edition by name: those of the whole report, then those of each committee's part.

    Raises InputError if one of the reports cannot be made.
    """
    scopes = list_scopes(COMMITTEE_KIND, scorecard.settings.groupings, scorecard.indicators)
    scorecards = (scorecard, *(scorecard.restrict_to(scope) for scope in scopes))
    files: dict[str, bytes] = {}
    for _, report in build_each_report(project, scorecards, FORMATS, announce, jobs):
        if not isinstance(report, BuiltReport):
            raise InputError(report)
        files |= {path.name: data for path, data in report.files.items()}
    return files


def compute_digest(data: bytes) -> str:
    """Return the SHA-256 digest of data, in hexadecimal."""
    return sha256(data).hexdigest()


def collect_tool_versions(project: Project) -> dict[str, str]:
    """Return what a report's bytes depend on: the versions of libraries, and a digest of the shipped templates."""
    tool_versions = {"python": platform.python_version(), "pango": read_library_versions()["pango"]}
    for name in LIBRARIES:
        try:
            tool_versions[name] = version(name)
        except PackageNotFoundError:
            tool_versions[name] = "not installed"
    shipped = project.templates[-1]
    files = sorted(path for path in shipped.rglob("*") if path.is_file())
    template_digests = "".join(
        f"{path.relative_to(shipped).as_posix()} {compute_digest(path.read_bytes())}\n" for path in files
    )
    return {**tool_versions, "templates": compute_digest(template_digests.encode())}


def _require_publishable(project: Project, scorecard: Scorecard, wanted_version: str) -> None:
    """Raise InputError if this version may not be published."""
    earlier = {
        manifest.record.version: manifest.record.generated for manifest in list_manifests(project, scorecard.period)
    }
    if obstacle := next(_iter_obstacles(scorecard, wanted_version, earlier), None):
        place = Place(project.display_path(project.get_edition_path(scorecard.period)))
        raise InputError([Problem(place, *obstacle)])


def _iter_obstacles(scorecard: Scorecard, wanted: str, earlier: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the code, message and hint of each obstacle; later ones are right only if there are none before them.

    `earlier` maps the versions published so far to the time at which each was generated.
    """
    edition, newest = scorecard.edition, max(earlier, key=parse_version, default="")
    if not VERSION_PATTERN.fullmatch(wanted):
        yield "E607", f"'{wanted}' is not a version", "write numbers with full stops, such as 1.0 or 1.1"
    if wanted != edition.version:
        hint = f'write version: "{wanted}", so that the report says so too, or publish {edition.version}'
        yield "E607", f"the version here is {edition.version}, not {wanted}", hint
    if newest and parse_version(wanted) <= parse_version(newest):
        message = f"{scorecard.period.full_name} is published as version {newest}, which cannot be changed"
        yield "E606", message, f"a correction needs a higher version, such as {_increment_version(newest)}"
    explained = {correction.version for correction in edition.corrections}
    corrections = [*sorted(earlier, key=parse_version)[1:], wanted] if newest else []
    for unexplained in (number for number in corrections if number not in explained):
        example = f'- version: "{unexplained}", and below it changed: and a sentence for the cover'
        message = f"version {unexplained} corrects an earlier one, but does not say what it changed"
        yield "E608", message, f"add under corrections: {example}"
    if newest and format_generated(edition.generated) <= earlier[newest]:
        message = f"generated is not later than in version {newest}, {earlier[newest]}"
        yield "E610", message, "write the day and time of this version, such as 2018-06-28 09:00"


def _increment_version(newest: str) -> str:
    """Return the next version: 1.1 after 1.0."""
    *first, last = parse_version(newest)
    return ".".join(map(str, (*(first or (last,)), last + 1 if first else 1)))


def _iter_inputs(project: Project, scorecard: Scorecard) -> Iterator[tuple[str, Path]]:
    """Yield every file that the edition is made from: its path in the project, then its path on disk."""
    period, year_starts = scorecard.period, scorecard.settings.report.year_starts
    paths = [project.indicators_path, *list_values_paths(project, scorecard), project.get_edition_path(period)]
    paths += [appendix.path for appendix in scorecard.appendices]
    own_templates, shipped_templates = project.templates
    if own_templates.is_dir() and not own_templates.samefile(shipped_templates):
        paths += sorted(path for path in own_templates.rglob("*") if path.is_file())
    if scorecard.previous_record and scorecard.previous_period:
        paths.append(project.get_report_path(scorecard.previous_period, RECORD_SUFFIX))
    for manifest, _ in list_earlier_manifests(project, year_starts, period, scorecard.edition, []):
        paths.append(project.get_publication_folder(manifest.record.period, manifest.record.version) / MANIFEST)
    for path in paths:
        if path.exists():
            yield project.display_path(path), path
