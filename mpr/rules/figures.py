"""Rules on figures that are not there: nothing to rate, or an older figure in place of the one that was due."""

from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Indicator
from mpr.measure.outcome import Role
from mpr.measure.period import Frequency, Period
from mpr.measure.standing import Standing
from mpr.problem import Problem, Severity


def no_figure(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W503: nothing to rate, and no officer has set an outcome."""
    indicator = standing.indicator
    if standing.value is not None or standing.outcome.role is not Role.NO_VALUE or indicator.rule.judged:
        return
    shown = standing.latest
    message = f"{indicator.code} has no figure in {scorecard.year} or the year before"
    hint = "write its value, or set its outcome with a reason"
    if shown.frequency is not indicator.frequency and any(
        each.written for each in scorecard.series(indicator).values()
    ):
        message = f"{indicator.code} has no figure of {shown.words}; {_why(scorecard, indicator, shown)}"
        hint = f"write the {shown.frequency.noun}'s figure into data/{shown}.csv"
    yield Problem(scorecard.place_of(indicator), "W503", message, hint, Severity.WARNING)


def older_figure(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W504: the figure shown is older than the one that was due.

    Of monthly figures in a monthly report the latest month is said in a column of its own.
    """
    indicator, reported = standing.indicator, scorecard.period
    longer = standing.latest.frequency is not indicator.frequency
    due = reported if longer else indicator.expected(reported.last)
    if due is None or standing.value is None or indicator.frequency is reported.frequency is Frequency.MONTHLY:
        return
    if standing.latest.last < due.last:
        why = f"; {_why(scorecard, indicator, due)}" if longer else ""
        message = f"{indicator.code} has no figure of {due.words}, so that of {standing.latest.words} is shown{why}"
        hint = f"write it into data/{due if longer else due.last}.csv, or TBC where it is not known yet"
        yield Problem(scorecard.place_of(indicator), "W504", message, hint, Severity.WARNING)


def _why(scorecard: Scorecard, indicator: Indicator, period: Period) -> str:
    """Say why the figure of a longer period does not follow from those of its months."""
    parts = dict.fromkeys(indicator.period(month, indicator.frequency) for month in period.months)
    series = scorecard.series(indicator)
    missing = [part for part in parts if part not in series or series[part].value is None]
    alone = indicator.measure is not None and indicator.measure.alone
    wanted = [part for part in missing if alone or part.last == period.last]
    if wanted:
        return f"that of {wanted[0].words} is missing"
    if indicator.rebased and period.first < indicator.rebased.start <= period.last:
        return "the measure changed inside it"
    if not alone:
        return "the year turns inside it"
    return "it does not follow from shorter periods without numerators and denominators"
