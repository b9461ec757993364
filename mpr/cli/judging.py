"""The commands that read a project and say what they found: check, explain, status, compare."""

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from mpr.cli.console import (
    BAD_INPUT,
    OutputFormat,
    OutputFormatOption,
    PeriodArgument,
    out,
    parse_period_name,
    print_problems,
)
from mpr.load.editions.acceptances import join_basis
from mpr.measure.formatting import format_count
from mpr.problem import InputError, Problem
from mpr.rules.catalogue import list_checks
from mpr.workflows.accept import RewriteResult, format_open_findings, rewrite_acceptances
from mpr.workflows.check import check_period
from mpr.workflows.compare import as_json_data, compare_periods, describe_changes
from mpr.workflows.explain import explain_indicator
from mpr.workflows.status import list_outstanding


def _print_explanation(code: str | None) -> None:
    """Print what the code of a problem means, and stop."""
    if code is None:
        return
    descriptions = {check_description.code: check_description for check_description in list_checks()}
    description = descriptions.get(code.upper())
    if not description:
        raise typer.BadParameter(f"there is no code '{code}'; docs/checks.md has them all")
    out.print("\n\n".join(filter(None, [f"{description.code}: {description.sentence}", description.details])))
    raise typer.Exit


class ProblemFormat(StrEnum):
    """How problems are printed: for people, for a program, or as GitHub shows them beside the lines of a change."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def run_check(  # noqa: PLR0913 - each is an option of the command
    context: typer.Context,
    period: PeriodArgument,
    problem_format: Annotated[
        ProblemFormat, typer.Option("--format", help="Print for people, a program or GitHub.")
    ] = ProblemFormat.TEXT,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Print the YAML that accepts each finding, for the period's own file.")
    ] = False,
    rewrite_accepted: Annotated[
        bool, typer.Option("--rewrite-accepted", help="Rewrite accepted findings that are quoted by their sentence.")
    ] = False,
    explain: Annotated[  # noqa: ARG001 - answered before anything is read
        str | None,
        typer.Option(metavar="CODE", help="Say what a code means: W508.", callback=_print_explanation, is_eager=True),
    ] = None,
) -> None:
    """Read and judge a period without making the report."""
    if rewrite_accepted:
        _print_rewritten(rewrite_acceptances(context.obj, period))
        return
    if accept:
        out.print(format_open_findings(check_period(context.obj, period)) or "# nothing to accept\n", end="")
        return
    try:
        checked = check_period(context.obj, period)
        problems, is_valid = checked.warnings, True
    except InputError as error:
        problems, is_valid = tuple(error.problems), False
    if problem_format is ProblemFormat.JSON:
        out.print_json(data=[{**asdict(problem), "severity": problem.severity.value} for problem in problems])
    elif problem_format is ProblemFormat.GITHUB:
        for problem in problems:
            out.print(_format_github_annotation(problem))
    elif problems:
        print_problems(problems)
    else:
        scorecard = checked.scorecard
        out.print(
            f"{scorecard.period.full_name}: {format_count(len(scorecard.indicators), 'indicator')}, nothing to mend"
        )
    if is_valid and checked.accepted_count and problem_format is ProblemFormat.TEXT:
        edition_file = context.obj.display_path(context.obj.get_edition_path(period))
        out.print(f"{format_count(checked.accepted_count, 'finding')} accepted in {edition_file}")
    if not is_valid or (strict and problems):
        raise typer.Exit(BAD_INPUT)


def _print_rewritten(result: RewriteResult) -> None:
    """Print which accepted findings were rewritten, and which stayed because they match no finding."""
    for acceptance, problem in result.rewritten:
        basis = f" ({join_basis(problem)})" if problem.basis else ""
        out.print(f"{acceptance.place}: now {problem.code} on {problem.subject}{basis}")
    for acceptance in result.unmatched:
        out.print(f"{acceptance.place}: left as it is, because it matches no finding: {acceptance}")
    out.print(f"{format_count(len(result.rewritten), 'accepted finding')} rewritten in {result.file}")


def _format_github_annotation(problem: Problem) -> str:
    """Write a problem as a workflow command, in which line ends and per cent signs are escaped."""
    place = problem.place
    position = "".join(f",{key}={number}" for key, number in (("line", place.line), ("col", place.column)) if number)
    text = f"{problem.code} {problem.message}" + (f"; {problem.hint}" if problem.hint else "")
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{problem.severity.value} file={place.file}{position}::{escaped}"


def run_explain(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The indicator's code: 'CP 3.4'.")],
    period: PeriodArgument,
    output_format: OutputFormatOption = OutputFormat.TEXT,
) -> None:
    """Trace an indicator: its value and target with file and line, the rule, the outcome, what is printed."""
    lines = explain_indicator(context.obj, period, code)
    if output_format is OutputFormat.JSON:
        out.print_json(data=[asdict(line) for line in lines])
        return
    width = max(len(line.label) for line in lines) + 2
    for line in lines:
        places = f"  [{', '.join(line.places)}]" if line.places else ""
        out.print(f"{line.label + ':':{width}}{line.text}{places}")


def run_compare(
    context: typer.Context,
    earlier: Annotated[
        str, typer.Argument(parser=parse_period_name, metavar="EARLIER", help="The earlier period: 2018-04.")
    ],
    later: Annotated[str, typer.Argument(parser=parse_period_name, metavar="LATER", help="The later one: 2018-05.")],
    output_format: OutputFormatOption = OutputFormat.TEXT,
) -> None:
    """Say what moved between two reports, and which printed figures have been revised."""
    comparison = compare_periods(context.obj, earlier, later)
    if output_format is OutputFormat.JSON:
        out.print_json(data=as_json_data(comparison))
        return
    for line in describe_changes(comparison):
        out.print(line)


def run_status(
    context: typer.Context, period: PeriodArgument, output_format: OutputFormatOption = OutputFormat.TEXT
) -> None:
    """Say what is still owed for a report, and by whom."""
    outstanding = list_outstanding(context.obj, period)
    if output_format is OutputFormat.JSON:
        out.print_json(data=[asdict(entry) for entry in outstanding])
        return
    for entry in outstanding:
        out.print(entry.manager)
        for item in entry.items:
            out.print(f"- {item}")
        out.print()
    if not outstanding:
        out.print("Nothing is owed.")
