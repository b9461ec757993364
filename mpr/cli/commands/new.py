"""The command `mpr new`: its options and what it prints."""

from typing import Annotated

import typer

from mpr.cli.console import out
from mpr.cli.options import PeriodArgument
from mpr.workflows.new import create_period_files


def run_new(
    context: typer.Context,
    period: PeriodArgument,
    *,
    workbook: Annotated[bool, typer.Option("--xlsx", help="Also write a workbook to send to the managers.")] = False,
) -> None:
    """Create the two files of a new period for officers to fill in.

    data/PERIOD.csv has a row for each indicator that is due, and data/PERIOD.yaml has the version, date and notices.
    """
    for path in create_period_files(context.obj, period, workbook=workbook):
        out.print(context.obj.display_path(path))
    if workbook:
        out.print(f"Send out the workbook. When copies come back, run mpr collect FOLDER {period}")
