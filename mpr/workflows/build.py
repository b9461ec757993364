"""`mpr build`: make the report from the officers' files, all of it or nothing."""

import gc
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from pathlib import Path

from mpr.load.editions.record import RECORD_SUFFIX, format_record
from mpr.load.scope import ScopeChoice, select_scopes
from mpr.load.scorecard import Scorecard
from mpr.problem import EnvironmentFault, InputError, Problem
from mpr.project import Project
from mpr.render.formats.interface import RenderRequest
from mpr.render.formats.registry import FORMATS
from mpr.render.workers import run_workers
from mpr.report.assemble import assemble_report
from mpr.report.model.report import Count
from mpr.report.printed_figures import build_record
from mpr.workflows.check import check_period
from mpr.workflows.transaction import write_transaction


@dataclass(frozen=True)
class BuiltReport:
    """A report: its period, its scope's title (empty for the whole report), and its files by path.

    `pages` is the number of pages of the PDF, 0 without one; `counts` says how many indicators have which outcome.
    """

    period: str
    scope: str
    files: dict[Path, bytes]
    pages: int
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class BuildResult:
    """The reports that were made, the warnings, and the problems that stopped any others."""

    reports: tuple[BuiltReport, ...]
    warnings: tuple[Problem, ...]
    problems: tuple[Problem, ...] = ()


def build_reports(  # noqa: PLR0913 - what to make, and how
    project: Project,
    periods: Sequence[str],
    formats: Collection[str],
    announce: Callable[[str], None],
    *,
    choice: ScopeChoice | None = None,
    jobs: int = 1,
) -> BuildResult:
    """Make and write the reports of periods, or the parts of them that `choice` selects, in the formats named.

    Each report is written completely or not at all. `announce` is called with each stage as it begins; up to `jobs`
    processes make several reports at once. Raises InputError if the input is at fault and no report could be made,
    EnvironmentFault if the machine lacks something.
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
            record_files = {} if choice else _build_record_file(project, scorecard)
            with write_transaction(project) as write:
                write(result.files | record_files)
            reports.append(result)
        else:
            problems |= dict.fromkeys(result)
    if problems and not reports:
        raise InputError(problems)
    return BuildResult(tuple(reports), tuple(warnings), tuple(problems))


def _build_record_file(project: Project, scorecard: Scorecard) -> dict[Path, bytes]:
    """Return the file that records which figures the report prints, by its path."""
    path = project.get_report_path(scorecard.period, RECORD_SUFFIX)
    return {path: format_record(build_record(scorecard)).encode()}


def _select_scopes(project: Project, scorecard: Scorecard, choice: ScopeChoice | None) -> tuple[Scorecard, ...]:
    """Return a scorecard for each scope selected, or the whole scorecard without a choice."""
    if not choice:
        return (scorecard,)
    indicators_file = project.display_path(project.indicators_path)
    scopes = select_scopes(choice, scorecard.settings.groupings, scorecard.indicators, indicators_file)
    return tuple(scorecard.restrict_to(scope) for scope in scopes)


def build_each_report(
    project: Project,
    scorecards: Sequence[Scorecard],
    formats: Collection[str],
    announce: Callable[[str], None],
    jobs: int,
) -> Iterator[tuple[Scorecard, BuiltReport | list[Problem]]]:
    """Yield each scorecard, in order, with its report or with the problems that stopped it.

    Raises EnvironmentFault if the machine lacks something, or a worker process was ended from outside.
    """
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
    project: Project, scorecard: Scorecard, formats: Collection[str], announce: Callable[[str], None] = lambda _: None
) -> BuiltReport | list[Problem]:
    """Return a report, or its problems: an InputError cannot be sent from one process to another."""
    try:
        return build_report(project, scorecard, formats, announce)
    except InputError as error:
        return error.problems
    finally:
        gc.collect()  # garbage collection is off while a report is made


def build_report(
    project: Project, scorecard: Scorecard, formats: Collection[str], announce: Callable[[str], None]
) -> BuiltReport:
    """Make the report of a scorecard, whole or restricted to a scope, without writing it.

    Raises InputError if the report cannot be rendered, EnvironmentFault if the machine lacks something.
    """
    prefix = f"{scorecard.scope.title}: " if scorecard.scope else ""
    announce(f"{prefix}assembling")
    report = assemble_report(scorecard)
    path = project.get_report_path(scorecard.period, "html", scorecard.scope.file_stem if scorecard.scope else "")
    wanted = [report_format for name, report_format in FORMATS.items() if name in formats]
    request = RenderRequest(
        report=report,
        project=project,
        appendix_files=scorecard.appendices,
        file_stem=path.stem,
        links={f"{path.stem}.{each.name}": each.link_text for each in wanted if each.link_text},
        announce=lambda stage: announce(f"{prefix}{stage}"),
    )
    announce(f"{prefix}data")
    pages_last = sorted(wanted, key=lambda report_format: not report_format.link_text)
    rendered_by_name = {report_format.name: report_format.render(request) for report_format in pages_last}
    rendered = [rendered_by_name[report_format.name] for report_format in wanted]
    files = {path.with_name(name): content for each in rendered for name, content in each.files.items()}
    page_count = sum(each.page_count for each in rendered)
    return BuiltReport(report.edition.period, report.edition.pack, files, page_count, report.cover.counts)
