"""What `mpr compare` says of two reports, as text and for a program, and of what was revised since the earlier."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mpr.load.editions.record import RECORD_SUFFIX, format_record
from mpr.load.scorecard import load_scorecard
from mpr.measure.period import parse_period
from mpr.problem import InputError
from mpr.project import Project
from mpr.report.printed_figures import build_record
from mpr.workflows.check import check_period
from mpr.workflows.compare import as_json_data, compare_periods, describe_changes

APRIL, MAY = "2018-04", "2018-05"
Run = Callable[..., tuple[int, list[str], list[str]]]
ROOT = Path(__file__).parents[2]
EXAMPLE = Project(ROOT / "examples" / "kpi-table-2016-17-q2")


def _edit(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def _recorded(project: Project) -> None:
    """Keep the record of April's report, as a build of it does."""
    scorecard, _ = load_scorecard(project, APRIL)
    assert scorecard
    path = project.get_report_path(APRIL, RECORD_SUFFIX)
    path.parent.mkdir(parents=True)
    path.write_text(format_record(build_record(scorecard)), encoding="utf-8")


def _said(project: Project, title: str) -> list[str]:
    """Return the lines under a title."""
    found = list(describe_changes(compare_periods(project, APRIL, MAY)))
    after = found[found.index(title) + 1 :]
    return [line.strip() for line in after[: after.index("") if "" in after else None]]


def test_the_real_months(project: Project) -> None:
    found = list(describe_changes(compare_periods(project, APRIL, MAY)))
    assert found[:6] == [
        "May 2018 compared with April 2018",
        (
            "Of 31 indicators, 2 worsened, 18 had no figure or rating then and 11 kept the outcome. "
            "5 indicators have no newer figure."
        ),
        "",
        "Worsened",
        "  CP 1.5 Child Protection Plan visits: Amber to Red, 92.4% to 84.0%; against target 2.7% to 11.6% worse",
        "  CP 3.0 Early Help Assessments (rate): Amber to Red, 17.0 to 29.7; against target 2.3% to 14.7% worse",
    ]
    assert len(found) == 25
    assert _said(project, "New since April 2018 (18)") == [
        "Red: CP 2.3 and CP 2.4.",
        (
            "Green: CP 2.2, CP 3.6, CP 3.7, CP 3.11, CP 3.12, CP 3.13, CP 4.3, CP 4.4, CP 4.5, CP 4.6, CP 4.7, CP 4.9, "
            "CP 4.10, CP 5.1, CP 5.5 and CP 5.6."
        ),
    ]
    assert [line.split(":")[0] for line in _said(project, "Biggest moves for the worse, as a share of the target")] == [
        "CP 3.10 Initial Child Protection Conferences",
        "CP 3.0 Early Help Assessments (rate)",
        "CP 1.5 Child Protection Plan visits",
        "CP 3.9 NHS Health Checks",
    ]
    assert _said(project, "Biggest moves for the better, as a share of the target")[0] == (
        "CP 5.4 Working days lost to sickness: Red, 0.58 to 1.19; against target 13.7% to 8.2% worse"
    )


@pytest.mark.parametrize("earlier", ["2017-06", "2017-12", "2018-03", APRIL])
def test_an_earlier_month_stands_as_its_own_report_has_it(project: Project, earlier: str) -> None:
    scorecard, own = check_period(project, MAY).scorecard, load_scorecard(project, earlier)[0]
    assert own
    assert scorecard.compute_statuses(own.period) == own.statuses
    assert any(each.value is not None for each in own.statuses)


def test_an_overruling_is_said(project: Project) -> None:
    _edit(project.get_values_path(APRIL), ("81.4%,,,", "81.4%,green,They were on leave,"))
    _edit(project.get_values_path(MAY), ("83%,,,", "83%,amber,All seen since,"))
    assert _said(project, "Worsened")[0] == (
        "CP 1.4 Visits to Looked After Children: Green (set by an officer) to Amber (set by an officer), "
        "81.4% to 83.0%; against target 14.3% to 12.6% worse"
    )


def test_what_is_no_longer_rated_is_said_with_the_figures_that_stand(project: Project) -> None:
    _edit(project.get_values_path(MAY), (",29.44,,", ",,deferred,"))
    title = "No longer rated, or without a figure"
    assert _said(project, title) == [
        (
            "CP 1.1 Child Protection Plans (rate): Red to Deferred (set by an officer), "
            "28.92 to 28.92 (April 2018); against target 23.9% worse"
        )
    ]


def test_neither_edition_is_needed_for_a_comparison(project: Project) -> None:
    before = list(describe_changes(compare_periods(project, APRIL, MAY)))
    project.get_edition_path(MAY).unlink()
    assert list(describe_changes(compare_periods(project, APRIL, MAY))) == before


def test_without_a_record_it_says_so(project: Project) -> None:
    said = "There is no record of the report of April 2018, so revisions of its figures could not be looked for."
    assert _said(project, "Revised") == [said]
    assert as_json_data(compare_periods(project, APRIL, MAY))["record"] is None


def test_nothing_revised(project: Project) -> None:
    _recorded(project)
    said = ["None of the figures in out/2018-04/mpr-2018-04.figures.json has changed."]
    assert _said(project, "Revised since the report of April 2018") == said
    assert as_json_data(compare_periods(project, APRIL, MAY))["revised"] == []


def test_what_reads_otherwise_now_is_said_with_its_place(project: Project) -> None:
    _recorded(project)
    _edit(
        project.get_values_path(APRIL), ("92.4%", "95.4%"), ("CP 3.4,Direct payments,29.2%", "CP 3.4,Direct payments,")
    )
    _edit(project.get_values_path("2018-02"), ("1,111", "1,112"))
    _edit(project.indicators_path, ("annual: 82.5%", "annual: 90%"))
    title = "Revised since the report of April 2018"
    found = _said(project, title)
    assert found[0] == "CP 1.5 Child Protection Plan visits: outcome was Amber, now Green  [data/2018-04.csv:5:3]"
    assert found[1] == (
        "CP 1.5 Child Protection Plan visits: value of April 2018 was 92.4%, now 95.4%  [data/2018-04.csv:5:3]"
    )
    assert found[2] == (
        "CP 3.0 Early Help Assessments (rate): value of February 2018 was 1,111, now 1,112  [data/2018-02.csv:7:3]"
    )
    assert "CP 3.4 Direct payments: value of April 2018 was 29.2%, now [x]  [data/2018-04.csv:9:3]" in found
    target = next(each for each in found if "target of April 2018 was" in each)
    assert target.startswith("CP 4.9 Children in good or outstanding schools: target of April 2018 was 82.5%, now 90%")
    line = int(re.findall(r"indicators\.yaml:(\d+)", target)[0])
    assert "annual: 90%" in project.indicators_path.read_text(encoding="utf-8").splitlines()[line]
    assert any("annual target was 82.5%, now 90%" in each for each in found)


def test_targets_that_changed_alike_are_one_line(project: Project) -> None:
    _recorded(project)
    text = project.indicators_path.read_text(encoding="utf-8")
    start = text.index("2017-18:", text.index("code: CP 1.5"))
    old = re.findall(r"annual: (\S+)", text[start:])[0]
    project.indicators_path.write_text(text[:start] + text[start:].replace(old, "50%", 1), encoding="utf-8")
    assert [each.split("  [")[0] for each in _said(project, "Revised since the report of April 2018")] == [
        f"CP 1.5 Child Protection Plan visits: target of April 2017 to March 2018 was {old}, now 50%"
    ]


def test_what_came_late_and_what_was_taken_out(project: Project) -> None:
    _recorded(project)
    with project.get_values_path(APRIL).open("a", encoding="utf-8") as file:
        file.write('CP 2.2,"Cleanliness: litter",93%,,,\n')
    text = project.indicators_path.read_text(encoding="utf-8")
    start = text.index("  - code: CP 5.6")
    end = text.find("  - code:", start + 5)
    project.indicators_path.write_text(text[:start] + (text[end:] if end > 0 else ""), encoding="utf-8")
    for path in project.data.glob("*.csv"):
        kept = path.read_text(encoding="utf-8").partition("\nCP 5.6")[0]
        path.write_text(kept + "\n", encoding="utf-8")
    revised = _said(project, "Revised since the report of April 2018")
    assert "CP 5.6 New Education Health and Care (EHC) plans issued: indicator was listed, now not listed" in revised
    assert "CP 2.2 Cleanliness: litter: outcome was No value, now Amber  [data/2018-04.csv:15:3]" in revised
    assert _said(project, "Supplied since the report of April 2018") == ["CP 2.2 (value of April 2018)."]


@pytest.mark.parametrize(
    ("then", "now", "message"),
    [
        (MAY, APRIL, "data/2018-05.csv: error E605 May 2018 is not before April 2018; write the earlier period first"),
        (MAY, MAY, "data/2018-05.csv: error E605 May 2018 is not before May 2018; write the earlier period first"),
        (
            "2018-19-Q1", MAY,
            "data/2018-19-Q1.csv: error E605 2018-19-Q1 is not a month, as 2018-05 is; compare periods of one length",
        ),
        ("2015-05", MAY, "data/2015-05.csv: error E605 May 2015 has no figures to compare with"),
    ],
)  # fmt: skip
def test_only_an_earlier_period_of_the_same_length_is_compared(
    project: Project, then: str, now: str, message: str
) -> None:
    with pytest.raises(InputError) as stopped:
        compare_periods(project, then, now)
    assert str(stopped.value) == message


def test_a_fault_in_the_files_and_a_damaged_record_stop_it(project: Project) -> None:
    _recorded(project)
    _edit(project.get_report_path(APRIL, RECORD_SUFFIX), ('"indicators"', '"indicator"'))
    with pytest.raises(InputError, match=r"out/2018-04/mpr-2018-04.figures.json: error E114"):
        compare_periods(project, APRIL, MAY)
    _edit(project.get_values_path(APRIL), ("92.4%", "92 4%"))
    with pytest.raises(InputError, match=r"data/2018-04.csv:5:3: error E203"):
        compare_periods(project, APRIL, MAY)
    project.get_values_path(MAY).unlink()
    with pytest.raises(InputError, match="E107"):
        compare_periods(project, APRIL, MAY)


def test_quarters_that_their_months_make_are_compared_without_files_of_their_own(project: Project) -> None:
    project.get_values_path("2017-18-Q4").write_text("code,value\n", encoding="utf-8")
    found = compare_periods(project, "2017-18-Q3", "2017-18-Q4").comparison
    assert (found.then, found.now) == (parse_period("2017-18-Q3", 4), parse_period("2017-18-Q4", 4))
    moved = {each.later.indicator.code: each for each in found.movements}["CP 1.5"]
    assert moved.earlier.latest_period == found.then
    assert moved.gain is not None


def test_a_council_without_codes_is_spoken_of_by_names(tmp_path: Path) -> None:
    root = tmp_path / "kpi"
    (root / "data").mkdir(parents=True)
    for path in (EXAMPLE.indicators_path, *EXAMPLE.data.iterdir()):
        (root / path.relative_to(EXAMPLE.root)).write_bytes(path.read_bytes())
    project = Project(root)
    text = project.get_values_path("2016-17-Q2").read_text(encoding="utf-8")
    project.get_values_path("2016-17-Q1").write_text(
        text.replace('recycled, composted",,Failed', 'recycled, composted",,Achieved'), "utf-8"
    )
    found = list(describe_changes(compare_periods(project, "2016-17-Q1", "2016-17-Q2")))
    assert found[0] == "Quarter 2 2016/17 compared with Quarter 1 2016/17"
    assert found[found.index("Worsened") + 1].strip() == (
        "Household waste reused, recycled, composted: Achieved to Failed"
    )


def test_all_of_it_for_a_program(project: Project, mpr: Run) -> None:
    code, out, err = mpr("--project", project.root, "compare", APRIL, MAY, "--format", "json")
    assert (code, err) == (0, [])
    found = json.loads("\n".join(out))
    assert {key: len(found[key]) for key in ("worsened", "recovered", "improved", "appeared", "vanished", "same")} == {
        "worsened": 2, "recovered": 0, "improved": 0, "appeared": 18, "vanished": 0, "same": 11,
    }  # fmt: skip
    assert found["worsened"][0] == {
        "code": "CP 1.5",
        "name": "Child Protection Plan visits",
        "then": {
            "period": "2018-04", "value": "92.4%", "target": "95%", "outcome": "Amber", "overruled": False,
            "against_target": -2.7,
        },
        "now": {
            "period": "2018-05", "value": "84.0%", "target": "95%", "outcome": "Red", "overruled": False,
            "against_target": -11.6,
        },
    }  # fmt: skip
    assert found["no_newer_figure"] == ["CP 3.1", "CP 3.2", "CP 3.4", "CP 3.5", "CP 4.8"]
    assert [each["code"] for each in found["better_against_target"]] == ["CP 5.4", "CP 1.2", "CP 1.4", "CP 1.1"]


def test_it_prints_lines_and_ends_well(project: Project, mpr: Run) -> None:
    code, out, err = mpr("--project", project.root, "compare", APRIL, MAY)
    assert (code, err) == (0, [])
    assert out == list(describe_changes(compare_periods(project, APRIL, MAY)))
    assert mpr("--project", project.root, "compare", MAY, APRIL)[0] == 1
    assert mpr("--project", project.root, "compare", MAY)[0] == 2
