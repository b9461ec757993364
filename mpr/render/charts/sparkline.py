"""Composes a sparkline: the latest periods as a line no higher than a word, the newest with a dot. Pure."""

from itertools import groupby

from mpr.render.charts.palette import GRID, NAVY
from mpr.render.charts.plot import Drawing, Layer, Plot, make_span
from mpr.report.model.chart import Sparkline

SPARKLINE_WIDTH, SPARKLINE_HEIGHT = 120, 28  # pixels
MARGIN = 5  # pixels around the plot: half of the dot, and the width of the line
DOT_AREA = 40  # square pixels


def compose_sparkline(chart: Sparkline) -> Drawing:
    """Return the marks of a sparkline with their positions."""
    width, height = SPARKLINE_WIDTH - 2 * MARGIN, SPARKLINE_HEIGHT - 2 * MARGIN
    y_range = (
        (float(chart.low), float(chart.high))
        if chart.low < chart.high
        else (float(chart.low) - 1, float(chart.low) + 1)
    )
    plot = Plot(width, height, MARGIN, MARGIN, MARGIN, (0, chart.periods - 1), y_range, SPARKLINE_WIDTH)
    runs = groupby(enumerate(chart.points), key=lambda item: item[1].at - item[0])
    pen = {"colour": NAVY, "width": 1.5, "dash": []}
    lines = [
        {"x": point.at, "y": float(point.value), "path": number, "step": step, **pen}
        for number, (_, run) in enumerate(runs)
        for step, (_, point) in enumerate(run)
    ]
    last = chart.points[-1]
    dot = {"x": last.at, "y": float(last.value), "size": DOT_AREA, "halo": 0, "colour": NAVY}
    baseline = make_span(plot.x_range, [y_range[0]], GRID)
    return Drawing(plot, (Layer("rule", (baseline,)), Layer("line", tuple(lines)), Layer("point", (dot,))), ())
