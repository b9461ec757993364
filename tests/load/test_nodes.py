"""YAML values stay as the officer wrote them, with their places."""

import pytest

from mpr.load.config.schema import Settings, TargetSettings
from mpr.load.config.yaml_nodes import parse_model, parse_yaml
from mpr.problem import Place, Problem

TEXTS = (
    *("no", "yes", "on", "true", "010", "0x1F", "46.10", "12:30", "1_000"),
    *("2018-04", "1e3", ".inf", "4,400,000", "95%"),
)


@pytest.mark.parametrize("text", TEXTS)
def test_every_scalar_stays_a_text(text: str) -> None:
    problems: list[Problem] = []
    document = parse_yaml(f"a: {text}\n{text}: [{text.replace(',', '')}]\n", "f.yaml", problems)
    assert document
    assert document.value == {"a": text, text: [text.replace(",", "")]}
    assert not problems


@pytest.mark.parametrize("text", ["", "~", "null", "   # a note"])
def test_only_an_empty_value_is_none(text: str) -> None:
    document = parse_yaml(f"a: {text}\nb: 'null'\nc: ''\n", "f.yaml", [])
    assert document
    assert document.value == {"a": None, "b": "null", "c": ""}


def test_every_part_has_its_place() -> None:
    document = parse_yaml("# a note\na:\n  - b: 1\n    c: 2\n  - d\n", "f.yaml", [])
    assert document
    assert document.locate(("a", 0, "c")) == Place("f.yaml", 4, 5)
    assert document.locate(("a", 1)) == Place("f.yaml", 5, 5)
    assert document.locate(("a", 7, "x")) == Place("f.yaml", 2, 1)
    assert document.locate(("z",)) == Place("f.yaml", 1, 1)


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "{a: " * 900, "a: " + "[" * 21 + "]" * 21])
def test_deep_nesting_is_refused_before_it_overflows(text: str) -> None:
    problems: list[Problem] = []
    assert parse_yaml(text, "f.yaml", problems) is None
    assert [(problem.code, problem.place.line) for problem in problems] == [("E112", 1)]


def test_aliases_are_refused_before_they_expand() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))]
    problems: list[Problem] = []
    assert parse_yaml("\n".join(lines), "f.yaml", problems)
    assert {problem.code for problem in problems} == {"E111"}


UNREADABLE = (
    *("a: %b", "a: @b", "a: *b", "a: b: c", "a: [1", '"\\q"'),
    *("a: 1\n---\nb: 2", "a: 1\n  b: 2", "%x\na: 1"),
)


@pytest.mark.parametrize("text", UNREADABLE)
def test_text_that_is_not_yaml_is_reported_with_its_line(text: str) -> None:
    problems: list[Problem] = []
    assert parse_yaml(text, "f.yaml", problems) is None
    assert [problem.code for problem in problems] == ["E110"]
    assert problems[0].place.line
    assert "indent it like its neighbours" in problems[0].hint


def test_an_unclosed_quotation_mark_is_reported_where_it_begins() -> None:
    problems: list[Problem] = []
    assert parse_yaml('notices:\n  - "None: all is well\n  - More\n', "f.yaml", problems) is None
    hint = "write another at the end of the text"
    assert str(problems[0]) == f"f.yaml:2:5: error E110 this quotation mark is not closed; {hint}"


def test_tags_are_ignored() -> None:
    document = parse_yaml("a: !!python/object/apply:os.getcwd []\nb: !!int 5\n", "f.yaml", [])
    assert document
    assert document.value == {"a": [], "b": "5"}


HINTS = {
    ("sections", "corporate"): ("titel", "did you mean 'title'?"),
    ("report", "contacts", 0): ("e-mail", "did you mean 'email'?"),
    ("aims", 0): ("priority", "did you mean 'priorities'?"),
    (): ("comittees", "did you mean 'committees'?"),
    ("report",): ("colour", "choose from title, organisation, publisher, contacts, year_starts, no_appendices"),
}


@pytest.mark.parametrize("path", HINTS)
def test_a_misspelt_setting_has_a_hint_at_every_depth(path: tuple[str | int, ...]) -> None:
    word, hint = HINTS[path]
    value: object = {word: "x"}
    for step in reversed(path):
        value = [value] if isinstance(step, int) else {step: value}
    document = parse_yaml("a: 1", "f.yaml", [])
    assert document
    problems: list[Problem] = []
    parse_model(Settings, document, (), value, problems)
    assert [problem.hint for problem in problems if problem.code == "E122"] == [hint]


@pytest.mark.parametrize("profile", ["  Mai: 1\n", "  May: x\n", "  May:\n    June: 1\n"])
def test_a_problem_in_a_profile_is_placed_at_its_month(profile: str) -> None:
    problems: list[Problem] = []
    document = parse_yaml(f"annual: 5\nprofile:\n{profile}", "f.yaml", problems)
    assert document
    assert parse_model(TargetSettings, document, (), document.value, problems) is None
    assert [str(problem.place) for problem in problems] == ["f.yaml:3:3"]
