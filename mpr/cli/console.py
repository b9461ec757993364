"""What all commands share: the two consoles, the exit codes, how periods and formats are written, how problems read.

0 done; 1 the input is at fault; 2 the command is; 3 the machine lacks something; 70 `mpr` itself is at fault.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from mpr.measure import period
from mpr.measure.formatting import format_count, join_words
from mpr.measure.period import parse_period
from mpr.problem import Problem, Severity

BAD_INPUT, BAD_MACHINE, BAD_SOFTWARE = 1, 3, 70
JANUARY, APRIL = 1, 4
RANGE_SEPARATOR = ".."  # between the first and the last of many periods
CRASH_LOG = "mpr-error.log"

out = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)


def parse_period_name(text: str) -> str:
    """Return the name of a period as it is written in files; raise BadParameter where there is none."""
    for year_start in (JANUARY, APRIL):  # which of them is the council's is not known yet
        with suppress(ValueError):
            return str(parse_period(text, year_start))
    longer = "or a quarter, as 2018-19-Q1, or a year, as 2018-19"
    message = f"'{text}' is not a month; write the year and the month, as 2018-06 for June 2018, {longer}"
    raise typer.BadParameter(message)


PeriodArgument = Annotated[
    str,
    typer.Argument(
        parser=parse_period_name, metavar="PERIOD", help="The period reported: 2018-05, 2018-19-Q1 or 2018-19."
    ),
]


def parse_period_range(text: str) -> str:
    """Return a period's name, or two with `..` between them, as they are written in files; raise BadParameter."""
    names = [parse_period_name(name) for name in text.split(RANGE_SEPARATOR)]
    if len(names) > 2 or not list_period_names(RANGE_SEPARATOR.join(names)):  # noqa: PLR2004 - the first and the last
        message = f"'{text}' is no row of periods; write the first and the last, of one length: 2017-04..2018-05"
        raise typer.BadParameter(message)
    return RANGE_SEPARATOR.join(names)


def list_period_names(text: str) -> tuple[str, ...]:
    """Return the names of all periods that a text names: of one, or from the first to the last of two."""
    for year_start in (JANUARY, APRIL):
        with suppress(ValueError):
            first, last = (parse_period(name, year_start) for name in (text.split(RANGE_SEPARATOR) * 2)[:2])
            return tuple(map(str, period.list_periods(first, last))) if first.frequency is last.frequency else ()
    return ()


PeriodsArgument = Annotated[
    str,
    typer.Argument(
        parser=parse_period_range, metavar="PERIOD", help="2018-05, 2018-19-Q1 or 2018-19; or many: 2017-04..2018-05."
    ),
]


class OutputFormat(StrEnum):
    """For whom a command prints: people, or a program."""

    TEXT = "text"
    JSON = "json"


OutputFormatOption = Annotated[OutputFormat, typer.Option("--format", help="Print for people, or for a program.")]


@contextmanager
def show_progress() -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is being done; elsewhere say nothing."""
    if not err.is_terminal:
        yield lambda _: None
        return
    with err.status("starting") as status:
        yield status.update


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems, and how many there are of each severity; what stops the report stands last, above the prompt."""
    problems = sorted(problems, key=lambda problem: problem.severity is Severity.ERROR)
    for problem in problems:
        err.print(str(problem))
    counts = [
        format_count(count, severity.value)
        for severity in Severity
        if (count := sum(problem.severity is severity for problem in problems))
    ]
    if counts:
        err.print(join_words(counts))


def write_crash_log(error: BaseException) -> str:
    """Keep the stack trace of a fault in a file, and say where, if one can be written."""
    try:
        Path(CRASH_LOG).write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return ""
    return f"; the details are in {CRASH_LOG}, please send that file to those who look after mpr"
