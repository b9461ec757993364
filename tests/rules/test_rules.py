"""Each rule fires where it should, and only there."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Polarity
from mpr.measure.outcome import DATA_ONLY, GREEN, NO_VALUE, RED
from mpr.measure.rule import Distance, RatingRule, RatingStep
from mpr.measure.series import SeriesFigure
from mpr.measure.status import IndicatorStatus
from mpr.problem import InputError, Place, Severity
from mpr.project import Project
from mpr.rules import comments, missing_figures, targets
from mpr.rules.catalogue import list_checks
from mpr.rules.runner import RULES, run_rules
from mpr.workflows.check import check_period

MAY = "2018-05"


TRUE = {
    # The errors of the model report that are in its data and comments, and what else an officer would look at.
    "W403": ["CP 2.3"],  # the annual target fell without a note
    "W405": ["CP 3.0"],  # two profiles joined
    "W504": ["CP 3.1", "CP 3.5", "CP 4.8"],  # no word on April's figure in place of May's
    "W507": ["CP 1.5", "CP 3.2", "CP 3.4"],  # dated 31/3/18; April's comment left under a new sentence
    "W508": ["CP 3.9"],  # targets "are being met" at 40% below
    "W509": ["CP 1.5"],  # 90.53% at 31/3/18, where the data say 87.2%
    "W510": ["CP 1.5", "CP 3.2"],  # small numbers of children; 11 of 12 people
    "W512": ["CP 3.6", "CP 5.1"],  # green at more than 20% below target
    "W515": ["CP 3.0"],  # from 2,621 to 1,111
}


def test_real_month_has_the_errors_of_the_model_and_no_false_alarm(scorecard: Scorecard) -> None:
    assert len(scorecard.statuses) == 31
    found: dict[str, list[str]] = {}
    for problem in sorted(run_rules(scorecard), key=lambda finding: (finding.code, finding.place.line)):
        (code,) = re.findall(r"\bCP \d+\.\d+", problem.message)
        found.setdefault(problem.code, []).append(code)
    assert found == TRUE


def test_every_rule_has_a_code_of_its_own_and_is_explained() -> None:
    known = {check.code: check for check in list_checks()}
    codes = [str(rule.__doc__)[:4] for rule in RULES]
    assert len(codes) == len(set(codes)) >= 22
    for code in codes:
        assert known[code].sentence.endswith(".")
    used = {code for path in Path(run_rules.__code__.co_filename).parents[1].rglob("*.py")
            for code in re.findall(r'"([EW]\d{3})"', path.read_text(encoding="utf-8"))}  # fmt: skip
    assert used == set(known)


def test_missing_target_for_the_year_is_an_error(
    scorecard: Scorecard, get_status: Callable[[str], IndicatorStatus]
) -> None:
    status = get_status("1.4")
    assert not list(targets.check_missing_year_target(scorecard, status))
    assert not list(targets.check_missing_year_target(scorecard, remove_targets(status)))
    (problem,) = targets.check_missing_year_target(scorecard, replace(status, reporting_year_targets=None))
    place = status.indicator.place
    assert str(problem) == f"{place}: error E401 CP 1.4 has no target for 2018-19; write one under targets, 2018-19"


def test_missing_target_for_the_month_is_found(
    scorecard: Scorecard, get_status: Callable[[str], IndicatorStatus]
) -> None:
    status = get_status("3.11")
    assert not list(targets.check_missing_month_target(scorecard, status))
    assert not list(targets.check_missing_month_target(scorecard, remove_targets(status)))
    untold = replace(status, target=None, figure=SeriesFigure(None), proposed_outcome=NO_VALUE)
    assert not list(targets.check_missing_month_target(scorecard, untold))
    (problem,) = targets.check_missing_month_target(scorecard, replace(status, target=None, proposed_outcome=DATA_ONLY))
    assert (problem.code, problem.severity) == ("W402", Severity.WARNING)
    assert problem.message == "CP 3.11 has no target for May 2018 and is not rated"


def test_off_track_indicator_needs_a_comment(
    scorecard: Scorecard, get_status: Callable[[str], IndicatorStatus]
) -> None:
    for number, outcome in (("1.4", "red at 83.0%"), ("3.2", "amber at 86.2%")):
        status = get_status(number)
        assert not list(comments.check_missing_comment(scorecard, status))
        (problem,) = comments.check_missing_comment(scorecard, replace(status, comment=""))
        assert (problem.code, problem.severity) == ("W501", Severity.WARNING)
        assert problem.message == f"CP {number} is {outcome} and has no comment"
    assert not get_status("3.13").comment
    assert not list(comments.check_missing_comment(scorecard, get_status("3.13")))


def test_overruled_outcome_needs_a_reason(scorecard: Scorecard, get_status: Callable[[str], IndicatorStatus]) -> None:
    status = get_status("3.6")
    assert not list(comments.check_missing_reason(scorecard, status))
    assert not list(comments.check_missing_reason(scorecard, replace(get_status("1.4"), reason="")))
    (problem,) = comments.check_missing_reason(scorecard, replace(status, reason=""))
    assert (problem.code, problem.severity) == ("W502", Severity.WARNING)
    assert problem.message == "CP 3.6 is set to green where the rule says red"
    (unrated,) = comments.check_missing_reason(scorecard, replace(get_status("2.3"), reason=""))
    assert unrated.message == "CP 2.3 is set to red where the rule has nothing to rate"


def test_missing_figure_is_found(scorecard: Scorecard, get_status: Callable[[str], IndicatorStatus]) -> None:
    assert not list(missing_figures.check_missing_figure(scorecard, get_status("1.4")))
    assert not list(missing_figures.check_missing_figure(scorecard, get_status("2.3")))
    empty = replace(get_status("1.4"), figure=SeriesFigure(None), proposed_outcome=NO_VALUE, outcome=NO_VALUE)
    (problem,) = missing_figures.check_missing_figure(scorecard, empty)
    assert (problem.code, problem.severity) == ("W503", Severity.WARNING)


def test_problem_without_a_row_is_placed_at_the_file(
    scorecard: Scorecard, get_status: Callable[[str], IndicatorStatus]
) -> None:
    unread = replace(scorecard, readings={})
    (problem,) = comments.check_missing_comment(unread, replace(get_status("1.4"), comment=""))
    assert problem.place == Place("data/2018-05.csv")


def test_every_rule_is_run_over_every_indicator(scorecard: Scorecard) -> None:
    silent = {code: {period: replace(reading, comment="") for period, reading in series.items()}
              for code, series in scorecard.readings.items()}  # fmt: skip
    assert [problem.code for problem in run_rules(replace(scorecard, readings=silent))].count("W501") == 12
    first = scorecard.indicators[0]
    unset = replace(first, targets={key: value for key, value in first.targets.items() if key != scorecard.year})
    found = run_rules(replace(scorecard, readings=silent, indicators=(unset, *scorecard.indicators[1:])))
    codes = [problem.code for problem in found]
    assert codes.count("E401") == 1
    assert codes.count("W501") == 11


def test_warnings_are_reported_beside_the_errors(project: Project, scorecard: Scorecard) -> None:
    path = project.get_values_path(MAY)
    text = path.read_text(encoding="utf-8").replace(",29.44,", ",29.4.4,")
    path.write_text(re.sub(r"(?m)^(CP 1\.4,[^,]*,83%,,,).*$", r"\1", text), encoding="utf-8")
    with pytest.raises(InputError) as error:
        check_period(project, MAY)
    known = {finding.message for finding in run_rules(scorecard)}
    assert [problem.code for problem in error.value.problems if problem.message not in known] == ["E203", "W501"]


def test_missing_edition_hides_no_other_problem(project: Project, scorecard: Scorecard) -> None:
    project.get_edition_path(MAY).unlink()
    text = project.indicators_path.read_text(encoding="utf-8")
    head, _, tail = text.partition("  - code: CP 5.6")
    project.indicators_path.write_text(
        head + "  - code: CP 5.6" + tail.replace("2018-19:", "2016-17:"), encoding="utf-8"
    )
    with pytest.raises(InputError) as error:
        check_period(project, MAY)
    known = {finding.message for finding in run_rules(scorecard)}
    assert [problem.code for problem in error.value.problems if problem.message not in known] == ["E401", "E108"]


def remove_targets(status: IndicatorStatus) -> IndicatorStatus:
    met = Distance(Decimal(0), is_share=False)
    rule = RatingRule((RatingStep(GREEN, met, met), RatingStep(RED)))
    indicator = replace(status.indicator, targets={}, polarity=Polarity.MAXIMISE, rule=rule)
    return replace(
        status,
        indicator=indicator,
        reporting_year_targets=None,
        year_targets=None,
        target=None,
        proposed_outcome=DATA_ONLY,
    )
