"""`docs/rating.md` is true: `mpr` rates every worked figure in it, from the settings above its table."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from mpr.load.config.vocabulary import OutcomeSettings, RatingSettings
from mpr.measure.colour import MIN_TEXT_CONTRAST, WHITE, compute_contrast
from mpr.measure.formatting import format_figure
from mpr.measure.outcome import UNRATED_OUTCOMES, Role, Shape
from mpr.measure.status import IndicatorStatus
from mpr.project import Project
from mpr.report.wording import cells
from mpr.workflows.check import check_period

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "rating.md").read_text(encoding="utf-8")
POLARITIES = {"high": "maximise", "low": "minimise", "inside": "goldilocks"}
HEADS = {
    "Indicator", "Aim or group", "How often", "In the data file", "Decimals", "Good is", "Target", "Figure",
    "A year before", "An officer writes", "Change", "Outcome",
}  # fmt: skip
BASE_SETTINGS = {
    "report": {"title": "T", "organisation": "O", "publisher": "P", "contacts": [], "year_starts": "April"},
    "sections": {"all": {"title": "All", "description": "All", "columns": ["code", "value", "target", "rating"]}},
}
BLOCKS = re.compile(r"^```(\w+)\n(.*?)^```$|^(\|.*?\|)\n\n|^## ([^\n]*)$", re.MULTILINE | re.DOTALL)

Row = dict[str, str]


@dataclass(frozen=True)
class WorkedTable:
    """A table of worked figures: the settings above it, and its rows by heading."""

    section: str
    settings: Mapping[str, Any]
    rows: tuple[Row, ...]


def _iter_tables() -> Iterator[tuple[str, dict[str, Any], tuple[Row, ...]]]:
    """Yield every table with its section and the settings above it there; later settings replace earlier ones."""
    section, settings = "", {}
    for kind, block, table, title in BLOCKS.findall(PAGE):
        if title:
            section, settings = title, {}
        elif kind == "yaml":
            settings = settings | yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - texts only
        elif table:
            lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
            heads, _, *rows = lines
            yield section, settings, tuple(dict(zip(heads, row, strict=True)) for row in rows)


TABLES = tuple(_iter_tables())
WORKED = [WorkedTable(section, settings, rows) for section, settings, rows in TABLES if "Outcome" in rows[0]]


def _strip_stars(cell: str) -> str:
    """Return a cell without the stars around it, "" for `none`."""
    return "" if cell == "none" else cell.strip("*")


def _count_decimals(text: str) -> int:
    return len(text.rstrip("%").partition(".")[2])


def _build_indicator(code: str, row: Row, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a row's indicator in `indicators.yaml`."""
    shown, target, place = _strip_stars(row["Figure"]), _strip_stars(row["Target"]), row.get("Aim or group", "")
    groups = [group if isinstance(group, str) else group["name"] for group in settings.get("partnership_groups", ())]
    ratings = {indicator["code"]: indicator["rating"] for indicator in settings.get("indicators", ())}
    rating = ratings.get(row.get("Indicator", "").partition(",")[0])
    number = shown if re.match(r"-?\d", shown) else target
    return {
        "code": code,
        "name": code,
        "alias": code,
        "measure": "snapshot",
        "polarity": POLARITIES[row["Good is"]],
        "decimals": row.get("Decimals", str(_count_decimals(number))),
        "frequency": row.get("How often", "monthly") if not re.match(r"\d", shown) else "monthly",
        **({"unit": "percent", "unbounded": "yes"} if "%" in shown + target else {}),
        **({"targets": {year: {"annual": target} for year in ("2017-18", "2018-19")}} if target else {}),
        **({"group" if place in groups else "aim": place} if place else {}),
        **({"rating": rating} if rating else {}),
    }


def _write_values(path: Path, rows: Mapping[str, tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("code", "value", "outcome", "reason"))
        writer.writerows((code, *row) for code, row in rows.items())


def _assess_rows(root: Path, worked: WorkedTable) -> list[IndicatorStatus]:
    """Write a table into a project, each row as an indicator, and return the status of each."""
    rows = {f"R {number}": row for number, row in enumerate(worked.rows)}
    now, before = {}, {}
    for code, row in rows.items():
        officer = row.get("An officer writes", "")
        value = row.get("In the data file", _strip_stars(row["Figure"]))
        now[code] = (value, officer, "Judged" if officer else "")
        before[code] = (_strip_stars(row.get("A year before", "")),)
    indicators = [_build_indicator(code, row, worked.settings) for code, row in rows.items()]
    (root / "data").mkdir()
    text = json.dumps({**BASE_SETTINGS, **worked.settings, "indicators": indicators})
    (root / "indicators.yaml").write_text(text, encoding="utf-8")
    _write_values(root / "data" / "2018-05.csv", now)
    _write_values(root / "data" / "2017-05.csv", before)
    (root / "data" / "2018-05.yaml").write_text("version: '1'\ngenerated: 2018-06-21 11:59\n", encoding="utf-8")
    statuses = {status.indicator.code: status for status in check_period(Project(root), "2018-05").scorecard.statuses}
    return [statuses[code] for code in rows]


def test_every_table_of_figures_is_read_with_its_settings() -> None:
    assert len(WORKED) == len(TABLES) - 2 == PAGE.count("```yaml")
    assert {head for worked in WORKED for row in worked.rows for head in row} == HEADS
    assert all(worked.settings["rating"] for worked in WORKED)
    words = {row["Outcome"] for worked in WORKED for row in worked.rows}
    assert words >= {outcome.word for outcome in UNRATED_OUTCOMES}


@pytest.mark.parametrize("worked", WORKED, ids=[f"{number} {worked.section}" for number, worked in enumerate(WORKED)])
def test_every_worked_figure_has_its_outcome(tmp_path: Path, worked: WorkedTable) -> None:
    for row, status in zip(worked.rows, _assess_rows(tmp_path, worked), strict=True):
        assert status.outcome.word == row["Outcome"], row
        shown = _strip_stars(row["Figure"])
        assert (cells.format_value_text(status) if status.value is not None else shown) == shown.replace("-", "−"), row
        if "Change" in row:
            assert cells.build_change(status).word == row["Change"], row
        judged = "judged" in worked.settings["rating"]
        assert status.is_overruled is (bool(row.get("An officer writes")) and not judged), row


@cache
def _assess_real_report() -> dict[str, IndicatorStatus]:
    return {status.indicator.code: status for status in check_period(Project(ROOT), "2018-05").scorecard.statuses}


def _list_bold_rows() -> list[Row]:
    """Return the rows with a figure of the real report, each with its indicator, which may be named in a row above."""
    bold, name = [], ""
    for row in (row for worked in WORKED for row in worked.rows):
        name = row.get("Indicator") or name
        if row["Figure"].startswith("**"):
            bold.append({**row, "Indicator": name.partition(",")[0]})
    return bold


def test_figures_in_bold_are_those_of_the_report() -> None:
    rows = _list_bold_rows()
    assert rows
    for row in rows:
        status = _assess_real_report()[row["Indicator"]]
        indicator = status.indicator
        assert cells.format_value_text(status) == _strip_stars(row["Figure"]), row
        assert cells.format_target_text(status).replace("\u00a0–\u00a0", " - ") == row["Target"], row
        assert indicator.polarity == POLARITIES[row["Good is"]], row
        if "A year before" in row:
            before, is_percentage = status.value_year_before, indicator.is_percentage
            assert before is not None
            assert format_figure(before, indicator.decimals, is_percentage=is_percentage) == row["A year before"], row


def test_contrasts_are_as_the_page_says() -> None:
    (rows,) = (rows for _, _, rows in TABLES if "Contrast on white" in rows[0])
    for row in rows:
        contrast = compute_contrast(row["Colour"].strip("`"), WHITE)
        assert f"{contrast:.2f}" == row["Contrast on white"]
        assert row[""].startswith("refused") is (contrast < MIN_TEXT_CONTRAST)


def test_every_setting_and_shape_is_named() -> None:
    words = [*RatingSettings.model_fields, *OutcomeSettings.model_fields, *Shape, "below", "above", "beyond"]
    words += [role for role in Role if role is not Role.RATED]
    page = " ".join(PAGE.split())
    assert [word for word in words if f"`{word}`" not in page and f"`{word}: " not in page] == []


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(#([^)]+)\)", PAGE)
    heads = re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
    assert links
    assert [link for link in links if link not in anchors] == []
