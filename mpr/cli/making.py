"""The commands that make something of a project: the report, its preview, and what the machine needs for it."""

import gc
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from mpr.cli.console import (
    BAD_INPUT,
    BAD_MACHINE,
    OutputFormat,
    OutputFormatOption,
    PeriodArgument,
    PeriodsArgument,
    err,
    list_period_names,
    out,
    parse_period_name,
    print_problems,
    show_progress,
    write_crash_log,
)
from mpr.load.scope import ScopeChoice
from mpr.measure.formatting import format_count
from mpr.project import Project
from mpr.workflows.build import FORMATS, BuiltReport, build_reports
from mpr.workflows.publish import publish_edition
from mpr.workflows.verify import verify_edition

DEFAULT_JOBS = min(4, os.cpu_count() or 1)  # beyond, memory is what there is too little of
JobsOption = Annotated[int, typer.Option(min=1, help="How many reports to make at once.")]


class ReportFormat(StrEnum):
    """What a build can make."""

    HTML = FORMATS[0]
    PDF = FORMATS[1]
    XLSX = FORMATS[2]
    CSV = FORMATS[3]
    JSON = FORMATS[4]


def run_build(  # noqa: PLR0913 - each an option of the command
    context: typer.Context,
    period: PeriodsArgument,
    only_format: Annotated[ReportFormat | None, typer.Option("--format", help="Make this one only.")] = None,
    *,
    committee: Annotated[str | None, typer.Option(metavar="NAME", help="Make this committee's part.")] = None,
    department: Annotated[str | None, typer.Option(metavar="NAME", help="Make this department's part.")] = None,
    aim: Annotated[str | None, typer.Option(metavar="NAME", help="Make this aim's part.")] = None,
    all_committees: Annotated[bool, typer.Option("--all-committees", help="Make a part for each committee.")] = False,
    all_departments: Annotated[
        bool, typer.Option("--all-departments", help="Make a part for each department.")
    ] = False,
    all_aims: Annotated[bool, typer.Option("--all-aims", help="Make a part for each aim.")] = False,
    jobs: JobsOption = DEFAULT_JOBS,
    open_result: Annotated[bool, typer.Option("--open", help="Open what was made.")] = False,
    timings: Annotated[bool, typer.Option("--timings", help="Say how long each stage took.")] = False,
) -> None:
    """Make a period's report, out/PERIOD/mpr-PERIOD.html and .pdf with the figures as data, or parts; or many."""
    start = time.perf_counter()
    stage_starts = [
        ("starting", start - time.process_time())
    ]  # until here the process has done nothing but load itself
    gc.disable()  # the process is short, and looking for garbage costs it a fifth of its time
    project: Project = context.obj
    scope_choice = _build_scope_choice(
        {"committee": committee, "department": department, "aim": aim},
        {"committee": all_committees, "department": all_departments, "aim": all_aims},
    )
    with show_progress() as show_stage:

        def begin_stage(stage: str) -> None:
            stage_starts.append((stage, time.perf_counter()))
            show_stage(stage)

        period_names = list_period_names(period)
        built = build_reports(
            project,
            period_names,
            (only_format,) if only_format else FORMATS,
            begin_stage,
            choice=scope_choice,
            jobs=jobs,
        )
    end = time.perf_counter()
    print_problems(built.warnings)
    paths = [path for report in built.reports for path in report.files]
    leftover_paths = (
        ()
        if scope_choice
        else (
            path for period_name in period_names for path in project.list_report_files(period_name) if path not in paths
        )
    )
    for line in _describe_build(project, built.reports, leftover_paths, many=len(period_names) > 1):
        out.print(line)
    out.print(f"{end - start:.1f} seconds")
    if timings:
        for line in _format_timings(stage_starts, end):
            out.print(line)
    if open_result:
        pages = [path for path in paths if path.suffix in {".html", ".pdf"}]
        typer.launch(str((pages or paths)[-1]))
    if built.problems:
        print_problems(built.problems)
        raise typer.Exit(BAD_INPUT)


def _describe_build(
    project: Project, reports: Sequence[BuiltReport], leftover_paths: Iterable[Path], *, many: bool
) -> Iterator[str]:
    """Yield the files that were made, those that are left from before, and how each report stands."""
    for report in reports:
        yield from map(project.display_path, report.files)
    for path in leftover_paths:
        yield f"{project.display_path(path)} is left from an earlier build"
    for report in reports:
        yield _describe_report(report, many=many)


def _format_timings(stage_starts: Sequence[tuple[str, float]], end: float) -> Iterator[str]:
    """Yield a line for each stage and one for all: the seconds until the next one was begun, and their share."""
    total = end - stage_starts[0][1]
    width = max(len(stage) for stage, _ in stage_starts)
    for (stage, start), (_, next_start) in pairwise([*stage_starts, ("", end)]):
        yield f"{stage:{width}}{next_start - start:8.2f} s{(next_start - start) / total:6.0%}"
    yield f"{'together':{width}}{total:8.2f} s{1:6.0%}"


def _build_scope_choice(names: Mapping[str, str | None], all_requested: Mapping[str, bool]) -> ScopeChoice | None:
    """Return which packs are asked for, None where it is the whole report."""
    if blank := [kind for kind, name in names.items() if name is not None and not name.strip()]:
        message = f"which {blank[0]}? write a part of its name, or --all-{blank[0]}s"
        raise typer.BadParameter(message)
    choices = [ScopeChoice(kind, name) for kind, name in names.items() if name]
    choices += [ScopeChoice(kind) for kind, is_requested in all_requested.items() if is_requested]
    if len(choices) > 1:
        message = "the parts of one kind at a time: those of a committee, of a department or of an aim"
        raise typer.BadParameter(message)
    return choices[0] if choices else None


def _describe_report(report: BuiltReport, *, many: bool) -> str:
    """Say how a report stands: `Place Scrutiny: 2 red, 6 green; 10 pages`; one of many periods, of which it is."""
    outcome_counts = ", ".join(f"{count.number} {count.rating.word.lower()}" for count in report.counts)
    pages = format_count(report.pages, "page") if report.pages else ""
    label = ", ".join(filter(None, [report.period if many else "", report.scope]))
    return (f"{label}: " if label else "") + "; ".join(filter(None, [outcome_counts, pages]))


def run_publish(
    context: typer.Context,
    period: PeriodArgument,
    version: Annotated[str, typer.Option("--version", metavar="VERSION", help="The version, as in the month's file.")],
    jobs: JobsOption = DEFAULT_JOBS,
) -> None:
    """Freeze a report and its parts under a version: out/published/PERIOD-vVERSION."""
    project: Project = context.obj
    with show_progress() as show_stage:
        published = publish_edition(project, period, version, show_stage, jobs)
    print_problems(published.warnings)
    folder = project.display_path(published.folder)
    for name in published.files:
        out.print(f"{folder}/{name}")
    out.print(f"Version {version} is published. mpr verify {folder} makes it again and compares.")


def run_verify(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="out/published/2018-05-v1.0, or a copy of it.")],
    jobs: JobsOption = DEFAULT_JOBS,
) -> None:
    """Say whether a published edition is as it was, and is what its source makes."""
    with show_progress() as show_stage:
        verified = verify_edition(folder, show_stage, jobs)
    for sentence in verified.differences:
        out.print(sentence)
    if verified.differences:
        for sentence in verified.version_differences:
            out.print(sentence)
        out.print(f"{folder} is not as it was published. Do not hand it out; put back a copy of what it was.")
        raise typer.Exit(BAD_INPUT)
    out.print(
        f"{folder}: all {verified.file_count} files are as they were published, and made again they are the same."
    )


def run_preview(
    context: typer.Context,
    period: Annotated[
        str | None,
        typer.Argument(parser=parse_period_name, metavar="[PERIOD]", help="2018-05; the newest, if none is named."),
    ] = None,
    *,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Show the report in the browser, and show it anew whenever a file is saved; Ctrl+C ends it."""
    from mpr.workflows.preview.server import serve_preview  # noqa: PLC0415 - only the preview pays for a server and Altair

    def announce_address(address: str) -> None:
        out.print(f"{address} shows the report until you press Ctrl+C here")
        if open_browser:
            typer.launch(address)

    def report_fault(error: BaseException) -> None:
        err.print(f"mpr met a fault of its own, not of your data{write_crash_log(error)}")

    serve_preview(context.obj, period, announce_address, report_fault)
    out.print("the preview has ended")


def run_doctor(context: typer.Context, output_format: OutputFormatOption = OutputFormat.TEXT) -> None:
    """Say whether this machine has what a report needs, and the cure for what it lacks."""
    from mpr.workflows.doctor import PartState, describe_verdict, examine_machine  # noqa: PLC0415 - it looks into the room of the renderers

    findings = examine_machine(context.obj)
    if output_format is OutputFormat.JSON:
        out.print_json(data=[asdict(finding) for finding in findings])
    else:
        for finding in findings:
            out.print(
                f"{finding.state:10}{finding.part}: {finding.detail}" + (f"; {finding.cure}" if finding.cure else "")
            )
        out.print(describe_verdict(findings))
    if any(finding.state is PartState.MISSING for finding in findings):
        raise typer.Exit(BAD_MACHINE)
