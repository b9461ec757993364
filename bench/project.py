"""Projects to measure with: the real one in a temporary folder, multiplied, or with one thing in it that is long."""

import csv
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
MONTH, CODE = "2018-05", "CP 1.4"  # the month reported, and the indicator that is edited
KEPT = ".mpr-cache"
LEAST, MOST = 40, 90  # per cent, all red
APART = 10  # between the first numbers of codes: CP 1.1, then CP 11.1, CP 21.1
LONGEST_ALIAS = 50
LONG = 4_000  # characters of a long comment
CODES = re.compile(r"\bCP (\d+)(?=\.\d)")
NAMES = re.compile(r'^( +)(name|alias): ("?)(.+?)("?)$', re.MULTILINE)
LONG_HISTORIES = 25  # of 16 rows each, with the quarters between the months
RED = """
  - code: CP 9.{0}
    name: A measure with a long history, the one with the number {0}
    alias: A long history {0}
    aim: Excellent
    measure: snapshot
    polarity: maximise
    unit: percent
    decimals: 1
    quarters: yes
    managers: [Tim MacGregor]
    committee: Policy & Resources Scrutiny
    targets:
      2017-18: {{annual: 90%}}
      2018-19: {{annual: 90%}}
"""


def multiplied(folder: Path, times: int) -> Path:
    """Put the real project into an empty folder, each indicator with its figures and comments so many times over."""
    shutil.copytree(ROOT / "data", folder / "data")
    head, mark, entries = (ROOT / "indicators.yaml").read_text(encoding="utf-8").partition("\nindicators:\n")
    copies = (_named(_coded(entries, number), number) for number in range(times))
    (folder / "indicators.yaml").write_text(head + mark + "".join(copies), encoding="utf-8")
    for path in (folder / "data").glob("*.csv"):
        heads, *rows = _rows(path)
        _write(path, [heads, *([_coded(cell, number) for cell in row] for number in range(times) for row in rows)])
    return folder


def _coded(text: str, number: int) -> str:
    """Give the codes in a text to the copy with a number, from 0."""
    return CODES.sub(lambda found: f"CP {int(found[1]) + APART * number}", text)


def _named(entries: str, number: int) -> str:
    """Give the names in some entries to the copy with a number; the first keeps its own."""
    if not number:
        return entries
    more = f" {number + 1}"

    def named(found: re.Match[str]) -> str:
        indent, key, opening, name, closing = found.groups()
        longest = LONGEST_ALIAS - len(more) if key == "alias" else None
        return f"{indent}{key}: {opening}{name[:longest]}{more}{closing}"

    return NAMES.sub(named, entries)


def with_long_comment(folder: Path) -> Path:
    """Put the real project into an empty folder, the comment of one indicator being of 4,000 characters."""
    multiplied(folder, 1)
    path = folder / "data" / f"{MONTH}.csv"
    (comment,) = (row[-1] for row in _rows(path) if row[0] == CODE)
    edit(folder, "comment", (f"{comment}\n\n" * (LONG // len(comment) + 1))[:LONG].strip())
    return folder


def with_long_histories(folder: Path) -> Path:
    """Put the real project into an empty folder, with 25 red indicators more: 400 rows more in the histories.

    A history has no more than two years side by side, so a longer one is that of more indicators.
    """
    multiplied(folder, 1)
    numbers = range(1, LONG_HISTORIES + 1)
    with (folder / "indicators.yaml").open("a", encoding="utf-8") as file:
        file.write("".join(map(RED.format, numbers)))
    for at, path in enumerate(sorted((folder / "data").glob("*.csv"))):
        heads, *rows = _rows(path)
        more = [{"code": f"CP 9.{each}", "value": f"{40 + (at * 7 + each) % 40}.{each % 10}%"} for each in numbers]
        _write(path, [heads, *rows, *([row.get(head, "") for head in heads] for row in more)])
    return folder


def edit(folder: Path, column: str, text: str) -> None:
    """Save the month's CSV with another text in a column of the indicator that is edited."""
    path = folder / "data" / f"{MONTH}.csv"
    heads, *rows = _rows(path)
    at = heads.index(column)
    _write(path, [heads, *([*row[:at], text, *row[at + 1 :]] if row[0] == CODE else row for row in rows)])


def another_figure(folder: Path) -> str:
    """Return a figure that the indicator has not had for hundreds of savings: a tenth more, from 40.0% to 89.9%."""
    (figure,) = (row[2] for row in _rows(folder / "data" / f"{MONTH}.csv") if row[0] == CODE)
    more = round(float(figure.rstrip("%")) + 0.1, 1)
    return f"{more if more < MOST else LEAST:.1f}%"


def another_comment(folder: Path) -> str:
    """Return a comment that the indicator has not had."""
    return f"Visits are looked at each week with the managers, {another_figure(folder)} of them twice."


def forget(folder: Path) -> None:
    """Forget the pictures of charts that are kept."""
    shutil.rmtree(folder / KEPT, ignore_errors=True)


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
