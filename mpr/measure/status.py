"""Where an indicator stands in one report: latest figure, target, rating, overruling, change on last year.

Rules and report both start from here, so that they can never disagree.
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
    """An indicator in a report.

    `latest` is the newest period with a figure, or, where there is none, with a word in its place; `figure` (its value
    as printed) and `target` are that period's, `due` says whether one was due in the report's own. `targets` holds all
    targets of that period's year, `annual` those of the reporting year. `proposal` is what the rule says, `outcome`
    what is printed; they differ where an officer overruled, for `reason`. `before` is the figure of a year before.
    `comment` and `focus` are the report's own.
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
        """Whether an officer set another outcome than the rule."""
        return self.outcome is not self.proposed_outcome

    @property
    def is_exception(self) -> bool:
        """Whether the indicator belongs among the exceptions: off track, or with something to say."""
        return self.is_off_track or bool(self.comment)

    @property
    def is_off_track(self) -> bool:
        """Whether the indicator is off track, as red and amber ones are."""
        return self.outcome.off_track

    @property
    def is_lifted(self) -> bool:
        """Whether the rule's outcome is a better one because the figure is better than last year's."""
        if self.value is None or self.indicator.rule.lift_to is not self.proposed_outcome:
            return False
        return self.proposed_outcome is not rating.propose_outcome(
            self.indicator, self.value, self.target, DirectionOfTravel.NOT_AVAILABLE
        )


def assess_indicator(
    indicator: Indicator, readings: Series, reporting_period: Period, earliest: Month
) -> IndicatorStatus:
    """Judge an indicator in a report; figures of periods that end before `since` are too old to be the latest."""
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
    """Assess an indicator in its own last period if a report by year has no other annual figure to compare it with."""
    indicator = status.indicator
    if status.latest_period.frequency is not Frequency.ANNUAL or indicator.frequency is Frequency.ANNUAL:
        return status
    last_period = indicator.get_period(status.latest_period.last, indicator.frequency)
    return assess_indicator(indicator, readings, last_period, earliest)
