"""The command `mpr check`: its options and what it prints."""

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from mpr.cli.console import BAD_INPUT, out, print_problems
from mpr.cli.options import PeriodArgument
from mpr.load.editions.acceptances import join_basis
from mpr.measure.formatting import format_count
from mpr.problem import InputError, Problem
from mpr.rules.catalogue import list_checks
from mpr.workflows.accept import RewriteResult, format_open_findings, rewrite_acceptances
from mpr.workflows.check import CheckResult, check_period


class ProblemFormat(StrEnum):
    """How problems are printed: for people, for programs, or as annotations on the lines of a change on GitHub."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def _print_explanation(code: str | None) -> None:
    """Print what the code of a problem means, and end the command."""
    if code is None:
        return
    descriptions = {description.code: description for description in list_checks()}
    description = descriptions.get(code.upper())
    if not description:
        raise typer.BadParameter(f"there is no code '{code}'; docs/checks.md lists all codes")
    out.print("\n\n".join(filter(None, [f"{description.code}: {description.sentence}", description.details])))
    raise typer.Exit


def run_check(  # noqa: PLR0913 - each is an option of the command
    context: typer.Context,
    period: PeriodArgument,
    problem_format: Annotated[
        ProblemFormat, typer.Option("--format", help="Print text for people, JSON for programs or lines for GitHub.")
    ] = ProblemFormat.TEXT,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="End with exit code 1 if there are warnings.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Print an entry that accepts each warning, to paste into the YAML.")
    ] = False,
    rewrite_accepted: Annotated[
        bool, typer.Option("--rewrite-accepted", help="Rewrite accepted warnings of the older form.")
    ] = False,
    explain: Annotated[  # noqa: ARG001 - answered before anything is read
        str | None,
        typer.Option(
            metavar="CODE", help="Explain a code, such as W508, and stop.", callback=_print_explanation, is_eager=True
        ),
    ] = None,
) -> None:
    """Check a period's figures and comments without building a report."""
    if rewrite_accepted:
        _print_rewritten(rewrite_acceptances(context.obj, period))
        return
    if accept:
        out.print(format_open_findings(check_period(context.obj, period)) or "# nothing to accept\n", end="")
        return
    checked: CheckResult | None = None
    try:
        checked = check_period(context.obj, period)
        problems = checked.warnings
    except InputError as error:
        problems = tuple(error.problems)
    _print_problems_in(problem_format, problems)
    if checked and problem_format is ProblemFormat.TEXT:
        if not problems:
            scorecard = checked.scorecard
            indicators = format_count(len(scorecard.indicators), "indicator")
            out.print(f"{scorecard.period.full_name}: {indicators}, no problems found")
        if checked.accepted_count:
            edition_path = context.obj.display_path(context.obj.get_edition_path(period))
            out.print(f"{format_count(checked.accepted_count, 'finding')} accepted in {edition_path}")
    if not checked or (strict and problems):
        raise typer.Exit(BAD_INPUT)


def _print_rewritten(result: RewriteResult) -> None:
    """Print which acceptances were rewritten, and which stayed because they match no finding."""
    for acceptance, problem in result.rewritten:
        basis = f" ({join_basis(problem)})" if problem.basis else ""
        out.print(f"{acceptance.place}: now {problem.code} on {problem.subject}{basis}")
    for acceptance in result.unmatched:
        out.print(f"{acceptance.place}: left as it is, because it matches no finding: {acceptance}")
    out.print(f"{format_count(len(result.rewritten), 'acceptance')} rewritten in {result.file}")


def _print_problems_in(problem_format: ProblemFormat, problems: tuple[Problem, ...]) -> None:
    if problem_format is ProblemFormat.JSON:
        out.print_json(data=[{**asdict(problem), "severity": problem.severity.value} for problem in problems])
    elif problem_format is ProblemFormat.GITHUB:
        for problem in problems:
            out.print(_format_github_annotation(problem))
    else:
        print_problems(problems)


def _format_github_annotation(problem: Problem) -> str:
    """Return a problem as a GitHub workflow command, in which line ends and per cent signs are escaped."""
    place = problem.place
    position = "".join(f",{key}={number}" for key, number in (("line", place.line), ("col", place.column)) if number)
    text = f"{problem.code} {problem.message}" + (f"; {problem.hint}" if problem.hint else "")
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{problem.severity.value} file={place.file}{position}::{escaped}"
