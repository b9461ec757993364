"""`mpr new`: the two files that a report begins with, for the officers to fill in."""

import json
from collections.abc import Iterator
from pathlib import Path

from mpr.load.editions.edition import EditionSettings, find_previous_edition
from mpr.load.scorecard import Scorecard, load_without_edition
from mpr.load.values import format_csv
from mpr.problem import InputError, Place, Problem
from mpr.project import Project
from mpr.report.data_request import HELP_HEADINGS, DataRequest, build_data_request
from mpr.workflows.transaction import write_transaction

MISSING_VALUES_CODES = frozenset({"E107"})  # that there are no values yet
EDITION_TEMPLATE = """\
# The version of this report; a correction is a new version.
version: "1.0"
# The day and time the report was generated, such as 2018-06-21 11:59.
generated:
"""
ACCEPTED_TEMPLATE = """\
# What mpr check found and you let stand: each finding as it was printed, from its code on, and the reason.
# accepted:
#   - finding: "W512 CP 3.6 is set to green where the rule says red at 578,468 against 733,333"
#     reason: Most visitors come in summer
"""
APPENDICES_TEMPLATE = """\
# Appendices: PDFs that follow the report. Take the # away and name each, or say which period's report has the next.
"""
EXAMPLE_APPENDIX = ("Revenue budget monitoring", "data/appendices/revenue.pdf")
NOTICES_TEMPLATE = """\
# Notices for the cover, each a sentence or two. Last time there were these: take the # away from what still holds.
# notices:
"""


def create_period_files(project: Project, period: str, *, workbook: bool = False) -> tuple[Path, ...]:
    """Write the values' file of a period, with a row for each indicator that is due, and the edition's own file.

    With `workbook` the same rows are written as a workbook to be sent out, too; alone, where the two files are there.
    Raises InputError where one of them is there already, or where what they start from cannot be read.
    """
    are_files_present = (
        workbook and project.get_values_path(period).exists() and project.get_edition_path(period).exists()
    )
    scorecard = load_without_edition(project, period, MISSING_VALUES_CODES)
    request = build_data_request(scorecard)
    files: dict[Path, bytes] = {}
    if not are_files_present:
        files[project.get_values_path(period)] = format_csv(_iter_rows(request)).encode()
        files[project.get_edition_path(period)] = _format_edition(
            find_previous_edition(project, scorecard.period), scorecard
        ).encode()
    if workbook:
        from mpr.render import collection_workbook as sheets  # noqa: PLC0415 - only a workbook pays for what writes it

        files[project.get_workbook_path(period)] = sheets.build_workbook(request)
    hint = "mpr new writes over nothing: take it away first, or fill it in"
    with write_transaction(project) as write:
        existing = [Problem(Place(project.display_path(path)), "E604", "this file is there already", hint) for path in files
                 if path.exists()]  # fmt: skip
        if existing:
            raise InputError(existing)
        return write(files)


def _iter_rows(request: DataRequest) -> Iterator[tuple[str, ...]]:
    """Yield the headings, then a row for each indicator that is due, in the order of the report."""
    yield (request.code_heading, *HELP_HEADINGS, *request.expected.headings)
    for line in request.lines:
        yield (line.indicator.code, *line.help_cells, *("" for _ in request.expected.headings))


def _format_edition(previous: EditionSettings | None, scorecard: Scorecard) -> str:
    notices = "".join(f"#   - {_quote(notice)}\n" for notice in previous.notices) if previous else ""
    has_appendices = scorecard.settings.report.no_appendices or (previous and previous.appendices)
    return (
        EDITION_TEMPLATE
        + (_format_appendices(previous) if has_appendices else "")
        + (NOTICES_TEMPLATE + notices if notices else "")
        + ACCEPTED_TEMPLATE
    )


def _quote(text: str) -> str:
    """Write a text in double quotes, on one line, as YAML reads it."""
    return json.dumps(text, ensure_ascii=False)


def _format_appendices(previous: EditionSettings | None) -> str:
    """Ask for the appendices, with those of last time, or with what was said of the next."""
    due_note = (
        f"# Last time the next were due in {previous.next_appendices}.\n"
        if previous and previous.next_appendices
        else ""
    )
    titled_files = [(appendix.title, appendix.file) for appendix in previous.appendices] if previous else []
    entries = (f"#   - title: {_quote(title)}\n#     file: {_quote(file)}\n"
              for title, file in titled_files or [EXAMPLE_APPENDIX])  # fmt: skip
    return f"{APPENDICES_TEMPLATE}{due_note}# appendices:\n{''.join(entries)}# next_appendices:\n"
