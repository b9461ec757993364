"""The month of the tutorial, docs/month.md, walked through: what it shows is what is printed.

Its prose is written by hand; each block that begins with `$ mpr` is a command with what it prints, and the one block
of YAML is the month's own file. A line `…` in a block stands for lines left out: as many lines are shown before and
after it as there stand. `MPR_GOLDEN=renew pytest tests/month` renews what is printed: read it before you keep it.
"""

import os
import re
import shlex
import shutil
from collections.abc import Callable, Generator
from contextlib import suppress
from datetime import date
from pathlib import Path
from textwrap import wrap

import pytest
from openpyxl import load_workbook

from mpr.project import Project
from tests.cells import read_rows, set_cells
from tests.month import june
from tests.month.june import JUNE, answers, fill_in
from tests.returned import fill, fill_text, parse_as_excel, return_workbook

Run = Callable[..., tuple[int, list[str], list[str]]]
Walk = Generator[tuple[str, int], list[str], None]
PAGE = Path(__file__).parents[2] / "docs" / "month.md"
BLOCK = re.compile(r"(?ms)^```console\n\$ (mpr [^\n]*)\n(.*?)^```$")
CUT = "…"
WIDTH = 118
SCRUBBED = ((re.compile(r"\b\d+\.\d seconds"), "6.1 seconds"),)  # what differs from run to run, and what is shown
BACK = {"Robinson": "Carl Robinson", "OLoughlin": "John O'Loughlin", "Houlden": "Sharon Houlden"}


def _walk(project: Project) -> Walk:
    """Do what an officer does in Excel in June; yield each command in between, with the code that it ends with."""
    yield "mpr new 2018-06 --xlsx", 0
    for code in june.TARGETS:
        if code != "CP 3.7":  # forgotten
            june.set_target(project, code)
    said = yield "mpr status 2018-06", 0
    assert _owed(said) == set(answers())
    _send_back(project, {"CP 2.4": "2 150", "CP 3.10": date(2018, 4, 3)})
    yield "mpr collect returned 2018-06", 1
    back = _send_back(project, {})
    yield "mpr collect returned 2018-06", 0
    said = yield "mpr status 2018-06", 0
    assert _owed(said) == set(answers()) - back
    slips = _slips(project)
    for code in _owed(said):
        fill_in(project, code, **slips.get(code, {}))
    set_cells(project.get_values_path("2018-05"), "CP 4.8", value="1.50%")  # late, but here
    said = yield "mpr check 2018-06", 1
    assert {re.findall(r"\b[EW]\d{3}\b", line)[0] for line in said if re.match(r"\S+:\d", line)} == {
        "E123", "E203", "E210", "W402", "W403", "W405", "W501", "W506", "W508", "W512", "W514", "W515",
    }  # fmt: skip
    yield "mpr check --explain W512", 0
    june.set_target(project, "CP 3.7")
    for code in slips:
        fill_in(project, code)
    project.get_edition_path(JUNE).write_text(june.EDITION, encoding="utf-8")
    yield "mpr check 2018-06", 0
    said = yield "mpr status 2018-06", 0
    assert not _owed(said)
    yield "mpr build 2018-06", 0
    assert project.get_report_path(JUNE, "pdf").read_bytes().startswith(b"%PDF-1.7")
    yield "mpr compare 2018-05 2018-06", 0
    yield 'mpr explain "CP 3.4" 2018-06', 0


def _owed(said: list[str]) -> set[str]:
    return {found[0] for line in said if (found := re.findall(r"^- (CP \d+\.\d+) .*: the figure of June 2018", line))}


def _send_back(project: Project, slips: dict[str, object]) -> set[str]:
    """Let three managers fill in their sheets, with slips in some values, and send them back; return their codes."""
    codes = set()
    for name, manager in BACK.items():
        book = load_workbook(project.get_workbook_path(JUNE))
        sheet = book[manager]
        for (code,) in sheet.iter_rows(min_row=2, max_col=1, values_only=True):
            answer = answers()[str(code)]
            value, shape = (slips[str(code)], "") if code in slips else parse_as_excel(answer["value"])
            fill(sheet, str(code), "value", value, shape)
            for heading in ("outcome", "reason", "comment"):
                fill_text(sheet, str(code), heading, answer[heading])
            codes.add(str(code))
        return_workbook(project, book, f"{name}.xlsx")
    return codes


def _slips(project: Project) -> dict[str, dict[str, str]]:
    """Return what is typed wrongly into the CSV: the cells of some indicators, by their headings."""
    heads, *before = read_rows(project.get_values_path("2018-05"))
    [comment] = [row[heads.index("comment")] for row in before if row[0] == "CP 3.9"]
    return {
        "CP 3.9": {"comment": comment},
        "CP 4.5": {"value": "9.50%"},
        "CP 4.9": {"value": "86,1%"},
        "CP 5.1": {"outcome": "on track"},
        "CP 5.4": {"comment": ""},
    }


def _printed(out: list[str], err: list[str]) -> list[str]:
    """Return what a command printed as a window of some width shows it, without what differs from run to run."""
    lines = [*err, *out]
    for changing, shown in SCRUBBED:
        lines = [changing.sub(shown, line) for line in lines]
    folded = (wrap(line, WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False) or [""]
              for line in lines)  # fmt: skip
    return [each for line in folded for each in line]


def _cut(lines: list[str], shown: list[str]) -> list[str]:
    """Return as many of the first and the last lines as the page shows around its cut, or all where it has none."""
    if CUT not in shown:
        return lines
    first = shown.index(CUT)
    last = len(shown) - first - 1
    assert first + last < len(lines), "nothing is left out"
    return [*lines[:first], CUT, *lines[len(lines) - last :]]


def test_the_page_shows_what_is_printed(
    project: Project, built: Project, mpr: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(built.root / "out", project.root / "out")  # the report of May has been made
    monkeypatch.chdir(project.root)
    page = PAGE.read_text(encoding="utf-8")
    shown = [(command, block.splitlines()) for command, block in BLOCK.findall(page)]
    assert all(f"{code} gets {target}" in page for code, target in june.TARGETS.items())
    walk = _walk(project)
    command, expected = next(walk)
    done: list[tuple[str, list[str]]] = []
    with suppress(StopIteration):
        while True:
            code, out, err = mpr(*shlex.split(command)[1:])
            assert code == expected, err
            lines = _printed(out, err)
            here = shown[len(done)][1] if len(done) < len(shown) else []
            done.append((command, _cut(lines, here)))
            command, expected = walk.send([*err, *out])
    if os.environ.get("MPR_GOLDEN") == "renew":
        blocks = iter(done)
        page = BLOCK.sub(lambda _: _block(*next(blocks)), page)
        PAGE.write_text(page, encoding="utf-8")
        shown = [(command, block.splitlines()) for command, block in BLOCK.findall(page)]
    assert shown == done


def _block(command: str, lines: list[str]) -> str:
    return "\n".join(["```console", f"$ {command}", *lines, "```"])
