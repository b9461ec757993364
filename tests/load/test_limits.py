"""What is too large is refused at the cell or line that broke the cap, and what just fits is taken."""

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


def _said(project: Project) -> list[str]:
    try:
        check_period(project, MAY)
    except InputError as error:
        return [str(each) for each in error.problems if each.severity == "error"]
    return []


def _with_comment(project: Project, text: str) -> None:
    rows = list(csv.reader(io.StringIO(project.get_values_path(MAY).read_text(encoding="utf-8"))))
    rows[1][-1] = text
    with project.get_values_path(MAY).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.mark.parametrize("text", ["x" * LONGEST_WORD, ("x" * 1999 + "\n") * 10, "é " * 10_000])
def test_the_longest_comment_is_taken(project: Project, text: str) -> None:
    _with_comment(project, text)
    assert _said(project) == []


WORD = f"data/2018-05.csv:2:6: error E209 the comment holds a word of more than {LONGEST_WORD:,} letters"
LONG = "data/2018-05.csv:2:6: error E209 the comment is longer than 20,000 characters; shorten it"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * (LONGEST_WORD + 1), [WORD]),
        ("x\u00a0" * LONGEST_WORD, [WORD]),  # a space that holds words together breaks no line
        ("a x " * 5001, [LONG]),
        ("x" * 20_001, [WORD, LONG]),
    ],
)
def test_a_longer_one_is_named(project: Project, text: str, said: list[str]) -> None:
    _with_comment(project, text)
    assert _said(project) == said


def test_a_word_ends_where_a_line_can() -> None:
    assert [measure_longest_word(text) for text in ("", "ab c", "a\nbcd\te", "a\u00a0b", "a-b")] == [0, 2, 3, 3, 3]


def _lines(number: int, width: int) -> Iterator[str]:
    yield ",".join(["code", "value", *(f"(note {each})" for each in range(width - 2))])
    yield from (f"CP 9.{each},1" for each in range(number - 1))


@pytest.mark.parametrize(
    ("number", "width", "said"),
    [
        (MOST_LINES + 1, 2, "data/2018-05.csv:5001:2: error E214 this file has more than 5,000 rows"),
        (2, MOST_COLUMNS + 1, "data/2018-05.csv:1:201: error E214 this file has more than 200 columns"),
        (1_000_000, 2, "data/2018-05.csv: error E103 this file is larger than 2 MB"),
    ],
)
def test_a_file_of_values_that_is_too_large(project: Project, number: int, width: int, said: str) -> None:
    project.get_values_path(MAY).write_text("\n".join(islice(_lines(number, width), number)), encoding="utf-8")
    found = [each.partition("; ")[0] for each in _said(project)]
    assert [each for each in found if "E202" not in each] == [said]


def test_a_chart_stays_below_ten_thousand_points() -> None:
    assert 2 * MONTHS_IN_YEAR * MOST_COLUMNS < 10_000


@pytest.mark.parametrize(
    "text", ["a: [" + "x," * (MOST_ITEMS + 1) + "]", "".join(f"a{n}: 1\n" for n in range(MOST_ITEMS + 1))]
)
def test_a_list_or_group_that_is_too_long(text: str) -> None:
    problems: list[Problem] = []
    parse_yaml(text, "f.yaml", problems)
    (found,) = problems
    assert (found.code, found.message) == ("E117", "this list or group has more than 5,000 items")
    assert parse_yaml("a: [" + "x," * MOST_ITEMS + "]", "f.yaml", problems)
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('a: "x\\0y"', "f.yaml:1:4: error E106 this line contains a character that cannot be printed (number 0)"),
        ('"\\x1b": 1', "f.yaml:1:1: error E106 this line contains a character that cannot be printed (number 27)"),
        ('a: ["b", "\\u202E"]', "f.yaml:1:10: error E109 the report's typeface has no U+202E"),
        ('a: "\\u0416"', "f.yaml:1:4: error E109 the report's typeface has no 'Ж' (U+0416)"),
    ],
)
def test_a_letter_that_is_spelt_out_is_held_to_what_can_be_printed(text: str, said: str) -> None:
    problems: list[Problem] = []
    parse_yaml(text, "f.yaml", problems)
    assert [str(each).partition("; ")[0] for each in problems] == [said]


SECTION = {"title": "t", "description": "d", "layout": "detail"}
OUTCOME = {"name": "n", "sentence": "s", "colour": "#00703c", "shape": "tick"}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"sections": {f"s{n}": SECTION for n in range(51)}}, "must be a list of at most 50"),
        ({"sections": {"s" * 51: SECTION}}, "must be a text of at most 50 characters"),
        ({"owners": {"s" * 51: {"title": "t", "names": []}}}, "must be a text of at most 50 characters"),
        ({"outcomes": [OUTCOME] * 31}, "must be a list of at most 30"),
        ({"report": {"publisher": "x" * 2001}}, "must be a text of at most 2000 characters"),
        ({"departments": ["x" * 501]}, "must be a text of at most 500 characters"),
    ],
)
def test_settings_that_are_too_long(settings: dict[str, object], said: str) -> None:
    document = parse_yaml("a: 1", "f.yaml", [])
    assert document
    problems: list[Problem] = []
    parse_model(Settings, document, (), settings, problems)
    assert [each for each in problems if said in each.message], [each.message for each in problems]


def test_half_a_letter_cannot_be_printed() -> None:
    (found,) = check_printable("a\nb\ud800", lambda line: Place("f", line))
    assert (found.code, found.place.line) == ("E106", 2)


def test_a_message_never_moves_the_terminal() -> None:
    problem = Problem(Place("f"), "E101", "a\x1b[2Jb\u202ec\nd", "e\x9b")
    assert str(problem) == "f: error E101 a(U+001B)[2Jb(U+202E)c(U+000A)d; e(U+009B)"


def test_what_is_no_sentence_is_not_read() -> None:
    """To look at each figure in it would take minutes, and nobody has written it for a reader."""
    assert comment_parsing.split_sentences("5% " * 500 + "\nThe target is met.") == ("The target is met.",)


def test_a_record_is_as_mpr_writes_it(project: Project) -> None:
    path = project.root / "r.json"
    record = '{"period": "2018-05", "version": "%s", "generated": "x", "indicators": {}}'
    for version in ("\\u0041", "\\ud800", "x" * 501):
        path.write_text(record % version, encoding="utf-8")
        problems: list[Problem] = []
        assert read_record(path, "r.json", problems) is None
        assert [each.code for each in problems] == ["E114"]
    path.write_text(record % "1.0", encoding="utf-8")
    assert read_record(path, "r.json", [])
