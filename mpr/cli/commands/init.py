"""The command `mpr init`: its options and what it prints."""

from pathlib import Path
from typing import Annotated

import typer

from mpr.cli.console import out
from mpr.workflows.init import create_project


def run_init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or empty folder.")],
) -> None:
    """Start a council's own project from a small example."""
    paths = create_project(folder)
    for path in paths:
        out.print(str(path))
    newest = max(path.stem for path in paths if path.parent.name == "data")
    out.print(f"Now run mpr --project {folder} build {newest}")
