"""An indicator's history: the periods of two years side by side, so that the eye compares each with last year's."""

from mpr.load.scorecard import Scorecard
from mpr.measure import rating, series
from mpr.measure.indicator import Indicator
from mpr.measure.period import Frequency, Part, Period
from mpr.measure.standing import Standing
from mpr.measure.standing import standing as judged
from mpr.report import cells, data, model, sentences
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
        cell = tuple(at(scorecard, standing, each) for each in periods)
        rows.append(model.HistoryRow(periods[0].name, "month" if grain is Frequency.MONTHLY else "period", cell))
        if grain is Frequency.MONTHLY and indicator.quarters and place % MONTHS_IN_QUARTER == MONTHS_IN_QUARTER - 1:
            quarters = [Part(year, Frequency.QUARTERLY, place // MONTHS_IN_QUARTER + 1) for year in years]
            cell = tuple(at(scorecard, standing, each) for each in quarters)
            computed |= any(series.figure(indicator, readings, each).computed for each in quarters)
            rows.append(model.HistoryRow(quarters[0].name, "quarter", cell))
    title = f"{indicator.code}: values and targets by {grain.noun}"
    heads = ("By year",) if annual else tuple(year.words for year in years)
    return model.History(title, grain.noun.capitalize(), heads, tuple(rows), notes(scorecard, standing), computed)


def own(scorecard: Scorecard, standing: Standing) -> Standing:
    """Return where an indicator stands in its own last period, where a report by year has nothing to set beside it."""
    indicator = standing.indicator
    if standing.latest.frequency is not Frequency.ANNUAL or indicator.frequency is Frequency.ANNUAL:
        return standing
    last = indicator.period(standing.latest.last, indicator.frequency)
    return judged(indicator, scorecard.series(indicator), last, scorecard.year.year_before.first)


def notes(scorecard: Scorecard, standing: Standing) -> tuple[str, ...]:
    """Say what to know of an indicator's figures: where they measure another thing than before, why a target moved."""
    rebased, annual = standing.indicator.rebased, standing.annual
    moved = f"Target of {scorecard.year.words}: {annual.note}" if annual and annual.note else ""
    return tuple(f"{each}." for each in (rebased and rebased.note, moved) if each)


def _within(period: Period, latest: Period) -> bool:
    """Whether a period is the latest one, or the file in which its figure stands."""
    return latest.first <= period.first and period.last <= latest.last


def at(scorecard: Scorecard, standing: Standing, period: Period) -> model.HistoryCell:
    """Return what a history shows of a period, or of a quarter between its months."""
    if isinstance(period, Part) and period.frequency is not standing.latest.frequency:
        return _quarter(scorecard, standing.indicator, period)
    return _period(scorecard, standing, period)


def _period(scorecard: Scorecard, standing: Standing, period: Period) -> model.HistoryCell:
    indicator, readings = standing.indicator, scorecard.series(standing.indicator)
    target = indicator.target(period)
    shown = cells.target(indicator, target, indicator.targets_of(period))
    known = indicator.ready(period)
    found = series.figure(indicator, readings, period)
    waited = period not in readings and found.value is None and known.plus(indicator.lag) > scorecard.period.last
    if known > scorecard.period.last or waited:
        return model.HistoryCell(data.Figure(""), data.Figure("") if target is None else shown, None, "future")
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
        return model.HistoryCell(data.Figure(""), data.Figure(""), None, "future")
    found = series.figure(indicator, scorecard.series(indicator), quarter)
    figure = marked(scorecard, indicator, quarter, cells.found(indicator, found, quarter))
    return model.HistoryCell(figure, data.Figure(""), None, "past")
