"""Composes a trend chart: values over months, with target, target range and last year. Pure.

The horizontal scale counts months from 0; a month is 1 wide, so the plot begins at -0.5.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from mpr.render.charts.label_placement import Label, move_off_grid, place_labels, spread_apart
from mpr.render.charts.palette import (
    BAND,
    BOUNDARY,
    CHART_WIDTH,
    GREY,
    GRID,
    LABEL_COLOURS,
    LINE_COLOURS,
    LINE_HEIGHT,
    NAVY,
    ORANGE,
    RUST,
)
from mpr.render.charts.plot import Drawing, Layer, MarkRow, Plot, PlotText, Position, estimate_width, make_span
from mpr.report.model.chart import ChartLine, ChartZone, TrendChart

CHART_HEIGHT = 210  # pixels
TOP_MARGIN, BOTTOM_MARGIN = 9, 25  # pixels, for half a label of the scale and for the names of the months
TICK_LENGTH = 4  # pixels of a tick at a month, and around a point that words have to avoid
DOT_AREA, LATEST_DOT_AREA = 24, 90  # square pixels of a month's dot, and of the latest one
OBSTACLE_SPACING = 5  # pixels from one obstacle to the next along a line

DASH = (6, 3)  # pixels of line and of gap
LINE_STYLES = {  # by role, in drawing order; widths in pixels
    "benchmark": {"width": 1.5, "dash": [2, 3]},
    "earlier": {"width": 1.5, "dash": []},
    "target": {"width": 2, "dash": list(DASH)},
    "current": {"width": 2.5, "dash": []},
}


def compose_trend(chart: TrendChart) -> Drawing:
    """Return the marks and words of a trend chart with their positions."""
    plot = _build_plot(chart)
    roles = list(LINE_STYLES)
    lines = sorted((line for line in chart.lines if line.points), key=lambda line: roles.index(line.role))
    layers = [
        Layer("rect", tuple(make_span(_find_band_ends(band), (band.low, band.high), BAND) for band in chart.bands)),
        Layer("rule", tuple(_compose_background(chart, plot))),
        Layer("line", tuple(_compose_paths(lines))),
        Layer("point", tuple(_compose_dots(chart, lines))),
    ]
    texts = (*_label_axes(chart, plot), *_label_lines_and_bands(chart, lines, plot))
    return Drawing(plot, tuple(layers if chart.bands else layers[1:]), texts)


def _build_plot(chart: TrendChart) -> Plot:
    """Return the plot, with room on the left for the scale and just enough on the right for words beyond the plot."""
    left = max((estimate_width(tick.label) for tick in chart.scale), default=0) + 8
    available_width = CHART_WIDTH - left - 2
    ticks = [(float(tick.at), estimate_width(tick.label) / 2) for tick in chart.ticks]
    names = [(label.end, label.width + 9) for label in _iter_labels(chart) if label.side == "beside"]
    # the plot widths that leave just enough room for words that reach so many pixels beyond their month
    fitting_widths = [(available_width - reach) * chart.periods / (month + 0.5) for month, reach in (*ticks, *names)]
    width = round(max(min(available_width, *fitting_widths), available_width / 3))
    ends = (float(chart.low), float(chart.high))
    return Plot(
        width,
        CHART_HEIGHT - TOP_MARGIN - BOTTOM_MARGIN,
        left,
        TOP_MARGIN,
        BOTTOM_MARGIN,
        (-0.5, chart.periods - 0.5),
        ends,
    )


def _find_band_ends(band: ChartZone) -> Position:
    """Return where a band begins and ends on the horizontal scale."""
    return band.first - 0.5, band.last + 0.5


def _compose_background(chart: TrendChart, plot: Plot) -> Iterator[MarkRow]:
    """Yield the grid, the edges of bands, the start of the financial year, and the baseline with its ticks."""
    low, high = plot.y_range
    for tick in chart.scale:
        yield make_span(plot.x_range, [tick.at], GRID)
    for band in chart.bands:
        for edge in (band.low, band.high):
            yield make_span(_find_band_ends(band), [edge], ORANGE, dash=DASH)
    if chart.boundary is not None:
        yield make_span([chart.boundary - 0.5], plot.y_range, BOUNDARY)
    yield make_span(plot.x_range, [low], GREY)
    tick_height = TICK_LENGTH * (high - low) / plot.height
    for tick in chart.ticks:
        yield make_span([tick.at], (low - tick_height, low), GREY)


def _split_at_gaps(line: ChartLine) -> list[list[Position]]:
    """Return the stretches of a line without a missing month, in data units; a stepped line gets a step per month."""
    sides = (-0.5, 0.5) if line.stepped else (0,)
    # in a stretch without a gap, the difference between month and position in the line is constant
    runs = groupby(enumerate(line.points), key=lambda item: item[1].at - item[0])
    return [[(point.at + side, float(point.value)) for _, point in run for side in sides] for _, run in runs]


def _compose_paths(lines: Sequence[ChartLine]) -> Iterator[MarkRow]:
    """Yield each stretch of months as the points of a path."""
    stretches = [(line.role, stretch) for line in lines for stretch in _split_at_gaps(line)]
    for number, (role, stretch) in enumerate(stretches):
        for step, (x, y) in enumerate(stretch):
            yield {"x": x, "y": y, "path": number, "step": step, "colour": LINE_COLOURS[role], **LINE_STYLES[role]}


def _compose_dots(chart: TrendChart, lines: Sequence[ChartLine]) -> Iterator[MarkRow]:
    """Yield a dot for each month of the current line, each lone month of another line, and the latest figure."""
    for line in lines:
        for stretch in _split_at_gaps(line):
            if line.role == "current" or len(stretch) == 1:
                for x, y in stretch:
                    yield {"x": x, "y": y, "size": DOT_AREA, "halo": 0, "colour": LINE_COLOURS[line.role]}
    if chart.latest:
        yield {
            "x": chart.latest.at,
            "y": float(chart.latest.value),
            "size": LATEST_DOT_AREA,
            "halo": 1.5,
            "colour": NAVY,
        }


def _label_axes(chart: TrendChart, plot: Plot) -> Iterator[PlotText]:
    for tick in chart.scale:
        yield PlotText(-6, plot.to_y_pixels(tick.at), tick.label, align="right")
    for tick in chart.ticks:
        yield PlotText(plot.to_x_pixels(tick.at), plot.height + TICK_LENGTH + 9, tick.label, align="center")


def _iter_labels(chart: TrendChart) -> Iterator[Label]:
    """Yield the label of the latest figure, with its line if that ends there, then of other lines, then of bands."""
    latest, named_line = chart.latest, None
    if latest:
        current_lines = (line for line in chart.lines if line.role == "current" and line.points[-1:] == (latest,))
        named_line = next(current_lines, None)
        name = named_line.label if named_line else ""
        yield Label(latest.at, latest.at, float(latest.value), "beside", NAVY, chart.latest_label, name)
    for line in chart.lines:
        if line is not named_line and line.points and line.label:
            positions = [position for stretch in _split_at_gaps(line) for position in stretch]
            (start, _), (end, value) = positions[0], positions[-1]
            side = "above" if line.stepped else "beside"
            yield Label(start, end, value, side, LABEL_COLOURS[line.role], "", line.label)
    for band in chart.bands:
        start, end = _find_band_ends(band)
        yield Label(start, end, float(band.low + band.high) / 2, "inside", RUST, "", band.label)


def _label_lines_and_bands(chart: TrendChart, lines: Sequence[ChartLine], plot: Plot) -> Iterator[PlotText]:
    """Yield the names of lines and bands; names of lines that end in the same month keep the lines' order."""
    labels = list(_iter_labels(chart))
    grid = [plot.to_y_pixels(tick.at) for tick in chart.scale]
    rise = 0.7 * LINE_HEIGHT  # from a line to the middle of words above it
    middles = {
        label: move_off_grid(plot.to_y_pixels(label.value) - (rise if label.side == "above" else 0), grid)
        for label in labels
    }
    beside = [label for label in labels if label.side == "beside"]
    for end in {label.end for label in beside}:
        labels_at_end = [label for label in beside if label.end == end]
        spread_middles = spread_apart(
            [middles[label] for label in labels_at_end], [LINE_HEIGHT] * len(labels_at_end), 0, plot.height
        )
        middles.update(zip(labels_at_end, spread_middles, strict=True))
    return place_labels(middles.items(), list(_iter_obstacles(chart, lines, plot)), plot)


def _iter_obstacles(chart: TrendChart, lines: Sequence[ChartLine], plot: Plot) -> Iterator[Position]:
    """Yield points, in pixels, that words have to avoid: along lines, edges of bands and the start of the year."""
    paths = [stretch for line in lines for stretch in _split_at_gaps(line)]
    for band in chart.bands:
        paths += [[(month, float(edge)) for month in _find_band_ends(band)] for edge in (band.low, band.high)]
    if chart.boundary is not None:
        paths.append([(chart.boundary - 0.5, edge) for edge in plot.y_range])
    for path in paths:
        pixels = [(plot.to_x_pixels(x), plot.to_y_pixels(y)) for x, y in path]
        for x, y in pixels:
            yield x, y - TICK_LENGTH
            yield x, y + TICK_LENGTH
        for start, end in pairwise(pixels):
            yield from _walk_line(start, end)


def _walk_line(start: Position, end: Position) -> Iterator[Position]:
    """Yield points of a straight line from start to end, in pixels, at most OBSTACLE_SPACING apart."""
    (x, y), (across, down) = start, (end[0] - start[0], end[1] - start[1])
    steps = max(1, round(max(abs(across), abs(down)) / OBSTACLE_SPACING))
    for step in range(steps + 1):
        yield x + across * step / steps, y + down * step / steps
