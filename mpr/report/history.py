"""An indicator's history: the periods of two years side by side, so that the eye compares each with last year's."""

from mpr.load.scorecard import Scorecard
from mpr.measure import rating, series
from mpr.measure.indicator import Indicator
from mpr.measure.period import Frequency, Part, Period
from mpr.measure.standing import Standing
from mpr.report import cells, model, sentences
from mpr.report.revisions import marked

MONTHS_IN_QUARTER = 3


def history(scorecard: Scorecard, standing: Standing) -> model.History | None:
    """Return this year's and last year's periods, None where none but the latest has anything to show.

    Annual figures stand below each other, a row a year.
    """
    indicator, readings = standing.indicator, scorecard.series(standing.indicator)
    grain = standing.latest.frequency
    if not any(reading.written for period, reading in readings.items() if not _within(period, standing.latest)):
        return None
    ended = indicator.year(scorecard.period.last, grain)
    annual = grain is Frequency.ANNUAL
    years = series.years(indicator, readings, ended) if annual else (ended.year_before, ended)
    rows, computed = [], False
    columns = [years] if annual else [year.parts(grain) for year in years]
    for place, periods in enumerate(zip(*columns, strict=True)):
        cell = tuple(_period(scorecard, standing, each) for each in periods)
        rows.append(model.HistoryRow(periods[0].name, "month" if grain is Frequency.MONTHLY else "period", cell))
        if grain is Frequency.MONTHLY and indicator.quarters and place % MONTHS_IN_QUARTER == MONTHS_IN_QUARTER - 1:
            quarters = [Part(year, Frequency.QUARTERLY, place // MONTHS_IN_QUARTER + 1) for year in years]
            cell = tuple(_quarter(scorecard, indicator, each) for each in quarters)
            computed |= any(series.figure(indicator, readings, each).computed for each in quarters)
            rows.append(model.HistoryRow(quarters[0].name, "quarter", cell))
    moved = (
        f"Target of {scorecard.year.words}: {standing.annual.note}" if standing.annual and standing.annual.note else ""
    )
    notes = tuple(f"{each}." for each in (indicator.rebased and indicator.rebased.note, moved) if each)
    title = f"{indicator.code}: values and targets by {grain.noun}"
    heads = ("By year",) if annual else tuple(year.words for year in years)
    return model.History(title, grain.noun.capitalize(), heads, tuple(rows), notes, computed)


def _within(period: Period, latest: Period) -> bool:
    """Whether a period is the latest one, or the file in which its figure stands."""
    return latest.first <= period.first and period.last <= latest.last


def _period(scorecard: Scorecard, standing: Standing, period: Period) -> model.HistoryCell:
    indicator, readings = standing.indicator, scorecard.series(standing.indicator)
    target = indicator.target(period)
    shown = cells.target(indicator, target, indicator.targets_of(period))
    known = indicator.ready(period)
    found = series.figure(indicator, readings, period)
    waited = period not in readings and found.value is None and known.plus(indicator.lag) > scorecard.period.last
    if known > scorecard.period.last or waited:
        return model.HistoryCell(model.Figure(""), model.Figure("") if target is None else shown, None, "future")
    figure, outcome = marked(scorecard, indicator, period, cells.found(indicator, found, period)), None
    reading = readings.get(period)
    said = reading.outcome if reading else None
    if period == standing.latest and said in {None, standing.outcome}:
        outcome = sentences.rated(standing)
    elif said or (found.value is not None and indicator.comparable(period, standing.latest)):
        before = series.year_before(indicator, readings, period)
        change = rating.change(indicator, found.value, before, target)
        proposal = rating.propose(indicator, found.value, target, change)
        if indicator.rule.judged:
            proposal = said or proposal
        if proposal.rated or said:
            outcome = cells.outcome(said or proposal, proposal, reading.reason if reading else "")
    current = period == indicator.period(scorecard.period.last, period.frequency)
    return model.HistoryCell(figure, shown, outcome, "current" if current else "past")


def _quarter(scorecard: Scorecard, indicator: Indicator, quarter: Part) -> model.HistoryCell:
    if quarter.last > scorecard.period.last:
        return model.HistoryCell(model.Figure(""), model.Figure(""), None, "future")
    found = series.figure(indicator, scorecard.series(indicator), quarter)
    figure = marked(scorecard, indicator, quarter, cells.found(indicator, found, quarter))
    return model.HistoryCell(figure, model.Figure(""), None, "past")
