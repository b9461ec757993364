"""A section with a block for each indicator: its facts, history, charts and comment."""

from collections.abc import Mapping

from mpr.measure.formatting import join_words
from mpr.measure.period import Frequency
from mpr.measure.status import IndicatorStatus
from mpr.report.charts.bullet import build_bullet
from mpr.report.charts.trend import Scale, build_trend, compute_scales
from mpr.report.model import report as model
from mpr.report.model.filters import list_filter_attributes
from mpr.report.sections.context import SectionContext
from mpr.report.sections.grouping import IndicatorGroup, group_statuses
from mpr.report.sections.history import build_history
from mpr.report.sections.table import describe_section, format_group_label
from mpr.report.wording import cells, sentences
from mpr.report.wording.benchmarks import describe_comparisons
from mpr.report.wording.commentary import LONG_COMMENT, build_commentary


def build_detail(context: SectionContext) -> model.Detail:
    """Return a section with a block for each indicator, in groups."""
    scorecard, grouping = context.scorecard, context.settings.group_by
    chart_scales = compute_scales([scorecard.per_indicator[status.indicator.code] for status in context.statuses])
    groups = (
        group_statuses(scorecard, context.statuses, grouping[0])
        if grouping
        else [IndicatorGroup("", tuple(context.statuses))]
    )
    return model.Detail(
        context.heading,
        context.settings.introduction or describe_section(context),
        tuple(_build_group(context, group, chart_scales) for group in groups if group.statuses),
    )


def _build_group(context: SectionContext, group: IndicatorGroup, chart_scales: Mapping[str, Scale]) -> model.BlockGroup:
    memo = context.scorecard.memo
    return model.BlockGroup(
        anchor=cells.make_anchor(context.name, group.name or "all"),
        label=format_group_label(context),
        title=group.name,
        heading=group.name or "All indicators",
        priorities=group.priorities,
        counts=cells.count_outcomes(group.statuses, context.scorecard.outcomes),
        blocks=tuple(
            memo.get(_build_block, context.restrict_to(status), chart_scales.get(status.indicator.code, ()))
            for status in group.statuses
        ),
    )


def _build_block(context: SectionContext, scale: Scale) -> model.Block:
    """Return the block of the only indicator in the context; with an empty scale there is no trend chart."""
    [status] = context.statuses
    indicator, noun = status.indicator, status.latest_period.frequency.noun
    no_figures = f"No figure has been reported for any {noun} of this year or the last, so there is nothing to draw."
    only_words = "only one that can be compared" if indicator.series_break else "only one"
    single_figure = f"The figure of {status.latest_period.full_name} is the {only_words}, so there is no trend to draw."
    return model.Block(
        anchor=cells.make_anchor_id(context.name, indicator),
        code=indicator.code if indicator.has_code else "",
        facets=list_filter_attributes(status),
        alias=indicator.alias,
        name=indicator.name,
        brief=status.latest_period.frequency is not Frequency.MONTHLY and len(status.comment) < LONG_COMMENT,
        rating=sentences.build_status_rating(status),
        facts=_build_facts(context, status),
        history=build_history(context.scorecard, context.scorecard.assess_at_own_frequency(status)),
        no_history=_explain_missing_history(status),
        no_chart=no_figures if status.value is None else single_figure,
        bullet=build_bullet(context.name, status),
        trend=build_trend(context.scorecard, context.name, scale) if scale else None,
        rule=_describe_rule(status),
        comment=build_commentary(status.comment),
    )


def _explain_missing_history(status: IndicatorStatus) -> str:
    if status.value is None:
        noun = status.latest_period.frequency.noun
        return f"There is no history: nothing has been reported for any {noun} of this year or the last."
    return f"There is no history: the first figure is that of {status.latest_period.full_name}."


def _build_facts(context: SectionContext, status: IndicatorStatus) -> tuple[model.Fact, ...]:
    indicator = status.indicator
    owners = context.scorecard.settings.owners
    due_note = "" if status.is_due else f"new figure not due this {context.scorecard.period.frequency.noun}"
    facts = (
        ("Minimise or maximise", sentences.describe_direction(status)),
        ("Measure", "; ".join(filter(None, [sentences.describe_measure(status), due_note]))),
        ("Managed by", join_words(indicator.managers)),
        ("Scrutiny committee", indicator.committee),
        *((owner.title, join_words(indicator.owners.get(key, ()))) for key, owner in owners.items()),
        ("Year introduced", str(indicator.year_introduced or "")),
        ("Source", indicator.source),
        ("Comparison", "; ".join(describe_comparisons(context.scorecard, status))),
        ("Numbers", cells.format_value(status).of),
    )
    return tuple(model.Fact(label, text) for label, text in facts if text)


def _describe_rule(status: IndicatorStatus) -> tuple[str, ...]:
    """Explain the outcome: the rule with its numbers, how far the figure is from its target, and any overruling."""
    rating = sentences.build_status_rating(status)
    deviation = sentences.describe_deviation(status)
    overruling = sentences.describe_overruling(rating) if rating.overruling else ""
    lift = f"Better than a year before, so {status.proposed_outcome}." if status.is_lifted else ""
    rule = sentences.describe_rule(status)
    parts = (f"{rule[:1].upper()}{rule[1:]}.", deviation and not overruling and f"{deviation}.", lift, overruling)
    return tuple(sentence for sentence in parts if sentence)
