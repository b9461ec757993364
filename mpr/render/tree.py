"""The whole `Report` as JSON, for those who build on it: the keys are those of `mpr/report/model.py`."""

import json
from dataclasses import asdict
from decimal import Decimal

from mpr.measure.words import decimals_of
from mpr.report.model import Report

SCHEMA = "1.0"  # the first number changes with what would break its readers, the second with what is added


def tree(report: Report) -> str:
    """Return a report as JSON; numbers have at most 15 digits, which every reader keeps."""
    return json.dumps({"schema": SCHEMA, **asdict(report)}, default=_number, ensure_ascii=False, indent=1) + "\n"


def _number(exact: Decimal) -> float | int:
    return float(exact) if decimals_of(exact) else int(exact)
