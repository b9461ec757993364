"""Assemble the figures of a report as data, in the words and numbers of its pages.

The data hold nothing that the pages do not: indicators in no section are left out, and so are comments and names of
managers and owners that no section prints.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from mpr.load.config.sections import SectionSettings
from mpr.load.scorecard import Scorecard
from mpr.measure import formatting
from mpr.measure.period import Period
from mpr.measure.status import IndicatorStatus
from mpr.report.model import open_data
from mpr.report.printed_figures import list_periods
from mpr.report.sections import history, key
from mpr.report.sections.revisions import mark_if_revised
from mpr.report.wording import cells, sentences
from mpr.report.wording.benchmarks import describe_comparisons
from mpr.report.wording.commentary import to_plain_text

NOT_APPLICABLE = open_data.PrintedFigure("[z]", spoken="not applicable")  # the target of a quarter between months
DETAIL_KEYS = {
    "comment",
    "managers",
    "owners",
}  # of the columns that are in the data only if a section prints them, those of a detail
SYMBOL_MEANINGS = {
    "[x]": "Not available: the figure has not been supplied, or there is no target",
    "[z]": "Not applicable: no figure is due, or there is nothing to say in this column",
}
MARK_MEANINGS = {
    "proxy": key.SYMBOL_MEANINGS[cells.PROXY],
    "revised": "Another figure was first published; the last section of the report has both",
}


def build_dataset(
    scorecard: Scorecard,
    sections: Mapping[str, SectionSettings],
    statuses_by_section: Mapping[str, Sequence[IndicatorStatus]],
) -> open_data.Dataset:
    """Return the data of a report; `sections` and `statuses_by_section` are by the name of the section."""
    printed_keys: dict[str, set[str]] = {}
    for name, section in sections.items():
        keys = DETAIL_KEYS if section.layout == "detail" else {*section.column_keys, *section.group_by}
        for status in statuses_by_section[name]:
            printed_keys.setdefault(status.indicator.code, set()).update(keys)
    statuses = [status for status in scorecard.statuses if status.indicator.code in printed_keys]
    items = tuple(_build_indicator_data(scorecard, status, printed_keys[status.indicator.code]) for status in statuses)
    return open_data.Dataset(items, tuple(_iter_notes(scorecard, statuses, items)))


def _build_indicator_data(
    scorecard: Scorecard, status: IndicatorStatus, printed_keys: set[str]
) -> open_data.IndicatorData:
    indicator = status.indicator
    owners = scorecard.settings.owners
    return open_data.IndicatorData(
        code=indicator.code,
        coded=indicator.has_code,
        name=indicator.name,
        alias=indicator.alias,
        aim=indicator.aim,
        group=indicator.group,
        departments=indicator.departments,
        committee=indicator.committee,
        managers=indicator.managers if printed_keys & {"managers", "manager"} else (),
        owners=tuple(
            (owner.title, indicator.owners.get(name, ()))
            for name, owner in owners.items()
            if printed_keys & {name, "owners"}
        ),
        introduced=indicator.year_introduced,
        source=indicator.source,
        unit="%" if indicator.is_percentage else indicator.unit,
        percent=indicator.is_percentage,
        polarity=formatting.POLARITY_LABELS[indicator.polarity] if indicator.polarity else "",
        measure=sentences.describe_measure(status),
        latest=_build_period(status.latest_period),
        due=status.is_due,
        value=mark_if_revised(scorecard, indicator, status.latest_period, cells.format_value(status)),
        target=cells.format_target(indicator, status.target, status.year_targets),
        annual_target=cells.format_annual_target(status),
        outcome=status.outcome.word,
        rule_outcome=status.proposed_outcome.word,
        overruled=status.is_overruled,
        reason=status.reason if status.is_overruled else "",
        change=cells.CHANGE_WORDS[status.direction],
        comparisons=describe_comparisons(scorecard, status),
        comment=to_plain_text(status.comment) if "comment" in printed_keys else "",
        notes=history.list_notes(scorecard, status),
        history=tuple(_iter_history(scorecard, status)),
    )


def _iter_history(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[open_data.HistoryEntry]:
    """Yield the periods of an indicator that a report may show, whether or not it has a detail."""
    own_status = scorecard.assess_at_own_frequency(status)
    for period in list_periods(scorecard, status, scorecard.period):
        is_latest = period == status.latest_period
        status_at_frequency = status if period.frequency is status.latest_period.frequency else own_status
        cell = history.build_cell(scorecard, status_at_frequency, period)
        if cell.state != "future":
            yield open_data.HistoryEntry(
                period=_build_period(period),
                value=cell.value,
                target=cell.target if cell.target.text else NOT_APPLICABLE,
                outcome=cell.rating.word if cell.rating else "",
                overruled=bool(cell.rating and cell.rating.overruling),
                latest=is_latest,
            )


def _build_period(period: Period) -> open_data.DataPeriod:
    next_month = period.last.add_months(1)
    ends = date(next_month.year, next_month.number, 1) - timedelta(days=1)
    return open_data.DataPeriod(str(period), period.full_name, period.frequency.noun, ends.isoformat())


def _iter_notes(
    scorecard: Scorecard, statuses: Sequence[IndicatorStatus], items: Sequence[open_data.IndicatorData]
) -> Iterator[open_data.DataNote]:
    """Yield notes on the symbols, outcomes and rules in the data, and on single indicators."""
    entries = [entry for item in items for entry in item.history]
    notes = " ".join(noted.value.note for group in (items, entries) for noted in group)
    used_marks = {mark: text for mark, text in MARK_MEANINGS.items() if mark in notes}
    yield from (open_data.DataNote("Symbol", about, text) for about, text in {**SYMBOL_MEANINGS, **used_marks}.items())
    outcome_words = {entry.outcome for entry in entries} | {
        word for item in items for word in (item.outcome, item.rule_outcome)
    }
    for outcome in scorecard.outcomes:
        if outcome.word in outcome_words:
            yield open_data.DataNote("Outcome", outcome.word, key.describe_outcome(outcome, scorecard))
    for text in key.describe_rules(scorecard):
        yield open_data.DataNote("Rating", "How outcomes come about", text)
    for about, text in key.iter_asides(scorecard):
        yield open_data.DataNote("Measure", about, text)
    for status, item in zip(statuses, items, strict=True):
        if item.overruled:
            yield open_data.DataNote(
                "Overruled", item.code, sentences.describe_overruling(sentences.build_status_rating(status))
            )
        yield from (open_data.DataNote("Indicator", item.code, note) for note in item.notes)
