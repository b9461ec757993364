"""The commands that read a project and say what they found: check, explain, status, compare."""

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from mpr.cli.shell import BAD_INPUT, PeriodArgument, Told, ToldOption, as_period, out, print_problems
from mpr.desk.check import check
from mpr.desk.compare import compare, data, lines
from mpr.desk.explain import explain
from mpr.desk.status import status
from mpr.measure.words import plural
from mpr.problem import InputError, Problem
from mpr.rules.catalogue import entries


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
        print_problems(problems)
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


def compare_command(
    context: typer.Context,
    then: Annotated[str, typer.Argument(parser=as_period, metavar="EARLIER", help="The earlier period: 2018-04.")],
    now: Annotated[str, typer.Argument(parser=as_period, metavar="LATER", help="The later one: 2018-05.")],
    told: ToldOption = Told.TEXT,
) -> None:
    """Say what moved between two reports, and which printed figures have been revised."""
    compared = compare(context.obj, then, now)
    if told is Told.JSON:
        out.print_json(data=data(compared))
        return
    for line in lines(compared):
        out.print(line)


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
