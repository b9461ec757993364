"""A section with a row for each indicator, in groups."""

from collections.abc import Sequence

from mpr.measure.outcome import Role
from mpr.measure.period import Frequency
from mpr.measure.standing import Standing
from mpr.measure.words import listed, lowered, plural
from mpr.report import cells, model, sentences
from mpr.report.columns import CORPORATE, EXCEPTIONS, columns, row
from mpr.report.edition import Place, noun
from mpr.report.groups import Grouped, grouped, title

UNRATED = {
    Role.NO_VALUE: "without a value",
    Role.DATA_ONLY: "for data only",
    Role.NOT_DUE: "not due",
    Role.DEFERRED: "deferred",
}
HEADED = ("outcome", "aim", "group")  # groups with a heading of their own; others are headed inside the table


def table(place: Place) -> model.Table:
    """Put a section's indicators into rows."""
    shown = columns(place)
    headed, inner = _levels(place)
    whole = [Grouped("", tuple(place.standings))] if place.standings else []
    groups = grouped(place.scorecard, place.standings, headed) if headed else whole
    mixed = " mixed" if any(each.latest.frequency is not Frequency.MONTHLY for each in place.standings) else ""
    return model.Table(
        heading=place.heading,
        introduction=place.settings.introduction or introduction(place),
        style={EXCEPTIONS: f"with-comments{mixed}", CORPORATE: ""}.get(place.settings.keys, "measured"),
        columns=shown,
        counts=() if headed == "outcome" or place.settings.who == "partnership" else _counts(place, place.standings),
        groups=tuple(_group(place, each, inner, shown) for each in groups),
    )


def _levels(place: Place) -> tuple[str, str]:
    """Return what groups have a heading and a table of their own, and what groups stand inside a table."""
    by = place.settings.group_by
    if by and by[0] not in HEADED:
        return "", by[0]
    return (*by, "", "")[0], (*by, "", "")[1]


def _counts(place: Place, standings: Sequence[Standing]) -> tuple[model.Count, ...]:
    return cells.counts(standings, place.scorecard.outcomes)


def _group(place: Place, group: Grouped, within: str, shown: tuple[model.Column, ...]) -> model.Group:
    outcome = group.outcome
    inner = list(grouped(place.scorecard, group.standings, within)) if within else [Grouped("", group.standings)]
    parts = [model.Part(each.name, tuple(row(place, one, shown) for one in each.standings)) for each in inner]
    judged = any(column.key == "rating" for column in shown)
    empty = f"No {group.name} indicators were supplied for {place.scorecard.period.words}."
    return model.Group(
        anchor=cells.anchor(place.name, outcome.key if outcome else group.name or "all"),
        label=label(place) if group.name and not outcome else "",
        title=outcome.sentence if outcome else group.name,
        count=cells.count(outcome, len(group.standings)) if outcome else None,
        priorities=group.priorities,
        counts=() if outcome or not group.name else _counts(place, group.standings),
        parts=tuple(part for part in parts if part.rows),
        notes=sentences.notes(place.name, [one for each in inner for one in each.standings]) if judged else (),
        empty="" if group.standings else empty,
    )


def label(place: Place) -> str:
    """Return what stands before a group's name: `Aim`; a group of partnership indicators has its name alone."""
    by = place.settings.group_by
    found = title(place.scorecard, by[0]) if by and by[0] != "group" else ""
    return found[:1].upper() + found[1:]


def introduction(place: Place) -> str:
    """Say who stands in a section, in a sentence with their number."""
    found, settings, period = place.standings, place.settings, noun(place.scorecard.period, place.standings)
    number = plural(len(found), "indicator")
    grouped_by = title(place.scorecard, settings.group_by[0]) if settings.group_by else ""
    by = f", by {lowered(grouped_by)}" if grouped_by else ""
    words = listed([str(each) for each in place.scorecard.outcomes if each.off_track], "or")
    off_track = f"rated {words}" if words else "off track"
    if settings.which == "exceptions":
        return f"{number}: {_outcomes(place)}." if found else f"There are no exceptions this {period}."
    if settings.which == "off track":
        return f"{number} {off_track}{by}." if found else f"No indicator is {off_track} this {period}."
    if settings.which == "in focus":
        return f"{number} in focus{by}." if found else f"No indicator is in focus this {period}."
    if settings.which == "with a figure":
        return f"{number} with a figure{by}."
    if settings.who == "partnership":
        return "Indicators that the council shares with its partners."
    kind = "corporate " if settings.who == "corporate" and place.scorecard.settings.aims else ""
    every = "All " if len(found) > 1 else ""
    return f"{every}{plural(len(found), f'{kind}indicator')} of {place.scorecard.year.words}{by}."


def _outcomes(place: Place) -> str:
    """Say how many exceptions have which outcome."""
    parts = []
    for outcome in place.scorecard.outcomes:
        number = sum(each.outcome is outcome for each in place.standings)
        rated = f"rated {outcome}" + ("" if outcome.off_track else " with a comment")
        if number:
            parts.append(f"{number} {rated if outcome.rated else UNRATED[outcome.role]}")
    return listed(parts)
