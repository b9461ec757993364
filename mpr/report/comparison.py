"""The comparison of two reports, for `mpr compare` and for the section of changes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from mpr.load.editions.record import Record
from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import format_count, join_words
from mpr.measure.movement import Movement, OutcomeShift, compare_statuses, rank_movements
from mpr.measure.outcome import Outcome
from mpr.measure.period import Period
from mpr.measure.status import IndicatorStatus
from mpr.report.printed_figures import Revision, list_revisions
from mpr.report.wording import sentences

MOST_MOVES = 5  # biggest moves listed for the better, and for the worse


@dataclass(frozen=True)
class Comparison:
    """Two reports side by side; `revisions` are the figures that the earlier one printed differently.

    Without a record of the earlier report (`has_record`), there are no revisions. `outcomes` are the council's, worst
    first.
    """

    then: Period
    now: Period
    movements: tuple[Movement, ...]
    revisions: tuple[Revision, ...]
    has_record: bool
    outcomes: tuple[Outcome, ...]

    def select_shifted(self, shift: OutcomeShift) -> tuple[Movement, ...]:
        """Return the movements whose outcome shifted in a certain way."""
        return tuple(movement for movement in self.movements if movement.shift is shift)

    def rank_moves(self, *, better: bool) -> tuple[Movement, ...]:
        """Return the movements for the better, or for the worse, against the target, the biggest first."""
        return rank_movements(self.movements, better=better)


@dataclass(frozen=True)
class MovementGroup:
    """Movements under a common title."""

    key: str
    title: str
    movements: tuple[Movement, ...]


def compare_reports(
    scorecard: Scorecard, then: Period, record: Record | None, codes: Collection[str] | None = None
) -> Comparison:
    """Compare a report with that of an earlier period, `then`, for all indicators or only for those in `codes`."""
    earlier_statuses = scorecard.compute_statuses(then)
    all_movements = compare_statuses(earlier_statuses, scorecard.statuses, scorecard.outcomes)
    all_revisions = list_revisions(scorecard, record, earlier_statuses, then) if record else ()
    return Comparison(
        then,
        scorecard.period,
        tuple(movement for movement in all_movements if codes is None or movement.later.indicator.code in codes),
        tuple(
            revision for revision in all_revisions if codes is None or revision.code in codes or not revision.indicator
        ),
        record is not None,
        scorecard.outcomes,
    )


def group_movements(comparison: Comparison) -> tuple[MovementGroup, ...]:
    """Return the lists of a comparison: shifts of outcomes, then the biggest moves; empty lists are left out."""
    groups = (
        MovementGroup("worsened", "Worsened", comparison.select_shifted(OutcomeShift.WORSENED)),
        MovementGroup("recovered", "Recovered", comparison.select_shifted(OutcomeShift.RECOVERED)),
        MovementGroup("improved", "Improved", comparison.select_shifted(OutcomeShift.IMPROVED)),
        MovementGroup(
            "vanished", "No longer rated, or without a figure", comparison.select_shifted(OutcomeShift.VANISHED)
        ),
        MovementGroup(
            "away",
            "Biggest moves for the worse, as a share of the target",
            comparison.rank_moves(better=False)[:MOST_MOVES],
        ),
        MovementGroup(
            "towards",
            "Biggest moves for the better, as a share of the target",
            comparison.rank_moves(better=True)[:MOST_MOVES],
        ),
    )
    return tuple(group for group in groups if group.movements)


def summarise(comparison: Comparison) -> str:
    """Say in two sentences how outcomes changed, and how many indicators have no newer figure."""
    kinds = (
        (OutcomeShift.WORSENED, "worsened"),
        (OutcomeShift.RECOVERED, "recovered"),
        (OutcomeShift.IMPROVED, "improved"),
        (OutcomeShift.VANISHED, "went without a rating or figure"),
        (OutcomeShift.APPEARED, "had no figure or rating then"),
        (OutcomeShift.NONE, "kept the outcome"),
    )
    counts = [(len(comparison.select_shifted(shift)), word) for shift, word in kinds]
    parts = [f"{number} {word}" for number, word in counts if number]
    if not parts:
        return f"There is no indicator to compare with {comparison.then.full_name}."
    unchanged = sum(
        not movement.has_newer_figure and movement.later.value is not None for movement in comparison.movements
    )
    unchanged_sentence = (
        f" {format_count(unchanged, 'indicator')} {'has' if unchanged == 1 else 'have'} no newer figure."
        if unchanged
        else ""
    )
    return f"Of {format_count(len(comparison.movements), 'indicator')}, {join_words(parts)}.{unchanged_sentence}"


def describe_appeared(comparison: Comparison) -> tuple[str, ...]:
    """Say which indicators had no figure or rating in the earlier report, by outcome, the worst first."""
    appeared = comparison.select_shifted(OutcomeShift.APPEARED)
    by_outcome = {outcome.word: [format_name(movement) for movement in appeared if movement.later.outcome is outcome]
                  for outcome in comparison.outcomes}  # fmt: skip
    return tuple(f"{word}: {join_words(names)}." for word, names in by_outcome.items() if names)


def format_name(movement: Movement) -> str:
    """Return the code of a movement's indicator or, without one, its alias in quotation marks."""
    indicator = movement.later.indicator
    return indicator.code if indicator.has_code else f"‘{indicator.alias}’"


def describe_against_target(movement: Movement) -> str:
    """Say how far the figures were and are from their targets: `3.8% to 11.6% worse`; nothing if not comparable."""
    if movement.earlier_margin is None or movement.later_margin is None or not movement.is_comparable:
        return ""
    shares = [movement.earlier_margin, movement.later_margin] if movement.has_newer_figure else [movement.later_margin]
    rule = movement.later.indicator.rule
    texts = [sentences.format_share(abs(share), rule) if share else "on target" for share in shares]
    sides = [("better" if share > 0 else "worse") if share else "" for share in shares]
    is_one_side = len(set(sides)) == 1
    texts_with_sides = [f"{text} {side}".rstrip() for text, side in zip(texts, sides, strict=True)]
    return " to ".join([*(texts if is_one_side else texts_with_sides)[:-1], texts_with_sides[-1]])


def format_lagging_period(status: IndicatorStatus, reported: Period) -> str:
    """Return the period of a figure that is older than its report, nothing for any other."""
    is_older = status.value is not None and status.latest_period.last < reported.last
    return status.latest_period.short_name if is_older else ""


def describe_revision(revision: Revision) -> str:
    """Name the subject of a revision: `value of April 2018`, `target of April 2017 to March 2018`, `outcome`."""
    if not revision.periods:
        return revision.subject
    first, last = revision.periods[0], revision.periods[-1]
    return f"{revision.subject} of {first.full_name}" + (f" to {last.full_name}" if first != last else "")


def describe_supplied(revisions: Sequence[Revision]) -> str:
    """List the figures that the earlier report did not have: `CP 2.2 (value of April 2018)`."""
    by_code = groupby(
        (revision for revision in revisions if revision.added),
        key=lambda revision: (revision.code, revision.name, revision.indicator),
    )
    parts = []
    for (code, alias, indicator), group in by_code:
        name = code if indicator and indicator.has_code else f"‘{alias}’"
        parts.append(f"{name} ({join_words([describe_revision(revision) for revision in group])})")
    return f"{join_words(parts)}." if parts else ""


def describe_missing_record(then: Period) -> str:
    """Say that revisions cannot be found without a record."""
    return f"There is no record of the report of {then.full_name}, so revisions of its figures could not be looked for."
