"""What a section's assembly starts from: the scorecard, the section's settings, and what stands where in the report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mpr.load.scorecard import Scorecard
from mpr.load.sections import SectionSettings
from mpr.measure.period import Period
from mpr.measure.standing import Standing
from mpr.report.model import Heading


@dataclass(frozen=True)
class Context:
    """What a section is made of: its name and number, its settings, whose standings it shows.

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


def noun(reported: Period, standings: Iterable[Standing]) -> str:
    """Return what the periods of some indicators are called: as the report's own, or `period` where they differ."""
    own = reported.frequency
    return own.noun if all(each.latest.frequency is own for each in standings) else "period"
