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
from mpr.measure.period import parse
from mpr.measure.words import listed, plural
from mpr.problem import Problem, Severity

BAD_INPUT, BAD_MACHINE, BAD_SOFTWARE = 1, 3, 70
JANUARY, APRIL = 1, 4
RANGE = ".."  # between the first and the last of many periods
LOG = "mpr-error.log"

out = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)


def as_period(text: str) -> str:
    """Return the name of a period as it is written in files; raise BadParameter where there is none."""
    for starts in (JANUARY, APRIL):  # which of them is the council's is not known yet
        with suppress(ValueError):
            return str(parse(text, starts))
    longer = "or a quarter, as 2018-19-Q1, or a year, as 2018-19"
    message = f"'{text}' is not a month; write the year and the month, as 2018-06 for June 2018, {longer}"
    raise typer.BadParameter(message)


PeriodArgument = Annotated[
    str,
    typer.Argument(parser=as_period, metavar="PERIOD", help="The period reported: 2018-05, 2018-19-Q1 or 2018-19."),
]


def as_periods(text: str) -> str:
    """Return a period's name, or two with `..` between them, as they are written in files; raise BadParameter."""
    names = [as_period(each) for each in text.split(RANGE)]
    if len(names) > 2 or not through(RANGE.join(names)):  # noqa: PLR2004 - the first and the last
        message = f"'{text}' is no row of periods; write the first and the last, of one length: 2017-04..2018-05"
        raise typer.BadParameter(message)
    return RANGE.join(names)


def through(text: str) -> tuple[str, ...]:
    """Return the names of all periods that a text names: of one, or from the first to the last of two."""
    for starts in (JANUARY, APRIL):
        with suppress(ValueError):
            first, last = (parse(each, starts) for each in (text.split(RANGE) * 2)[:2])
            return tuple(map(str, period.through(first, last))) if first.frequency is last.frequency else ()
    return ()


PeriodsArgument = Annotated[
    str,
    typer.Argument(
        parser=as_periods, metavar="PERIOD", help="2018-05, 2018-19-Q1 or 2018-19; or many: 2017-04..2018-05."
    ),
]


class Told(StrEnum):
    """For whom a command prints: people, or a program."""

    TEXT = "text"
    JSON = "json"


ToldOption = Annotated[Told, typer.Option("--format", help="Print for people, or for a program.")]


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is being done; elsewhere say nothing."""
    if not err.is_terminal:
        yield lambda _: None
        return
    with err.status("starting") as status:
        yield status.update


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems, and how many there are of each severity; what stops the report stands last, above the prompt."""
    problems = sorted(problems, key=lambda each: each.severity is Severity.ERROR)
    for problem in problems:
        err.print(str(problem))
    found = [
        plural(count, severity.value)
        for severity in Severity
        if (count := sum(problem.severity is severity for problem in problems))
    ]
    if found:
        err.print(listed(found))


def kept(error: BaseException) -> str:
    """Keep the stack trace of a fault in a file, and say where, if one can be written."""
    try:
        Path(LOG).write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return ""
    return f"; the details are in {LOG}, please send that file to those who look after mpr"
