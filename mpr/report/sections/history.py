"""An indicator's history: the periods of two years side by side, for comparison with the year before."""

from mpr.load.scorecard import Scorecard
from mpr.measure import rating, series
from mpr.measure.indicator import Indicator
from mpr.measure.period import Frequency, Period, PeriodPart
from mpr.measure.status import IndicatorStatus
from mpr.report.model import open_data
from mpr.report.model import report as model
from mpr.report.sections.revisions import mark_if_revised
from mpr.report.wording import cells, sentences

MONTHS_IN_QUARTER = 3


def build_history(scorecard: Scorecard, status: IndicatorStatus) -> model.History | None:
    """Return the history of this year and the year before, or None if only the latest period has data.

    Annual figures have a row for each year.
    """
    indicator, readings = status.indicator, scorecard.get_series(status.indicator)
    frequency = status.latest_period.frequency
    if not any(
        reading.is_filled_in for period, reading in readings.items() if not _is_within(period, status.latest_period)
    ):
        return None
    final_year = indicator.get_year(scorecard.period.last, frequency)
    is_annual = frequency is Frequency.ANNUAL
    years = series.list_years(indicator, readings, final_year) if is_annual else (final_year.year_before, final_year)
    rows, computed = [], False
    columns = [years] if is_annual else [year.split_into(frequency) for year in years]
    for index, periods in enumerate(zip(*columns, strict=True)):
        row_cells = tuple(build_cell(scorecard, status, period) for period in periods)
        rows.append(
            model.HistoryRow(periods[0].name, "month" if frequency is Frequency.MONTHLY else "period", row_cells)
        )
        if (
            frequency is Frequency.MONTHLY
            and indicator.has_quarter_rows
            and index % MONTHS_IN_QUARTER == MONTHS_IN_QUARTER - 1
        ):
            quarters = [PeriodPart(year, Frequency.QUARTERLY, index // MONTHS_IN_QUARTER + 1) for year in years]
            row_cells = tuple(build_cell(scorecard, status, quarter) for quarter in quarters)
            computed |= any(series.get_figure(indicator, readings, quarter).is_computed for quarter in quarters)
            rows.append(model.HistoryRow(quarters[0].name, "quarter", row_cells))
    title = f"{indicator.code}: values and targets by {frequency.noun}"
    heads = ("By year",) if is_annual else tuple(year.full_name for year in years)
    return model.History(
        title, frequency.noun.capitalize(), heads, tuple(rows), list_notes(scorecard, status), computed
    )


def list_notes(scorecard: Scorecard, status: IndicatorStatus) -> tuple[str, ...]:
    """Return the notes on an indicator's figures: on a break in the measure, and on the year's target."""
    rebased, annual = status.indicator.series_break, status.reporting_year_targets
    target_note = f"Target of {scorecard.year.full_name}: {annual.note}" if annual and annual.note else ""
    return tuple(f"{note}." for note in (rebased and rebased.note, target_note) if note)


def _is_within(period: Period, latest: Period) -> bool:
    """Whether a period is the latest one or a part of it."""
    return latest.first <= period.first and period.last <= latest.last


def build_cell(scorecard: Scorecard, status: IndicatorStatus, period: Period) -> model.HistoryCell:
    """Return the cell of a period, or of a quarter between months."""
    if isinstance(period, PeriodPart) and period.frequency is not status.latest_period.frequency:
        return _build_quarter_cell(scorecard, status.indicator, period)
    return _build_period_cell(scorecard, status, period)


def _build_period_cell(scorecard: Scorecard, status: IndicatorStatus, period: Period) -> model.HistoryCell:
    indicator, readings = status.indicator, scorecard.get_series(status.indicator)
    target = indicator.get_target(period)
    target_figure = cells.format_target(indicator, target, indicator.get_year_targets(period))
    ready_month = indicator.get_ready_month(period)
    series_figure = series.get_figure(indicator, readings, period)
    is_awaited = (
        period not in readings
        and series_figure.value is None
        and ready_month.add_months(indicator.lag) > scorecard.period.last
    )
    if ready_month > scorecard.period.last or is_awaited:
        return model.HistoryCell(
            open_data.PrintedFigure(""),
            open_data.PrintedFigure("") if target is None else target_figure,
            None,
            "future",
        )
    figure, outcome = (
        mark_if_revised(scorecard, indicator, period, cells.format_figure(indicator, series_figure, period)),
        None,
    )
    reading = readings.get(period)
    reported_outcome = reading.outcome if reading else None
    if period == status.latest_period and reported_outcome in {None, status.outcome}:
        outcome = sentences.build_status_rating(status)
    elif reported_outcome or (
        series_figure.value is not None and indicator.is_comparable(period, status.latest_period)
    ):
        year_before = series.get_value_year_before(indicator, readings, period)
        change = rating.compute_direction(indicator, series_figure.value, year_before, target)
        proposal = rating.propose_outcome(indicator, series_figure.value, target, change)
        if indicator.rule.judged:
            proposal = reported_outcome or proposal
        if proposal.is_rated or reported_outcome:
            outcome = cells.build_rating(reported_outcome or proposal, proposal, reading.reason if reading else "")
    is_current = period == indicator.get_period(scorecard.period.last, period.frequency)
    return model.HistoryCell(figure, target_figure, outcome, "current" if is_current else "past")


def _build_quarter_cell(scorecard: Scorecard, indicator: Indicator, quarter: PeriodPart) -> model.HistoryCell:
    if quarter.last > scorecard.period.last:
        return model.HistoryCell(open_data.PrintedFigure(""), open_data.PrintedFigure(""), None, "future")
    series_figure = series.get_figure(indicator, scorecard.get_series(indicator), quarter)
    figure = mark_if_revised(scorecard, indicator, quarter, cells.format_figure(indicator, series_figure, quarter))
    return model.HistoryCell(figure, open_data.PrintedFigure(""), None, "past")
