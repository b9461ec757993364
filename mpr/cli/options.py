"""Arguments and options that several commands have, and how periods are written in them."""

import os
from contextlib import suppress
from enum import StrEnum
from typing import Annotated

import typer

from mpr.measure.period import list_periods, parse_period

JANUARY, APRIL = 1, 4  # when years may start; which of the two is the council's is not known yet
RANGE_SEPARATOR = ".."
DEFAULT_JOBS = min(4, os.cpu_count() or 1)  # with more, memory runs short


def parse_period_name(text: str) -> str:
    """Return the name of a period as it is written in file names; raise BadParameter if it is not a period."""
    for year_start in (JANUARY, APRIL):
        with suppress(ValueError):
            return str(parse_period(text, year_start))
    examples = "a month as 2018-06, a quarter as 2018-19-Q1 or a year as 2018-19"
    message = f"'{text}' is not a period; write {examples}"
    raise typer.BadParameter(message)


def parse_period_range(text: str) -> str:
    """Return the name of a period, or of the first and last period with `..` between them; raise BadParameter."""
    names = [parse_period_name(name) for name in text.split(RANGE_SEPARATOR)]
    if len(names) > 2 or not list_period_names(RANGE_SEPARATOR.join(names)):  # noqa: PLR2004 - the first and the last
        hint = "write the first and the last, both of the same length: 2017-04..2018-05"
        message = f"'{text}' is not a range of periods; {hint}"
        raise typer.BadParameter(message)
    return RANGE_SEPARATOR.join(names)


def list_period_names(text: str) -> tuple[str, ...]:
    """Return the names of all periods in a range, or the one name; nothing if the ends differ in length."""
    for year_start in (JANUARY, APRIL):
        with suppress(ValueError):
            first, last = (parse_period(name, year_start) for name in (text.split(RANGE_SEPARATOR) * 2)[:2])
            return tuple(map(str, list_periods(first, last))) if first.frequency is last.frequency else ()
    return ()


class OutputFormat(StrEnum):
    """For whom a command prints: people, or a program."""

    TEXT = "text"
    JSON = "json"


PeriodArgument = Annotated[
    str,
    typer.Argument(parser=parse_period_name, metavar="PERIOD", help="The period: 2018-05, 2018-19-Q1 or 2018-19."),
]
PeriodsArgument = Annotated[
    str,
    typer.Argument(
        parser=parse_period_range,
        metavar="PERIOD",
        help="The period: 2018-05, 2018-19-Q1 or 2018-19. A range builds several reports: 2017-04..2018-05.",
    ),
]
OutputFormatOption = Annotated[
    OutputFormat, typer.Option("--format", help="Print text for people, or JSON for programs.")
]
JobsOption = Annotated[int, typer.Option(min=1, help="How many reports to build at the same time.")]
