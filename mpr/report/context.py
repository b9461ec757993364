"""What a section's assembly starts from: the scorecard, the section's settings, and what stands where in the report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mpr.load.scorecard import Scorecard
from mpr.load.sections import SectionSettings
from mpr.measure.period import Period
from mpr.measure.standing import Standing
from mpr.report.model import Heading


@dataclass(frozen=True, eq=False)
class Context:
    """What a section is made of: its name and number, its settings, whose standings it shows.

    It is equal to itself alone, so that what follows from it can be kept by it.

    `details` and `focus` are the anchors, by code, of the detail of an indicator and of its row among the items in
    focus, wherever in the report they are.
    """

    scorecard: Scorecard
    name: str
    number: int
    settings: SectionSettings
    standings: Sequence[Standing]
    details: Mapping[str, str]
    focus: Mapping[str, str]

    @property
    def heading(self) -> Heading:
        """The section's heading."""
        return Heading(self.name, f"Section {self.number}", self.settings.title, self.settings.description)

    @cached_property
    def noun(self) -> str:
        """What the periods of its indicators are called."""
        return noun(self.scorecard.period, self.standings)

    def alone(self, standing: Standing) -> "Context":
        """Return what an indicator's row or block is made of: the same object for as long as that does not change."""
        code, scorecard = standing.indicator.code, self.scorecard
        details, focus = ({code: each[code]} if code in each else {} for each in (self.details, self.focus))
        alone = scorecard.alone[code]
        new = Context(alone, self.name, self.number, self.settings, (alone.standing,), details, focus)
        return scorecard.kept.same(("context", self.name, code), new, _alike)


def _alike(one: Context, other: Context) -> bool:
    """Whether an indicator's row or block is made of the same."""
    if one.scorecard is not other.scorecard or one.settings is not other.settings:
        return False
    return (one.number, one.details, one.focus) == (other.number, other.details, other.focus)


def noun(reported: Period, standings: Iterable[Standing]) -> str:
    """Return what the periods of some indicators are called: as the report's own, or `period` where they differ."""
    own = reported.frequency
    return own.noun if all(each.latest.frequency is own for each in standings) else "period"
