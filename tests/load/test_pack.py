"""Which part of a report is asked for, and what is said where that is not plain."""

import pytest

from mpr.load.pack import Choice, Pack, chosen
from mpr.load.scorecard import Scorecard
from mpr.problem import InputError

THREE = ["Place Scrutiny", "People Scrutiny", "Policy & Resources Scrutiny"]


def _chosen(scorecard: Scorecard, choice: Choice) -> list[str]:
    groupings = scorecard.settings.groupings
    return [each.name for each in chosen(choice, groupings, scorecard.indicators, "indicators.yaml")]


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        (Choice("committee", "place"), ["Place Scrutiny"]),
        (Choice("committee", "Resources"), ["Policy & Resources Scrutiny"]),
        (Choice("committee"), THREE),
        (Choice("aim", "EXCELLENT"), ["Excellent"]),
        (Choice("aim"), ["Safe", "Clean", "Healthy", "Prosperous", "Excellent"]),
    ],
)
def test_a_part_of_the_name_is_enough(scorecard: Scorecard, choice: Choice, names: list[str]) -> None:
    assert _chosen(scorecard, choice) == names


LISTED = "there are Place Scrutiny, People Scrutiny and Policy & Resources Scrutiny"
SEVERAL = "'p' may be Place Scrutiny, People Scrutiny or Policy & Resources Scrutiny"
UNLISTED = "there is no list of portfolio_holders here; only what is listed can have a report of its own"


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice("committee", "plaice"), f"there is no committee with 'plaice' in its name; {LISTED}"),
        (Choice("committee", "p"), f"{SEVERAL}; write more of the committee's name"),
        (Choice("portfolio_holder", "Hebb"), UNLISTED),
    ],
)
def test_what_is_not_plain_is_asked_back(scorecard: Scorecard, choice: Choice, said: str) -> None:
    with pytest.raises(InputError) as error:
        _chosen(scorecard, choice)
    assert [str(each) for each in error.value.problems] == [f"indicators.yaml: error E133 {said}"]


def test_a_name_written_in_full_goes_before_names_that_hold_it(scorecard: Scorecard) -> None:
    groupings = {"committee": ("Place Scrutiny and Growth", "Place Scrutiny")}
    (found,) = chosen(Choice("committee", "place scrutiny"), groupings, scorecard.indicators, "indicators.yaml")
    assert found == Pack("committee", "Place Scrutiny")


def test_a_committee_without_indicators_has_no_report(scorecard: Scorecard) -> None:
    groupings = {"committee": ("Place Scrutiny", "Audit")}
    assert chosen(Choice("committee"), groupings, scorecard.indicators, "") == (Pack("committee", "Place Scrutiny"),)
    with pytest.raises(InputError, match="E133 no indicator belongs to Audit"):
        chosen(Choice("committee", "audit"), groupings, scorecard.indicators, "indicators.yaml")


@pytest.mark.parametrize(
    ("pack", "file"),
    [
        (Pack("committee", "Policy & Resources Scrutiny"), "committee-policy-resources-scrutiny"),
        (Pack("department", "Department for Place"), "department-department-for-place"),
        (Pack("aim", "Safe"), "aim-safe"),
    ],
)
def test_a_file_name_says_what_kind_of_part_it_is(pack: Pack, file: str) -> None:
    assert pack.file == file
