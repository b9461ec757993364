"""Assemble the `Report` of one edition from the `Scorecard`."""

from collections.abc import Callable

from mpr.load.scorecard import Scorecard
from mpr.problem import InputError
from mpr.report import cells, model
from mpr.report.caps import broken
from mpr.report.changes import changes
from mpr.report.context import Context
from mpr.report.cover import cover
from mpr.report.detail import detail
from mpr.report.groups import shown
from mpr.report.key import key
from mpr.report.table import table

LONGEST = len("September 2018")  # of what is set in the largest letters


def assemble(scorecard: Scorecard) -> model.Report:
    """Put into words what each section says of the indicators' standings; raise InputError where that is too much."""
    settings = scorecard.settings.sections
    standings = {name: shown(scorecard, section) for name, section in settings.items()}

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
    sections = tuple(
        layouts[section.layout](Context(scorecard, name, number, section, standings[name], details, focus))
        for number, (name, section) in enumerate(settings.items(), 1)
    )
    report = model.Report(
        _edition(scorecard), cover(scorecard, sections), key(scorecard, sections), sections, scorecard.outcomes
    )
    if problems := [*broken(scorecard, report)]:
        raise InputError(problems)
    return report


def _edition(scorecard: Scorecard) -> model.Edition:
    report, generated = scorecard.settings.report, scorecard.edition.generated
    by = ", ".join(filter(None, [report.publisher, report.organisation]))
    return model.Edition(
        title=report.title,
        organisation=report.organisation,
        author=by,
        imprint=f"Published by the {by}" if report.publisher else f"Published by {by}",
        period=scorecard.period.words,
        long=len(scorecard.period.words) > LONGEST,
        version=scorecard.edition.version,
        generated=f"{generated.day} {generated:%B %Y %H:%M}",
        created=generated.date().isoformat(),
    )
