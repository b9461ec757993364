"""The whole `Report` as JSON, for programs: its keys are the field names in `mpr/report/model/report.py`."""

import json
from dataclasses import fields
from decimal import Decimal
from io import StringIO
from typing import Any

from mpr.measure.formatting import count_decimals
from mpr.render.formats.interface import RenderedFormat, RenderRequest
from mpr.report.model.report import Report

SCHEMA_VERSION = "1.0"  # raise the first number for a breaking change, the second for an addition


def render(request: RenderRequest) -> RenderedFormat:
    """Return the report as a JSON file."""
    return RenderedFormat({request.get_file_name("json"): export_json(request.report).encode()})


def export_json(report: Report) -> str:
    """Return a report as JSON; numbers have at most 15 digits, so that every reader keeps them exactly."""
    output = StringIO()
    document = {"schema": SCHEMA_VERSION} | _to_dict(report)
    output.writelines(json.JSONEncoder(default=_to_json_value, ensure_ascii=False, indent=1).iterencode(document))
    output.write("\n")
    return output.getvalue()


def _to_json_value(value: object) -> object:
    """Return a number, or a part of a report, as a value that JSON has."""
    return _to_number(value) if isinstance(value, Decimal) else _to_dict(value)


def _to_dict(value: Any) -> dict[str, object]:  # noqa: ANN401 - any of the report's dataclasses
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _to_number(exact: Decimal) -> float | int:
    return float(exact) if count_decimals(exact) else int(exact)
