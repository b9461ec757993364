"""The command `mpr`: the list of its commands, and how each of them ends."""

import io
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from mpr.cli.commands.build import run_build
from mpr.cli.commands.check import run_check
from mpr.cli.commands.collect import run_collect
from mpr.cli.commands.compare import run_compare
from mpr.cli.commands.doctor import run_doctor
from mpr.cli.commands.explain import run_explain
from mpr.cli.commands.init import run_init
from mpr.cli.commands.new import run_new
from mpr.cli.commands.preview import run_preview
from mpr.cli.commands.publish import run_publish
from mpr.cli.commands.schema import run_schema
from mpr.cli.commands.status import run_status
from mpr.cli.commands.verify import run_verify
from mpr.cli.console import BAD_INPUT, BAD_MACHINE, BAD_SOFTWARE, err, out, print_problems, write_crash_log
from mpr.problem import EnvironmentFault, InputError
from mpr.project import Project
from mpr.workflows.transaction import recover

COMMANDS: dict[str, Callable[..., None]] = {  # in the order of a month's work
    "new": run_new,
    "collect": run_collect,
    "status": run_status,
    "check": run_check,
    "explain": run_explain,
    "preview": run_preview,
    "build": run_build,
    "publish": run_publish,
    "verify": run_verify,
    "compare": run_compare,
    "init": run_init,
    "schema": run_schema,
    "doctor": run_doctor,
}

app = typer.Typer(
    help="Build a council's Monthly Performance Report from its indicators.",
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
    """Open the project, or print the version."""
    if show_version:
        out.print(f"mpr {version('mpr')}")
        raise typer.Exit
    context.obj = Project(project.resolve())
    recover(context.obj)


def main() -> None:
    """Run a command; any failure ends in a sentence and an exit code, never in a stack trace."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a character that the terminal lacks becomes ?
    try:
        app()
    except InputError as error:
        print_problems(error.problems)
        raise SystemExit(BAD_INPUT) from None
    except EnvironmentFault as fault:
        err.print(str(fault))
        raise SystemExit(BAD_MACHINE) from None
    except Exception as error:  # noqa: BLE001 - the last resort: an officer is never shown a stack trace
        err.print(f"mpr stopped because of a fault in mpr, not in your data{write_crash_log(error)}")
        raise SystemExit(BAD_SOFTWARE) from None
