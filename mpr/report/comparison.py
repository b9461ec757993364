"""What changed between two reports, for `mpr compare` and for the report's own section alike."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from mpr.load.record import Record
from mpr.load.scorecard import Scorecard
from mpr.measure.movement import Movement, Shift, movements, ranked
from mpr.measure.outcome import Outcome
from mpr.measure.period import Period
from mpr.measure.standing import Standing
from mpr.measure.words import listed, plural
from mpr.report import sentences
from mpr.report.figures import Revision, revisions

MOST = 5  # moves that are shown each way


@dataclass(frozen=True)
class Comparison:
    """Two reports side by side; `revised` is what the earlier one printed that reads otherwise now.

    `recorded` is whether there is a record of that to look it up in. `outcomes` are the council's, worst first.
    """

    then: Period
    now: Period
    movements: tuple[Movement, ...]
    revised: tuple[Revision, ...]
    recorded: bool
    outcomes: tuple[Outcome, ...]

    def of(self, shift: Shift) -> tuple[Movement, ...]:
        """Return the indicators whose outcome moved so."""
        return tuple(each for each in self.movements if each.shift is shift)

    def moved(self, *, better: bool) -> tuple[Movement, ...]:
        """Return the indicators whose figure came better, or worse, against its target, the biggest move first."""
        return ranked(self.movements, better=better)


@dataclass(frozen=True)
class Gathered:
    """Movements that are shown under one title."""

    key: str
    title: str
    movements: tuple[Movement, ...]


def compare(
    scorecard: Scorecard, then: Period, kept: Record | None, codes: Collection[str] | None = None
) -> Comparison:
    """Compare a report with the one of an earlier period, for all indicators or for those with some codes."""
    before = scorecard.at(then)
    found = movements(before, scorecard.standings, scorecard.outcomes)
    changed = revisions(scorecard, kept, before, then) if kept else ()
    return Comparison(
        then,
        scorecard.period,
        tuple(each for each in found if codes is None or each.now.indicator.code in codes),
        tuple(each for each in changed if codes is None or each.code in codes or not each.indicator),
        kept is not None,
        scorecard.outcomes,
    )


def gathered(comparison: Comparison) -> tuple[Gathered, ...]:
    """Return what is listed of a comparison: outcomes that moved, then the biggest moves; nothing without a member."""
    found = (
        Gathered("worsened", "Worsened", comparison.of(Shift.WORSENED)),
        Gathered("recovered", "Recovered", comparison.of(Shift.RECOVERED)),
        Gathered("improved", "Improved", comparison.of(Shift.IMPROVED)),
        Gathered("vanished", "No longer rated, or without a figure", comparison.of(Shift.VANISHED)),
        Gathered(
            "away", "Biggest moves for the worse, as a share of the target", comparison.moved(better=False)[:MOST]
        ),
        Gathered(
            "towards", "Biggest moves for the better, as a share of the target", comparison.moved(better=True)[:MOST]
        ),
    )
    return tuple(each for each in found if each.movements)


def summary(comparison: Comparison) -> str:
    """Say in two sentences what became of the outcomes, and how many indicators have no newer figure."""
    kinds = (
        (Shift.WORSENED, "worsened"),
        (Shift.RECOVERED, "recovered"),
        (Shift.IMPROVED, "improved"),
        (Shift.VANISHED, "went without a rating or figure"),
        (Shift.APPEARED, "had no figure or rating then"),
        (Shift.NONE, "kept the outcome"),
    )
    counted = [(len(comparison.of(shift)), word) for shift, word in kinds]
    said = [f"{number} {word}" for number, word in counted if number]
    if not said:
        return f"There is no indicator to compare with {comparison.then.words}."
    still = sum(not each.fresh and each.now.value is not None for each in comparison.movements)
    none = f" {plural(still, 'indicator')} {'has' if still == 1 else 'have'} no newer figure." if still else ""
    return f"Of {plural(len(comparison.movements), 'indicator')}, {listed(said)}.{none}"


def appeared(comparison: Comparison) -> tuple[str, ...]:
    """Say which indicators have a figure or a rating that had none, the worst outcome first."""
    new = comparison.of(Shift.APPEARED)
    by_outcome = {outcome.word: [name(each) for each in new if each.now.outcome is outcome]
                  for outcome in comparison.outcomes}  # fmt: skip
    return tuple(f"{word}: {listed(names)}." for word, names in by_outcome.items() if names)


def name(movement: Movement) -> str:
    """Return what an indicator is called in a list: its code or, without one, its alias."""
    indicator = movement.now.indicator
    return indicator.code if indicator.coded else f"‘{indicator.alias}’"


def against(movement: Movement) -> str:
    """Say how far the figures lie from their targets, then and now: `3.8% to 11.6% worse`; nothing where one cannot."""
    if movement.before is None or movement.after is None or not movement.comparable:
        return ""
    shares = [movement.before, movement.after] if movement.fresh else [movement.after]
    rule = movement.now.indicator.rule
    said = [sentences.share(abs(each), rule) if each else "on target" for each in shares]
    sides = [("better" if each > 0 else "worse") if each else "" for each in shares]
    alike = len(set(sides)) == 1
    spoken = [f"{text} {side}".rstrip() for text, side in zip(said, sides, strict=True)]
    return " to ".join([*(said if alike else spoken)[:-1], spoken[-1]])


def lagging(standing: Standing, reported: Period) -> str:
    """Return the period of a figure that is older than its report, nothing where it is not."""
    old = standing.value is not None and standing.latest.last < reported.last
    return standing.latest.short if old else ""


def reworded(revision: Revision) -> str:
    """Say what was revised: `value of April 2018`, `target of April 2017 to March 2018`, `outcome`."""
    if not revision.periods:
        return revision.what
    first, last = revision.periods[0], revision.periods[-1]
    return f"{revision.what} of {first.words}" + (f" to {last.words}" if first != last else "")


def supplied(revised: Sequence[Revision]) -> str:
    """Say where there are figures now that there were none of: `CP 2.2 (value of April 2018)`."""
    by_code = groupby((each for each in revised if each.added), key=lambda each: (each.code, each.name, each.indicator))
    said = []
    for (code, alias, indicator), found in by_code:
        called = code if indicator and indicator.coded else f"‘{alias}’"
        said.append(f"{called} ({listed([reworded(each) for each in found])})")
    return f"{listed(said)}." if said else ""


def unrecorded(then: Period) -> str:
    """Say that nothing can be said of revisions."""
    return f"There is no record of the report of {then.words}, so revisions of its figures could not be looked for."
