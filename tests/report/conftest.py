"""Reports of indicators and values that a test writes itself."""

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from mpr.project import Project
from mpr.render.charts.svg import compose_drawing
from mpr.report.assemble import assemble_report
from mpr.report.model.report import Report
from mpr.workflows.check import check_period

SETTINGS = """
report:
  title: Scorecard
  organisation: Little Council
  publisher: Clerk
  contacts: [{email: clerk@little.example, telephone: "1"}]
  year_starts: April
sections:
  exceptions: {title: Exceptions, description: What is off track}
  corporate: {title: All, description: Every indicator}
  detail: {title: Detail, description: What is behind it}
  partnership: {title: Partners, description: Shared indicators}
rating: {tolerance: 5%}
aims:
  - {name: Warm, priorities: [Keep warm]}
  - {name: Dry, priorities: [Keep dry]}
departments: [Roofs, Stoves]
committees: [Weather]
partnership_groups: []
"""
INDICATOR = {
    "code": "T 1",
    "name": "Dry days",
    "alias": "Dry days",
    "aim": "Dry",
    "measure": "snapshot",
    "polarity": "maximise",
    "decimals": 0,
    "departments": ["Roofs"],
    "managers": ["Noah"],
    "committee": "Weather",
    "targets": {"2017-18": {"annual": 20}, "2018-19": {"annual": 20}},
}
HEADINGS = ("code", "value", "outcome", "reason", "comment")

Cells = tuple[str, ...]
Indicator = Mapping[str, object]
Edition = Callable[[Mapping[str, Indicator], Mapping[str, Mapping[str, Cells | str]]], Report]


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """Return a function that makes a report of indicators and values.

    Indicators are given by code, with what differs from INDICATOR; values by period and code.

    A value is a text, or the cells value, outcome, reason, comment.
    """
    (tmp_path / "data").mkdir()

    def assemble(indicators: Mapping[str, Indicator], periods: Mapping[str, Mapping[str, Cells | str]]) -> Report:
        entries = [{**INDICATOR, "code": code, **more} for code, more in indicators.items()]
        text = f"{SETTINGS}indicators: {json.dumps(entries)}\n"
        (tmp_path / "indicators.yaml").write_text(text, encoding="utf-8")
        for period, values in periods.items():
            with (tmp_path / "data" / f"{period}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(HEADINGS)
                for code, cells in values.items():
                    row = (cells,) if isinstance(cells, str) else cells
                    writer.writerow([code, *row, *[""] * (len(HEADINGS) - 1 - len(row))])
        month = max(period for period in periods if "Q" not in period)
        (tmp_path / "data" / f"{month}.yaml").write_text("version: '1'\ngenerated: 2018-06-21 11:59\n", "utf-8")
        report = assemble_report(check_period(Project(tmp_path), month).scorecard)
        for chart in report.charts:
            compose_drawing(chart)  # every chart can be drawn
        return report

    return assemble
