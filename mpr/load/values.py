"""Read a period's values from the CSV file that officers keep in Excel, with one row for each indicator.

Columns are found by their headings, in any order. A heading in round brackets is for the reader and is not read; the
names of the council's benchmarks are headings too. A figure belongs to the period of the file or, if the indicator has
longer periods, to the one whose figure is due in it. An apostrophe before a text that a spreadsheet would take for a
formula is not part of the text. Places are rows and columns as Excel numbers them, from 1: a comment of many lines is
one row.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from mpr.load.config.definitions import Definitions
from mpr.load.config.scalars import NUMBER_PATTERN
from mpr.load.config.schema import HEADINGS
from mpr.load.figures import PROXY_PREFIX, RATIO_SEPARATOR, parse_figure, parse_ratio
from mpr.load.limits import (
    LONGEST_COMMENT,
    LONGEST_REASON,
    LONGEST_WORD,
    MOST_COLUMNS,
    MOST_LINES,
    measure_longest_word,
)
from mpr.load.text_files import CACHED_FILES, read_text
from mpr.measure.formatting import join_words, slugify
from mpr.measure.indicator import Indicator, Missing, Reading
from mpr.measure.outcome import Outcome, Role, find_outcome
from mpr.measure.period import MONTH_NAMES, Frequency, Period, parse_period
from mpr.problem import Place, Problem, quote, suggest_nearest

INDICATOR_HEADING = "indicator"  # heading of the first column if the council's indicators have names but no codes
REQUIRED_HEADINGS = ("code", "value")
MISSING_WORDS = {
    "": None,
    "tbc": Missing.NOT_AVAILABLE,
    "-": Missing.NOT_AVAILABLE,
    "–": Missing.NOT_AVAILABLE,
    "n/a": Missing.NOT_APPLICABLE,
    "na": Missing.NOT_APPLICABLE,
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
FOCUS_WORDS = {"": False, "no": False, "yes": True}
LENGTH_LIMITS = {"comment": LONGEST_COMMENT, "reason": LONGEST_REASON}


@dataclass(frozen=True)
class ValuesFile:
    """A period's file of values: its path, the path shown to officers, its period, and whether it is history only."""

    path: Path
    display_path: str
    period: Period
    history_only: bool

    def find_figure_period(self, indicator: Indicator) -> Period | None:
        """Return the period to which an indicator's figure in this file belongs, None if no figure is due in it."""
        own_months, file_period = indicator.frequency.months, self.period
        if file_period.frequency is indicator.frequency is Frequency.MONTHLY:
            return file_period
        if file_period.frequency.months == own_months:
            with suppress(ValueError):  # the name may not be a period of the indicator's year
                return parse_period(self.path.stem, indicator.start_month)
            return None
        if file_period.frequency.months < own_months:
            periods = [(month, indicator.get_period(month, indicator.frequency)) for month in file_period.months]
            return next(
                (period for month, period in reversed(periods) if indicator.figure_month(period) == month), None
            )
        return file_period if indicator.get_period(file_period.last, file_period.frequency) == file_period else None


def read_values(values_file: ValuesFile, definitions: Definitions, problems: list[Problem]) -> Mapping[str, Reading]:
    """Return the readings of one file by indicator code, noting everything that is wrong with it.

    In a file that is history only, rows of indicators that no longer exist are passed over.
    """
    text = read_text(values_file.path, values_file.display_path, problems)
    return parse_values(text, values_file, definitions, problems) if text is not None else {}


def parse_values(
    text: str, values_file: ValuesFile, definitions: Definitions, problems: list[Problem]
) -> Mapping[str, Reading]:
    """Return the readings in a file's text by indicator code, noting everything that is wrong with it."""
    readings, new_problems = _parse_values(text, values_file, definitions)
    problems += new_problems
    return readings


@lru_cache(maxsize=CACHED_FILES)
def _parse_values(
    text: str, values_file: ValuesFile, definitions: Definitions
) -> tuple[Mapping[str, Reading], tuple[Problem, ...]]:
    """Return the readings in a text and its problems; cached until the text or the definitions change."""
    problems: list[Problem] = []
    return MappingProxyType(_ValuesReader(values_file, definitions, problems).parse(text)), tuple(problems)


def format_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV text that Excel opens correctly: with commas, and a byte order mark for UTF-8.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerows([escape_cell(cell) for cell in row] for row in rows)
    return f"\ufeff{text.getvalue()}"


def escape_cell(cell: str) -> str:
    """Return a text as it is written into a cell: with an apostrophe if it would be taken for a formula."""
    is_formula = (
        cell.lstrip("'").startswith(FORMULA_STARTS)
        and not NUMBER_PATTERN.fullmatch(cell.removesuffix("%"))
        and cell not in MISSING_WORDS
    )
    return f"'{cell}" if is_formula else cell


def unescape_cell(cell: str) -> str:
    """Return a cell's text without the spaces around it and the apostrophe that `escape_cell` adds."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and escape_cell(text[1:]) == text else text


class _ValuesReader:
    """Reads one file: finds its columns, then makes a reading of each row."""

    def __init__(self, values_file: ValuesFile, definitions: Definitions, problems: list[Problem]) -> None:
        self.file, self.display_path, self.problems = values_file, values_file.display_path, problems
        self.codes = definitions.codes
        self.indicators = {indicator.code: indicator for indicator in definitions.indicators}
        self.outcomes = select_settable_outcomes(definitions.outcomes)
        self.has_vocabularies = definitions.settings is not None  # else the council's own words are unknown
        benchmarks = definitions.settings.benchmarks if definitions.settings else ()
        self.benchmarks = {benchmark.casefold(): benchmark for benchmark in benchmarks}
        self.known_headings = (*HEADINGS, *self.benchmarks)

    def add_problem(self, line: int, column: int, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(Place(self.display_path, line, column), code, message, hint))

    def parse(self, text: str) -> dict[str, Reading]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=detect_delimiter(text), strict=True)
        readings: dict[str, Reading] = {}
        lines: dict[str, int] = {}
        columns: dict[str, int] = {}
        line, width = 0, 0
        try:
            for line, cells in enumerate(reader, 1):
                if line > MOST_LINES or len(cells) > MOST_COLUMNS:
                    most = f"{MOST_LINES:,} rows" if line > MOST_LINES else f"{MOST_COLUMNS} columns"
                    message, hint = f"this file has more than {most}", "delete what is far below or beside the table"
                    self.add_problem(line, min(len(cells), MOST_COLUMNS + 1), "E214", message, hint)
                    break
                if not columns:
                    columns, width = self._find_columns(cells), len(cells)
                    if not columns:
                        break
                elif any(cell.strip() for cell in cells):
                    self._read_row(cells, line, columns, readings, lines)
                    if any(cell.strip() for cell in cells[width:]):
                        message = "this row has more cells than there are columns"
                        hint = "put a text or number with a comma in it in double quotes"
                        self.add_problem(line, width + 1, "E213", message, hint)
        except csv.Error:
            hint = "look for a double quote that is not closed, or not doubled inside a text"
            self.add_problem(line + 1, 0, "E201", "this row cannot be read", hint)
        return readings

    def _find_columns(self, headings: list[str]) -> dict[str, int]:
        """Return the position of each column by its heading, or nothing if the first row is at fault."""
        names = [normalise_heading(heading) for heading in headings]
        if not any(name in HEADINGS for name in names):
            hint = f"write {','.join(HEADINGS)} there"
            self.add_problem(1, 0, "E208", "the first row does not name the columns", hint)
            return {}
        columns: dict[str, int] = {}
        is_sound = True
        for index, (heading, name) in enumerate(zip(headings, names, strict=True)):
            if not name or re.fullmatch(r"\(.*\)", name):
                continue
            if name not in self.known_headings and not self.has_vocabularies:
                continue
            if name not in self.known_headings:
                hint = (
                    suggest_nearest(name, self.known_headings)
                    or f"known are {', '.join(self.known_headings)}; one (in brackets) is not read"
                )
                self.add_problem(1, index + 1, "E206", f"column {quote(heading.strip())} is not known", hint)
                is_sound = False
            elif columns.setdefault(name, index) != index:
                self.add_problem(1, index + 1, "E207", f"column '{name}' is in this file twice", "keep one of them")
                is_sound = False
        for name in REQUIRED_HEADINGS:
            if name not in columns:
                hint = f"known are {', '.join(HEADINGS)}"
                self.add_problem(1, 0, "E208", f"the first row has no column '{name}'", hint)
                is_sound = False
        return columns if is_sound else {}

    def _read_row(
        self,
        cells: list[str],
        line: int,
        columns: Mapping[str, int],
        readings: dict[str, Reading],
        lines: dict[str, int],
    ) -> None:
        row = {name: unescape_cell(cells[index]) if index < len(cells) else "" for name, index in columns.items()}
        column_numbers = {name: index + 1 for name, index in columns.items()}
        row = dict.fromkeys(self.known_headings, "") | row
        code = " ".join(row["code"].split())
        if not code:
            hint = "write one, or delete the row"
            self.add_problem(line, column_numbers["code"], "E202", "this row has no code", hint)
            return
        if self.codes and code not in self.codes and self.file.history_only:
            return
        if self.codes and code not in self.codes:
            similar_code = next(
                (known_code for known_code in self.codes if _normalise_code(known_code) == _normalise_code(code)), ""
            )
            hint = f"did you mean '{similar_code}'?" if similar_code else "define it there, or delete the row"
            message = f"indicator {quote(code)} is not in indicators.yaml"
            self.add_problem(line, column_numbers["code"], "E202", message, hint)
            return
        if lines.setdefault(code, line) != line:
            message = f"indicator {code} is in this file twice: here and in row {lines[code]}"
            self.add_problem(line, column_numbers["code"], "E205", message, "keep one of them")
            return
        for name, limit in LENGTH_LIMITS.items():
            row[name] = self._limit_length(row[name], name, limit, line, column_numbers)
        indicator = self.indicators.get(code)
        if indicator:
            place = Place(self.display_path, line, column_numbers["value"])
            readings[code] = self._build_reading(row, place, column_numbers, indicator)

    def _limit_length(self, text: str, name: str, limit: int, line: int, column_numbers: Mapping[str, int]) -> str:
        """Return a text, or an empty one if it is too long to be checked any further."""
        faults = []
        if len(text) > LONGEST_WORD and measure_longest_word(text) > LONGEST_WORD:
            faults.append((f"the {name} holds a word of more than {LONGEST_WORD:,} letters", ""))
        if len(text) > limit:
            faults.append((f"the {name} is longer than {limit:,} characters", "shorten it"))
        for message, hint in faults:
            self.add_problem(line, column_numbers[name], "E209", message, hint)
        return "" if faults else text

    def _build_reading(
        self, row: Mapping[str, str], place: Place, column_numbers: Mapping[str, int], indicator: Indicator
    ) -> Reading:
        value, ratio, missing, proxy = None, None, None, False
        text = row["value"]
        if text.casefold() in MISSING_WORDS:
            missing = MISSING_WORDS[text.casefold()]
        else:
            proxy = bool(PROXY_PREFIX.match(text))
            figure_text = PROXY_PREFIX.sub("", text, count=1)
            if RATIO_SEPARATOR.search(figure_text):
                ratio, value = parse_ratio(figure_text, place, indicator, self.problems) or (None, None)
            else:
                value = parse_figure(figure_text, text, place, indicator, self.problems)
            self._check_period(indicator, text, place)
        outcome = self._parse_outcome(row, place.line, column_numbers)
        if row["focus"].casefold() not in FOCUS_WORDS:
            message, hint = f"{quote(row['focus'])} is neither yes nor no", "write yes, or leave the cell empty"
            self.add_problem(place.line, column_numbers["focus"], "E219", message, hint)
        focus = FOCUS_WORDS.get(row["focus"].casefold(), False)
        benchmarks = dict(self._parse_benchmarks(row, place.line, column_numbers, indicator))
        remarks = (row["reason"], row["comment"])
        return Reading(
            value,
            missing,
            proxy,
            outcome,
            *remarks,
            place,
            ratio,
            focus=focus,
            benchmarks=benchmarks,
            columns=column_numbers,
        )

    def _parse_outcome(self, row: Mapping[str, str], line: int, column_numbers: Mapping[str, int]) -> Outcome | None:
        outcome = find_outcome(row["outcome"], self.outcomes)
        words = [str(allowed) for allowed in self.outcomes]
        if row["outcome"] and not outcome and self.has_vocabularies:
            hint = suggest_nearest(row["outcome"], words) or f"write {join_words(words, 'or')}, or leave the cell empty"
            message = f"{quote(row['outcome'])} is not an outcome"
            self.add_problem(line, column_numbers["outcome"], "E210", message, hint)
        if row["reason"] and not row["outcome"]:
            hint = "write the outcome that you set, or delete the reason"
            self.add_problem(line, column_numbers["reason"], "E211", "there is a reason here but no outcome", hint)
        return outcome

    def _check_period(self, indicator: Indicator, text: str, place: Place) -> None:
        """Note a figure in a file in which none of its indicator's periods ends."""
        if not self.file.find_figure_period(indicator):
            months = indicator.due_months or tuple(part.last.number for part in indicator.year_periods)
            names = join_words([MONTH_NAMES[number - 1] for number in months])
            message = f"value {quote(text)} is here, but {indicator.code} is {indicator.frequency.value}"
            hint = f"its figures go into the files of {names}, or of the {indicator.frequency.noun} itself"
            self.add_problem(place.line, place.column, "E215", message, hint)

    def _parse_benchmarks(
        self, row: Mapping[str, str], line: int, column_numbers: Mapping[str, int], indicator: Indicator
    ) -> Iterator[tuple[str, Decimal]]:
        """Yield each benchmark that has a figure in the row, with the figure."""
        for name, benchmark in self.benchmarks.items():
            if row[name].casefold() not in MISSING_WORDS:
                place = Place(self.display_path, line, column_numbers[name])
                value = parse_figure(row[name], row[name], place, indicator, self.problems)
                if value is not None:
                    yield benchmark, value


def select_settable_outcomes(vocabulary: Iterable[Outcome]) -> list[Outcome]:
    """Return the outcomes that officers may set."""
    return [outcome for outcome in vocabulary if outcome.is_rated or outcome.role is Role.DEFERRED]


def normalise_heading(heading: str) -> str:
    """Return the name of the column that a heading names, in lower case; `indicator` is `code`."""
    name = heading.strip().casefold()
    return "code" if name == INDICATOR_HEADING else name


def _normalise_code(code: str) -> str:
    """Return a code without spaces and punctuation; different digits are different indicators, not a slip."""
    return slugify(code).replace("-", "")


def detect_delimiter(text: str) -> str:
    """Return the character that separates cells in a text that is not blank: comma, semicolon or tab.

    Excel writes semicolons or tabs under some regional settings.
    """
    first_line = text.lstrip().splitlines()[0]
    return max(",;\t", key=first_line.count)
