"""The key: every column and symbol that this edition uses, and no other."""

from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Outcome
from mpr.measure.rating import Change
from mpr.measure.words import figure
from mpr.report import cells, model

CHANGES = {
    Change.BETTER: "Performance is better than in the same month last year",
    Change.WORSE: "Performance is worse than in the same month last year",
    Change.SAME: "Performance is the same as in the same month last year",
}
SYMBOLS = {
    "[x]": "Not available: the figure has not been supplied, or there is none for the same month last year",
    "[z]": "Not applicable: no figure is due",
    cells.PROXY: "A stand-in for a figure that is not available yet",
}
JUDGED = ("† judged", "An officer set the outcome in place of what the rule alone says; a note gives the reason")


def key(
    scorecard: Scorecard, exceptions: model.Exceptions, corporate: model.Corporate, detail: model.Detail
) -> model.Key:
    """Explain what stands in the tables of these sections."""
    columns = {column.key: column for column in (*exceptions.columns, *corporate.columns)}
    rows = [row for aim in corporate.aims for row in aim.rows]
    ratings = {row.rating.kind for row in rows}
    changes = {row.change.kind: row.change for row in rows}
    used = set(_symbols(rows, detail))
    symbols = [(text, meaning) for text, meaning in SYMBOLS.items() if text in used]
    return model.Key(
        columns=tuple(columns.values()),
        ratings=tuple((cells.RATINGS[each], _meaning(each, scorecard)) for each in cells.RATINGS if each in ratings),
        changes=tuple(model.Change(each, cells.CHANGES[each], CHANGES[each]) for each in CHANGES if each in changes),
        symbols=(*symbols, *([JUDGED] if any(row.rating.overruling for row in rows) else [])),
        rule=_rule(scorecard),
    )


def _symbols(rows: list[model.Row], detail: model.Detail) -> Iterator[str]:
    """Yield the texts and marks of all figures, and the words of all changes."""
    histories = [block.history for aim in detail.aims for block in aim.blocks if block.history]
    figures = [each for row in rows for each in (row.value, row.target, row.annual)]
    periods = [cell for history in histories for line in history.rows for cell in line.cells]
    figures += [each for cell in periods for each in (cell.value, cell.target)]
    for each in figures:
        yield from (each.text, each.mark)
    for row in rows:
        yield row.change.word


def _meaning(outcome: Outcome, scorecard: Scorecard) -> str:
    """Say what an outcome means; the words are the model report's own."""
    end = scorecard.year.months[-1].words
    more = f", but still expected to meet the year-end target ({end})" if outcome is Outcome.AMBER else ""
    return cells.RATINGS[outcome].sentence + more


def _rule(scorecard: Scorecard) -> str:
    """Say how the rule proposes an outcome, and whose tolerance is their own."""
    tolerance = scorecard.settings.rating.tolerance
    general = figure(tolerance, None, percent=True)
    own = [each for each in scorecard.indicators if each.tolerance != tolerance]
    others = "".join(f" For {each.code} the tolerance is {figure(each.tolerance, None, percent=True)}." for each in own)
    return (
        "The rule rates the latest figure, as printed, against that month’s target: met is green; missed by up to "
        f"{general} of the target is amber; missed by more is red.{others} The outcome is a judgement about the "
        "year end, so an officer may set another, with the reason. In a history, the outcome of an earlier month is "
        "what the rule says of that month’s figure."
    )
