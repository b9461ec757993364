"""The page on open data names what there is, and nothing else."""

import re
from dataclasses import fields

from mpr.render.formats.csv_export import COLUMNS
from mpr.render.formats.json_export import SCHEMA_VERSION
from mpr.report.model.open_data import DataNote, DataPeriod, HistoryEntry, IndicatorData, PrintedFigure
from mpr.report.model.report import Report
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "open-data.md").read_text(encoding="utf-8")


def _table(heading: str) -> list[list[str]]:
    """Return the rows of the first table under a heading, without its own head."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in re.findall(r"(?m)^\|.*\|$", part)]
    return rows[2:]


def test_every_column_of_the_csv_is_there_in_its_words() -> None:
    assert [[f"`{each.name}`", each.meaning] for each in COLUMNS] == _table("The CSV")


def test_every_key_of_the_json_is_there() -> None:
    said = {name for row in _table("The JSON") for name in re.findall(r"`(\w+)`", row[0])}
    kinds = (Report, IndicatorData, HistoryEntry, DataPeriod, PrintedFigure, DataNote)
    assert said == {"schema", "items", "remarks"} | {each.name for kind in kinds for each in fields(kind)}
    assert f'`"{SCHEMA_VERSION}"`' in PAGE
