"""`mpr compare`: what moved between two reports, and what the earlier one printed that reads otherwise now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mpr.load.published import record_of
from mpr.load.record import ENDING
from mpr.load.scorecard import Scorecard, load_figures
from mpr.measure.movement import Movement, Shift
from mpr.measure.period import Period, named
from mpr.measure.standing import Standing
from mpr.problem import InputError, Place, Problem
from mpr.project import Project
from mpr.report import cells, comparison
from mpr.report.comparison import Comparison
from mpr.report.figures import Revision

INDENT = "  "


@dataclass(frozen=True)
class Compared:
    """A comparison, and the record of the earlier report that it was made with, if there is one."""

    comparison: Comparison
    record: str


def compare(project: Project, then: str, now: str) -> Compared:
    """Compare the reports of two periods of one length, by their names, the earlier first.

    Raises InputError where the files cannot be read, or the periods cannot be compared.
    """
    scorecard = load_figures(project, now)
    first = _earlier(scorecard, then, Place(project.shown(project.values(then))))
    kept: list[Problem] = []
    record = record_of(project, first, kept)
    if kept:
        raise InputError(kept)
    path = project.shown(project.out(first, ENDING)) if record else ""
    return Compared(comparison.compare(scorecard, first, record), path)


def _earlier(scorecard: Scorecard, name: str, place: Place) -> Period:
    """Return the earlier period, or raise InputError where it cannot be compared with the report's."""
    then, now = named(name, scorecard.settings.report.year_starts), scorecard.period
    hint = ""
    if not then or then.frequency is not now.frequency:
        message, hint = f"{name} is not a {now.frequency.noun}, as {now} is", "compare periods of one length"
    elif then.last >= now.last:
        message, hint = f"{then.words} is not before {now.words}", "write the earlier period first"
    elif all(each.value is None for each in scorecard.at(then)):
        message = f"{then.words} has no figures to compare with"
    else:
        return then
    raise InputError([Problem(place, "E605", message, hint)])


def lines(compared: Compared) -> Iterator[str]:
    """Yield the lines that say what changed."""
    found = compared.comparison
    yield f"{found.now.words} compared with {found.then.words}"
    yield comparison.summary(found)
    groups = {each.key: each for each in comparison.gathered(found)}
    moves = [groups.pop(key) for key in ("away", "towards") if key in groups]
    for group in groups.values():
        yield from _headed(group.title, (_moved(found, each) for each in group.movements))
    if new := comparison.appeared(found):
        number = len(found.of(Shift.APPEARED))
        yield from _headed(f"New since {found.then.words} ({number})", new)
    yield from _revised(compared)
    for group in moves:
        yield from _headed(group.title, (_moved(found, each) for each in group.movements))


def _headed(title: str, said: Iterable[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"{INDENT}{each}" for each in said)


def _revised(compared: Compared) -> Iterator[str]:
    """Yield what was revised, or why nothing can be said of it."""
    found = compared.comparison
    if not found.recorded:
        yield from _headed("Revised", [comparison.unrecorded(found.then)])
        return
    title = f"Revised since the report of {found.then.words}"
    rest = [_revision(each) for each in found.revised if not each.added]
    yield from _headed(title, rest or [f"None of the figures in {compared.record} has changed."])
    if late := comparison.supplied(found.revised):
        yield from _headed(f"Supplied since the report of {found.then.words}", [late])


def _revision(revision: Revision) -> str:
    coded = not revision.indicator or revision.indicator.coded
    called = f"{revision.code} {revision.name}" if coded else revision.name
    where = f"  [{revision.place}]" if revision.place else ""
    return f"{called}: {comparison.reworded(revision)} was {revision.then}, now {revision.now}{where}"


def _moved(found: Comparison, movement: Movement) -> str:
    """Say an indicator's outcome and figure, then and now: `CP 1.5 …: Amber to Red, 92.4% to 84.0%`."""
    then, now, indicator = movement.then, movement.now, movement.now.indicator
    called = f"{indicator.code} {indicator.alias}" if indicator.coded else indicator.alias
    outcomes = (_outcome(then), _outcome(now))
    figures = (_figure(then, found.then), _figure(now, found.now))
    pairs = (outcomes, figures) if {then.value, now.value} != {None} else (outcomes,)
    said = [" to ".join(dict.fromkeys(pair)) for pair in pairs]
    against = comparison.against(movement)
    return f"{called}: {', '.join(said)}" + (f"; against target {against}" if against else "")


def _outcome(standing: Standing) -> str:
    return f"{standing.outcome.word}{' (set by an officer)' if standing.overruled else ''}"


def _figure(standing: Standing, reported: Period) -> str:
    late = comparison.lagging(standing, reported)
    return cells.value(standing).text + (f" ({late})" if late else "")


def data(compared: Compared) -> dict[str, Any]:
    """Return the whole comparison for a program: figures as printed, shares of the target in per cent."""
    found = compared.comparison
    unmoved = [each for each in found.movements if each.gain is None]
    return {
        "then": str(found.then),
        "now": str(found.now),
        "record": compared.record or None,
        **{str(shift): [_data(each) for each in found.of(shift)] for shift in Shift},
        "no_newer_figure": [_key(each) for each in found.movements if not each.fresh and each.now.value is not None],
        "better_against_target": [_data(each) for each in found.moved(better=True)],
        "worse_against_target": [_data(each) for each in found.moved(better=False)],
        "not_compared_with_target": [_key(each) for each in unmoved],
        "revised": [
            {
                "code": each.code,
                "name": each.name,
                "what": each.what,
                "periods": [str(period) for period in each.periods],
                "then": each.then,
                "now": each.now,
                "place": str(each.place) if each.place else None,
            }
            for each in found.revised
        ],
    }


def _key(movement: Movement) -> str:
    return movement.now.indicator.code


def _data(movement: Movement) -> dict[str, Any]:
    sides = {"then": (movement.then, movement.before), "now": (movement.now, movement.after)}
    return {
        "code": _key(movement),
        "name": movement.now.indicator.alias,
        **{
            side: {
                "period": str(standing.latest),
                "value": cells.value(standing).text,
                "target": cells.target_text(standing),
                "outcome": standing.outcome.word,
                "overruled": standing.overruled,
                "against_target": None if share is None else float(round(share, 1)),
            }
            for side, (standing, share) in sides.items()
        },
    }
