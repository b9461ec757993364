"""Run every rule over a scorecard."""

from collections.abc import Callable, Iterator, Mapping

from mpr.load.scorecard import Scorecard
from mpr.measure.status import IndicatorStatus
from mpr.problem import Problem
from mpr.rules import (
    comment_dates,
    comments,
    contradictions,
    disclosure,
    missing_figures,
    outliers,
    quoted_figures,
    similar_names,
    target_profiles,
    targets,
)

RuleFunction = Callable[[Scorecard, IndicatorStatus], Iterator[Problem]]
RULES: tuple[RuleFunction, ...] = (
    targets.check_missing_year_target,
    targets.check_missing_month_target,
    targets.check_unexplained_target_change,
    targets.check_zero_target,
    target_profiles.check_uneven_profile,
    comments.check_missing_comment,
    comments.check_missing_reason,
    missing_figures.check_missing_figure,
    missing_figures.check_overdue_figure,
    comments.check_missing_outcome,
    comments.check_repeated_comment,
    comment_dates.check_wrong_month,
    contradictions.check_contradicting_comment,
    quoted_figures.check_quoted_figures,
    disclosure.check_small_numbers,
    comments.check_missing_footnote,
    comments.check_large_overruling,
    outliers.check_outlier,
    outliers.check_decimal_point,
    outliers.check_falling_total,
    missing_figures.check_fractional_count,
    similar_names.check_similar_names,
)


CROSS_INDICATOR_RULES = (similar_names.check_similar_names,)  # these look at the other indicators too


def run_rules(scorecard: Scorecard) -> list[Problem]:
    """Return the findings of every rule for every indicator, rule by rule, indicators in report order."""
    results = [
        (indicator_scorecard, scorecard.memo.get(_run_indicator_rules, indicator_scorecard))
        for indicator_scorecard in scorecard.per_indicator.values()
    ]
    return [
        problem
        for rule in RULES
        for indicator_scorecard, findings in results
        for problem in (
            rule(scorecard, indicator_scorecard.status) if rule in CROSS_INDICATOR_RULES else findings[rule]
        )
    ]


def _run_indicator_rules(scorecard: Scorecard) -> Mapping[RuleFunction, tuple[Problem, ...]]:
    """Return the findings for one indicator's scorecard by rule, without the rules that need other indicators."""
    return {rule: tuple(rule(scorecard, scorecard.status)) for rule in RULES if rule not in CROSS_INDICATOR_RULES}
