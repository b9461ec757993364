"""Run every rule over a scorecard."""

from collections.abc import Callable, Iterator, Mapping

from mpr.load.scorecard import Scorecard
from mpr.measure.standing import Standing
from mpr.problem import Problem
from mpr.rules import claims, commentary, dates, figures, names, pattern, people, profiles, quoted, targets

Rule = Callable[[Scorecard, Standing], Iterator[Problem]]
RULES: tuple[Rule, ...] = (
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


AMONG = (names.nearly_the_same,)  # what looks at the other indicators too


def judge(scorecard: Scorecard) -> list[Problem]:
    """Return what the rules have to say of every indicator."""
    said = [(each, scorecard.kept.of(_said, each)) for each in scorecard.alone.values()]
    return [
        problem
        for rule in RULES
        for alone, found in said
        for problem in (rule(scorecard, alone.standing) if rule in AMONG else found[rule])
    ]


def _said(alone: Scorecard) -> Mapping[Rule, tuple[Problem, ...]]:
    """Return what each rule says of an indicator that looks at it alone."""
    return {rule: tuple(rule(alone, alone.standing)) for rule in RULES if rule not in AMONG}
