"""A section with a block for each indicator: its facts, history, charts and comment."""

from collections.abc import Mapping

from mpr.measure.period import Frequency
from mpr.measure.standing import Standing
from mpr.measure.words import listed
from mpr.report import cells, model, sentences
from mpr.report.benchmarks import comparisons
from mpr.report.bullet import bullet
from mpr.report.commentary import LONG, commentary
from mpr.report.context import Context
from mpr.report.facet import facets
from mpr.report.groups import Grouped, grouped
from mpr.report.history import history, own
from mpr.report.table import introduction, label
from mpr.report.trend import Scale, scales, trend


def detail(context: Context) -> model.Detail:
    """Describe each indicator of the section, under its group."""
    scorecard, by = context.scorecard, context.settings.group_by
    drawn = scales([scorecard.alone[each.indicator.code] for each in context.standings])
    groups = grouped(scorecard, context.standings, by[0]) if by else [Grouped("", tuple(context.standings))]
    return model.Detail(
        context.heading,
        context.settings.introduction or introduction(context),
        tuple(_group(context, each, drawn) for each in groups if each.standings),
    )


def _group(context: Context, group: Grouped, drawn: Mapping[str, Scale]) -> model.BlockGroup:
    kept = context.scorecard.kept
    return model.BlockGroup(
        anchor=cells.anchor(context.name, group.name or "all"),
        label=label(context),
        title=group.name,
        heading=group.name or "All indicators",
        priorities=group.priorities,
        counts=cells.counts(group.standings, context.scorecard.outcomes),
        blocks=tuple(
            kept.of(_block, context.alone(each), drawn.get(each.indicator.code, ())) for each in group.standings
        ),
    )


def _block(context: Context, scale: Scale) -> model.Block:
    """Describe the indicator of which alone the context is; without a scale there is no trend to draw."""
    [standing] = context.standings
    indicator, noun = standing.indicator, standing.latest.frequency.noun
    nothing = f"No figure has been reported for any {noun} of this year or the last, so there is nothing to draw."
    only = "only one that can be compared" if indicator.rebased else "only one"
    single = f"The figure of {standing.latest.words} is the {only}, so there is no trend to draw."
    return model.Block(
        anchor=cells.spot(context.name, indicator),
        code=indicator.code if indicator.coded else "",
        facets=facets(standing),
        alias=indicator.alias,
        name=indicator.name,
        brief=standing.latest.frequency is not Frequency.MONTHLY and len(standing.comment) < LONG,
        rating=sentences.rated(standing),
        facts=_facts(context, standing),
        history=history(context.scorecard, own(context.scorecard, standing)),
        no_history=_no_history(standing),
        no_chart=nothing if standing.value is None else single,
        bullet=bullet(context.name, standing),
        trend=trend(context.scorecard, context.name, scale) if scale else None,
        rule=_rule(standing),
        comment=commentary(standing.comment),
    )


def _no_history(standing: Standing) -> str:
    if standing.value is None:
        noun = standing.latest.frequency.noun
        return f"There is no history: nothing has been reported for any {noun} of this year or the last."
    return f"There is no history: the first figure is that of {standing.latest.words}."


def _facts(context: Context, standing: Standing) -> tuple[model.Fact, ...]:
    indicator = standing.indicator
    owners = context.scorecard.settings.owners
    due = "" if standing.due else f"new figure not due this {context.scorecard.period.frequency.noun}"
    facts = (
        ("Minimise or maximise", sentences.direction(standing)),
        ("Measure", "; ".join(filter(None, [sentences.measure(standing), due]))),
        ("Managed by", listed(indicator.managers)),
        ("Scrutiny committee", indicator.committee),
        *((owner.title, listed(indicator.owners.get(key, ()))) for key, owner in owners.items()),
        ("Year introduced", str(indicator.introduced or "")),
        ("Source", indicator.source),
        ("Comparison", "; ".join(comparisons(context.scorecard, standing))),
        ("Numbers", cells.value(standing).of),
    )
    return tuple(model.Fact(label, text) for label, text in facts if text)


def _rule(standing: Standing) -> tuple[str, ...]:
    """Say how the outcome came about: the rule with its numbers, where the figure lies, and an overruling."""
    rating = sentences.rated(standing)
    where = sentences.deviation(standing)
    overruled = sentences.overruled(rating) if rating.overruling else ""
    lifted = f"Better than a year before, so {standing.proposal}." if standing.lifted else ""
    rule = sentences.rule(standing)
    found = (f"{rule[:1].upper()}{rule[1:]}.", where and not overruled and f"{where}.", lifted, overruled)
    return tuple(sentence for sentence in found if sentence)
