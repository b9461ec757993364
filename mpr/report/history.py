"""An indicator's history: twelve months by two financial years, so that the eye compares a month with last year's."""

from mpr.load.scorecard import Scorecard
from mpr.measure import series
from mpr.measure.indicator import Indicator, Missing
from mpr.measure.period import MONTHS_IN_YEAR, Month, Period, Quarter
from mpr.measure.rating import propose
from mpr.measure.standing import Standing
from mpr.report import cells, model

MONTHS_IN_QUARTER = 3


def history(scorecard: Scorecard, standing: Standing) -> model.History | None:
    """Return this year's and last year's months, None where no period but the latest has anything to show."""
    indicator, readings = standing.indicator, scorecard.series(standing.indicator)
    if not any(reading.written for period, reading in readings.items() if period != standing.latest):
        return None
    years = (scorecard.year.before, scorecard.year)
    rows = []
    for place in range(MONTHS_IN_YEAR):
        months = [year.months[place] for year in years]
        cell = tuple(_month(scorecard, standing, each) for each in months)
        rows.append(model.HistoryRow(months[0].name, "month", cell))
        if indicator.quarters and place % MONTHS_IN_QUARTER == MONTHS_IN_QUARTER - 1:
            quarters = [year.quarters[place // MONTHS_IN_QUARTER] for year in years]
            cell = tuple(_quarter(scorecard, indicator, each) for each in quarters)
            rows.append(model.HistoryRow(f"Quarter {quarters[0].number}", "quarter", cell))
    notes = (f"{indicator.rebased.note}.",) if indicator.rebased else ()
    title = f"{indicator.code}: values and targets by month"
    return model.History(title, tuple(year.words for year in years), tuple(rows), notes)


def _month(scorecard: Scorecard, standing: Standing, month: Month) -> model.HistoryCell:
    indicator = standing.indicator
    target = indicator.target(month)
    shown = cells.target(indicator, target, indicator.targets_of(month))
    if month > scorecard.month:
        return model.HistoryCell(model.Figure(""), model.Figure("") if target is None else shown, None, "future")
    value = series.value(indicator, scorecard.series(indicator), month)
    figure, rating = _value(scorecard, indicator, month, month), None
    if month == standing.latest:
        rating = cells.rated(standing)
    elif value is not None and target is not None and indicator.comparable(month, standing.latest):
        proposal, reading = propose(indicator, value, target), scorecard.series(indicator)[month]
        rating = cells.outcome(reading.outcome or proposal, proposal, reading.reason)
    return model.HistoryCell(figure, shown, rating, "current" if month == scorecard.month else "past")


def _quarter(scorecard: Scorecard, indicator: Indicator, quarter: Quarter) -> model.HistoryCell:
    if quarter.last > scorecard.month:
        return model.HistoryCell(model.Figure(""), model.Figure(""), None, "future")
    return model.HistoryCell(_value(scorecard, indicator, quarter, quarter.last), model.Figure(""), None, "past")


def _value(scorecard: Scorecard, indicator: Indicator, period: Period, month: Month) -> model.Figure:
    """Return a period's value as printed, or the symbol for why there is none."""
    readings = scorecard.series(indicator)
    value, reading = series.value(indicator, readings, period), readings.get(period)
    if value is None or reading is None:
        return cells.missing((reading and reading.missing) or Missing.NOT_AVAILABLE)
    printed = cells.printed(indicator, value, indicator.decimals_in(month))
    return model.Figure(printed.text, cells.PROXY) if reading.proxy else printed
