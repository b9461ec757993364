"""The key: every symbol that stands in the tables, and none that does not."""

import re
from collections.abc import Callable, Iterator

from mpr.project import Project
from mpr.report.assemble import assemble_report
from mpr.report.model.report import PrintedFigure, Report
from mpr.workflows.check import check_period
from tests.views import blocks_of, rows_of, section_of

MAY = "2018-05"

Edition = Callable[..., Report]


def _figures(report: Report) -> Iterator[PrintedFigure]:
    for row in rows_of(report).values():
        yield from (row.value, row.target, row.annual)
    for block in blocks_of(report).values():
        for line in block.history.rows if block.history else ():
            for cell in line.cells:
                yield from (cell.value, cell.target)


def _standing(report: Report) -> set[str]:
    """Say which symbols stand in the tables."""
    rows = rows_of(report).values()
    texts = [text for figure in _figures(report) for text in (figure.text, figure.mark)]
    texts += [row.change.word for row in rows]
    found = {text for text in texts if re.fullmatch(r"\[.*\]|[a-z]+", text)}
    return found | ({"†"} if any(row.rating.overruling for row in rows) else set())


def _explained(report: Report) -> set[str]:
    return {symbol for symbol, _ in report.key.symbols}


def _edit(project: Project, edits: dict[str, tuple[str, str]]) -> Report:
    for name, (pattern, new) in edits.items():
        path = project.data / name
        text = path.read_text(encoding="utf-8")
        changed, times = re.subn(pattern, new, text, flags=re.MULTILINE)
        assert times, f"{pattern} is not in {name}"
        path.write_text(changed, encoding="utf-8")
    return assemble_report(check_period(project, MAY).scorecard)


def test_the_key_explains_what_stands_in_the_tables(report: Report) -> None:
    assert _explained(report) == _standing(report) == {"[x]", "[z]", "proxy", "†"}
    assert all(meaning for _, meaning in report.key.symbols)


def test_the_key_explains_each_column_once(report: Report) -> None:
    exceptions, corporate = section_of(report, "exceptions"), section_of(report, "corporate")
    columns = {column.key for section in (exceptions, corporate) for column in section.columns}
    assert sorted(column.key for column in report.key.columns) == sorted({*columns, "history"})
    assert len(exceptions.columns) == 11
    assert len(corporate.columns) == 11
    assert all(column.title and column.meaning for column in report.key.columns)


def test_the_key_explains_the_outcomes_and_changes_that_occur(report: Report) -> None:
    rows = rows_of(report).values()
    assert {rating.kind for rating, _ in report.key.ratings} == {row.rating.kind for row in rows}
    changes = {row.change.kind for row in rows} - {"not-available"}
    assert {change.kind for change in report.key.changes} == changes == {"better", "worse", "same"}


def test_without_a_proxy_and_n_a_they_are_not_in_the_key(project: Project) -> None:
    files = [path for path in project.data.glob("*.csv") if ",N/A," in path.read_text(encoding="utf-8")]
    assert len(files) == 12
    edits = {path.name: (",N/A,", ",TBC,") for path in files}
    report = _edit(project, {**edits, "2018-05.csv": ("Proxy 1.66", "1.66")})
    assert _explained(report) == _standing(report) == {"[x]", "†"}


def test_without_an_overruling_there_is_no_dagger_in_the_key(project: Project) -> None:
    pattern = r",(red|green),(No validated[^,]*|Judged[^,]*),"
    report = _edit(project, {"2018-05.csv": (pattern, ",,,")})
    assert "†" not in _explained(report)
    assert not [row for row in rows_of(report).values() if row.note]


def test_without_a_same_it_is_not_in_the_key(project: Project) -> None:
    report = _edit(project, {"2018-05.csv": (r"18\.60%", "18.70%")})
    assert {change.kind for change in report.key.changes} == {"better", "worse"}


def test_an_outcome_of_the_past_alone_is_explained_too(edition: Edition) -> None:
    told = edition({"T 1": {}}, {"2018-04": {"T 1": "30"}, "2018-05": {"T 1": "5"}})
    assert [rating.word for rating, _ in told.key.ratings] == ["Red", "Green"]
    calm = edition({"T 1": {}}, {"2018-05": {"T 1": "30"}})
    assert [rating.word for rating, _ in calm.key.ratings] == ["Green"]
    assert not {"comment", "history"} & {column.key for column in calm.key.columns}


def test_the_rule_names_the_tolerances(report: Report) -> None:
    general, *own = report.key.rules
    assert re.search(r"\D5%", general)
    assert "CP 3.4" not in general
    assert [bool(re.search(r"CP 3\.4\D+15%", each)) for each in own].count(True) == 1
