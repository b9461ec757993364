"""A section with a row for each indicator, in groups."""

from collections.abc import Sequence
from operator import eq

from mpr.load.config.sections import HEADED_GROUPINGS
from mpr.measure.formatting import format_count, join_words, lower_first_letter
from mpr.measure.outcome import Role
from mpr.measure.period import Frequency
from mpr.measure.status import IndicatorStatus
from mpr.report.model import report as model
from mpr.report.sections.columns import WITH_COMMENTS, build_columns, build_row, choose_table_style
from mpr.report.sections.context import SectionContext
from mpr.report.sections.grouping import IndicatorGroup, format_grouping_title, group_statuses
from mpr.report.wording import cells, sentences

FEWEST_FOR_ALL = 2  # with fewer indicators than this, the introduction does not say "all"
UNRATED_WORDS = {
    Role.NO_VALUE: "without a value",
    Role.DATA_ONLY: "for data only",
    Role.NOT_DUE: "not due",
    Role.DEFERRED: "deferred",
}


def build_table(context: SectionContext) -> model.Table:
    """Return a section's indicators as rows, in groups."""
    section_columns = context.scorecard.memo.reuse(("columns", context.name), build_columns(context), eq)
    table_key, inner_key = _split_grouping(context)
    ungrouped = [IndicatorGroup("", tuple(context.statuses))] if context.statuses else []
    groups = group_statuses(context.scorecard, context.statuses, table_key) if table_key else ungrouped
    return model.Table(
        heading=context.heading,
        introduction=context.settings.introduction or describe_section(context),
        style=_choose_style(context),
        columns=section_columns,
        counts=()
        if table_key == "outcome" or context.settings.who == "partnership"
        else _count_outcomes(context, context.statuses),
        groups=tuple(_build_group(context, group, inner_key, section_columns) for group in groups),
    )


def _choose_style(context: SectionContext) -> str:
    """Return the style of the section's tables; with comments, the names of longer periods need wider columns."""
    style = choose_table_style(context.settings.column_keys)
    is_mixed = any(status.latest_period.frequency is not Frequency.MONTHLY for status in context.statuses)
    return f"{style} mixed" if style == WITH_COMMENTS and is_mixed else style


def _split_grouping(context: SectionContext) -> tuple[str, str]:
    """Return the keys of the outer groups, each with a heading and a table, and of groups in a table; "" if none."""
    keys = context.settings.group_by
    if keys and keys[0] not in HEADED_GROUPINGS:
        return "", keys[0]
    return (*keys, "", "")[0], (*keys, "", "")[1]


def _count_outcomes(context: SectionContext, statuses: Sequence[IndicatorStatus]) -> tuple[model.Count, ...]:
    return cells.count_outcomes(statuses, context.scorecard.outcomes)


def _build_group(
    context: SectionContext, group: IndicatorGroup, inner_key: str, section_columns: tuple[model.Column, ...]
) -> model.Group:
    outcome, memo = group.outcome, context.scorecard.memo
    inner_groups = (
        list(group_statuses(context.scorecard, group.statuses, inner_key))
        if inner_key
        else [IndicatorGroup("", group.statuses)]
    )
    parts = [
        model.RowGroup(
            inner_group.name, tuple(memo.get(build_row, context.restrict_to(status)) for status in inner_group.statuses)
        )
        for inner_group in inner_groups
    ]
    has_ratings = any(column.key == "rating" for column in section_columns)
    empty = f"No {group.name} indicators were supplied for {context.scorecard.period.full_name}."
    count = cells.build_count(outcome, len(group.statuses)) if outcome else None
    return model.Group(
        anchor=cells.make_anchor(context.name, outcome.key if outcome else group.name or "all"),
        label=format_group_label(context) if group.name and not outcome else "",
        title=outcome.sentence if outcome else group.name,
        caption=f"{outcome.sentence}: {count.words}" if count and outcome else group.name or context.settings.title,
        count=count,
        priorities=group.priorities,
        counts=() if outcome or not group.name else _count_outcomes(context, group.statuses),
        parts=tuple(part for part in parts if part.rows),
        notes=sentences.build_notes(
            context.name, [status for inner_group in inner_groups for status in inner_group.statuses]
        )
        if has_ratings
        else (),
        empty="" if group.statuses else empty,
    )


def format_group_label(context: SectionContext) -> str:
    """Return the word before a group's name: `Aim`; nothing for a group of partnership indicators."""
    keys = context.settings.group_by
    group_title = format_grouping_title(context.scorecard, keys[0]) if keys and keys[0] != "group" else ""
    return group_title[:1].upper() + group_title[1:]


def describe_section(context: SectionContext) -> str:
    """Say in a sentence which indicators a section has, and how many."""
    statuses, settings, scorecard = context.statuses, context.settings, context.scorecard
    period = scorecard.period.frequency.noun
    grouping = settings.group_by[0] if settings.group_by else ""
    has_named_groups = any(group.name for group in group_statuses(scorecard, statuses, grouping)) if grouping else False
    grouped_by = f", by {lower_first_letter(format_grouping_title(scorecard, grouping))}" if has_named_groups else ""
    counted = format_count(len(statuses), "indicator")
    outcome_words = join_words([str(outcome) for outcome in scorecard.outcomes if outcome.off_track], "or")
    off_track = f"rated {outcome_words}" if outcome_words else "off track"
    kinds = {
        "exceptions": (f"{counted}: {_describe_outcomes(context)}.", "There are no exceptions"),
        "off track": (f"{counted} {off_track}{grouped_by}.", f"No indicator is {off_track}"),
        "in focus": (f"{counted} in focus{grouped_by}.", "No indicator is in focus"),
        "with a figure": (f"{counted} with a figure{grouped_by}.", "No indicator has a figure"),
    }
    if settings.which in kinds:
        some, none = kinds[settings.which]
        return some if statuses else f"{none}{_describe_population(context)} this {period}."
    if settings.who == "partnership":
        return "Indicators that the council shares with its partners."
    if settings.only or len(statuses) < FEWEST_FOR_ALL:
        return f"{counted}{grouped_by}."
    kind = "corporate " if settings.who == "corporate" and scorecard.settings.aims else ""
    whose = f"{scorecard.scope.phrase} in {scorecard.year.full_name}" if scorecard.scope else scorecard.year.full_name
    return f"All {format_count(len(statuses), f'{kind}indicator')} of {whose}{grouped_by}."


def _describe_population(context: SectionContext) -> str:
    """Return the phrase for the indicators that a section chooses from, if they are not all: ` among …`."""
    settings, indicators = context.settings, context.scorecard.indicators
    if context.scorecard.scope:
        return f" among those of {context.scorecard.scope.phrase}"
    if settings.only:
        return " among these indicators"
    if settings.who == "all" or not any(indicator.group for indicator in indicators):
        return ""
    return f" among the {settings.who} indicators"


def _describe_outcomes(context: SectionContext) -> str:
    """Say how many exceptions there are of each outcome."""
    parts = []
    for outcome in context.scorecard.outcomes:
        number = sum(status.outcome is outcome for status in context.statuses)
        rated_words = f"rated {outcome}" + ("" if outcome.off_track else " with a comment")
        if number:
            parts.append(f"{number} {rated_words if outcome.is_rated else UNRATED_WORDS[outcome.role]}")
    return join_words(parts)
