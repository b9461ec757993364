"""`mpr status`: what is still owed for a report, and by whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from mpr.load.scorecard import Scorecard, load_figures
from mpr.measure.period import Period
from mpr.measure.standing import Standing
from mpr.measure.words import plural
from mpr.project import Project
from mpr.report.form import NOBODY


@dataclass(frozen=True)
class Owed:
    """What one manager still owes: a sentence for each thing."""

    manager: str
    items: tuple[str, ...]


def status(project: Project, period: str) -> tuple[Owed, ...]:
    """Return what is owed by each manager, in the order of the report; raise InputError where it cannot be read.

    The edition may still lack its date: figures are owed long before it is set.
    """
    scorecard = load_figures(project, period)
    found: dict[str, list[str]] = {}
    for standing in scorecard.standings:
        for item in _owed(scorecard, standing):
            for manager in standing.indicator.managers or (NOBODY,):
                found.setdefault(manager, []).append(item)
    return tuple(Owed(manager, tuple(items)) for manager, items in found.items())


def _owed(scorecard: Scorecard, standing: Standing) -> Iterator[str]:
    indicator = standing.indicator
    called = f"{indicator.code} {indicator.alias}" if indicator.coded else indicator.alias
    due = _due(scorecard, standing)
    silent = standing.off_track and not standing.comment
    if due:
        latest = f" ({_latest(standing, due)})" if standing.value is not None else ""
        comment = f", and a comment if it is still {standing.outcome}" if silent else ""
        yield f"{called}: the figure of {due.words}{latest}{comment}"
    elif silent:
        yield f"{called}: a comment, because it is {standing.outcome}"
    if standing.overruled and not standing.reason:
        yield f"{called}: the reason why it is set to {standing.outcome} where the rule says {standing.proposal}"


def _due(scorecard: Scorecard, standing: Standing) -> Period | None:
    """Return the period whose figure is owed, None where it is there or none is due."""
    longer = standing.latest.frequency is not standing.indicator.frequency
    due = scorecard.period if longer else standing.indicator.expected(scorecard.period.last)
    there = standing.value is not None and due and standing.latest.last >= due.last
    return None if there else due


def _latest(standing: Standing, due: Period) -> str:
    """Say which figure is the latest, and how far behind, where it is not simply that of the period before."""
    behind = due.last.since(standing.latest.last)
    far = f", {plural(behind, 'month')} before" if behind > due.frequency.months else ""
    return f"latest: {standing.latest.words}{far}"
