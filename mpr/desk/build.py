"""`mpr build`: from the officers' files to the report, whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mpr.desk.check import check
from mpr.desk.files import write
from mpr.load.pack import Choice, chosen
from mpr.load.record import ENDING, as_json
from mpr.load.scorecard import Scorecard
from mpr.problem import Problem
from mpr.project import Project
from mpr.report.assemble import assemble
from mpr.report.figures import record
from mpr.report.model import Count, Report

FORMATS = ("html", "pdf")


@dataclass(frozen=True)
class Made:
    """A report that was made: whose pack it is (empty for the whole), its files, pages (0 without a PDF) and counts."""

    pack: str
    files: dict[Path, bytes]
    pages: int
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Built:
    """What a build made, and the warnings."""

    reports: tuple[Made, ...]
    warnings: tuple[Problem, ...]


def build(
    project: Project, period: str, formats: tuple[str, ...], stage: Callable[[str], None], choice: Choice | None = None
) -> Built:
    """Make a period's report in some formats, or the packs that are chosen of it; `stage` is told what is being done.

    Raises InputError for a fault of the input, EnvironmentFault where the machine lacks something.
    """
    stage("loading")
    checked = check(project, period)
    wanted = of_choice(project, checked.scorecard, choice)
    reports = tuple(make(project, each, formats, stage) for each in wanted)
    files = {path: data for each in reports for path, data in each.files.items()}
    if not choice:
        files[project.out(period, ENDING)] = as_json(record(checked.scorecard)).encode()
    stage("writing")
    write(files, project)
    return Built(reports, checked.warnings)


def of_choice(project: Project, scorecard: Scorecard, choice: Choice | None) -> tuple[Scorecard, ...]:
    """Return the scorecard of each pack that is chosen, or the whole one where no choice is made."""
    if not choice:
        return (scorecard,)
    indicators = project.shown(project.indicators)
    packs = chosen(choice, scorecard.settings.groupings, scorecard.indicators, indicators)
    return tuple(scorecard.of(each) for each in packs)


def make(project: Project, scorecard: Scorecard, formats: tuple[str, ...], stage: Callable[[str], None]) -> Made:
    """Make the report of a scorecard, whole or a pack, and write nothing."""
    of = f"{scorecard.pack.title}: " if scorecard.pack else ""
    stage(f"{of}assembling")
    report = assemble(scorecard)
    made, pages = _render(project, report, formats, lambda what: stage(f"{of}{what}"))
    name = scorecard.pack.file if scorecard.pack else ""
    files = {project.out(scorecard.period, each, name): made[each] for each in formats}
    return Made(report.edition.pack, files, pages, report.cover.counts)


def _render(
    project: Project, report: Report, formats: tuple[str, ...], stage: Callable[[str], None]
) -> tuple[dict[str, bytes], int]:
    """Return a report's files by their formats, and its pages."""
    stage("charts")
    from mpr.render import html, pictures  # noqa: PLC0415 - only a build that can go on pays for Jinja and Altair

    charts = pictures.of(report.charts, project)
    stage("HTML")
    screen, printed = html.render(report, charts, project)
    files, pages = {"html": screen.encode()}, 0
    if "pdf" in formats:
        stage("PDF")
        from mpr.render import pdf  # noqa: PLC0415 - the page for the screen needs no WeasyPrint

        files["pdf"], pages = pdf.render(printed, project)
    return files, pages
