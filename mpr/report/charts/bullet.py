"""Bullet charts: the latest figure against its target and the lines where outcomes change."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from mpr.measure import rating
from mpr.measure.formatting import format_figure
from mpr.measure.indicator import Polarity
from mpr.measure.outcome import Outcome
from mpr.measure.rating import Band
from mpr.measure.scale import FULL_PERCENTAGE, compute_ticks
from mpr.measure.status import IndicatorStatus
from mpr.measure.target import get_bounds
from mpr.report.model import chart
from mpr.report.wording import cells, sentences

HEADROOM = Decimal("1.1")
SCALE_STEPS = 5


def build_bullet(section: str, status: IndicatorStatus) -> chart.BulletChart | None:
    """Return the chart of the latest figure, or None if there is no figure or nothing to compare it with."""
    indicator, value = status.indicator, status.value
    bands = rating.build_bands(indicator, status.target)
    if value is None or not bands:
        return None
    low, high = _compute_scale(status, bands)
    marks = compute_ticks((low, high), SCALE_STEPS, is_percentage=indicator.is_percentage)
    value_text = cells.format_value_text(status)
    title = f"{status.latest_period.full_name}: {sentences.describe_deviation(status) or value_text}"
    rule_rating = f"the rule rates it {status.proposed_outcome.word}"
    return chart.BulletChart(
        anchor=cells.make_anchor_id(f"{section}-bullet", indicator),
        title=title,
        description=f"Bullet chart of {indicator.code}. {title}; {rule_rating}. {sentences.describe_rule(status)}.",
        low=low,
        high=high,
        scale=tuple(
            chart.AxisTick(mark, format_figure(mark, None, is_percentage=indicator.is_percentage))
            for mark in marks
            if low <= mark <= high
        ),
        zones=tuple(_build_zones(bands, low, high)),
        thresholds=tuple(sorted(_build_thresholds(status, bands), key=lambda tick: tick.at)),
        value=value,
        value_label=value_text,
    )


def _compute_scale(status: IndicatorStatus, bands: Sequence[Band]) -> tuple[Decimal, Decimal]:
    """Return the ends of the scale: the council's if everything lies between them, else 0 and a round number."""
    indicator, value = status.indicator, status.value or Decimal(0)
    bounds = [end for band in bands for end in (band.low, band.high) if end is not None]
    plotted = [value, *bounds, *(_list_target_ends(status) or ())]
    council_scale = indicator.scale
    if council_scale and council_scale.low <= min(plotted) and max(plotted) <= council_scale.high:
        return council_scale.low, council_scale.high
    low, high = min(Decimal(0), *plotted) * HEADROOM, max(Decimal(0), *plotted) * HEADROOM
    if indicator.is_percentage and max(plotted) <= FULL_PERCENTAGE:
        high = min(high, FULL_PERCENTAGE)
    marks = compute_ticks((low, high), SCALE_STEPS, is_percentage=indicator.is_percentage)
    return marks[0], marks[-1]


def _build_zones(bands: Sequence[Band], low: Decimal, high: Decimal) -> Iterator[chart.RatingZone]:
    """Yield the zones of the scale by their outcome, from low to high, without those of no length."""
    pairs = list(pairwise(bands))
    best = bands[0]
    edges: list[tuple[Outcome, Decimal | None, Decimal | None]] = [
        *((worse.outcome, low if worse.low is None else worse.low, better.low) for better, worse in reversed(pairs)),
        (best.outcome, low if best.low is None else best.low, high if best.high is None else best.high),
        *((worse.outcome, better.high, high if worse.high is None else worse.high) for better, worse in pairs),
    ]
    for outcome, start, end in edges:
        if start is not None and end is not None and start < end:
            yield chart.RatingZone(outcome.key, outcome.tint, start, end)


def _list_target_ends(status: IndicatorStatus) -> tuple[Decimal, ...]:
    """Return the ends of the target that count for the polarity: one of them, or both for goldilocks."""
    if status.target is None:
        return ()
    low, high = get_bounds(status.target)
    by_polarity = {Polarity.MAXIMISE: (low,), Polarity.MINIMISE: (high,)}
    return by_polarity.get(status.indicator.polarity or Polarity.GOLDILOCKS, tuple(dict.fromkeys((low, high))))


def _build_thresholds(status: IndicatorStatus, bands: Sequence[Band]) -> Iterator[chart.AxisTick]:
    """Yield the labelled lines: the target (one label for both ends of a range), and where the outcome changes.

    The label names the worse outcome for a change short of the target, the better outcome for one beyond it.
    """
    target_ends = _list_target_ends(status)
    for place, position in enumerate(target_ends):
        yield chart.AxisTick(
            position, f"Target {cells.format_target_text(status)}" if place == len(target_ends) - 1 else ""
        )
    boundaries: dict[Decimal, str] = {}
    for better, worse in pairwise(bands):
        low, high = better.low, better.high
        if low is not None and low not in target_ends:
            is_beyond_target = bool(target_ends) and low > target_ends[0]
            boundaries[low] = f"{better.outcome.word} from" if is_beyond_target else f"{worse.outcome.word} below"
        if high is not None and high not in target_ends:
            is_beyond_target = bool(target_ends) and high < target_ends[-1]
            boundaries[high] = f"{better.outcome.word} up to" if is_beyond_target else f"{worse.outcome.word} above"
    for position, text in boundaries.items():
        yield chart.AxisTick(
            position, f"{text} {format_figure(position, None, is_percentage=status.indicator.is_percentage)}"
        )
