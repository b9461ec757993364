"""The key: the explanation of every column and symbol in this edition, and of no other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import join_words
from mpr.measure.indicator import Indicator, MeasureKind
from mpr.measure.outcome import Outcome
from mpr.measure.rating import DirectionOfTravel
from mpr.memo import IdentityKey
from mpr.report.model import report as model
from mpr.report.model.open_data import REVISED_MARK, PrintedFigure
from mpr.report.sections.context import select_period_noun
from mpr.report.wording import cells, sentences

DENSE_COLUMNS = 14  # from this number of columns on, the key is set closer to fit on its page
CHANGE_MEANINGS = {
    DirectionOfTravel.BETTER: "Performance is better than in the same {noun} last year",
    DirectionOfTravel.WORSE: "Performance is worse than in the same {noun} last year",
    DirectionOfTravel.SAME: "Performance is the same as in the same {noun} last year",
}
SYMBOL_MEANINGS = {
    "[x]": "Not available: the figure has not been supplied, or there is none for the same {noun} last year",
    "[z]": "Not applicable: no figure is due",
    REVISED_MARK: "Revised: another figure was first published; Revisions, the last section, has both",
    cells.PROXY: "A stand-in for a figure that is not available yet",
}
HISTORY_MEANING = "In a history: the {noun}’s figure, its target and what the rule, or an officer, said of it"
COMPUTED_QUARTERS = "; a quarter without a figure of its own has what its months make"
MEASURE_MEANINGS = {  # asides of names that need an explanation
    MeasureKind.COUNT: ("Count", "A number of the period alone; the numbers of its months add up to a quarter's"),
    MeasureKind.RATE: ("Rate", "A percentage or rate of the period alone, not of the year so far"),
}
IN_ARREARS = ("In arrears", "The figure comes later than its period, by its nature")
NOT_DUE = ("Not due", "The indicator has no new figure in this report; the latest one stands")
NO_TARGET = ", or no target is set"
OVERRULED = ("†", "An officer set the outcome in place of what the rule alone says; a note gives the reason")


@dataclass(frozen=True)
class _UsedSymbols:
    """The ratings, kinds of changes and texts in a row or block that the key may have to explain."""

    ratings: frozenset[model.Rating]
    changes: frozenset[str]
    texts: frozenset[str]


def build_key(scorecard: Scorecard, sections: Sequence[model.Section]) -> model.Key:
    """Return the key to the tables and blocks of some sections."""
    tables = [section for section in sections if isinstance(section, model.Table)]
    period_noun = select_period_noun(scorecard.period, scorecard.statuses)
    columns = {column.title: column for table in tables if table.rows for column in table.columns if column.meaning}
    blocks = [block for section in sections if isinstance(section, model.Detail) for block in section.blocks]
    histories = [block.history for block in blocks if block.history]
    computed_note = COMPUTED_QUARTERS if any(history.computed for history in histories) else ""
    history_column = model.Column(
        "history", "history", "text", "Value, target, outcome", HISTORY_MEANING.format(noun=period_noun) + computed_note
    )
    memo = scorecard.memo
    used_symbols = [memo.get(_collect_from_row, IdentityKey(row)) for table in tables for row in table.rows]
    used_symbols += [memo.get(_collect_from_block, IdentityKey(block)) for block in blocks]
    ratings = {rating for used in used_symbols for rating in used.ratings}
    ratings |= {count.rating for table in tables for count in table.counts}
    changes = {kind for used in used_symbols for kind in used.changes}
    used_texts = {text for used in used_symbols for text in used.texts}
    target_note = NO_TARGET if any(not indicator.targets for indicator in scorecard.indicators) else ""
    meanings = {**SYMBOL_MEANINGS, "[z]": SYMBOL_MEANINGS["[z]"] + target_note}
    symbols = [(text, meaning.format(noun=period_noun)) for text, meaning in meanings.items() if text in used_texts]
    symbols += iter_asides(scorecard)
    return model.Key(
        dense=len(columns) >= DENSE_COLUMNS,
        columns=(*columns.values(), *([history_column] if any(history.rows for history in histories) else [])),
        ratings=tuple(
            (cells.build_plain_rating(outcome), describe_outcome(outcome, scorecard))
            for outcome in scorecard.outcomes
            if outcome.key in {rating.kind for rating in ratings}
        ),
        changes=tuple(
            model.Change(kind, cells.CHANGE_WORDS[kind], CHANGE_MEANINGS[kind].format(noun=period_noun))
            for kind in CHANGE_MEANINGS
            if kind in changes
        ),
        symbols=(*symbols, *([OVERRULED] if any(rating.overruling for rating in ratings) else [])),
        rules=tuple(describe_rules(scorecard)),
    )


def iter_asides(scorecard: Scorecard) -> Iterator[tuple[str, str]]:
    """Yield each aside of a name or period that needs an explanation, with its meaning."""
    kinds = {indicator.measure_kind for indicator in scorecard.indicators}
    yield from (explanation for kind, explanation in MEASURE_MEANINGS.items() if kind in kinds)
    if any(indicator.in_arrears for indicator in scorecard.indicators):
        yield IN_ARREARS
    if any(not status.is_due for status in scorecard.statuses):
        yield NOT_DUE


def _describe_rule(scorecard: Scorecard) -> str:
    [indicator] = scorecard.indicators
    return sentences.describe_general_rule(indicator)


def _collect_from_row(row: IdentityKey[model.Row]) -> _UsedSymbols:
    return _collect_symbols(row.value.cells)


def _collect_from_block(block: IdentityKey[model.Block]) -> _UsedSymbols:
    history = block.value.history
    history_cells = [cell for history_row in history.rows for cell in history_row.cells] if history else []
    ratings = [block.value.rating, *(cell.rating for cell in history_cells)]
    figures = [figure for cell in history_cells for figure in (cell.value, cell.target)]
    return _collect_symbols([*figures, *(model.RatingCell(rating, "") for rating in ratings if rating)])


def _collect_symbols(contents: Sequence[model.Content]) -> _UsedSymbols:
    figures = [content for content in contents if isinstance(content, PrintedFigure)]
    changes = {content.kind: content.word for content in contents if isinstance(content, model.Change)}
    return _UsedSymbols(
        frozenset(content.rating for content in contents if isinstance(content, model.RatingCell)),
        frozenset(changes),
        frozenset([*changes.values(), *(text for figure in figures for text in (figure.text, *figure.mark.split()))]),
    )


def describe_outcome(outcome: Outcome, scorecard: Scorecard) -> str:
    """Return the meaning of an outcome, or its sentence if the council gives no meaning."""
    return (outcome.meaning or outcome.sentence).replace("{end}", scorecard.year.last.full_name)


def describe_rules(scorecard: Scorecard) -> Iterator[str]:
    """Yield sentences on how outcomes are rated: the rule of most indicators, then each exception."""
    by_rule: dict[str, list[Indicator]] = {}
    for indicator_scorecard in scorecard.per_indicator.values():
        by_rule.setdefault(scorecard.memo.get(_describe_rule, indicator_scorecard), []).append(
            *indicator_scorecard.indicators
        )
    general_rule = max(by_rule, key=lambda rule: len(by_rule[rule]))
    period_noun = select_period_noun(scorecard.period, scorecard.statuses)
    opening = f"The rule rates the latest figure, as printed, against that {period_noun}’s target: "
    is_measured = any(step.below for step in by_rule[general_rule][0].rule.steps)
    yield f"{opening}{general_rule}." if is_measured else f"{general_rule[:1].upper()}{general_rule[1:]}."
    for rule, indicators in by_rule.items():
        if rule != general_rule:
            names = join_words(
                [indicator.code if indicator.has_code else f"‘{indicator.alias}’" for indicator in indicators]
            )
            yield f"For {names}: {rule}."
    if any(indicator.rule.steps for indicator in scorecard.indicators):
        yield "The outcome is a judgement about the year end, so an officer may set another, with the reason."
