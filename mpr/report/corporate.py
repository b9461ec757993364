"""Section 2: every corporate indicator, by aim."""

from collections.abc import Sequence

from mpr.load.scorecard import Scorecard
from mpr.measure.standing import Standing
from mpr.measure.words import plural
from mpr.report import cells, model
from mpr.report.columns import CORPORATE, columns
from mpr.report.headings import heading


def corporate(scorecard: Scorecard, standings: Sequence[Standing]) -> model.Corporate:
    """List all indicators under their aims, with counts by outcome for each aim and for all."""
    aims = []
    for aim in scorecard.settings.aims:
        inside = [each for each in standings if each.indicator.aim == aim.name]
        rows = tuple(cells.row("corporate", each) for each in inside)
        anchor = cells.anchor("corporate", aim.name)
        if rows:
            aims.append(model.AimRows(anchor, aim.name, aim.priorities, cells.counts(inside), rows, cells.notes(rows)))
    introduction = f"All {plural(len(standings), 'corporate indicator')} of {scorecard.year.words}, by aim."
    return model.Corporate(
        heading("corporate", scorecard),
        introduction,
        columns(CORPORATE, scorecard),
        cells.counts(standings),
        tuple(aims),
    )
