"""Which part of a report is asked for, and what is said where that is not plain."""

import pytest

from mpr.load.scope import ReportScope, ScopeChoice, select_scopes
from mpr.load.scorecard import Scorecard
from mpr.problem import InputError

THREE = ["Place Scrutiny", "People Scrutiny", "Policy & Resources Scrutiny"]


def _chosen(scorecard: Scorecard, choice: ScopeChoice) -> list[str]:
    groupings = scorecard.settings.groupings
    return [each.name for each in select_scopes(choice, groupings, scorecard.indicators, "indicators.yaml")]


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        (ScopeChoice("committee", "place"), ["Place Scrutiny"]),
        (ScopeChoice("committee", "Resources"), ["Policy & Resources Scrutiny"]),
        (ScopeChoice("committee"), THREE),
        (ScopeChoice("aim", "EXCELLENT"), ["Excellent"]),
        (ScopeChoice("aim"), ["Safe", "Clean", "Healthy", "Prosperous", "Excellent"]),
    ],
)
def test_a_part_of_the_name_is_enough(scorecard: Scorecard, choice: ScopeChoice, names: list[str]) -> None:
    assert _chosen(scorecard, choice) == names


LISTED = "there are Place Scrutiny, People Scrutiny and Policy & Resources Scrutiny"
SEVERAL = "'p' could be Place Scrutiny, People Scrutiny or Policy & Resources Scrutiny"
UNLISTED = "there is no list of portfolio_holders here; only what is listed can have a report of its own"


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (ScopeChoice("committee", "plaice"), f"there is no committee with 'plaice' in its name; {LISTED}"),
        (ScopeChoice("committee", "p"), f"{SEVERAL}; write more of the committee's name"),
        (ScopeChoice("portfolio_holder", "Hebb"), UNLISTED),
    ],
)
def test_what_is_not_plain_is_asked_back(scorecard: Scorecard, choice: ScopeChoice, said: str) -> None:
    with pytest.raises(InputError) as error:
        _chosen(scorecard, choice)
    assert [str(each) for each in error.value.problems] == [f"indicators.yaml: error E133 {said}"]


def test_a_name_written_in_full_goes_before_names_that_hold_it(scorecard: Scorecard) -> None:
    groupings = {"committee": ("Place Scrutiny and Growth", "Place Scrutiny")}
    (found,) = select_scopes(
        ScopeChoice("committee", "place scrutiny"), groupings, scorecard.indicators, "indicators.yaml"
    )
    assert found == ReportScope("committee", "Place Scrutiny")


def test_a_committee_without_indicators_has_no_report(scorecard: Scorecard) -> None:
    groupings = {"committee": ("Place Scrutiny", "Audit")}
    assert select_scopes(ScopeChoice("committee"), groupings, scorecard.indicators, "") == (
        ReportScope("committee", "Place Scrutiny"),
    )
    with pytest.raises(InputError, match="E133 no indicator belongs to Audit"):
        select_scopes(ScopeChoice("committee", "audit"), groupings, scorecard.indicators, "indicators.yaml")


@pytest.mark.parametrize(
    ("pack", "file"),
    [
        (ReportScope("committee", "Policy & Resources Scrutiny"), "committee-policy-resources-scrutiny"),
        (ReportScope("department", "Department for Place"), "department-department-for-place"),
        (ReportScope("aim", "Safe"), "aim-safe"),
    ],
)
def test_a_file_name_says_what_kind_of_part_it_is(pack: ReportScope, file: str) -> None:
    assert pack.file_stem == file
