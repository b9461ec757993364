"""`mpr schema`: what may stand in `indicators.yaml`, as JSON Schema."""

import json

from mpr.load.schema import json_schema

NAME = "indicators.schema.json"  # as the shipped files name it in their first line


def schema() -> str:
    """Return the schema as text."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
