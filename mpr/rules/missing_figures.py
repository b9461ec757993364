"""Rules on figures that are missing, overdue or not whole numbers."""

from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import format_without_commas
from mpr.measure.indicator import Indicator
from mpr.measure.outcome import Role
from mpr.measure.period import Period
from mpr.measure.status import IndicatorStatus
from mpr.problem import Problem
from mpr.rules import phrases
from mpr.rules.findings import build_finding


def check_missing_figure(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W503: an indicator has no figure to rate, and no officer has set an outcome."""
    indicator = status.indicator
    if status.value is not None or status.outcome.role is not Role.NO_VALUE or indicator.rule.judged:
        return
    shown_period = status.latest_period
    message = f"{indicator.code} has no figure in {scorecard.year} or the year before"
    hint, basis = "write its value, or set its outcome with a reason", str(scorecard.year)
    if shown_period.frequency is not indicator.frequency and any(
        reading.is_filled_in for reading in scorecard.get_series(indicator).values()
    ):
        reason, basis = _explain_missing_figure(scorecard, indicator, shown_period), shown_period.full_name
        message = f"{indicator.code} has no figure for {basis}; {reason}"
        hint = f"write the {shown_period.frequency.noun}'s figure into data/{shown_period}.csv"
    place = scorecard.locate_cell(indicator)
    yield build_finding(place, "W503", message, hint, subject=indicator.code, basis=(basis,))


def check_overdue_figure(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W504: the report shows an older figure than the one that is due.

    The indicator's `lag` says how much later a figure may come. A comment in this report counts as the explanation, and
    so does TBC or N/A in place of the figure.
    """
    indicator, reported = status.indicator, scorecard.period
    is_longer_period = status.latest_period.frequency is not indicator.frequency
    due = reported if is_longer_period else indicator.find_expected_period(reported.last)
    if due is None or status.value is None or (status.comment and not is_longer_period):
        return
    due_reading = scorecard.get_series(indicator).get(due)
    if status.latest_period.last < due.last and not (due_reading and due_reading.missing and not is_longer_period):
        reason = f"; {_explain_missing_figure(scorecard, indicator, due)}" if is_longer_period else ""
        shown = status.latest_period.full_name
        message = f"{indicator.code} has no figure for {due.full_name}, so the one for {shown} is shown{reason}"
        hint = f"write it into data/{due if is_longer_period else due.last}.csv, or say in a comment why there is none"
        place, basis = scorecard.locate_cell(indicator), (due.full_name, shown)
        yield build_finding(place, "W504", message, hint, subject=indicator.code, basis=basis)


def check_fractional_count(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W516: a figure has decimals, but the indicator counts whole numbers.

    The report prints it rounded, so a slipped decimal point would not be seen.
    """
    indicator = status.indicator
    reading = scorecard.get_series(indicator).get(status.latest_period)
    if not reading or reading.value is None or indicator.is_percentage or reading.place.file != scorecard.place.file:
        return
    if indicator.get_decimals(status.latest_period) == 0 and reading.value % 1:
        figure, printed = format_without_commas(reading.value), phrases.format_latest_figure(status)
        message = f"{indicator.code} has the figure {figure}, but is counted in whole numbers"
        hint = f"it would be printed as {printed}; write the whole number, or give it decimals"
        place = scorecard.locate_cell(indicator)
        yield build_finding(place, "W516", message, hint, subject=indicator.code, basis=(figure,))


def _explain_missing_figure(scorecard: Scorecard, indicator: Indicator, period: Period) -> str:
    """Say why the figure of a longer period cannot be calculated from those of its months."""
    parts = dict.fromkeys(indicator.get_period(month, indicator.frequency) for month in period.months)
    series = scorecard.get_series(indicator)
    missing = [part for part in parts if part not in series or series[part].value is None]
    is_single_period = indicator.measure_kind is not None and indicator.measure_kind.is_per_period
    needed_parts = [part for part in missing if is_single_period or part.last == period.last]
    if needed_parts:
        return f"the one for {needed_parts[0].full_name} is missing"
    if indicator.series_break and period.first < indicator.series_break.start <= period.last:
        return "the measure changed within it"
    if not is_single_period:
        return "a new year begins within it"
    return "it cannot be calculated from shorter periods without numerators and denominators"
