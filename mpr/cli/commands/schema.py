"""The command `mpr schema`: its options and what it prints."""

from mpr.cli.console import out
from mpr.workflows.schema import format_schema


def run_schema() -> None:
    """Print the JSON Schema of indicators.yaml for your editor.

    With the schema, an editor can complete and check settings as you type.
    """
    out.print(format_schema(), end="")
