"""What officers write in the monthly CSV, and what Excel makes of it."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from mpr.load.config.definitions import Definitions, build_definitions
from mpr.load.config.yaml_nodes import parse_yaml
from mpr.load.glyphs import GLYPHS
from mpr.load.scorecard import Scorecard
from mpr.load.text_files import read_text
from mpr.load.values import ValuesFile, escape_cell, read_values, unescape_cell
from mpr.measure.indicator import Missing, Reading
from mpr.measure.outcome import AMBER, RED
from mpr.measure.period import Month
from mpr.problem import InputError, Problem
from mpr.project import Project
from mpr.workflows.check import check_period

ROOT = Path(__file__).parents[2]
MAY = Month(2018, 5)
REAL = (ROOT / "data" / "2018-05.csv").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    problems: list[Problem] = []
    document = parse_yaml((ROOT / "indicators.yaml").read_text(encoding="utf-8"), "indicators.yaml", problems)
    assert document
    found = build_definitions(document, problems)
    assert not problems
    return found


def _read(folder: Path, text: str, definitions: Definitions) -> tuple[dict[str, Reading], list[str]]:
    path = folder / "2018-05.csv"
    path.write_text(text, encoding="utf-8", newline="")
    problems: list[Problem] = []
    readings = read_values(ValuesFile(path, "2018-05.csv", MAY, history_only=False), definitions, problems)
    return readings, [str(problem) for problem in problems]


def _said(readings: dict[str, Reading]) -> dict[str, tuple[object, ...]]:
    """Return readings without their places, which differ where lines or columns do."""
    return {
        code: (each.value, each.missing, each.proxy, each.outcome, each.reason, each.comment.replace("\r\n", "\n"))
        for code, each in readings.items()
    }


def _written(delimiter: str = ",", ends: str = "\n", order: tuple[int, ...] = (0, 1, 2, 3, 4, 5)) -> str:
    """Return the real file as another program would write it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ends)
    writer.writerows([row[at] for at in order] for row in csv.reader(io.StringIO(REAL, newline="")))
    return text.getvalue()


SHAPES = {
    "byte order mark": "\ufeff" + REAL,
    "semicolons": _written(";"),
    "tabs": _written("\t"),
    "windows line ends": REAL.replace("\n", "\r\n"),
    "windows rows": _written(ends="\r\n"),
    "empty rows at the end": REAL + ",,,,,\n" * 50,
    "empty rows between": REAL.replace("\nCP 2.2", "\n,,,,,\n\nCP 2.2"),
    "columns in another order": _written(order=(5, 2, 0, 4, 3, 1)),
    "a column without a head": _written(ends="\n").replace("comment\n", "comment,\n", 1),
    "heads in capitals": REAL.replace("code,(name),value", "Code,(Name), VALUE "),
    "no line end at the end": REAL.rstrip("\n"),
    "spaces around codes": REAL.replace("\nCP ", "\n  CP  "),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_is_read_however_it_was_saved(tmp_path: Path, definitions: Definitions, shape: str) -> None:
    original, nothing = _read(tmp_path, REAL, definitions)
    readings, problems = _read(tmp_path, SHAPES[shape], definitions)
    assert len(original) == 31
    assert problems == nothing == []
    assert _said(readings) == _said(original)


MEANT = {
    "1,544": (Decimal(1544), None, False),
    "83%": (Decimal(83), None, False),
    "83": (Decimal(83), None, False),
    "83 %": (Decimal(83), None, False),
    " 83% ": (Decimal(83), None, False),
    "100.00%": (Decimal("100.00"), None, False),
    "0": (Decimal(0), None, False),
    "-0.5": (Decimal("-0.5"), None, False),
    "−0.5": (Decimal("-0.5"), None, False),
    "4,400,000": (Decimal(4400000), None, False),
    "TBC": (None, Missing.NOT_AVAILABLE, False),
    "tbc": (None, Missing.NOT_AVAILABLE, False),
    "-": (None, Missing.NOT_AVAILABLE, False),
    "–": (None, Missing.NOT_AVAILABLE, False),
    "N/A": (None, Missing.NOT_APPLICABLE, False),
    "n/a": (None, Missing.NOT_APPLICABLE, False),
    "": (None, None, False),
    "Proxy 1.66": (Decimal("1.66"), None, True),
    "proxy 1.66": (Decimal("1.66"), None, True),
    "PROXY  1,544": (Decimal(1544), None, True),
}


@pytest.mark.parametrize("text", MEANT)
def test_a_value_is_read_as_meant(tmp_path: Path, definitions: Definitions, text: str) -> None:
    code = "CP 1.4" if "%" in text else "CP 2.4"
    readings, problems = _read(tmp_path, f'code,value\n{code},"{text}"\n', definitions)
    assert problems == []
    reading = readings[code]
    assert (reading.value, reading.missing, reading.proxy) == MEANT[text]
    assert str(reading.value) == str(MEANT[text][0])


NO_NUMBERS = (
    *("8 3%", "83%%", "1.544,5", "1 544", "NaN", "Infinity"),
    *("½", "+5", ".5", "5.", "--1", "£5"),
)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_said_so(tmp_path: Path, definitions: Definitions, text: str) -> None:
    _, problems = _read(tmp_path, f'code,value\nCP 1.4,"{text}"\n', definitions)
    message = f"2018-05.csv:2:2: error E203 value '{text}' is not a number; write 83% or TBC"
    assert problems == [message]


CURES = {
    "31/36": "write 31 of 36; if Excel made a date of it, give the cell the format Text first",
    "Mar-31": "Excel made a date of it: give the cell the format Text and type the number again",
    "12-May": "Excel made a date of it: give the cell the format Text and type the number again",
    "1.27E+05": "Excel shortened it: give the cell the format Number and save again",
    "1e3": "Excel shortened it: give the cell the format Number and save again",
    "#REF!": "correct the formula in Excel, or write the number itself",
    "83,5": "write 83.5",
}


@pytest.mark.parametrize("text", CURES)
def test_what_a_habit_or_excel_made_of_a_number_has_its_cure(
    tmp_path: Path, definitions: Definitions, text: str
) -> None:
    _, problems = _read(tmp_path, f'code,value\nCP 1.4,"{text}"\n', definitions)
    assert problems == [f"2018-05.csv:2:2: error E203 value '{text}' is not a number; {CURES[text]}"]


def test_a_workbook_under_another_name_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "2018-05.csv"
    path.write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
    problems: list[Problem] = []
    assert read_text(path, "2018-05.csv", problems) is None
    [problem] = problems
    assert (problem.code, problem.message) == ("E104", "this file is an Excel workbook under another name")


def test_a_percentage_may_be_unbounded_where_the_indicator_says_so(project: Project) -> None:
    indicators = project.indicators_path.read_text(encoding="utf-8")
    changed = indicators.replace("code: CP 1.4", "code: CP 1.4\n    unbounded: yes")
    project.indicators_path.write_text(changed, encoding="utf-8")
    path = project.get_values_path(MAY)
    path.write_text(REAL.replace(",83%,", ",120%,"), encoding="utf-8")
    reading = check_period(project, str(MAY)).scorecard.readings["CP 1.4"][MAY]
    assert reading.value == Decimal(120)


def test_comments_keep_line_breaks_and_quotes(tmp_path: Path, definitions: Definitions) -> None:
    comment = 'First, a "quoted" word.\n\nThen a second paragraph; with 5% – and more.'
    cell = comment.replace('"', '""')
    readings, problems = _read(tmp_path, f'code,value,comment\nCP 1.4,83%,"{cell}"\n', definitions)
    assert problems == []
    assert readings["CP 1.4"].comment == comment


def test_the_real_comments_are_whole(scorecard: Scorecard) -> None:
    comments = {each.indicator.code: each.comment for each in scorecard.statuses}
    assert comments["CP 1.2"].count("\n\n") == 1
    assert 'post of "Revenues retention officer" who' in comments["CP 4.4"]


def test_an_officer_overrules(tmp_path: Path, definitions: Definitions) -> None:
    text = "code,value,outcome,reason\nCP 2.4,TBC,Red,judged against year end\nCP 2.3,1,amber,\n"
    readings, problems = _read(tmp_path, text, definitions)
    assert problems == []
    assert readings["CP 2.4"].outcome is RED
    assert readings["CP 2.4"].reason == "judged against year end"
    assert readings["CP 2.3"].outcome is AMBER


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("15,44", "write 15.44"),
        ("#REF!", "correct the formula in Excel, or write the number itself"),
        ("30/06/2018", "Excel made a date of it: give the cell the format Text and type the number again"),
    ],
)
def test_what_excel_made_of_a_number_is_named(tmp_path: Path, definitions: Definitions, text: str, cure: str) -> None:
    _, problems = _read(tmp_path, f'code,value\nCP 1.4,"{text}"\n', definitions)
    assert problems == [f"2018-05.csv:2:2: error E203 value '{text}' is not a number; {cure}"]


def test_a_percentage_that_lost_its_sign_is_asked_about(tmp_path: Path, definitions: Definitions) -> None:
    readings, problems = _read(tmp_path, "code,value\nCP 1.4,0.905\nCP 1.5,0.9%\n", definitions)
    assert readings["CP 1.4"].value == Decimal("0.905")
    hint = "if Excel dropped the percent sign, write 90.5%; if not, write 0.905%"
    assert problems == [f"2018-05.csv:2:2: warning W213 value '0.905' of CP 1.4 is printed as 0.905%; {hint}"]


def test_a_letter_that_the_typeface_lacks_is_named(tmp_path: Path, definitions: Definitions) -> None:
    _, problems = _read(tmp_path, "code,value,comment\nCP 1.4,83%,Ω and ŵ\n", definitions)
    message = "the report's typeface has no 'Ω' (U+03A9); write it in other letters"
    assert problems == [f"2018-05.csv:2: error E109 {message}"]


def test_the_typeface_has_the_letters_that_are_let_in() -> None:
    faces = sorted((ROOT / "templates" / "fonts").glob("*.ttf"))
    assert len(faces) == 3
    for face in faces:
        assert set(map(chr, TTFont(face).getBestCmap())) == GLYPHS


def test_places_are_rows_and_columns_as_excel_has_them(tmp_path: Path, definitions: Definitions) -> None:
    text = '(name),code,comment,value\n,CP 1.4,"one\ntwo\nthree",83%\n,CP 1.5,,x\n'
    readings, problems = _read(tmp_path, text, definitions)
    assert (readings["CP 1.4"].place.line, readings["CP 1.4"].place.column) == (2, 4)
    assert problems == ["2018-05.csv:3:4: error E203 value 'x' is not a number; write 83% or TBC"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [("'- one", "- one"), ("- one", "- one"), ("''=1", "'=1"), ("'tis so", "'tis so"), ("'", "'"), ("'-3", "'-3")],
)
def test_an_apostrophe_before_a_formula_is_not_read(
    tmp_path: Path, definitions: Definitions, cell: str, said: str
) -> None:
    readings, problems = _read(tmp_path, f"code,value,comment\nCP 1.5,,{cell}\n", definitions)
    assert (readings["CP 1.5"].comment, problems) == (said, [])
    assert unescape_cell(escape_cell(said)) == said


def test_quarters_are_read_beside_the_months(project: Project) -> None:
    (project.data / "2017-18-Q4.csv").write_text("code,value\nCP 2.3,47.5%\n", encoding="utf-8")
    series = check_period(project, str(MAY)).scorecard.readings["CP 2.3"]
    assert {str(period): reading.value for period, reading in series.items()}["2017-18-Q4"] == Decimal("47.5")


def test_what_lies_after_the_month_is_not_read(project: Project) -> None:
    (project.data / "2018-06.csv").write_text("no table", encoding="utf-8")
    assert check_period(project, str(MAY)).scorecard.period == MAY


BINARY = {
    "windows-1252": (REAL.encode("cp1252"), 9, "E104"),
    "utf-16": (REAL.encode("utf-16"), 1, "E104"),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 1, "E104"),
    "a NUL": (REAL.replace("CP 1.4,", "CP 1.4\0,").encode(), 6, "E106"),
    "a vertical tab": (REAL.replace("CP 1.5,", "CP 1.5\v,").encode(), 7, "E106"),
    "a stray mark": (REAL.replace("CP 1.5,", "\ufeffCP 1.5,").encode(), 7, "E106"),
}
MESSAGES = {
    "E104": "this file is not in UTF-8; in Excel choose Save As, 'CSV UTF-8 (Comma delimited)'",
    "E106": "this line holds a character that cannot be printed (number {}); "
    "delete the text around it and type it again",
}


@pytest.mark.parametrize("kind", BINARY)
def test_what_is_no_text_is_said_so(project: Project, kind: str) -> None:
    data, line, code = BINARY[kind]
    project.get_values_path(MAY).write_bytes(data)
    with pytest.raises(InputError) as error:
        check_period(project, str(MAY))
    number = {"a NUL": 0, "a vertical tab": 11, "a stray mark": 0xFEFF}.get(kind)
    assert str(error.value) == f"data/2018-05.csv:{line}: error {code} {MESSAGES[code].format(number)}"


def test_a_folder_and_a_huge_file_in_its_place(project: Project) -> None:
    path = project.get_values_path(MAY)
    path.write_bytes(b"x" * 2_000_001)
    with pytest.raises(InputError, match=r"data/2018-05\.csv: error E103 this file is larger than 2 MB"):
        check_period(project, str(MAY))
    path.unlink()
    path.mkdir()
    with pytest.raises(InputError, match=r"data/2018-05\.csv: error E102 this file cannot be read"):
        check_period(project, str(MAY))
