"""The command `mpr preview`: its options and what it prints."""

from typing import Annotated

import typer

from mpr.cli.console import err, out, write_crash_log
from mpr.cli.options import parse_period_name


def run_preview(
    context: typer.Context,
    period: Annotated[
        str | None,
        typer.Argument(
            parser=parse_period_name, metavar="[PERIOD]", help="The period: 2018-05. By default, the newest."
        ),
    ] = None,
    *,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the preview in your browser.")] = False,
) -> None:
    """Show the report in your browser and update it on every save.

    Press Ctrl+C to stop.
    """
    from mpr.workflows.preview.server import serve_preview  # noqa: PLC0415 - only the preview pays for a server and Altair

    def announce_address(address: str) -> None:
        out.print(f"{address} shows the report until you press Ctrl+C here")
        if open_browser:
            typer.launch(address)

    def report_fault(error: BaseException) -> None:
        err.print(f"there was a fault in mpr, not in your data{write_crash_log(error)}")

    serve_preview(context.obj, period, announce_address, report_fault)
    out.print("the preview has ended")
