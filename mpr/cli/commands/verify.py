"""The command `mpr verify`: its options and what it prints."""

from pathlib import Path
from typing import Annotated

import typer

from mpr.cli.console import BAD_INPUT, out, show_progress
from mpr.cli.options import DEFAULT_JOBS, JobsOption
from mpr.workflows.verify import verify_edition


def run_verify(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A published edition, such as out/published/2018-05-v1.0.")
    ],
    jobs: JobsOption = DEFAULT_JOBS,
) -> None:
    """Check that a published edition has not changed.

    Compares its files with the manifest, then rebuilds the report from its source and compares that.
    """
    with show_progress() as show_stage:
        verified = verify_edition(folder, show_stage, jobs)
    for sentence in verified.differences:
        out.print(sentence)
    if verified.differences:
        for sentence in verified.version_differences:
            out.print(sentence)
        out.print(f"{folder}: this edition has changed since it was published. Do not send it out; restore a copy.")
        raise typer.Exit(BAD_INPUT)
    out.print(
        f"{folder}: all {verified.file_count} files are as published, and making them again gives the same files."
    )
