"""The whole `Report` as JSON, for those who build on it: the keys are those of `mpr/report/model.py`."""

import json
from dataclasses import fields
from decimal import Decimal
from io import StringIO
from typing import Any

from mpr.measure.words import decimals_of
from mpr.report.model import Report

SCHEMA = "1.0"  # the first number changes with what would break its readers, the second with what is added


def tree(report: Report) -> str:
    """Return a report as JSON; numbers have at most 15 digits, which every reader keeps."""
    text = StringIO()
    parts = {"schema": SCHEMA} | _parts(report)
    text.writelines(json.JSONEncoder(default=_plain, ensure_ascii=False, indent=1).iterencode(parts))
    text.write("\n")
    return text.getvalue()


def _plain(part: object) -> object:
    """Return what JSON knows in place of a number, or of a part of a report."""
    return _number(part) if isinstance(part, Decimal) else _parts(part)


def _parts(part: Any) -> dict[str, object]:  # noqa: ANN401 - any of the report's dataclasses
    return {each.name: getattr(part, each.name) for each in fields(part)}


def _number(exact: Decimal) -> float | int:
    return float(exact) if decimals_of(exact) else int(exact)
