"""Accepted findings: which stay quiet, which end, and how the entries are printed and rewritten."""

import json

import pytest

from mpr.load.editions.acceptances import AcceptedFinding
from mpr.problem import InputError, Problem, Severity
from mpr.project import Project
from mpr.workflows.check import check_period
from tests.cells import set_cells
from tests.conftest import ROOT, Run

MAY = "2018-05"
GREEN = {"outcome": "green", "reason": "Bins are emptied again"}
# What `mpr check 2018-05` printed of the real report before findings were accepted by their basis.
OLD_SENTENCES = """\
W403 CP 2.3 has the annual target 46.38% after 54.00% in 2017-18, and no note says why
W405 the targets of CP 3.0 look like two profiles joined: they rise by 9.2 from 34.8 in May to 44 in June, but by 17.4 \
before that and by 18 after
W515 CP 3.0 adds up over the year, but falls from 2,621 to 1,111 in February 2018
W507 the comment on CP 1.5 for May 2018 says 'that as of the 31/3/18'
W509 the comment on CP 1.5 says 90.53% for March 2018, but the data say 87.2%
W510 the comment on CP 1.5 may identify people, as it says '4 of these children' and '3 children'
W504 CP 3.1 has no figure for May 2018, so the one for April 2018 is shown
W507 the comment on CP 3.2 for May 2018 says 'Aprils comment'
W510 the comment on CP 3.2 may identify people, as it says '12 people … 11 of whom'
W507 the comment on CP 3.4 for May 2018 says 'April comment'
W504 CP 3.5 has no figure for May 2018, so the one for April 2018 is shown
W512 CP 3.6 is set to green where the rule says red at 578,468 against 733,333
W508 the comment on CP 3.9 says 'Currently targets for NHS Health Checks are being met', but 550 misses the target \
of 916
W504 CP 4.8 has no figure for May 2018, so the one for April 2018 is shown
W512 CP 5.1 is set to green where the rule says red at 2,366 against 3,250
""".splitlines()


@pytest.fixture(scope="module")
def real_findings() -> list[Problem]:
    """Return the findings in the real report."""
    return list_warnings(Project(ROOT))


def add_accepted(project: Project, *entries: str) -> None:
    path = project.get_edition_path(MAY)
    text = path.read_text(encoding="utf-8") + "accepted:\n" + "".join(f"  - {entry}\n" for entry in entries)
    path.write_text(text, encoding="utf-8")


def list_warnings(project: Project) -> list[Problem]:
    return list(check_period(project, MAY).warnings)


def list_names(project: Project) -> list[tuple[str, str]]:
    return [(warning.code, warning.subject) for warning in list_warnings(project)]


def plant_findings(council: Project) -> None:
    """Set LM 2.2 to green far beyond its target, and leave out the comments of two indicators."""
    set_cells(council.get_values_path(MAY), "LM 2.2", value="2,164", **GREEN)
    set_cells(council.get_values_path(MAY), "LM 1.1", comment="")
    set_cells(council.get_values_path(MAY), "LM 3.2", comment="")


def test_every_sentence_of_before_is_still_an_acceptance(project: Project) -> None:
    entries = [f"finding: {json.dumps(sentence)}\n    reason: Seen" for sentence in OLD_SENTENCES]
    add_accepted(project, *entries)
    checked = check_period(project, MAY)
    assert (checked.warnings, checked.accepted_count) == ((), 15)


@pytest.mark.parametrize("number", range(15))
def test_sentence_of_before_accepts_one_finding_only(real_findings: list[Problem], number: int) -> None:
    acceptance = AcceptedFinding(0, real_findings[0].place, sentence=OLD_SENTENCES[number])
    assert [warning for warning in real_findings if acceptance.covers(warning)] == [real_findings[number]]


def test_every_warning_names_its_subject_and_basis(real_findings: list[Problem]) -> None:
    for warning in real_findings:
        assert warning.subject
        assert warning.basis
        assert AcceptedFinding(0, warning.place, sentence=f"{warning.code} {warning.message}").covers(warning)


def test_printed_entries_accept_everything(council: Project, mpr: Run) -> None:
    plant_findings(council)
    code, out, err = mpr("--project", council.root, "check", MAY, "--accept")
    assert (code, out[0], err) == (0, "accepted:", [])
    assert [line for line in out if "check:" in line or "about:" in line] == [
        "  - check: W501", "    about: LM 1.1", "  - check: W512", "    about: LM 2.2", "  - check: W501",
        "    about: LM 3.2",
    ]  # fmt: skip
    edition = council.get_edition_path(MAY).read_text(encoding="utf-8")
    text = "".join(f"{line} Seen\n" if line.endswith("reason:") else f"{line}\n" for line in out)
    council.get_edition_path(MAY).write_text(edition + text, encoding="utf-8")
    checked = check_period(council, MAY)
    assert (checked.warnings, checked.accepted_count) == ((), 3)
    assert mpr("--project", council.root, "check", MAY, "--accept") == (0, ["# nothing to accept"], [])


def test_further_entries_are_printed_without_the_heading(council: Project, mpr: Run) -> None:
    plant_findings(council)
    add_accepted(council, "check: W501\n    about: LM 1.1\n    basis: red; 36.84\n    reason: Seen")
    _, out, _ = mpr("--project", council.root, "check", MAY, "--accept")
    assert [line for line in out if "about:" in line] == ["    about: LM 2.2", "    about: LM 3.2"]
    assert out[1] == "  - check: W512"


def test_errors_are_printed_instead_of_entries(council: Project, mpr: Run) -> None:
    plant_findings(council)
    set_cells(council.get_values_path(MAY), "LM 1.2", value="many")
    code, out, err = mpr("--project", council.root, "check", MAY, "--accept")
    assert (code, out) == (1, [])
    assert any("E203" in line for line in err)


def test_entry_without_a_reason_is_an_error(council: Project) -> None:
    plant_findings(council)
    add_accepted(council, "check: W501\n    about: LM 1.1\n    basis: red; 36.84\n    reason:")
    with pytest.raises(InputError) as error:
        check_period(council, MAY)
    assert [str(problem).partition("error ")[2] for problem in error.value.problems if problem.code[0] == "E"] == [
        "E123 'reason' is empty; write a text"
    ]


def test_entry_that_names_no_finding_is_an_error(council: Project) -> None:
    add_accepted(council, "check: W501\n    reason: Seen")
    with pytest.raises(InputError) as error:
        check_period(council, MAY)
    assert [str(problem).partition("error ")[2] for problem in error.value.problems] == [
        "E128 'check' and 'about' must name the finding; mpr check --accept prints the whole entry"
    ]


def test_changed_figure_ends_an_acceptance(council: Project) -> None:
    plant_findings(council)
    [bins] = [warning for warning in list_warnings(council) if warning.code == "W512"]
    entry = f"check: W512\n    about: LM 2.2\n    basis: {'; '.join(bins.basis)}\n    reason: Seen"
    add_accepted(council, entry)
    assert list_names(council) == [("W501", "LM 1.1"), ("W501", "LM 3.2")]
    set_cells(council.get_values_path(MAY), "LM 2.2", value="2,165")
    assert ("W512", "LM 2.2") in list_names(council)
    [ended] = [warning for warning in list_warnings(council) if warning.code == "W518"]
    line = council.get_edition_path(MAY).read_text(encoding="utf-8").split("\n").index("  - check: W512") + 1
    assert (ended.place.file, ended.place.line, ended.place.column) == ("data/2018-05.yaml", line, 5)
    assert ended.message == f"you accepted W512 on LM 2.2 ({'; '.join(bins.basis)}), but mpr check no longer finds it"
    assert ended.hint == (
        "delete this entry; if the figures have changed, mpr check 2018-05 --accept prints the new one"
    )


def test_acceptance_covers_no_other_indicator(council: Project) -> None:
    plant_findings(council)
    add_accepted(council, "check: W501\n    about: LM 1.1\n    basis: red; 36.84\n    reason: Seen")
    assert list_names(council) == [("W512", "LM 2.2"), ("W501", "LM 3.2")]


def test_acceptance_covers_one_of_two_findings_of_an_indicator(council: Project) -> None:
    for month in ("2017-06", "2017-09"):
        set_cells(council.get_values_path(month), "LM 3.2", value="0.01")
    falls = [warning for warning in list_warnings(council) if warning.code == "W515"]
    assert [fall.subject for fall in falls] == ["LM 3.2", "LM 3.2"]
    add_accepted(council, f"check: W515\n    about: LM 3.2\n    basis: {'; '.join(falls[0].basis)}\n    reason: Seen")
    remaining = [warning for warning in list_warnings(council) if warning.code in {"W515", "W518"}]
    assert [warning.basis for warning in remaining] == [falls[1].basis]


def test_older_entries_are_rewritten_in_place(council: Project, mpr: Run) -> None:
    plant_findings(council)
    [bins] = [warning for warning in list_warnings(council) if warning.code == "W512"]
    older = f'finding: "W512 {bins.message}"  # why\n    reason: Seen'
    add_accepted(council, older, "finding: W999 nothing\n    reason: Left")
    before = council.get_edition_path(MAY).read_text(encoding="utf-8")
    code, out, err = mpr("--project", council.root, "check", MAY, "--rewrite-accepted")
    basis = "; ".join(bins.basis)
    line = before.split("\n").index("accepted:") + 2
    assert (code, out, err) == (
        0,
        [
            f"data/2018-05.yaml:{line}:5: now W512 on LM 2.2 ({basis})",
            f"data/2018-05.yaml:{line + 2}:5: left as it is, because it matches no finding: 'W999 nothing'",
            "1 acceptance rewritten in data/2018-05.yaml",
        ],
        [],
    )
    newer = f"check: W512\n    about: LM 2.2\n    basis: {basis}  # why\n    reason: Seen"
    assert council.get_edition_path(MAY).read_text(encoding="utf-8") == before.replace(older, newer)
    checked = check_period(council, MAY)
    assert [warning.code for warning in checked.accepted] == ["W512"]
    code, out, _ = mpr("--project", council.root, "check", MAY, "--rewrite-accepted")
    assert out[-1] == "0 acceptances rewritten in data/2018-05.yaml"


def test_byte_order_mark_and_line_ends_stay(council: Project, mpr: Run) -> None:
    plant_findings(council)
    [bins] = [warning for warning in list_warnings(council) if warning.code == "W512"]
    add_accepted(council, f'finding: "W512 {bins.message}"\n    reason: Seen')
    path = council.get_edition_path(MAY)
    text = "\ufeff" + path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(text.encode())
    assert mpr("--project", council.root, "check", MAY, "--rewrite-accepted")[0] == 0
    newer = f"check: W512\r\n    about: LM 2.2\r\n    basis: {'; '.join(bins.basis)}"
    assert path.read_bytes().decode() == text.replace(f'finding: "W512 {bins.message}"', newer)


def test_json_keeps_its_keys_and_says_the_basis(council: Project, mpr: Run) -> None:
    plant_findings(council)
    _, out, _ = mpr("--project", council.root, "check", MAY, "--format", "json")
    [first, *_] = json.loads("\n".join(out))
    assert list(first)[:5] == ["place", "code", "message", "hint", "severity"]
    assert (first["subject"], first["basis"]) == ("LM 1.1", ["red", "36.84"])
    assert first["severity"] == Severity.WARNING
