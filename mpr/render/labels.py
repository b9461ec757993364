"""Finds room for the names of lines and bands: near what they name, clear of what is drawn and of each other. Pure.

All places are pixels from the top left corner of the plot, y downwards; `middle` is half way up the words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from mpr.render.palette import LINE
from mpr.render.plot import Plot, Spot, Text, width_of

CLEAR = 3  # pixels kept free on either side of words
REACH = 48  # how many pixels a label may move up or down from where it is wanted: three lines
STEP = 3  # in such steps
SHIFTS = sorted(range(-REACH, REACH + 1, STEP), key=abs)  # the nearest first
GAP = 4  # between a bold figure and the name that follows it

# What a place costs; the cheapest is taken. The unit is a step away from the wanted middle.
CLASH = 1000  # over another label, an axis or the edge of the picture: never, where there is any other place
STRUCK = 6  # for each point of a line that runs through the words
PASSED = 0.5  # for each point of a line between the words and where they are wanted
WORSE = 3  # for each place before this one in the list of a label's places, and for words in two lines

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Label:
    """The words for what runs from `start` to `end` and ends at `value`, all in data units: `bold` ones, then `plain`.

    `side` is where they stand best: beside the end, above it, or inside. `stacked` puts them in two lines.
    """

    start: float
    end: float
    value: float
    side: str
    colour: str
    bold: str
    plain: str
    stacked: bool = False

    @property
    def width(self) -> float:
        """How wide all the words are, in pixels, with the space between them."""
        bold, plain = width_of(self.bold), width_of(self.plain)
        if self.stacked:
            return max(bold, plain)
        return bold + plain + (GAP if bold and plain else 0)

    @property
    def half(self) -> float:
        """Half of how high the words are, in pixels."""
        return LINE if self.stacked else LINE / 2

    def lefts(self, plot: Plot) -> tuple[float, float, float]:
        """Where the words may begin, in pixels, the best place first."""
        start, end, width = plot.x(self.start), plot.x(self.end), self.width
        if self.side == "beside":
            return end + 8, end - width / 2, end - width
        if self.side == "above":
            return end - width - 4, end + 6, start + 4
        return end - width - 6, start + 6, (start + end - width) / 2

    def texts(self, left: float, middle: float) -> Iterator[Text]:
        """Write the words from `left` on."""
        down = LINE / 2 if self.stacked else 0
        if self.bold:
            yield Text(left, middle - down, self.bold, self.colour, weight="bold")
        if self.plain:
            start = left if self.stacked else left + self.width - width_of(self.plain)
            yield Text(start, middle + down, self.plain, self.colour)


@dataclass(frozen=True)
class _Place:
    """A place for a label, and what it costs."""

    label: Label
    left: float
    middle: float
    cost: float


def place(wanted: Iterable[tuple[Label, float]], drawn: Sequence[Spot], plot: Plot) -> Iterator[Text]:
    """Write each label near its wanted middle, away from the points that are drawn and from the labels before it."""
    taken: list[Box] = []
    for label, middle in wanted:
        best = min(_places(label, middle, drawn, taken, plot), key=attrgetter("cost"))
        left, top, right, bottom = _box(best.label, best.left, best.middle)
        taken.append((left - CLEAR, top, right + CLEAR, bottom))
        yield from best.label.texts(best.left, best.middle)


def _places(label: Label, wanted: float, drawn: Sequence[Spot], taken: Sequence[Box], plot: Plot) -> Iterator[_Place]:
    """Every place for a label, in one line or two, at each of its lefts from the nearest middle to the furthest."""
    shapes = [label, replace(label, stacked=True)] if label.bold and label.plain else [label]
    for shape in shapes:
        for rank, left in enumerate(shape.lefts(plot)):
            right = left + shape.width
            near = [y for x, y in drawn if left - CLEAR <= x <= right + CLEAR]
            least = float("inf")
            for shift in SHIFTS:
                far = abs(shift) / STEP
                if far > least:  # all that follow cost more
                    break
                middle = wanted + shift
                clashes = _clashes(_box(shape, left, middle), taken, plot)
                struck = sum(abs(middle - y) < shape.half for y in near)
                passed = sum(min(middle, wanted) < y < max(middle, wanted) for y in near)
                cost = CLASH * clashes + STRUCK * struck + PASSED * passed + far
                least = min(least, cost)
                yield _Place(shape, left, middle, cost + WORSE * (rank + shape.stacked))


def _box(label: Label, left: float, middle: float) -> Box:
    return left, middle - label.half, left + label.width, middle + label.half


def _clashes(box: Box, taken: Sequence[Box], plot: Plot) -> int:
    """Count the labels that a box lies over; the axis below the plot and the edge of the picture count as one more."""
    left, top, right, bottom = box
    outside = left < 0 or top < -plot.top or right > plot.width + plot.right or bottom > plot.height
    return outside + sum(_overlap(box, other) for other in taken)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def off_grid(y: float, grid: Sequence[float]) -> float:
    """Move the middle of a line of words, at `y`, as little as will keep the lines of a grid from striking it out."""
    clear = 0.4 * LINE  # from the middle of words to the foot or the top of their letters
    nearest = min(grid, key=lambda line: abs(y - line), default=-LINE)
    if abs(y - nearest) >= clear:
        return y
    return nearest + clear if y > nearest else nearest - clear


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Move the middles of things as little as will keep them apart, in their order and between two bounds.

    What has no room even then overlaps evenly. All numbers are pixels of one direction, across or down.
    """
    fit = min(1.0, (high - low) / (sum(sizes) or 1))
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    # Things that touch form a run. A run starts at the mean of where each of its things would have it start, and
    # joins the run before it while the two overlap. Starts are counted as if all that stands before took no room.
    offsets: list[float] = []  # from the start of the first thing, where all touch, to the middle of each
    runs: list[list[float]] = []
    total = 0.0
    for index in order:
        offsets.append(total + sizes[index] * fit / 2)
        total += sizes[index] * fit
        runs.append([wanted[index] - offsets[-1]])
        while len(runs) > 1 and mean(runs[-2]) > mean(runs[-1]):
            last = runs.pop()
            runs[-1] += last
    starts = [min(max(mean(run), low), high - total) for run in runs for _ in run]
    middles = {index: start + offset for index, start, offset in zip(order, starts, offsets, strict=True)}
    return [middles[index] for index in range(len(wanted))]


def mean(numbers: Sequence[float]) -> float:
    """Return the mean of some numbers, at least one."""
    return sum(numbers) / len(numbers)
