"""Assemble the `Report` of one edition from the `Scorecard`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain

from mpr.load.scorecard import Scorecard
from mpr.load.sections import SectionSettings
from mpr.measure.standing import Standing
from mpr.measure.words import plural
from mpr.problem import InputError
from mpr.report import cells, model
from mpr.report.appendices import appendices
from mpr.report.caps import broken
from mpr.report.changes import changes
from mpr.report.context import Context
from mpr.report.cover import cover
from mpr.report.dataset import dataset
from mpr.report.detail import detail
from mpr.report.facet import filters
from mpr.report.groups import may_stand, shown
from mpr.report.key import key
from mpr.report.revisions import revised
from mpr.report.revisions import section as revisions
from mpr.report.table import table

LONGEST = len("September 2018")  # of what is set in the largest letters


def assemble(scorecard: Scorecard) -> model.Report:
    """Put into words and data what an edition says; raise InputError where that is too much."""
    sections = _sections(scorecard)
    return replace(pages(scorecard), dataset=dataset(scorecard, sections, _standings(scorecard, sections)))


def pages(scorecard: Scorecard) -> model.Report:
    """Put into words what is printed of an edition, and leave its data out; raise InputError where that is too much."""
    settings = _sections(scorecard)
    standings = _standings(scorecard, settings)

    def anchors(layout: str, which: str | None = None) -> dict[str, str]:
        """Return, by code, where indicators stand in the sections of a layout."""
        return {
            each.indicator.code: cells.spot(name, each.indicator)
            for name, section in reversed(list(settings.items()))
            if section.layout == layout and which in {None, section.which}
            for each in standings[name]
        }

    details, focus = anchors("detail"), anchors("table", "in focus")
    layouts: dict[str, Callable[[Context], model.Section]] = {"table": table, "detail": detail, "changes": changes}
    sections: tuple[model.Section, ...] = tuple(
        layouts[section.layout](Context(scorecard, name, number, section, standings[name], details, focus))
        for number, (name, section) in enumerate(settings.items(), 1)
    )
    if found := revised(scorecard, {each.indicator.code for each in chain.from_iterable(standings.values())}):
        sections = (*sections, revisions(found, len(sections) + 1))
    attached = appendices(scorecard)
    report = model.Report(
        edition=_edition(scorecard),
        cover=cover(scorecard, sections, attached),
        key=key(scorecard, sections),
        sections=sections,
        outcomes=scorecard.outcomes,
        filters=filters(scorecard, chain.from_iterable(standings.values())),
        appendices=attached,
    )
    if problems := [*broken(scorecard, report)]:
        raise InputError(problems)
    return report


def _sections(scorecard: Scorecard) -> dict[str, SectionSettings]:
    """Return the report's sections; a pack has none that are about none of its indicators."""
    every, mine = dict(scorecard.settings.sections), scorecard.standings
    about = {name: each for name, each in every.items() if any(may_stand(each, one) for one in mine)}
    return about if scorecard.pack else every


def _standings(scorecard: Scorecard, sections: Mapping[str, SectionSettings]) -> dict[str, tuple[Standing, ...]]:
    """Return who stands in which section."""
    return {name: shown(scorecard, section) for name, section in sections.items()}


def _edition(scorecard: Scorecard) -> model.Edition:
    report, generated = scorecard.settings.report, scorecard.edition.generated
    by = ", ".join(filter(None, [report.publisher, report.organisation]))
    return model.Edition(
        title=report.title,
        organisation=report.organisation,
        author=by,
        imprint=f"Published by the {by}" if report.publisher else f"Published by {by}",
        period=scorecard.period.words,
        pack=scorecard.pack.title if scorecard.pack else "",
        scope=_scope(scorecard),
        long=len(scorecard.period.words) > LONGEST,
        version=scorecard.edition.version,
        generated=f"{generated.day} {generated:%B %Y %H:%M}",
        created=generated.date().isoformat(),
    )


def _scope(scorecard: Scorecard) -> str:
    """Say of a pack that it is not the whole report."""
    pack, number = scorecard.pack, len(scorecard.indicators)
    return f"This part of the report has the {plural(number, 'indicator')} of {pack.words} alone." if pack else ""
