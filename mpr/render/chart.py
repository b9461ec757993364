"""Draws the charts of a report as SVG: Altair says what, Vega-Lite lays it down, vl_convert writes it.

Marks stand in the units of their data on two scales. Words stand in pixels from the top left corner of the plot,
because where a label has room is decided here and not by Vega. Colours are opaque literals from the list below, so that
a stylesheet can remap each of them. Title and unit of a chart stand outside its picture.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from html import escape
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from mpr.report.model import Band, Bullet, Line, Tick, Trend

WIDTH, TREND_HEIGHT, BULLET_HEIGHT = 548, 210, 84
FONT, SIZE, LINE = "MPR Sans", 12.5, 15.0

NAVY, ORANGE, RUST, INK, GREY = "#12436D", "#F46A25", "#A63E0A", "#3D3D3D", "#595959"
MARGIN, HAIR, BAND, PAPER = "#8C8C8C", "#D9D9D9", "#FBE3D5", "#FFFFFF"
ZONES = {"red": "#E3A59C", "amber": "#EFCB97", "green": "#E6F1E8"}
LINES = {  # in the order in which they are drawn
    "earlier": {"ink": GREY, "width": 1.5, "dash": []},
    "target": {"ink": ORANGE, "width": 2, "dash": [6, 3]},
    "current": {"ink": NAVY, "width": 2.5, "dash": []},
}
WORDS = {"earlier": GREY, "target": RUST, "current": NAVY}
DOT, LATEST = 24, 90

CLEAR, GRAIN, REACH = 3, 5, 48
_IDLE = r"role|class|aria-\w+|font-family|font-size"
STUB, BAR, OVER = 4, 30, 7

Row = dict[str, Any]
Spot = tuple[float, float]
Box = tuple[float, float, float, float]
Number = Decimal | float


def draw(charts: Sequence[Trend | Bullet], fonts: Path) -> dict[str, str]:
    """Draw each chart once, in the fonts of a folder: its anchor, and its inline SVG."""
    _register(fonts)
    return {chart.anchor: _svg(chart) for chart in charts}


@cache
def _register(fonts: Path) -> None:
    vl_convert.register_font_directory(str(fonts))


def _svg(chart: Trend | Bullet) -> str:
    with debug_mode(arg=False):  # Altair checks every object against its schema: the tests do that for all of us
        picture = specify(chart).to_dict(validate=False)
    version = ".".join(alt.SCHEMA_VERSION.split(".")[:2])
    drawn = vl_convert.vegalite_to_svg(picture, vl_version=version, allowed_base_urls=[])
    return _named(drawn, chart.anchor, chart.description)


def _named(drawn: str, anchor: str, description: str) -> str:
    """Put the chart's name first in its picture, and make every id the chart's own."""
    root, body = drawn.split(">", 1)
    size = " ".join(re.findall(r'(?:width|height|viewBox)="[^"]*"', root))
    body = re.sub(r"<[^>]*>", _tidy, body)
    body = re.sub(r'<path d="[^"]*"(?: display="none")?/>', "", body)
    for number, found in enumerate(dict.fromkeys(re.findall(r' id="([^"]+)"', body))):
        own = escape(f"{anchor}-{number}")
        body = body.replace(f' id="{found}"', f' id="{own}"').replace(f"url(#{found})", f"url(#{own})")
    name = escape(f"{anchor}-title")
    start = f'<svg role="img" aria-labelledby="{name}" font-family="{FONT}" font-size="{SIZE}" {size}>'
    return f'{start}<title id="{name}">{escape(description)}</title>{body}'


def _tidy(tag: re.Match[str]) -> str:
    """Drop what an inline SVG has no use for, and round to a hundredth of a pixel."""
    lean = re.sub(rf' (?:(?:{_IDLE})="[^"]*"|font-weight="normal"|opacity="1"|stroke-dasharray="")', "", tag[0])
    return re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", lean)


def specify(chart: Trend | Bullet) -> alt.LayerChart:
    """Say in Altair what a chart shows."""
    return _trend(chart) if isinstance(chart, Trend) else _bullet(chart)


# Layers. Rows bring their own style; the kind of a layer says which of their parts are data and which are style.


def _field(kind: type[Any], name: str, **more: Any) -> Any:  # noqa: ANN401 (Altair has a class a channel)
    return kind(field=name, type="quantitative", **more)


def _style(**names: str) -> dict[str, Any]:
    return {style: alt.ExprRef(f"datum.{name}") for style, name in names.items()}


_TO = {"x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
_FILL = {"fill": alt.Fill(field="ink", type="nominal", scale=None)}
_STROKE = {"stroke": alt.Stroke(field="ink", type="nominal", scale=None)}
_PATH = {"detail": alt.Detail(field="part", type="nominal"), "order": _field(alt.Order, "place")}
_AXES = {"x": alt.X, "y": alt.Y}
_PIXELS = {axis: _field(kind, axis, scale=None, axis=None) for axis, kind in _AXES.items()}
_PEN = _style(strokeWidth="width", strokeDash="dash")
_WORDS = {"text": alt.Text(field="words", type="nominal")}
_TYPE = _style(align="align", fontWeight="weight")
_MARKS = {
    "rect": (alt.MarkDef(type="rect", xOffset=1, x2Offset=-1), {**_TO, **_FILL}),
    "rule": (alt.MarkDef(type="rule", **_PEN), {**_TO, **_STROKE}),
    "line": (alt.MarkDef(type="line", **_PEN), {**_PATH, **_STROKE}),
    "point": (alt.MarkDef(type="point", opacity=1, stroke=PAPER, **_style(size="size", strokeWidth="halo")), _FILL),
    "text": (alt.MarkDef(type="text", baseline="middle", fontSize=SIZE, **_TYPE), {**_PIXELS, **_FILL, **_WORDS}),
}


@dataclass(frozen=True)
class _Text:
    """Words in pixels; `y` is their middle."""

    x: float
    y: float
    words: str
    ink: str = GREY
    align: str = "left"
    weight: str = "normal"


@dataclass(frozen=True)
class _Frame:
    """The plot: its size and its left and top margin in pixels, and the stretch of both scales."""

    width: float
    height: float
    left: float
    top: float
    xs: Spot
    ys: Spot

    def x(self, value: Number) -> float:
        """Turn a place on the horizontal scale into pixels."""
        return (float(value) - self.xs[0]) / (self.xs[1] - self.xs[0]) * self.width

    def y(self, value: Number) -> float:
        """Turn a place on the vertical scale into pixels."""
        return (self.ys[1] - float(value)) / (self.ys[1] - self.ys[0]) * self.height

    def back(self, pixels: float) -> float:
        """Turn pixels into a place on the horizontal scale."""
        return self.xs[0] + pixels / self.width * (self.xs[1] - self.xs[0])

    def cuts(self, box: Box) -> bool:
        """Say whether a box reaches beyond the picture, or over an axis."""
        left, top, right, bottom = box
        return left < 0 or top < -self.top or right > WIDTH - self.left or bottom > self.height

    def layer(self, kind: str, rows: Iterable[Row]) -> alt.Chart:
        """Draw a mark of one kind for each row, or one line for each `part`."""
        mark, channels = _MARKS[kind]
        scales = {axis: alt.Scale(domain=list(ends), nice=False) for axis, ends in (("x", self.xs), ("y", self.ys))}
        places = {axis: _field(_AXES[axis], axis, scale=scale, axis=None) for axis, scale in scales.items()}
        encoding = alt.FacetedEncoding(**{**places, **channels})
        return alt.Chart(alt.InlineData(values=list(rows)), mark=mark, encoding=encoding)

    def compose(self, layers: Iterable[alt.Chart], texts: Iterable[_Text], height: float) -> alt.LayerChart:
        """Lay the layers over each other, and all words on top."""
        words = self.layer("text", ({**vars(text), "x": round(text.x, 1), "y": round(text.y, 1)} for text in texts))
        right, bottom = WIDTH - self.left - self.width, height - self.top - self.height
        padding = {"left": self.left, "right": right, "top": self.top, "bottom": bottom}
        size: Row = {"width": self.width, "height": self.height, "padding": padding, "autosize": "none"}
        config = {"aria": False, "background": "transparent", "font": FONT, "view": {"stroke": None}}
        return alt.LayerChart(layer=[*layers, words], config=config, **size)


def _sides(xs: Sequence[Number], ys: Sequence[Number], ink: str, width: float = 1) -> Row:
    """Write the row of a rectangle, or of a straight line: one number stands for both ends."""
    ends = {"x": float(xs[0]), "x2": float(xs[-1]), "y": float(ys[0]), "y2": float(ys[-1])}
    return {**ends, "ink": ink, "width": width, "dash": []}


# Labels, and where they have room


@dataclass(frozen=True)
class _Label:
    """Bold words, then plain ones, for what runs from `start` to `end` on the horizontal scale and ends at `value`.

    `side` is where they stand best: beside the end, above it, or inside.
    """

    start: float
    end: float
    value: float
    side: str
    ink: str
    bold: str
    plain: str
    stacked: bool = False

    @property
    def width(self) -> float:
        """How wide all the words are, with the space between them."""
        bold, plain = _width(self.bold), _width(self.plain)
        return max(bold, plain) if self.stacked else bold + plain + (4 if bold and plain else 0)

    @property
    def half(self) -> float:
        """Half of how high the words are."""
        return LINE if self.stacked else LINE / 2

    def lefts(self, frame: _Frame) -> tuple[float, ...]:
        """Where the words may begin, the best place first."""
        start, end = frame.x(self.start), frame.x(self.end)
        return {
            "beside": (end + 8, end - self.width / 2, end - self.width),
            "above": (end - self.width - 4, end + 6, start + 4),
            "inside": (end - self.width - 6, start + 6, (start + end - self.width) / 2),
        }[self.side]

    def texts(self, left: float, y: float) -> Iterator[_Text]:
        """Write the words from `left` on."""
        down = LINE / 2 if self.stacked else 0
        if self.bold:
            yield _Text(left, y - down, self.bold, self.ink, weight="bold")
        if self.plain:
            start = left if self.stacked else left + self.width - _width(self.plain)
            yield _Text(start, y + down, self.plain, self.ink)


_THIN, _BROAD = {" ": 0.2, ".,:;'ijlI|!": 0.28, "()[]-ft": 0.36, "rszc/": 0.46}, {"mwMW%": 0.84}
_EMS = {**_THIN, "0123456789aegkvxyFLJ\u2013\u2212£": 0.53, **_BROAD}
_EM = {letter: em for letters, em in _EMS.items() for letter in letters}


def _width(words: str) -> float:
    """Say how wide words are at most, bold or not: nothing here measures the font itself."""
    return SIZE * sum(_EM.get(letter, 0.67 if letter.isupper() else 0.57) for letter in words)


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Move the middles of things as little as will keep them apart, in their order and between two bounds.

    What has no room even then overlaps evenly.
    """
    fit = min(1.0, (high - low) / (sum(sizes) or 1))
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    before: list[float] = []
    runs: list[list[float]] = []
    total = 0.0
    for index in order:
        before.append(total + sizes[index] * fit / 2)
        total += sizes[index] * fit
        runs.append([wanted[index] - before[-1]])
        while len(runs) > 1 and _mean(runs[-2]) > _mean(runs[-1]):
            runs[-2:] = [runs[-2] + runs[-1]]
    starts = [min(max(_mean(run), low), high - total) for run in runs for _ in run]
    moved = sorted(zip(order, starts, before, strict=True))
    return [start + half for _, start, half in moved]


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _place(labels: Iterable[tuple[_Label, float]], drawn: Sequence[Spot], frame: _Frame) -> Iterator[_Text]:
    """Write each label near its wanted middle where nothing is drawn, and clear of the labels before it."""
    taken: list[Box] = []
    for label, middle in labels:
        shapes = [label, replace(label, stacked=True)] if label.bold and label.plain else [label]
        spots = (spot for shape in shapes for spot in _spots(shape, middle, drawn, taken, frame))
        _, shape, left, y = min(spots, key=itemgetter(0))
        taken.append((left - CLEAR, y - shape.half, left + shape.width + CLEAR, y + shape.half))
        yield from shape.texts(left, y)


def _spots(
    label: _Label, middle: float, drawn: Sequence[Spot], taken: Sequence[Box], frame: _Frame
) -> Iterator[tuple[float, _Label, float, float]]:
    """Every place for a label: what it costs, the label, its left and its middle; none further off than a free one."""
    for rank, left in enumerate(label.lefts(frame)):
        right = left + label.width
        under = [y for x, y in drawn if left - CLEAR <= x <= right + CLEAR]
        least = float("inf")
        for shift in sorted(range(-REACH, REACH + 1, 3), key=abs):
            if abs(shift) / 3 > least:
                break
            y = middle + shift
            box = (left, y - label.half, right, y + label.half)
            clashes = sum(_overlap(box, other) for other in taken) + frame.cuts(box)
            struck = sum(abs(y - other) < label.half for other in under)
            passed = sum(min(y, middle) < other < max(y, middle) for other in under)
            cost = 1000 * clashes + 6 * struck + passed / 2 + abs(shift) / 3
            least = min(least, cost)
            yield cost + 3 * rank + 3 * label.stacked, label, left, y


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


# Trends


def _trend(chart: Trend) -> alt.LayerChart:
    frame = _trend_frame(chart)
    lines = sorted((line for line in chart.lines if line.points), key=lambda line: list(LINES).index(line.role))
    bands = [_sides(_months(band), (band.low, band.high), BAND) for band in chart.bands]
    layers = [
        *([frame.layer("rect", bands)] if bands else []),
        frame.layer("rule", _ground(chart, frame)),
        frame.layer("line", _paths(lines)),
        frame.layer("point", _dots(chart, lines)),
    ]
    return frame.compose(layers, [*_axes(chart, frame), *_names(chart, lines, frame)], TREND_HEIGHT)


def _trend_frame(chart: Trend) -> _Frame:
    """Leave room at the left for the scale, and at the right for no more than the words that reach beyond the plot."""
    left = max((_width(tick.label) for tick in chart.scale), default=0) + 8
    room = WIDTH - left - 2
    ticks = ((float(tick.at), _width(tick.label) / 2) for tick in chart.ticks)
    ends = ((label.end, label.width + 9) for label in _ends(chart) if label.side == "beside")
    fits = ((room - beyond) * chart.months / (at + 0.5) for at, beyond in (*ticks, *ends))
    width = round(max(min(room, *fits), room / 3))
    return _Frame(width, TREND_HEIGHT - 34, left, 9, (-0.5, chart.months - 0.5), (float(chart.low), float(chart.high)))


def _ground(chart: Trend, frame: _Frame) -> Iterator[Row]:
    """Grid, edges of bands, where the financial year begins, and the baseline with its ticks."""
    for tick in chart.scale:
        yield _sides(frame.xs, [tick.at], HAIR)
    for band in chart.bands:
        for edge in (band.low, band.high):
            yield {**_sides(_months(band), [edge], ORANGE), "dash": LINES["target"]["dash"]}
    if chart.boundary is not None:
        yield _sides([chart.boundary - 0.5], frame.ys, MARGIN)
    low, high = frame.ys
    yield _sides(frame.xs, [low], GREY)
    for tick in chart.ticks:
        yield _sides([tick.at], (low - STUB * (high - low) / frame.height, low), GREY)


def _months(band: Band) -> Spot:
    """Say where a band begins and ends: each month is as wide as a step of a line."""
    return band.first - 0.5, band.last + 0.5


def _parts(line: Line) -> list[list[Spot]]:
    """Split a line where a month is missing; a stepped one has steps as wide as their months."""
    sides = (-0.5, 0.5) if line.stepped else (0,)
    runs = groupby(enumerate(line.points), key=lambda numbered: numbered[1].at - numbered[0])
    return [[(point.at + side, float(point.value)) for _, point in run for side in sides] for _, run in runs]


def _paths(lines: Sequence[Line]) -> Iterator[Row]:
    """Write each stretch of months as a `part`, to be drawn as one path."""
    parts = [(line.role, part) for line in lines for part in _parts(line)]
    for number, (role, part) in enumerate(parts):
        for place, (x, y) in enumerate(part):
            yield {"x": x, "y": y, "part": number, "place": place, **LINES[role]}


def _dots(chart: Trend, lines: Sequence[Line]) -> Iterator[Row]:
    """Mark every month of the current line, what stands alone in another, and the latest figure."""
    for line in lines:
        for part in _parts(line):
            if line.role == "current" or len(part) == 1:
                for x, y in part:
                    yield {"x": x, "y": y, "size": DOT, "halo": 0, "ink": LINES[line.role]["ink"]}
    if chart.latest:
        yield {"x": chart.latest.at, "y": float(chart.latest.value), "size": LATEST, "halo": 1.5, "ink": NAVY}


def _axes(chart: Trend, frame: _Frame) -> Iterator[_Text]:
    for tick in chart.scale:
        yield _Text(-6, frame.y(tick.at), tick.label, align="right")
    for tick in chart.ticks:
        yield _Text(frame.x(tick.at), frame.height + STUB + 9, tick.label, align="center")


def _ends(chart: Trend) -> Iterator[_Label]:
    """Name the latest figure, with its line if it ends there, then the other lines, then the bands."""
    latest = chart.latest
    owners = (line for line in chart.lines if line.role == "current" and line.points[-1:] == (latest,))
    owner = next(owners, None)
    if latest:
        name = owner.label if owner else ""
        yield _Label(latest.at, latest.at, float(latest.value), "beside", NAVY, chart.latest_label, name)
    for line in chart.lines:
        if line is not owner and line.points and line.label:
            path = [spot for part in _parts(line) for spot in part]
            side = "above" if line.stepped else "beside"
            yield _Label(path[0][0], *path[-1], side, WORDS[line.role], "", line.label)
    for band in chart.bands:
        yield _Label(*_months(band), float(band.low + band.high) / 2, "inside", RUST, "", band.label)


def _names(chart: Trend, lines: Sequence[Line], frame: _Frame) -> Iterator[_Text]:
    """Write the names of lines and bands; those that end in the same month keep their order."""
    labels = list(_ends(chart))
    grid = [frame.y(tick.at) for tick in chart.scale]
    above = {label: LINE * 0.7 if label.side == "above" else 0 for label in labels}
    middles = {label: _between(grid, frame.y(label.value) - up) for label, up in above.items()}
    for end in {label.end: None for label in labels if label.side == "beside"}:
        level = [label for label in labels if label.side == "beside" and label.end == end]
        moved = spread([middles[label] for label in level], [LINE] * len(level), 0, frame.height)
        middles |= zip(level, moved, strict=True)
    yield from _place(middles.items(), list(_drawn(chart, lines, frame)), frame)


def _between(grid: Sequence[float], y: float) -> float:
    """Move the middle of a line of words so that no line of the grid strikes it through."""
    nearest = min(grid, key=lambda line: abs(y - line), default=-LINE)
    return y if abs(y - nearest) >= LINE * 0.4 else nearest + LINE * (0.4 if y > nearest else -0.4)


def _drawn(chart: Trend, lines: Sequence[Line], frame: _Frame) -> Iterator[Spot]:
    """Every few pixels of what must not be written over: lines, dots, edges of bands, the start of the year."""
    paths = [part for line in lines for part in _parts(line)]
    for band in chart.bands:
        paths += [[(month, float(edge)) for month in _months(band)] for edge in (band.low, band.high)]
    if chart.boundary is not None:
        paths.append([(chart.boundary - 0.5, edge) for edge in frame.ys])
    for path in paths:
        pixels = [(frame.x(x), frame.y(y)) for x, y in path]
        yield from ((x, y + side) for x, y in pixels for side in (-STUB, STUB))
        yield from (spot for start, end in pairwise(pixels) for spot in _along(start, end))


def _along(start: Spot, end: Spot) -> Iterator[Spot]:
    (x, y), (across, down) = start, (end[0] - start[0], end[1] - start[1])
    steps = max(1, round(max(abs(across), abs(down)) / GRAIN))
    return ((x + across * step / steps, y + down * step / steps) for step in range(steps + 1))


# Bullets


def _bullet(chart: Bullet) -> alt.LayerChart:
    frame = _bullet_frame(chart)
    end = max(frame.x(chart.value), 2)
    zones = [_sides((zone.low, zone.high), (0, BAR), ZONES[zone.kind]) for zone in chart.zones]
    bar = _sides((chart.low, frame.back(end)), (OVER, BAR - OVER), NAVY)
    ticks = [_sides([tick.at], (-OVER, BAR + OVER), INK, 2) for tick in chart.thresholds]
    names, leaders = _thresholds(chart, frame)
    layers = [frame.layer("rect", zones), frame.layer("rule", [*ticks, *leaders]), frame.layer("rect", [bar])]
    scale = (_Text(frame.x(tick.at), BAR + 18, tick.label, align="center") for tick in chart.scale)
    return frame.compose(layers, [*names, _value(chart, frame, end), *scale], BULLET_HEIGHT)


def _bullet_frame(chart: Bullet) -> _Frame:
    """Leave room at both ends for half a label of the scale; the vertical scale counts pixels from the top."""
    margin = max((_width(tick.label) for tick in chart.scale), default=0) / 2 + 1
    return _Frame(round(WIDTH - 2 * margin), BAR, margin, 27, (float(chart.low), float(chart.high)), (BAR, 0))


def _thresholds(chart: Bullet, frame: _Frame) -> tuple[list[_Text], list[Row]]:
    """Name the thresholds above their ticks, as near as they let each other; ticks without a name share the next."""
    named: list[tuple[str, list[Tick]]] = []
    shared: list[Tick] = []
    for tick in sorted(chart.thresholds, key=lambda tick: tick.at):
        shared.append(tick)
        if tick.label:
            named.append((tick.label, shared))
            shared = []
    wanted = [_mean([frame.x(tick.at) for tick in ticks]) for _, ticks in named]
    sizes = [_width(name) + 10 for name, _ in named]
    middles = spread(wanted, sizes, -frame.left, WIDTH - frame.left)
    texts = [_Text(x, -18, name, INK, "center") for (name, _), x in zip(named, middles, strict=True)]
    leaders = []
    for (_, ticks), x, size in zip(named, middles, sizes, strict=True):
        if len(ticks) == 1:
            near = min(max(frame.x(ticks[0].at), x - size / 2 + 12), x + size / 2 - 12)
            leaders.append(_sides((ticks[0].at, frame.back(near)), (-OVER, -OVER - STUB), INK))
    return texts, leaders


def _value(chart: Bullet, frame: _Frame, end: float) -> _Text:
    """Write the value inside the end of its bar, or else beyond it and clear of the ticks there."""
    width = _width(chart.value_label)
    if width + 12 <= end:
        return _Text(end - 6, BAR / 2, chart.value_label, PAPER, "right", "bold")
    left = end + 6
    for tick in sorted(frame.x(tick.at) for tick in chart.thresholds):
        if left - 6 < tick < left + width + 6:
            left = tick + 6
    return _Text(left, BAR / 2, chart.value_label, NAVY, weight="bold")
