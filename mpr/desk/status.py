"""`mpr status`: what is still owed for a report, and by whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from mpr.load.scorecard import Scorecard, load_figures
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
    longer = standing.latest.frequency is not indicator.frequency
    due = scorecard.period if longer else indicator.expected(scorecard.period.last)
    if due and standing.value is None:
        yield f"{called}: the figure of {due.words}"
    elif due and standing.latest.last < due.last:
        latest = standing.latest
        late = plural(due.last.since(latest.last), "month")
        yield f"{called}: the figure of {due.words}; the latest is that of {latest.words}, {late} before"
    if standing.off_track and not standing.comment:
        yield f"{called}: a comment, because it is {standing.outcome}"
    if standing.overruled and not standing.reason:
        yield f"{called}: the reason why it is set to {standing.outcome} where the rule says {standing.proposal}"
