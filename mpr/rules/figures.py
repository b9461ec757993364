"""Rules on figures that are not there: nothing to rate, or an older figure in place of the one that was due."""

from collections.abc import Iterator

from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Indicator
from mpr.measure.outcome import Role
from mpr.measure.period import Period
from mpr.measure.standing import Standing
from mpr.measure.words import plain
from mpr.problem import Problem, Severity
from mpr.rules import shown


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

    How much later a figure may come is the indicator's `lag`. A comment of this report is taken for the word on why,
    and so is TBC or N/A in place of the figure.
    """
    indicator, reported = standing.indicator, scorecard.period
    longer = standing.latest.frequency is not indicator.frequency
    due = reported if longer else indicator.expected(reported.last)
    if due is None or standing.value is None or (standing.comment and not longer):
        return
    said = scorecard.series(indicator).get(due)
    if standing.latest.last < due.last and not (said and said.missing and not longer):
        why = f"; {_why(scorecard, indicator, due)}" if longer else ""
        message = f"{indicator.code} has no figure of {due.words}, so that of {standing.latest.words} is shown{why}"
        hint = f"write it into data/{due if longer else due.last}.csv, or say in a comment why there is none"
        yield Problem(scorecard.place_of(indicator), "W504", message, hint, Severity.WARNING)


def finer_than_counted(scorecard: Scorecard, standing: Standing) -> Iterator[Problem]:
    """W516: a figure has digits after the decimal point where the indicator counts whole things.

    It is printed rounded, so a slip of the decimal point would not be seen.
    """
    indicator = standing.indicator
    reading = scorecard.series(indicator).get(standing.latest)
    if not reading or reading.value is None or indicator.percent or reading.place.file != scorecard.place.file:
        return
    if indicator.decimals_in(standing.latest) == 0 and reading.value % 1:
        message = f"{indicator.code} has the figure {plain(reading.value)}, but is counted in whole numbers"
        hint = f"it would be printed as {shown.latest(standing)}; write the whole number, or give it decimals"
        yield Problem(scorecard.place_of(indicator), "W516", message, hint, Severity.WARNING)


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
