"""The command `mpr publish`: its options and what it prints."""

from typing import Annotated

import typer

from mpr.cli.console import out, print_problems, show_progress
from mpr.cli.options import DEFAULT_JOBS, JobsOption, PeriodArgument
from mpr.project import Project
from mpr.workflows.publish import publish_edition


def run_publish(
    context: typer.Context,
    period: PeriodArgument,
    version: Annotated[
        str, typer.Option("--version", metavar="VERSION", help="The version in the YAML file, such as 1.0.")
    ],
    jobs: JobsOption = DEFAULT_JOBS,
) -> None:
    """Publish a report and its committees' parts as a numbered version.

    Writes out/published/PERIOD-vVERSION, with a copy of the files that the report is built from.
    """
    project: Project = context.obj
    with show_progress() as show_stage:
        published = publish_edition(project, period, version, show_stage, jobs)
    print_problems(published.warnings)
    folder = project.display_path(published.folder)
    for name in published.files:
        out.print(f"{folder}/{name}")
    out.print(f"Version {version} is published. To check it at any time, run mpr verify {folder}")
