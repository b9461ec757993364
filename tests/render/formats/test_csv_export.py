"""The CSV and its descriptor: valid by a checker of CSV on the Web, and safe to open in Excel."""

import csv
import io
import json
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from csvw import CSVW

from mpr.load.config.scalars import NUMBER_PATTERN
from mpr.render.formats.csv_export import COLUMNS, export_csv, export_csv_metadata
from mpr.report.model.open_data import Dataset
from mpr.report.model.report import Report

NAME = "mpr-2018-05.csv"


def _is_valid(folder: Path, text: str, descriptor: str) -> bool:
    """Say whether a CSV agrees with its descriptor."""
    (folder / NAME).write_bytes(text.encode())
    (folder / f"{NAME}-metadata.json").write_text(descriptor, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return bool(CSVW(str(folder / f"{NAME}-metadata.json"), validate=True).is_valid)
        except (ValueError, UserWarning):
            return False


def test_descriptor_agrees_with_the_csv(council_report: Report, tmp_path: Path) -> None:
    assert _is_valid(tmp_path, export_csv(council_report), export_csv_metadata(council_report, NAME))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (",54.27,", ",[x],"),
        (",2017-05,month", ",2017-04,month"),
        (",month,", ",,"),
        ("2017-04-30", "2017-04-31"),
        (",true", ",Yes"),
        ("target_mark", "mark"),
    ],
)
def test_checker_finds_a_planted_mistake(council_report: Report, tmp_path: Path, old: str, new: str) -> None:
    text = export_csv(council_report)
    assert old in text
    assert not _is_valid(tmp_path, text.replace(old, new), export_csv_metadata(council_report, NAME))


def test_descriptor_explains_every_column(council_report: Report) -> None:
    descriptor: dict[str, Any] = json.loads(export_csv_metadata(council_report, NAME))
    assert (descriptor["url"], descriptor["dc:title"]) == (NAME, "Monthly Scorecard, May 2018: figures")
    assert descriptor["dc:publisher"] == "Performance & Insight Team, Larkmere Borough Council"
    assert descriptor["dc:issued"]["@value"] == "2018-06-19"
    columns = descriptor["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == [column.name for column in COLUMNS]
    assert columns[6] == {
        "name": "value",
        "titles": ["value", "Value"],
        "dc:description": "Performance to date for the period, with the decimals that the report prints",
        "datatype": "decimal",
        "required": False,
    }


def test_csv_has_the_encoding_and_line_ends_that_excel_expects(council_report: Report) -> None:
    text = export_csv(council_report)
    assert text.startswith("\ufeffcode,name,unit,period,period_kind,period_end,value,value_mark,target,")
    assert text.count("\r\n") == text.count("\n") == 1 + sum(len(item.history) for item in council_report.dataset.items)
    lines = text.split("\r\n")
    start = 'LM 1.1,"Referrals to children’s services per 10,000 children","referrals per 10,000"'
    assert lines[1] == f"{start},2017-04,month,2017-04-30,54.27,,54,,,Amber,false,false"
    assert lines[14] == f"{start},2018-05,month,2018-05-31,36.84,,42,50,,Red,false,true"
    missing = next(line for line in lines if line.startswith("LM 2.1") and ",2018-05," in line)
    assert missing.endswith(",%,2018-05,month,2018-05-31,,not available,46.00,,,Red,true,true")


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "'=1+1"])
def test_text_that_looks_like_a_formula_gets_an_apostrophe(council_report: Report, text: str) -> None:
    items = tuple(replace(item, code=text, name=text, unit=text, outcome=text) for item in council_report.dataset.items)
    hostile = replace(council_report, dataset=Dataset(items, ()))
    rows = list(csv.reader(io.StringIO(export_csv(hostile), newline="")))[1:]
    assert {row[0] for row in rows} == {row[1] for row in rows} == {row[2] for row in rows} == {f"'{text}"}
    risky = [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert [cell for cell in risky if not NUMBER_PATTERN.fullmatch(cell)] == []


def test_negative_number_stays_a_number(council_report: Report) -> None:
    item = council_report.dataset.items[0]
    first = item.history[0]
    below = replace(first, value=replace(first.value, numbers=(-first.value.numbers[0],)))
    text = export_csv(replace(council_report, dataset=Dataset((replace(item, history=(below,)),), ())))
    assert ",-54.27,," in text
