"""`mpr build`: from the officers' files to the report, whole or not at all."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from pathlib import Path

from mpr.load.editions.record import RECORD_SUFFIX, format_record
from mpr.load.scope import ScopeChoice, select_scopes
from mpr.load.scorecard import Scorecard
from mpr.problem import EnvironmentFault, InputError, Problem
from mpr.project import Project
from mpr.render.workers import run_workers
from mpr.report.assemble import assemble_report
from mpr.report.model.report import Count, Report
from mpr.report.printed_figures import build_record
from mpr.workflows.check import check_period
from mpr.workflows.transaction import write_transaction

FORMATS = ("html", "pdf", "xlsx", "csv", "json")
DATA_FORMATS = {"xlsx": "Spreadsheet (XLSX)", "csv": "CSV", "json": "JSON"}  # what the page calls them
CSV_DESCRIPTOR = "csv-metadata.json"  # as CSV on the Web has it


@dataclass(frozen=True)
class BuiltReport:
    """A report that was made: its period, whose pack it is (empty for the whole), its files, pages and counts.

    Without a PDF there are 0 pages.
    """

    period: str
    scope: str
    files: dict[Path, bytes]
    pages: int
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class BuildResult:
    """What a build made, the warnings, and the problems that kept reports from being made while others were."""

    reports: tuple[BuiltReport, ...]
    warnings: tuple[Problem, ...]
    problems: tuple[Problem, ...] = ()


def build_reports(  # noqa: PLR0913 - what is asked for, and how
    project: Project,
    periods: Sequence[str],
    formats: tuple[str, ...],
    announce: Callable[[str], None],
    *,
    choice: ScopeChoice | None = None,
    jobs: int = 1,
) -> BuildResult:
    """Make the reports of periods in some formats, or the packs that are chosen of them, each whole or not at all.

    `stage` is told what is being done; more than one report are made in up to `jobs` processes. Raises InputError for
    a fault of the input where nothing can be made, EnvironmentFault where the machine lacks something.
    """
    warnings: dict[Problem, None] = {}
    problems: dict[Problem, None] = {}
    scorecards: list[Scorecard] = []
    for period in periods:
        announce("loading")
        try:
            checked = check_period(project, period)
            scorecards += _select_scopes(project, checked.scorecard, choice)
            warnings |= dict.fromkeys(checked.warnings)
        except InputError as error:
            problems |= dict.fromkeys(error.problems)
    reports = []
    for scorecard, result in build_each_report(project, scorecards, formats, announce, jobs):
        if isinstance(result, BuiltReport):
            announce("writing")
            record_files = (
                {}
                if choice
                else {
                    project.get_report_path(scorecard.period, RECORD_SUFFIX): format_record(
                        build_record(scorecard)
                    ).encode()
                }
            )
            with write_transaction(project) as write:
                write(result.files | record_files)
            reports.append(result)
        else:
            problems |= dict.fromkeys(result)
    if problems and not reports:
        raise InputError(problems)
    return BuildResult(tuple(reports), tuple(warnings), tuple(problems))


def _select_scopes(project: Project, scorecard: Scorecard, choice: ScopeChoice | None) -> tuple[Scorecard, ...]:
    """Return the scorecard of each pack that is chosen, or the whole one where no choice is made."""
    if not choice:
        return (scorecard,)
    indicators_file = project.display_path(project.indicators_path)
    scopes = select_scopes(choice, scorecard.settings.groupings, scorecard.indicators, indicators_file)
    return tuple(scorecard.restrict_to(scope) for scope in scopes)


def build_each_report(
    project: Project,
    scorecards: Sequence[Scorecard],
    formats: tuple[str, ...],
    announce: Callable[[str], None],
    jobs: int,
) -> Iterator[tuple[Scorecard, BuiltReport | list[Problem]]]:
    """Yield what is made of each scorecard, in their order: a report, or the problems that kept it from being made."""
    process_count = min(jobs, len(scorecards))
    if process_count <= 1:
        yield from ((scorecard, _try_build_report(project, scorecard, formats, announce)) for scorecard in scorecards)
        return
    with run_workers(process_count) as processes:
        futures = [processes.submit(_try_build_report, project, scorecard, formats) for scorecard in scorecards]
        for number, (scorecard, future) in enumerate(zip(scorecards, futures, strict=True), 1):
            scope_title = f" {scorecard.scope.title}," if scorecard.scope else ""
            announce(f"report {number} of {len(scorecards)}:{scope_title} {scorecard.period.full_name}")
            try:
                yield scorecard, future.result()
            except BrokenExecutor:
                message = "a process that was making a report was ended; close other programs, or try --jobs 1"
                raise EnvironmentFault(message) from None


def _try_build_report(
    project: Project, scorecard: Scorecard, formats: tuple[str, ...], announce: Callable[[str], None] = lambda _: None
) -> BuiltReport | list[Problem]:
    """Return a report, or the problems of an InputError, which does not pass from one process to another."""
    try:
        return build_report(project, scorecard, formats, announce)
    except InputError as error:
        return error.problems
    finally:
        gc.collect()  # a process that makes many reports does not look for garbage while it makes one


def build_report(
    project: Project, scorecard: Scorecard, formats: tuple[str, ...], announce: Callable[[str], None]
) -> BuiltReport:
    """Make the report of a scorecard, whole or a pack, and write nothing."""
    prefix = f"{scorecard.scope.title}: " if scorecard.scope else ""
    announce(f"{prefix}assembling")
    report = assemble_report(scorecard)
    attachments = dict(
        zip(report.appendices, (appendix_file.data for appendix_file in scorecard.appendices), strict=True)
    )
    scope_file = scorecard.scope.file_stem if scorecard.scope else ""
    paths = {
        ending: project.get_report_path(scorecard.period, ending, scope_file) for ending in (*FORMATS, CSV_DESCRIPTOR)
    }
    announce(f"{prefix}data")
    data = _render_data(report, formats, paths["csv"].name)
    links = {paths[ending].name: DATA_FORMATS[ending] for ending in DATA_FORMATS if ending in data}
    pages_by_format, page_count = _render_pages(
        project, report, formats, links, lambda step: announce(f"{prefix}{step}")
    )
    if attachments and "pdf" in formats:
        from mpr.render.attachments import appendices  # noqa: PLC0415 - only appendices pay for what joins PDFs

        pages_by_format["pdf"] = appendices.attach_appendices(pages_by_format["pdf"], attachments)
        page_count += sum(appendix_file.pages for appendix_file in scorecard.appendices)
    files = {
        paths["html"].with_name(attachment.file): pdf for attachment, pdf in attachments.items() if "html" in formats
    }
    files |= {paths[ending]: content for ending, content in (pages_by_format | data).items()}
    return BuiltReport(report.edition.period, report.edition.pack, files, page_count, report.cover.counts)


def _render_data(report: Report, formats: tuple[str, ...], csv_name: str) -> dict[str, bytes]:
    """Return a report's figures as data, by their formats; `csv` is the name of the CSV's file."""
    from mpr.render.formats import csv_export, json_export  # noqa: PLC0415 - only a build that can go on pays for what renders

    files: dict[str, bytes] = {}
    if "xlsx" in formats:
        from mpr.render.formats import xlsx_export  # noqa: PLC0415 - only a workbook pays for what writes it

        files["xlsx"] = xlsx_export.export_xlsx(report)
    if "csv" in formats:
        files[CSV_DESCRIPTOR] = csv_export.export_csv_metadata(report, csv_name).encode()
        files["csv"] = csv_export.export_csv(report).encode()
    if "json" in formats:
        files["json"] = json_export.export_json(report).encode()
    return files


def _render_pages(
    project: Project,
    report: Report,
    formats: tuple[str, ...],
    links: Mapping[str, str],
    announce: Callable[[str], None],
) -> tuple[dict[str, bytes], int]:
    """Return a report's page and PDF, as far as they are wanted, and the PDF's number of pages."""
    files: dict[str, bytes] = {}
    page_count = 0
    if not {"html", "pdf"} & set(formats):
        return files, page_count
    announce("charts")
    from mpr.render.charts import cached_charts  # noqa: PLC0415 - only a page pays for Jinja and Altair
    from mpr.render.html import page  # noqa: PLC0415 - only a page pays for Jinja and Altair

    charts = cached_charts.load_or_draw(report.charts, project)
    announce("HTML")
    screen_page, print_page = page.render_report(report, charts, project, links)
    if "html" in formats:
        files["html"] = screen_page.encode()
    if "pdf" in formats:
        announce("PDF")
        from mpr.render.pdf import document as pdf  # noqa: PLC0415 - the page for the screen needs no WeasyPrint

        files["pdf"], page_count = pdf.render_pdf(print_page, project)
    return files, page_count
