"""The whole `Report` as JSON, for those who build on it: the keys are those of `mpr/report/model/report.py`."""

import json
from dataclasses import fields
from decimal import Decimal
from io import StringIO
from typing import Any

from mpr.measure.formatting import count_decimals
from mpr.report.model.report import Report

SCHEMA_VERSION = "1.0"  # the first number changes with what would break its readers, the second with what is added


def export_json(report: Report) -> str:
    """Return a report as JSON; numbers have at most 15 digits, which every reader keeps."""
    output = StringIO()
    document = {"schema": SCHEMA_VERSION} | _to_dict(report)
    output.writelines(json.JSONEncoder(default=_to_json_value, ensure_ascii=False, indent=1).iterencode(document))
    output.write("\n")
    return output.getvalue()


def _to_json_value(value: object) -> object:
    """Return what JSON knows in place of a number, or of a part of a report."""
    return _to_number(value) if isinstance(value, Decimal) else _to_dict(value)


def _to_dict(value: Any) -> dict[str, object]:  # noqa: ANN401 - any of the report's dataclasses
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _to_number(exact: Decimal) -> float | int:
    return float(exact) if count_decimals(exact) else int(exact)
