"""The command `mpr doctor`: its options and what it prints."""

from dataclasses import asdict

import typer

from mpr.cli.console import BAD_MACHINE, out
from mpr.cli.options import OutputFormat, OutputFormatOption


def run_doctor(context: typer.Context, output_format: OutputFormatOption = OutputFormat.TEXT) -> None:
    """Check that this machine has what a report needs.

    Says how to install whatever is missing.
    """
    from mpr.workflows.doctor import PartState, describe_verdict, examine_machine  # noqa: PLC0415 - only doctor pays for it

    findings = examine_machine(context.obj)
    if output_format is OutputFormat.JSON:
        out.print_json(data=[asdict(finding) for finding in findings])
    else:
        for finding in findings:
            cure = f"; {finding.cure}" if finding.cure else ""
            out.print(f"{finding.state:10}{finding.part}: {finding.detail}{cure}")
        out.print(describe_verdict(findings))
    if any(finding.state is PartState.MISSING for finding in findings):
        raise typer.Exit(BAD_MACHINE)
