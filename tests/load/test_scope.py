"""Selecting the scopes of a report, and the messages if a choice is unclear."""

import pytest

from mpr.load.scope import ReportScope, ScopeChoice, select_scopes
from mpr.load.scorecard import Scorecard
from mpr.problem import InputError

COMMITTEES = ["Families Committee", "Places Committee", "Resources & Audit Committee"]


def list_selected_names(council_scorecard: Scorecard, choice: ScopeChoice) -> list[str]:
    groupings = council_scorecard.settings.groupings
    return [scope.name for scope in select_scopes(choice, groupings, council_scorecard.indicators, "indicators.yaml")]


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        (ScopeChoice("committee", "place"), ["Places Committee"]),
        (ScopeChoice("committee", "Resources"), ["Resources & Audit Committee"]),
        (ScopeChoice("committee"), COMMITTEES),
        (ScopeChoice("aim", "OPEN"), ["Open"]),
        (ScopeChoice("aim"), ["Caring", "Lively", "Open"]),
    ],
)
def test_part_of_the_name_is_enough(council_scorecard: Scorecard, choice: ScopeChoice, names: list[str]) -> None:
    assert list_selected_names(council_scorecard, choice) == names


LISTED = "there are Families Committee, Places Committee and Resources & Audit Committee"
SEVERAL = "'s' could be Families Committee, Places Committee or Resources & Audit Committee"
UNLISTED = "there is no list of portfolio_holders here; only what is listed can have a report of its own"


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (ScopeChoice("committee", "plaice"), f"there is no committee with 'plaice' in its name; {LISTED}"),
        (ScopeChoice("committee", "s"), f"{SEVERAL}; write more of the committee's name"),
        (ScopeChoice("portfolio_holder", "Hebb"), UNLISTED),
    ],
)
def test_unclear_choice_is_refused_with_the_names_to_choose_from(
    council_scorecard: Scorecard, choice: ScopeChoice, message: str
) -> None:
    with pytest.raises(InputError) as error:
        list_selected_names(council_scorecard, choice)
    assert [str(problem) for problem in error.value.problems] == [f"indicators.yaml: error E133 {message}"]


def test_name_in_full_is_preferred_to_names_that_contain_it(council_scorecard: Scorecard) -> None:
    groupings = {"committee": ("Places Committee and Growth", "Places Committee")}
    (selected,) = select_scopes(
        ScopeChoice("committee", "places committee"), groupings, council_scorecard.indicators, "indicators.yaml"
    )
    assert selected == ReportScope("committee", "Places Committee")


def test_committee_without_indicators_has_no_report(council_scorecard: Scorecard) -> None:
    groupings = {"committee": ("Places Committee", "Staff")}
    assert select_scopes(ScopeChoice("committee"), groupings, council_scorecard.indicators, "") == (
        ReportScope("committee", "Places Committee"),
    )
    with pytest.raises(InputError, match="E133 no indicator belongs to Staff"):
        select_scopes(ScopeChoice("committee", "staff"), groupings, council_scorecard.indicators, "indicators.yaml")


@pytest.mark.parametrize(
    ("scope", "file"),
    [
        (ReportScope("committee", "Policy & Resources Scrutiny"), "committee-policy-resources-scrutiny"),
        (ReportScope("department", "Department for Place"), "department-department-for-place"),
        (ReportScope("aim", "Safe"), "aim-safe"),
    ],
)
def test_file_name_begins_with_the_grouping(scope: ReportScope, file: str) -> None:
    assert scope.file_stem == file
