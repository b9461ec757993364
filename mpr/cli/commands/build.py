"""The command `mpr build`: its options and what it prints."""

import gc
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Annotated

import typer

from mpr.cli.console import BAD_INPUT, out, print_problems, show_progress
from mpr.cli.options import DEFAULT_JOBS, JobsOption, PeriodsArgument, list_period_names
from mpr.load.scope import ScopeChoice
from mpr.measure.formatting import format_count
from mpr.project import Project
from mpr.render.formats.registry import FORMATS
from mpr.workflows.build import BuiltReport, build_reports


def parse_format(text: str) -> str:
    """Return the name of a format; raise BadParameter if there is none of this name."""
    if text not in FORMATS:
        message = f"'{text}' is not one of the formats {', '.join(FORMATS)}"
        raise typer.BadParameter(message)
    return text


FormatOption = Annotated[
    str | None,
    typer.Option("--format", parser=parse_format, metavar=f"<{'|'.join(FORMATS)}>", help="Build only this format."),
]


def run_build(  # noqa: PLR0913 - each an option of the command
    context: typer.Context,
    period: PeriodsArgument,
    only_format: FormatOption = None,
    *,
    committee: Annotated[str | None, typer.Option(metavar="NAME", help="Build only this committee's part.")] = None,
    department: Annotated[str | None, typer.Option(metavar="NAME", help="Build only this department's part.")] = None,
    aim: Annotated[str | None, typer.Option(metavar="NAME", help="Build only this aim's part.")] = None,
    all_committees: Annotated[bool, typer.Option("--all-committees", help="Build a part for each committee.")] = False,
    all_departments: Annotated[
        bool, typer.Option("--all-departments", help="Build a part for each department.")
    ] = False,
    all_aims: Annotated[bool, typer.Option("--all-aims", help="Build a part for each aim.")] = False,
    jobs: JobsOption = DEFAULT_JOBS,
    open_result: Annotated[bool, typer.Option("--open", help="Open the report once it is built.")] = False,
    timings: Annotated[bool, typer.Option("--timings", help="Print how long each stage took.")] = False,
) -> None:
    """Build a period's report as a web page, a PDF and data files.

    Writes out/PERIOD/mpr-PERIOD.html, .pdf, .xlsx, .csv and .json, or the parts that you choose.
    """
    start = time.perf_counter()
    stage_starts = [("starting", start - time.process_time())]  # so far, the process has only loaded itself
    gc.disable()  # garbage collection would cost a fifth of the time, and the process is short
    project: Project = context.obj
    choice = _build_scope_choice(
        {"committee": committee, "department": department, "aim": aim},
        {"committee": all_committees, "department": all_departments, "aim": all_aims},
    )
    period_names = list_period_names(period)
    with show_progress() as show_stage:

        def begin_stage(stage: str) -> None:
            stage_starts.append((stage, time.perf_counter()))
            show_stage(stage)

        formats = (only_format,) if only_format else tuple(FORMATS)
        built = build_reports(project, period_names, formats, begin_stage, choice=choice, jobs=jobs)
    end = time.perf_counter()
    print_problems(built.warnings)
    paths = [path for report in built.reports for path in report.files]
    existing = () if choice else (path for name in period_names for path in project.list_report_files(name))
    leftovers = [project.display_path(path) for path in existing if path not in paths]
    for line in _describe_build(project, built.reports, leftovers, many=len(period_names) > 1):
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


def _build_scope_choice(names: Mapping[str, str | None], all_requested: Mapping[str, bool]) -> ScopeChoice | None:
    """Return which parts were requested, or None for the whole report."""
    if blank := [kind for kind, name in names.items() if name is not None and not name.strip()]:
        message = f"which {blank[0]}? write a part of its name, or --all-{blank[0]}s"
        raise typer.BadParameter(message)
    choices = [ScopeChoice(kind, name) for kind, name in names.items() if name]
    choices += [ScopeChoice(kind) for kind, is_requested in all_requested.items() if is_requested]
    if len(choices) > 1:
        message = "choose one kind of part at a time: by committee, by department or by aim"
        raise typer.BadParameter(message)
    return choices[0] if choices else None


def _describe_build(
    project: Project, reports: Sequence[BuiltReport], leftovers: Iterable[str], *, many: bool
) -> Iterator[str]:
    """Yield the files that were made, the files left from earlier builds, and a summary of each report."""
    for report in reports:
        yield from map(project.display_path, report.files)
    for path in leftovers:
        yield f"{path} is left from an earlier build"
    for report in reports:
        yield _summarise_report(report, many=many)


def _summarise_report(report: BuiltReport, *, many: bool) -> str:
    """Return a report's outcomes and pages, with its period if `many`: `Place Scrutiny: 2 red, 6 green; 10 pages`."""
    outcome_counts = ", ".join(f"{count.number} {count.rating.word.lower()}" for count in report.counts)
    pages = format_count(report.pages, "page") if report.pages else ""
    label = ", ".join(filter(None, [report.period if many else "", report.scope]))
    return (f"{label}: " if label else "") + "; ".join(filter(None, [outcome_counts, pages]))


def _format_timings(stage_starts: Sequence[tuple[str, float]], end: float) -> Iterator[str]:
    """Yield a line for each stage and one for the total: seconds, and the share of the total."""
    total = end - stage_starts[0][1]
    width = max(len(stage) for stage, _ in stage_starts)
    for (stage, start), (_, next_start) in pairwise([*stage_starts, ("", end)]):
        yield f"{stage:{width}}{next_start - start:8.2f} s{(next_start - start) / total:6.0%}"
    yield f"{'together':{width}}{total:8.2f} s{1:6.0%}"
