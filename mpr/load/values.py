"""A period's values, as officers keep them in Excel: one row an indicator.

The columns are found by their heading, in any order; a heading in round brackets is for the reader's eye and is not
read. Places are the rows and columns of the sheet as Excel numbers them, from 1: a comment of many lines is one row.
"""

import csv
import io
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from mpr.load.definitions import Definitions, number
from mpr.load.text import read_text
from mpr.measure.indicator import Indicator, Missing, Outcome, Reading
from mpr.measure.words import slug
from mpr.problem import Place, Problem, Severity, nearest, quoted

COLUMNS = ("code", "value", "outcome", "reason", "comment")
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
OUTCOMES = {outcome.value: outcome for outcome in (Outcome.RED, Outcome.AMBER, Outcome.GREEN)}
LONGEST_WORD = 2_000
LONGEST = {"comment": 20_000, "reason": 500}
WHOLE = Decimal(100)


def read_values(path: Path, shown: str, definitions: Definitions, problems: list[Problem]) -> dict[str, Reading]:
    """Return the readings of one file by code, noting everything that is wrong with it."""
    text = read_text(path, shown, problems)
    if text is None:
        return {}
    return _Sheet(shown, definitions, problems).read(text)


class _Sheet:
    """One file on its way in; it only hands each cell to the function for it."""

    def __init__(self, shown: str, definitions: Definitions, problems: list[Problem]) -> None:
        self.shown, self.problems = shown, problems
        self.codes = definitions.codes
        self.indicators = {each.code: each for each in definitions.indicators}

    def note(self, line: int, column: int, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(Place(self.shown, line, column), code, message, hint))

    def read(self, text: str) -> dict[str, Reading]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        readings: dict[str, Reading] = {}
        lines: dict[str, int] = {}
        columns: dict[str, int] = {}
        line, width = 0, 0
        try:
            for line, cells in enumerate(reader, 1):
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
        if not any(head.strip().casefold() in COLUMNS for head in heads):
            self.note(1, 0, "E208", "the first row does not name the columns", f"write {','.join(COLUMNS)} there")
            return {}
        columns: dict[str, int] = {}
        good = True
        for index, head in enumerate(heads):
            name = head.strip().casefold()
            if not name or re.fullmatch(r"\(.*\)", name):
                continue
            if name not in COLUMNS:
                hint = nearest(name, COLUMNS) or f"known are {', '.join(COLUMNS)}; one (in brackets) is not read"
                self.note(1, index + 1, "E206", f"column {quoted(head.strip())} is not known", hint)
                good = False
            elif columns.setdefault(name, index) != index:
                self.note(1, index + 1, "E207", f"column '{name}' stands here a second time", "keep one of them")
                good = False
        for name in WANTED:
            if name not in columns:
                self.note(1, 0, "E208", f"the first row has no column '{name}'", f"known are {', '.join(COLUMNS)}")
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
        row = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        at = {name: index + 1 for name, index in columns.items()}
        row = dict.fromkeys(COLUMNS, "") | row
        code = " ".join(row["code"].split())
        if not code:
            self.note(line, at["code"], "E202", "this row has no code", "write one, or delete the row")
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
        for name in LONGEST:
            if max(map(len, row[name].split()), default=0) > LONGEST_WORD:
                self.note(line, at[name], "E209", f"the {name} holds a word of more than {LONGEST_WORD:,} letters")
        for name, longest in LONGEST.items():
            if len(row[name]) > longest:
                self.note(line, at[name], "E209", f"the {name} is longer than {longest:,} characters", "shorten it")
        indicator = self.indicators.get(code)
        if indicator:
            readings[code] = self._reading(row, Place(self.shown, line, at["value"]), at, indicator)

    def _reading(self, row: Mapping[str, str], place: Place, at: Mapping[str, int], indicator: Indicator) -> Reading:
        value, missing, proxy = None, None, False
        text = row["value"]
        if text.casefold() in WORDS:
            missing = WORDS[text.casefold()]
        else:
            proxy = bool(PROXY.match(text))
            value = self._value(PROXY.sub("", text, count=1), text, place, indicator)
        outcome = OUTCOMES.get(row["outcome"].casefold())
        if row["outcome"] and not outcome:
            hint = nearest(row["outcome"], OUTCOMES) or "write red, amber or green, or leave the cell empty"
            self.note(place.line, at["outcome"], "E210", f"{quoted(row['outcome'])} is not an outcome", hint)
        if row["reason"] and not row["outcome"]:
            hint = "write the outcome that you set, or take the reason away"
            self.note(place.line, at["reason"], "E211", "a reason stands here without an outcome", hint)
        return Reading(value, missing, proxy, outcome, row["reason"], row["comment"], place)

    def _value(self, bare: str, text: str, place: Place, indicator: Indicator) -> Decimal | None:
        """Return the figure in a cell, noting where it is none or cannot be this indicator's."""
        try:
            value = number(bare)
        except ValueError as error:
            self.note(place.line, place.column, "E203", f"value {quoted(text)} {error}", _cure(bare, indicator))
            return None
        if indicator.percent and not bare.endswith("%") and 0 < abs(value) < 1:
            message = f"value {quoted(text)} of {indicator.code} is printed as {value}%"
            hint = f"if Excel dropped the percent sign, write {value * WHOLE:f}%; if not, write {value}%"
            self.problems.append(Problem(place, "W213", message, hint, Severity.WARNING))
        if bare.endswith("%") and not indicator.percent:
            hint = f"its unit is {indicator.unit}" if indicator.unit else "it has no unit"
            message = f"value {quoted(text)} is a percentage, but {indicator.code} is not"
            self.note(place.line, place.column, "E204", message, hint)
        if indicator.percent and not indicator.unbounded and not 0 <= value <= WHOLE:
            message = f"value {quoted(text)} cannot be a percentage of {indicator.code}"
            hint = "it must be from 0% to 100%, unless the indicator says unbounded: yes"
            self.note(place.line, place.column, "E212", message, hint)
        return value


def _bare(code: str) -> str:
    """Return a code without its spaces and signs: a digit that differs is another indicator, not a slip."""
    return slug(code).replace("-", "")


def _cure(text: str, indicator: Indicator) -> str:
    """Say what to write instead of what is no number, by what Excel or habit made of it."""
    if text.startswith("#"):
        return "mend the formula in Excel, or write the number itself"
    if re.fullmatch(r"[-−]?\d+,\d+%?", text):
        return f"write {text.replace(',', '.')}"
    if re.fullmatch(r"\d+[/-]\w+([/-]\d+)?", text):
        return "Excel made a date of it: give the cell the format Text and type the number again"
    return f"write {'83%' if indicator.percent else '1,544'} or TBC"


def _delimiter(text: str) -> str:
    """Return what separates cells: Excel writes semicolons or tabs under some settings."""
    head = text.lstrip().splitlines()[0]
    return max(",;\t", key=head.count)
