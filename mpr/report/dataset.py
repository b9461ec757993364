"""Assemble the figures of a report as data, in the words and numbers that its pages have.

Data hold nothing that the pages do not: an indicator that stands in no section is left out, and so are comments and
names of managers and owners where no section prints them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from mpr.load.scorecard import Scorecard
from mpr.load.sections import SectionSettings
from mpr.measure import words
from mpr.measure.period import Period
from mpr.measure.standing import Standing
from mpr.report import cells, data, history, key, sentences
from mpr.report.benchmarks import comparisons
from mpr.report.commentary import plain
from mpr.report.figures import periods
from mpr.report.revisions import marked

NOTHING = data.Figure("[z]", spoken="not applicable")  # the target of a quarter between months
DETAILED = {"comment", "managers", "owners"}  # of what is printed only where a section says so, what a detail has
SYMBOLS = {
    "[x]": "Not available: the figure has not been supplied, or there is no target",
    "[z]": "Not applicable: no figure is due, or there is nothing to say in this column",
}
MARKS = {
    "proxy": key.SYMBOLS[cells.PROXY],
    "revised": "Another figure was first published; the last section of the report has both",
}


def dataset(
    scorecard: Scorecard, sections: Mapping[str, SectionSettings], shown: Mapping[str, Sequence[Standing]]
) -> data.Dataset:
    """Return the data of a report with some sections; `shown` is who stands in which."""
    printed: dict[str, set[str]] = {}
    for name, section in sections.items():
        keys = DETAILED if section.layout == "detail" else {*section.keys, *section.group_by}
        for each in shown[name]:
            printed.setdefault(each.indicator.code, set()).update(keys)
    standings = [each for each in scorecard.standings if each.indicator.code in printed]
    items = tuple(_item(scorecard, each, printed[each.indicator.code]) for each in standings)
    return data.Dataset(items, tuple(_remarks(scorecard, standings, items)))


def _item(scorecard: Scorecard, standing: Standing, printed: set[str]) -> data.Item:
    indicator = standing.indicator
    owners = scorecard.settings.owners
    return data.Item(
        code=indicator.code,
        coded=indicator.coded,
        name=indicator.name,
        alias=indicator.alias,
        aim=indicator.aim,
        group=indicator.group,
        departments=indicator.departments,
        committee=indicator.committee,
        managers=indicator.managers if printed & {"managers", "manager"} else (),
        owners=tuple(
            (owner.title, indicator.owners.get(name, ()))
            for name, owner in owners.items()
            if printed & {name, "owners"}
        ),
        introduced=indicator.introduced,
        source=indicator.source,
        unit="%" if indicator.percent else indicator.unit,
        percent=indicator.percent,
        polarity=words.POLARITY[indicator.polarity] if indicator.polarity else "",
        measure=sentences.measure(standing),
        latest=_span(standing.latest),
        due=standing.due,
        value=marked(scorecard, indicator, standing.latest, cells.value(standing)),
        target=cells.target(indicator, standing.target, standing.targets),
        annual_target=cells.annual(standing),
        outcome=standing.outcome.word,
        rule_outcome=standing.proposal.word,
        overruled=standing.overruled,
        reason=standing.reason if standing.overruled else "",
        change=cells.CHANGES[standing.change],
        comparisons=comparisons(scorecard, standing),
        comment=plain(standing.comment) if "comment" in printed else "",
        notes=history.notes(scorecard, standing),
        history=tuple(_history(scorecard, standing)),
    )


def _history(scorecard: Scorecard, standing: Standing) -> Iterator[data.Past]:
    """Yield the periods that a report may show of an indicator, whether or not it has a detail."""
    own = history.own(scorecard, standing)
    for period in periods(scorecard, standing, scorecard.period):
        latest = period == standing.latest
        known = standing if period.frequency is standing.latest.frequency else own
        cell = history.at(scorecard, known, period)
        if cell.state != "future":
            yield data.Past(
                period=_span(period),
                value=cell.value,
                target=cell.target if cell.target.text else NOTHING,
                outcome=cell.rating.word if cell.rating else "",
                overruled=bool(cell.rating and cell.rating.overruling),
                latest=latest,
            )


def _span(period: Period) -> data.Span:
    after = period.last.plus(1)
    ends = date(after.year, after.number, 1) - timedelta(days=1)
    return data.Span(str(period), period.words, period.frequency.noun, ends.isoformat())


def _remarks(scorecard: Scorecard, standings: Sequence[Standing], items: Sequence[data.Item]) -> Iterator[data.Remark]:
    """Yield what the data's symbols and words mean, and what is to be known of single indicators."""
    past = [each for item in items for each in item.history]
    said = " ".join(each.value.note for group in (items, past) for each in group)
    marks = {mark: text for mark, text in MARKS.items() if mark in said}
    yield from (data.Remark("Symbol", about, text) for about, text in {**SYMBOLS, **marks}.items())
    outcomes = {each.outcome for each in past} | {word for item in items for word in (item.outcome, item.rule_outcome)}
    for outcome in scorecard.outcomes:
        if outcome.word in outcomes:
            yield data.Remark("Outcome", outcome.word, key.meaning(outcome, scorecard))
    for text in key.rules(scorecard):
        yield data.Remark("Rating", "How outcomes come about", text)
    for about, text in key.asides(scorecard):
        yield data.Remark("Measure", about, text)
    for standing, item in zip(standings, items, strict=True):
        if item.overruled:
            yield data.Remark("Overruled", item.code, sentences.overruled(sentences.rated(standing)))
        yield from (data.Remark("Indicator", item.code, note) for note in item.notes)
