"""The command `mpr collect`: its options and what it prints."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mpr.cli.console import out, print_problems
from mpr.cli.options import OutputFormat, OutputFormatOption, PeriodArgument
from mpr.workflows.collect import collect_workbooks


def run_collect(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder with the returned workbooks, or one workbook.")
    ],
    period: PeriodArgument,
    output_format: OutputFormatOption = OutputFormat.TEXT,
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Let workbooks overwrite the CSV.")] = False,
) -> None:
    """Copy figures and comments from returned workbooks into the CSV.

    The old CSV is kept in data/replaced. If there is an error, nothing is changed.
    """
    collected = collect_workbooks(context.obj, folder.resolve(), period, overwrite=replace)
    print_problems(collected.warnings)
    if output_format is OutputFormat.JSON:
        out.print_json(data=asdict(collected))
        return
    for book in collected.books:
        out.print(str(book))
    if collected.written:
        out.print(f"{collected.written} is updated; the old version is kept as {collected.copy}")
    else:
        out.print("Nothing was taken, so nothing has changed.")
