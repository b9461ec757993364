"""What the build and the preview are to keep to, each as a figure of one run beside its limit."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from statistics import median

from bench.results import BARE, CHROMIUM, COLD, HTML, KEPT, LONG, PRINTED, ROWS, SEEN, TYPST, Results, Size

WHOLE = "Pages are laid out in pieces, but one process holds all words and pictures, and one binds all pages."
LOOK = "What has not changed is kept; the rest is reading the file, drawing the figure's charts, and the browser."
LIMITS = {"memory": 1_000_000_000, "PDF": 320_000}  # bytes


@dataclass(frozen=True)
class Target:
    """A figure that is to be no more than its limit; None where it was not measured.

    `form` is how both are printed; `why` is the reason, where it is known why a limit cannot be kept.
    """

    number: int
    sentence: str
    limit: float
    figure: float | None
    form: str = "{:.2f}"
    why: str = ""

    @property
    def missed(self) -> bool:
        """Whether the figure is beyond its limit."""
        return self.figure is not None and self.figure > self.limit

    @property
    def verdict(self) -> str:
        """Whether it is met, as it is printed."""
        if self.figure is None:
            return "not measured"
        return "**not met**" if self.missed else "met"


def targets(results: Results) -> Iterator[Target]:
    """Yield all targets in their order."""

    def at(times: int, figure: Callable[[Size], float]) -> float | None:
        """Return a figure of the size that is so many times the real project; a run has nothing of what it left out."""
        with suppress(KeyError):
            return figure(results.sizes[times])
        return None

    def growth(times: int) -> float | None:
        return at(times, lambda size: size.a_page() / results.sizes[1].a_page())

    cold = "of the cold build"
    yield Target(1, "Cold build of May 2018, of WeasyPrint alone", 1.25, at(1, lambda one: one.ratio(COLD, BARE)))
    yield Target(2, f"HTML only, cold, {cold}", 0.35, at(1, lambda one: one.ratio(HTML, COLD)))
    yield Target(2, f"HTML only, no chart changed, {cold}", 0.15, at(1, lambda one: one.ratio(KEPT, COLD)))
    yield Target(3, "A figure saved to the page in the preview, 32 indicators", 100, at(1, _page), "{:.0f} ms", LOOK)
    yield Target(3, "The same, 320 indicators", 200, at(10, _page), "{:.0f} ms", LOOK)
    yield Target(4, f"PDF after one edited comment, in a warm preview, {cold}", 0.5, at(1, _pdf))
    yield Target(5, "Time for a page, 320 indicators, of that at 32", 1.15, growth(10))
    yield Target(5, "Time for a page, 3,200 indicators, of that at 32", 1.5, growth(100))
    for times, indicators in ((1, "32"), (10, "320"), (100, "3,200")):
        most = at(times, lambda size: size.memory(COLD))
        yield Target(5, f"Largest process, {indicators} indicators", LIMITS["memory"], most, "{:,.0f} bytes", WHOLE)
    yield Target(6, "One comment of 4,000 characters: time by pages", 1, at(1, lambda one: _share(one, LONG)))
    yield Target(6, "400 more history rows: time by pages", 1, at(1, lambda one: _share(one, ROWS)))
    yield Target(7, "PDF of May 2018", LIMITS["PDF"], at(1, lambda one: one.sizes[COLD]), "{:,.0f} bytes")
    yield Target(7, "PDF of May 2018, of that of Typst", 1, at(1, lambda one: one.sizes[COLD] / one.sizes[TYPST]))
    yield Target(7, "PDF of May 2018, of that of Chromium", 1, at(1, lambda one: one.sizes[COLD] / one.sizes[CHROMIUM]))


def _page(size: Size) -> float:
    return median(size.preview[SEEN])


def _pdf(size: Size) -> float:
    rounds = zip(size.preview[PRINTED], size.runs[COLD], strict=True)
    return median(milliseconds / 1000 / run.seconds for milliseconds, run in rounds)


def _share(size: Size, name: str) -> float:
    """Return how many times as long a build with more in it takes, for how many times as many pages."""
    return size.ratio(name, COLD) / (size.pages[name] / size.pages[COLD])
