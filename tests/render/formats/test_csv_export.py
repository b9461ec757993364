"""The CSV and its descriptor: held against each other by a validator of CSV on the Web, and opened by Excel as text."""

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


def _valid(folder: Path, text: str, described: str) -> bool:
    """Say whether a CSV is what a descriptor says of it."""
    (folder / NAME).write_bytes(text.encode())
    (folder / f"{NAME}-metadata.json").write_text(described, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return bool(CSVW(str(folder / f"{NAME}-metadata.json"), validate=True).is_valid)
        except (ValueError, UserWarning):
            return False


def test_the_descriptor_is_true_of_the_csv(report: Report, tmp_path: Path) -> None:
    assert _valid(tmp_path, export_csv(report), export_csv_metadata(report, NAME))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (",54.50,", ",[x],"),
        (",2017-05,month", ",2017-04,month"),
        (",month,", ",,"),
        ("2017-04-30", "2017-04-31"),
        (",true", ",Yes"),
        ("target_mark", "mark"),
    ],
)
def test_the_validator_sees_what_is_not_true(report: Report, tmp_path: Path, old: str, new: str) -> None:
    text = export_csv(report)
    assert old in text
    assert not _valid(tmp_path, text.replace(old, new), export_csv_metadata(report, NAME))


def test_the_descriptor_says_what_the_columns_mean(report: Report) -> None:
    said: dict[str, Any] = json.loads(export_csv_metadata(report, NAME))
    assert (said["url"], said["dc:title"]) == (NAME, "Monthly Performance Report, May 2018: figures")
    assert said["dc:publisher"] == "Policy, Engagement & Communication Team, Southend-on-Sea Borough Council"
    assert said["dc:issued"]["@value"] == "2018-06-21"
    columns = said["tableSchema"]["columns"]
    assert [each["name"] for each in columns] == [each.name for each in COLUMNS]
    assert columns[6] == {
        "name": "value",
        "titles": ["value", "Value"],
        "dc:description": "Performance to date for the period, with the decimals that the report prints",
        "datatype": "decimal",
        "required": False,
    }


def test_it_is_such_a_file_as_excel_opens(report: Report) -> None:
    text = export_csv(report)
    assert text.startswith("\ufeffcode,name,unit,period,period_kind,period_end,value,value_mark,target,")
    assert text.count("\r\n") == text.count("\n") == 443
    lines = text.split("\r\n")
    name = "Rate of children subject to a Child Protection Plan per 10,000 population under the age of 18"
    start = f'CP 1.1,"{name}","children per 10,000"'
    assert lines[1] == f"{start},2017-04,month,2017-04-30,54.50,,55.7,,,Amber,false,false"
    assert lines[14] == f"{start},2018-05,month,2018-05-31,29.44,,38,48,,Red,false,true"
    missing = next(line for line in lines if line.startswith("CP 2.3") and ",2018-05," in line)
    assert missing.endswith(",%,2018-05,month,2018-05-31,,not available,46.38,,,Red,true,true")


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "'=1+1"])
def test_no_text_is_a_formula(report: Report, text: str) -> None:
    items = tuple(replace(each, code=text, name=text, unit=text, outcome=text) for each in report.dataset.items)
    hostile = replace(report, dataset=Dataset(items, ()))
    rows = list(csv.reader(io.StringIO(export_csv(hostile), newline="")))[1:]
    assert {row[0] for row in rows} == {row[1] for row in rows} == {row[2] for row in rows} == {f"'{text}"}
    risky = [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert [cell for cell in risky if not NUMBER_PATTERN.fullmatch(cell)] == []


def test_a_negative_number_stays_a_number(report: Report) -> None:
    item = report.dataset.items[0]
    first = item.history[0]
    below = replace(first, value=replace(first.value, numbers=(-first.value.numbers[0],)))
    text = export_csv(replace(report, dataset=Dataset((replace(item, history=(below,)),), ())))
    assert ",-54.50,," in text
