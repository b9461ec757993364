"""The latest figure against its thresholds, as a bullet chart."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from mpr.measure import rating
from mpr.measure.indicator import Polarity
from mpr.measure.outcome import Outcome
from mpr.measure.rating import Band
from mpr.measure.scale import WHOLE, ticks
from mpr.measure.standing import Standing
from mpr.measure.target import ends
from mpr.measure.words import figure
from mpr.report import cells, picture, sentences

HEADROOM = Decimal("1.1")
STEPS = 5


def bullet(section: str, standing: Standing) -> picture.Bullet | None:
    """Return the chart of the latest figure, None where there is no figure or nothing to hold it against."""
    indicator, value = standing.indicator, standing.value
    bands = rating.bands(indicator, standing.target)
    if value is None or not bands:
        return None
    low, high = _scale(standing, bands)
    marks = ticks((low, high), STEPS, percent=indicator.percent)
    shown = cells.value_text(standing)
    sentence = f"{standing.latest.words}: {sentences.deviation(standing) or shown}"
    rated = f"the rule rates it {standing.proposal.word}"
    return picture.Bullet(
        anchor=cells.spot(f"{section}-bullet", indicator),
        title=sentence,
        description=f"Bullet chart of {indicator.code}. {sentence}; {rated}. {sentences.rule(standing)}.",
        low=low,
        high=high,
        scale=tuple(
            picture.Tick(mark, figure(mark, None, percent=indicator.percent)) for mark in marks if low <= mark <= high
        ),
        zones=tuple(_zones(bands, low, high)),
        thresholds=tuple(sorted(_marks(standing, bands), key=lambda tick: tick.at)),
        value=value,
        value_label=shown,
    )


def _scale(standing: Standing, bands: Sequence[Band]) -> tuple[Decimal, Decimal]:
    """Return the ends of the scale: the council's own where they hold everything, else from 0 to a round number."""
    indicator, value = standing.indicator, standing.value or Decimal(0)
    bounds = [end for band in bands for end in (band.low, band.high) if end is not None]
    shown = [value, *bounds, *(_goal(standing) or ())]
    own = indicator.scale
    if own and own.low <= min(shown) and max(shown) <= own.high:
        return own.low, own.high
    low, high = min(Decimal(0), *shown) * HEADROOM, max(Decimal(0), *shown) * HEADROOM
    if indicator.percent and max(shown) <= WHOLE:
        high = min(high, WHOLE)
    marks = ticks((low, high), STEPS, percent=indicator.percent)
    return marks[0], marks[-1]


def _zones(bands: Sequence[Band], low: Decimal, high: Decimal) -> Iterator[picture.Zone]:
    """Yield the stretches of the scale by their rating, from low to high, leaving out those of no length."""
    pairs = list(pairwise(bands))
    best = bands[0]
    edges: list[tuple[Outcome, Decimal | None, Decimal | None]] = [
        *((worse.outcome, low if worse.low is None else worse.low, better.low) for better, worse in reversed(pairs)),
        (best.outcome, low if best.low is None else best.low, high if best.high is None else best.high),
        *((worse.outcome, better.high, high if worse.high is None else worse.high) for better, worse in pairs),
    ]
    for outcome, start, end in edges:
        if start is not None and end is not None and start < end:
            yield picture.Zone(outcome.key, outcome.tint, start, end)


def _goal(standing: Standing) -> tuple[Decimal, ...]:
    """Return where the target lies on the scale: at one end of it or, for goldilocks, at both."""
    if standing.target is None:
        return ()
    low, high = ends(standing.target)
    by_polarity = {Polarity.MAXIMISE: (low,), Polarity.MINIMISE: (high,)}
    return by_polarity.get(standing.indicator.polarity or Polarity.GOLDILOCKS, tuple(dict.fromkeys((low, high))))


def _marks(standing: Standing, bands: Sequence[Band]) -> Iterator[picture.Tick]:
    """Yield the labelled lines: the target (a range has one label for its two ends), and where outcomes turn.

    A turn short of the target is named by the worse outcome, one beyond it by the better.
    """
    goal = _goal(standing)
    for place, at in enumerate(goal):
        yield picture.Tick(at, f"Target {cells.target_text(standing)}" if place == len(goal) - 1 else "")
    turns: dict[Decimal, str] = {}
    for better, worse in pairwise(bands):
        low, high = better.low, better.high
        if low is not None and low not in goal:
            beyond = bool(goal) and low > goal[0]
            turns[low] = f"{better.outcome.word} from" if beyond else f"{worse.outcome.word} below"
        if high is not None and high not in goal:
            beyond = bool(goal) and high < goal[-1]
            turns[high] = f"{better.outcome.word} up to" if beyond else f"{worse.outcome.word} above"
    for at, text in turns.items():
        yield picture.Tick(at, f"{text} {figure(at, None, percent=standing.indicator.percent)}")
