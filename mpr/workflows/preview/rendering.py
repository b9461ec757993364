"""Renders the page that the preview shows: the report, or the problems that prevent it.

It follows the same steps as a build, but writes nothing except cached charts.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

from mpr.load.excerpt import build_excerpt, describe_place, read_contents
from mpr.measure.formatting import format_count
from mpr.memo import NO_CACHE, NoCache
from mpr.problem import EnvironmentFault, InputError, Problem, Severity
from mpr.project import Project
from mpr.render.charts.cached_charts import NO_SVGS, ChartSvgs, load_or_draw
from mpr.render.html import preview_page
from mpr.render.html.page import render_print_frame_and_styles, render_report
from mpr.report.assemble import assemble_pages
from mpr.report.model.appendix import Appendix
from mpr.workflows.check import check_period
from mpr.workflows.preview.page_diff import PageParts, split_page

Attachments = Mapping[Appendix, bytes]
NO_ATTACHMENTS: Attachments = MappingProxyType({})
RETURN_NOTE = "Correct the files and save them: the report then comes back by itself."


@dataclass(frozen=True)
class PreviewPage:
    """A page and its version: two pages of the same version are equal, and so are their PDFs.

    If the page is a report, `print_html` is the page for its PDF, `charts` has its charts, and `attachments` has the
    PDFs of its appendices.
    """

    html: str
    version: str
    print_html: str = ""
    charts: ChartSvgs = field(default_factory=dict)
    attachments: Attachments = field(default_factory=dict)

    @cached_property
    def parts(self) -> PageParts:
        """The page in parts, to compare it with the previous and the next one."""
        return split_page(self.html)


def render_preview(project: Project, period: str, drawn_before: ChartSvgs, memo: NoCache = NO_CACHE) -> PreviewPage:
    """Return the report of a period, or a page with its problems.

    `drawn_before` are charts of the previous page; `memo` caches what is made for each indicator.
    """
    try:
        checked = check_period(project, period, memo)
        report = assemble_pages(checked.scorecard)
        charts = load_or_draw(report.charts, project, drawn_before)
        screen_html, print_html = render_report(report, charts, project, memo=memo)
    except InputError as error:
        return add_version(render_problems(project, error.problems, RETURN_NOTE), charts=drawn_before)
    warnings = _build_troubles(project, checked.warnings)
    title = format_count(len(warnings), "warning") if warnings else ""
    page = preview_page.add_bar(screen_html, format_pdf_name(period), title, warnings)
    report_charts = {chart: charts[chart.anchor] for chart in report.charts}
    attachments = dict(
        zip(report.appendices, (appendix.data for appendix in checked.scorecard.appendices), strict=True)
    )
    print_frame = render_print_frame_and_styles(report, project)
    return add_version(page, print_html, print_frame, report_charts, attachments)


def format_pdf_name(period: str) -> str:
    """Return the file name of a period's PDF."""
    return f"mpr-{period}.pdf"


def render_problems(project: Project, problems: Iterable[Problem], text: str) -> str:
    """Return a page with problems, errors first, below `text`, which says what happens once they are corrected."""
    problems = sorted(problems, key=lambda problem: problem.severity is Severity.WARNING)
    title = f"{format_count(sum(problem.severity is Severity.ERROR for problem in problems), 'thing')} to correct"
    return preview_page.render_problem_page(title, text, _build_troubles(project, problems))


def render_fault(error: BaseException, product: str = "report") -> str:
    """Return a page that says why a product could not be made for another reason than the input."""
    if isinstance(error, EnvironmentFault):
        return preview_page.render_problem_page(f"The {product} could not be made", f"{error}.", ())
    text = (
        "There was a fault in mpr, not in your data. You find the details where you started mpr preview. The preview"
        " keeps running, and tries again when you save a file."
    )
    return preview_page.render_problem_page(f"The {product} could not be made", text, ())


def add_version(
    page_html: str,
    print_html: str = "",
    print_frame: str = "",
    charts: ChartSvgs = NO_SVGS,
    attachments: Attachments = NO_ATTACHMENTS,
) -> PreviewPage:
    """Return a page with its version, a hash of the page, its frame and styles in print, and its appendices."""
    checksum = hashlib.sha256(page_html.encode())
    checksum.update(f"\0{print_frame}\0".encode())
    for data in attachments.values():
        checksum.update(data)
    version = checksum.hexdigest()[:16]
    return PreviewPage(preview_page.add_version(page_html, version), version, print_html, charts, attachments)


def _build_troubles(project: Project, problems: Iterable[Problem]) -> list[preview_page.PreviewProblem]:
    """Return problems with an excerpt of their files around each, reading each file once."""
    read_lines = cache(lambda file: read_contents(_resolve_path(project, file)))
    return [
        preview_page.PreviewProblem(
            problem.severity,
            describe_place(problem),
            problem.code,
            problem.message,
            problem.hint,
            build_excerpt(read_lines(problem.place.file), problem),
        )
        for problem in problems
    ]


def _resolve_path(project: Project, file: str) -> Path:
    """Return the path of a file from its display path; a template may be one of those that `mpr` ships."""
    project_folder, _, name = file.partition("templates/")
    return project.get_template_path(name) if name and not project_folder else project.root / file
