"""The status of an indicator in one report: latest figure, target, rating, overruling, change on last year.

The check rules and the report both use it, so they cannot disagree.
"""

from dataclasses import dataclass
from decimal import Decimal

from mpr.measure import rating, series
from mpr.measure.indicator import Indicator
from mpr.measure.outcome import Outcome, Role
from mpr.measure.period import Frequency, Month, Period
from mpr.measure.rating import DirectionOfTravel
from mpr.measure.series import Series, SeriesFigure
from mpr.measure.target import Target, YearTargets


@dataclass(frozen=True)
class IndicatorStatus:
    """The status of an indicator in a report.

    `latest_period` is the newest period with a figure (see `select_latest_period`). `figure`, `target` and
    `year_targets` are that period's; `reporting_year_targets` are those of the year of the report. `is_due` says
    whether a figure is expected in the reporting period. The rule gives `proposed_outcome`; `outcome` is printed and
    differs if an officer overruled the rule, for `reason`. `value_year_before` is as printed. `comment` and `focus` are
    those of the reporting period.
    """

    indicator: Indicator
    latest_period: Period
    is_due: bool
    figure: SeriesFigure
    target: Target | None
    year_targets: YearTargets | None
    reporting_year_targets: YearTargets | None
    proposed_outcome: Outcome
    outcome: Outcome
    reason: str
    direction: DirectionOfTravel
    value_year_before: Decimal | None
    comment: str
    focus: bool

    @property
    def value(self) -> Decimal | None:
        """The latest figure as printed."""
        return self.figure.value

    @property
    def is_overruled(self) -> bool:
        """Whether an officer overruled the outcome that the rule proposed."""
        return self.outcome is not self.proposed_outcome

    @property
    def is_exception(self) -> bool:
        """Whether the indicator is one of the exceptions: off track, or with a comment."""
        return self.is_off_track or bool(self.comment)

    @property
    def is_off_track(self) -> bool:
        """Whether the outcome is off track, as red and amber are."""
        return self.outcome.off_track

    @property
    def is_lifted(self) -> bool:
        """Whether the rule gives a better outcome because the figure is better than last year's."""
        if self.value is None or self.indicator.rule.lift_to is not self.proposed_outcome:
            return False
        return self.proposed_outcome is not rating.propose_outcome(
            self.indicator, self.value, self.target, DirectionOfTravel.NOT_AVAILABLE
        )


def assess_indicator(
    indicator: Indicator, readings: Series, reporting_period: Period, earliest: Month
) -> IndicatorStatus:
    """Return an indicator's status in a report; except for annual ones, figures before month `earliest` are too old."""
    latest_period = series.select_latest_period(indicator, readings, reporting_period, earliest)
    figure = series.get_figure(indicator, readings, latest_period)
    reading = readings.get(reporting_period)
    target = indicator.get_target(latest_period)
    value_year_before = series.get_value_year_before(indicator, readings, latest_period)
    direction = rating.compute_direction(indicator, figure.value, value_year_before, target)
    is_due = indicator.is_due_in(reporting_period)
    proposed_outcome = rating.propose_outcome(indicator, figure.value, target, direction)
    if indicator.rule.judged:
        proposed_outcome = (reading and reading.outcome) or proposed_outcome
    if proposed_outcome.role is Role.NO_VALUE and not is_due:
        proposed_outcome = indicator.rule.get_unrated_outcome(Role.NOT_DUE)
    return IndicatorStatus(
        indicator=indicator,
        latest_period=latest_period,
        is_due=is_due,
        figure=figure,
        target=target,
        year_targets=indicator.get_year_targets(latest_period),
        reporting_year_targets=indicator.get_year_targets(reporting_period),
        proposed_outcome=proposed_outcome,
        outcome=(reading and reading.outcome) or proposed_outcome,
        reason=reading.reason if reading else "",
        direction=direction,
        value_year_before=value_year_before,
        comment=reading.comment if reading else "",
        focus=bool(reading and reading.focus),
    )


def assess_at_own_frequency(status: IndicatorStatus, readings: Series, earliest: Month) -> IndicatorStatus:
    """Return the status in the indicator's own last period if the status is annual and the indicator is not.

    The history of a report by year then shows the indicator's own periods. Any other status is returned unchanged.
    """
    indicator = status.indicator
    if status.latest_period.frequency is not Frequency.ANNUAL or indicator.frequency is Frequency.ANNUAL:
        return status
    last_period = indicator.get_period(status.latest_period.last, indicator.frequency)
    return assess_indicator(indicator, readings, last_period, earliest)
