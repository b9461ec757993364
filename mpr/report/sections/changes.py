"""The section on changes since an earlier report: outcomes then and now, revisions, the biggest moves."""

from dataclasses import replace

from mpr.measure.formatting import NO_BREAK
from mpr.measure.movement import Movement
from mpr.measure.outcome import find_outcome
from mpr.measure.period import Period
from mpr.measure.status import IndicatorStatus
from mpr.report.comparison import (
    Comparison,
    compare_reports,
    describe_against_target,
    describe_appeared,
    describe_missing_record,
    describe_revision,
    describe_supplied,
    format_lagging_period,
    group_movements,
    summarise,
)
from mpr.report.model import report as model
from mpr.report.model.filters import list_filter_attributes
from mpr.report.model.open_data import PrintedFigure
from mpr.report.printed_figures import Revision
from mpr.report.sections.context import SectionContext
from mpr.report.sections.revisions import mark_if_revised
from mpr.report.wording import cells, sentences

STYLE = "measured changes"
EARLIER_PLACEHOLDER = "{before}"  # replaced by the earlier period in the section's title and description
COLUMNS = (  # key, macro of its cells, title, width in per cent; not explained in the report's key
    ("code", "text", "Code", "6"),
    ("name", "text", "Indicator", "24"),
    ("value", "figure", "Figure then", "9"),
    ("target", "figure", "Target then", "9"),
    ("rating", "outcome", "Outcome then", "9.5"),
    ("value", "figure", "Figure now", "8.5"),
    ("target", "figure", "Target now", "9"),
    ("rating", "outcome", "Outcome now", "9.5"),
    ("against", "text", "Against target", "15.5"),
)
AGAINST_TARGET_NOTE = "Against target is how far each figure lies from the target beside it, as a share of that target."


def build_changes(context: SectionContext) -> model.Table:
    """Return the comparison of the report with the newest earlier one that has figures."""
    scorecard, earlier = context.scorecard, context.scorecard.previous_period
    noun = scorecard.period.frequency.noun
    if not earlier:
        empty = f"There is no earlier {noun} with a data file to compare with."
        return model.Table(_build_heading(context, f"the {noun} before"), empty, STYLE, (), (), ())
    codes = {status.indicator.code for status in context.statuses}
    comparison = compare_reports(scorecard, earlier, scorecard.previous_record, codes)
    is_adjacent = earlier.last.add_months(1) == scorecard.period.first
    introduction = context.settings.introduction or f"Compared with {earlier.full_name}. {summarise(comparison)}"
    missing_record = "" if comparison.has_record else describe_missing_record(earlier)
    groups = _build_groups(context, comparison)
    target_note = AGAINST_TARGET_NOTE if any(group.rows for group in groups) else ""
    return model.Table(
        heading=_build_heading(context, f"last {noun}" if is_adjacent else earlier.full_name),
        introduction=" ".join(filter(None, [introduction, missing_record, target_note])),
        style=STYLE,
        columns=_build_columns(context),
        counts=(),
        groups=groups,
    )


def _build_heading(context: SectionContext, earlier_name: str) -> model.Heading:
    heading = context.heading
    return replace(
        heading,
        title=heading.title.replace(EARLIER_PLACEHOLDER, earlier_name),
        description=heading.description.replace(EARLIER_PLACEHOLDER, earlier_name),
    )


def _build_columns(context: SectionContext) -> tuple[model.Column, ...]:
    """Return the columns, without the column of codes if no indicator has a code."""
    coded = any(status.indicator.has_code for status in context.statuses)
    head_key = "code" if coded else "name"
    return tuple(
        model.Column(key, key, prints, title, "", head=key == head_key, width=width)
        for key, prints, title, width in COLUMNS
        if coded or key != "code"
    )


def _build_groups(context: SectionContext, comparison: Comparison) -> tuple[model.Group, ...]:
    """Return a group for each kind of change: a table, or a sentence if that says as much."""
    groups_by_key = {group.key: _build_movement_group(context, comparison, group.key, group.title, group.movements)
              for group in group_movements(comparison)}  # fmt: skip
    biggest_moves = [groups_by_key.pop(key) for key in ("away", "towards") if key in groups_by_key]
    appeared = " ".join(describe_appeared(comparison))
    for movement in comparison.movements:
        code = movement.later.indicator.code
        appeared = appeared.replace(code, code.replace(" ", NO_BREAK))
    revisions = [revision for revision in comparison.revisions if not revision.added]
    supplied = describe_supplied(comparison.revisions)
    groups = [*groups_by_key.values()]
    groups += (
        [_build_sentence_group(context, "new", f"New since {comparison.then.full_name}", appeared)] if appeared else []
    )
    groups += [_build_revised_group(context, comparison, revisions)] if revisions else []
    groups += (
        [
            _build_sentence_group(
                context, "supplied", f"Supplied since the report of {comparison.then.full_name}", supplied
            )
        ]
        if supplied
        else []
    )
    return (*groups, *biggest_moves)


def _build_group(context: SectionContext, key: str, title: str, rows: tuple[model.Row, ...]) -> model.Group:
    anchor = cells.make_anchor(context.name, key)
    parts = (model.RowGroup("", rows),) if rows else ()
    return model.Group(anchor, "", title, title, None, (), (), parts, ())


def _build_sentence_group(context: SectionContext, key: str, title: str, sentence: str) -> model.Group:
    return replace(_build_group(context, key, title, ()), empty=sentence)


def _build_movement_group(
    context: SectionContext, comparison: Comparison, key: str, title: str, movements: tuple[Movement, ...]
) -> model.Group:
    section = f"{context.name}-{key}"
    rows = tuple(_build_row(context, section, comparison, movement) for movement in movements)
    earlier_notes = sentences.build_notes(f"{section}-then", [movement.earlier for movement in movements])
    notes = tuple(replace(note, text=f"In {comparison.then.full_name}: {note.text}") for note in earlier_notes)
    return replace(
        _build_group(context, key, title, rows),
        notes=(*notes, *sentences.build_notes(section, [movement.later for movement in movements])),
    )


def _build_row(context: SectionContext, section: str, comparison: Comparison, movement: Movement) -> model.Row:
    contents = (
        *_build_name_cells(context, movement.later),
        *_build_report_cells(
            movement.earlier, comparison.then, f"{section}-then", cells.format_value(movement.earlier)
        ),
        *_build_report_cells(movement.later, comparison.now, section, _build_current_figure(context, movement.later)),
        model.Text(describe_against_target(movement)),
    )
    anchor = cells.make_anchor_id(section, movement.later.indicator)
    return model.Row(anchor, movement.later.indicator.code, contents, list_filter_attributes(movement.later))


def _build_current_figure(context: SectionContext, status: IndicatorStatus) -> PrintedFigure:
    """Return the figure of this report, marked if it differs from the one first published."""
    return mark_if_revised(context.scorecard, status.indicator, status.latest_period, cells.format_value(status))


def _build_report_cells(
    status: IndicatorStatus, reported: Period, section: str, value: PrintedFigure
) -> tuple[model.Content, ...]:
    """Return one report's figure (with its period if that is an earlier one), target and outcome."""
    return (
        replace(value, of=format_lagging_period(status, reported)),
        cells.format_target(status.indicator, status.target, status.year_targets),
        model.RatingCell(sentences.build_status_rating(status), sentences.find_note_anchor(section, status)),
    )


def _build_name_cells(context: SectionContext, status: IndicatorStatus) -> tuple[model.Content, ...]:
    """Return the code, if the section has codes, and the name; the first of them links to the detail."""
    indicator = status.indicator
    link = context.detail_anchors.get(indicator.code, "")
    if not any(status.indicator.has_code for status in context.statuses):
        return (model.Text(indicator.alias, link=link),)
    code = indicator.code if indicator.has_code else ""
    return (model.Text(code, link=link), model.Text(indicator.alias, link="" if code else link))


def _build_revised_group(context: SectionContext, comparison: Comparison, revisions: list[Revision]) -> model.Group:
    rows = tuple(
        _build_revision_row(context, f"{context.name}-revised-{number}", revision)
        for number, revision in enumerate(revisions, 1)
    )
    return _build_group(context, "revised", f"Revised since the report of {comparison.then.full_name}", rows)


def _build_revision_row(context: SectionContext, anchor: str, revision: Revision) -> model.Row:
    description = describe_revision(revision)
    name = model.Text(revision.name, (description[:1].upper() + description[1:],))
    coded = any(status.indicator.has_code for status in context.statuses)
    code = (model.Text(revision.code),) if coded else ()
    sides = [_build_reading_cells(context, revision, text) for text in (revision.then, revision.now)]
    attributes_by_code = {status.indicator.code: list_filter_attributes(status) for status in context.statuses}
    attributes = attributes_by_code.get(revision.code, (("indicator", revision.code),))
    return model.Row(anchor, revision.code, (*code, name, *sides[0], *sides[1], model.Text("")), attributes)


def _build_reading_cells(context: SectionContext, revision: Revision, text: str) -> tuple[model.Content, ...]:
    """Return cells for figure, target and outcome: the text in the column it belongs to, the others empty."""
    outcome = find_outcome(text, context.scorecard.outcomes) if revision.subject == "outcome" else None
    if outcome:
        return (None, None, model.RatingCell(cells.build_plain_rating(outcome), ""))
    return (None, PrintedFigure(text), None) if "target" in revision.subject else (PrintedFigure(text), None, None)
