"""Rules on figures that are not there: nothing to rate, or an older figure in place of the one that was due."""

from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import format_without_commas
from mpr.measure.indicator import Indicator
from mpr.measure.outcome import Role
from mpr.measure.period import Period
from mpr.measure.status import IndicatorStatus
from mpr.problem import Problem, Severity
from mpr.rules import phrases


def check_missing_figure(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W503: nothing to rate, and no officer has set an outcome."""
    indicator = status.indicator
    if status.value is not None or status.outcome.role is not Role.NO_VALUE or indicator.rule.judged:
        return
    shown_period = status.latest_period
    message = f"{indicator.code} has no figure in {scorecard.year} or the year before"
    hint = "write its value, or set its outcome with a reason"
    if shown_period.frequency is not indicator.frequency and any(
        reading.is_filled_in for reading in scorecard.get_series(indicator).values()
    ):
        message = f"{indicator.code} has no figure of {shown_period.full_name}; {_explain_missing_figure(scorecard, indicator, shown_period)}"
        hint = f"write the {shown_period.frequency.noun}'s figure into data/{shown_period}.csv"
    yield Problem(scorecard.locate_cell(indicator), "W503", message, hint, Severity.WARNING)


def check_overdue_figure(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W504: the figure shown is older than the one that was due.

    How much later a figure may come is the indicator's `lag`. A comment of this report is taken for the word on why,
    and so is TBC or N/A in place of the figure.
    """
    indicator, reported = status.indicator, scorecard.period
    is_longer_period = status.latest_period.frequency is not indicator.frequency
    due = reported if is_longer_period else indicator.find_expected_period(reported.last)
    if due is None or status.value is None or (status.comment and not is_longer_period):
        return
    due_reading = scorecard.get_series(indicator).get(due)
    if status.latest_period.last < due.last and not (due_reading and due_reading.missing and not is_longer_period):
        reason = f"; {_explain_missing_figure(scorecard, indicator, due)}" if is_longer_period else ""
        message = f"{indicator.code} has no figure of {due.full_name}, so that of {status.latest_period.full_name} is shown{reason}"
        hint = f"write it into data/{due if is_longer_period else due.last}.csv, or say in a comment why there is none"
        yield Problem(scorecard.locate_cell(indicator), "W504", message, hint, Severity.WARNING)


def check_fractional_count(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W516: a figure has digits after the decimal point where the indicator counts whole things.

    It is printed rounded, so a slip of the decimal point would not be seen.
    """
    indicator = status.indicator
    reading = scorecard.get_series(indicator).get(status.latest_period)
    if not reading or reading.value is None or indicator.is_percentage or reading.place.file != scorecard.place.file:
        return
    if indicator.get_decimals(status.latest_period) == 0 and reading.value % 1:
        message = (
            f"{indicator.code} has the figure {format_without_commas(reading.value)}, but is counted in whole numbers"
        )
        hint = f"it would be printed as {phrases.format_latest_figure(status)}; write the whole number, or give it decimals"
        yield Problem(scorecard.locate_cell(indicator), "W516", message, hint, Severity.WARNING)


def _explain_missing_figure(scorecard: Scorecard, indicator: Indicator, period: Period) -> str:
    """Say why the figure of a longer period does not follow from those of its months."""
    parts = dict.fromkeys(indicator.get_period(month, indicator.frequency) for month in period.months)
    series = scorecard.get_series(indicator)
    missing = [part for part in parts if part not in series or series[part].value is None]
    is_single_period = indicator.measure_kind is not None and indicator.measure_kind.is_per_period
    needed_parts = [part for part in missing if is_single_period or part.last == period.last]
    if needed_parts:
        return f"that of {needed_parts[0].full_name} is missing"
    if indicator.series_break and period.first < indicator.series_break.start <= period.last:
        return "the measure changed inside it"
    if not is_single_period:
        return "the year turns inside it"
    return "it does not follow from shorter periods without numerators and denominators"
