"""The command `mpr`: which commands there are, and how each of them ends."""

import io
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from mpr.cli import filling, judging, making
from mpr.cli.console import BAD_INPUT, BAD_MACHINE, BAD_SOFTWARE, err, out, print_problems, write_crash_log
from mpr.problem import EnvironmentFault, InputError
from mpr.project import Project
from mpr.workflows.transaction import recover

COMMANDS: dict[str, Callable[..., None]] = {
    "new": filling.run_new,
    "collect": filling.run_collect,
    "status": judging.run_status,
    "check": judging.run_check,
    "explain": judging.run_explain,
    "preview": making.run_preview,
    "build": making.run_build,
    "publish": making.run_publish,
    "verify": making.run_verify,
    "compare": judging.run_compare,
    "init": filling.run_init,
    "schema": filling.run_schema,
    "doctor": making.run_doctor,
}  # in the order of a month's work

app = typer.Typer(
    help="Make a council's Monthly Performance Report from its indicators.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for name, command in COMMANDS.items():
    app.command(name)(command)


@app.callback(invoke_without_command=True)
def open_project(
    context: typer.Context,
    *,
    project: Annotated[Path, typer.Option(help="The folder with indicators.yaml and data.")] = Path(),
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    """Find the project, or print the version."""
    if show_version:
        out.print(f"mpr {version('mpr')}")
        raise typer.Exit
    context.obj = Project(project.resolve())
    recover(context.obj)


def main() -> None:
    """Run a command; whatever goes wrong ends in a sentence and an exit code, never in a stack trace."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without a sign shows ? and not a fault
    try:
        app()
    except InputError as error:
        print_problems(error.problems)
        raise SystemExit(BAD_INPUT) from None
    except EnvironmentFault as fault:
        err.print(str(fault))
        raise SystemExit(BAD_MACHINE) from None
    except Exception as error:  # noqa: BLE001 - the last resort: an officer is never shown a stack trace
        err.print(f"mpr stopped because of a fault of its own, not of your data{write_crash_log(error)}")
        raise SystemExit(BAD_SOFTWARE) from None
