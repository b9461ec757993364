"""`docs/rating.md` is true: every worked figure in it is rated by `mpr`, from the settings that stand above it."""

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
SHIPPED = {
    "report": {"title": "T", "organisation": "O", "publisher": "P", "contacts": [], "year_starts": "April"},
    "sections": {"all": {"title": "All", "description": "All", "columns": ["code", "value", "target", "rating"]}},
}
BLOCKS = re.compile(r"^```(\w+)\n(.*?)^```$|^(\|.*?\|)\n\n|^## ([^\n]*)$", re.MULTILINE | re.DOTALL)

Row = dict[str, str]


@dataclass(frozen=True)
class Worked:
    """A worked table: the settings that stand above it, and its rows by heading."""

    section: str
    settings: Mapping[str, Any]
    rows: tuple[Row, ...]


def _tables() -> Iterator[tuple[str, dict[str, Any], tuple[Row, ...]]]:
    """Yield every table with its section and the settings before it there; a later setting takes an earlier's place."""
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


TABLES = tuple(_tables())
WORKED = [Worked(*each) for each in TABLES if "Outcome" in each[2][0]]


def _plain(cell: str) -> str:
    """Return a cell without the stars around it, nothing for what is said to be none."""
    return "" if cell == "none" else cell.strip("*")


def _decimals(text: str) -> int:
    return len(text.rstrip("%").partition(".")[2])


def _indicator(code: str, row: Row, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the indicator of a row as `indicators.yaml` would have it."""
    shown, target, place = _plain(row["Figure"]), _plain(row["Target"]), row.get("Aim or group", "")
    groups = [each if isinstance(each, str) else each["name"] for each in settings.get("partnership_groups", ())]
    own = {each["code"]: each["rating"] for each in settings.get("indicators", ())}
    said = own.get(row.get("Indicator", "").partition(",")[0])
    number = shown if re.match(r"-?\d", shown) else target
    return {
        "code": code,
        "name": code,
        "alias": code,
        "measure": "snapshot",
        "polarity": POLARITIES[row["Good is"]],
        "decimals": row.get("Decimals", str(_decimals(number))),
        "frequency": row.get("How often", "monthly") if not re.match(r"\d", shown) else "monthly",
        **({"unit": "percent", "unbounded": "yes"} if "%" in shown + target else {}),
        **({"targets": {year: {"annual": target} for year in ("2017-18", "2018-19")}} if target else {}),
        **({"group" if place in groups else "aim": place} if place else {}),
        **({"rating": said} if said else {}),
    }


def _write(path: Path, rows: Mapping[str, tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("code", "value", "outcome", "reason"))
        writer.writerows((code, *row) for code, row in rows.items())


def _standings(root: Path, worked: Worked) -> list[IndicatorStatus]:
    """Write a table into a project, each row as an indicator, and read where each stands."""
    rows = {f"R {number}": row for number, row in enumerate(worked.rows)}
    now, before = {}, {}
    for code, row in rows.items():
        officer = row.get("An officer writes", "")
        value = row.get("In the data file", _plain(row["Figure"]))
        now[code] = (value, officer, "Judged" if officer else "")
        before[code] = (_plain(row.get("A year before", "")),)
    indicators = [_indicator(code, row, worked.settings) for code, row in rows.items()]
    (root / "data").mkdir()
    text = json.dumps({**SHIPPED, **worked.settings, "indicators": indicators})
    (root / "indicators.yaml").write_text(text, encoding="utf-8")
    _write(root / "data" / "2018-05.csv", now)
    _write(root / "data" / "2017-05.csv", before)
    (root / "data" / "2018-05.yaml").write_text("version: '1'\ngenerated: 2018-06-21 11:59\n", encoding="utf-8")
    found = {each.indicator.code: each for each in check_period(Project(root), "2018-05").scorecard.statuses}
    return [found[code] for code in rows]


def test_the_page_was_read() -> None:
    assert len(WORKED) == 22
    assert sum(len(each.rows) for each in WORKED) == 147
    assert len(TABLES) == len(WORKED) + 2
    assert PAGE.count("```yaml") == 22
    assert {head for each in WORKED for row in each.rows for head in row} == HEADS
    assert all(each.settings["rating"] for each in WORKED)
    assert {row["Outcome"] for each in WORKED for row in each.rows} >= {each.word for each in UNRATED_OUTCOMES}


@pytest.mark.parametrize("worked", WORKED, ids=[f"{number} {each.section}" for number, each in enumerate(WORKED)])
def test_every_worked_figure_is_rated_so(tmp_path: Path, worked: Worked) -> None:
    for row, found in zip(worked.rows, _standings(tmp_path, worked), strict=True):
        assert found.outcome.word == row["Outcome"], row
        shown = _plain(row["Figure"])
        assert (cells.format_value_text(found) if found.value is not None else shown) == shown.replace("-", "−"), row
        if "Change" in row:
            assert cells.build_change(found).word == row["Change"], row
        judged = "judged" in worked.settings["rating"]
        assert found.is_overruled is (bool(row.get("An officer writes")) and not judged), row


@cache
def _published() -> dict[str, IndicatorStatus]:
    return {each.indicator.code: each for each in check_period(Project(ROOT), "2018-05").scorecard.statuses}


def _bold() -> list[Row]:
    """Return the rows with a figure of the council's own; an indicator named above stands for the rows under it."""
    found, name = [], ""
    for row in (row for each in WORKED for row in each.rows):
        name = row.get("Indicator") or name
        if row["Figure"].startswith("**"):
            found.append({**row, "Indicator": name.partition(",")[0]})
    return found


def test_figures_in_bold_are_those_of_the_report() -> None:
    bold = _bold()
    assert len(bold) == 30
    for row in bold:
        each = _published()[row["Indicator"]]
        assert cells.format_value_text(each) == _plain(row["Figure"]), row
        assert cells.format_target_text(each).replace("\u00a0–\u00a0", " - ") == row["Target"], row
        assert each.indicator.polarity == POLARITIES[row["Good is"]], row
        if "A year before" in row:
            assert each.value_year_before is not None
            decimals = each.indicator.decimals
            assert (
                format_figure(each.value_year_before, decimals, is_percentage=each.indicator.is_percentage)
                == row["A year before"]
            ), row


def test_contrasts_are_as_the_page_says() -> None:
    (rows,) = (rows for _, _, rows in TABLES if "Contrast on white" in rows[0])
    assert len(rows) == 11
    for row in rows:
        colour = row["Colour"].strip("`")
        found = compute_contrast(colour, WHITE)
        assert f"{found:.2f}" == row["Contrast on white"]
        assert row[""].startswith("refused") is (found < MIN_TEXT_CONTRAST)


def test_every_setting_and_shape_is_named() -> None:
    words = [*RatingSettings.model_fields, *OutcomeSettings.model_fields, *Shape, "below", "above", "beyond"]
    words += [role for role in Role if role is not Role.RATED]
    assert len(words) == 36
    page = " ".join(PAGE.split())
    assert [word for word in words if f"`{word}`" not in page and f"`{word}: " not in page] == []


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(#([^)]+)\)", PAGE)
    heads = re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
    assert len(links) == 11
    assert [link for link in links if link not in anchors] == []
