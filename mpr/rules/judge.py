"""Run every rule over a scorecard."""

from mpr.load.scorecard import Scorecard
from mpr.problem import Problem
from mpr.rules import claims, commentary, dates, figures, names, pattern, people, profiles, quoted, targets

RULES = (
    targets.no_target_for_year,
    targets.no_target_for_month,
    targets.moved_without_note,
    targets.target_of_nothing,
    profiles.uneven,
    commentary.off_track_without_comment,
    commentary.overruled_without_reason,
    figures.no_figure,
    figures.older_figure,
    commentary.no_outcome,
    commentary.same_comment,
    dates.another_month,
    claims.opposite,
    quoted.other_figure,
    people.few_people,
    commentary.asterisk,
    commentary.overruled_far,
    pattern.out_of_line,
    pattern.slipped,
    pattern.falls,
    figures.finer_than_counted,
    names.nearly_the_same,
)


def judge(scorecard: Scorecard) -> list[Problem]:
    """Return what the rules have to say of every indicator."""
    return [problem for rule in RULES for each in scorecard.standings for problem in rule(scorecard, each)]
