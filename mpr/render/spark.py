"""A spark: the latest periods as a line of a word's height, the newest with a dot. Pure."""

from itertools import groupby

from mpr.render.palette import GRID, NAVY
from mpr.render.plot import Drawing, Layer, Plot, span
from mpr.report.picture import Spark

WIDTH, HEIGHT = 120, 28  # of the picture; all sizes are pixels
MARGIN = 5  # around the plot: half of the dot, and the breadth of the line
DOT = 40  # square pixels


def draw(chart: Spark) -> Drawing:
    """Say what of a spark stands where."""
    width, height = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    ends = (
        (float(chart.low), float(chart.high))
        if chart.low < chart.high
        else (float(chart.low) - 1, float(chart.low) + 1)
    )
    plot = Plot(width, height, MARGIN, MARGIN, MARGIN, (0, chart.periods - 1), ends, WIDTH)
    runs = groupby(enumerate(chart.points), key=lambda numbered: numbered[1].at - numbered[0])
    pen = {"colour": NAVY, "width": 1.5, "dash": []}
    lines = [
        {"x": point.at, "y": float(point.value), "path": number, "step": step, **pen}
        for number, (_, run) in enumerate(runs)
        for step, (_, point) in enumerate(run)
    ]
    last = chart.points[-1]
    dot = {"x": last.at, "y": float(last.value), "size": DOT, "halo": 0, "colour": NAVY}
    ground = span(plot.xs, [ends[0]], GRID)
    return Drawing(plot, (Layer("rule", (ground,)), Layer("line", tuple(lines)), Layer("point", (dot,))), ())
