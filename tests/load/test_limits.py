"""Input that is too large is refused where it exceeds the limit; input of the largest size is accepted."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

import pytest

from mpr.load.config.schema import Settings
from mpr.load.config.yaml_nodes import parse_model, parse_yaml
from mpr.load.editions.record import read_record
from mpr.load.limits import LONGEST_WORD, MOST_COLUMNS, MOST_ITEMS, MOST_LINES, measure_longest_word
from mpr.load.text_files import check_printable
from mpr.measure.period import MONTHS_IN_YEAR
from mpr.problem import InputError, Place, Problem
from mpr.project import Project
from mpr.rules import comment_parsing
from mpr.workflows.check import check_period

MAY = "2018-05"


def _list_errors(council: Project) -> list[str]:
    try:
        check_period(council, MAY)
    except InputError as error:
        return [str(problem) for problem in error.problems if problem.severity == "error"]
    return []


def _write_comment(council: Project, text: str) -> None:
    rows = list(csv.reader(io.StringIO(council.get_values_path(MAY).read_text(encoding="utf-8"))))
    rows[1][-1] = text
    with council.get_values_path(MAY).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.mark.parametrize("text", ["x" * LONGEST_WORD, ("x" * 1999 + "\n") * 10, "é " * 10_000])
def test_the_longest_comment_is_accepted(council: Project, text: str) -> None:
    _write_comment(council, text)
    assert _list_errors(council) == []


WORD = f"data/2018-05.csv:2:6: error E209 the comment holds a word of more than {LONGEST_WORD:,} letters"
LONG = "data/2018-05.csv:2:6: error E209 the comment is longer than 20,000 characters; shorten it"


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("x" * (LONGEST_WORD + 1), [WORD]),
        ("x\u00a0" * LONGEST_WORD, [WORD]),  # a no-break space does not end a word
        ("a x " * 5001, [LONG]),
        ("x" * 20_001, [WORD, LONG]),
    ],
)
def test_a_longer_comment_is_refused_at_its_cell(council: Project, text: str, errors: list[str]) -> None:
    _write_comment(council, text)
    assert _list_errors(council) == errors


def test_a_word_ends_where_a_line_can() -> None:
    assert [measure_longest_word(text) for text in ("", "ab c", "a\nbcd\te", "a\u00a0b", "a-b")] == [0, 2, 3, 3, 3]


def _iter_lines(number: int, width: int) -> Iterator[str]:
    yield ",".join(["code", "value", *(f"(note {note})" for note in range(width - 2))])
    yield from (f"LM 9.{row},1" for row in range(number - 1))


@pytest.mark.parametrize(
    ("number", "width", "error"),
    [
        (MOST_LINES + 1, 2, "data/2018-05.csv:5001:2: error E214 this file has more than 5,000 rows"),
        (2, MOST_COLUMNS + 1, "data/2018-05.csv:1:201: error E214 this file has more than 200 columns"),
        (1_000_000, 2, "data/2018-05.csv: error E103 this file is larger than 2 MB"),
    ],
)
def test_a_data_file_that_is_too_large_is_refused(council: Project, number: int, width: int, error: str) -> None:
    council.get_values_path(MAY).write_text("\n".join(islice(_iter_lines(number, width), number)), encoding="utf-8")
    errors = [line.partition("; ")[0] for line in _list_errors(council)]
    assert [line for line in errors if "E202" not in line] == [error]


def test_the_limits_keep_a_chart_below_ten_thousand_points() -> None:
    assert 2 * MONTHS_IN_YEAR * MOST_COLUMNS < 10_000


@pytest.mark.parametrize(
    "text", ["a: [" + "x," * (MOST_ITEMS + 1) + "]", "".join(f"a{n}: 1\n" for n in range(MOST_ITEMS + 1))]
)
def test_a_list_or_group_that_is_too_long_is_refused(text: str) -> None:
    problems: list[Problem] = []
    parse_yaml(text, "f.yaml", problems)
    (problem,) = problems
    assert (problem.code, problem.message) == ("E117", "this list or group has more than 5,000 items")
    assert parse_yaml("a: [" + "x," * MOST_ITEMS + "]", "f.yaml", problems)
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('a: "x\\0y"', "f.yaml:1:4: error E106 this line contains a character that cannot be printed (number 0)"),
        ('"\\x1b": 1', "f.yaml:1:1: error E106 this line contains a character that cannot be printed (number 27)"),
        ('a: ["b", "\\u202E"]', "f.yaml:1:10: error E109 the report's typeface has no U+202E"),
        ('a: "\\u0416"', "f.yaml:1:4: error E109 the report's typeface has no 'Ж' (U+0416)"),
    ],
)
def test_a_character_written_as_an_escape_must_be_printable(text: str, error: str) -> None:
    problems: list[Problem] = []
    parse_yaml(text, "f.yaml", problems)
    assert [str(problem).partition("; ")[0] for problem in problems] == [error]


SECTION = {"title": "t", "description": "d", "layout": "detail"}
OUTCOME = {"name": "n", "sentence": "s", "colour": "#00703c", "shape": "tick"}


@pytest.mark.parametrize(
    ("settings", "expectation"),
    [
        ({"sections": {f"s{n}": SECTION for n in range(51)}}, "must be a list of at most 50"),
        ({"sections": {"s" * 51: SECTION}}, "must be a text of at most 50 characters"),
        ({"owners": {"s" * 51: {"title": "t", "names": []}}}, "must be a text of at most 50 characters"),
        ({"outcomes": [OUTCOME] * 31}, "must be a list of at most 30"),
        ({"report": {"publisher": "x" * 2001}}, "must be a text of at most 2000 characters"),
        ({"departments": ["x" * 501]}, "must be a text of at most 500 characters"),
    ],
)
def test_settings_that_are_too_long_are_refused(settings: dict[str, object], expectation: str) -> None:
    document = parse_yaml("a: 1", "f.yaml", [])
    assert document
    problems: list[Problem] = []
    parse_model(Settings, document, (), settings, problems)
    assert any(expectation in problem.message for problem in problems), problems


def test_half_of_a_surrogate_pair_cannot_be_printed() -> None:
    (problem,) = check_printable("a\nb\ud800", lambda line: Place("f", line))
    assert (problem.code, problem.place.line) == ("E106", 2)


def test_a_message_has_no_control_characters() -> None:
    problem = Problem(Place("f"), "E101", "a\x1b[2Jb\u202ec\nd", "e\x9b")
    assert str(problem) == "f: error E101 a(U+001B)[2Jb(U+202E)c(U+000A)d; e(U+009B)"


def test_a_text_without_words_is_not_checked_as_a_sentence() -> None:
    """Checking each figure in it would take minutes, and nobody writes it for a reader."""
    assert comment_parsing.split_sentences("5% " * 500 + "\nThe target is met.") == ("The target is met.",)


def test_a_record_with_an_impossible_version_is_refused(council: Project) -> None:
    path = council.root / "r.json"
    record = '{"period": "2018-05", "version": "%s", "generated": "x", "indicators": {}}'
    for version in ("\\u0041", "\\ud800", "x" * 501):
        path.write_text(record % version, encoding="utf-8")
        problems: list[Problem] = []
        assert read_record(path, "r.json", problems) is None
        assert [problem.code for problem in problems] == ["E114"]
    path.write_text(record % "1.0", encoding="utf-8")
    assert read_record(path, "r.json", [])
