"""Sections of the settings: their order, their indicators, groups and columns."""

import csv
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from mpr.load.config.sections import COLUMNS, MODEL_REPORT_SECTIONS
from mpr.problem import InputError, Problem, Severity
from mpr.project import Project
from mpr.report.assemble import assemble_report
from mpr.report.model.chart import Sparkline
from mpr.report.model.report import Detail, Lines, PrintedFigure, RatingCell, Report, Table, Text
from mpr.report.sections import columns
from mpr.workflows.check import check_period

BASE = """
report: {title: T, organisation: Little Council, year_starts: April}
rating: {tolerance: 5%}
aims: [{name: Warm}, {name: Dry}]
departments: [Roofs, Stoves]
committees: [Weather]
owners:
  portfolio_holder: {title: Portfolio holder, names: [Cllr A Ant, Cllr B Bee]}
benchmarks: [Region, England]
partnership_groups: [Health and Wellbeing, Local Economy]
"""
COMMON = {
    "measure": "snapshot", "polarity": "maximise", "decimals": 0, "targets": "{2018-19: {annual: 20}}",
    "managers": "Noah", "committee": "Weather",
}  # fmt: skip
INDICATORS = {
    "T 2": {"aim": "Dry", "departments": "[Roofs]", "owners": "{portfolio_holder: Cllr B Bee}"},
    "T 10": {"aim": "Dry", "departments": "[Stoves]", "owners": "{portfolio_holder: Cllr A Ant}"},
    "T 1": {"aim": "Warm", "departments": "[Roofs, Stoves]", "owners": "{portfolio_holder: Cllr B Bee}"},
    "P 1": {"group": "Local Economy", "unit": "percent", "source": "ONS", "decimals": 1, "targets": "{}"},
    "P 2": {"group": "Local Economy", "frequency": "quarterly", "in_arrears": "yes", "qualifiers": "3 year average"},
}
VALUES = {
    "2018-05": [
        ("T 2", "20", "", "", "Well done.", "", "", ""),
        ("T 10", "5", "", "", "", "", "", ""),
        ("T 1", "19", "green", "Judged", "", "yes", "", ""),
        ("P 1", "4.4%", "", "", "", "", "5.1%", ""),
    ],
    "2018-04": [("P 1", "4.2%", "", "", "", "", "", "6%")],
    "2018-03": [("P 2", "19", "", "", "", "", "", "")],
}
HEADS = ("code", "value", "outcome", "reason", "comment", "focus", "Region", "England")
MakeReport = Callable[[str], Report]


@pytest.fixture
def make_report(tmp_path: Path) -> MakeReport:
    """Return a function from the text of the sections to a report."""
    (tmp_path / "data").mkdir()

    def report(sections: str, extra: str = "") -> Report:
        text = f"{BASE}{extra}\nsections:\n{sections}\nindicators:\n"
        for code, more in INDICATORS.items():
            said = {"code": code, "name": f"Name of {code}", "alias": f"Alias {code}", **COMMON, **more}
            text += "  - {" + ", ".join(f"{key}: {value}" for key, value in said.items()) + "}\n"
        (tmp_path / "indicators.yaml").write_text(text, "utf-8")
        for name, rows in VALUES.items():
            with (tmp_path / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([HEADS, *rows])
        (tmp_path / "data" / "2018-05.yaml").write_text("version: '1'\ngenerated: 2018-06-21 11:59\n", "utf-8")
        return assemble_report(check_period(Project(tmp_path), "2018-05").scorecard)

    return report


def _list_codes(report: Report) -> dict[str, list[tuple[str, list[tuple[str, list[str]]]]]]:
    """Return sections, their groups, the parts of these, and the codes in them."""
    return {
        table.heading.anchor: [
            (group.title, [(part.name, [row.code for row in part.rows]) for part in group.parts])
            for group in table.groups
        ]
        for table in report.tables
    }


def _get_errors(error: pytest.ExceptionInfo[InputError]) -> list[Problem]:
    return [problem for problem in error.value.problems if problem.severity is Severity.ERROR]


def _write(name: str, **settings: str) -> str:
    said = ", ".join(f"{key}: {value}" for key, value in settings.items())
    return f"  {name}: {{title: Title of {name}, description: D{f', {said}' if said else ''}}}"


def test_settings_may_name_every_kind_of_column() -> None:
    assert len(COLUMNS) >= 15
    assert set(columns.COLUMN_KINDS) == set(COLUMNS)
    assert {"exceptions", "corporate", "detail", "partnership"} == set(MODEL_REPORT_SECTIONS)


def test_report_has_the_listed_sections_in_their_order(make_report: MakeReport) -> None:
    report = make_report("\n".join([_write("corporate"), _write("exceptions")]))
    assert [section.heading.label for section in report.sections] == ["Section 1", "Section 2"]
    assert [section.heading.title for section in report.sections] == ["Title of corporate", "Title of exceptions"]
    assert report.details == ()
    assert report.charts == ()
    assert [entry.title for entry in report.cover.contents] == [
        "Columns and symbols", "Title of corporate", "Title of exceptions",
    ]  # fmt: skip
    assert [entry.anchor for entry in report.cover.off_track] == ["corporate-t-10"]


def test_names_of_sections_of_the_model_report_have_its_settings(make_report: MakeReport) -> None:
    report = make_report("\n".join(_write(name) for name in ("exceptions", "corporate", "detail", "partnership")))
    assert _list_codes(report) == {
        "exceptions": [
            ("At risk of missing target", [("Stoves", ["T 10"])]),
            ("On course to achieve target", [("Roofs", ["T 2"])]),
        ],
        "corporate": [("Warm", [("", ["T 1"])]), ("Dry", [("", ["T 2", "T 10"])])],
        "partnership": [("Health and Wellbeing", []), ("Local Economy", [("", ["P 1", "P 2"])])],
    }
    assert [block.code for detail in report.details for block in detail.blocks] == ["T 10"]
    assert [(count.rating.word, count.number) for count in report.cover.counts] == [("Red", 1), ("Green", 2)]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, [("", [("", ["T 1", "T 2", "T 10"])])]),
        ({"order": "file"}, [("", [("", ["T 2", "T 10", "T 1"])])]),
        ({"order": "name"}, [("", [("", ["T 1", "T 10", "T 2"])])]),
        ({"who": "all"}, [("", [("", ["P 1", "P 2", "T 1", "T 2", "T 10"])])]),
        ({"which": "off track"}, [("", [("", ["T 10"])])]),
        ({"which": "exceptions"}, [("", [("", ["T 2", "T 10"])])]),
        ({"which": "in focus"}, [("", [("", ["T 1"])])]),
        ({"only": "{department: Roofs}"}, [("", [("", ["T 1", "T 2"])])]),
        ({"only": "{aim: Dry, portfolio_holder: [Cllr A Ant]}"}, [("", [("", ["T 10"])])]),
        ({"only": "{outcome: Green}", "which": "with a figure"}, [("", [("", ["T 1", "T 2"])])]),
        ({"only": "{portfolio_holder: Cllr A Ant, aim: Warm}"}, []),
        (
            {"group_by": "department"},
            [("", [("Roofs", ["T 2"]), ("Stoves", ["T 10"]), ("No single department", ["T 1"])])],
        ),
        ({"group_by": "portfolio_holder"}, [("", [("Cllr A Ant", ["T 10"]), ("Cllr B Bee", ["T 1", "T 2"])])]),
        (
            {"group_by": "[aim, portfolio_holder]"},
            [("Warm", [("Cllr B Bee", ["T 1"])]), ("Dry", [("Cllr A Ant", ["T 10"]), ("Cllr B Bee", ["T 2"])])],
        ),
    ],
)
def test_settings_choose_order_and_group_the_indicators_of_a_section(
    make_report: MakeReport, settings: dict[str, str], expected: list[object]
) -> None:
    assert _list_codes(make_report(_write("own", columns="[code, name, rating]", **settings)))["own"] == expected


def test_columns_have_the_order_and_titles_of_the_settings(make_report: MakeReport) -> None:
    shown = "[{name: KPI title}, portfolio_holder, value, {rating: Achieved or failed}, annual]"
    table = make_report(_write("own", columns=shown)).tables[0]
    assert [(column.key, column.title, column.head) for column in table.columns] == [
        ("name", "KPI title", True),
        ("portfolio_holder", "Portfolio holder", False),
        ("value", "Month’s value", False),
        ("rating", "Achieved or failed", False),
        ("annual", "Annual target 2018/19", False),
    ]
    name, holder, value, rating, annual = table.rows[0].cells
    assert isinstance(name, Text)
    assert (name.text, name.asides) == ("Name of T 1", ("Monthly snapshot",))
    assert holder == Text("Cllr B Bee")
    assert (value, annual) == (PrintedFigure("19", numbers=(Decimal(19),)), PrintedFigure("20", numbers=(Decimal(20),)))
    assert isinstance(rating, RatingCell)
    assert (rating.rating.word, rating.note) == ("Green", "own-note-t-1")
    assert [note.anchor for note in table.groups[0].notes] == ["own-note-t-1"]


def test_indicator_in_focus_refers_to_the_section_in_focus(make_report: MakeReport) -> None:
    own, focus = (
        _write("own", columns="[code, name]"),
        _write("focus", which="in focus", columns="[code, name]"),
    )
    report = make_report(f"{own}\n{focus}")
    found = {
        (table.heading.anchor, row.code): cell.refer
        for table in report.tables
        for row in table.rows
        for cell in row.cells
        if isinstance(cell, Text) and cell.reference
    }
    assert found == {("own", "T 1"): "focus-t-1"}


def test_partnership_section_has_its_own_columns(make_report: MakeReport) -> None:
    [table] = make_report(_write("partnership")).tables
    assert isinstance(table, Table)
    assert [column.key for column in table.columns] == MODEL_REPORT_SECTIONS["partnership"]["columns"]
    assert table.groups[0].empty == "No Health and Wellbeing indicators were supplied for May 2018."
    first, second = (
        {column.key: cell for column, cell in zip(table.columns, row.cells, strict=True)} for row in table.rows
    )
    assert first["name"] == Text("Name of P 1", ("Monthly snapshot", "Source: ONS"))
    assert first["latest"] == Text("May 2018")
    assert first["rating"].rating.word == "Data only"
    assert first["comparison"] == Lines(("Region 5.1%", "England 6.0% (April 2018)"))
    assert isinstance(first["trend"], Sparkline)
    assert first["trend"].description == (
        "From 4.2% in April 2018 to 4.4% in May 2018; lowest 4.2% in April 2018, highest 4.4% in May 2018."
    )
    assert second["name"] == Text("Name of P 2", ("Quarterly snapshot", "3 year average", "In arrears"))
    assert second["latest"] == Text("Q4 2017/18", ("new figure not due this month",))
    assert second["trend"] is None
    assert [chart.anchor for chart in make_report(_write("partnership")).charts] == ["partnership-spark-p-1"]


def test_benchmark_is_in_the_detail_and_in_its_chart(make_report: MakeReport) -> None:
    [detail] = make_report(_write("detail", which="with a figure", who="partnership", group_by="group")).details
    assert isinstance(detail, Detail)
    block = next(block for block in detail.blocks if block.code == "P 1")
    facts = {fact.label: fact.text for fact in block.facts}
    assert facts["Comparison"] == "Region 5.1%; England 6.0% (April 2018)"
    assert facts["Source"] == "ONS"
    assert block.trend
    lines = {line.label: [str(point.value) for point in line.points] for line in block.trend.lines if line.label}
    assert lines == {"Region 5.1%": ["5.1"], "England 6.0%": ["6.0"]}
    assert "Region: 5.1% (May 2018). England: 6.0% (April 2018)" in block.trend.description


def test_indicators_without_codes_are_named_by_their_alias(make_report: MakeReport, tmp_path: Path) -> None:
    make_report(_write("own", columns="[name]"))
    path = tmp_path / "indicators.yaml"
    path.write_text(re.sub(r"code: \w \d+, ", "", path.read_text("utf-8")), "utf-8")
    for values in (tmp_path / "data").glob("*.csv"):
        text = re.sub(r"(?m)^(\w \d+),", r"Alias \1,", values.read_text("utf-8"))
        values.write_text(text.replace("code,", "Indicator,"), "utf-8")
    [table] = assemble_report(check_period(Project(tmp_path), "2018-05").scorecard).tables
    assert [row.anchor for row in table.rows] == [f"own-indicator-alias-t-{number}" for number in (1, 2, 10)]


def test_missing_code_is_an_error_if_other_indicators_have_one(make_report: MakeReport, tmp_path: Path) -> None:
    make_report(_write("own", columns="[code, name]"))
    path = tmp_path / "indicators.yaml"
    path.write_text(path.read_text("utf-8").replace("code: T 2, ", ""), "utf-8")
    with pytest.raises(InputError) as error:
        check_period(Project(tmp_path), "2018-05")
    assert [problem.message for problem in _get_errors(error)] == ["'code' is missing here"]


WRONG = [
    (
        _write("own", columns="[cod, name]"),
        "E126",
        "column 'cod' is not in the list of columns; did you mean 'code'?",
    ),
    (
        _write("own", columns="[name]", group_by="departments"),
        "E126",
        "grouping 'departments' is not in the list of groupings",
    ),
    (
        _write("own", columns="[name]", only="{ward: X}"),
        "E126",
        "grouping 'ward' is not in the list of groupings",
    ),
    (_write("own"), "E128", "a table needs 'columns', such as code, name, value, rating"),
    (_write("own", columns="[{name: A, value: B}]"), "E128", "each of the 'columns' needs a dash of its own"),
    (
        _write("own", columns="[name]", group_by="[department, committee]"),
        "E128",
        "only a table grouped by",
    ),
    (_write("own", columns="[name]", group_by="[aim, outcome, committee]"), "E123", "a list of at most 2"),
    (
        _write("own", columns="[name]", only="{manager: Noa}"),
        "E126",
        "manager 'Noa' is not in the list of managers; did you mean 'Noah'?",
    ),
    (_write("own", columns="[name, name]"), "E128", "one of the 'columns' is listed twice"),
    (_write("own", columns="[name]", only="{aim: Wet}"), "E126", "aim 'Wet' is not in the list of aims"),
    ("  My Own: {title: T, description: D, columns: [name]}", "E123", "a name of its own in lower case"),
    ("  key: {title: T, description: D, columns: [name]}", "E123", "a name of its own in lower case"),
    ("  filter: {title: T, description: D, columns: [name]}", "E123", "a name of its own in lower case"),
    (
        _write("own", columns="[value]"),
        "E128",
        "a table needs the column 'code' or 'name' to head its rows",
    ),
    (_write("own", layout="tables"), "E123", "'layout' must be 'table', 'detail' or 'changes', not 'tables'"),
    (
        _write("own", layout="changes", columns="[name]"),
        "E128",
        "a section with 'layout: changes' cannot have 'columns' or",
    ),
    ("  changes: [code]", "E123", "a group of settings"),
    ("  own: {title: T}", "E121", "'description' is missing here"),
    ("  own: {title: T, description: D, colums: [code]}", "E122", "did you mean 'columns'?"),
]


@pytest.mark.parametrize(("sections", "code", "words"), WRONG)
def test_mistake_in_the_sections_is_an_error(make_report: MakeReport, sections: str, code: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        make_report(sections)
    [problem] = _get_errors(error)
    assert problem.code == code
    assert words in str(problem)


def test_owner_that_is_not_listed_is_an_error(make_report: MakeReport, tmp_path: Path) -> None:
    make_report(_write("own", columns="[name, portfolio_holder]"))
    path = tmp_path / "indicators.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("owners: {portfolio_holder: Cllr A Ant}", "owners: {portfolio_holder: Clir A Ant}"), "utf-8"
    )
    with pytest.raises(InputError) as error:
        check_period(Project(tmp_path), "2018-05")
    [problem] = _get_errors(error)
    assert "portfolio holder 'Clir A Ant' is not in the list of names; did you mean 'Cllr A Ant'?" in str(problem)
    path.write_text(text.replace("owners: {portfolio_holder: Cllr A Ant}", "owners: {}"), "utf-8")
    with pytest.raises(InputError) as error:
        check_period(Project(tmp_path), "2018-05")
    assert "E121 'portfolio_holder' is missing here" in str(error.value)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"only": "{department: Roofs}"}, "2 indicators."),
        ({"group_by": "aim"}, "All 3 corporate indicators of 2018/19, by aim."),
        ({"who": "all"}, "All 5 indicators of 2018/19."),
        ({"which": "off track"}, "1 indicator rated red or amber."),
        (
            {"which": "off track", "only": "{aim: Warm}"},
            "No indicator is rated red or amber among these indicators this month.",
        ),
        (
            {"which": "off track", "who": "partnership"},
            "No indicator is rated red or amber among the partnership indicators",
        ),
        ({"which": "in focus", "who": "all"}, "1 indicator in focus."),
        ({"which": "exceptions", "only": "{aim: Warm}"}, "There are no exceptions among these indicators this month."),
    ],
)
def test_introduction_describes_only_the_indicators_of_its_section(
    make_report: MakeReport, settings: dict[str, str], words: str
) -> None:
    [table] = make_report(_write("own", columns="[code, name]", **settings)).tables
    assert table.introduction.startswith(words)
