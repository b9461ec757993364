"""The key explains every symbol that occurs in the tables, and no other."""

import re
from collections.abc import Iterator

from mpr.project import Project
from mpr.report.assemble import assemble_report
from mpr.report.model.report import PrintedFigure, Report
from mpr.workflows.check import check_period
from tests.cells import set_cells
from tests.report.conftest import Edition
from tests.views import get_blocks, get_rows

MAY = "2018-05"


def _iter_figures(report: Report) -> Iterator[PrintedFigure]:
    for row in get_rows(report).values():
        yield from (row.value, row.target, row.annual)
    for block in get_blocks(report).values():
        for line in block.history.rows if block.history else ():
            for cell in line.cells:
                yield from (cell.value, cell.target)


def _find_symbols(report: Report) -> set[str]:
    """Return the symbols that occur in the tables."""
    rows = get_rows(report).values()
    texts = [text for figure in _iter_figures(report) for text in (figure.text, figure.mark)]
    texts += [row.change.word for row in rows]
    symbols = {text for text in texts if re.fullmatch(r"\[.*\]|[a-z]+", text)}
    return symbols | ({"†"} if any(row.rating.overruling for row in rows) else set())


def _list_symbols(report: Report) -> set[str]:
    """Return the symbols that the key explains; kinds of measure have a sentence there too."""
    return {symbol for symbol, _ in report.key.symbols if symbol != "Count"}


def _assemble(project: Project) -> Report:
    return assemble_report(check_period(project, MAY).scorecard)


def test_key_explains_the_symbols_in_the_tables(council_report: Report) -> None:
    assert _list_symbols(council_report) == _find_symbols(council_report) == {"[x]", "[z]", "proxy", "†"}
    assert "Count" in {symbol for symbol, _ in council_report.key.symbols}
    assert all(meaning for _, meaning in council_report.key.symbols)


def test_key_explains_every_column_once(council_report: Report) -> None:
    columns = {column.key for table in council_report.tables for column in table.columns}
    assert sorted(column.key for column in council_report.key.columns) == sorted({*columns, "history"})
    assert all(column.title and column.meaning for column in council_report.key.columns)


def test_key_explains_the_outcomes_and_changes_that_occur(council_report: Report) -> None:
    rows = get_rows(council_report).values()
    assert {rating.kind for rating, _ in council_report.key.ratings} == {row.rating.kind for row in rows}
    changes = {row.change.kind for row in rows} - {"not-available"}
    assert {change.kind for change in council_report.key.changes} == changes == {"better", "worse", "same"}


def test_key_leaves_out_a_proxy_that_does_not_occur(council: Project) -> None:
    set_cells(council.get_values_path(MAY), "LM 1.11", value="9.6")
    report = _assemble(council)
    assert _list_symbols(report) == _find_symbols(report) == {"[x]", "[z]", "†"}


def test_key_leaves_out_not_applicable_where_all_figures_are_due(edition: Edition) -> None:
    report = edition({"T 1": {}}, {"2018-04": {"T 1": "TBC"}, "2018-05": {"T 1": "5"}})
    assert _list_symbols(report) == _find_symbols(report) == {"[x]"}


def test_key_leaves_out_the_dagger_where_no_officer_set_an_outcome(council: Project) -> None:
    for code in ("LM 2.1", "LM 2.3"):
        set_cells(council.get_values_path(MAY), code, outcome="", reason="")
    report = _assemble(council)
    assert "†" not in _list_symbols(report)
    assert not [row for row in get_rows(report).values() if row.note]


def test_key_leaves_out_a_change_that_does_not_occur(council: Project) -> None:
    set_cells(council.get_values_path(MAY), "LM 1.11", value="Proxy 9.7")
    report = _assemble(council)
    assert {change.kind for change in report.key.changes} == {"better", "worse"}


def test_key_explains_an_outcome_that_occurs_in_a_history_alone(edition: Edition) -> None:
    mixed = edition({"T 1": {}}, {"2018-04": {"T 1": "30"}, "2018-05": {"T 1": "5"}})
    assert [rating.word for rating, _ in mixed.key.ratings] == ["Red", "Green"]
    calm = edition({"T 1": {}}, {"2018-05": {"T 1": "30"}})
    assert [rating.word for rating, _ in calm.key.ratings] == ["Green"]
    assert not {"comment", "history"} & {column.key for column in calm.key.columns}


def test_key_names_the_general_tolerance_and_those_of_single_indicators(council_report: Report) -> None:
    general, *own = council_report.key.rules
    assert re.search(r"\D5%", general)
    assert "LM 1.9" not in general
    assert [bool(re.search(r"LM 1\.9\D+10%", rule)) for rule in own].count(True) == 1
