"""The input for one section: the scorecard, the section's settings, its indicators and the anchors to link to."""

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
    """The input for one section: its name, number and settings, and the statuses it shows.

    `detail_anchors` and `focus_anchors` are, by code, the anchors of an indicator's detail and of its row among the
    items in focus, in any section. A context is equal only to itself, so that results can be cached under it.
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
        """The noun for the periods of its indicators: `month`, or `period` if they differ."""
        return select_period_noun(self.scorecard.period, self.statuses)

    def restrict_to(self, status: IndicatorStatus) -> "SectionContext":
        """Return the context of one indicator's row or block; the same object as before if nothing in it changed."""
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
    """Whether two contexts of one indicator give the same row or block."""
    if first.scorecard is not second.scorecard or first.settings is not second.settings:
        return False
    return (first.number, first.detail_anchors, first.focus_anchors) == (
        second.number,
        second.detail_anchors,
        second.focus_anchors,
    )


def select_period_noun(reported: Period, statuses: Iterable[IndicatorStatus]) -> str:
    """Return the noun for the report's periods, or `period` if some indicators have periods of another length."""
    frequency = reported.frequency
    return frequency.noun if all(status.latest_period.frequency is frequency for status in statuses) else "period"
