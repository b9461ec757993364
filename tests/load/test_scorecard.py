"""Loading the scorecard: the real one, and the small council's with changes."""

from decimal import Decimal

import pytest

from mpr.load.scorecard import Scorecard, find_newest_period
from mpr.measure.indicator import MeasureKind, Polarity
from mpr.measure.outcome import AMBER, GREEN, RED
from mpr.measure.period import Month, Year
from mpr.measure.rule import Distance, RatingRule, RatingStep
from mpr.measure.target import Range
from mpr.problem import InputError
from mpr.project import Project
from mpr.workflows.check import check_period

MAY = "2018-05"


def build_tolerance(share: int) -> RatingRule:
    """Return the rule of a tolerance: green if met, amber if missed by up to a share of the target, else red."""
    met, near = Distance(Decimal(0), is_share=False), Distance(Decimal(-share), is_share=True)
    return RatingRule((RatingStep(GREEN, met, met), RatingStep(AMBER, near, near), RatingStep(RED)))


def test_real_indicators_are_in_report_order(scorecard: Scorecard) -> None:
    indicators = scorecard.indicators
    aims = [sum(indicator.aim == aim.name for indicator in indicators) for aim in scorecard.settings.aims]
    assert aims == [4, 3, 12, 8, 4]
    assert [len(aim.priorities) for aim in scorecard.settings.aims] == [3, 2, 3, 4, 3]
    polarities = [sum(indicator.polarity is polarity for indicator in indicators) for polarity in Polarity]
    assert polarities == [23, 5, 3]
    assert len({manager for indicator in indicators for manager in indicator.managers}) == 11
    codes = [indicator.code for indicator in indicators]
    assert codes[7:19] == [f"CP 3.{number}" for number in (0, 1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 13)]


def test_real_indicator_is_read_completely(scorecard: Scorecard) -> None:
    by_code = {indicator.code: indicator for indicator in scorecard.indicators}
    direct = by_code["CP 3.4"]
    assert (direct.rule, direct.scale) == (build_tolerance(15), Range(Decimal(10), Decimal(60)))
    assert by_code["CP 3.2"].rule == build_tolerance(5)
    assert by_code["CP 5.5"].managers == ("Ellen Butler", "Joanna Ruffle")
    assert by_code["CP 5.5"].departments == ()
    assert by_code["CP 3.2"].measure_kind is MeasureKind.ROLLING
    assert by_code["CP 3.7"].year_introduced is None
    assessments = by_code["CP 3.0"]
    assert assessments.series_break
    assert (assessments.series_break.start, assessments.series_break.decimals) == (Month(2018, 4), 0)


def test_real_edition_is_read(scorecard: Scorecard) -> None:
    assert scorecard.edition.version == "1.0"
    assert scorecard.edition.generated.isoformat() == "2018-06-21T11:59:00"
    assert str(scorecard.next_appendices) == "2018-06"
    assert str(scorecard.year) == "2018-19"


def test_year_may_start_in_another_month(council: Project) -> None:
    text = council.indicators_path.read_text(encoding="utf-8")
    text = text.replace("year_starts: April", "year_starts: January").replace("2018-19:", "2018:")
    council.indicators_path.write_text(text.replace("2017-18:", "2017:"), encoding="utf-8")
    scorecard = check_period(council, MAY).scorecard
    assert min(map(str, scorecard.readings["LM 1.1"])) == "2017-04"
    assert (scorecard.year, scorecard.year.full_name) == (Year(Month(2018, 1)), "2018")


@pytest.mark.parametrize("written", ["42 - 50", "42 – 50", "42–50"])
def test_target_range_may_be_written_with_any_dash(council: Project, written: str) -> None:
    text = council.indicators_path.read_text(encoding="utf-8")
    council.indicators_path.write_text(text.replace("annual: 42 - 50", f"annual: {written}"), encoding="utf-8")
    scorecard = check_period(council, MAY).scorecard
    assert scorecard.statuses[0].target == Range(Decimal(42), Decimal(50))


@pytest.mark.parametrize(("written", "meant"), [("yes", True), ("no", False), ("true", True), ("false", False)])
def test_yes_and_no_may_be_written_as_words(council: Project, written: str, *, meant: bool) -> None:
    text = council.indicators_path.read_text(encoding="utf-8")
    council.indicators_path.write_text(text.replace("quarters: yes", f"quarters: {written}"), encoding="utf-8")
    by_code = {indicator.code: indicator for indicator in check_period(council, MAY).scorecard.indicators}
    assert by_code["LM 1.9"].has_quarter_rows is meant


def test_unknown_aim_is_a_problem_even_if_there_are_none(council: Project) -> None:
    text = council.indicators_path.read_text(encoding="utf-8")
    start, end = text.index("\naims:"), text.index("departments: [Families")
    council.indicators_path.write_text(f"{text[:start]}\naims: []\n{text[end:]}", encoding="utf-8")
    with pytest.raises(InputError) as error:
        check_period(council, MAY)
    assert {problem.code for problem in error.value.problems} == {"E126"}
    assert len(error.value.problems) == 11
    assert "aim 'Caring' is not in the list of aims; that list is empty" in str(error.value.problems[0])


def test_fault_in_the_settings_hides_none_in_the_values(council: Project) -> None:
    text = council.indicators_path.read_text(encoding="utf-8")
    council.indicators_path.write_text(text.replace("tolerance: 5%", "tolerance: a little"), encoding="utf-8")
    path = council.get_values_path(MAY)
    path.write_text(path.read_text(encoding="utf-8").replace(",36.84,", ",36.8.4,"), encoding="utf-8")
    with pytest.raises(InputError) as error:
        check_period(council, MAY)
    assert [problem.code for problem in error.value.problems] == ["E123", "E203"]


def test_month_without_data_is_a_problem(council: Project) -> None:
    with pytest.raises(InputError) as error:
        check_period(council, "2018-06")
    hint = "create it with mpr new 2018-06; the newest month with data is 2018-05"
    assert str(error.value) == f"data/2018-06.csv: error E107 June 2018 has no data file; {hint}"
    council.get_values_path("2018-06").write_text("code,value\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        check_period(council, "2018-06")
    hint = "copy last month's beside it and change version, generated and notices"
    what = "this file, with the month's version and date, is missing"
    assert str(error.value.problems[-1]) == f"data/2018-06.yaml: error E108 {what}; {hint}"


def test_newest_period_is_one_with_an_edition(council: Project) -> None:
    assert find_newest_period(council) == "2018-05"
    for name in ("2018-06", "2018-19", "2018-19-Q1", "notes", "~2019-01"):
        council.get_values_path(name).write_text("code,value\n", encoding="utf-8")
    assert find_newest_period(council) == "2018-05", "of the others there are only figures"
    council.get_edition_path("2018-19-Q1").write_text("", encoding="utf-8")
    assert find_newest_period(council) == "2018-19-Q1"
    council.get_edition_path("2018-06").write_text("", encoding="utf-8")
    assert find_newest_period(council) == "2018-06", "of two that end alike, the shorter"
    for path in council.data.glob("*.yaml"):
        path.unlink()
    assert find_newest_period(council) == "2018-19"
