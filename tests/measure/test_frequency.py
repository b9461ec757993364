"""Periods of every length: their names, which of them a figure belongs to, when it is due, what follows from months."""

import csv
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from mpr.load.scorecard import Scorecard
from mpr.measure.period import Frequency, Month, PeriodPart, Year, parse_period
from mpr.measure.status import IndicatorStatus
from mpr.measure.target import get_bounds
from mpr.problem import InputError, Problem
from mpr.project import Project
from mpr.rules.runner import run_rules
from mpr.workflows.check import check_period

APRIL, SEPTEMBER = 4, 9
YEAR = Year(Month(2018, APRIL))


@pytest.mark.parametrize(
    ("text", "words", "short", "first", "last"),
    [
        ("2018-05", "May 2018", "May 2018", "2018-05", "2018-05"),
        ("2018-19-Q1", "Quarter 1 2018/19", "Q1 2018/19", "2018-04", "2018-06"),
        ("2016-17-Q2", "Quarter 2 2016/17", "Q2 2016/17", "2016-07", "2016-09"),
        ("2018-19-Q4", "Quarter 4 2018/19", "Q4 2018/19", "2019-01", "2019-03"),
        ("2018-19-H2", "Second half 2018/19", "H2 2018/19", "2018-10", "2019-03"),
        ("2018-19-T1", "Autumn term 2018", "Autumn 2018", "2018-09", "2018-12"),
        ("2018-19-T3", "Summer term 2019", "Summer 2019", "2019-05", "2019-08"),
        ("2018-19", "2018/19", "2018/19", "2018-04", "2019-03"),
        ("2011-12", "December 2011", "December 2011", "2011-12", "2011-12"),
    ],
)
def test_a_period_is_read_and_written(text: str, words: str, short: str, first: str, last: str) -> None:
    period = parse_period(text, APRIL)
    assert (str(period), period.full_name, period.short_name) == (text, words, short)
    assert (str(period.first), str(period.last)) == (first, last)
    assert len(period.months) == period.frequency.months
    assert period.months[0] == period.first
    assert period.months[-1] == period.last
    before = period.year_before
    assert (before.first, before.frequency) == (period.first.add_months(-12), period.frequency)


@pytest.mark.parametrize(
    "text", ["2018-19-Q5", "2018-19-Q0", "2018-19-X1", "2018-20", "2018-19-Q", "18-19", "", "May 2018"]
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        parse_period(text, APRIL)


def test_a_year_that_starts_in_january_has_one_number() -> None:
    assert str(parse_period("2018-Q3", 1).first) == "2018-07"
    assert str(parse_period("2018", 1).last) == "2018-12"
    with pytest.raises(ValueError, match="2018-19"):
        parse_period("2018-19", 1)


def test_an_academic_year_says_that_it_is_one() -> None:
    assert Year.from_text("2017-18", SEPTEMBER).full_name == "2017/18 academic year"
    assert str(Year.from_text("2017-18", SEPTEMBER).last) == "2018-08"


@pytest.mark.parametrize(
    ("frequency", "parts"), [("monthly", 12), ("quarterly", 4), ("termly", 3), ("half-yearly", 2), ("annual", 1)]
)
def test_a_year_is_made_up_of_its_parts(frequency: str, parts: int) -> None:
    found = YEAR.split_into(Frequency(frequency))
    assert len(found) == parts
    assert tuple(month for part in found for month in part.months) == YEAR.months
    assert all(YEAR.get_part(Frequency(frequency), month) == part for part in found for month in part.months)


SETTINGS = """
report: {title: T, organisation: C, year_starts: April}
sections: {all: {title: All, description: All, columns: [code, name, latest, value]}}
rating: {tolerance: 5%}
indicators:
"""
INDICATOR = {"aim": None, "measure": "snapshot", "polarity": "maximise", "decimals": 0}
Council = Callable[[Mapping[str, Mapping[str, object]], Mapping[str, Mapping[str, str]], str], Scorecard]


@pytest.fixture
def council(tmp_path: Path) -> Council:
    """Return a function from indicators by code, values by file and code, and a period's name to a scorecard."""
    (tmp_path / "data").mkdir()

    def made(
        indicators: Mapping[str, Mapping[str, object]], files: Mapping[str, Mapping[str, str]], period: str
    ) -> Scorecard:
        text = SETTINGS
        for code, more in indicators.items():
            said = {**INDICATOR, "code": code, "name": code, "alias": code, **more}
            text += "  - {" + ", ".join(f"{key}: {value}" for key, value in said.items() if value is not None) + "}\n"
        (tmp_path / "indicators.yaml").write_text(text, "utf-8")
        for name, values in {period: {}, **files}.items():
            with (tmp_path / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(
                    [("code", "value", "comment"), *(each.split("|") for each in _cells(values))]
                )
        (tmp_path / "data" / f"{period}.yaml").write_text("version: '1'\ngenerated: 2018-06-21 11:59\n", "utf-8")
        return check_period(Project(tmp_path), period).scorecard

    return made


def _cells(values: Mapping[str, str]) -> list[str]:
    return [f"{code}|{value}" for code, value in values.items()]


def _one(scorecard: Scorecard) -> IndicatorStatus:
    [standing] = scorecard.statuses
    return standing


def _problems(error: pytest.ExceptionInfo[InputError]) -> list[Problem]:
    return [each for each in error.value.problems if each.code != "W503"]


MONTHS = ("2018-04", "2018-05", "2018-06")
QUARTERS_OF_MONTHS = [  # kind, what more is said, the months' values, the quarter's
    ("snapshot", {}, ("7", "8", "9"), "9"),
    ("snapshot", {}, ("7", "8", ""), None),
    ("snapshot", {}, ("", "", "9"), "9"),
    ("cumulative", {}, ("7", "15", "24"), "24"),
    ("year-to-date", {"unit": "percent"}, ("70%", "75%", "72%"), "72"),
    ("rolling", {"unit": "percent"}, ("70%", "75%", "72%"), "72"),
    ("count", {}, ("7", "8", "9"), "24"),
    ("count", {}, ("7", "", "9"), None),
    ("count", {}, ("0", "0", "0"), "0"),
    ("rate", {"unit": "percent"}, ("70%", "75%", "72%"), None),
    ("rate", {"unit": "percent", "decimals": 1}, ("1 of 2", "1 of 4", "1 of 10"), "18.8"),
    ("rate", {"unit": "percent"}, ("1 of 2", "25%", "1 of 10"), None),
]


@pytest.mark.parametrize(("measure", "more", "values", "expected"), QUARTERS_OF_MONTHS)
def test_a_quarter_is_made_of_its_months_where_the_measure_allows_it(
    council: Council, measure: str, more: dict[str, object], values: tuple[str, ...], expected: str | None
) -> None:
    files = {month: {"T 1": value} for month, value in zip(MONTHS, values, strict=True)}
    standing = _one(council({"T 1": {"measure": measure, **more}}, files, "2018-19-Q1"))
    assert (None if standing.value is None else str(standing.value)) == expected
    assert standing.latest_period == PeriodPart(YEAR, Frequency.QUARTERLY, 1)


def test_a_year_is_made_of_its_months_but_never_of_rolling_quarters(council: Council) -> None:
    files = {str(month): {"T 1": "2", "T 2": "3"} for month in YEAR.months}
    scorecard = council({"T 1": {"measure": "count"}, "T 2": {"measure": "rolling"}}, files, "2018-19")
    assert [None if each.value is None else str(each.value) for each in scorecard.statuses] == ["24", None]


def test_numerators_and_denominators_are_added_and_kept(council: Council) -> None:
    files = {month: {"T 1": f"{at} of 100"} for at, month in enumerate(MONTHS, 10)}
    figure = _one(council({"T 1": {"measure": "rate", "unit": "percent", "decimals": 1}}, files, "2018-19-Q1")).figure
    assert (str(figure.value), [str(each) for each in figure.fraction or ()], figure.is_computed) == (
        "11.0",
        ["33", "300"],
        True,
    )


def test_what_officers_wrote_for_a_quarter_goes_before_its_months(council: Council) -> None:
    files = {**{month: {"T 1": "5"} for month in MONTHS}, "2018-19-Q1": {"T 1": "16|Recounted."}}
    standing = _one(council({"T 1": {"measure": "count"}}, files, "2018-19-Q1"))
    assert (str(standing.value), standing.figure.is_computed, standing.comment) == ("16", False, "Recounted.")


@pytest.mark.parametrize("file", ["2018-06", "2018-19-Q1"])
def test_a_quarters_figure_stands_in_its_last_months_file_or_in_its_own(council: Council, file: str) -> None:
    standing = _one(council({"T 1": {"frequency": "quarterly"}}, {file: {"T 1": "7"}}, "2018-07"))
    assert (str(standing.latest_period), str(standing.value), standing.is_due) == ("2018-19-Q1", "7", False)


def test_a_figure_and_what_is_said_of_it_may_stand_in_two_files(council: Council) -> None:
    files = {"2018-06": {"T 1": "7"}, "2018-19-Q1": {"T 1": "|Said of the quarter."}}
    standing = _one(council({"T 1": {"frequency": "quarterly"}}, files, "2018-19-Q1"))
    assert (str(standing.value), standing.comment) == ("7", "Said of the quarter.")


def test_a_figure_in_a_month_in_which_none_is_due_is_a_problem(council: Council) -> None:
    with pytest.raises(InputError) as error:
        council({"T 1": {"frequency": "quarterly"}}, {"2018-05": {"T 1": "7"}}, "2018-05")
    [problem] = _problems(error)
    assert (str(problem.place), problem.code) == ("data/2018-05.csv:2:2", "E215")
    assert problem.message == "value '7' stands here, but T 1 is quarterly"
    assert problem.hint == (
        "its figures go into the files of June, September, December and March, or of the quarter itself"
    )


def test_the_same_figure_twice_is_a_problem(council: Council) -> None:
    files = {"2018-06": {"T 1": "7"}, "2018-19-Q1": {"T 1": "8"}}
    with pytest.raises(InputError) as error:
        council({"T 1": {"frequency": "quarterly"}}, files, "2018-06")
    [problem] = _problems(error)
    assert problem.code == "E217"
    assert "a figure of Quarter 1 2018/19 here and in data/2018-19-Q1.csv:2:2" in problem.message


DUE = [  # frequency, what more is said, the month reported, whether a figure is due in it
    ("monthly", {}, "2018-05", True),
    ("monthly", {"due": "[June, July]"}, "2018-05", False),
    ("quarterly", {}, "2018-05", False),
    ("quarterly", {}, "2018-06", True),
    ("quarterly", {"lag": 1}, "2018-06", False),
    ("quarterly", {"lag": 1}, "2018-07", True),
    ("termly", {}, "2018-04", True),
    ("termly", {}, "2018-06", False),
    ("half-yearly", {}, "2018-09", True),
    ("half-yearly", {}, "2018-06", False),
    ("annual", {}, "2019-03", True),
    ("annual", {}, "2018-05", False),
    ("annual", {"due": "October"}, "2018-10", True),
    ("annual", {"due": "October"}, "2019-03", False),
    ("annual", {"year": "academic"}, "2018-08", True),
    ("annual", {"year": "academic", "due": "July", "lag": 2}, "2018-09", True),
    ("annual", {}, "2018-19-Q4", True),
    ("annual", {}, "2018-19-Q3", False),
    ("monthly", {}, "2018-19-Q1", True),
]


@pytest.mark.parametrize(("frequency", "more", "period", "due"), DUE)
def test_when_a_figure_is_due(
    council: Council, frequency: str, more: dict[str, object], period: str, *, due: bool
) -> None:
    standing = _one(council({"T 1": {"frequency": frequency, **more}}, {}, period))
    assert standing.is_due is due
    assert str(standing.outcome) == ("no value" if due else "not due")


def test_a_figure_is_not_known_before_its_month(council: Council) -> None:
    annual = {"T 1": {"frequency": "annual", "due": "October"}}
    files = {"2017-18": {"T 1": "6"}, "2018-19": {"T 1": "7"}}
    assert str(_one(council(annual, files, "2018-09")).latest_period) == "2017-18"
    assert str(_one(council(annual, files, "2018-10")).latest_period) == "2018-19"


def test_an_annual_figure_may_be_years_old_but_no_other(council: Council) -> None:
    indicators = {"T 1": {"frequency": "annual"}, "T 2": {"frequency": "quarterly"}}
    scorecard = council(indicators, {"2014-15": {"T 1": "7"}, "2014-15-Q4": {"T 2": "7"}}, "2018-05")
    assert [None if each.value is None else str(each.latest_period) for each in scorecard.statuses] == ["2014-15", None]


def test_last_years_same_period_is_compared(council: Council) -> None:
    files = {"2017-18-Q1": {"T 1": "5"}, "2018-19-Q1": {"T 1": "7"}, "2018-19-Q2": {"T 1": ""}}
    standing = _one(council({"T 1": {"frequency": "quarterly"}}, files, "2018-19-Q2"))
    assert (str(standing.value_year_before), standing.direction.value) == ("5", "better")


def test_an_academic_years_figure_stands_under_its_own_name(council: Council) -> None:
    annual = {"T 1": {"frequency": "annual", "year": "academic"}}
    standing = _one(council(annual, {"2016-17": {"T 1": "61"}}, "2018-05"))
    assert (standing.latest_period.full_name, str(standing.value)) == ("2016/17 academic year", "61")
    standing = _one(council(annual, {"2017-08": {"T 1": "62"}, "2016-17": {}}, "2018-05"))
    assert (standing.latest_period.full_name, str(standing.value)) == ("2016/17 academic year", "62")


TARGETS = [  # kind, targets of the year, the period, its target
    ("snapshot", "{annual: 80}", "2018-19-Q1", "80"),
    ("cumulative", "{annual: 1200, month: linear}", "2018-19-Q1", "300"),
    ("cumulative", "{annual: 1200, month: linear}", "2018-19", "1200"),
    ("cumulative", "{profile: {June: 5, September: 9}}", "2018-19-Q2", "9"),
    ("count", "{annual: 120}", "2018-05", "10"),
    ("count", "{annual: 120}", "2018-19-Q1", "30"),
    ("count", "{annual: 120}", "2018-19", "120"),
    ("count", "{annual: 100}", "2018-05", "8.33"),
    ("count", "{annual: 6}", "2018-05", "0.5"),
    ("count", "{profile: {April: 1, May: 2, June: 3}}", "2018-19-Q1", "6"),
    ("count", "{profile: {April: 1, May: 2}}", "2018-19-Q1", "None"),
    ("count", "{annual: 24 - 48}", "2018-05", "2 4"),
]


@pytest.mark.parametrize(("measure", "targets", "period", "expected"), TARGETS)
def test_the_target_of_a_longer_period(
    council: Council, measure: str, targets: str, period: str, expected: str
) -> None:
    more = {"measure": measure, "targets": f"{{2018-19: {targets}}}"}
    target = _one(council({"T 1": more}, {period: {"T 1": "1"}}, period)).target
    assert (None if target is None else [*dict.fromkeys(get_bounds(target))]) == (
        None if expected == "None" else [Decimal(each) for each in expected.split()]
    )


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        ("799 of 1,077", "", ""),
        ("0 of 5", "", ""),
        ("5 of 0", "E216", "is a share of nothing"),
        ("7 of 5", "E212", "is more than the whole"),
        ("a few of 5", "E203", "is not a number"),
        ("1 of 2 of 3", "E203", "is not a number"),
    ],
)
def test_a_percentage_as_numerator_and_denominator(council: Council, value: str, code: str, words: str) -> None:
    percentage = {"T 1": {"unit": "percent", "decimals": 2}}
    if not code:
        assert _one(council(percentage, {"2018-05": {"T 1": value}}, "2018-05")).figure.fraction
        return
    with pytest.raises(InputError) as error:
        council(percentage, {"2018-05": {"T 1": value}}, "2018-05")
    [problem] = _problems(error)
    assert (problem.code, words in problem.message) == (code, True)


def test_a_count_is_no_share(council: Council) -> None:
    with pytest.raises(InputError) as error:
        council({"T 1": {}}, {"2018-05": {"T 1": "3 of 4"}}, "2018-05")
    assert [each.code for each in _problems(error)] == ["E204"]


def test_rows_of_indicators_that_are_no_more_are_history(council: Council) -> None:
    assert _one(council({"T 1": {}}, {"2015-05": {"T 9": "7"}, "2018-05": {"T 1": "5"}}, "2018-05")).value == 5
    with pytest.raises(InputError) as error:
        council({"T 1": {}}, {"2018-04": {"T 9": "7"}, "2018-05": {"T 1": "5"}}, "2018-05")
    assert [each.code for each in _problems(error)] == ["E202"]


def _found(council: Council, *words: object) -> list[str]:
    """Return the warnings and errors on a council, as code and message."""
    try:
        scorecard = council(*words)  # type: ignore[arg-type]
    except InputError as error:
        return [f"{each.code} {each.message}" for each in error.problems]
    return [f"{each.code} {each.message}" for each in run_rules(scorecard)]


def test_a_month_that_is_missing_from_a_quarter_is_said(council: Council) -> None:
    files = {month: {"T 1": "7"} for month in ("2018-01", "2018-02", "2018-03", "2018-04", "2018-06")}
    [found] = _found(council, {"T 1": {"measure": "count"}}, files, "2018-19-Q1")
    shown = "so that of Quarter 4 2017/18 is shown; that of May 2018 is missing"
    assert found == f"W504 T 1 has no figure of Quarter 1 2018/19, {shown}"


def test_where_no_quarter_can_be_made_the_missing_month_is_said(council: Council) -> None:
    [found] = _found(council, {"T 1": {"measure": "count"}}, {"2018-04": {"T 1": "7"}}, "2018-19-Q1")
    assert found == "W503 T 1 has no figure of Quarter 1 2018/19; that of May 2018 is missing"


def test_a_rate_without_its_two_numbers_says_why_it_has_no_quarter(council: Council) -> None:
    files = {month: {"T 1": "7%"} for month in MONTHS}
    [found] = _found(council, {"T 1": {"measure": "rate", "unit": "percent"}}, files, "2018-19-Q1")
    why = "it does not follow from shorter periods without numerators and denominators"
    assert found == f"W503 T 1 has no figure of Quarter 1 2018/19; {why}"


@pytest.mark.parametrize(
    ("lag", "month", "missed"), [(0, "2018-06", True), (2, "2018-07", False), (2, "2018-08", True)]
)
def test_a_figure_that_was_due_is_missed(council: Council, lag: int, month: str, *, missed: bool) -> None:
    quarterly = {"T 1": {"frequency": "quarterly", "lag": lag}}
    found = _found(council, quarterly, {"2018-03": {"T 1": "7"}}, month)
    message = "W504 T 1 has no figure of Quarter 1 2018/19, so that of Quarter 4 2017/18 is shown"
    assert found == ([message] if missed else [])


def test_a_figure_of_a_year_that_goes_on_is_not_printed(council: Council) -> None:
    annual = {"T 1": {"frequency": "annual", "year": "academic"}}
    with pytest.raises(InputError) as error:
        council(annual, {"2018-19": {"T 1": "7", "T 9": "1"}}, "2018-19")
    assert "W218 T 1 has no figure of 2018/19 academic year before August 2019" in str(error.value)


def test_a_break_takes_nothing_from_the_figure_at_a_periods_end(council: Council) -> None:
    broken = {"break": "{from: 2018-05, decimals: 0, note: anew}"}
    files = {month: {"T 1": "7", "T 2": "7"} for month in MONTHS}
    scorecard = council({"T 1": broken, "T 2": {"measure": "count", **broken}}, files, "2018-19-Q1")
    assert [None if each.value is None else str(each.value) for each in scorecard.statuses] == ["7", None]


SLIPS = [
    (
        {"measure": "count", "targets": "{2018-19: {annual: 12, month: linear}}"},
        "E128 the targets of a 'count' are shares",
    ),
    (
        {"frequency": "annual", "due": "[July, January]"},
        "E128 'due' names two months of the same year, which has only one figure",
    ),
    (
        {"frequency": "quarterly", "targets": "{2018-19: {profile: {May: 5}}}"},
        "E128 no quarter ends with May, so it has",
    ),
    ({"targets": "{2018/19: {annual: 5}}"}, "E127 '2018/19' is not a financial year"),
    ({"targets": "{2018-19: {annual: 48%}}"}, "E132 '48%' is a percentage, but T 1 is not"),
    ({"unit": "percent", "targets": "{2018-19: {annual: 0.85}}"}, "W219 '0.85' of T 1 is printed as 0.85%"),
    ({"unit": "per cent", "rating": "{lines: {Green: 0.9, Red: beyond}}"}, "W219 '0.9' of T 1 is printed as 0.9%"),
]


@pytest.mark.parametrize(("more", "words"), SLIPS)
def test_what_a_target_cannot_mean(council: Council, tmp_path: Path, more: dict[str, object], words: str) -> None:
    files = {"2018-05": {"T 1": "TBC"}}
    try:
        council({"T 1": more}, files, "2018-05")
    except InputError as error:
        found = [f"{each.code} {each.message}" for each in error.problems]
    else:
        found = [f"{each.code} {each.message}" for each in check_period(Project(tmp_path), "2018-05").warnings]
    assert [each for each in found if each.startswith(words)]


def test_a_file_whose_name_is_no_period_is_said_not_to_be_read(council: Council, tmp_path: Path) -> None:
    council({"T 1": {}}, {"2018-5": {"T 1": "7"}, "2018-05": {"T 1": "7"}}, "2018-05")
    warnings = check_period(Project(tmp_path), "2018-05").warnings
    assert [str(each) for each in warnings] == [
        "data/2018-5.csv: warning W110 this file is not read, because its name is no period; name it like 2018-05.csv"
    ]


def test_the_terms_of_a_termly_report_are_those_of_the_academic_year(council: Council) -> None:
    files = {str(Month(2018, number)): {"T 1": str(number)} for number in range(9, 13)}
    scorecard = council({"T 1": {}}, files, "2018-19-T1")
    assert (str(scorecard.statuses[0].value), scorecard.year.full_name) == ("12", "2018/19 academic year")


def test_a_council_whose_year_is_the_calendars(council: Council, tmp_path: Path) -> None:
    council({"T 1": {"frequency": "annual", "year": "academic"}, "T 2": {}}, {"2018-05": {"T 2": "7"}}, "2018-05")
    path = tmp_path / "indicators.yaml"
    path.write_text(path.read_text("utf-8").replace("year_starts: April", "year_starts: January"), "utf-8")
    (tmp_path / "data" / "2018.csv").write_text("code,value\nT 1,7\n", "utf-8")
    with pytest.raises(InputError) as error:
        check_period(Project(tmp_path), "2018-05")
    assert "E215" in str(error.value)
    (tmp_path / "data" / "2018.csv").unlink()
    (tmp_path / "data" / "2016-17.csv").write_text("code,value\nT 1,7\n", "utf-8")
    assert str(check_period(Project(tmp_path), "2018-05").scorecard.statuses[0].latest_period) == "2016-17"


TERM = {"2018-01": "12", "2018-02": "12", "2018-03": "12", "2018-04": "12"}


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ("{2017-18: {annual: 120}, 2018-19: {annual: 240}}", "50"),
        ("{2017-18: {profile: {January: 1, February: 1, March: 1}}, 2018-19: {profile: {January: 50, April: 2}}}", "5"),
        ("{2018-19: {annual: 240}}", None),
    ],
)
def test_a_count_over_the_turn_of_the_year_has_its_share_of_both(
    council: Council, targets: str, expected: str | None
) -> None:
    files = {month: {"T 1": value} for month, value in TERM.items()}
    standing = _one(council({"T 1": {"measure": "count", "targets": targets}}, files, "2017-18-T2"))
    assert standing.target == (None if expected is None else Decimal(expected))
    assert standing.value == 48


def test_what_restarts_inside_a_term_has_no_figure_of_it(council: Council) -> None:
    files = {month: {"T 1": value} for month, value in TERM.items()}
    found = _found(council, {"T 1": {"measure": "cumulative"}}, files, "2017-18-T2")
    assert found == ["W503 T 1 has no figure of Spring term 2018; the year turns inside it"]


def test_a_term_report_reads_quarters_of_the_councils_year(council: Council) -> None:
    files = {"2018-19-Q1": {"T 1": "200"}, "2018-19-Q2": {"T 1": "250"}}
    standing = _one(council({"T 1": {"frequency": "quarterly"}}, files, "2018-19-T1"))
    assert (str(standing.latest_period), str(standing.value)) == ("2018-19-Q2", "250")


def test_a_figure_that_is_due_in_mid_period_may_stand_in_the_periods_file(council: Council) -> None:
    half = {"T 1": {"frequency": "half-yearly", "due": "[July, January]"}}
    assert str(_one(council(half, {"2018-19-H1": {"T 1": "7"}}, "2018-07")).value) == "7"


def test_a_reason_is_never_taken_from_another_outcome(council: Council, tmp_path: Path) -> None:
    quarterly = {"T 1": {"frequency": "quarterly", "targets": "{2018-19: {annual: 5}}"}}
    council(quarterly, {"2018-06": {"T 1": "7"}, "2018-19-Q1": {"T 1": ""}}, "2018-19-Q1")
    head = "code,value,outcome,reason,comment\n"
    (tmp_path / "data" / "2018-06.csv").write_text(f"{head}T 1,7,green,Judged,June\n", "utf-8")
    (tmp_path / "data" / "2018-19-Q1.csv").write_text(f"{head}T 1,,red,,Quarter\n", "utf-8")
    standing = _one(check_period(Project(tmp_path), "2018-19-Q1").scorecard)
    assert (str(standing.outcome), standing.reason, standing.comment) == ("red", "", "Quarter")
    (tmp_path / "data" / "2018-19-Q1.csv").write_text(head, "utf-8")
    standing = _one(check_period(Project(tmp_path), "2018-19-Q1").scorecard)
    assert (str(standing.outcome), standing.reason, standing.comment) == ("green", "Judged", "June")
