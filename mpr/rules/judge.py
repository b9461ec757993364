"""Run every rule over a scorecard."""

from mpr.load.scorecard import Scorecard
from mpr.problem import Problem
from mpr.rules import commentary, figures, targets

RULES = (
    targets.no_target_for_year,
    targets.no_target_for_month,
    commentary.off_track_without_comment,
    commentary.no_outcome,
    commentary.overruled_without_reason,
    figures.no_figure,
    figures.older_figure,
)


def judge(scorecard: Scorecard) -> list[Problem]:
    """Return what the rules have to say of every indicator."""
    return [problem for rule in RULES for each in scorecard.standings for problem in rule(scorecard, each)]
