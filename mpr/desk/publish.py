"""`mpr publish`: an edition that nothing is changed in any more, with all that it was made from.

What is published is the whole report and the part of each committee, in every format. Beside them lie the source, so
that `mpr verify` can make them again however the council's files go on, and the manifest.
"""

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mpr.desk.build import FORMATS, Made, made_each
from mpr.desk.check import check
from mpr.desk.files import alone
from mpr.load.pack import packs
from mpr.load.published import VERSION, Manifest, as_json, published_before, published_of, rank
from mpr.load.record import ENDING, moment
from mpr.load.scorecard import Scorecard, values_read
from mpr.problem import InputError, Place, Problem
from mpr.project import MANIFEST, Project
from mpr.render.libraries import versions
from mpr.report.figures import record

SOURCE = "source"
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
COMMITTEE = "committee"


@dataclass(frozen=True)
class Published:
    """An edition that was published: its folder, its files without source and manifest, and the warnings."""

    folder: Path
    files: tuple[str, ...]
    warnings: tuple[Problem, ...]


def publish(project: Project, period: str, wanted: str, stage: Callable[[str], None], jobs: int = 1) -> Published:
    """Publish a period's report under a version, which must be the one that its own file says.

    Raises InputError for a fault of the input, where the version is published already or lower than one that is, and
    where a correction does not say what it changed.
    """
    stage("loading")
    checked = check(project, period)
    scorecard = checked.scorecard
    _refuse(project, scorecard, wanted)
    folder = project.publication(scorecard.period, wanted)
    inputs = {name: path.read_bytes() for name, path in _inputs(project, scorecard)}
    outputs = editions(project, scorecard, stage, jobs)
    manifest = Manifest(
        record=record(scorecard),
        made_with=made_with(project),
        inputs={name: digest(data) for name, data in inputs.items()},
        outputs={name: digest(data) for name, data in outputs.items()},
    )
    files = {folder / SOURCE / name: data for name, data in inputs.items()}
    files |= {folder / name: data for name, data in outputs.items()}
    files[folder / MANIFEST] = as_json(manifest).encode()
    with alone(project) as write:
        _refuse(project, scorecard, wanted)  # once more, as another may have published it meanwhile
        write(files)
    return Published(folder, tuple(outputs), checked.warnings)


def editions(project: Project, scorecard: Scorecard, stage: Callable[[str], None], jobs: int) -> dict[str, bytes]:
    """Return the files of an edition by their names: the whole report's, then each committee's."""
    parts = packs(COMMITTEE, scorecard.settings.groupings, scorecard.indicators)
    every = (scorecard, *(scorecard.of(each) for each in parts))
    files: dict[str, bytes] = {}
    for _, made in made_each(project, every, FORMATS, stage, jobs):
        if not isinstance(made, Made):
            raise InputError(made)
        files |= {path.name: data for path, data in made.files.items()}
    return files


def digest(data: bytes) -> str:
    """Return the sha256 of some bytes, in hexadecimal figures."""
    return sha256(data).hexdigest()


def made_with(project: Project) -> dict[str, str]:
    """Return the versions of what makes a report's bytes, and a digest of the templates that `mpr` ships."""
    found = {"python": platform.python_version(), "pango": versions()["pango"]}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    shipped = project.templates[-1]
    files = sorted(path for path in shipped.rglob("*") if path.is_file())
    look = "".join(f"{path.relative_to(shipped).as_posix()} {digest(path.read_bytes())}\n" for path in files)
    return {**found, "templates": digest(look.encode())}


def _refuse(project: Project, scorecard: Scorecard, wanted: str) -> None:
    """Raise InputError where this version may not be published."""
    edition, period = scorecard.edition, scorecard.period
    place = Place(project.shown(project.edition(period)))
    code, message, hint = "", "", ""
    earlier = {each.record.version: each.record.generated for each in published_of(project, period)}
    newest = max(earlier, key=rank, default="")
    unsaid = {*sorted(earlier, key=rank)[1:], wanted} - {each.version for each in edition.corrections}
    if not VERSION.fullmatch(wanted):
        code, message, hint = "E607", f"'{wanted}' is no version", "write numbers with full stops, such as 1.0 or 1.1"
    elif wanted != edition.version:
        code, message = "E607", f"the version here is {edition.version}, not {wanted}"
        hint = f'write version: "{wanted}", so that the report says so too, or publish {edition.version}'
    elif newest and rank(wanted) <= rank(newest):
        code, message = "E606", f"{period.words} is published as version {newest}, which is never changed"
        hint = f"a correction needs a higher version, such as {_next(newest)}"
    elif newest and unsaid:
        said = min(unsaid, key=rank)
        code, message = "E608", f"version {said} corrects an earlier one, but what it changed is not said"
        hint = f'add under corrections: - version: "{said}", and below it changed: and a sentence for the cover'
    elif newest and moment(edition.generated) <= earlier[newest]:
        code, message = "E610", f"generated is not later than that of version {newest}, {earlier[newest]}"
        hint = "write the day and time of this version, such as 2018-06-28 09:00"
    if code:
        raise InputError([Problem(place, code, message, hint)])


def _next(newest: str) -> str:
    """Return the version that comes after another: 1.1 after 1.0."""
    *first, last = rank(newest)
    return ".".join(map(str, (*(first or (last,)), last + 1 if first else 1)))


def _inputs(project: Project, scorecard: Scorecard) -> Iterator[tuple[str, Path]]:
    """Yield every file that the edition is made from, with its path in the project."""
    period, starts = scorecard.period, scorecard.settings.report.year_starts
    paths = [project.indicators, *values_read(project, scorecard), project.edition(period)]
    paths += [each.path for each in scorecard.appendices]
    own, shipped = project.templates
    if own.is_dir() and not own.samefile(shipped):
        paths += sorted(path for path in own.rglob("*") if path.is_file())
    if scorecard.record and scorecard.earlier:
        paths.append(project.out(scorecard.earlier, ENDING))
    for each, _ in published_before(project, starts, period, scorecard.edition, []):
        paths.append(project.publication(each.record.period, each.record.version) / MANIFEST)
    for path in paths:
        if path.exists():
            yield project.shown(path), path
