"""A bullet chart: the latest figure as a bar over the zones of its rating, with its thresholds. Pure.

The vertical scale counts pixels down from the top of the zones, so that bar, ticks and words share their numbers.
"""

from collections.abc import Sequence
from decimal import Decimal

from mpr.render.labels import mean, spread
from mpr.render.palette import INK, NAVY, PAPER, WIDTH
from mpr.render.plot import Drawing, Layer, Plot, Row, Text, span, width_of
from mpr.report.picture import Bullet, Tick

HEIGHT = 84  # of the picture; here and below all sizes are pixels
ZONE = 30  # the height of the zones, which are the plot
MARGIN = (HEIGHT - ZONE) / 2  # above for the names of the thresholds, below for the scale
OVER = 7  # how far the bar stays within the zones, and how far the tick of a threshold reaches beyond them
STUB = 4  # how far a leader rises from such a tick to the threshold's name
SPACE = 6  # between words and the end of the bar, or a tick
NAMES, SCALE = -18, ZONE + 18  # the middles of the words above and below
SLIVER = 2  # the least length of the bar, so that nil is seen


def draw(chart: Bullet) -> Drawing:
    """Say what of a bullet chart stands where."""
    plot = _plot(chart)
    nil = min(max(chart.low, Decimal(0)), chart.high)  # the bar starts here, or where the scale does
    start = plot.x(nil)
    end = max(plot.x(chart.value), start + SLIVER) if chart.value >= nil else plot.x(chart.value)
    zones = [span((zone.low, zone.high), (0, ZONE), zone.tint) for zone in chart.zones]
    bar = span((nil, plot.x_at(end)), (OVER, ZONE - OVER), NAVY)
    ticks = [span([tick.at], (-OVER, ZONE + OVER), INK, 2) for tick in chart.thresholds]
    names, leaders = _thresholds(chart.thresholds, plot)
    scale = [Text(plot.x(tick.at), SCALE, tick.label, align="center") for tick in chart.scale]
    layers = (Layer("rect", tuple(zones)), Layer("rule", (*ticks, *leaders)), Layer("rect", (bar,)))
    return Drawing(plot, layers, (*names, _value(chart, plot, start, end), *scale))


def _plot(chart: Bullet) -> Plot:
    """Leave room at both ends for half a label of the scale."""
    left = max((width_of(tick.label) for tick in chart.scale), default=0) / 2 + 1
    return Plot(round(WIDTH - 2 * left), ZONE, left, MARGIN, MARGIN, (float(chart.low), float(chart.high)), (ZONE, 0))


def _thresholds(thresholds: Sequence[Tick], plot: Plot) -> tuple[list[Text], list[Row]]:
    """Name the thresholds above their ticks, as near as they let each other, with a leader to each name's own tick."""
    named = _named(thresholds)
    wanted = [mean([plot.x(tick.at) for tick in ticks]) for _, ticks in named]
    sizes = [width_of(name) + 10 for name, _ in named]
    middles = spread(wanted, sizes, -plot.left, WIDTH - plot.left)
    texts = []
    leaders = []
    for (name, ticks), middle, size in zip(named, middles, sizes, strict=True):
        texts.append(Text(middle, NAMES, name, INK, "center"))
        if len(ticks) == 1:
            within = size / 2 - 12  # a leader ends below a letter, not at the very edge of the name
            foot = min(max(plot.x(ticks[0].at), middle - within), middle + within)
            leaders.append(span((ticks[0].at, plot.x_at(foot)), (-OVER, -OVER - STUB), INK))
    return texts, leaders


def _named(thresholds: Sequence[Tick]) -> list[tuple[str, list[Tick]]]:
    """Give each name its ticks: a tick without a name shares the next one, as both ends of a range do."""
    named = []
    ticks: list[Tick] = []
    for tick in sorted(thresholds, key=lambda tick: tick.at):
        ticks.append(tick)
        if tick.label:
            named.append((tick.label, ticks))
            ticks = []
    return named


def _value(chart: Bullet, plot: Plot, start: float, end: float) -> Text:
    """Write the value inside the end of its bar, or else right of it and clear of the ticks there."""
    width = width_of(chart.value_label)
    if width + 2 * SPACE <= abs(end - start):
        side = ("right", end - SPACE) if end > start else ("left", end + SPACE)
        return Text(side[1], ZONE / 2, chart.value_label, PAPER, side[0], "bold")
    left = max(start, end) + SPACE
    for tick in sorted(plot.x(tick.at) for tick in chart.thresholds):
        if left - SPACE < tick < left + width + SPACE:
            left = tick + SPACE
    return Text(left, ZONE / 2, chart.value_label, NAVY, weight="bold")
