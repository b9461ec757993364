"""What `mpr compare` says of two reports, as text and for a program, and of what was revised since the earlier."""

import json
import re
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
from tests.conftest import Run

APRIL, MAY = "2018-04", "2018-05"
ROOT = Path(__file__).parents[2]
EXAMPLE = Project(ROOT / "examples" / "kpi-table-2016-17-q2")


def edit(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def save_record(project: Project) -> None:
    """Save the record of April's report, as a build of it does."""
    scorecard, _ = load_scorecard(project, APRIL)
    assert scorecard
    path = project.get_report_path(APRIL, RECORD_SUFFIX)
    path.parent.mkdir(parents=True)
    path.write_text(format_record(build_record(scorecard)), encoding="utf-8")


def read_below(project: Project, title: str) -> list[str]:
    """Return the lines under a title."""
    found = list(describe_changes(compare_periods(project, APRIL, MAY)))
    after = found[found.index(title) + 1 :]
    return [line.strip() for line in after[: after.index("") if "" in after else None]]


def test_movements_are_listed_by_kind(council: Project) -> None:
    found = list(describe_changes(compare_periods(council, APRIL, MAY)))
    assert found[:13] == [
        "May 2018 compared with April 2018",
        (
            "Of 12 indicators, 1 worsened, 1 recovered, 1 improved, 3 had no figure or rating then and 6 kept the "
            "outcome. 1 indicator has no newer figure."
        ),
        "",
        "Worsened",
        "  LM 1.2 Care plans: reviews: Amber to Red, 86.1% to 78.0%; against target 4.3% to 13.3% worse",
        "",
        "Recovered",
        "  LM 1.11 Repairs of council homes: Red to Green, 12.9 to 9.6; against target 7.5% worse to 20.0% better",
        "",
        "Improved",
        "  LM 1.10 Assessments of carers: Red to Amber, 71.8% to 76.4%; against target 10.3% to 4.5% worse",
        "",
        "New since April 2018 (3)",
    ]
    assert read_below(council, "New since April 2018 (3)") == ["Red: LM 2.1 and LM 2.2.", "Green: LM 2.3."]
    worse = read_below(council, "Biggest moves for the worse, as a share of the target")
    assert [line.split(":")[0] for line in worse] == [
        "LM 1.2 Care plans",
        "LM 1.1 Referrals to children’s services",
        "LM 3.1 Bills by e-mail",
        "LM 3.2 Sickness",
    ]
    assert read_below(council, "Biggest moves for the better, as a share of the target")[-1] == (
        "LM 4.1 Out-of-work benefits: Green, 2.7% to 2.6%; against target 10.0% to 13.3% better"
    )


@pytest.mark.parametrize("earlier", ["2017-06", "2017-12", "2018-03", APRIL])
def test_statuses_of_an_earlier_month_are_those_of_its_own_report(council: Project, earlier: str) -> None:
    scorecard, own = check_period(council, MAY).scorecard, load_scorecard(council, earlier)[0]
    assert own
    assert scorecard.compute_statuses(own.period) == own.statuses
    assert any(each.value is not None for each in own.statuses)


def test_an_outcome_set_by_an_officer_is_marked(council: Project) -> None:
    edit(council.get_values_path(APRIL), ("86.1%,,,", "86.1%,green,They were on leave,"))
    edit(council.get_values_path(MAY), ("78%,,,", "78%,amber,All done since,"))
    assert read_below(council, "Worsened")[0] == (
        "LM 1.2 Care plans: reviews: Green (set by an officer) to Amber (set by an officer), "
        "86.1% to 78.0%; against target 4.3% to 13.3% worse"
    )


def test_a_deferred_outcome_is_listed_as_no_longer_rated_with_the_latest_figure(council: Project) -> None:
    edit(council.get_values_path(MAY), (",36.84,,", ",,deferred,"))
    title = "No longer rated, or without a figure"
    assert read_below(council, title) == [
        (
            "LM 1.1 Referrals to children’s services: Red to Deferred (set by an officer), "
            "37.48 to 37.48 (April 2018); against target 10.8% worse"
        )
    ]


def test_neither_edition_is_needed_for_a_comparison(council: Project) -> None:
    before = list(describe_changes(compare_periods(council, APRIL, MAY)))
    council.get_edition_path(MAY).unlink()
    assert list(describe_changes(compare_periods(council, APRIL, MAY))) == before


def test_a_missing_record_of_the_earlier_report_is_stated(council: Project) -> None:
    said = "There is no record of the report of April 2018, so revisions of its figures could not be looked for."
    assert read_below(council, "Revised") == [said]
    assert as_json_data(compare_periods(council, APRIL, MAY))["record"] is None


def test_unchanged_figures_are_reported_as_unrevised(council: Project) -> None:
    save_record(council)
    said = ["None of the figures in out/2018-04/mpr-2018-04.figures.json has changed."]
    assert read_below(council, "Revised since the report of April 2018") == said
    assert as_json_data(compare_periods(council, APRIL, MAY))["revised"] == []


def test_a_revised_figure_is_listed_with_its_place(council: Project) -> None:
    save_record(council)
    edit(council.get_values_path(APRIL), ("86.1%", "91.1%"), ("help at home,70.3%", "help at home,"))
    edit(council.get_values_path("2018-02"), ("82.6%", "84.4%"))
    edit(council.indicators_path, ("annual: 80%", "annual: 84%"))
    title = "Revised since the report of April 2018"
    found = read_below(council, title)
    assert found[0] == "LM 1.2 Care plans: reviews: outcome was Amber, now Green  [data/2018-04.csv:3:3]"
    assert found[1] == "LM 1.2 Care plans: reviews: value of February 2018 was 82.6%, now 84.4%  [data/2018-02.csv:3:3]"
    assert found[2] == "LM 1.2 Care plans: reviews: value of April 2018 was 86.1%, now 91.1%  [data/2018-04.csv:3:3]"
    late = "LM 1.9 No more care after help at home: value of April 2018 was 70.3%, now [x]  [data/2018-04.csv:4:3]"
    assert late in found
    target = next(each for each in found if "target of April 2018 was" in each)
    assert target.startswith("LM 1.10 Assessments of carers: target of April 2018 was 80%, now 84%")
    line = int(re.findall(r"indicators\.yaml:(\d+)", target)[0])
    assert "annual: 84%" in council.indicators_path.read_text(encoding="utf-8").splitlines()[line]
    assert any("annual target was 80%, now 84%" in each for each in found)


def test_targets_that_changed_alike_share_a_line(council: Project) -> None:
    save_record(council)
    text = council.indicators_path.read_text(encoding="utf-8")
    start = text.index("2017-18:", text.index("code: LM 1.2"))
    old = re.findall(r"annual: (\S+)", text[start:])[0]
    council.indicators_path.write_text(text[:start] + text[start:].replace(old, "50%", 1), encoding="utf-8")
    assert [each.split("  [")[0] for each in read_below(council, "Revised since the report of April 2018")] == [
        f"LM 1.2 Care plans: reviews: target of April 2017 to March 2018 was {old}, now 50%"
    ]


def test_late_figures_and_removed_indicators_are_listed(council: Project) -> None:
    save_record(council)
    with council.get_values_path(APRIL).open("a", encoding="utf-8") as file:
        file.write("LM 2.2,Missed bins,480,,,\n")
    text = council.indicators_path.read_text(encoding="utf-8")
    start = text.index("  - code: LM 3.3")
    end = text.index("  - code:", start + 5)
    council.indicators_path.write_text(text[:start] + text[end:], encoding="utf-8")
    for path in council.data.glob("*.csv"):
        path.write_text(re.sub(r"(?m)^LM 3\.3.*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    revised = read_below(council, "Revised since the report of April 2018")
    assert "LM 3.3 Requests for information: indicator was listed, now not listed" in revised
    assert "LM 2.2 Missed bins: outcome was No value, now Green  [data/2018-04.csv:10:3]" in revised
    assert read_below(council, "Supplied since the report of April 2018") == ["LM 2.2 (value of April 2018)."]


@pytest.mark.parametrize(
    ("then", "now", "message"),
    [
        (MAY, APRIL, "data/2018-05.csv: error E605 May 2018 is not before April 2018; write the earlier period first"),
        (MAY, MAY, "data/2018-05.csv: error E605 May 2018 is not before May 2018; write the earlier period first"),
        (
            "2018-19-Q1", MAY,
            ("data/2018-19-Q1.csv: error E605 2018-19-Q1 is not a month, as 2018-05 is; "
            "compare periods of the same length"),
        ),
        ("2015-05", MAY, "data/2015-05.csv: error E605 May 2015 has no figures to compare with"),
    ],
)  # fmt: skip
def test_only_an_earlier_period_of_the_same_length_is_compared(
    council: Project, then: str, now: str, message: str
) -> None:
    with pytest.raises(InputError) as stopped:
        compare_periods(council, then, now)
    assert str(stopped.value) == message


def test_a_faulty_file_or_a_damaged_record_stops_the_comparison(council: Project) -> None:
    save_record(council)
    edit(council.get_report_path(APRIL, RECORD_SUFFIX), ('"indicators"', '"indicator"'))
    with pytest.raises(InputError, match=r"out/2018-04/mpr-2018-04.figures.json: error E114"):
        compare_periods(council, APRIL, MAY)
    edit(council.get_values_path(APRIL), ("86.1%", "86 1%"))
    with pytest.raises(InputError, match=r"data/2018-04.csv:3:3: error E203"):
        compare_periods(council, APRIL, MAY)
    council.get_values_path(MAY).unlink()
    with pytest.raises(InputError, match="E107"):
        compare_periods(council, APRIL, MAY)


def test_quarters_that_their_months_make_are_compared_without_files_of_their_own(council: Project) -> None:
    council.get_values_path("2017-18-Q4").write_text("code,value\n", encoding="utf-8")
    found = compare_periods(council, "2017-18-Q3", "2017-18-Q4").comparison
    assert (found.then, found.now) == (parse_period("2017-18-Q3", 4), parse_period("2017-18-Q4", 4))
    moved = {each.later.indicator.code: each for each in found.movements}["LM 1.2"]
    assert moved.earlier.latest_period == found.then
    assert moved.gain is not None


def test_indicators_without_codes_are_named(tmp_path: Path) -> None:
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


def test_the_comparison_as_json_has_every_movement(council: Project, mpr: Run) -> None:
    code, out, err = mpr("--project", council.root, "compare", APRIL, MAY, "--format", "json")
    assert (code, err) == (0, [])
    found = json.loads("\n".join(out))
    assert {key: len(found[key]) for key in ("worsened", "recovered", "improved", "appeared", "vanished", "same")} == {
        "worsened": 1, "recovered": 1, "improved": 1, "appeared": 3, "vanished": 0, "same": 6,
    }  # fmt: skip
    assert found["worsened"][0] == {
        "code": "LM 1.2",
        "name": "Care plans: reviews",
        "then": {
            "period": "2018-04", "value": "86.1%", "target": "90%", "outcome": "Amber", "overruled": False,
            "against_target": -4.3,
        },
        "now": {
            "period": "2018-05", "value": "78.0%", "target": "90%", "outcome": "Red", "overruled": False,
            "against_target": -13.3,
        },
    }  # fmt: skip
    assert found["no_newer_figure"] == ["LM 1.9"]
    assert [each["code"] for each in found["better_against_target"]] == ["LM 1.11", "LM 1.10", "LM 4.1"]


def test_the_command_prints_the_lines_and_returns_0(council: Project, mpr: Run) -> None:
    code, out, err = mpr("--project", council.root, "compare", APRIL, MAY)
    assert (code, err) == (0, [])
    assert out == list(describe_changes(compare_periods(council, APRIL, MAY)))
    assert mpr("--project", council.root, "compare", MAY, APRIL)[0] == 1
    assert mpr("--project", council.root, "compare", MAY)[0] == 2
