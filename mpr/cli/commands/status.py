"""The command `mpr status`: its options and what it prints."""

from dataclasses import asdict

import typer

from mpr.cli.console import out
from mpr.cli.options import OutputFormat, OutputFormatOption, PeriodArgument
from mpr.workflows.status import list_outstanding


def run_status(
    context: typer.Context, period: PeriodArgument, output_format: OutputFormatOption = OutputFormat.TEXT
) -> None:
    """List what is outstanding for a report, and from whom."""
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
        out.print("Nothing is outstanding.")
