"""`mpr build`: from the officers' files to the report, whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mpr.desk.check import check
from mpr.desk.files import alone
from mpr.load.record import ENDING, as_json
from mpr.problem import Problem
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
    with alone(project) as write:
        write(paths | kept)
    return Built(tuple(paths), pages, report.cover.counts, checked.warnings)
