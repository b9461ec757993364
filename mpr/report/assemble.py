"""Assemble the `Report` of one edition from its `Scorecard`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain

from mpr.load.config.sections import SectionSettings
from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import format_count
from mpr.measure.status import IndicatorStatus
from mpr.problem import InputError
from mpr.report.model import report as model
from mpr.report.model.filters import build_filters
from mpr.report.open_data.dataset import build_dataset
from mpr.report.sections.appendices import build_appendices
from mpr.report.sections.changes import build_changes
from mpr.report.sections.context import SectionContext
from mpr.report.sections.cover import build_cover
from mpr.report.sections.detail import build_detail
from mpr.report.sections.grouping import is_eligible, select_indicators
from mpr.report.sections.key import build_key
from mpr.report.sections.revisions import build_section as build_revisions_section
from mpr.report.sections.revisions import list_revised
from mpr.report.sections.table import build_table
from mpr.report.table_limits import check_table_lengths
from mpr.report.wording import cells

LONGEST_PERIOD = len("September 2018")  # that fits on the cover in the largest letters


def assemble_report(scorecard: Scorecard) -> model.Report:
    """Return the report of an edition, pages and data.

    Raises InputError if a table has more rows than can be laid out.
    """
    sections = _select_sections(scorecard)
    return replace(
        assemble_pages(scorecard), dataset=build_dataset(scorecard, sections, _select_statuses(scorecard, sections))
    )


def assemble_pages(scorecard: Scorecard) -> model.Report:
    """Return the report of an edition without its data.

    Raises InputError if a table has more rows than can be laid out.
    """
    settings = _select_sections(scorecard)
    statuses = _select_statuses(scorecard, settings)

    def collect_anchors(layout: str, selection: str | None = None) -> dict[str, str]:
        """Return the anchors of indicators, by code, in the sections of a layout; the first section wins."""
        return {
            status.indicator.code: cells.make_anchor_id(name, status.indicator)
            for name, section in reversed(list(settings.items()))
            if section.layout == layout and selection in {None, section.which}
            for status in statuses[name]
        }

    detail_anchors, focus_anchors = collect_anchors("detail"), collect_anchors("table", "in focus")
    builders: dict[str, Callable[[SectionContext], model.Section]] = {
        "table": build_table,
        "detail": build_detail,
        "changes": build_changes,
    }
    sections: tuple[model.Section, ...] = tuple(
        builders[section.layout](
            SectionContext(scorecard, name, number, section, statuses[name], detail_anchors, focus_anchors)
        )
        for number, (name, section) in enumerate(settings.items(), 1)
    )
    if revised_figures := list_revised(
        scorecard, {status.indicator.code for status in chain.from_iterable(statuses.values())}
    ):
        sections = (*sections, build_revisions_section(revised_figures, len(sections) + 1))
    announced_appendices = build_appendices(scorecard)
    assembled = model.Report(
        edition=_build_edition(scorecard),
        cover=build_cover(scorecard, sections, announced_appendices),
        key=build_key(scorecard, sections),
        sections=sections,
        outcomes=scorecard.outcomes,
        filters=build_filters(scorecard, chain.from_iterable(statuses.values())),
        appendices=announced_appendices,
    )
    if problems := [*check_table_lengths(scorecard, assembled)]:
        raise InputError(problems)
    return assembled


def _select_sections(scorecard: Scorecard) -> dict[str, SectionSettings]:
    """Return the report's sections; a part of the report leaves out sections without any of its indicators."""
    all_sections, statuses = dict(scorecard.settings.sections), scorecard.statuses
    relevant_sections = {
        name: section
        for name, section in all_sections.items()
        if any(is_eligible(section, status) for status in statuses)
    }
    return relevant_sections if scorecard.scope else all_sections


def _select_statuses(
    scorecard: Scorecard, sections: Mapping[str, SectionSettings]
) -> dict[str, tuple[IndicatorStatus, ...]]:
    """Return the statuses that each section shows."""
    return {name: select_indicators(scorecard, section) for name, section in sections.items()}


def _build_edition(scorecard: Scorecard) -> model.Edition:
    report_settings, generated = scorecard.settings.report, scorecard.edition.generated
    publisher = ", ".join(filter(None, [report_settings.publisher, report_settings.organisation]))
    return model.Edition(
        title=report_settings.title,
        organisation=report_settings.organisation,
        author=publisher,
        imprint=f"Published by the {publisher}" if report_settings.publisher else f"Published by {publisher}",
        period=scorecard.period.full_name,
        pack=scorecard.scope.title if scorecard.scope else "",
        scope=_describe_scope(scorecard),
        long=len(scorecard.period.full_name) > LONGEST_PERIOD,
        version=scorecard.edition.version,
        generated=f"{generated.day} {generated:%B %Y %H:%M}",
        created=generated.date().isoformat(),
    )


def _describe_scope(scorecard: Scorecard) -> str:
    """Say how many indicators a part of the report has, and whose; nothing for the whole report."""
    scope, number = scorecard.scope, len(scorecard.indicators)
    return (
        f"This part of the report has the {format_count(number, 'indicator')} of {scope.phrase} alone." if scope else ""
    )
