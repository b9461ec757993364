"""`mpr status`: what is outstanding for a report, and from whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from mpr.load.scorecard import Scorecard, load_without_edition
from mpr.measure.formatting import format_count
from mpr.measure.period import Period
from mpr.measure.status import IndicatorStatus
from mpr.project import Project
from mpr.report.data_request import NO_MANAGER


@dataclass(frozen=True)
class OutstandingItems:
    """What is outstanding from one manager: a sentence per item."""

    manager: str
    items: tuple[str, ...]


def list_outstanding(project: Project, period: str) -> tuple[OutstandingItems, ...]:
    """Return what is outstanding from each manager, in report order; raise InputError if the files cannot be read.

    Errors in the edition's own file are ignored, because figures are due long before its date is set.
    """
    scorecard = load_without_edition(project, period)
    items_by_manager: dict[str, list[str]] = {}
    for status in scorecard.statuses:
        for item in _describe_outstanding(scorecard, status):
            for manager in status.indicator.managers or (NO_MANAGER,):
                items_by_manager.setdefault(manager, []).append(item)
    return tuple(OutstandingItems(manager, tuple(items)) for manager, items in items_by_manager.items())


def _describe_outstanding(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[str]:
    indicator = status.indicator
    name = f"{indicator.code} {indicator.alias}" if indicator.has_code else indicator.alias
    due = _find_overdue_period(scorecard, status)
    lacks_comment = status.is_off_track and not status.comment
    if due:
        latest = f" ({_describe_latest(status, due)})" if status.value is not None else ""
        comment = f", and a comment if it is still {status.outcome}" if lacks_comment else ""
        yield f"{name}: the figure of {due.full_name}{latest}{comment}"
    elif lacks_comment:
        yield f"{name}: a comment, because it is {status.outcome}"
    if status.is_overruled and not status.reason:
        yield f"{name}: the reason why it is set to {status.outcome} where the rule says {status.proposed_outcome}"


def _find_overdue_period(scorecard: Scorecard, status: IndicatorStatus) -> Period | None:
    """Return the period whose figure is outstanding, or None if it is there or no figure is due."""
    is_longer_period = status.latest_period.frequency is not status.indicator.frequency
    due = scorecard.period if is_longer_period else status.indicator.find_expected_period(scorecard.period.last)
    is_supplied = status.value is not None and due and status.latest_period.last >= due.last
    return None if is_supplied else due


def _describe_latest(status: IndicatorStatus, due: Period) -> str:
    """Name the period of the latest figure, and how many months ago it was if further back than one period."""
    behind = due.last.count_months_since(status.latest_period.last)
    distance = f", {format_count(behind, 'month')} before" if behind > due.frequency.months else ""
    return f"latest: {status.latest_period.full_name}{distance}"
