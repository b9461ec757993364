"""The columns of a table: where a new one is written, and the widths and style that a table takes from its columns."""

import re
from pathlib import Path

import pytest

from mpr.load.config.sections import COLUMNS, MODEL_REPORT_SECTIONS
from mpr.project import Project
from mpr.report.assemble import assemble_pages
from mpr.report.model.report import Table
from mpr.report.sections.columns import COLUMN_KINDS, PAGE_WIDTH, choose_table_style
from mpr.workflows.check import check_period

ROOT = Path(__file__).parents[2]
EXCEPTIONS, CORPORATE, PARTNERSHIP = (
    tuple(MODEL_REPORT_SECTIONS[name]["columns"]) for name in ("exceptions", "corporate", "partnership")
)
OTHERS_BESIDE_COMMENTS = [key for key in COLUMNS if key not in EXCEPTIONS]


def test_every_kind_of_column_may_be_named_in_the_settings() -> None:
    assert len(COLUMN_KINDS) >= 18
    missing, unknown = sorted(set(COLUMN_KINDS) - set(COLUMNS)), sorted(set(COLUMNS) - set(COLUMN_KINDS))
    assert not missing, f"add {missing} to COLUMNS in mpr/load/config/sections.py, then run 'make docs'"
    assert not unknown, f"write a function with @_register_column for {unknown} in mpr/report/sections/columns.py"


def test_every_kind_of_column_has_a_macro_that_prints_its_cells() -> None:
    macros = set(re.findall(r"{% macro (\w+)\(", (ROOT / "templates" / "parts.html").read_text(encoding="utf-8")))
    assert len(macros) >= 8
    missing = sorted({kind.macro for kind in COLUMN_KINDS.values()} - macros)
    assert not missing, f"add the macros {missing} to templates/parts.html"


@pytest.mark.parametrize(
    ("keys", "style"),
    [
        (EXCEPTIONS, "with-comments"),
        (CORPORATE, ""),
        (PARTNERSHIP, "measured"),
        (("name", "value", "target", "rating", "comment"), "measured"),
        (("name", "rating"), "measured"),
        *((EXCEPTIONS[:place] + EXCEPTIONS[place + 1 :], "with-comments") for place in (0, 2, 6, 10)),
        *(((*EXCEPTIONS, key), "with-comments") for key in OTHERS_BESIDE_COMMENTS),
        ((*EXCEPTIONS, "portfolio_holder"), "with-comments"),
        ((*EXCEPTIONS, "managers", "departments"), "with-comments"),
        ((*CORPORATE, "departments"), ""),
        ((*CORPORATE, "departments", "trend"), "measured"),
        (COLUMNS, "measured"),
    ],
)
def test_style_follows_the_columns(keys: tuple[str, ...], style: str) -> None:
    assert choose_table_style(keys) == style


def _build_tables(council: Project, exceptions: tuple[str, ...]) -> dict[str, Table]:
    path = council.indicators_path
    text = path.read_text(encoding="utf-8")
    changed = text.replace("  exceptions: {", f"  exceptions: {{columns: [{', '.join(exceptions)}], ", 1)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    return {table.heading.anchor: table for table in assemble_pages(check_period(council, "2018-05").scorecard).tables}


def test_widths_of_the_model_report_are_those_of_the_style_sheets(council: Project) -> None:
    tables = _build_tables(council, EXCEPTIONS)
    assert [column.key for column in tables["exceptions"].columns] == list(EXCEPTIONS)
    assert {column.width for name in ("exceptions", "corporate") for column in tables[name].columns} == {""}


@pytest.mark.parametrize("key", OTHERS_BESIDE_COMMENTS)
def test_one_more_column_changes_no_other_and_leaves_comments_the_most_room(council: Project, key: str) -> None:
    widths = {each.key: each.width for each in _build_tables(council, (*EXCEPTIONS, key))["exceptions"].columns}
    assert {column for column, width in widths.items() if width} == {key}
    assert float(widths[key]) / 100 * PAGE_WIDTH < 30


def test_a_style_sheet_sets_every_width_that_is_left_to_it() -> None:
    style = (ROOT / "templates" / "print.css").read_text(encoding="utf-8")
    for keys, prefix, rest in ((EXCEPTIONS, "with-comments", "comment"), (CORPORATE, "indicators", "name")):
        rules = dict(re.findall(rf"^\.{prefix} ((?:\.\w+(?:, \.{prefix} )?)+) {{ ([^}}]*)", style, re.MULTILINE))
        wide = {name for names, rule in rules.items() if "width:" in rule for name in re.findall(r"\.(\w+)", names)}
        assert set(keys) - wide == {rest}


def test_widths_of_a_measured_table_fill_it(council: Project) -> None:
    columns = _build_tables(council, ("name", "managers", "rating", "comment"))["exceptions"].columns
    assert [column.width for column in columns] == ["23.3", "14.6", "11.2", "51.0"]
