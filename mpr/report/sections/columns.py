"""The columns of the tables of indicators: a function for each kind, from an indicator's status to its cell.

To add a column, write its function here under `_register_column`, and its key into `COLUMNS` in
`mpr/load/config/sections.py`, which says what `indicators.yaml` may name.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from mpr.load.config.sections import MODEL_REPORT_SECTIONS
from mpr.measure import formatting
from mpr.measure.period import Year
from mpr.measure.status import IndicatorStatus
from mpr.report.charts.sparkline import build_sparkline
from mpr.report.model import report as model
from mpr.report.model.filters import list_filter_attributes
from mpr.report.model.report import Content, Text
from mpr.report.sections.context import SectionContext
from mpr.report.sections.revisions import mark_if_revised
from mpr.report.wording import cells, sentences
from mpr.report.wording.benchmarks import describe_comparisons
from mpr.report.wording.commentary import build_commentary

CellBuilder = Callable[[SectionContext, IndicatorStatus], Content]


@dataclass(frozen=True)
class ColumnKind:
    """A kind of column: `macro` in `parts.html` prints its cells, `build_cell` fills them, `meaning` is for the key.

    `width` is how wide it is, in millimetres, on a page with room for all columns.
    """

    macro: str
    title: str
    meaning: str
    width: int
    build_cell: CellBuilder


COLUMN_KINDS: dict[str, ColumnKind] = {}
OWNER_WIDTH = 34  # in millimetres
PAGE_WIDTH = 270  # in millimetres, about that of A4 landscape inside its margins
MEASURED, WITH_COMMENTS, WITHOUT_COMMENTS = "measured", "with-comments", ""
STYLE_SHEET_COLUMNS = {  # by style: the columns whose widths `print.css` and `screen.css` set
    WITH_COMMENTS: frozenset(MODEL_REPORT_SECTIONS["exceptions"]["columns"]),
    WITHOUT_COMMENTS: frozenset(MODEL_REPORT_SECTIONS["corporate"]["columns"]),
}
MOST_OTHER_COLUMNS = 1 / 6  # of a table's width: beyond that, the style sheets' columns leave no room for the rest


def _register_column(
    key: str, macro: str, title: str, meaning: str, width: int
) -> Callable[[CellBuilder], CellBuilder]:
    """Make a function a kind of column; `{noun}`, `{year}`, `{end}` and `{outcomes}` are filled in for each report."""

    def register(build_cell: CellBuilder) -> CellBuilder:
        COLUMN_KINDS[key] = ColumnKind(macro, title, meaning, width, build_cell)
        return build_cell

    return register


def build_columns(context: SectionContext) -> tuple[model.Column, ...]:
    """Return the columns of a section, with the year and the noun of its periods in their titles and meanings."""
    return tuple(_build_column(context, setting) for setting in context.settings.columns)


def _build_column(context: SectionContext, setting: str | Mapping[str, str]) -> model.Column:
    key, own_title = (setting, "") if isinstance(setting, str) else next(iter(setting.items()))
    kind = _select_kind(context, key)
    column_keys = context.settings.column_keys
    is_built_in = key in COLUMN_KINDS
    title, meaning = (_fill_placeholders(context, text) if is_built_in else text for text in (kind.title, kind.meaning))
    return model.Column(
        key,
        style=key if is_built_in else "owner",
        kind=kind.macro,
        title=own_title or title,
        meaning=meaning,
        head=key == ("code" if "code" in column_keys else "name"),
        width=_format_width(key, column_keys),
    )


def choose_table_style(column_keys: Sequence[str]) -> str:
    """Return the style of a table with these columns.

    A table that fills the page takes the widths of its columns from the style sheets, and its comments, or else its
    names, the room that is left; a few other columns may stand among them. Any other table is `measured`: all its
    widths are in proportion.
    """
    style = WITH_COMMENTS if "comment" in column_keys else WITHOUT_COMMENTS
    total = _sum_widths(column_keys)
    other = _sum_widths([key for key in column_keys if key not in STYLE_SHEET_COLUMNS[style]])
    return style if total >= PAGE_WIDTH and other <= MOST_OTHER_COLUMNS * total else MEASURED


def _format_width(key: str, column_keys: Sequence[str]) -> str:
    """Return a column's share of the table in per cent, nothing where the style sheets set its width."""
    if key in STYLE_SHEET_COLUMNS.get(choose_table_style(column_keys), ()):
        return ""
    return f"{100 * _sum_widths([key]) / _sum_widths(column_keys):.1f}"


def _sum_widths(column_keys: Sequence[str]) -> int:
    return sum(COLUMN_KINDS[key].width if key in COLUMN_KINDS else OWNER_WIDTH for key in column_keys)


def _fill_placeholders(context: SectionContext, text: str) -> str:
    """Fill the report's own words into a title or a meaning."""
    period, year = context.period_noun, context.scorecard.year
    rated_outcomes = [str(outcome) for outcome in context.scorecard.outcomes if outcome.is_rated]
    replacements = {
        "{noun}": period,
        "{Noun}": period.capitalize(),
        "{year}": year.full_name,
        "{end}": year.last.full_name,
        "{outcomes}": formatting.join_words(rated_outcomes, "or"),
    }
    return re.sub(r"\{\w+\}", lambda match: replacements.get(match[0], match[0]), text)


def _select_kind(context: SectionContext, key: str) -> ColumnKind:
    """Return the kind of a column; a key that is not built in is one of the council's own kinds of owner."""
    if key in COLUMN_KINDS:
        return COLUMN_KINDS[key]
    title = context.scorecard.settings.owners[key].title
    meaning = f"The {formatting.lower_first_letter(title)} who answers for the indicator"
    return ColumnKind(
        "text", title, meaning, OWNER_WIDTH, lambda _, status: Text("; ".join(status.indicator.owners.get(key, ())))
    )


def build_row(context: SectionContext) -> model.Row:
    """Return the row of the only indicator in the context."""
    [status] = context.statuses
    contents = tuple(_select_kind(context, key).build_cell(context, status) for key in context.settings.column_keys)
    anchor = cells.make_anchor_id(context.name, status.indicator)
    return model.Row(anchor, status.indicator.code, contents, list_filter_attributes(status))


@_register_column(
    "code", "text", "Code", "The indicator’s code; where it is a link, it leads to the indicator’s detail", width=16
)
def _build_code_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    indicator = status.indicator
    return Text(indicator.code if indicator.has_code else "", link=context.detail_anchors.get(indicator.code, ""))


@_register_column(
    "name",
    "text",
    "Short name",
    "What is measured, and whether the figure is of the {noun} or of the year so far",
    width=48,
)
def _build_name_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    indicator = status.indicator
    arrears = "In arrears" if indicator.in_arrears else ""
    is_usual = indicator.measure_kind is None and indicator.frequency is context.scorecard.period.frequency
    measure = "" if is_usual else formatting.describe_measure(indicator.measure_kind, status.latest_period.frequency)
    asides = (measure, *indicator.qualifiers, arrears)
    source = f"Source: {indicator.source}" if indicator.source and "source" not in context.settings.column_keys else ""
    name = Text(indicator.name, tuple(filter(None, (*asides, source))))
    if "code" not in context.settings.column_keys or not indicator.has_code:
        name = replace(name, link=context.detail_anchors.get(indicator.code, ""))
    focus_anchor = context.focus_anchors.get(indicator.code, "")
    return (
        replace(name, refer=focus_anchor, reference="In focus")
        if focus_anchor and context.settings.which != "in focus"
        else name
    )


@_register_column(
    "polarity",
    "text",
    "Minimise or maximise",
    "Maximise: a higher number is better. Minimise: a lower one. Goldilocks: best inside a range, or at the target",
    width=20,
)
def _build_polarity_cell(_: SectionContext, status: IndicatorStatus) -> Content:
    polarity = status.indicator.polarity
    return Text(formatting.POLARITY_LABELS[polarity] if polarity else "")


@_register_column(
    "latest", "text", "Latest {noun}", "The latest {noun} for which performance information is available", width=21
)
def _build_latest_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    reported = context.scorecard.period.frequency
    due_note = "" if status.is_due else f"new figure not due this {reported.noun}"
    return Text(status.latest_period.short_name, (due_note,) if due_note else ())


@_register_column("value", "figure", "{Noun}’s value", "Performance to date for the latest {noun}", width=18)
def _build_value_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    return mark_if_revised(context.scorecard, status.indicator, status.latest_period, cells.format_value(status))


@_register_column("target", "figure", "{Noun}’s target", "Target to date for the latest {noun}", width=19)
def _build_target_cell(_: SectionContext, status: IndicatorStatus) -> Content:
    return cells.format_target(status.indicator, status.target, status.year_targets)


@_register_column("annual", "figure", "Annual target {year}", "Annual target for {year}", width=23)
def _build_annual_target_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    year = Year.from_month(context.scorecard.period.last, status.indicator.start_month)
    annual_target = cells.format_annual_target(status)
    return (
        annual_target
        if year == context.scorecard.year or not status.reporting_year_targets
        else replace(annual_target, of=year.full_name)
    )


@_register_column(
    "rating",
    "outcome",
    "Expected outcome",
    "Whether performance is on track to achieve the annual target by {end}: {outcomes}",
    width=23,
)
def _build_rating_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    return model.RatingCell(sentences.build_status_rating(status), sentences.find_note_anchor(context.name, status))


@_register_column(
    "change",
    "change",
    "Better or worse than last year",
    "Whether performance for the latest {noun} is better or worse than in the same {noun} of the previous year",
    width=21,
)
def _build_change_cell(_: SectionContext, status: IndicatorStatus) -> Content:
    return cells.build_change(status)


@_register_column(
    "comment",
    "commentary",
    "Comment",
    "Explanation of current performance, actions to improve it and anticipated future performance",
    width=105,
)
def _build_comment_cell(_: SectionContext, status: IndicatorStatus) -> Content:
    return build_commentary(status.comment)


@_register_column("managers", "text", "Managed by", "Who answers for the indicator", width=30)
def _build_managers_cell(_: SectionContext, status: IndicatorStatus) -> Content:
    return Text("; ".join(status.indicator.managers))


@_register_column("committee", "text", "Scrutiny committee", "The committee that scrutinises the indicator", width=32)
def _build_committee_cell(_: SectionContext, status: IndicatorStatus) -> Content:
    return Text(status.indicator.committee)


@_register_column("departments", "text", "Department", "The department that is responsible", width=34)
def _build_departments_cell(_: SectionContext, status: IndicatorStatus) -> Content:
    return Text("; ".join(status.indicator.departments))


@_register_column("aim", "text", "Aim", "The council’s aim that the indicator serves", width=26)
def _build_aim_cell(_: SectionContext, status: IndicatorStatus) -> Content:
    return Text(status.indicator.aim)


@_register_column("group", "text", "Group", "The group of indicators that it belongs to", width=30)
def _build_group_cell(_: SectionContext, status: IndicatorStatus) -> Content:
    return Text(status.indicator.group)


@_register_column("source", "text", "Source", "Where the figure comes from", width=30)
def _build_source_cell(_: SectionContext, status: IndicatorStatus) -> Content:
    return Text(status.indicator.source)


@_register_column(
    "trend", "spark", "Latest periods", "The figures of up to 13 periods, the newest at the right", width=35
)
def _build_trend_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    return build_sparkline(context.scorecard, context.name, status)


@_register_column(
    "comparison", "lines", "Comparison", "The same figure elsewhere, for the latest period or the one named", width=35
)
def _build_comparison_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    return model.Lines(describe_comparisons(context.scorecard, status))
