"""`mpr explain`: where an indicator's figure, target and outcome come from, and what the report prints."""

from collections.abc import Iterator
from dataclasses import dataclass

from mpr.load.scorecard import Scorecard, load_without_edition
from mpr.measure.period import Period, Year
from mpr.measure.status import IndicatorStatus
from mpr.problem import InputError, Place, Problem, quote, suggest_nearest
from mpr.project import Project
from mpr.report.assemble import assemble_report
from mpr.report.model.open_data import PrintedFigure
from mpr.report.model.report import Change, Content, Lines, RatingCell, Report, Text
from mpr.report.wording.cells import (
    build_change,
    format_annual_target,
    format_target_text,
    format_value,
    make_anchor_id,
)
from mpr.report.wording.sentences import describe_deviation, describe_rule


@dataclass(frozen=True)
class ExplanationLine:
    """A labelled fact about an indicator, and the places in the officers' files that it comes from."""

    label: str
    text: str
    places: tuple[str, ...] = ()


def explain_indicator(project: Project, period: str, code: str) -> tuple[ExplanationLine, ...]:
    """Return every step from an indicator's figure to what the report prints of it.

    Raises InputError if the figures cannot be read or there is no indicator with this code.
    """
    scorecard = load_without_edition(project, period)
    by_code = {status.indicator.code.casefold(): status for status in scorecard.statuses}
    status = by_code.get(" ".join(code.split()).casefold())
    if not status:
        codes = [indicator.code for indicator in scorecard.indicators]
        hint = suggest_nearest(code, codes) or f"the codes are {', '.join(codes)}"
        place = Place(project.display_path(project.indicators_path))
        raise InputError([Problem(place, "E126", f"there is no indicator {quote(code)}", hint)])
    return (*_trace_status(scorecard, status), *_describe_sections(assemble_report(scorecard), status))


def _trace_status(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[ExplanationLine]:
    indicator, latest = status.indicator, status.latest_period
    name = f"{indicator.code} {indicator.name}" if indicator.has_code else indicator.name
    yield ExplanationLine("Indicator", name, (str(indicator.place),))
    yield ExplanationLine("Report", scorecard.period.full_name, (str(scorecard.place),))
    lag_note = "" if latest == scorecard.period else f", the newest with a figure up to {scorecard.period.full_name}"
    yield ExplanationLine("Latest", f"{latest.full_name}{lag_note}")
    value = format_value(status)
    origin = " computed from shorter periods" if status.figure.is_computed else ""
    marks = "".join(f" ({note})" for note in (value.mark, value.of) if note)
    yield ExplanationLine("Value", f"{value.text}{marks}{origin}", tuple(_iter_places(scorecard, status, latest)))
    place = status.year_targets.place if status.year_targets else None
    yield ExplanationLine("Target", format_target_text(status), (str(place),) if place else ())
    annual = (
        Year.from_month(scorecard.period.last, indicator.start_month).full_name if status.reporting_year_targets else ""
    )
    yield ExplanationLine("Annual target", f"{format_annual_target(status).text} {annual}".rstrip())
    yield ExplanationLine("Rule", describe_rule(status))
    yield ExplanationLine("Deviation", describe_deviation(status) or "nothing to compare")
    yield ExplanationLine("Rule alone says", status.proposed_outcome.word)
    yield ExplanationLine("Outcome", status.outcome.word)
    if status.is_overruled:
        value_place = str(scorecard.locate_cell(indicator))
        yield ExplanationLine("Overruled", status.reason or "no reason was given", (value_place,))
    change = build_change(status)
    before = latest.year_before
    places = tuple(_iter_places(scorecard, status, before)) if status.value_year_before is not None else ()
    yield ExplanationLine("Against last year", f"{change.word}: {change.detail}", places)


def _iter_places(scorecard: Scorecard, status: IndicatorStatus, period: Period) -> Iterator[str]:
    """Yield the place of a period's figure or, if it was computed, the places of the figures it was computed from."""
    indicator, readings = status.indicator, scorecard.get_series(status.indicator)
    if period in readings and readings[period].is_filled_in:
        yield str(readings[period].place)
        return
    parts = dict.fromkeys(indicator.get_period(month, indicator.frequency) for month in period.months)
    yield from (str(readings[part].place) for part in parts if part in readings and readings[part].is_filled_in)


def _describe_sections(report: Report, status: IndicatorStatus) -> Iterator[ExplanationLine]:
    """Yield what each section prints of the indicator, except its comment."""
    for table in report.tables:
        for row in table.rows:
            if row.code == status.indicator.code:
                texts = [f"{column.title} {text}" for column, cell in zip(table.columns, row.cells, strict=True)
                        if (text := _format_cell(cell))]  # fmt: skip
                yield ExplanationLine(table.heading.label, f"{table.heading.title}: {'; '.join(texts)}")
    for detail in report.details:
        for block in detail.blocks:
            if block.anchor == make_anchor_id(detail.heading.anchor, status.indicator):
                yield ExplanationLine(
                    detail.heading.label, f"{detail.heading.title}: {block.rating.word}. {' '.join(block.rule)}"
                )


def _format_cell(cell: Content) -> str:
    if isinstance(cell, RatingCell):
        return cell.rating.word
    if isinstance(cell, Change):
        return cell.word
    if isinstance(cell, Lines):
        return ", ".join(cell.lines)
    return cell.text if isinstance(cell, Text | PrintedFigure) else ""
