"""`mpr schema`: what may stand in `indicators.yaml`, as JSON Schema."""

import json

from mpr.load.config.schema import build_json_schema

SCHEMA_FILE = "indicators.schema.json"  # as the shipped files name it in their first line


def format_schema() -> str:
    """Return the schema as text."""
    return json.dumps(build_json_schema(), indent=2, ensure_ascii=False) + "\n"
