"""The commands that begin a project or a period, and that take in what officers sent back."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mpr.cli.shell import PeriodArgument, Told, ToldOption, out, print_problems
from mpr.desk.collect import collect
from mpr.desk.init import init
from mpr.desk.new import new
from mpr.desk.schema import schema


def init_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="An empty folder, or a new one.")],
) -> None:
    """Start a council's own project: a small one that builds at once."""
    written = init(folder)
    for path in written:
        out.print(str(path))
    newest = max(path.stem for path in written if path.parent.name == "data")
    out.print(f"now: mpr --project {folder} build {newest}")


def schema_command() -> None:
    """Print the JSON Schema of indicators.yaml, for an editor that completes and checks as one types."""
    out.print(schema(), end="")


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
    print_problems(collected.warnings)
    if told is Told.JSON:
        out.print_json(data=asdict(collected))
        return
    for book in collected.books:
        out.print(str(book))
    if collected.written:
        out.print(f"{collected.written} is written; what it was is kept as {collected.copy}")
    else:
        out.print("Nothing was taken, so nothing is changed.")
