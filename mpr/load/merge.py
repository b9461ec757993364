"""What returned workbooks say, brought into the month's CSV.

A cell that says something replaces an empty one; a cell of the CSV that says another thing is never replaced unless
that is asked for. Whatever is not replaced stays as it stands in the file, row for row.
"""

import csv
import io
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mpr.load.returned import Said
from mpr.load.scalars import number
from mpr.load.values import FOCUS, LONGEST, PARTS, PROXY, WORDS, as_said, column_of, delimiter, made_plain
from mpr.measure.indicator import Indicator
from mpr.problem import Place, Problem, quoted

LINE_END = re.compile(r"\r\n?")  # as another program may have it in a cell, and as no CSV may


@dataclass(frozen=True)
class Merged:
    """The text of the file as it is to be, the cells that were taken, and those that say what is there already.

    `before` has what was replaced by some of the cells taken. `places` says of the row and column of each taken cell
    in which workbook it stands.
    """

    text: str
    taken: tuple[Said, ...]
    same: tuple[Said, ...]
    before: Mapping[Said, str]
    places: Mapping[tuple[int, int], Place]


@dataclass
class _Row:
    """A row of the file: its cells, and the lines as they stand in it, none where they are to be written anew."""

    cells: list[str]
    lines: str = ""


def merge(  # noqa: PLR0913 - each is another thing
    text: str,
    shown: str,
    said: Iterable[Said],
    order: Sequence[Indicator],
    problems: list[Problem],
    *,
    replace: bool,
) -> Merged:
    """Bring what is said into the text of a sound file, noting what contradicts it or one another.

    `order` are the indicators in report order, for rows that the file lacks. With `replace` what is said goes before
    what the file says, though never before what another workbook says.
    """
    table = _Table(text, [each.code for each in order])
    rows, percent = table.places(), {each.code for each in order if each.percent}
    taken: list[Said] = []
    same: list[Said] = []
    before: dict[Said, str] = {}
    cells: dict[tuple[str, str], list[Said]] = {}
    for each in said:
        if each.text:
            cells.setdefault((each.code, each.heading), []).append(each)
    for (code, heading), sayings in cells.items():
        first, *others = sayings
        means = {each: meaning(each.text, heading, percent=code in percent) for each in sayings}
        if different := [each for each in others if means[each] != means[first]]:
            problems += [_contradiction(first, each) for each in different]
            continue
        there = table.find(code, heading)
        if there and meaning(there, heading, percent=code in percent) == means[first]:
            same += sayings
        elif there and not replace:
            place = Place(shown, rows[code], table.column(heading))
            message = f"the {heading} of {code} is {quoted(first.text)} here, but {quoted(there)} in {place}"
            hint = "empty one of the two cells, or let the workbooks go first with --replace"
            problems.append(Problem(first.place, "E312", message, hint))
        else:
            taken.append(first)
            same += others
            before |= {first: there} if there else {}
    for each in taken:
        table.put(each)
    rows = table.places()
    places = {(rows[each.code], table.column(each.heading)): each.place for each in taken}
    return Merged(table.text(), tuple(taken), tuple(same), before, places)


def _contradiction(one: Said, other: Said) -> Problem:
    message = f"the {one.heading} of {one.code} is {quoted(one.text)} here, but {quoted(other.text)} in {other.place}"
    return Problem(one.place, "E311", message, "empty one of the two cells, or take one of the workbooks away")


def meaning(text: str, heading: str, *, percent: bool) -> Hashable:
    """Return what a cell means, so that 83%, 83.0% and, of a percentage, 83 are the same."""
    folded = text.casefold()
    if heading in LONGEST:
        return tuple(line.strip() for line in text.splitlines())
    if heading == "outcome":
        return folded
    if heading == "focus":
        return FOCUS.get(folded, folded)
    if folded in WORDS:
        return WORDS[folded]
    bare = PROXY.sub("", text, count=1)
    try:
        figures = tuple(number(part) for part in PARTS.split(bare))
    except ValueError:
        return folded
    return (bool(PROXY.match(text)), bare.endswith("%") and not percent, *figures)


class _Table:
    """The rows of the file, with the lines of each; `by_code` has the first row of each code."""

    def __init__(self, text: str, order: Sequence[str]) -> None:
        self.order = {code: index for index, code in enumerate(order)}
        self.delimiter = delimiter(text)
        lines = [*io.StringIO(text, newline="")]
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        self.rows: list[_Row] = []
        begun = 0
        for cells in reader:
            self.rows.append(_Row(cells, "".join(lines[begun : reader.line_num])))
            begun = reader.line_num
        self.end = next((end for end in ("\r\n", "\n", "\r") if lines[0].endswith(end)), "\r\n")
        self.columns = {column_of(head): at for at, head in reversed([*enumerate(self.rows[0].cells)])}
        self.by_code = {self._code(row): row for row in reversed(self.rows[1:])}

    def _code(self, row: _Row) -> str:
        column = self.columns["code"]
        return " ".join(as_said(row.cells[column]).split()) if column < len(row.cells) else ""

    def places(self) -> dict[str, int]:
        """Return the number of each code's row, from 1."""
        numbers = {id(row): number for number, row in enumerate(self.rows, 1)}
        return {code: numbers[id(row)] for code, row in self.by_code.items()}

    def find(self, code: str, heading: str) -> str:
        """Return what a cell of the file says, nothing where there is none."""
        row, column = self.by_code.get(code), self.columns.get(heading.casefold())
        return as_said(row.cells[column]) if row and column is not None and column < len(row.cells) else ""

    def column(self, heading: str) -> int:
        """Return the number of a column that is there, from 1."""
        return self.columns[heading.casefold()] + 1

    def put(self, said: Said) -> None:
        """Write what is said into its cell, with a row or column for it where there is none."""
        if said.heading.casefold() not in self.columns:
            self.columns[said.heading.casefold()] = len(self.rows[0].cells)
            self._set(self.rows[0], len(self.rows[0].cells), said.heading)
        row = self.by_code.get(said.code) or self._added(said.code)
        self._set(row, self.columns[said.heading.casefold()], made_plain("\n".join(LINE_END.split(said.text))))

    def _added(self, code: str) -> _Row:
        """Add a row for a code, before the first that comes later in the report."""
        mine = self.order.get(code, len(self.order))
        later = (at for at, row in enumerate(self.rows) if at and self.order.get(self._code(row), -1) > mine)
        row = self.by_code[code] = _Row([])
        self.rows.insert(next(later, len(self.rows)), row)
        self._set(row, self.columns["code"], code)
        return row

    @staticmethod
    def _set(row: _Row, column: int, text: str) -> None:
        row.cells += [""] * (column + 1 - len(row.cells))
        row.cells[column] = text
        row.lines = ""

    def text(self) -> str:
        """Return the file's text: the lines as they stood, and written anew the rows in which something was put."""
        text = io.StringIO(newline="")
        text.write("\ufeff")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator=self.end)
        for row in self.rows:
            if not row.lines:
                writer.writerow(row.cells)
            else:
                text.write(row.lines if row.lines.endswith(("\n", "\r")) else row.lines + self.end)
        return text.getvalue()
