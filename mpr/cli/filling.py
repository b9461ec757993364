"""The commands that begin a project or a period, and that take in what officers sent back."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mpr.cli.console import OutputFormat, OutputFormatOption, PeriodArgument, out, print_problems
from mpr.workflows.collect import collect_workbooks
from mpr.workflows.init import create_project
from mpr.workflows.new import create_period_files
from mpr.workflows.schema import format_schema


def run_init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="An empty folder, or a new one.")],
) -> None:
    """Start a council's own project: a small one that builds at once."""
    paths = create_project(folder)
    for path in paths:
        out.print(str(path))
    newest = max(path.stem for path in paths if path.parent.name == "data")
    out.print(f"now: mpr --project {folder} build {newest}")


def run_schema() -> None:
    """Print the JSON Schema of indicators.yaml, for an editor that completes and checks as one types."""
    out.print(format_schema(), end="")


def run_new(
    context: typer.Context,
    period: PeriodArgument,
    *,
    workbook: Annotated[bool, typer.Option("--xlsx", help="Write a workbook to be sent out, too.")] = False,
) -> None:
    """Start a period: write its two files in data, to be filled in."""
    for path in create_period_files(context.obj, period, workbook=workbook):
        out.print(context.obj.display_path(path))
    if workbook:
        out.print(f"Send the workbook out; mpr collect FOLDER {period} reads what comes back.")


def run_collect(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the returned workbooks are, or one of them.")],
    period: PeriodArgument,
    output_format: OutputFormatOption = OutputFormat.TEXT,
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Let the workbooks go before the CSV.")] = False,
) -> None:
    """Read returned workbooks into a period's CSV, and keep a copy of what it was."""
    collected = collect_workbooks(context.obj, folder.resolve(), period, overwrite=replace)
    print_problems(collected.warnings)
    if output_format is OutputFormat.JSON:
        out.print_json(data=asdict(collected))
        return
    for book in collected.books:
        out.print(str(book))
    if collected.written:
        out.print(f"{collected.written} is written; what it was is kept as {collected.copy}")
    else:
        out.print("Nothing was taken, so nothing is changed.")
