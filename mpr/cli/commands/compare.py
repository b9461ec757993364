"""The command `mpr compare`: its options and what it prints."""

from typing import Annotated

import typer

from mpr.cli.console import out
from mpr.cli.options import OutputFormat, OutputFormatOption, parse_period_name
from mpr.workflows.compare import as_json_data, compare_periods, describe_changes


def run_compare(
    context: typer.Context,
    earlier: Annotated[
        str, typer.Argument(parser=parse_period_name, metavar="EARLIER", help="The earlier period: 2018-04.")
    ],
    later: Annotated[str, typer.Argument(parser=parse_period_name, metavar="LATER", help="The later period: 2018-05.")],
    output_format: OutputFormatOption = OutputFormat.TEXT,
) -> None:
    """List what changed between two reports, and what was revised."""
    comparison = compare_periods(context.obj, earlier, later)
    if output_format is OutputFormat.JSON:
        out.print_json(data=as_json_data(comparison))
        return
    for line in describe_changes(comparison):
        out.print(line)
