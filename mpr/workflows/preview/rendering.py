"""What the preview shows of the files as they stand: the report, or what keeps it from being made.

It is the flow of a build, without writing anything but the pictures that are kept for the next one.
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
from mpr.render.charts import cached_charts
from mpr.render.charts.cached_charts import NO_SVGS, ChartSvgs
from mpr.render.html import page as html
from mpr.render.html import preview_page
from mpr.report.assemble import assemble_pages
from mpr.report.model.appendix import Appendix
from mpr.workflows.check import check_period
from mpr.workflows.preview.page_diff import PageParts, split_page

Attachments = Mapping[Appendix, bytes]
NO_ATTACHMENTS: Attachments = MappingProxyType({})
RETURN_NOTE = "Mend and save: the report comes back by itself."


@dataclass(frozen=True)
class PreviewPage:
    """A page with its version; `printed` is the page for the PDF and `drawn` holds the charts, where there is a report.

    `attached` are the PDFs of its appendices.

    Two pages of one version are alike, and so are their PDFs.
    """

    html: str
    version: str
    print_html: str = ""
    charts: ChartSvgs = field(default_factory=dict)
    attachments: Attachments = field(default_factory=dict)

    @cached_property
    def parts(self) -> PageParts:
        """The page in parts, to be held against the one before and the next."""
        return split_page(self.html)


def render_preview(project: Project, period: str, drawn_before: ChartSvgs, memo: NoCache = NO_CACHE) -> PreviewPage:
    """Show the report of a period, or else its problems; what was drawn and kept before is not made again."""
    try:
        checked = check_period(project, period, memo)
        report = assemble_pages(checked.scorecard)
        charts = cached_charts.load_or_draw(report.charts, project, drawn_before)
        screen_html, print_html = html.render_report(report, charts, project, memo=memo)
    except InputError as error:
        return add_version(render_problems(project, error.problems, RETURN_NOTE), charts=drawn_before)
    warnings = _build_troubles(project, checked.warnings)
    title = format_count(len(warnings), "warning") if warnings else ""
    page = preview_page.add_bar(screen_html, format_pdf_name(period), title, warnings)
    report_charts = {chart: charts[chart.anchor] for chart in report.charts}
    attachments = dict(
        zip(report.appendices, (appendix.data for appendix in checked.scorecard.appendices), strict=True)
    )
    return add_version(
        page, print_html, html.render_print_frame_and_styles(report, project), report_charts, attachments
    )


def format_pdf_name(period: str) -> str:
    """Return the name of a period's PDF."""
    return f"mpr-{period}.pdf"


def render_problems(project: Project, problems: Iterable[Problem], text: str) -> str:
    """Return the page of some problems, errors first; `text` says what comes of mending them."""
    problems = sorted(problems, key=lambda problem: problem.severity is Severity.WARNING)
    title = f"{format_count(sum(problem.severity is Severity.ERROR for problem in problems), 'thing')} to mend"
    return preview_page.render_problem_page(title, text, _build_troubles(project, problems))


def render_fault(error: BaseException, product: str = "report") -> str:
    """Return the page that says why something could not be made, where that is no fault of the input."""
    if isinstance(error, EnvironmentFault):
        return preview_page.render_problem_page(f"The {product} could not be made", f"{error}.", ())
    text = (
        "mpr met a fault of its own, not of your data. What is known of it is told where mpr preview was started. The"
        " preview goes on, and tries again when the next file is saved."
    )
    return preview_page.render_problem_page(f"The {product} could not be made", text, ())


def add_version(
    page_html: str,
    print_html: str = "",
    print_frame: str = "",
    charts: ChartSvgs = NO_SVGS,
    attachments: Attachments = NO_ATTACHMENTS,
) -> PreviewPage:
    """Give a page its version, made of the page, what stands around the same body in print, and the appendices."""
    checksum = hashlib.sha256(page_html.encode())
    checksum.update(f"\0{print_frame}\0".encode())
    for data in attachments.values():
        checksum.update(data)
    version = checksum.hexdigest()[:16]
    return PreviewPage(preview_page.add_version(page_html, version), version, print_html, charts, attachments)


def _build_troubles(project: Project, problems: Iterable[Problem]) -> list[preview_page.PreviewProblem]:
    """Return problems with what stands around them in their files, each of which is read once."""
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
    """Return the path of a file as officers know it; a template may be one of those that `mpr` ships."""
    project_folder, _, name = file.partition("templates/")
    return project.get_template_path(name) if name and not project_folder else project.root / file
