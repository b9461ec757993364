"""A section with a row for each indicator, in groups."""

from collections.abc import Sequence
from operator import eq

from mpr.load.sections import HEADED
from mpr.measure.outcome import Role
from mpr.measure.period import Frequency
from mpr.measure.standing import Standing
from mpr.measure.words import listed, lowered, plural
from mpr.report import cells, model, sentences
from mpr.report.columns import CORPORATE, EXCEPTIONS, columns, row
from mpr.report.context import Context
from mpr.report.groups import Grouped, grouped, title

MANY = 2  # indicators, from which on one says "all"
UNRATED = {
    Role.NO_VALUE: "without a value",
    Role.DATA_ONLY: "for data only",
    Role.NOT_DUE: "not due",
    Role.DEFERRED: "deferred",
}


def table(context: Context) -> model.Table:
    """Put a section's indicators into rows."""
    shown = context.scorecard.kept.same(("columns", context.name), columns(context), eq)
    headed, inner = _levels(context)
    whole = [Grouped("", tuple(context.standings))] if context.standings else []
    groups = grouped(context.scorecard, context.standings, headed) if headed else whole
    mixed = " mixed" if any(each.latest.frequency is not Frequency.MONTHLY for each in context.standings) else ""
    return model.Table(
        heading=context.heading,
        introduction=context.settings.introduction or introduction(context),
        style={EXCEPTIONS: f"with-comments{mixed}", CORPORATE: ""}.get(context.settings.keys, "measured"),
        columns=shown,
        counts=()
        if headed == "outcome" or context.settings.who == "partnership"
        else _counts(context, context.standings),
        groups=tuple(_group(context, each, inner, shown) for each in groups),
    )


def _levels(context: Context) -> tuple[str, str]:
    """Return what groups have a heading and a table of their own, and what groups stand inside a table."""
    by = context.settings.group_by
    if by and by[0] not in HEADED:
        return "", by[0]
    return (*by, "", "")[0], (*by, "", "")[1]


def _counts(context: Context, standings: Sequence[Standing]) -> tuple[model.Count, ...]:
    return cells.counts(standings, context.scorecard.outcomes)


def _group(context: Context, group: Grouped, within: str, shown: tuple[model.Column, ...]) -> model.Group:
    outcome, kept = group.outcome, context.scorecard.kept
    inner = list(grouped(context.scorecard, group.standings, within)) if within else [Grouped("", group.standings)]
    parts = [model.Part(each.name, tuple(kept.of(row, context.alone(one)) for one in each.standings)) for each in inner]
    judged = any(column.key == "rating" for column in shown)
    empty = f"No {group.name} indicators were supplied for {context.scorecard.period.words}."
    count = cells.count(outcome, len(group.standings)) if outcome else None
    return model.Group(
        anchor=cells.anchor(context.name, outcome.key if outcome else group.name or "all"),
        label=label(context) if group.name and not outcome else "",
        title=outcome.sentence if outcome else group.name,
        caption=f"{outcome.sentence}: {count.words}" if count and outcome else group.name or context.settings.title,
        count=count,
        priorities=group.priorities,
        counts=() if outcome or not group.name else _counts(context, group.standings),
        parts=tuple(part for part in parts if part.rows),
        notes=sentences.notes(context.name, [one for each in inner for one in each.standings]) if judged else (),
        empty="" if group.standings else empty,
    )


def label(context: Context) -> str:
    """Return what stands before a group's name: `Aim`; a group of partnership indicators has its name alone."""
    by = context.settings.group_by
    found = title(context.scorecard, by[0]) if by and by[0] != "group" else ""
    return found[:1].upper() + found[1:]


def introduction(context: Context) -> str:
    """Say who stands in a section, in a sentence with their number."""
    found, settings, scorecard = context.standings, context.settings, context.scorecard
    period = scorecard.period.frequency.noun
    by = settings.group_by[0] if settings.group_by else ""
    named = any(group.name for group in grouped(scorecard, found, by)) if by else False
    grouped_by = f", by {lowered(title(scorecard, by))}" if named else ""
    number = plural(len(found), "indicator")
    words = listed([str(each) for each in scorecard.outcomes if each.off_track], "or")
    off_track = f"rated {words}" if words else "off track"
    kinds = {
        "exceptions": (f"{number}: {_outcomes(context)}.", "There are no exceptions"),
        "off track": (f"{number} {off_track}{grouped_by}.", f"No indicator is {off_track}"),
        "in focus": (f"{number} in focus{grouped_by}.", "No indicator is in focus"),
        "with a figure": (f"{number} with a figure{grouped_by}.", "No indicator has a figure"),
    }
    if settings.which in kinds:
        said, none = kinds[settings.which]
        return said if found else f"{none}{_among(context)} this {period}."
    if settings.who == "partnership":
        return "Indicators that the council shares with its partners."
    if settings.only or len(found) < MANY:
        return f"{number}{grouped_by}."
    kind = "corporate " if settings.who == "corporate" and scorecard.settings.aims else ""
    whose = f"{scorecard.pack.words} in {scorecard.year.words}" if scorecard.pack else scorecard.year.words
    return f"All {plural(len(found), f'{kind}indicator')} of {whose}{grouped_by}."


def _among(context: Context) -> str:
    """Say of whom it is said that there is none, where it is not of all."""
    settings, indicators = context.settings, context.scorecard.indicators
    if context.scorecard.pack:
        return f" among those of {context.scorecard.pack.words}"
    if settings.only:
        return " among these indicators"
    if settings.who == "all" or not any(each.group for each in indicators):
        return ""
    return f" among the {settings.who} indicators"


def _outcomes(context: Context) -> str:
    """Say how many exceptions have which outcome."""
    parts = []
    for outcome in context.scorecard.outcomes:
        number = sum(each.outcome is outcome for each in context.standings)
        rated = f"rated {outcome}" + ("" if outcome.off_track else " with a comment")
        if number:
            parts.append(f"{number} {rated if outcome.rated else UNRATED[outcome.role]}")
    return listed(parts)
