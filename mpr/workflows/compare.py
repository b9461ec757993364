"""`mpr compare`: what moved between two reports, and which figures of the earlier one have been revised."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mpr.load.editions.published import find_record
from mpr.load.editions.record import RECORD_SUFFIX
from mpr.load.scorecard import Scorecard, load_without_edition
from mpr.measure.movement import Movement, OutcomeShift
from mpr.measure.period import Period, find_period
from mpr.measure.status import IndicatorStatus
from mpr.problem import InputError, Place, Problem
from mpr.project import Project
from mpr.report.comparison import (
    Comparison,
    compare_reports,
    describe_against_target,
    describe_appeared,
    describe_missing_record,
    describe_revision,
    describe_supplied,
    format_lagging_period,
    group_movements,
    summarise,
)
from mpr.report.printed_figures import Revision
from mpr.report.wording.cells import format_target_text, format_value

INDENT = "  "


@dataclass(frozen=True)
class CompareResult:
    """A comparison, and the path of the earlier report's record of printed figures (empty if there is none)."""

    comparison: Comparison
    record_path: str


def compare_periods(project: Project, earlier_name: str, later_name: str) -> CompareResult:
    """Compare the reports of two periods of the same length, given by name, the earlier first.

    Raises InputError if the files cannot be read or the periods cannot be compared.
    """
    scorecard = load_without_edition(project, later_name)
    place = Place(project.display_path(project.get_values_path(earlier_name)))
    earlier = _parse_earlier_period(scorecard, earlier_name, place)
    problems: list[Problem] = []
    record = find_record(project, earlier, problems)
    if problems:
        raise InputError(problems)
    path = project.display_path(project.get_report_path(earlier, RECORD_SUFFIX)) if record else ""
    return CompareResult(compare_reports(scorecard, earlier, record), path)


def _parse_earlier_period(scorecard: Scorecard, name: str, place: Place) -> Period:
    """Return the earlier period; raise InputError if it cannot be compared with the scorecard's."""
    then, now = find_period(name, scorecard.settings.report.year_starts), scorecard.period
    hint = ""
    if not then or then.frequency is not now.frequency:
        message, hint = f"{name} is not a {now.frequency.noun}, as {now} is", "compare periods of the same length"
    elif then.last >= now.last:
        message, hint = f"{then.full_name} is not before {now.full_name}", "write the earlier period first"
    elif all(status.value is None for status in scorecard.compute_statuses(then)):
        message = f"{then.full_name} has no figures to compare with"
    else:
        return then
    raise InputError([Problem(place, "E605", message, hint)])


def describe_changes(result: CompareResult) -> Iterator[str]:
    """Yield the comparison as lines of text."""
    compared = result.comparison
    yield f"{compared.now.full_name} compared with {compared.then.full_name}"
    yield summarise(compared)
    groups = {group.key: group for group in group_movements(compared)}
    biggest_moves = [groups.pop(key) for key in ("away", "towards") if key in groups]
    for group in groups.values():
        yield from _list_under_title(
            group.title, (_describe_movement(compared, movement) for movement in group.movements)
        )
    if appeared := describe_appeared(compared):
        number = len(compared.select_shifted(OutcomeShift.APPEARED))
        yield from _list_under_title(f"New since {compared.then.full_name} ({number})", appeared)
    yield from _describe_revisions(result)
    for group in biggest_moves:
        yield from _list_under_title(
            group.title, (_describe_movement(compared, movement) for movement in group.movements)
        )


def _list_under_title(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"{INDENT}{line}" for line in lines)


def _describe_revisions(result: CompareResult) -> Iterator[str]:
    """Yield the revisions as lines, or the reason why none can be listed."""
    compared = result.comparison
    if not compared.has_record:
        yield from _list_under_title("Revised", [describe_missing_record(compared.then)])
        return
    title = f"Revised since the report of {compared.then.full_name}"
    revised = [_describe_revision(revision) for revision in compared.revisions if not revision.added]
    yield from _list_under_title(title, revised or [f"None of the figures in {result.record_path} has changed."])
    if supplied := describe_supplied(compared.revisions):
        yield from _list_under_title(f"Supplied since the report of {compared.then.full_name}", [supplied])


def _describe_revision(revision: Revision) -> str:
    coded = not revision.indicator or revision.indicator.has_code
    name = f"{revision.code} {revision.name}" if coded else revision.name
    place = f"  [{revision.place}]" if revision.place else ""
    return f"{name}: {describe_revision(revision)} was {revision.then}, now {revision.now}{place}"


def _describe_movement(compared: Comparison, movement: Movement) -> str:
    """Describe an indicator's change of outcome and figure: `CP 1.5 …: Amber to Red, 92.4% to 84.0%`."""
    then, now, indicator = movement.earlier, movement.later, movement.later.indicator
    name = f"{indicator.code} {indicator.alias}" if indicator.has_code else indicator.alias
    outcomes = (_format_outcome(then), _format_outcome(now))
    figures = (_format_figure(then, compared.then), _format_figure(now, compared.now))
    pairs = (outcomes, figures) if {then.value, now.value} != {None} else (outcomes,)
    parts = [" to ".join(dict.fromkeys(pair)) for pair in pairs]
    distance = describe_against_target(movement)
    return f"{name}: {', '.join(parts)}" + (f"; against target {distance}" if distance else "")


def _format_outcome(status: IndicatorStatus) -> str:
    return f"{status.outcome.word}{' (set by an officer)' if status.is_overruled else ''}"


def _format_figure(status: IndicatorStatus, reported: Period) -> str:
    lagging_period = format_lagging_period(status, reported)
    return format_value(status).text + (f" ({lagging_period})" if lagging_period else "")


def as_json_data(result: CompareResult) -> dict[str, Any]:
    """Return the comparison as JSON data: figures as printed, margins against the target in per cent."""
    compared = result.comparison
    not_compared = [movement for movement in compared.movements if movement.gain is None]
    return {
        "then": str(compared.then),
        "now": str(compared.now),
        "record": result.record_path or None,
        **{
            str(shift): [_as_movement_data(movement) for movement in compared.select_shifted(shift)]
            for shift in OutcomeShift
        },
        "no_newer_figure": [
            _get_code(movement)
            for movement in compared.movements
            if not movement.has_newer_figure and movement.later.value is not None
        ],
        "better_against_target": [_as_movement_data(movement) for movement in compared.rank_moves(better=True)],
        "worse_against_target": [_as_movement_data(movement) for movement in compared.rank_moves(better=False)],
        "not_compared_with_target": [_get_code(movement) for movement in not_compared],
        "revised": [
            {
                "code": revision.code,
                "name": revision.name,
                "what": revision.subject,
                "periods": [str(period) for period in revision.periods],
                "then": revision.then,
                "now": revision.now,
                "place": str(revision.place) if revision.place else None,
            }
            for revision in compared.revisions
        ],
    }


def _get_code(movement: Movement) -> str:
    return movement.later.indicator.code


def _as_movement_data(movement: Movement) -> dict[str, Any]:
    sides = {"then": (movement.earlier, movement.earlier_margin), "now": (movement.later, movement.later_margin)}
    return {
        "code": _get_code(movement),
        "name": movement.later.indicator.alias,
        **{
            side: {
                "period": str(status.latest_period),
                "value": format_value(status).text,
                "target": format_target_text(status),
                "outcome": status.outcome.word,
                "overruled": status.is_overruled,
                "against_target": None if share is None else float(round(share, 1)),
            }
            for side, (status, share) in sides.items()
        },
    }
