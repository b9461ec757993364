"""Section 4: partnership indicators."""

from mpr.load.scorecard import Scorecard
from mpr.report import cells, model
from mpr.report.headings import heading


def partnership(scorecard: Scorecard) -> model.Partnership:
    """Return the groups of partnership indicators; none are supplied so far, and each group says so."""
    month = scorecard.month.words
    groups = tuple(
        model.PartnershipGroup(
            cells.anchor("partnership", name), name, f"No {name} indicators were supplied for {month}."
        )
        for name in scorecard.settings.partnership_groups
    )
    introduction = "Indicators that the council shares with its partners."
    return model.Partnership(heading("partnership", scorecard), introduction, groups)
