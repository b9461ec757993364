"""Assemble the `Report` of one edition from the `Scorecard`."""

from mpr.load.scorecard import Scorecard
from mpr.report import model
from mpr.report.corporate import corporate
from mpr.report.cover import cover
from mpr.report.detail import detail
from mpr.report.exceptions import exceptions
from mpr.report.key import key
from mpr.report.partnership import partnership


def assemble(scorecard: Scorecard) -> model.Report:
    """Put into words what each section says of the indicators' standings."""
    standings = scorecard.standings
    parts = (
        exceptions(scorecard, standings),
        corporate(scorecard, standings),
        detail(scorecard, standings),
        partnership(scorecard),
    )
    return model.Report(_edition(scorecard), cover(scorecard, *parts), key(scorecard, *parts[:3]), *parts)


def _edition(scorecard: Scorecard) -> model.Edition:
    report, generated = scorecard.settings.report, scorecard.edition.generated
    return model.Edition(
        title=report.title,
        organisation=report.organisation,
        publisher=report.publisher,
        month=scorecard.month.words,
        version=scorecard.edition.version,
        generated=f"{generated.day} {generated:%B %Y %H:%M}",
        created=generated.date().isoformat(),
    )
