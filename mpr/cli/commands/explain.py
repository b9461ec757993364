"""The command `mpr explain`: its options and what it prints."""

from dataclasses import asdict
from typing import Annotated

import typer

from mpr.cli.console import out
from mpr.cli.options import OutputFormat, OutputFormatOption, PeriodArgument
from mpr.workflows.explain import explain_indicator


def run_explain(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The indicator's code, in quotes: 'CP 3.4'.")],
    period: PeriodArgument,
    output_format: OutputFormatOption = OutputFormat.TEXT,
) -> None:
    """Show where an indicator's figures and outcome come from.

    Prints its value and target with file and line, its rule and outcome, and what the report prints.
    """
    lines = explain_indicator(context.obj, period, code)
    if output_format is OutputFormat.JSON:
        out.print_json(data=[asdict(line) for line in lines])
        return
    width = max(len(line.label) for line in lines) + 2
    for line in lines:
        places = f"  [{', '.join(line.places)}]" if line.places else ""
        out.print(f"{line.label + ':':{width}}{line.text}{places}")
