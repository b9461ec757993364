"""A period's values, as officers keep them in Excel: one row an indicator.

The columns are found by their heading, in any order; a heading in round brackets is for the reader's eye and is not
read, and the names of the council's benchmarks are headings too. A figure belongs to the file's period or, of an
indicator with longer periods, to the one whose figure is due in it. An apostrophe before what a spreadsheet would take
for a formula is no part of the text. Places are the rows and columns of the sheet as Excel numbers them, from 1: a
comment of many lines is one row.
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

from mpr.load.caps import LONGEST_COMMENT, LONGEST_REASON, LONGEST_WORD, MOST_COLUMNS, MOST_LINES, longest_word
from mpr.load.definitions import Definitions
from mpr.load.scalars import NUMBER, number
from mpr.load.schema import HEADINGS
from mpr.load.text import FILES, read_text
from mpr.measure.indicator import Indicator, Missing, Reading
from mpr.measure.outcome import Outcome, Role, named
from mpr.measure.period import MONTH_NAMES, Frequency, Period, parse
from mpr.measure.words import listed, plain, slug
from mpr.problem import Place, Problem, Severity, nearest, quoted

INDICATOR = "indicator"  # another heading for the codes, for a council whose indicators have none
WANTED = ("code", "value")
WORDS = {
    "": None,
    "tbc": Missing.NOT_AVAILABLE,
    "-": Missing.NOT_AVAILABLE,
    "–": Missing.NOT_AVAILABLE,
    "n/a": Missing.NOT_APPLICABLE,
    "na": Missing.NOT_APPLICABLE,
}
PROXY = re.compile(r"proxy\s+", re.IGNORECASE)
PARTS = re.compile(r"\s+of\s+", re.IGNORECASE)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
FOCUS = {"": False, "no": False, "yes": True}
LONGEST = {"comment": LONGEST_COMMENT, "reason": LONGEST_REASON}
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Sheet:
    """A period's file of values: its path, how officers know it, its period, and whether it is history only."""

    path: Path
    shown: str
    period: Period
    old: bool

    def period_of(self, indicator: Indicator) -> Period | None:
        """Return the period to which a figure in the file belongs, None where none is due in it."""
        own, file = indicator.frequency.months, self.period
        if file.frequency is indicator.frequency is Frequency.MONTHLY:
            return file
        if file.frequency.months == own:
            with suppress(ValueError):  # a name that is none in the indicator's year
                return parse(self.path.stem, indicator.starts)
            return None
        if file.frequency.months < own:
            periods = [(month, indicator.period(month, indicator.frequency)) for month in file.months]
            return next((period for month, period in reversed(periods) if indicator.known(period) == month), None)
        return file if indicator.period(file.last, file.frequency) == file else None


def read_values(sheet: Sheet, definitions: Definitions, problems: list[Problem]) -> Mapping[str, Reading]:
    """Return the readings of one file by code, noting everything that is wrong with it.

    In a file that is history only, rows of indicators that are no more are passed over.
    """
    text = read_text(sheet.path, sheet.shown, problems)
    return judge_values(text, sheet, definitions, problems) if text is not None else {}


def judge_values(text: str, sheet: Sheet, definitions: Definitions, problems: list[Problem]) -> Mapping[str, Reading]:
    """Return the readings of a file's text by code, noting everything that is wrong with it."""
    readings, found = _judged(text, sheet, definitions)
    problems += found
    return readings


@lru_cache(maxsize=FILES)
def _judged(text: str, sheet: Sheet, definitions: Definitions) -> tuple[Mapping[str, Reading], tuple[Problem, ...]]:
    """Return the readings of a text and what is wrong with it; read once, until it or the definitions change."""
    found: list[Problem] = []
    return MappingProxyType(_Sheet(sheet, definitions, found).read(text)), tuple(found)


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as the text of a file that Excel opens as it is: commas, and a mark that says UTF-8.

    A text that a spreadsheet would take for a formula is made plain with an apostrophe.
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerows([made_plain(cell) for cell in row] for row in rows)
    return f"\ufeff{text.getvalue()}"


def made_plain(cell: str) -> str:
    """Return a text as it is written into a cell: with an apostrophe, where it would be taken for a formula."""
    formula = (
        cell.lstrip("'").startswith(FORMULA) and not NUMBER.fullmatch(cell.removesuffix("%")) and cell not in WORDS
    )
    return f"'{cell}" if formula else cell


def as_said(cell: str) -> str:
    """Return what a cell says: without spaces around it and the apostrophe of `made_plain`."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and made_plain(text[1:]) == text else text


class _Sheet:
    """One file on its way in; it only hands each cell to the function for it."""

    def __init__(self, sheet: Sheet, definitions: Definitions, problems: list[Problem]) -> None:
        self.sheet, self.shown, self.problems = sheet, sheet.shown, problems
        self.codes = definitions.codes
        self.indicators = {each.code: each for each in definitions.indicators}
        self.outcomes = outcomes(definitions.outcomes)
        self.vocabularies = definitions.settings is not None  # else the council's own words are not known
        benchmarks = definitions.settings.benchmarks if definitions.settings else ()
        self.benchmarks = {each.casefold(): each for each in benchmarks}
        self.known = (*HEADINGS, *self.benchmarks)

    def note(self, line: int, column: int, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(Place(self.shown, line, column), code, message, hint))

    def read(self, text: str) -> dict[str, Reading]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
        readings: dict[str, Reading] = {}
        lines: dict[str, int] = {}
        columns: dict[str, int] = {}
        line, width = 0, 0
        try:
            for line, cells in enumerate(reader, 1):
                if line > MOST_LINES or len(cells) > MOST_COLUMNS:
                    most = f"{MOST_LINES:,} rows" if line > MOST_LINES else f"{MOST_COLUMNS} columns"
                    hint = "delete what stands far below or beside the table"
                    self.note(line, min(len(cells), MOST_COLUMNS + 1), "E214", f"this file has more than {most}", hint)
                    break
                if not columns:
                    columns, width = self._columns(cells), len(cells)
                    if not columns:
                        break
                elif any(cell.strip() for cell in cells):
                    self._row(cells, line, columns, readings, lines)
                    if any(cell.strip() for cell in cells[width:]):
                        hint = "a text or number with a comma in it goes in double quotes"
                        self.note(line, width + 1, "E213", "this row has more cells than there are columns", hint)
        except csv.Error:
            hint = "look for a double quote that is not closed, or not doubled inside a text"
            self.note(line + 1, 0, "E201", "this row cannot be read", hint)
        return readings

    def _columns(self, heads: list[str]) -> dict[str, int]:
        """Return the position of each column, or nothing where the first row is not the heads."""
        names = [column_of(head) for head in heads]
        if not any(name in HEADINGS for name in names):
            self.note(1, 0, "E208", "the first row does not name the columns", f"write {','.join(HEADINGS)} there")
            return {}
        columns: dict[str, int] = {}
        good = True
        for index, (head, name) in enumerate(zip(heads, names, strict=True)):
            if not name or re.fullmatch(r"\(.*\)", name):
                continue
            if name not in self.known and not self.vocabularies:
                continue
            if name not in self.known:
                hint = nearest(name, self.known) or f"known are {', '.join(self.known)}; one (in brackets) is not read"
                self.note(1, index + 1, "E206", f"column {quoted(head.strip())} is not known", hint)
                good = False
            elif columns.setdefault(name, index) != index:
                self.note(1, index + 1, "E207", f"column '{name}' stands here a second time", "keep one of them")
                good = False
        for name in WANTED:
            if name not in columns:
                self.note(1, 0, "E208", f"the first row has no column '{name}'", f"known are {', '.join(HEADINGS)}")
                good = False
        return columns if good else {}

    def _row(
        self,
        cells: list[str],
        line: int,
        columns: Mapping[str, int],
        readings: dict[str, Reading],
        lines: dict[str, int],
    ) -> None:
        row = {name: as_said(cells[at]) if at < len(cells) else "" for name, at in columns.items()}
        at = {name: index + 1 for name, index in columns.items()}
        row = dict.fromkeys(self.known, "") | row
        code = " ".join(row["code"].split())
        if not code:
            self.note(line, at["code"], "E202", "this row has no code", "write one, or delete the row")
            return
        if self.codes and code not in self.codes and self.sheet.old:
            return
        if self.codes and code not in self.codes:
            meant = next((each for each in self.codes if _bare(each) == _bare(code)), "")
            hint = f"did you mean '{meant}'?" if meant else "define it there, or delete the row"
            self.note(line, at["code"], "E202", f"indicator {quoted(code)} is not in indicators.yaml", hint)
            return
        if lines.setdefault(code, line) != line:
            message = f"indicator {code} stands here a second time; it is in row {lines[code]} too"
            self.note(line, at["code"], "E205", message, "keep one of them")
            return
        for name, longest in LONGEST.items():
            row[name] = self._capped(row[name], name, longest, line, at)
        indicator = self.indicators.get(code)
        if indicator:
            readings[code] = self._reading(row, Place(self.shown, line, at["value"]), at, indicator)

    def _capped(self, text: str, name: str, longest: int, line: int, at: Mapping[str, int]) -> str:
        """Return a text, or nothing where it is too long to be looked at any further."""
        found = []
        if len(text) > LONGEST_WORD and longest_word(text) > LONGEST_WORD:
            found.append((f"the {name} holds a word of more than {LONGEST_WORD:,} letters", ""))
        if len(text) > longest:
            found.append((f"the {name} is longer than {longest:,} characters", "shorten it"))
        for message, hint in found:
            self.note(line, at[name], "E209", message, hint)
        return "" if found else text

    def _reading(self, row: Mapping[str, str], place: Place, at: Mapping[str, int], indicator: Indicator) -> Reading:
        value, of, missing, proxy = None, None, None, False
        text = row["value"]
        if text.casefold() in WORDS:
            missing = WORDS[text.casefold()]
        else:
            proxy = bool(PROXY.match(text))
            bare = PROXY.sub("", text, count=1)
            if PARTS.search(bare):
                of, value = self._parts(bare, place, indicator)
            else:
                value = self._value(bare, text, place, indicator)
            self._belongs(indicator, text, place)
        outcome = self._outcome(row, place.line, at)
        if row["focus"].casefold() not in FOCUS:
            hint = "write yes, or leave the cell empty"
            self.note(place.line, at["focus"], "E219", f"{quoted(row['focus'])} is neither yes nor no", hint)
        focus = FOCUS.get(row["focus"].casefold(), False)
        benchmarks = dict(self._benchmarks(row, place.line, at, indicator))
        said = (row["reason"], row["comment"])
        return Reading(value, missing, proxy, outcome, *said, place, of, focus=focus, benchmarks=benchmarks, columns=at)

    def _outcome(self, row: Mapping[str, str], line: int, at: Mapping[str, int]) -> Outcome | None:
        outcome = named(row["outcome"], self.outcomes)
        words = [str(each) for each in self.outcomes]
        if row["outcome"] and not outcome and self.vocabularies:
            hint = nearest(row["outcome"], words) or f"write {listed(words, 'or')}, or leave the cell empty"
            self.note(line, at["outcome"], "E210", f"{quoted(row['outcome'])} is not an outcome", hint)
        if row["reason"] and not row["outcome"]:
            hint = "write the outcome that you set, or take the reason away"
            self.note(line, at["reason"], "E211", "a reason stands here without an outcome", hint)
        return outcome

    def _belongs(self, indicator: Indicator, text: str, place: Place) -> None:
        """Note a figure that belongs to no period of its indicator."""
        if not self.sheet.period_of(indicator):
            months = indicator.due or tuple(each.last.number for each in indicator.year_parts)
            names = listed([MONTH_NAMES[number - 1] for number in months])
            message = f"value {quoted(text)} stands here, but {indicator.code} is {indicator.frequency.value}"
            hint = f"its figures go into the files of {names}, or of the {indicator.frequency.noun} itself"
            self.note(place.line, place.column, "E215", message, hint)

    def _benchmarks(
        self, row: Mapping[str, str], line: int, at: Mapping[str, int], indicator: Indicator
    ) -> Iterator[tuple[str, Decimal]]:
        """Yield others' figures; one that is not known is left out."""
        for name, benchmark in self.benchmarks.items():
            if row[name].casefold() not in WORDS:
                value = self._value(row[name], row[name], Place(self.shown, line, at[name]), indicator)
                if value is not None:
                    yield benchmark, value

    def _parts(
        self, bare: str, place: Place, indicator: Indicator
    ) -> tuple[tuple[Decimal, Decimal] | None, Decimal | None]:
        """Return numerator and denominator, as `799 of 1,077`, and the percentage that they make."""
        hint = "write 799 of 1,077, or the percentage itself"
        try:
            above, below = map(number, PARTS.split(bare))
        except ValueError:
            self.note(place.line, place.column, "E203", f"value {quoted(bare)} is not a number", hint)
            return None, None
        if not indicator.percent:
            message = f"value {quoted(bare)} makes a percentage, but {indicator.code} is not one"
            self.note(place.line, place.column, "E204", message, "write the figure itself")
            return None, None
        if below <= 0:
            message = f"value {quoted(bare)} is a share of nothing"
            self.note(place.line, place.column, "E216", message, "write N/A where there was nothing to count")
            return None, None
        if indicator.unbounded or 0 <= above <= below:
            return (above, below), above / below * WHOLE
        self.note(place.line, place.column, "E212", f"value {quoted(bare)} is more than the whole", hint)
        return None, None

    def _value(self, bare: str, text: str, place: Place, indicator: Indicator) -> Decimal | None:
        """Return the figure in a cell, noting where it is none or cannot be this indicator's."""
        try:
            value = number(bare)
        except ValueError as error:
            self.note(place.line, place.column, "E203", f"value {quoted(text)} {error}", _cure(bare, indicator))
            return None
        if indicator.percent and not bare.endswith("%") and 0 < abs(value) < 1:
            message = f"value {quoted(text)} of {indicator.code} is printed as {value}%"
            hint = f"if Excel dropped the percent sign, write {plain(value * WHOLE)}%; if not, write {value}%"
            self.problems.append(Problem(place, "W213", message, hint, Severity.WARNING))
        if bare.endswith("%") and not indicator.percent:
            hint = "write the figure itself" + (f", in {indicator.unit}" if indicator.unit else "")
            message = f"value {quoted(text)} is a percentage, but {indicator.code} is not"
            self.note(place.line, place.column, "E204", message, hint)
        if indicator.percent and not indicator.unbounded and not 0 <= value <= WHOLE:
            message = f"value {quoted(text)} cannot be a percentage of {indicator.code}"
            hint = "it must be from 0% to 100%, unless the indicator says unbounded: yes"
            self.note(place.line, place.column, "E212", message, hint)
        return value


def outcomes(vocabulary: Iterable[Outcome]) -> list[Outcome]:
    """Return the outcomes that officers may set."""
    return [each for each in vocabulary if each.rated or each.role is Role.DEFERRED]


def column_of(head: str) -> str:
    """Return the column that a heading names."""
    name = head.strip().casefold()
    return "code" if name == INDICATOR else name


def _bare(code: str) -> str:
    """Return a code without its spaces and signs: a digit that differs is another indicator, not a slip."""
    return slug(code).replace("-", "")


def _cure(text: str, indicator: Indicator) -> str:
    """Say what to write instead of what is no number, by what Excel or habit made of it."""
    if text.startswith("#"):
        return "mend the formula in Excel, or write the number itself"
    if re.fullmatch(r"[-−]?\d+,\d+%?", text):
        return f"write {text.replace(',', '.')}"
    if parts := re.fullmatch(r"(\d+)\s*/\s*(\d+)", text):
        return f"write {parts[1]} of {parts[2]}; if Excel made a date of it, give the cell the format Text first"
    if re.fullmatch(r"\d+[/-]\w+([/-]\d+)?|[A-Za-z]{3}-\d+", text):
        return "Excel made a date of it: give the cell the format Text and type the number again"
    if re.fullmatch(r"\d(\.\d+)?E[+-]?\d+", text, re.IGNORECASE):
        return "Excel shortened it: give the cell the format Number and save again"
    return f"write {'83%' if indicator.percent else '1,544'} or TBC"


def delimiter(text: str) -> str:
    """Return what separates cells in a text that is not blank: Excel writes semicolons or tabs under some settings."""
    head = text.lstrip().splitlines()[0]
    return max(",;\t", key=head.count)
