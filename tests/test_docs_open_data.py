"""The page on open data describes every column and key, and no others."""

import re
from dataclasses import fields

from mpr.render.formats.csv_export import COLUMNS
from mpr.render.formats.json_export import SCHEMA_VERSION
from mpr.report.model.open_data import DataNote, DataPeriod, HistoryEntry, IndicatorData, PrintedFigure
from mpr.report.model.report import Report
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "open-data.md").read_text(encoding="utf-8")


def _read_table(heading: str) -> list[list[str]]:
    """Return the rows of the first table under a heading, without its heading."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in re.findall(r"(?m)^\|.*\|$", part)]
    return rows[2:]


def test_page_has_the_columns_of_the_csv_and_their_meanings() -> None:
    assert [[f"`{column.name}`", column.meaning] for column in COLUMNS] == _read_table("The CSV")


def test_page_has_the_keys_of_the_json() -> None:
    documented = {name for row in _read_table("The JSON") for name in re.findall(r"`(\w+)`", row[0])}
    kinds = (Report, IndicatorData, HistoryEntry, DataPeriod, PrintedFigure, DataNote)
    assert documented == {"schema", "items", "remarks"} | {field.name for kind in kinds for field in fields(kind)}
    assert f'`"{SCHEMA_VERSION}"`' in PAGE
