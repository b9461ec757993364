"""Section 1: what is off track, and what officers have to say of the rest."""

from collections.abc import Sequence

from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Outcome
from mpr.measure.standing import Standing
from mpr.measure.words import listed, plural
from mpr.report import cells, model
from mpr.report.columns import EXCEPTIONS, columns
from mpr.report.headings import heading

NO_SINGLE_DEPARTMENT = "No single department"


def exceptions(scorecard: Scorecard, standings: Sequence[Standing]) -> model.Exceptions:
    """Group the exceptions by outcome, then by department, in natural code order."""
    found = sorted((each for each in standings if each.exception), key=lambda each: each.indicator.order)
    groups = tuple(
        _group(scorecard, outcome, inside)
        for outcome in cells.RATINGS
        if (inside := [each for each in found if each.outcome is outcome])
    )
    return model.Exceptions(
        heading("exceptions", scorecard), _introduction(found), columns(EXCEPTIONS, scorecard), groups
    )


def _introduction(found: Sequence[Standing]) -> str:
    parts = [
        f"{sum(each.outcome is outcome for each in found)} {words}"
        for outcome, words in (
            (Outcome.RED, "rated red"),
            (Outcome.AMBER, "rated amber"),
            (Outcome.GREEN, "rated green with a comment"),
            (Outcome.NO_VALUE, "without a value"),
            (Outcome.DATA_ONLY, "for data only"),
        )
        if any(each.outcome is outcome for each in found)
    ]
    return f"{plural(len(found), 'indicator')}: {listed(parts)}." if found else "There are no exceptions this month."


def _group(scorecard: Scorecard, outcome: Outcome, inside: Sequence[Standing]) -> model.OutcomeGroup:
    by_department = {
        name: [each for each in inside if each.indicator.departments == (name,)]
        for name in scorecard.settings.departments
    }
    by_department[NO_SINGLE_DEPARTMENT] = [each for each in inside if len(each.indicator.departments) != 1]
    departments = tuple(
        model.DepartmentRows(name, tuple(cells.row("exceptions", each) for each in group))
        for name, group in by_department.items()
        if group
    )
    rating = cells.RATINGS[outcome]
    return model.OutcomeGroup(
        anchor=cells.anchor("exceptions", rating.kind),
        title=rating.sentence,
        count=cells.count(outcome, len(inside)),
        departments=departments,
        notes=cells.notes(row for group in departments for row in group.rows),
    )
