"""Periods of every length: their names, the files of their figures, when figures are due, and computed figures."""

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
def test_any_other_text_is_not_a_period(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        parse_period(text, APRIL)


def test_a_year_that_starts_in_january_has_one_number() -> None:
    assert str(parse_period("2018-Q3", 1).first) == "2018-07"
    assert str(parse_period("2018", 1).last) == "2018-12"
    with pytest.raises(ValueError, match="2018-19"):
        parse_period("2018-19", 1)


def test_an_academic_year_is_named_as_one() -> None:
    assert Year.from_text("2017-18", SEPTEMBER).full_name == "2017/18 academic year"
    assert str(Year.from_text("2017-18", SEPTEMBER).last) == "2018-08"


@pytest.mark.parametrize(
    ("frequency", "parts"), [("monthly", 12), ("quarterly", 4), ("termly", 3), ("half-yearly", 2), ("annual", 1)]
)
def test_a_year_is_made_up_of_its_parts(frequency: str, parts: int) -> None:
    year_parts = YEAR.split_into(Frequency(frequency))
    assert len(year_parts) == parts
    assert tuple(month for part in year_parts for month in part.months) == YEAR.months
    assert all(YEAR.get_part(Frequency(frequency), month) == part for part in year_parts for month in part.months)


SETTINGS = """
report: {title: T, organisation: C, year_starts: April}
sections: {all: {title: All, description: All, columns: [code, name, latest, value]}}
rating: {tolerance: 5%}
indicators:
"""
INDICATOR = {"aim": None, "measure": "snapshot", "polarity": "maximise", "decimals": 0}
ScorecardFactory = Callable[[Mapping[str, Mapping[str, object]], Mapping[str, Mapping[str, str]], str], Scorecard]


@pytest.fixture
def make_scorecard(tmp_path: Path) -> ScorecardFactory:
    """Return a function that makes a scorecard from indicators by code, values by file and code, and a period."""
    (tmp_path / "data").mkdir()

    def make(
        indicators: Mapping[str, Mapping[str, object]], files: Mapping[str, Mapping[str, str]], period: str
    ) -> Scorecard:
        text = SETTINGS
        for code, more in indicators.items():
            settings = {**INDICATOR, "code": code, "name": code, "alias": code, **more}
            flow = ", ".join(f"{key}: {value}" for key, value in settings.items() if value is not None)
            text += f"  - {{{flow}}}\n"
        (tmp_path / "indicators.yaml").write_text(text, "utf-8")
        for name, values in {period: {}, **files}.items():
            with (tmp_path / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(
                    [("code", "value", "comment"), *(row.split("|") for row in _list_rows(values))]
                )
        (tmp_path / "data" / f"{period}.yaml").write_text("version: '1'\ngenerated: 2018-06-21 11:59\n", "utf-8")
        return check_period(Project(tmp_path), period).scorecard

    return make


def _list_rows(values: Mapping[str, str]) -> list[str]:
    return [f"{code}|{value}" for code, value in values.items()]


def _get_only_status(scorecard: Scorecard) -> IndicatorStatus:
    [status] = scorecard.statuses
    return status


def _list_values(scorecard: Scorecard) -> list[str | None]:
    return [None if status.value is None else str(status.value) for status in scorecard.statuses]


def _list_problems(error: pytest.ExceptionInfo[InputError]) -> list[Problem]:
    """Return the problems of an error, except for figures that are missing."""
    return [problem for problem in error.value.problems if problem.code != "W503"]


MONTHS = ("2018-04", "2018-05", "2018-06")
QUARTERS_OF_MONTHS = [  # measure kind, more settings, the values of the months, the value of the quarter
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
def test_a_quarter_is_computed_from_its_months_if_the_measure_allows_it(
    make_scorecard: ScorecardFactory,
    measure: str,
    more: dict[str, object],
    values: tuple[str, ...],
    expected: str | None,
) -> None:
    files = {month: {"T 1": value} for month, value in zip(MONTHS, values, strict=True)}
    status = _get_only_status(make_scorecard({"T 1": {"measure": measure, **more}}, files, "2018-19-Q1"))
    assert (None if status.value is None else str(status.value)) == expected
    assert status.latest_period == PeriodPart(YEAR, Frequency.QUARTERLY, 1)


def test_a_year_is_computed_from_months_but_not_from_rolling_quarters(make_scorecard: ScorecardFactory) -> None:
    files = {str(month): {"T 1": "2", "T 2": "3"} for month in YEAR.months}
    scorecard = make_scorecard({"T 1": {"measure": "count"}, "T 2": {"measure": "rolling"}}, files, "2018-19")
    assert _list_values(scorecard) == ["24", None]


def test_the_fraction_of_a_quarter_is_the_sum_of_those_of_its_months(make_scorecard: ScorecardFactory) -> None:
    files = {month: {"T 1": f"{number} of 100"} for number, month in enumerate(MONTHS, 10)}
    figure = _get_only_status(
        make_scorecard({"T 1": {"measure": "rate", "unit": "percent", "decimals": 1}}, files, "2018-19-Q1")
    ).figure
    assert (str(figure.value), [str(part) for part in figure.fraction or ()], figure.is_computed) == (
        "11.0",
        ["33", "300"],
        True,
    )


def test_a_written_figure_of_a_quarter_is_used_instead_of_its_months(make_scorecard: ScorecardFactory) -> None:
    files = {**{month: {"T 1": "5"} for month in MONTHS}, "2018-19-Q1": {"T 1": "16|Recounted."}}
    status = _get_only_status(make_scorecard({"T 1": {"measure": "count"}}, files, "2018-19-Q1"))
    assert (str(status.value), status.figure.is_computed, status.comment) == ("16", False, "Recounted.")


@pytest.mark.parametrize("file", ["2018-06", "2018-19-Q1"])
def test_a_quarters_figure_is_read_from_the_file_of_its_last_month_or_its_own(
    make_scorecard: ScorecardFactory, file: str
) -> None:
    status = _get_only_status(make_scorecard({"T 1": {"frequency": "quarterly"}}, {file: {"T 1": "7"}}, "2018-07"))
    assert (str(status.latest_period), str(status.value), status.is_due) == ("2018-19-Q1", "7", False)


def test_a_figure_and_its_comment_may_be_in_two_files(make_scorecard: ScorecardFactory) -> None:
    files = {"2018-06": {"T 1": "7"}, "2018-19-Q1": {"T 1": "|Said of the quarter."}}
    status = _get_only_status(make_scorecard({"T 1": {"frequency": "quarterly"}}, files, "2018-19-Q1"))
    assert (str(status.value), status.comment) == ("7", "Said of the quarter.")


def test_a_figure_in_the_file_of_a_month_without_one_is_a_problem(make_scorecard: ScorecardFactory) -> None:
    with pytest.raises(InputError) as error:
        make_scorecard({"T 1": {"frequency": "quarterly"}}, {"2018-05": {"T 1": "7"}}, "2018-05")
    [problem] = _list_problems(error)
    assert (str(problem.place), problem.code) == ("data/2018-05.csv:2:2", "E215")
    assert problem.message == "value '7' is here, but T 1 is quarterly"
    assert problem.hint == (
        "its figures go into the files of June, September, December and March, or of the quarter itself"
    )


def test_a_figure_in_two_files_is_a_problem(make_scorecard: ScorecardFactory) -> None:
    files = {"2018-06": {"T 1": "7"}, "2018-19-Q1": {"T 1": "8"}}
    with pytest.raises(InputError) as error:
        make_scorecard({"T 1": {"frequency": "quarterly"}}, files, "2018-06")
    [problem] = _list_problems(error)
    assert problem.code == "E217"
    assert "a figure for Quarter 1 2018/19 here and in data/2018-19-Q1.csv:2:2" in problem.message


DUE = [  # frequency, more settings, the reporting period, whether a figure is due in it
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
def test_a_figure_is_due_in_its_month_or_after_its_lag(
    make_scorecard: ScorecardFactory, frequency: str, more: dict[str, object], period: str, *, due: bool
) -> None:
    status = _get_only_status(make_scorecard({"T 1": {"frequency": frequency, **more}}, {}, period))
    assert status.is_due is due
    assert str(status.outcome) == ("no value" if due else "not due")


def test_a_figure_is_not_shown_before_the_month_in_which_it_is_due(make_scorecard: ScorecardFactory) -> None:
    annual = {"T 1": {"frequency": "annual", "due": "October"}}
    files = {"2017-18": {"T 1": "6"}, "2018-19": {"T 1": "7"}}
    assert str(_get_only_status(make_scorecard(annual, files, "2018-09")).latest_period) == "2017-18"
    assert str(_get_only_status(make_scorecard(annual, files, "2018-10")).latest_period) == "2018-19"


def test_an_annual_figure_may_be_years_old_but_no_other(make_scorecard: ScorecardFactory) -> None:
    indicators = {"T 1": {"frequency": "annual"}, "T 2": {"frequency": "quarterly"}}
    scorecard = make_scorecard(indicators, {"2014-15": {"T 1": "7"}, "2014-15-Q4": {"T 2": "7"}}, "2018-05")
    assert [status.value and str(status.latest_period) for status in scorecard.statuses] == ["2014-15", None]


def test_a_figure_is_compared_with_the_same_period_of_last_year(make_scorecard: ScorecardFactory) -> None:
    files = {"2017-18-Q1": {"T 1": "5"}, "2018-19-Q1": {"T 1": "7"}, "2018-19-Q2": {"T 1": ""}}
    status = _get_only_status(make_scorecard({"T 1": {"frequency": "quarterly"}}, files, "2018-19-Q2"))
    assert (str(status.value_year_before), status.direction.value) == ("5", "better")


def test_an_academic_years_figure_is_shown_under_the_academic_year(make_scorecard: ScorecardFactory) -> None:
    annual = {"T 1": {"frequency": "annual", "year": "academic"}}
    status = _get_only_status(make_scorecard(annual, {"2016-17": {"T 1": "61"}}, "2018-05"))
    assert (status.latest_period.full_name, str(status.value)) == ("2016/17 academic year", "61")
    status = _get_only_status(make_scorecard(annual, {"2017-08": {"T 1": "62"}, "2016-17": {}}, "2018-05"))
    assert (status.latest_period.full_name, str(status.value)) == ("2016/17 academic year", "62")


TARGETS = [  # measure kind, targets of the year, the period, its target
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
def test_a_longer_periods_target_follows_from_the_measure_kind(
    make_scorecard: ScorecardFactory, measure: str, targets: str, period: str, expected: str
) -> None:
    more = {"measure": measure, "targets": f"{{2018-19: {targets}}}"}
    target = _get_only_status(make_scorecard({"T 1": more}, {period: {"T 1": "1"}}, period)).target
    assert (None if target is None else [*dict.fromkeys(get_bounds(target))]) == (
        None if expected == "None" else [Decimal(bound) for bound in expected.split()]
    )


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        ("799 of 1,077", "", ""),
        ("0 of 5", "", ""),
        ("5 of 0", "E216", "cannot be a share"),
        ("7 of 5", "E212", "is more than the whole"),
        ("a few of 5", "E203", "is not a number"),
        ("1 of 2 of 3", "E203", "is not a number"),
    ],
)
def test_a_percentage_may_be_written_as_two_numbers(
    make_scorecard: ScorecardFactory, value: str, code: str, words: str
) -> None:
    percentage = {"T 1": {"unit": "percent", "decimals": 2}}
    if not code:
        assert _get_only_status(make_scorecard(percentage, {"2018-05": {"T 1": value}}, "2018-05")).figure.fraction
        return
    with pytest.raises(InputError) as error:
        make_scorecard(percentage, {"2018-05": {"T 1": value}}, "2018-05")
    [problem] = _list_problems(error)
    assert (problem.code, words in problem.message) == (code, True)


def test_a_number_that_is_not_a_percentage_cannot_be_written_as_two_numbers(make_scorecard: ScorecardFactory) -> None:
    with pytest.raises(InputError) as error:
        make_scorecard({"T 1": {}}, {"2018-05": {"T 1": "3 of 4"}}, "2018-05")
    assert [problem.code for problem in _list_problems(error)] == ["E204"]


def test_an_unknown_code_is_accepted_only_in_an_old_file(make_scorecard: ScorecardFactory) -> None:
    assert (
        _get_only_status(
            make_scorecard({"T 1": {}}, {"2015-05": {"T 9": "7"}, "2018-05": {"T 1": "5"}}, "2018-05")
        ).value
        == 5
    )
    with pytest.raises(InputError) as error:
        make_scorecard({"T 1": {}}, {"2018-04": {"T 9": "7"}, "2018-05": {"T 1": "5"}}, "2018-05")
    assert [problem.code for problem in _list_problems(error)] == ["E202"]


def _list_findings(make_scorecard: ScorecardFactory, *arguments: object) -> list[str]:
    """Return the warnings and errors on a scorecard, as code and message."""
    try:
        scorecard = make_scorecard(*arguments)  # type: ignore[arg-type]
    except InputError as error:
        return [f"{problem.code} {problem.message}" for problem in error.problems]
    return [f"{problem.code} {problem.message}" for problem in run_rules(scorecard)]


def test_a_month_missing_from_a_quarter_is_named(make_scorecard: ScorecardFactory) -> None:
    files = {month: {"T 1": "7"} for month in ("2018-01", "2018-02", "2018-03", "2018-04", "2018-06")}
    [finding] = _list_findings(make_scorecard, {"T 1": {"measure": "count"}}, files, "2018-19-Q1")
    shown = "so the one for Quarter 4 2017/18 is shown; the one for May 2018 is missing"
    assert finding == f"W504 T 1 has no figure for Quarter 1 2018/19, {shown}"


def test_a_missing_month_is_named_if_there_is_no_earlier_quarter(make_scorecard: ScorecardFactory) -> None:
    [finding] = _list_findings(make_scorecard, {"T 1": {"measure": "count"}}, {"2018-04": {"T 1": "7"}}, "2018-19-Q1")
    assert finding == "W503 T 1 has no figure for Quarter 1 2018/19; the one for May 2018 is missing"


def test_a_rate_without_its_two_numbers_has_no_quarter_and_the_finding_says_why(
    make_scorecard: ScorecardFactory,
) -> None:
    files = {month: {"T 1": "7%"} for month in MONTHS}
    [finding] = _list_findings(make_scorecard, {"T 1": {"measure": "rate", "unit": "percent"}}, files, "2018-19-Q1")
    why = "it cannot be calculated from shorter periods without numerators and denominators"
    assert finding == f"W503 T 1 has no figure for Quarter 1 2018/19; {why}"


@pytest.mark.parametrize(
    ("lag", "month", "missed"), [(0, "2018-06", True), (2, "2018-07", False), (2, "2018-08", True)]
)
def test_a_figure_is_reported_as_missing_once_it_is_due(
    make_scorecard: ScorecardFactory, lag: int, month: str, *, missed: bool
) -> None:
    quarterly = {"T 1": {"frequency": "quarterly", "lag": lag}}
    findings = _list_findings(make_scorecard, quarterly, {"2018-03": {"T 1": "7"}}, month)
    message = "W504 T 1 has no figure for Quarter 1 2018/19, so the one for Quarter 4 2017/18 is shown"
    assert findings == ([message] if missed else [])


def test_a_figure_of_an_unfinished_year_is_reported_as_too_early(make_scorecard: ScorecardFactory) -> None:
    annual = {"T 1": {"frequency": "annual", "year": "academic"}}
    with pytest.raises(InputError) as error:
        make_scorecard(annual, {"2018-19": {"T 1": "7", "T 9": "1"}}, "2018-19")
    assert "W218 T 1 can have no figure for 2018/19 academic year before August 2019" in str(error.value)


def test_a_break_inside_a_quarter_stops_sums_but_not_snapshots(make_scorecard: ScorecardFactory) -> None:
    broken = {"break": "{from: 2018-05, decimals: 0, note: Counted in a new way}"}
    files = {month: {"T 1": "7", "T 2": "7"} for month in MONTHS}
    scorecard = make_scorecard({"T 1": broken, "T 2": {"measure": "count", **broken}}, files, "2018-19-Q1")
    assert _list_values(scorecard) == ["7", None]


TARGET_PROBLEMS = [
    (
        {"measure": "count", "targets": "{2018-19: {annual: 12, month: linear}}"},
        "E128 'linear' cannot be used for a 'count'",
    ),
    (
        {"frequency": "annual", "due": "[July, January]"},
        "E128 'due' names two months of the same year, which has only one figure",
    ),
    (
        {"frequency": "quarterly", "targets": "{2018-19: {profile: {May: 5}}}"},
        "E128 no quarter ends in May, so May cannot have",
    ),
    ({"targets": "{2018/19: {annual: 5}}"}, "E127 '2018/19' is not a financial year"),
    ({"targets": "{2018-19: {annual: 48%}}"}, "E132 '48%' is a percentage, but T 1 is not"),
    ({"unit": "percent", "targets": "{2018-19: {annual: 0.85}}"}, "W219 '0.85' of T 1 is printed as 0.85%"),
    ({"unit": "per cent", "rating": "{lines: {Green: 0.9, Red: beyond}}"}, "W219 '0.9' of T 1 is printed as 0.9%"),
]


@pytest.mark.parametrize(("more", "words"), TARGET_PROBLEMS)
def test_a_target_that_cannot_be_meant_is_reported(
    make_scorecard: ScorecardFactory, tmp_path: Path, more: dict[str, object], words: str
) -> None:
    files = {"2018-05": {"T 1": "TBC"}}
    try:
        make_scorecard({"T 1": more}, files, "2018-05")
    except InputError as error:
        problems = error.problems
    else:
        problems = list(check_period(Project(tmp_path), "2018-05").warnings)
    messages = [f"{problem.code} {problem.message}" for problem in problems]
    assert [message for message in messages if message.startswith(words)], messages


def test_a_file_that_is_not_named_after_a_period_is_ignored_with_a_warning(
    make_scorecard: ScorecardFactory, tmp_path: Path
) -> None:
    make_scorecard({"T 1": {}}, {"2018-5": {"T 1": "7"}, "2018-05": {"T 1": "7"}}, "2018-05")
    warnings = check_period(Project(tmp_path), "2018-05").warnings
    assert [str(warning) for warning in warnings] == [
        (
            "data/2018-5.csv: warning W110 this file is ignored because its name is not a period; "
            "rename it like 2018-05.csv"
        )
    ]


def test_a_report_by_term_is_in_the_academic_year(make_scorecard: ScorecardFactory) -> None:
    files = {str(Month(2018, number)): {"T 1": str(number)} for number in range(9, 13)}
    scorecard = make_scorecard({"T 1": {}}, files, "2018-19-T1")
    assert (str(scorecard.statuses[0].value), scorecard.year.full_name) == ("12", "2018/19 academic year")


def test_an_academic_indicator_keeps_its_year_in_a_council_with_calendar_years(
    make_scorecard: ScorecardFactory, tmp_path: Path
) -> None:
    make_scorecard(
        {"T 1": {"frequency": "annual", "year": "academic"}, "T 2": {}}, {"2018-05": {"T 2": "7"}}, "2018-05"
    )
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
def test_the_target_of_a_count_across_two_years_adds_shares_of_both(
    make_scorecard: ScorecardFactory, targets: str, expected: str | None
) -> None:
    files = {month: {"T 1": value} for month, value in TERM.items()}
    status = _get_only_status(make_scorecard({"T 1": {"measure": "count", "targets": targets}}, files, "2017-18-T2"))
    assert status.target == (None if expected is None else Decimal(expected))
    assert status.value == 48


def test_a_cumulative_figure_that_restarts_inside_a_term_has_none_for_the_term(
    make_scorecard: ScorecardFactory,
) -> None:
    files = {month: {"T 1": value} for month, value in TERM.items()}
    findings = _list_findings(make_scorecard, {"T 1": {"measure": "cumulative"}}, files, "2017-18-T2")
    assert findings == ["W503 T 1 has no figure for Spring term 2018; a new year begins within it"]


def test_a_report_by_term_shows_the_newest_quarter_of_a_quarterly_indicator(make_scorecard: ScorecardFactory) -> None:
    files = {"2018-19-Q1": {"T 1": "200"}, "2018-19-Q2": {"T 1": "250"}}
    status = _get_only_status(make_scorecard({"T 1": {"frequency": "quarterly"}}, files, "2018-19-T1"))
    assert (str(status.latest_period), str(status.value)) == ("2018-19-Q2", "250")


def test_a_figure_due_in_the_middle_of_a_period_may_be_in_the_periods_file(make_scorecard: ScorecardFactory) -> None:
    half = {"T 1": {"frequency": "half-yearly", "due": "[July, January]"}}
    assert str(_get_only_status(make_scorecard(half, {"2018-19-H1": {"T 1": "7"}}, "2018-07")).value) == "7"


def test_a_reason_is_not_taken_from_another_outcome(make_scorecard: ScorecardFactory, tmp_path: Path) -> None:
    quarterly = {"T 1": {"frequency": "quarterly", "targets": "{2018-19: {annual: 5}}"}}
    make_scorecard(quarterly, {"2018-06": {"T 1": "7"}, "2018-19-Q1": {"T 1": ""}}, "2018-19-Q1")
    head = "code,value,outcome,reason,comment\n"
    (tmp_path / "data" / "2018-06.csv").write_text(f"{head}T 1,7,green,Judged,June\n", "utf-8")
    (tmp_path / "data" / "2018-19-Q1.csv").write_text(f"{head}T 1,,red,,Quarter\n", "utf-8")
    status = _get_only_status(check_period(Project(tmp_path), "2018-19-Q1").scorecard)
    assert (str(status.outcome), status.reason, status.comment) == ("red", "", "Quarter")
    (tmp_path / "data" / "2018-19-Q1.csv").write_text(head, "utf-8")
    status = _get_only_status(check_period(Project(tmp_path), "2018-19-Q1").scorecard)
    assert (str(status.outcome), status.reason, status.comment) == ("green", "Judged", "June")
