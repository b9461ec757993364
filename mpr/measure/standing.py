"""Where an indicator stands in one report: latest figure, target, rating, overruling, change on last year.

Rules and report both start from here, so that they can never disagree.
"""

from dataclasses import dataclass
from decimal import Decimal

from mpr.measure import rating, series
from mpr.measure.indicator import Indicator
from mpr.measure.outcome import Outcome, Role
from mpr.measure.period import Month, Period
from mpr.measure.rating import Change
from mpr.measure.series import Figure, Series
from mpr.measure.target import Target, YearTarget


@dataclass(frozen=True)
class Standing:
    """An indicator in a report.

    `latest` is the newest period with a figure, or, where there is none, with a word in its place; `figure` (its value
    as printed) and `target` are that period's, `due` says whether one was due in the report's own. `targets` holds all
    targets of that period's year, `annual` those of the reporting year. `proposal` is what the rule says, `outcome`
    what is printed; they differ where an officer overruled, for `reason`. `before` is the figure of a year before.
    `comment` and `focus` are the report's own.
    """

    indicator: Indicator
    latest: Period
    due: bool
    figure: Figure
    target: Target | None
    targets: YearTarget | None
    annual: YearTarget | None
    proposal: Outcome
    outcome: Outcome
    reason: str
    change: Change
    before: Decimal | None
    comment: str
    focus: bool

    @property
    def value(self) -> Decimal | None:
        """The latest figure as printed."""
        return self.figure.value

    @property
    def overruled(self) -> bool:
        """Whether an officer set another outcome than the rule."""
        return self.outcome is not self.proposal

    @property
    def exception(self) -> bool:
        """Whether the indicator belongs among the exceptions: off track, or with something to say."""
        return self.off_track or bool(self.comment)

    @property
    def off_track(self) -> bool:
        """Whether the indicator is off track, as red and amber ones are."""
        return self.outcome.off_track

    @property
    def lifted(self) -> bool:
        """Whether the rule's outcome is a better one because the figure is better than last year's."""
        if self.value is None or self.indicator.rule.lift is not self.proposal:
            return False
        return self.proposal is not rating.propose(self.indicator, self.value, self.target, Change.NOT_AVAILABLE)


def standing(indicator: Indicator, readings: Series, reported: Period, since: Month) -> Standing:
    """Judge an indicator in a report; figures of periods that end before `since` are too old to be the latest."""
    latest = series.latest(indicator, readings, reported, since)
    found = series.figure(indicator, readings, latest)
    now = readings.get(reported)
    target = indicator.target(latest)
    before = series.year_before(indicator, readings, latest)
    change = rating.change(indicator, found.value, before, target)
    due = indicator.due_in(reported)
    proposal = rating.propose(indicator, found.value, target, change)
    if indicator.rule.judged:
        proposal = (now and now.outcome) or proposal
    if proposal.role is Role.NO_VALUE and not due:
        proposal = indicator.rule.role(Role.NOT_DUE)
    return Standing(
        indicator=indicator,
        latest=latest,
        due=due,
        figure=found,
        target=target,
        targets=indicator.targets_of(latest),
        annual=indicator.targets_of(reported),
        proposal=proposal,
        outcome=(now and now.outcome) or proposal,
        reason=now.reason if now else "",
        change=change,
        before=before,
        comment=now.comment if now else "",
        focus=bool(now and now.focus),
    )
