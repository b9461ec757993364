"""`mpr new`: the two files that a report begins with, for the officers to fill in."""

import json
from collections.abc import Iterator
from pathlib import Path

from mpr.desk.files import alone
from mpr.load.edition import Edition, edition_before
from mpr.load.scorecard import Scorecard, load_figures
from mpr.load.values import as_csv
from mpr.problem import InputError, Place, Problem
from mpr.project import Project
from mpr.report.form import HELP, Form, form

NOT_THERE = frozenset({"E107"})  # that there are no values yet
EDITION = """\
# The version of this report; a correction is a new version.
version: "1.0"
# The day and time the report was generated, such as 2018-06-21 11:59.
generated:
"""
ACCEPTED = """\
# What mpr check found and you let stand: each finding as it was printed, from its code on, and the reason.
# accepted:
#   - finding: "W512 CP 3.6 is set to green where the rule says red at 578,468 against 733,333"
#     reason: Most visitors come in summer
"""
APPENDICES = """\
# Appendices: PDFs that follow the report. Take the # away and name each, or say which period's report has the next.
"""
EXAMPLE = ("Revenue budget monitoring", "data/appendices/revenue.pdf")
NOTICES = """\
# Notices for the cover, each a sentence or two. Last time there were these: take the # away from what still holds.
# notices:
"""


def new(project: Project, period: str, *, workbook: bool = False) -> tuple[Path, ...]:
    """Write the values' file of a period, with a row for each indicator that is due, and the edition's own file.

    With `workbook` the same rows are written as a workbook to be sent out, too; alone, where the two files are there.
    Raises InputError where one of them is there already, or where what they start from cannot be read.
    """
    begun = workbook and project.values(period).exists() and project.edition(period).exists()
    scorecard = load_figures(project, period, NOT_THERE)
    asked = form(scorecard)
    files: dict[Path, bytes] = {}
    if not begun:
        files[project.values(period)] = as_csv(_rows(asked)).encode()
        files[project.edition(period)] = _edition(edition_before(project, scorecard.period), scorecard).encode()
    if workbook:
        from mpr.render.sheets import form as sheets  # noqa: PLC0415 - only a workbook pays for what writes it

        files[project.workbook(period)] = sheets.workbook(asked)
    hint = "mpr new writes over nothing: take it away first, or fill it in"
    with alone(project) as write:
        there = [Problem(Place(project.shown(path)), "E604", "this file is there already", hint) for path in files
                 if path.exists()]  # fmt: skip
        if there:
            raise InputError(there)
        return write(files)


def _rows(asked: Form) -> Iterator[tuple[str, ...]]:
    """Yield the headings, then a row for each indicator that is due, in the order of the report."""
    yield (asked.key, *HELP, *asked.wanted.headings)
    for line in asked.lines:
        yield (line.indicator.code, *line.help, *("" for _ in asked.wanted.headings))


def _edition(last: Edition | None, scorecard: Scorecard) -> str:
    notices = "".join(f"#   - {_quoted(notice)}\n" for notice in last.notices) if last else ""
    asked = scorecard.settings.report.no_appendices or (last and last.appendices)
    return EDITION + (_appendices(last) if asked else "") + (NOTICES + notices if notices else "") + ACCEPTED


def _quoted(text: str) -> str:
    """Write a text in double quotes, on one line, as YAML reads it."""
    return json.dumps(text, ensure_ascii=False)


def _appendices(last: Edition | None) -> str:
    """Ask for the appendices, with those of last time, or with what was said of the next."""
    due = f"# Last time the next were due in {last.next_appendices}.\n" if last and last.next_appendices else ""
    named = [(each.title, each.file) for each in last.appendices] if last else []
    titles = (f"#   - title: {_quoted(title)}\n#     file: {_quoted(file)}\n"
              for title, file in named or [EXAMPLE])  # fmt: skip
    return f"{APPENDICES}{due}# appendices:\n{''.join(titles)}# next_appendices:\n"
