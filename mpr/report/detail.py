"""Section 3: the detail of every red and amber indicator."""

from collections.abc import Sequence

from mpr.load.scorecard import Scorecard
from mpr.measure.standing import Standing
from mpr.measure.words import MEASURE, listed, plural
from mpr.report import cells, model, picture
from mpr.report.bullet import bullet
from mpr.report.commentary import commentary
from mpr.report.headings import heading
from mpr.report.history import history
from mpr.report.trend import trends


def detail(scorecard: Scorecard, standings: Sequence[Standing]) -> model.Detail:
    """Describe each indicator that is off track, under its aim; aims with none are left out."""
    found = [each for each in standings if each.off_track]
    drawn = trends(scorecard, found)
    aims = []
    for aim in scorecard.settings.aims:
        inside = [each for each in found if each.indicator.aim == aim.name]
        if inside:
            blocks = tuple(_block(scorecard, each, drawn.get(each.indicator.code)) for each in inside)
            anchor = cells.anchor("detail", aim.name)
            aims.append(model.AimBlocks(anchor, aim.name, aim.priorities, cells.counts(inside), blocks))
    introduction = f"{plural(len(found), 'indicator')} rated red or amber, by aim."
    return model.Detail(
        heading("detail", scorecard),
        introduction if found else "No indicator is rated red or amber this month.",
        tuple(aims),
    )


def _block(scorecard: Scorecard, standing: Standing, trend: picture.Trend | None) -> model.Block:
    indicator = standing.indicator
    return model.Block(
        anchor=cells.anchor("detail", indicator.code),
        code=indicator.code,
        alias=indicator.alias,
        name=indicator.name,
        rating=cells.rated(standing),
        facts=_facts(standing),
        history=history(scorecard, standing),
        no_history=_no_history(standing),
        no_chart="No figure has been reported for any month of this year or the last, so there is nothing to draw.",
        bullet=bullet(standing),
        trend=trend,
        rule=_rule(standing),
        comment=commentary(standing.comment),
    )


def _no_history(standing: Standing) -> str:
    if standing.value is None:
        return "There is no history: nothing has been reported for any month of this year or the last."
    return f"There is no history: the first figure is that of {standing.latest.words}."


def _facts(standing: Standing) -> tuple[model.Fact, ...]:
    indicator = standing.indicator
    facts = (
        ("Minimise or maximise", cells.direction(standing)),
        ("Measure", MEASURE[indicator.measure]),
        ("Managed by", listed(indicator.managers)),
        ("Scrutiny committee", indicator.committee),
        ("Year introduced", str(indicator.introduced or "")),
    )
    return tuple(model.Fact(label, text) for label, text in facts if text)


def _rule(standing: Standing) -> tuple[str, ...]:
    """Say how the outcome came about: the rule with its numbers, where the figure lies, and an overruling."""
    rating = cells.rated(standing)
    where = cells.deviation(standing)
    overruled = cells.overruled(rating) if rating.overruling else ""
    found = (f"{cells.rule(standing)}.", where and not overruled and f"{where}.", overruled)
    return tuple(sentence for sentence in found if sentence)
