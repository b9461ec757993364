"""How acceptances are read, matched with findings, written and rewritten."""

import pytest

from mpr.load.config.yaml_nodes import parse_yaml
from mpr.load.editions.acceptances import AcceptedFinding, format_acceptance, iter_accepted_findings, rewrite_accepted
from mpr.problem import Place, Problem, Severity

HERE = Place("data/2018-05.yaml", 1, 1)
SENTENCE = "W512 LM 2.3 is set to green where the rule says red at 578,468 against 733,333"


def build_finding(
    *basis: str, code: str = "W512", subject: str = "LM 2.3", message: str = "words of any kind"
) -> Problem:
    return Problem(HERE, code, message, severity=Severity.WARNING, subject=subject, basis=basis)


FINDING = build_finding("green", "red", "578,468", "733,333")


def parse_acceptances(text: str) -> list[AcceptedFinding]:
    document = parse_yaml(text, "data/2018-05.yaml", [])
    assert document
    return list(iter_accepted_findings(document))


def test_entry_written_for_a_finding_covers_it_and_no_other() -> None:
    [acceptance] = parse_acceptances("accepted:\n" + format_acceptance(FINDING))
    assert acceptance.covers(FINDING)
    assert not acceptance.covers(build_finding("green", "red", "578,469", "733,333"))
    assert not acceptance.covers(build_finding(*FINDING.basis, code="W502"))
    assert not acceptance.covers(build_finding(*FINDING.basis, subject="LM 2.1"))
    assert str(acceptance) == "W512 on LM 2.3 (green; red; 578,468; 733,333)"


@pytest.mark.parametrize(
    "basis",
    [
        ("83.0%", "95%"),
        ("42\u00a0–\u00a050",),
        ("-3", "−3"),
        ("the team's words", 'she said "no" # never'),
        ("yes: no", "{a}", "*b*", "@c", "null", "~", "|", "[x]"),
        ("null",),
        ("",),
        (),
    ],
)
@pytest.mark.parametrize("subject", ["LM 2.3", "4", "Bins: missed", "data/x.csv", "null", "'quoted'"])
def test_any_words_survive_being_written_as_yaml(subject: str, basis: tuple[str, ...]) -> None:
    finding = build_finding(*basis, subject=subject)
    [acceptance] = parse_acceptances("accepted:\n" + format_acceptance(finding))
    assert acceptance.covers(finding)


def test_entry_is_readable_and_asks_for_a_reason() -> None:
    finding = build_finding("green", "red", "578,468", "733,333", message="LM 2.3 is green:\nand red")
    assert format_acceptance(finding) == (
        "  # LM 2.3 is green: and red\n"
        "  - check: W512\n"
        "    about: LM 2.3\n"
        "    basis: green; red; 578,468; 733,333\n"
        "    reason:\n"
    )


@pytest.mark.parametrize(
    "sentence",
    [
        SENTENCE,
        f"data/2018-05.csv:9:4: warning {SENTENCE}; look again",
        SENTENCE.replace(" ", "\n  "),
        "W512 LM 2.3: green, not red, at 578,468 (target 733,333)",
    ],
)
def test_older_sentence_covers_the_finding_however_it_is_worded(sentence: str) -> None:
    assert AcceptedFinding(0, HERE, sentence=sentence).covers(FINDING)


@pytest.mark.parametrize(
    "sentence",
    [
        SENTENCE.replace("W512", "W502"),
        SENTENCE.replace("W512 ", ""),
        SENTENCE.replace("LM 2.3", "LM 2.31"),
        SENTENCE.replace("578,468", "1,578,468"),
        SENTENCE.replace("578,468", "578,468.5"),
        SENTENCE.replace("578,468", "578,468%"),
        SENTENCE.replace("578,468", "−578,468"),
        SENTENCE.replace("red", "reddish"),
        "W512 LM 2.3 is set to red where the rule says green at 578,468 against 733,333",
        "W512 LM 2.3 is set to green where the rule says red at 733,333 against 578,468",
    ],
)
def test_older_sentence_with_another_figure_or_word_covers_nothing(sentence: str) -> None:
    assert not AcceptedFinding(0, HERE, sentence=sentence).covers(FINDING)


def test_number_in_the_code_of_an_indicator_is_not_taken_for_a_figure() -> None:
    older = AcceptedFinding(0, HERE, sentence="W516 LM 2.3 has the figure 12.5, but is counted in whole numbers")
    assert older.covers(build_finding("12.5", code="W516"))
    assert not older.covers(build_finding("2.3", code="W516"))


def test_entries_that_cannot_be_read_are_passed_over() -> None:
    text = "accepted:\n  - just words\n  - reason: none\n  - check: [a]\n  - check: W512\n    about: LM 2.3\n"
    assert [(acceptance.index, acceptance.place.line) for acceptance in parse_acceptances(text)] == [(3, 5)]
    assert parse_acceptances("accepted: words") == []
    assert parse_acceptances("words") == []


OLDER = f"""\
# The version
version: "1.0"
accepted:   # by the team
  # first
  - finding: "{SENTENCE}"   # seen
    reason: Summer
  - reason: Kept
    # above
    finding:   # why
      W504 LM 1.9 has no figure for May 2018,
      so the one for April 2018 is shown

  - {{finding: '{SENTENCE}', reason: In a line}}
  - finding: >-   # folded
      {SENTENCE}
    reason: Folded
  - finding: W999 nothing
    reason: Left
notices: Hello
"""
NEWER = """\
# The version
version: "1.0"
accepted:   # by the team
  # first
  - check: W512
    about: LM 2.3
    basis: green; red; 578,468; 733,333   # seen
    reason: Summer
  - reason: Kept
    # above
    check: W504  # why
    about: LM 1.9
    basis: May 2018; April 2018

  - {check: "W512", about: "LM 2.3", basis: "green; red; 578,468; 733,333", reason: In a line}
  - check: W512  # folded
    about: LM 2.3
    basis: green; red; 578,468; 733,333
    reason: Folded
  - finding: W999 nothing
    reason: Left
notices: Hello
"""
LATE = build_finding("May 2018", "April 2018", code="W504", subject="LM 1.9")
COVERED = {0: FINDING, 1: LATE, 2: FINDING, 3: FINDING}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_rewriting_changes_only_the_sentences(line_end: str) -> None:
    older, newer = (text.replace("\n", line_end) for text in (OLDER, NEWER))
    assert rewrite_accepted(older, COVERED) == newer
    acceptances = parse_acceptances(newer)
    assert [acceptance.covers(COVERED[acceptance.index]) for acceptance in acceptances[:4]] == [True] * 4
    assert rewrite_accepted(newer, {}) == newer
