"""The columns of the tables of indicators: for each kind one function, from a standing to what its cell holds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from mpr.load.config.sections import MODEL_REPORT_SECTIONS
from mpr.measure import formatting
from mpr.measure.indicator import Indicator
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
    """A kind of column: how its cells are printed, its title, what it means, and the function that fills it."""

    macro: str
    title: str
    meaning: str
    build_cell: CellBuilder


COLUMN_KINDS: dict[str, ColumnKind] = {}
EXCEPTION_COLUMNS, CORPORATE_COLUMNS = (
    tuple(MODEL_REPORT_SECTIONS[name]["columns"]) for name in ("exceptions", "corporate")
)
OWNER_WIDTH = 34
WIDTHS = {  # in millimetres, where there is room for all; else in proportion
    "code": 16, "name": 48, "polarity": 20, "latest": 21, "value": 18, "target": 19, "annual": 23, "rating": 23,
    "change": 21, "comment": 105, "managers": 30, "committee": 32, "departments": 34, "trend": 35, "comparison": 35,
    "source": 30, "aim": 26, "group": 30,
}  # fmt: skip


def _register_column(key: str, macro: str, title: str, meaning: str) -> Callable[[CellBuilder], CellBuilder]:
    """Make a function a kind of column; `{noun}`, `{year}` and `{end}` stand for the report's own."""

    def register(build_cell: CellBuilder) -> CellBuilder:
        COLUMN_KINDS[key] = ColumnKind(macro, title, meaning, build_cell)
        return build_cell

    return register


def build_columns(context: SectionContext) -> tuple[model.Column, ...]:
    """Return the columns of a section, their titles and meanings in words of its year and period."""
    return tuple(_build_column(context, setting) for setting in context.settings.columns)


def _build_column(context: SectionContext, setting: str | Mapping[str, str]) -> model.Column:
    key, own_title = (setting, "") if isinstance(setting, str) else next(iter(setting.items()))
    kind = _select_kind(context, key)
    head_key = "code" if "code" in context.settings.column_keys else "name"
    is_built_in = key in COLUMN_KINDS
    title, meaning = (_fill_placeholders(context, text) if is_built_in else text for text in (kind.title, kind.meaning))
    style = key if is_built_in else "owner"
    return model.Column(
        key, style, kind.macro, own_title or title, meaning, head=key == head_key, width=_format_width(context, key)
    )


def _format_width(context: SectionContext, key: str) -> str:
    """Return a column's share of the page in per cent, nothing where the style sheet sets the model report's own."""
    keys = context.settings.column_keys
    if keys in {EXCEPTION_COLUMNS, CORPORATE_COLUMNS}:
        return ""
    return f"{100 * WIDTHS.get(key, OWNER_WIDTH) / sum(WIDTHS.get(column_key, OWNER_WIDTH) for column_key in keys):.1f}"


def _fill_placeholders(context: SectionContext, text: str) -> str:
    """Put the report's own words into a title or a meaning."""
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
    """Return a kind of column; an owner's shows the names in the council's vocabulary of that key."""
    if key in COLUMN_KINDS:
        return COLUMN_KINDS[key]
    title = context.scorecard.settings.owners[key].title
    meaning = f"The {formatting.lower_first_letter(title)} who answers for the indicator"
    return ColumnKind("text", title, meaning, lambda _, status: Text("; ".join(status.indicator.owners.get(key, ()))))


def build_row(context: SectionContext) -> model.Row:
    """Return the row in a section of the indicator of which alone the context is."""
    [status] = context.statuses
    contents = tuple(_select_kind(context, key).build_cell(context, status) for key in context.settings.column_keys)
    anchor = cells.make_anchor_id(context.name, status.indicator)
    return model.Row(anchor, status.indicator.code, contents, list_filter_attributes(status))


@_register_column(
    "code", "text", "Code", "The indicator’s code; where it is a link, it leads to the indicator’s detail"
)
def _build_code_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    indicator = status.indicator
    return Text(indicator.code if indicator.has_code else "", link=context.detail_anchors.get(indicator.code, ""))


@_register_column(
    "name", "text", "Short name", "What is measured, and whether the figure is of the {noun} or of the year so far"
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
    "polarity", "text", "Minimise or maximise",
    "Maximise: a higher number is better. Minimise: a lower one. Goldilocks: best inside a range, or at the target",
)  # fmt: skip
def _build_polarity_cell(_: SectionContext, status: IndicatorStatus) -> Content:
    polarity = status.indicator.polarity
    return Text(formatting.POLARITY_LABELS[polarity] if polarity else "")


@_register_column("latest", "text", "Latest {noun}", "The latest {noun} for which performance information is available")
def _build_latest_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    reported = context.scorecard.period.frequency
    due_note = "" if status.is_due else f"new figure not due this {reported.noun}"
    return Text(status.latest_period.short_name, (due_note,) if due_note else ())


@_register_column("value", "figure", "{Noun}’s value", "Performance to date for the latest {noun}")
def _build_value_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    return mark_if_revised(context.scorecard, status.indicator, status.latest_period, cells.format_value(status))


@_register_column("target", "figure", "{Noun}’s target", "Target to date for the latest {noun}")
def _build_target_cell(_: SectionContext, status: IndicatorStatus) -> Content:
    return cells.format_target(status.indicator, status.target, status.year_targets)


@_register_column("annual", "figure", "Annual target {year}", "Annual target for {year}")
def _build_annual_target_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    year = Year.from_month(context.scorecard.period.last, status.indicator.start_month)
    annual_target = cells.format_annual_target(status)
    return (
        annual_target
        if year == context.scorecard.year or not status.reporting_year_targets
        else replace(annual_target, of=year.full_name)
    )


@_register_column(
    "rating", "outcome", "Expected outcome",
    "Whether performance is on track to achieve the annual target by {end}: {outcomes}",
)  # fmt: skip
def _build_rating_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    return model.RatingCell(sentences.build_status_rating(status), sentences.find_note_anchor(context.name, status))


@_register_column(
    "change", "change", "Better or worse than last year",
    "Whether performance for the latest {noun} is better or worse than in the same {noun} of the previous year",
)  # fmt: skip
def _build_change_cell(_: SectionContext, status: IndicatorStatus) -> Content:
    return cells.build_change(status)


@_register_column(
    "comment", "commentary", "Comment",
    "Explanation of current performance, actions to improve it and anticipated future performance",
)  # fmt: skip
def _build_comment_cell(_: SectionContext, status: IndicatorStatus) -> Content:
    return build_commentary(status.comment)


_TEXT_COLUMNS: dict[str, tuple[str, str, Callable[[Indicator], str]]] = {
    "managers": ("Managed by", "Who answers for the indicator", lambda indicator: "; ".join(indicator.managers)),
    "committee": (
        "Scrutiny committee",
        "The committee that scrutinises the indicator",
        lambda indicator: indicator.committee,
    ),
    "departments": (
        "Department",
        "The department that is responsible",
        lambda indicator: "; ".join(indicator.departments),
    ),
    "aim": ("Aim", "The council’s aim that the indicator serves", lambda indicator: indicator.aim),
    "group": ("Group", "The group of indicators that it belongs to", lambda indicator: indicator.group),
    "source": ("Source", "Where the figure comes from", lambda indicator: indicator.source),
}


def _make_text_builder(read_text: Callable[[Indicator], str]) -> CellBuilder:
    return lambda _, status: Text(read_text(status.indicator))


for _key, (_title, _meaning, _text) in _TEXT_COLUMNS.items():
    COLUMN_KINDS[_key] = ColumnKind("text", _title, _meaning, _make_text_builder(_text))


@_register_column("trend", "spark", "Latest periods", "The figures of up to 13 periods, the newest at the right")
def _build_trend_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    return build_sparkline(context.scorecard, context.name, status)


@_register_column(
    "comparison", "lines", "Comparison", "The same figure elsewhere, for the latest period or the one named"
)
def _build_comparison_cell(context: SectionContext, status: IndicatorStatus) -> Content:
    return model.Lines(describe_comparisons(context.scorecard, status))
