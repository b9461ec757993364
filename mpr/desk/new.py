"""`mpr new`: the two files that a report begins with, for the officers to fill in."""

from collections.abc import Iterator
from pathlib import Path

from mpr.load.scorecard import Edition, Scorecard, edition_before, load
from mpr.load.values import INDICATOR, as_csv
from mpr.measure.standing import Standing
from mpr.problem import InputError, Place, Problem, Severity
from mpr.project import Project
from mpr.report import cells

HELP = ("(name)", "(unit)", "(latest)", "(target)")  # for the officer's eye; not read
FILL = ("value", "outcome", "reason", "comment")
NOT_THERE = {"E107", "E108"}  # that the report has no files yet
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
NOTICES = """\
# Notices for the cover, each a sentence or two. Last time there were these: take the # away from what still holds.
# notices:
"""


def new(project: Project, period: str) -> tuple[Path, ...]:
    """Write the values' file of a period, with a row for each indicator that is due, and the edition's own file.

    Raises InputError where one of them is there already, or where what they start from cannot be read.
    """
    scorecard, problems = load(project, period)
    stopping = [each for each in problems if each.severity is Severity.ERROR and each.code not in NOT_THERE]
    if not scorecard or stopping:
        raise InputError(stopping or problems)
    files = {
        project.values(period): as_csv(_rows(scorecard)),
        project.edition(period): _edition(edition_before(project, scorecard.period)),
    }
    hint = "mpr new writes over nothing: take it away first, or fill it in"
    there = [Problem(Place(project.shown(path)), "E604", "this file is there already", hint) for path in files
             if path.exists()]  # fmt: skip
    if there:
        raise InputError(there)
    for path, text in files.items():
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    return tuple(files)


def _rows(scorecard: Scorecard) -> Iterator[tuple[str, ...]]:
    """Yield the headings, then a row for each indicator that is due, in the order of the report."""
    due = [each for each in scorecard.standings if each.due]
    focus = ("focus",) if any(each.which == "in focus" for each in scorecard.settings.sections.values()) else ()
    fill = (*FILL, *focus, *scorecard.settings.benchmarks)
    yield ("code" if any(each.indicator.coded for each in due) else INDICATOR, *HELP, *fill)
    for standing in due:
        yield (standing.indicator.code, *_help(scorecard, standing), *("" for _ in fill))


def _help(scorecard: Scorecard, standing: Standing) -> tuple[str, ...]:
    """Return what helps to fill a row in: name, unit, the latest figure with its period, the target now."""
    indicator = standing.indicator
    now = indicator.period(scorecard.period.last, indicator.grain(scorecard.period))
    target = cells.target(indicator, indicator.target(now), indicator.targets_of(now))
    latest = f"{cells.value_text(standing)} ({standing.latest.short})" if standing.value is not None else ""
    return (indicator.alias, "%" if indicator.percent else indicator.unit, latest, target.text)


def _edition(last: Edition | None) -> str:
    notices = "".join(f"#   - {notice}\n" for notice in last.notices) if last else ""
    return EDITION + (NOTICES + notices if notices else "") + ACCEPTED
