"""What a section's assembly starts from: the scorecard, the section's settings, and what stands where in the report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mpr.load.config.sections import SectionSettings
from mpr.load.scorecard import Scorecard
from mpr.measure.period import Period
from mpr.measure.status import IndicatorStatus
from mpr.report.model.report import Heading


@dataclass(frozen=True, eq=False)
class SectionContext:
    """What a section is made of: its name and number, its settings, whose standings it shows.

    It is equal to itself alone, so that what follows from it can be kept by it.

    `details` and `focus` are the anchors, by code, of the detail of an indicator and of its row among the items in
    focus, wherever in the report they are.
    """

    scorecard: Scorecard
    name: str
    number: int
    settings: SectionSettings
    statuses: Sequence[IndicatorStatus]
    detail_anchors: Mapping[str, str]
    focus_anchors: Mapping[str, str]

    @property
    def heading(self) -> Heading:
        """The section's heading."""
        return Heading(self.name, f"Section {self.number}", self.settings.title, self.settings.description)

    @cached_property
    def period_noun(self) -> str:
        """What the periods of its indicators are called."""
        return select_period_noun(self.scorecard.period, self.statuses)

    def restrict_to(self, status: IndicatorStatus) -> "SectionContext":
        """Return what an indicator's row or block is made of: the same object for as long as that does not change."""
        code, scorecard = status.indicator.code, self.scorecard
        detail_anchors, focus_anchors = (
            {code: anchors[code]} if code in anchors else {} for anchors in (self.detail_anchors, self.focus_anchors)
        )
        indicator_scorecard = scorecard.per_indicator[code]
        restricted = SectionContext(
            indicator_scorecard,
            self.name,
            self.number,
            self.settings,
            (indicator_scorecard.status,),
            detail_anchors,
            focus_anchors,
        )
        return scorecard.memo.reuse(("context", self.name, code), restricted, _has_same_content)


def _has_same_content(first: SectionContext, second: SectionContext) -> bool:
    """Whether an indicator's row or block is made of the same."""
    if first.scorecard is not second.scorecard or first.settings is not second.settings:
        return False
    return (first.number, first.detail_anchors, first.focus_anchors) == (
        second.number,
        second.detail_anchors,
        second.focus_anchors,
    )


def select_period_noun(reported: Period, statuses: Iterable[IndicatorStatus]) -> str:
    """Return what the periods of some indicators are called: as the report's own, or `period` where they differ."""
    frequency = reported.frequency
    return frequency.noun if all(status.latest_period.frequency is frequency for status in statuses) else "period"
