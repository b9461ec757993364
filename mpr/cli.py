"""The commands: the only place that prints, and the only one that knows exit codes.

0 done; 1 the input is at fault; 2 the command is; 3 the machine lacks something; 70 `mpr` itself is at fault.
"""

import gc
import io
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from mpr.desk.build import FORMATS, build
from mpr.desk.check import check
from mpr.desk.collect import collect
from mpr.desk.compare import compare, data, lines
from mpr.desk.explain import explain
from mpr.desk.files import set_right
from mpr.desk.init import init
from mpr.desk.new import new
from mpr.desk.schema import schema
from mpr.desk.status import status
from mpr.measure.period import parse
from mpr.measure.words import listed, plural
from mpr.problem import EnvironmentFault, InputError, Problem, Severity
from mpr.project import Project
from mpr.rules.catalogue import entries

BAD_INPUT, BAD_MACHINE, BAD_SOFTWARE = 1, 3, 70
JANUARY, APRIL = 1, 4
LOG = "mpr-error.log"

app = typer.Typer(
    help="Make a council's Monthly Performance Report from its indicators.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
out = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)


class Format(StrEnum):
    """What a build can make."""

    HTML = FORMATS[0]
    PDF = FORMATS[1]


def _period(text: str) -> str:
    for starts in (JANUARY, APRIL):  # which of them is the council's is not known yet
        with suppress(ValueError):
            return str(parse(text, starts))
    longer = "or a quarter, as 2018-19-Q1, or a year, as 2018-19"
    message = f"'{text}' is not a month; write the year and the month, as 2018-06 for June 2018, {longer}"
    raise typer.BadParameter(message)


PeriodArgument = Annotated[
    str,
    typer.Argument(parser=_period, metavar="PERIOD", help="The period reported: 2018-05, 2018-19-Q1 or 2018-19."),
]


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    *,
    project: Annotated[Path, typer.Option(help="The folder with indicators.yaml and data.")] = Path(),
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    """Find the project, or print the version."""
    if show_version:
        out.print(f"mpr {version('mpr')}")
        raise typer.Exit
    context.obj = Project(project.resolve())
    set_right(context.obj)


@app.command("build")
def build_command(
    context: typer.Context,
    period: PeriodArgument,
    only: Annotated[Format | None, typer.Option("--format", help="Make this one only.")] = None,
    *,
    show: Annotated[bool, typer.Option("--open", help="Open what was made.")] = False,
) -> None:
    """Make a period's report: out/PERIOD/mpr-PERIOD.html and .pdf."""
    start = time.perf_counter()
    gc.disable()  # the process is short, and looking for garbage costs it a fifth of its time
    project: Project = context.obj
    with _progress() as stage:
        built = build(project, period, (only,) if only else FORMATS, stage)
    _print_problems(built.warnings)
    for path in built.paths:
        out.print(project.shown(path))
    for path in (project.out(period, each) for each in FORMATS):
        if path.exists() and path not in built.paths:
            out.print(f"{project.shown(path)} is left from an earlier build")
    counts = ", ".join(f"{count.number} {count.rating.word.lower()}" for count in built.counts)
    pages = [plural(built.pages, "page")] if built.pages else []
    out.print("; ".join([counts, *pages, f"{time.perf_counter() - start:.1f} seconds"]))
    if show:
        typer.launch(str(built.paths[-1]))


def _explained(code: str | None) -> None:
    """Print what the code of a problem means, and stop."""
    if code is None:
        return
    known = {each.code: each for each in entries()}
    entry = known.get(code.upper())
    if not entry:
        raise typer.BadParameter(f"there is no code '{code}'; docs/checks.md has them all")
    out.print("\n\n".join(filter(None, [f"{entry.code}: {entry.sentence}", entry.more])))
    raise typer.Exit


class Listed(StrEnum):
    """How problems are printed: for people, for a program, or as GitHub shows them beside the lines of a change."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@app.command("check")
def check_command(
    context: typer.Context,
    period: PeriodArgument,
    told: Annotated[Listed, typer.Option("--format", help="Print for people, a program or GitHub.")] = Listed.TEXT,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,
    explain: Annotated[  # noqa: ARG001 - answered before anything is read
        str | None,
        typer.Option(metavar="CODE", help="Say what a code means: W508.", callback=_explained, is_eager=True),
    ] = None,
) -> None:
    """Read and judge a period without making the report."""
    try:
        checked = check(context.obj, period)
        problems, made = checked.warnings, True
    except InputError as error:
        problems, made = tuple(error.problems), False
    if told is Listed.JSON:
        out.print_json(data=[{**asdict(each), "severity": each.severity.value} for each in problems])
    elif told is Listed.GITHUB:
        for each in problems:
            out.print(_github(each))
    elif problems:
        _print_problems(problems)
    else:
        scorecard = checked.scorecard
        out.print(f"{scorecard.period.words}: {plural(len(scorecard.indicators), 'indicator')}, nothing to mend")
    if made and checked.accepted and told is Listed.TEXT:
        out.print(f"{plural(checked.accepted, 'finding')} accepted in {context.obj.shown(context.obj.edition(period))}")
    if not made or (strict and problems):
        raise typer.Exit(BAD_INPUT)


def _github(problem: Problem) -> str:
    """Write a problem as a workflow command, in which line ends and per cent signs are escaped."""
    place = problem.place
    where = "".join(f",{key}={number}" for key, number in (("line", place.line), ("col", place.column)) if number)
    said = f"{problem.code} {problem.message}" + (f"; {problem.hint}" if problem.hint else "")
    escaped = said.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{problem.severity.value} file={place.file}{where}::{escaped}"


class Told(StrEnum):
    """For whom a command prints: people, or a program."""

    TEXT = "text"
    JSON = "json"


ToldOption = Annotated[Told, typer.Option("--format", help="Print for people, or for a program.")]


@app.command("explain")
def explain_command(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The indicator's code: 'CP 3.4'.")],
    period: PeriodArgument,
    told: ToldOption = Told.TEXT,
) -> None:
    """Trace an indicator: its value and target with file and line, the rule, the outcome, what is printed."""
    lines = explain(context.obj, period, code)
    if told is Told.JSON:
        out.print_json(data=[asdict(line) for line in lines])
        return
    width = max(len(line.label) for line in lines) + 2
    for line in lines:
        where = f"  [{', '.join(line.places)}]" if line.places else ""
        out.print(f"{line.label + ':':{width}}{line.text}{where}")


@app.command("compare")
def compare_command(
    context: typer.Context,
    then: Annotated[str, typer.Argument(parser=_period, metavar="EARLIER", help="The earlier period: 2018-04.")],
    now: Annotated[str, typer.Argument(parser=_period, metavar="LATER", help="The later one: 2018-05.")],
    told: ToldOption = Told.TEXT,
) -> None:
    """Say what moved between two reports, and which printed figures have been revised."""
    compared = compare(context.obj, then, now)
    if told is Told.JSON:
        out.print_json(data=data(compared))
        return
    for line in lines(compared):
        out.print(line)


@app.command("init")
def init_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="An empty folder, or a new one.")],
) -> None:
    """Start a council's own project: a small one that builds at once."""
    written = init(folder)
    for path in written:
        out.print(str(path))
    newest = max(path.stem for path in written if path.parent.name == "data")
    out.print(f"now: mpr --project {folder} build {newest}")


@app.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of indicators.yaml, for an editor that completes and checks as one types."""
    out.print(schema(), end="")


@app.command("new")
def new_command(
    context: typer.Context,
    period: PeriodArgument,
    *,
    workbook: Annotated[bool, typer.Option("--xlsx", help="Write a workbook to be sent out, too.")] = False,
) -> None:
    """Start a period: write its two files in data, to be filled in."""
    for path in new(context.obj, period, workbook=workbook):
        out.print(context.obj.shown(path))
    if workbook:
        out.print(f"Send the workbook out; mpr collect FOLDER {period} reads what comes back.")


@app.command("collect")
def collect_command(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the returned workbooks are, or one of them.")],
    period: PeriodArgument,
    told: ToldOption = Told.TEXT,
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Let the workbooks go before the CSV.")] = False,
) -> None:
    """Read returned workbooks into a period's CSV, and keep a copy of what it was."""
    collected = collect(context.obj, folder.resolve(), period, over=replace)
    _print_problems(collected.warnings)
    if told is Told.JSON:
        out.print_json(data=asdict(collected))
        return
    for book in collected.books:
        out.print(str(book))
    if collected.written:
        out.print(f"{collected.written} is written; what it was is kept as {collected.copy}")
    else:
        out.print("Nothing was taken, so nothing is changed.")


@app.command("preview")
def preview_command(
    context: typer.Context,
    period: Annotated[
        str | None, typer.Argument(parser=_period, metavar="[PERIOD]", help="2018-05; the newest, if none is named.")
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
        err.print(f"mpr met a fault of its own, not of your data{_kept(error)}")

    preview(context.obj, period, begun, failed)
    out.print("the preview has ended")


@app.command("status")
def status_command(context: typer.Context, period: PeriodArgument, told: ToldOption = Told.TEXT) -> None:
    """Say what is still owed for a report, and by whom."""
    owed = status(context.obj, period)
    if told is Told.JSON:
        out.print_json(data=[asdict(each) for each in owed])
        return
    for each in owed:
        out.print(each.manager)
        for item in each.items:
            out.print(f"- {item}")
        out.print()
    if not owed:
        out.print("Nothing is owed.")


@app.command("doctor")
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


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is being done; elsewhere say nothing."""
    if not err.is_terminal:
        yield lambda _: None
        return
    with err.status("starting") as status:
        yield status.update


def _print_problems(problems: Iterable[Problem]) -> None:
    problems = tuple(problems)
    for problem in problems:
        err.print(str(problem))
    found = [
        plural(count, severity.value)
        for severity in Severity
        if (count := sum(problem.severity is severity for problem in problems))
    ]
    if found:
        err.print(listed(found))


def main() -> None:
    """Run a command; whatever goes wrong ends in a sentence and an exit code, never in a stack trace."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without a sign shows ? and not a fault
    try:
        app()
    except InputError as error:
        _print_problems(error.problems)
        raise SystemExit(BAD_INPUT) from None
    except EnvironmentFault as fault:
        err.print(str(fault))
        raise SystemExit(BAD_MACHINE) from None
    except Exception as error:  # noqa: BLE001 - the last resort: an officer is never shown a stack trace
        err.print(f"mpr stopped because of a fault of its own, not of your data{_kept(error)}")
        raise SystemExit(BAD_SOFTWARE) from None


def _kept(error: BaseException) -> str:
    """Keep the stack trace of a fault in a file, and say where, if one can be written."""
    try:
        Path(LOG).write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return ""
    return f"; the details are in {LOG}, please send that file to those who look after mpr"
