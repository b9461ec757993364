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
    definitions = build_definitions(document, problems)
    assert not problems
    return definitions


def read_with_problems(folder: Path, text: str, definitions: Definitions) -> tuple[dict[str, Reading], list[str]]:
    path = folder / "2018-05.csv"
    path.write_text(text, encoding="utf-8", newline="")
    problems: list[Problem] = []
    readings = read_values(ValuesFile(path, "2018-05.csv", MAY, history_only=False), definitions, problems)
    return readings, [str(problem) for problem in problems]


def list_contents(readings: dict[str, Reading]) -> dict[str, tuple[object, ...]]:
    """Return readings without their places, which depend on the order of lines and columns."""
    return {
        code: (
            reading.value,
            reading.missing,
            reading.proxy,
            reading.outcome,
            reading.reason,
            reading.comment.replace("\r\n", "\n"),
        )
        for code, reading in readings.items()
    }


def write_csv(delimiter: str = ",", ends: str = "\n", order: tuple[int, ...] = (0, 1, 2, 3, 4, 5)) -> str:
    """Return the real file as another program would write it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ends)
    writer.writerows([row[at] for at in order] for row in csv.reader(io.StringIO(REAL, newline="")))
    return text.getvalue()


VARIANTS = {
    "byte order mark": "\ufeff" + REAL,
    "semicolons": write_csv(";"),
    "tabs": write_csv("\t"),
    "windows line ends": REAL.replace("\n", "\r\n"),
    "windows rows": write_csv(ends="\r\n"),
    "empty rows at the end": REAL + ",,,,,\n" * 50,
    "empty rows between": REAL.replace("\nCP 2.2", "\n,,,,,\n\nCP 2.2"),
    "columns in another order": write_csv(order=(5, 2, 0, 4, 3, 1)),
    "a column without a head": write_csv(ends="\n").replace("comment\n", "comment,\n", 1),
    "heads in capitals": REAL.replace("code,(name),value", "Code,(Name), VALUE "),
    "no line end at the end": REAL.rstrip("\n"),
    "spaces around codes": REAL.replace("\nCP ", "\n  CP  "),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_file_reads_the_same_however_it_was_saved(tmp_path: Path, definitions: Definitions, variant: str) -> None:
    original, nothing = read_with_problems(tmp_path, REAL, definitions)
    readings, problems = read_with_problems(tmp_path, VARIANTS[variant], definitions)
    assert len(original) == 31
    assert problems == nothing == []
    assert list_contents(readings) == list_contents(original)


MEANINGS = {
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


@pytest.mark.parametrize("text", MEANINGS)
def test_value_is_read_as_meant(tmp_path: Path, definitions: Definitions, text: str) -> None:
    code = "CP 1.4" if "%" in text else "CP 2.4"
    readings, problems = read_with_problems(tmp_path, f'code,value\n{code},"{text}"\n', definitions)
    assert problems == []
    reading = readings[code]
    assert (reading.value, reading.missing, reading.proxy) == MEANINGS[text]
    assert str(reading.value) == str(MEANINGS[text][0])


NOT_NUMBERS = (
    *("8 3%", "83%%", "1.544,5", "1 544", "NaN", "Infinity"),
    *("½", "+5", ".5", "5.", "--1", "£5"),
)


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_text_that_is_not_a_number_is_a_problem(tmp_path: Path, definitions: Definitions, text: str) -> None:
    _, problems = read_with_problems(tmp_path, f'code,value\nCP 1.4,"{text}"\n', definitions)
    message = f"2018-05.csv:2:2: error E203 value '{text}' is not a number; write 83% or TBC"
    assert problems == [message]


HINTS = {
    "31/36": "write 31 of 36; if Excel made a date of it, give the cell the format Text first",
    "Mar-31": "Excel made a date of it: give the cell the format Text and type the number again",
    "12-May": "Excel made a date of it: give the cell the format Text and type the number again",
    "1.27E+05": "Excel shortened it: give the cell the format Number and save again",
    "1e3": "Excel shortened it: give the cell the format Number and save again",
    "#REF!": "correct the formula in Excel, or write the number itself",
    "83,5": "write 83.5",
}


@pytest.mark.parametrize("text", HINTS)
def test_hint_says_what_excel_or_habit_made_of_a_number(tmp_path: Path, definitions: Definitions, text: str) -> None:
    _, problems = read_with_problems(tmp_path, f'code,value\nCP 1.4,"{text}"\n', definitions)
    assert problems == [f"2018-05.csv:2:2: error E203 value '{text}' is not a number; {HINTS[text]}"]


def test_workbook_under_another_name_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "2018-05.csv"
    path.write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
    problems: list[Problem] = []
    assert read_text(path, "2018-05.csv", problems) is None
    [problem] = problems
    assert (problem.code, problem.message) == ("E104", "this file is an Excel workbook under another name")


def test_percentage_above_100_is_allowed_if_the_indicator_is_unbounded(project: Project) -> None:
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
    readings, problems = read_with_problems(tmp_path, f'code,value,comment\nCP 1.4,83%,"{cell}"\n', definitions)
    assert problems == []
    assert readings["CP 1.4"].comment == comment


def test_real_comments_are_read_completely(scorecard: Scorecard) -> None:
    comments = {status.indicator.code: status.comment for status in scorecard.statuses}
    assert comments["CP 1.2"].count("\n\n") == 1
    assert 'post of "Revenues retention officer" who' in comments["CP 4.4"]


def test_outcome_and_reason_of_an_officer_are_read(tmp_path: Path, definitions: Definitions) -> None:
    text = "code,value,outcome,reason\nCP 2.4,TBC,Red,judged against year end\nCP 2.3,1,amber,\n"
    readings, problems = read_with_problems(tmp_path, text, definitions)
    assert problems == []
    assert readings["CP 2.4"].outcome is RED
    assert readings["CP 2.4"].reason == "judged against year end"
    assert readings["CP 2.3"].outcome is AMBER


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("15,44", "write 15.44"),
        ("#REF!", "correct the formula in Excel, or write the number itself"),
        ("30/06/2018", "Excel made a date of it: give the cell the format Text and type the number again"),
    ],
)
def test_hint_says_what_excel_made_of_a_count_or_date(
    tmp_path: Path, definitions: Definitions, text: str, hint: str
) -> None:
    _, problems = read_with_problems(tmp_path, f'code,value\nCP 1.4,"{text}"\n', definitions)
    assert problems == [f"2018-05.csv:2:2: error E203 value '{text}' is not a number; {hint}"]


def test_percentage_below_1_is_a_warning(tmp_path: Path, definitions: Definitions) -> None:
    readings, problems = read_with_problems(tmp_path, "code,value\nCP 1.4,0.905\nCP 1.5,0.9%\n", definitions)
    assert readings["CP 1.4"].value == Decimal("0.905")
    hint = "if Excel dropped the percent sign, write 90.5%; if not, write 0.905%"
    assert problems == [f"2018-05.csv:2:2: warning W213 value '0.905' of CP 1.4 is printed as 0.905%; {hint}"]


def test_letter_that_the_typeface_lacks_is_a_problem(tmp_path: Path, definitions: Definitions) -> None:
    _, problems = read_with_problems(tmp_path, "code,value,comment\nCP 1.4,83%,Ω and ŵ\n", definitions)
    message = "the report's typeface has no 'Ω' (U+03A9); use other letters"
    assert problems == [f"2018-05.csv:2: error E109 {message}"]


def test_typeface_has_every_allowed_letter() -> None:
    faces = sorted((ROOT / "templates" / "fonts").glob("*.ttf"))
    assert len(faces) == 3
    for face in faces:
        assert set(map(chr, TTFont(face).getBestCmap())) == GLYPHS


def test_places_are_rows_and_columns_as_in_excel(tmp_path: Path, definitions: Definitions) -> None:
    text = '(name),code,comment,value\n,CP 1.4,"one\ntwo\nthree",83%\n,CP 1.5,,x\n'
    readings, problems = read_with_problems(tmp_path, text, definitions)
    assert (readings["CP 1.4"].place.line, readings["CP 1.4"].place.column) == (2, 4)
    assert problems == ["2018-05.csv:3:4: error E203 value 'x' is not a number; write 83% or TBC"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [("'- one", "- one"), ("- one", "- one"), ("''=1", "'=1"), ("'tis so", "'tis so"), ("'", "'"), ("'-3", "'-3")],
)
def test_apostrophe_before_a_formula_is_not_read(
    tmp_path: Path, definitions: Definitions, cell: str, said: str
) -> None:
    readings, problems = read_with_problems(tmp_path, f"code,value,comment\nCP 1.5,,{cell}\n", definitions)
    assert (readings["CP 1.5"].comment, problems) == (said, [])
    assert unescape_cell(escape_cell(said)) == said


def test_figures_of_quarters_are_read_beside_those_of_months(project: Project) -> None:
    (project.data / "2017-18-Q4.csv").write_text("code,value\nCP 2.3,47.5%\n", encoding="utf-8")
    series = check_period(project, str(MAY)).scorecard.readings["CP 2.3"]
    assert {str(period): reading.value for period, reading in series.items()}["2017-18-Q4"] == Decimal("47.5")


def test_files_after_the_reported_month_are_not_read(project: Project) -> None:
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
    "E106": "this line contains a character that cannot be printed (number {}); "
    "delete the text around it and type it again",
}


@pytest.mark.parametrize("kind", BINARY)
def test_file_that_is_not_utf8_text_is_a_problem(project: Project, kind: str) -> None:
    data, line, code = BINARY[kind]
    project.get_values_path(MAY).write_bytes(data)
    with pytest.raises(InputError) as error:
        check_period(project, str(MAY))
    number = {"a NUL": 0, "a vertical tab": 11, "a stray mark": 0xFEFF}.get(kind)
    assert str(error.value) == f"data/2018-05.csv:{line}: error {code} {MESSAGES[code].format(number)}"


def test_huge_file_or_folder_instead_of_the_values_is_a_problem(project: Project) -> None:
    path = project.get_values_path(MAY)
    path.write_bytes(b"x" * 2_000_001)
    with pytest.raises(InputError, match=r"data/2018-05\.csv: error E103 this file is larger than 2 MB"):
        check_period(project, str(MAY))
    path.unlink()
    path.mkdir()
    with pytest.raises(InputError, match=r"data/2018-05\.csv: error E102 this file cannot be read"):
        check_period(project, str(MAY))
