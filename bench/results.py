"""What was measured, and the figures that follow from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.clock import Run

COLD = "`mpr build`, cold: HTML and PDF/UA-1"
HTML, KEPT = "HTML only, cold", "HTML only, no chart changed"
EDITED, SAME = "rebuild, one comment changed", "rebuild, nothing changed"
LONG, ROWS = "cold, one comment of 4,000 characters", "cold, 400 history rows more"
BARE, TYPST, CHROMIUM = "WeasyPrint alone, from the ready page", "Typst, the same content", "Chromium, the ready page"
SEEN, PRINTED = "saved to the page", "saved to the PDF"  # in a preview


@dataclass(frozen=True)
class Size:
    """All that was measured on a project of some indicators.

    `runs` and `pages` are by what was done. `stages` are the seconds of a cold build's, `preview` the milliseconds from
    a save on and, of these, of each stage. `sizes` are the bytes of the PDF that each maker made.
    """

    indicators: int
    runs: Mapping[str, Sequence[Run]]
    pages: Mapping[str, int]
    stages: Mapping[str, Sequence[float]]
    sizes: Mapping[str, int] = field(default_factory=dict)
    preview: Mapping[str, Sequence[float]] = field(default_factory=dict)

    def seconds(self, name: str) -> float:
        """The median time of what has a name."""
        return median(run.seconds for run in self.runs[name])

    def ratio(self, name: str, to: str) -> float:
        """What one thing takes of another: the median of the rounds, in each of which both met the same machine."""
        return median(one.seconds / other.seconds for one, other in zip(self.runs[name], self.runs[to], strict=True))

    def memory(self, name: str) -> int:
        """The bytes of the largest process of what has a name."""
        return max(run.memory for run in self.runs[name])

    def a_page(self) -> float:
        """The median time of a page of the cold build."""
        return self.seconds(COLD) / self.pages[COLD]


@dataclass(frozen=True)
class Results:
    """The sizes measured, the smallest first, by how many times the real project they are; machine and versions."""

    sizes: Mapping[int, Size]
    machine: Sequence[str]
    versions: Mapping[str, str]
