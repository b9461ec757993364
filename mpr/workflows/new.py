"""`mpr new`: create the two files that a report starts from, for officers to fill in."""

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

MISSING_VALUES_CODES = frozenset({"E107"})  # the period has no values yet, which is expected here
EDITION_TEMPLATE = """\
# The version of this report; a correction is a new version.
version: "1.0"
# The day and time the report was generated, such as 2018-06-21 11:59.
generated:
"""
ACCEPTED_TEMPLATE = """\
# Findings that you accept: mpr check --accept prints an entry for each; paste it here and give the reason.
# accepted:
#   - check: W512
#     about: CP 3.6
#     basis: green; red; 578,468; 733,333
#     reason: Most visitors come in summer
"""
APPENDICES_TEMPLATE = """\
# Appendices: PDFs that follow the report. Remove the # and list each one, or give the period of the next ones.
"""
EXAMPLE_APPENDIX = ("Revenue budget monitoring", "data/appendices/revenue.pdf")
NOTICES_TEMPLATE = """\
# Notices for the cover, a sentence or two each. These are last time's: remove the # from those that still apply.
# notices:
"""


def create_period_files(project: Project, period: str, *, workbook: bool = False) -> tuple[Path, ...]:
    """Write a period's CSV, with a row for each indicator that is due, and the edition's YAML file.

    With `workbook`, also write the same rows as a workbook to send out; if the two files exist, only the workbook.
    Returns the files written. Raises InputError if a file exists already, or if the project cannot be read.
    """
    values_path, edition_path = project.get_values_path(period), project.get_edition_path(period)
    needs_workbook_only = workbook and values_path.exists() and edition_path.exists()
    scorecard = load_without_edition(project, period, MISSING_VALUES_CODES)
    request = build_data_request(scorecard)
    files: dict[Path, bytes] = {}
    if not needs_workbook_only:
        previous = find_previous_edition(project, scorecard.period)
        files[values_path] = format_csv(_iter_rows(request)).encode()
        files[edition_path] = _format_edition(previous, scorecard).encode()
    if workbook:
        from mpr.render.collection_workbook import build_workbook  # noqa: PLC0415 - only a workbook pays for XlsxWriter

        files[project.get_workbook_path(period)] = build_workbook(request)
    hint = "mpr new does not overwrite files: delete or rename this one first, or fill it in"
    with write_transaction(project) as write:
        places = [Place(project.display_path(path)) for path in files if path.exists()]
        if places:
            raise InputError(Problem(place, "E604", "this file exists already", hint) for place in places)
        return write(files)


def _iter_rows(request: DataRequest) -> Iterator[tuple[str, ...]]:
    """Yield the headings, then a row for each indicator that is due, in report order."""
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
    """Return text in double quotes, on one line, in a form that YAML reads."""
    return json.dumps(text, ensure_ascii=False)


def _format_appendices(previous: EditionSettings | None) -> str:
    """Return a commented-out list of appendices: last time's, or an example, with the period when more are due."""
    due_note = (
        f"# Last time, the next ones were due in {previous.next_appendices}.\n"
        if previous and previous.next_appendices
        else ""
    )
    titled_files = [(appendix.title, appendix.file) for appendix in previous.appendices] if previous else []
    entries = (f"#   - title: {_quote(title)}\n#     file: {_quote(file)}\n"
              for title, file in titled_files or [EXAMPLE_APPENDIX])  # fmt: skip
    return f"{APPENDICES_TEMPLATE}{due_note}# appendices:\n{''.join(entries)}# next_appendices:\n"
