"""A mistake of each kind, planted in a June that is in order: `mpr check` finds it, in its row, and nothing else."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mpr.project import Project
from mpr.rules.catalogue import list_checks
from tests.cells import put
from tests.month import june
from tests.month.june import JUNE

Run = Callable[..., tuple[int, list[str], list[str]]]
Plant = Callable[[Project], None]
ROOT = Path(__file__).parents[2]
VALUES, MONTH = "data/2018-06.csv", "data/2018-06.yaml"


def _cell(code: str, **cells: str) -> Plant:
    return lambda project: put(project.get_values_path(JUNE), code, **cells)


def _text(name: str, old: str, new: str) -> Plant:
    def change(project: Project) -> None:
        path = project.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def _setting(code: str, old: str, new: str) -> Plant:
    """Change the first of a text in an indicator's settings."""

    def change(project: Project) -> None:
        head, mark, tail = project.indicators_path.read_text(encoding="utf-8").partition(f"- code: {code}\n")
        assert old in tail.partition("- code:")[0]
        project.indicators_path.write_text(head + mark + tail.replace(old, new, 1), encoding="utf-8")

    return change


SAME = "The rate of children looked after remains above target. The rate does appear to have stabilised in the mid-70s."
MISTAKES: dict[str, tuple[Plant, list[str]]] = {
    "E401": (
        _setting("CP 1.4", "2018-19:", "2016-17:"),
        [
            "indicators.yaml:203:5: error E401 CP 1.4 has no target for 2018-19; write one under targets, 2018-19",
        ],
    ),
    "W402": (
        _setting("CP 3.11", "          June: 176\n", ""),
        [
            (
                "data/2018-06.csv:18:6: warning W402 CP 3.11 has no target for June 2018 and is not rated; write one "
                "in indicators.yaml, or set its outcome with a reason"
            ),
        ],
    ),
    "W403": (
        _setting("CP 1.4", "annual: 95%", "annual: 80%"),
        [
            (
                "indicators.yaml:220:7: warning W403 CP 1.4 has the annual target 80% after 90% in 2017-18, and no "
                "note says why; say why in a note under targets, 2018-19, or mend the target"
            ),
        ],
    ),
    "W404": (
        _setting("CP 3.13", "annual: 1.81", "annual: 0"),
        [
            (
                "indicators.yaml:551:7: warning W404 CP 3.13 has the target 0 for June 2018; write the target that "
                "is meant; if none may happen, accept this finding"
            ),
            (
                "data/2018-06.csv:20:9: warning W501 CP 3.13 is red at 0.6 and has no comment; say why, and what is "
                "being done"
            ),
        ],
    ),
    "W405": (
        _setting("CP 4.3", "June: 27.30%", "June: 17.30%"),
        [
            (
                "indicators.yaml:570:7: warning W405 the targets of CP 4.3 fall from 18.50% in May to 17.30% in "
                "June; compare the profile under targets, 2018-19, with where it was taken from"
            ),
        ],
    ),
    "W501": (
        _cell("CP 5.4", comment=""),
        [
            (
                "data/2018-06.csv:30:9: warning W501 CP 5.4 is amber at 1.71 and has no comment; say why, and what "
                "is being done"
            ),
        ],
    ),
    "W502": (
        _cell("CP 5.1", reason=""),
        [
            (
                "data/2018-06.csv:29:8: warning W502 CP 5.1 is set to green where the rule says amber; give the "
                "reason beside it, for instance 'judged against year end'"
            ),
        ],
    ),
    "W503": (
        _cell("CP 2.3", value=""),
        [
            (
                "data/2018-06.csv:7:6: warning W503 CP 2.3 has no figure in 2018-19 or the year before; write its "
                "value, or set its outcome with a reason"
            ),
        ],
    ),
    "W504": (
        _cell("CP 2.2", value=""),
        [
            (
                "data/2018-06.csv:6:6: warning W504 CP 2.2 has no figure of June 2018, so that of May 2018 is shown; "
                "write it into data/2018-06.csv, or say in a comment why there is none"
            ),
        ],
    ),
    "W505": (
        _setting("CP 2.2", "    targets:", "    rating:\n      judged: yes\n    targets:"),
        [
            (
                "data/2018-06.csv:6:7: warning W505 CP 2.2 has no outcome, and no rule proposes one; write one into "
                "the column outcome"
            ),
        ],
    ),
    "W506": (
        _cell("CP 1.2", comment=SAME),
        [
            (
                "data/2018-06.csv:3:9: warning W506 the comment on CP 1.2 says the same as that of May 2018, 'The "
                "rate of children looked after remains above target. The …'; write what is new, or leave it out"
            ),
        ],
    ),
    "W507": (
        _cell("CP 1.4", comment="April comment: two posts in the team are vacant."),
        [
            (
                "data/2018-06.csv:4:9: warning W507 the comment on CP 1.4 for June 2018 says 'April comment'; write "
                "of this report's period, or say at what date the figure was taken and why"
            ),
        ],
    ),
    "W508": (
        _cell("CP 1.4", comment="The target was met."),
        [
            (
                "data/2018-06.csv:4:9: warning W508 the comment on CP 1.4 says 'The target was met', but 88.0% "
                "misses the target of 95%; mend the comment, or the figure"
            ),
        ],
    ),
    "W509": (
        _cell("CP 1.4", comment="Performance this month is 85%."),
        [
            (
                "data/2018-06.csv:4:9: warning W509 the comment on CP 1.4 says 85% for June 2018, but the data say "
                "88.0%; mend the comment, or the figure"
            ),
        ],
    ),
    "W510": (
        _cell("CP 1.4", comment="3 children were not seen."),
        [
            (
                "data/2018-06.csv:4:9: warning W510 the comment on CP 1.4 may point to single people, saying '3 "
                "children'; write 'fewer than 5' or leave the number out, unless it may be published"
            ),
        ],
    ),
    "W511": (
        _cell("CP 1.4", comment="Visits rose* again."),
        [
            (
                "data/2018-06.csv:4:9: warning W511 the asterisk of 'rose*' at CP 1.4 refers to no note; add a "
                "paragraph '* …' to the comment, or take the asterisk away"
            ),
        ],
    ),
    "W512": (
        _cell("CP 1.4", outcome="green", reason="The team is whole again"),
        [
            (
                "data/2018-06.csv:4:7: warning W512 CP 1.4 is set to green where the rule says red at 88.0% against "
                "95%; look again; if it is meant, let the reason say what makes up for the gap, and accept this "
                "finding"
            ),
        ],
    ),
    "W513": (
        _cell("CP 1.2", value="740.2"),
        [
            (
                "data/2018-06.csv:3:6: warning W513 CP 1.2 at 740.20 is out of line with 14 earlier months, which "
                "had 71.80 to 76.70; if a decimal point slipped, write 74.02"
            ),
        ],
    ),
    "W514": (
        _cell("CP 4.5", value="9.50%"),
        [
            (
                "data/2018-06.csv:23:6: warning W514 CP 4.5 at 9.50% is far from the target of 79.00%; if a decimal "
                "point slipped, write 95.00%"
            ),
            (
                "data/2018-06.csv:23:9: warning W501 CP 4.5 is red at 9.50% and has no comment; say why, and what is "
                "being done"
            ),
        ],
    ),
    "W515": (
        _cell("CP 3.7", value="11"),
        [
            (
                "data/2018-06.csv:15:6: warning W515 CP 3.7 adds up over the year, but falls from 12 to 11 in June "
                "2018; mend the figure, or say under break from which month on it counts something else"
            ),
        ],
    ),
    "W516": (
        _cell("CP 3.7", value="15.5"),
        [
            (
                "data/2018-06.csv:15:6: warning W516 CP 3.7 has the figure 15.5, but is counted in whole numbers; it "
                "would be printed as 16; write the whole number, or give it decimals"
            ),
        ],
    ),
    "W517": (
        _setting("CP 3.5", "Sharon Houlden", "Sharon Holden"),
        [
            (
                "indicators.yaml:396:5: warning W517 'Sharon Holden' at CP 3.5 is almost 'Sharon Houlden' at CP 3.1; "
                "write one of them in both places; if they are two, accept this finding"
            ),
        ],
    ),
    "W518": (
        _cell("CP 3.6", value="920,804"),
        [
            (
                "data/2018-06.csv:14:7: warning W512 CP 3.6 is set to green where the rule says red at 920,804 "
                "against 1,100,000; look again; if it is meant, let the reason say what makes up for the gap, and "
                "accept this finding"
            ),
            (
                "data/2018-06.yaml:9:5: warning W518 'W512 CP 3.6 is set to green where the rule says red at 912,8…' "
                "was accepted, but is not found any more; take it out; if its figures have changed, accept what is "
                "found now"
            ),
        ],
    ),
    "E201": (
        _text(VALUES, 'by September."', "by September."),
        [
            (
                "data/2018-06.csv:4: error E201 this row cannot be read; look for a double quote that is not closed, "
                "or not doubled inside a text"
            ),
        ],
    ),
    "E202": (
        _text(VALUES, "\nCP 4.9,", "\nCP4.9,"),
        [
            "data/2018-06.csv:27:1: error E202 indicator 'CP4.9' is not in indicators.yaml; did you mean 'CP 4.9'?",
        ],
    ),
    "E203 a comma for a point": (
        _cell("CP 4.9", value="86,1%"),
        [
            "data/2018-06.csv:27:6: error E203 value '86,1%' is not a number; write 86.1%",
        ],
    ),
    "E203 a space": (
        _cell("CP 2.4", value="2 150"),
        [
            "data/2018-06.csv:8:6: error E203 value '2 150' is not a number; write 1,544 or TBC",
        ],
    ),
    "E203 words": (
        _cell("CP 4.9", value="not yet known"),
        [
            "data/2018-06.csv:27:6: error E203 value 'not yet known' is not a number; write 83% or TBC",
        ],
    ),
    "E204": (
        _cell("CP 2.4", value="21%"),
        [
            (
                "data/2018-06.csv:8:6: error E204 value '21%' is a percentage, but CP 2.4 is not; write the "
                "figure itself, in missed collections"
            ),
        ],
    ),
    "E205": (
        _text(VALUES, "\nCP 4.9,", "\nCP 4.8,,,,,1.52%,,,\nCP 4.9,"),
        [
            (
                "data/2018-06.csv:27:1: error E205 indicator CP 4.8 stands here a second time; it is in row 26 too; "
                "keep one of them"
            ),
        ],
    ),
    "E206": (
        _text(VALUES, ",outcome,", ",outcone,"),
        [
            "data/2018-06.csv:1:7: error E206 column 'outcone' is not known; did you mean 'outcome'?",
        ],
    ),
    "E208": (
        _text(VALUES, ",value,", ",(value),"),
        [
            (
                "data/2018-06.csv:1: error E208 the first row has no column 'value'; known are code, value, outcome, "
                "reason, comment, focus"
            ),
        ],
    ),
    "E210": (
        _cell("CP 5.1", outcome="on track"),
        [
            (
                "data/2018-06.csv:29:7: error E210 'on track' is not an outcome; write red, amber, green or "
                "deferred, or leave the cell empty"
            ),
        ],
    ),
    "E211": (
        _cell("CP 5.1", outcome=""),
        [
            (
                "data/2018-06.csv:29:8: error E211 a reason stands here without an outcome; write the outcome that "
                "you set, or take the reason away"
            ),
        ],
    ),
    "E212": (
        _cell("CP 4.9", value="861%"),
        [
            (
                "data/2018-06.csv:27:6: error E212 value '861%' cannot be a percentage of CP 4.9; it must be from 0% "
                "to 100%, unless the indicator says unbounded: yes"
            ),
        ],
    ),
    "W213": (
        _cell("CP 4.9", value="0.861"),
        [
            (
                "data/2018-06.csv:27:6: warning W213 value '0.861' of CP 4.9 is printed as 0.861%; if Excel dropped "
                "the percent sign, write 86.1%; if not, write 0.861%"
            ),
        ],
    ),
    "E213": (
        _text(VALUES, ",86.1%,,,", ",86.1%,,,,Rising, as it was,"),
        [
            (
                "data/2018-06.csv:27:10: error E213 this row has more cells than there are columns; a text or number "
                "with a comma in it goes in double quotes"
            ),
        ],
    ),
    "E121": (
        _text(MONTH, 'version: "1.0"\n', ""),
        [
            "data/2018-06.yaml:1:1: error E121 'version' is missing here",
        ],
    ),
    "E122": (
        _text(MONTH, "version: ", "versoin: "),
        [
            "data/2018-06.yaml:1:1: error E121 'version' is missing here",
            "data/2018-06.yaml:1:1: error E122 'versoin' is not a setting that is known here; did you mean 'version'?",
        ],
    ),
    "E123": (
        _text(MONTH, "2018-07-19 12:00", "19 July"),
        [
            (
                "data/2018-06.yaml:2:1: error E123 'generated' must be a date and time such as 2018-06-21 11:59, not "
                "'19 July'"
            ),
        ],
    ),
    "E126": (
        _setting("CP 5.4", "Policy & Resources", "Policy and Resources"),
        [
            (
                "indicators.yaml:717:5: error E126 committee 'Policy and Resources Scrutiny' is not in the list of "
                "committees; did you mean 'Policy & Resources Scrutiny'?"
            ),
        ],
    ),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project in which June is in order; nobody may change it."""
    root = tmp_path_factory.mktemp("june")
    shutil.copy(ROOT / "indicators.yaml", root)
    shutil.copytree(ROOT / "data", root / "data")
    june.finish(Project(root))
    return Project(root)


def test_each_kind_of_finding_has_its_mistake(whole: Project, mpr: Run) -> None:
    rules = {each.code for each in list_checks() if each.code[1] in "45"}
    assert len(rules) >= 20
    assert rules <= {code[:4] for code in MISTAKES}
    said = ["June 2018: 31 indicators, nothing to mend", "4 findings accepted in data/2018-06.yaml"]
    assert mpr("--project", whole.root, "check", JUNE) == (0, said, [])


@pytest.mark.parametrize("code", MISTAKES)
def test_it_is_found_in_its_row(code: str, whole: Project, tmp_path: Path, mpr: Run) -> None:
    project = Project(tmp_path / "june")
    shutil.copytree(whole.root, project.root)
    plant, lines = MISTAKES[code]
    plant(project)
    ended, _, said = mpr("--project", project.root, "check", JUNE)
    assert said[:-1] == lines
    assert any(f" {code[:4]} " in line for line in lines)
    assert ended == (1 if code.startswith("E") else 0)
