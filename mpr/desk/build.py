"""`mpr build`: from the officers' files to the report, whole or not at all."""

import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mpr.desk.check import check
from mpr.load.record import ENDING, as_json
from mpr.problem import InputError, Place, Problem
from mpr.project import Project
from mpr.report.assemble import assemble
from mpr.report.figures import record
from mpr.report.model import Count

FORMATS = ("html", "pdf")


@dataclass(frozen=True)
class Built:
    """What a build made: the files, their pages (0 without a PDF), the counts by outcome, the warnings."""

    paths: tuple[Path, ...]
    pages: int
    counts: tuple[Count, ...]
    warnings: tuple[Problem, ...]


def build(project: Project, period: str, formats: tuple[str, ...], stage: Callable[[str], None]) -> Built:
    """Make a period's report in some formats; `stage` is told what is being done.

    Raises InputError for a fault of the input, EnvironmentFault where the machine lacks something.
    """
    stage("loading")
    checked = check(project, period)
    report = assemble(checked.scorecard)
    stage("charts")
    from mpr.render import chart, html  # noqa: PLC0415 - only a build that can go on pays for Altair

    charts = chart.draw(report.charts, project.template("fonts"))
    stage("HTML")
    screen, printed = html.render(report, charts, project)
    files = {"html": screen.encode()}
    pages = 0
    if "pdf" in formats:
        stage("PDF")
        from mpr.render import pdf  # noqa: PLC0415 - the page for the screen needs no WeasyPrint

        files["pdf"], pages = pdf.render(printed, project)
    paths = {project.out(period, each): files[each] for each in formats}
    kept = {project.out(period, ENDING): as_json(record(checked.scorecard)).encode()}
    _write(paths | kept, project)
    return Built(tuple(paths), pages, report.cover.counts, checked.warnings)


def _write(files: Mapping[Path, bytes], project: Project) -> None:
    """Put all files in place once all are written; where one cannot be, put the last good ones back."""
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


def _beside(path: Path, ending: str) -> Path:
    """Return the hidden file beside a file that holds its next or its last content."""
    return path.with_name(f".{path.name}.{ending}")
