"""The command `mpr`: which commands there are, and how each of them ends."""

import io
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from mpr.cli import filling, judging, making
from mpr.cli.shell import BAD_INPUT, BAD_MACHINE, BAD_SOFTWARE, err, kept, out, print_problems
from mpr.desk.files import set_right
from mpr.problem import EnvironmentFault, InputError
from mpr.project import Project

COMMANDS: dict[str, Callable[..., None]] = {
    "new": filling.new_command,
    "collect": filling.collect_command,
    "status": judging.status_command,
    "check": judging.check_command,
    "explain": judging.explain_command,
    "preview": making.preview_command,
    "build": making.build_command,
    "publish": making.publish_command,
    "verify": making.verify_command,
    "compare": judging.compare_command,
    "init": filling.init_command,
    "schema": filling.schema_command,
    "doctor": making.doctor_command,
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
def root(
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
    set_right(context.obj)


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
        err.print(f"mpr stopped because of a fault of its own, not of your data{kept(error)}")
        raise SystemExit(BAD_SOFTWARE) from None
