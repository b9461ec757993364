"""`mpr schema`: the settings that `indicators.yaml` may have, as a JSON Schema."""

import json

from mpr.load.config.schema import build_json_schema

SCHEMA_FILE = "indicators.schema.json"  # the name that the first line of the shipped files refers to


def format_schema() -> str:
    """Return the JSON Schema of `indicators.yaml` as text."""
    return json.dumps(build_json_schema(), indent=2, ensure_ascii=False) + "\n"
