"""Read what was published: the manifest of each edition, and how each figure was first published.

A published edition is a folder that is never changed. It holds the report's files, the source that they were made from,
and a manifest with a hash of each file.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from mpr.load.editions.edition import EditionSettings
from mpr.load.editions.record import RECORD_SUFFIX, FrozenModel, Record, format_generated, read_record
from mpr.load.text_files import read_text
from mpr.measure.formatting import MISSING_SYMBOLS
from mpr.measure.period import Period, find_period
from mpr.problem import Place, Problem
from mpr.project import MANIFEST, Project

MISSING_TEXTS = {text for text, _ in MISSING_SYMBOLS.values()}  # printed in place of a figure that is missing
VERSION_PATTERN = re.compile(r"\d+(\.\d+)*")


class Manifest(FrozenModel):
    """The manifest of an edition: what it printed, the software versions that made it, and the sha256 of each file.

    Paths in `inputs` are relative to the edition's folder `source`, those in `outputs` to the edition's own folder.
    """

    record: Record
    made_with: Mapping[str, str]
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]


@dataclass(frozen=True)
class FirstFigure:
    """A figure as it was first printed, and the edition that printed it."""

    text: str
    edition: str


FirstFigures = Mapping[str, Mapping[str, FirstFigure]]


def format_manifest(manifest: Manifest) -> str:
    """Return a manifest as the text of its file."""
    return manifest.model_dump_json(indent=2) + "\n"


def read_manifest(path: Path, display_path: str, problems: list[Problem]) -> Manifest | None:
    """Return the manifest of an edition; None, with a problem noted, if it has been changed or cannot be read."""
    text = read_text(path, display_path, problems)
    if text is None:
        return None
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError:
        manifest = None
    if (
        not manifest
        or not VERSION_PATTERN.fullmatch(manifest.record.version)
        or not all(map(_is_inside, [*manifest.inputs, *manifest.outputs]))
    ):
        hint = "put the edition's folder back as it was published"
        problems.append(
            Problem(Place(display_path), "E115", "this manifest has been changed since it was written", hint)
        )
        return None
    return manifest


def _is_inside(name: str) -> bool:
    """Whether a file's path stays inside the edition's folder."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def read_manifests(project: Project, problems: list[Problem]) -> list[Manifest]:
    """Return the manifest of every published edition, in no particular order."""
    paths = sorted(project.published.glob(f"[!.]*/{MANIFEST}"))
    results = (read_manifest(path, project.display_path(path), problems) for path in paths)
    return [manifest for manifest in results if manifest]


def parse_version(version: str) -> tuple[int, ...]:
    """Return a version as a sort key: 1.2 comes before 1.10. It must match VERSION_PATTERN."""
    return tuple(map(int, version.split(".")))


def select_earlier(
    editions: Iterable[tuple[Manifest, Period]], period: Period, version: str, generated: str
) -> list[tuple[Manifest, Period]]:
    """Return the editions that were published before a given one, oldest first.

    Editions of the same period count as earlier by their version, others by the date when they were generated.
    """
    own_version = parse_version(version) if VERSION_PATTERN.fullmatch(version) else ()
    earlier = [
        (manifest, edition_period)
        for manifest, edition_period in editions
        if (
            parse_version(manifest.record.version) < own_version
            if edition_period == period
            else manifest.record.generated <= generated
        )
    ]
    return sorted(
        earlier,
        key=lambda edition: (edition[0].record.generated, edition[1].last, parse_version(edition[0].record.version)),
    )


def collect_first_figures(editions: Sequence[tuple[Manifest, Period]]) -> FirstFigures:
    """Return each figure as first published, by code and period; `editions` are in order, oldest first."""
    first_figures: dict[str, dict[str, FirstFigure]] = {}
    for manifest, period in editions:
        edition = f"{period.full_name}, version {manifest.record.version}"
        for code, entry in manifest.record.indicators.items():
            by_period = first_figures.setdefault(code, {})
            for period_name, printed in entry.periods.items():
                if printed.value not in MISSING_TEXTS:
                    by_period.setdefault(period_name, FirstFigure(printed.value, edition))
    return first_figures


def find_record(project: Project, period: Period, problems: list[Problem]) -> Record | None:
    """Return the record of a period's report, None if there is none.

    The record of the latest published version is preferred to that of a report that was only built.
    """
    records = [manifest.record for manifest in list_manifests(project, period, problems)]
    if records:
        return max(records, key=lambda record: parse_version(record.version))
    path = project.get_report_path(period, RECORD_SUFFIX)
    return read_record(path, project.display_path(path), problems)


def list_manifests(project: Project, period: Period, problems: list[Problem] | None = None) -> list[Manifest]:
    """Return the manifests of the published editions of a period."""
    all_manifests = read_manifests(project, [] if problems is None else problems)
    return [manifest for manifest in all_manifests if manifest.record.period == str(period)]


def list_earlier_manifests(
    project: Project, year_starts: int, period: Period, edition: EditionSettings, problems: list[Problem]
) -> list[tuple[Manifest, Period]]:
    """Return the manifests of the editions that were published before a given one, with their periods, oldest first."""
    editions = [
        (manifest, published_period)
        for manifest in read_manifests(project, problems)
        if (published_period := find_period(manifest.record.period, year_starts))
    ]
    return select_earlier(editions, period, edition.version, format_generated(edition.generated))
