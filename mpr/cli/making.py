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

from mpr.cli.shell import (
    BAD_INPUT,
    BAD_MACHINE,
    PeriodArgument,
    PeriodsArgument,
    Told,
    ToldOption,
    as_period,
    err,
    kept,
    out,
    print_problems,
    progress,
    through,
)
from mpr.desk.build import FORMATS, Made, build
from mpr.desk.publish import publish
from mpr.desk.verify import verify
from mpr.load.pack import Choice
from mpr.measure.words import plural
from mpr.project import Project

JOBS = min(4, os.cpu_count() or 1)  # beyond, memory is what there is too little of
JobsOption = Annotated[int, typer.Option(min=1, help="How many reports to make at once.")]


class Format(StrEnum):
    """What a build can make."""

    HTML = FORMATS[0]
    PDF = FORMATS[1]
    XLSX = FORMATS[2]
    CSV = FORMATS[3]
    JSON = FORMATS[4]


def build_command(  # noqa: PLR0913 - each an option of the command
    context: typer.Context,
    period: PeriodsArgument,
    only: Annotated[Format | None, typer.Option("--format", help="Make this one only.")] = None,
    *,
    committee: Annotated[str | None, typer.Option(metavar="NAME", help="Make this committee's part.")] = None,
    department: Annotated[str | None, typer.Option(metavar="NAME", help="Make this department's part.")] = None,
    aim: Annotated[str | None, typer.Option(metavar="NAME", help="Make this aim's part.")] = None,
    all_committees: Annotated[bool, typer.Option("--all-committees", help="Make a part for each committee.")] = False,
    all_departments: Annotated[
        bool, typer.Option("--all-departments", help="Make a part for each department.")
    ] = False,
    all_aims: Annotated[bool, typer.Option("--all-aims", help="Make a part for each aim.")] = False,
    jobs: JobsOption = JOBS,
    show: Annotated[bool, typer.Option("--open", help="Open what was made.")] = False,
    timings: Annotated[bool, typer.Option("--timings", help="Say how long each stage took.")] = False,
) -> None:
    """Make a period's report, out/PERIOD/mpr-PERIOD.html and .pdf with the figures as data, or parts; or many."""
    start = time.perf_counter()
    begun = [("starting", start - time.process_time())]  # until here the process has done nothing but load itself
    gc.disable()  # the process is short, and looking for garbage costs it a fifth of its time
    project: Project = context.obj
    choice = _choice(
        {"committee": committee, "department": department, "aim": aim},
        {"committee": all_committees, "department": all_departments, "aim": all_aims},
    )
    with progress() as stage:

        def noted(what: str) -> None:
            begun.append((what, time.perf_counter()))
            stage(what)

        periods = through(period)
        built = build(project, periods, (only,) if only else FORMATS, noted, choice=choice, jobs=jobs)
    end = time.perf_counter()
    print_problems(built.warnings)
    made = [path for each in built.reports for path in each.files]
    left = () if choice else (path for each in periods for path in project.made(each) if path not in made)
    for line in _told(project, built.reports, left, many=len(periods) > 1):
        out.print(line)
    out.print(f"{end - start:.1f} seconds")
    if timings:
        for line in _timings(begun, end):
            out.print(line)
    if show:
        pages = [path for path in made if path.suffix in {".html", ".pdf"}]
        typer.launch(str((pages or made)[-1]))
    if built.problems:
        print_problems(built.problems)
        raise typer.Exit(BAD_INPUT)


def _told(project: Project, reports: Sequence[Made], left: Iterable[Path], *, many: bool) -> Iterator[str]:
    """Yield the files that were made, those that are left from before, and how each report stands."""
    for each in reports:
        yield from map(project.shown, each.files)
    for path in left:
        yield f"{project.shown(path)} is left from an earlier build"
    for each in reports:
        yield _line(each, many=many)


def _timings(begun: Sequence[tuple[str, float]], end: float) -> Iterator[str]:
    """Yield a line for each stage and one for all: the seconds until the next one was begun, and their share."""
    whole = end - begun[0][1]
    width = max(len(what) for what, _ in begun)
    for (what, start), (_, until) in pairwise([*begun, ("", end)]):
        yield f"{what:{width}}{until - start:8.2f} s{(until - start) / whole:6.0%}"
    yield f"{'together':{width}}{whole:8.2f} s{1:6.0%}"


def _choice(named: Mapping[str, str | None], every: Mapping[str, bool]) -> Choice | None:
    """Return which packs are asked for, None where it is the whole report."""
    if unnamed := [key for key, said in named.items() if said is not None and not said.strip()]:
        message = f"which {unnamed[0]}? write a part of its name, or --all-{unnamed[0]}s"
        raise typer.BadParameter(message)
    choices = [Choice(key, said) for key, said in named.items() if said]
    choices += [Choice(key) for key, wanted in every.items() if wanted]
    if len(choices) > 1:
        message = "the parts of one kind at a time: those of a committee, of a department or of an aim"
        raise typer.BadParameter(message)
    return choices[0] if choices else None


def _line(made: Made, *, many: bool) -> str:
    """Say how a report stands: `Place Scrutiny: 2 red, 6 green; 10 pages`; one of many periods, of which it is."""
    counts = ", ".join(f"{count.number} {count.rating.word.lower()}" for count in made.counts)
    pages = plural(made.pages, "page") if made.pages else ""
    whose = ", ".join(filter(None, [made.period if many else "", made.pack]))
    return (f"{whose}: " if whose else "") + "; ".join(filter(None, [counts, pages]))


def publish_command(
    context: typer.Context,
    period: PeriodArgument,
    version: Annotated[str, typer.Option("--version", metavar="VERSION", help="The version, as in the month's file.")],
    jobs: JobsOption = JOBS,
) -> None:
    """Freeze a report and its parts under a version: out/published/PERIOD-vVERSION."""
    project: Project = context.obj
    with progress() as stage:
        published = publish(project, period, version, stage, jobs)
    print_problems(published.warnings)
    folder = project.shown(published.folder)
    for name in published.files:
        out.print(f"{folder}/{name}")
    out.print(f"Version {version} is published. mpr verify {folder} makes it again and compares.")


def verify_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="out/published/2018-05-v1.0, or a copy of it.")],
    jobs: JobsOption = JOBS,
) -> None:
    """Say whether a published edition is as it was, and is what its source makes."""
    with progress() as stage:
        verified = verify(folder, stage, jobs)
    for each in verified.wrong:
        out.print(each)
    if verified.wrong:
        for each in verified.made_with:
            out.print(each)
        out.print(f"{folder} is not as it was published. Do not hand it out; put back a copy of what it was.")
        raise typer.Exit(BAD_INPUT)
    out.print(f"{folder}: all {verified.files} files are as they were published, and made again they are the same.")


def preview_command(
    context: typer.Context,
    period: Annotated[
        str | None, typer.Argument(parser=as_period, metavar="[PERIOD]", help="2018-05; the newest, if none is named.")
    ] = None,
    *,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Show the report in the browser, and show it anew whenever a file is saved; Ctrl+C ends it."""
    from mpr.desk.preview.serve import preview  # noqa: PLC0415 - only the preview pays for a server and Altair

    def begun(address: str) -> None:
        out.print(f"{address} shows the report until you press Ctrl+C here")
        if show:
            typer.launch(address)

    def failed(error: BaseException) -> None:
        err.print(f"mpr met a fault of its own, not of your data{kept(error)}")

    preview(context.obj, period, begun, failed)
    out.print("the preview has ended")


def doctor_command(context: typer.Context, told: ToldOption = Told.TEXT) -> None:
    """Say whether this machine has what a report needs, and the cure for what it lacks."""
    from mpr.desk.doctor import State, doctor, verdict  # noqa: PLC0415 - it looks into the room of the renderers

    findings = doctor(context.obj)
    if told is Told.JSON:
        out.print_json(data=[asdict(each) for each in findings])
    else:
        for each in findings:
            out.print(f"{each.state:10}{each.part}: {each.detail}" + (f"; {each.cure}" if each.cure else ""))
        out.print(verdict(findings))
    if any(each.state is State.MISSING for each in findings):
        raise typer.Exit(BAD_MACHINE)
