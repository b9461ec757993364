"""Composes a bullet chart: the latest figure as a bar over the zones of its rating, with their thresholds. Pure.

The vertical scale counts pixels down from the top of the zones, so that bar, ticks and words use the same numbers.
"""

from collections.abc import Sequence
from decimal import Decimal

from mpr.render.charts.label_placement import compute_mean, spread_apart
from mpr.render.charts.palette import CHART_WIDTH, INK, NAVY, PAPER
from mpr.render.charts.plot import Drawing, Layer, MarkRow, Plot, PlotText, estimate_width, make_span
from mpr.report.model.chart import AxisTick, BulletChart

CHART_HEIGHT = 84  # this and all sizes below are in pixels
ZONE_HEIGHT = 30  # also the height of the plot
MARGIN = (CHART_HEIGHT - ZONE_HEIGHT) / 2  # above for the names of the thresholds, below for the scale
OVERHANG = 7  # from the edge of the zones to the bar inside, and to the end of a threshold's tick outside
LEADER_LENGTH = 4  # height of a leader, from a threshold's tick up to its name
PADDING = 6  # between words and the end of the bar, or a tick
NAMES_Y, SCALE_Y = -18, ZONE_HEIGHT + 18  # the middles of the words above and below
MIN_BAR_LENGTH = 2  # so that a bar for 0 is visible


def compose_bullet(chart: BulletChart) -> Drawing:
    """Return the marks and words of a bullet chart with their positions."""
    plot = _build_plot(chart)
    zero = min(max(chart.low, Decimal(0)), chart.high)  # the bar starts at 0, or at the nearest end of the scale
    start, end = plot.to_x_pixels(zero), plot.to_x_pixels(chart.value)
    if chart.value >= zero:
        end = max(end, start + MIN_BAR_LENGTH)
    zones = [make_span((zone.low, zone.high), (0, ZONE_HEIGHT), zone.tint) for zone in chart.zones]
    bar = make_span((zero, plot.to_x_value(end)), (OVERHANG, ZONE_HEIGHT - OVERHANG), NAVY)
    ticks = [make_span([tick.at], (-OVERHANG, ZONE_HEIGHT + OVERHANG), INK, 2) for tick in chart.thresholds]
    names, leaders = _label_thresholds(chart.thresholds, plot)
    scale = [PlotText(plot.to_x_pixels(tick.at), SCALE_Y, tick.label, align="center") for tick in chart.scale]
    layers = (Layer("rect", tuple(zones)), Layer("rule", (*ticks, *leaders)), Layer("rect", (bar,)))
    return Drawing(plot, layers, (*names, _label_value(chart, plot, start, end), *scale))


def _build_plot(chart: BulletChart) -> Plot:
    """Return the plot, with room at both ends for half a label of the scale."""
    left = max((estimate_width(tick.label) for tick in chart.scale), default=0) / 2 + 1
    return Plot(
        round(CHART_WIDTH - 2 * left),
        ZONE_HEIGHT,
        left,
        MARGIN,
        MARGIN,
        (float(chart.low), float(chart.high)),
        (ZONE_HEIGHT, 0),
    )


def _label_thresholds(thresholds: Sequence[AxisTick], plot: Plot) -> tuple[list[PlotText], list[MarkRow]]:
    """Return the names of thresholds, as near above their ticks as there is room, and leaders from single ticks."""
    ticks_by_name = _group_by_name(thresholds)
    ideal_middles = [compute_mean([plot.to_x_pixels(tick.at) for tick in ticks]) for _, ticks in ticks_by_name]
    widths = [estimate_width(name) + 10 for name, _ in ticks_by_name]
    middles = spread_apart(ideal_middles, widths, -plot.left, CHART_WIDTH - plot.left)
    texts = []
    leaders = []
    for (name, ticks), middle, width in zip(ticks_by_name, middles, widths, strict=True):
        texts.append(PlotText(middle, NAMES_Y, name, INK, "center"))
        if len(ticks) == 1:
            reach = width / 2 - 12  # a leader ends below a letter, not at the edge of the name
            leader_x = min(max(plot.to_x_pixels(ticks[0].at), middle - reach), middle + reach)
            leaders.append(
                make_span((ticks[0].at, plot.to_x_value(leader_x)), (-OVERHANG, -OVERHANG - LEADER_LENGTH), INK)
            )
    return texts, leaders


def _group_by_name(thresholds: Sequence[AxisTick]) -> list[tuple[str, list[AxisTick]]]:
    """Return each name with its ticks: a tick without a name shares the next one's, as the two ends of a range do."""
    groups = []
    ticks: list[AxisTick] = []
    for tick in sorted(thresholds, key=lambda tick: tick.at):
        ticks.append(tick)
        if tick.label:
            groups.append((tick.label, ticks))
            ticks = []
    return groups


def _label_value(chart: BulletChart, plot: Plot, start: float, end: float) -> PlotText:
    """Return the value's label: inside the end of its bar, or else right of the bar and clear of ticks."""
    width = estimate_width(chart.value_label)
    if width + 2 * PADDING <= abs(end - start):
        side = ("right", end - PADDING) if end > start else ("left", end + PADDING)
        return PlotText(side[1], ZONE_HEIGHT / 2, chart.value_label, PAPER, side[0], "bold")
    left = max(start, end) + PADDING
    for tick_x in sorted(plot.to_x_pixels(tick.at) for tick in chart.thresholds):
        if left - PADDING < tick_x < left + width + PADDING:
            left = tick_x + PADDING
    return PlotText(left, ZONE_HEIGHT / 2, chart.value_label, NAVY, weight="bold")
