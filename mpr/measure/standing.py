"""Where an indicator stands in one reporting month: latest figure, target, rating, overruling, change on last year.

Rules and report both start from here, so that they can never disagree.
"""

from dataclasses import dataclass
from decimal import Decimal

from mpr.measure import rating, series
from mpr.measure.indicator import Indicator, Missing, Outcome, Target, YearTarget
from mpr.measure.period import Month
from mpr.measure.rating import Change
from mpr.measure.series import Series


@dataclass(frozen=True)
class Standing:
    """An indicator in a reporting month.

    `latest` is the newest month with a figure, or, where there is none, with a word in its place; `value` (as printed),
    `missing`, `proxy` and `target` are that month's. `targets` holds all targets of that month's year, `annual` those
    of the reporting year. `proposal` is what the rule says, `outcome` what is printed; they differ where an officer
    overruled, for `reason`. `before` is the figure of a year before. `comment` is the reporting month's.
    """

    indicator: Indicator
    latest: Month
    value: Decimal | None
    missing: Missing
    proxy: bool
    target: Target | None
    targets: YearTarget | None
    annual: YearTarget | None
    proposal: Outcome
    outcome: Outcome
    reason: str
    change: Change
    before: Decimal | None
    comment: str

    @property
    def overruled(self) -> bool:
        """Whether an officer set another outcome than the rule."""
        return self.outcome is not self.proposal

    @property
    def exception(self) -> bool:
        """Whether the indicator belongs among the exceptions: red or amber, or with something to say."""
        return self.off_track or bool(self.comment)

    @property
    def off_track(self) -> bool:
        """Whether the indicator is red or amber."""
        return self.outcome in {Outcome.RED, Outcome.AMBER}


def standing(indicator: Indicator, readings: Series, month: Month) -> Standing:
    """Judge an indicator in a reporting month."""
    latest = series.latest(readings, month)
    at_latest, now = readings.get(latest), readings.get(month)
    value = series.value(indicator, readings, latest)
    target = indicator.target(latest)
    before = series.year_before(indicator, readings, latest)
    proposal = rating.propose(indicator, value, target)
    return Standing(
        indicator=indicator,
        latest=latest,
        value=value,
        missing=(at_latest and at_latest.missing) or Missing.NOT_AVAILABLE,
        proxy=bool(at_latest and at_latest.proxy),
        target=target,
        targets=indicator.targets_of(latest),
        annual=indicator.targets_of(month),
        proposal=proposal,
        outcome=(now and now.outcome) or proposal,
        reason=now.reason if now else "",
        change=rating.change(indicator.polarity, value, before, target),
        before=before,
        comment=now.comment if now else "",
    )
