"""The key: every column and symbol that this edition uses, and no other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mpr.kept import Same
from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Indicator, MeasureKind
from mpr.measure.outcome import Outcome
from mpr.measure.rating import Change
from mpr.measure.words import listed
from mpr.report import cells, model, sentences
from mpr.report.context import noun
from mpr.report.data import REVISED, Figure

FULL = 14  # columns, from which on they have no room on a page as they are
CHANGES = {
    Change.BETTER: "Performance is better than in the same {noun} last year",
    Change.WORSE: "Performance is worse than in the same {noun} last year",
    Change.SAME: "Performance is the same as in the same {noun} last year",
}
SYMBOLS = {
    "[x]": "Not available: the figure has not been supplied, or there is none for the same {noun} last year",
    "[z]": "Not applicable: no figure is due",
    REVISED: "Revised: another figure was first published; Revisions, the last section, has both",
    cells.PROXY: "A stand-in for a figure that is not available yet",
}
HISTORY = "In a history: the {noun}’s figure, its target and what the rule, or an officer, said of it"
COMPUTED = "; a quarter without a figure of its own has what its months make"
MEASURES = {  # what the name's aside says, where that is not plain of itself
    MeasureKind.COUNT: ("Count", "A number of the period alone; the numbers of its months add up to a quarter's"),
    MeasureKind.RATE: ("Rate", "A percentage or rate of the period alone, not of the year so far"),
}
ARREARS = ("In arrears", "The figure comes later than its period, by its nature")
WAITING = ("Not due", "The indicator has no new figure in this report; the latest one stands")
TARGETLESS = ", or no target is set"
JUDGED = ("†", "An officer set the outcome in place of what the rule alone says; a note gives the reason")


@dataclass(frozen=True)
class _Signs:
    """What of a row or block is to be explained: ratings, kinds of changes, the texts of these and of figures."""

    ratings: frozenset[model.Rating]
    changes: frozenset[str]
    texts: frozenset[str]


def key(scorecard: Scorecard, sections: Sequence[model.Section]) -> model.Key:
    """Explain what stands in the tables and blocks of some sections."""
    tables = [each for each in sections if isinstance(each, model.Table)]
    period = noun(scorecard.period, scorecard.standings)
    columns = {each.title: each for table in tables if table.rows for each in table.columns if each.meaning}
    blocks = [block for each in sections if isinstance(each, model.Detail) for block in each.blocks]
    histories = [block.history for block in blocks if block.history]
    computed = COMPUTED if any(each.computed for each in histories) else ""
    history = model.Column(
        "history", "history", "text", "Value, target, outcome", HISTORY.format(noun=period) + computed
    )
    kept = scorecard.kept
    signs = [kept.of(_in_row, Same(row)) for table in tables for row in table.rows]
    signs += [kept.of(_in_block, Same(block)) for block in blocks]
    rated = {rating for each in signs for rating in each.ratings}
    rated |= {count.rating for table in tables for count in table.counts}
    changes = {kind for each in signs for kind in each.changes}
    used = {text for each in signs for text in each.texts}
    targetless = TARGETLESS if any(not each.targets for each in scorecard.indicators) else ""
    meanings = {**SYMBOLS, "[z]": SYMBOLS["[z]"] + targetless}
    symbols = [(text, meaning.format(noun=period)) for text, meaning in meanings.items() if text in used]
    symbols += asides(scorecard)
    return model.Key(
        dense=len(columns) >= FULL,
        columns=(*columns.values(), *([history] if any(each.rows for each in histories) else [])),
        ratings=tuple(
            (cells.plain(each), meaning(each, scorecard))
            for each in scorecard.outcomes
            if each.key in {found.kind for found in rated}
        ),
        changes=tuple(
            model.Change(each, cells.CHANGES[each], CHANGES[each].format(noun=period))
            for each in CHANGES
            if each in changes
        ),
        symbols=(*symbols, *([JUDGED] if any(rating.overruling for rating in rated) else [])),
        rules=tuple(rules(scorecard)),
    )


def asides(scorecard: Scorecard) -> Iterator[tuple[str, str]]:
    """Yield what stands beside names and periods and is not plain of itself."""
    kinds = {each.measure for each in scorecard.indicators}
    yield from (said for kind, said in MEASURES.items() if kind in kinds)
    if any(each.arrears for each in scorecard.indicators):
        yield ARREARS
    if any(not each.due for each in scorecard.standings):
        yield WAITING


def _rule(alone: Scorecard) -> str:
    [indicator] = alone.indicators
    return sentences.in_general(indicator)


def _in_row(row: Same[model.Row]) -> _Signs:
    return _signs(row.it.cells)


def _in_block(block: Same[model.Block]) -> _Signs:
    history = block.it.history
    found = [cell for line in history.rows for cell in line.cells] if history else []
    ratings = [block.it.rating, *(cell.rating for cell in found)]
    figures = [figure for cell in found for figure in (cell.value, cell.target)]
    return _signs([*figures, *(model.Judged(each, "") for each in ratings if each)])


def _signs(contents: Sequence[model.Content]) -> _Signs:
    figures = [each for each in contents if isinstance(each, Figure)]
    changes = {each.kind: each.word for each in contents if isinstance(each, model.Change)}
    return _Signs(
        frozenset(each.rating for each in contents if isinstance(each, model.Judged)),
        frozenset(changes),
        frozenset([*changes.values(), *(text for each in figures for text in (each.text, *each.mark.split()))]),
    )


def meaning(outcome: Outcome, scorecard: Scorecard) -> str:
    """Say what an outcome means: all of it, where the council's vocabulary says more than its sentence."""
    return (outcome.meaning or outcome.sentence).replace("{end}", scorecard.year.last.words)


def rules(scorecard: Scorecard) -> Iterator[str]:
    """Say how outcomes come about: the rule of most indicators, and whose rule is their own."""
    by_rule: dict[str, list[Indicator]] = {}
    for alone in scorecard.alone.values():
        by_rule.setdefault(scorecard.kept.of(_rule, alone), []).append(*alone.indicators)
    general = max(by_rule, key=lambda rule: len(by_rule[rule]))
    period = noun(scorecard.period, scorecard.standings)
    against = f"The rule rates the latest figure, as printed, against that {period}’s target: "
    measured = any(step.below for step in by_rule[general][0].rule.steps)
    yield f"{against}{general}." if measured else f"{general[:1].upper()}{general[1:]}."
    for rule, indicators in by_rule.items():
        if rule != general:
            names = listed([each.code if each.coded else f"‘{each.alias}’" for each in indicators])
            yield f"For {names}: {rule}."
    if any(each.rule.steps for each in scorecard.indicators):
        yield "The outcome is a judgement about the year end, so an officer may set another, with the reason."
