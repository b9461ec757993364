"""A trend: values over months, with target, range and last year; what is drawn, and what is written where. Pure.

The horizontal scale counts months from 0; a month is as wide as 1, so the plot runs from -0.5.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from mpr.render.labels import Label, off_grid, place, spread
from mpr.render.palette import BAND, BOUNDARY, GREY, GRID, LINE, LINES, NAMES, NAVY, ORANGE, RUST, WIDTH
from mpr.render.plot import Drawing, Layer, Plot, Row, Spot, Text, span, width_of
from mpr.report.picture import Band, Line, Trend

HEIGHT = 210  # of the picture, in pixels
TOP, BOTTOM = 9, 25  # its margins: half a label of the scale, and the names of the months
STUB = 4  # pixels of a tick at a month, and around a point where no words may stand
DOT, LATEST = 24, 90  # square pixels of a month's point, and of the latest one
GRAIN = 5  # pixels from one place to the next where words are kept off a line

DASH = (6, 3)  # pixels of line and of gap
PENS = {  # in the order in which lines are drawn; widths in pixels
    "benchmark": {"width": 1.5, "dash": [2, 3]},
    "earlier": {"width": 1.5, "dash": []},
    "target": {"width": 2, "dash": list(DASH)},
    "current": {"width": 2.5, "dash": []},
}


def draw(chart: Trend) -> Drawing:
    """Say what of a trend stands where."""
    plot = _plot(chart)
    roles = list(PENS)
    lines = sorted((line for line in chart.lines if line.points), key=lambda line: roles.index(line.role))
    layers = [
        Layer("rect", tuple(span(_months(band), (band.low, band.high), BAND) for band in chart.bands)),
        Layer("rule", tuple(_ground(chart, plot))),
        Layer("line", tuple(_paths(lines))),
        Layer("point", tuple(_dots(chart, lines))),
    ]
    texts = (*_axes(chart, plot), *_names(chart, lines, plot))
    return Drawing(plot, tuple(layers if chart.bands else layers[1:]), texts)


def _plot(chart: Trend) -> Plot:
    """Leave room at the left for the scale, and at the right for no more than the words that reach beyond the plot."""
    left = max((width_of(tick.label) for tick in chart.scale), default=0) + 8
    room = WIDTH - left - 2
    ticks = [(float(tick.at), width_of(tick.label) / 2) for tick in chart.ticks]
    names = [(label.end, label.width + 9) for label in _labels(chart) if label.side == "beside"]
    # a plot this wide has just room for words that reach so many pixels beyond their month
    fits = [(room - reach) * chart.periods / (month + 0.5) for month, reach in (*ticks, *names)]
    width = round(max(min(room, *fits), room / 3))
    ends = (float(chart.low), float(chart.high))
    return Plot(width, HEIGHT - TOP - BOTTOM, left, TOP, BOTTOM, (-0.5, chart.periods - 0.5), ends)


def _months(band: Band) -> Spot:
    """Say where a band begins and ends on the horizontal scale."""
    return band.first - 0.5, band.last + 0.5


def _ground(chart: Trend, plot: Plot) -> Iterator[Row]:
    """Grid, edges of bands, where the financial year begins, and the baseline with its ticks."""
    low, high = plot.ys
    for tick in chart.scale:
        yield span(plot.xs, [tick.at], GRID)
    for band in chart.bands:
        for edge in (band.low, band.high):
            yield span(_months(band), [edge], ORANGE, dash=DASH)
    if chart.boundary is not None:
        yield span([chart.boundary - 0.5], plot.ys, BOUNDARY)
    yield span(plot.xs, [low], GREY)
    stub = STUB * (high - low) / plot.height
    for tick in chart.ticks:
        yield span([tick.at], (low - stub, low), GREY)


def _stretches(line: Line) -> list[list[Spot]]:
    """Split a line where a month is missing, in data units; a stepped one has steps as wide as their months."""
    sides = (-0.5, 0.5) if line.stepped else (0,)
    # months without a gap are as far from their place in the line, each of them
    runs = groupby(enumerate(line.points), key=lambda numbered: numbered[1].at - numbered[0])
    return [[(point.at + side, float(point.value)) for _, point in run for side in sides] for _, run in runs]


def _paths(lines: Sequence[Line]) -> Iterator[Row]:
    """Write each stretch of months as a path."""
    stretches = [(line.role, stretch) for line in lines for stretch in _stretches(line)]
    for number, (role, stretch) in enumerate(stretches):
        for step, (x, y) in enumerate(stretch):
            yield {"x": x, "y": y, "path": number, "step": step, "colour": LINES[role], **PENS[role]}


def _dots(chart: Trend, lines: Sequence[Line]) -> Iterator[Row]:
    """Mark every month of the current line, what stands alone in another, and the latest figure."""
    for line in lines:
        for stretch in _stretches(line):
            if line.role == "current" or len(stretch) == 1:
                for x, y in stretch:
                    yield {"x": x, "y": y, "size": DOT, "halo": 0, "colour": LINES[line.role]}
    if chart.latest:
        yield {"x": chart.latest.at, "y": float(chart.latest.value), "size": LATEST, "halo": 1.5, "colour": NAVY}


def _axes(chart: Trend, plot: Plot) -> Iterator[Text]:
    for tick in chart.scale:
        yield Text(-6, plot.y(tick.at), tick.label, align="right")
    for tick in chart.ticks:
        yield Text(plot.x(tick.at), plot.height + STUB + 9, tick.label, align="center")


def _labels(chart: Trend) -> Iterator[Label]:
    """Name the latest figure, with its line if it ends there, then the other lines, then the bands."""
    latest, named = chart.latest, None
    if latest:
        ending = (line for line in chart.lines if line.role == "current" and line.points[-1:] == (latest,))
        named = next(ending, None)
        name = named.label if named else ""
        yield Label(latest.at, latest.at, float(latest.value), "beside", NAVY, chart.latest_label, name)
    for line in chart.lines:
        if line is not named and line.points and line.label:
            spots = [spot for stretch in _stretches(line) for spot in stretch]
            (start, _), (end, value) = spots[0], spots[-1]
            side = "above" if line.stepped else "beside"
            yield Label(start, end, value, side, NAMES[line.role], "", line.label)
    for band in chart.bands:
        start, end = _months(band)
        yield Label(start, end, float(band.low + band.high) / 2, "inside", RUST, "", band.label)


def _names(chart: Trend, lines: Sequence[Line], plot: Plot) -> Iterator[Text]:
    """Write the names of lines and bands; those that end in the same month keep their order."""
    labels = list(_labels(chart))
    grid = [plot.y(tick.at) for tick in chart.scale]
    rise = 0.7 * LINE  # words above a line clear it by this much
    middles = {label: off_grid(plot.y(label.value) - (rise if label.side == "above" else 0), grid) for label in labels}
    beside = [label for label in labels if label.side == "beside"]
    for end in {label.end for label in beside}:
        level = [label for label in beside if label.end == end]
        moved = spread([middles[label] for label in level], [LINE] * len(level), 0, plot.height)
        middles.update(zip(level, moved, strict=True))
    return place(middles.items(), list(_drawn(chart, lines, plot)), plot)


def _drawn(chart: Trend, lines: Sequence[Line], plot: Plot) -> Iterator[Spot]:
    """Yield places, in pixels, where no words may stand: along lines, edges of bands and the start of the year."""
    paths = [stretch for line in lines for stretch in _stretches(line)]
    for band in chart.bands:
        paths += [[(month, float(edge)) for month in _months(band)] for edge in (band.low, band.high)]
    if chart.boundary is not None:
        paths.append([(chart.boundary - 0.5, edge) for edge in plot.ys])
    for path in paths:
        pixels = [(plot.x(x), plot.y(y)) for x, y in path]
        for x, y in pixels:
            yield x, y - STUB
            yield x, y + STUB
        for start, end in pairwise(pixels):
            yield from _along(start, end)


def _along(start: Spot, end: Spot) -> Iterator[Spot]:
    """Walk a straight line, in pixels, from its start to its end."""
    (x, y), (across, down) = start, (end[0] - start[0], end[1] - start[1])
    steps = max(1, round(max(abs(across), abs(down)) / GRAIN))
    for step in range(steps + 1):
        yield x + across * step / steps, y + down * step / steps
