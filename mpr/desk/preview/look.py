"""What the preview shows of the files as they stand: the report, or what keeps it from being made.

It is the flow of a build, without writing anything.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mpr.desk.check import check
from mpr.load.excerpt import excerpt, where
from mpr.measure.words import plural
from mpr.problem import EnvironmentFault, InputError, Problem, Severity
from mpr.project import Project
from mpr.render import chart, html, preview
from mpr.report.assemble import assemble

PICTURES = Mapping[chart.Chart, str]


@dataclass(frozen=True)
class Shown:
    """A page with its version; `printed` is the page for the PDF and `drawn` holds the charts, where there is a report.

    Two pages of one version are alike, and so are their PDFs.
    """

    page: str
    version: str
    printed: str = ""
    drawn: PICTURES = field(default_factory=dict)


def look(project: Project, period: str, drawn: PICTURES) -> Shown:
    """Show the report of a period, or else its problems; charts that were drawn before are not drawn again."""
    try:
        checked = check(project, period)
        report = assemble(checked.scorecard)
        charts = chart.draw(report.charts, project.template("fonts"), drawn)
        screen, printed = html.render(report, charts, project)
    except InputError as error:
        return _shown(problems(project, error.problems), drawn=drawn)
    warnings = [_trouble(project, each) for each in checked.warnings]
    title = plural(len(warnings), "warning") if warnings else ""
    page = preview.with_bar(screen, pdf(period), title, warnings)
    kept = {each: charts[each.anchor] for each in report.charts}
    return _shown(page, printed, html.print_style(project), kept)


def pdf(period: str) -> str:
    """Return the name of a period's PDF."""
    return f"mpr-{period}.pdf"


def problems(project: Project, found: Iterable[Problem]) -> str:
    """Return the page of some problems, errors first."""
    found = sorted(found, key=lambda each: each.severity is Severity.WARNING)
    errors = sum(each.severity is Severity.ERROR for each in found)
    title = f"{plural(errors, 'thing')} to mend"
    text = "Mend and save: the report comes back by itself."
    return preview.in_its_place(title, text, [_trouble(project, each) for each in found])


def fault(error: BaseException) -> Shown:
    """Show why there is no report, where that is no fault of the input."""
    if isinstance(error, EnvironmentFault):
        return _shown(preview.in_its_place("This machine lacks something", f"{error}.", ()))
    text = (
        "mpr met a fault of its own, not of your data. What it knows of it stands where mpr preview was started. The"
        " preview goes on: it tries again when the next file is saved."
    )
    return _shown(preview.in_its_place("The report could not be made", text, ()))


def _shown(page: str, printed: str = "", style: str = "", drawn: PICTURES = chart.NONE) -> Shown:
    version = hashlib.sha256(f"{page}\0{printed}\0{style}".encode()).hexdigest()[:16]
    return Shown(preview.of_version(page, version), version, printed, drawn)


def _trouble(project: Project, problem: Problem) -> preview.Trouble:
    rows = excerpt(_path(project, problem.place.file), problem)
    return preview.Trouble(problem.severity, where(problem), problem.code, problem.message, problem.hint, rows)


def _path(project: Project, file: str) -> Path:
    """Return the path of a file as officers know it; a template may be one of those that `mpr` ships."""
    own, _, name = file.partition("templates/")
    return project.template(name) if name and not own else project.root / file
