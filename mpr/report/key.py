"""The key: every column and symbol that this edition uses, and no other."""

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
HISTORY = model.Column(
    "history",
    "Value, target, outcome",
    "In a history: the month’s figure, its target and what the rule, or an officer, said of it",
)
JUDGED = ("†", "An officer set the outcome in place of what the rule alone says; a note gives the reason")


def key(
    scorecard: Scorecard, exceptions: model.Exceptions, corporate: model.Corporate, detail: model.Detail
) -> model.Key:
    """Explain what stands in the tables of these sections."""
    columns = {each.key: each for each in (*(exceptions.columns if exceptions.groups else ()), *corporate.columns)}
    rows = [row for aim in corporate.aims for row in aim.rows]
    histories = [block.history for aim in detail.aims for block in aim.blocks if block.history]
    periods = [cell for history in histories for line in history.rows for cell in line.cells]
    ratings = [row.rating for row in rows] + [cell.rating for cell in periods if cell.rating]
    changes = {row.change.kind for row in rows}
    figures = [each for row in rows for each in (row.value, row.target, row.annual)]
    figures += [each for cell in periods for each in (cell.value, cell.target)]
    used = {text for each in figures for text in (each.text, each.mark)} | {row.change.word for row in rows}
    symbols = [(text, meaning) for text, meaning in SYMBOLS.items() if text in used]
    outcomes = [each for each, rating in cells.RATINGS.items() if rating.kind in {found.kind for found in ratings}]
    return model.Key(
        columns=(*columns.values(), *([HISTORY] if histories else [])),
        ratings=tuple((cells.RATINGS[each], _meaning(each, scorecard)) for each in outcomes),
        changes=tuple(model.Change(each, cells.CHANGES[each], CHANGES[each]) for each in CHANGES if each in changes),
        symbols=(*symbols, *([JUDGED] if any(rating.overruling for rating in ratings) else [])),
        rule=_rule(scorecard),
    )


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
        "year end, so an officer may set another, with the reason."
    )
