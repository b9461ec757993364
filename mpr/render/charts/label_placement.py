"""Places the names of lines and bands: near what they name, clear of lines and of each other. Pure.

All positions are in pixels from the top left corner of the plot, y downwards; `middle` is half way up the words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from mpr.render.charts.palette import LINE_HEIGHT
from mpr.render.charts.plot import Plot, PlotText, Position, estimate_width

CLEARANCE = 3  # pixels kept free on either side of words
MAX_SHIFT = 48  # pixels, about three lines, that a label may move up or down from its ideal middle
STEP = 3  # pixels from one shift to the next
SHIFTS = sorted(range(-MAX_SHIFT, MAX_SHIFT + 1, STEP), key=abs)  # the nearest first
WORD_GAP = 4  # pixels between a bold figure and the name that follows it

# The cost of a position; the cheapest is chosen. The unit is one step away from the ideal middle.
CLASH_COST = 1000  # over another label, an axis or the edge of the chart: only if there is no other position
STRUCK_POINT_COST = 6  # for each point of a line that runs through the words
PASSED_POINT_COST = 0.5  # for each point of a line between the words and their ideal middle
RANK_COST = 3  # for each better left edge in a label's list, and for words in two lines

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Label:
    """The words that name a line or band: `bold` ones, then `plain` ones.

    The line runs from `start` to `end` and ends at `value`, in data units. `side` is the best position for the words:
    beside the end, above it or inside. `stacked` puts them in two lines.
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
        """The width of all words in pixels, with the gap between them."""
        bold, plain = estimate_width(self.bold), estimate_width(self.plain)
        if self.stacked:
            return max(bold, plain)
        return bold + plain + (WORD_GAP if bold and plain else 0)

    @property
    def half_height(self) -> float:
        """Half of the height of the words in pixels."""
        return LINE_HEIGHT if self.stacked else LINE_HEIGHT / 2

    def list_left_edges(self, plot: Plot) -> tuple[float, float, float]:
        """Return the possible left edges of the words in pixels, the best first."""
        start, end, width = plot.to_x_pixels(self.start), plot.to_x_pixels(self.end), self.width
        if self.side == "beside":
            return end + 8, end - width / 2, end - width
        if self.side == "above":
            return end - width - 4, end + 6, start + 4
        return end - width - 6, start + 6, (start + end - width) / 2

    def iter_texts(self, left: float, middle: float) -> Iterator[PlotText]:
        """Yield the words, the first of them beginning at `left`."""
        down = LINE_HEIGHT / 2 if self.stacked else 0
        if self.bold:
            yield PlotText(left, middle - down, self.bold, self.colour, weight="bold")
        if self.plain:
            start = left if self.stacked else left + self.width - estimate_width(self.plain)
            yield PlotText(start, middle + down, self.plain, self.colour)


@dataclass(frozen=True)
class _Candidate:
    """A position for a label, and its cost."""

    label: Label
    left: float
    middle: float
    cost: float


def place_labels(
    label_middles: Iterable[tuple[Label, float]], obstacles: Sequence[Position], plot: Plot
) -> Iterator[PlotText]:
    """Yield the words of each label near its ideal middle, clear of obstacles and of the labels before it."""
    taken_boxes: list[Box] = []
    for label, middle in label_middles:
        best = min(_iter_candidates(label, middle, obstacles, taken_boxes, plot), key=attrgetter("cost"))
        left, top, right, bottom = _compute_box(best.label, best.left, best.middle)
        taken_boxes.append((left - CLEARANCE, top, right + CLEARANCE, bottom))
        yield from best.label.iter_texts(best.left, best.middle)


def _iter_candidates(
    label: Label, ideal_middle: float, obstacles: Sequence[Position], taken_boxes: Sequence[Box], plot: Plot
) -> Iterator[_Candidate]:
    """Yield positions for a label, in one line or two, at each left edge from the nearest middle to the furthest."""
    shapes = [label, replace(label, stacked=True)] if label.bold and label.plain else [label]
    for shape in shapes:
        for rank, left in enumerate(shape.list_left_edges(plot)):
            right = left + shape.width
            nearby_ys = [y for x, y in obstacles if left - CLEARANCE <= x <= right + CLEARANCE]
            least_cost = float("inf")
            for shift in SHIFTS:
                distance = abs(shift) / STEP
                if distance > least_cost:  # every further shift costs more
                    break
                middle = ideal_middle + shift
                clashes = _count_clashes(_compute_box(shape, left, middle), taken_boxes, plot)
                struck = sum(abs(middle - y) < shape.half_height for y in nearby_ys)
                passed = sum(min(middle, ideal_middle) < y < max(middle, ideal_middle) for y in nearby_ys)
                cost = CLASH_COST * clashes + STRUCK_POINT_COST * struck + PASSED_POINT_COST * passed + distance
                least_cost = min(least_cost, cost)
                yield _Candidate(shape, left, middle, cost + RANK_COST * (rank + shape.stacked))


def _compute_box(label: Label, left: float, middle: float) -> Box:
    return left, middle - label.half_height, left + label.width, middle + label.half_height


def _count_clashes(box: Box, taken_boxes: Sequence[Box], plot: Plot) -> int:
    """Count the labels that a box overlaps; overlapping the axis or the edge of the chart counts as one more."""
    left, top, right, bottom = box
    outside = left < 0 or top < -plot.top or right > plot.width + plot.right or bottom > plot.height
    return outside + sum(_is_overlapping(box, other) for other in taken_boxes)


def _is_overlapping(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def move_off_grid(y: float, grid: Sequence[float]) -> float:
    """Return `y`, the middle of a line of words, moved just far enough that no grid line strikes the words out."""
    clearance = 0.4 * LINE_HEIGHT  # from the middle of words to the bottom or the top of their letters
    nearest = min(grid, key=lambda line: abs(y - line), default=-LINE_HEIGHT)
    if abs(y - nearest) >= clearance:
        return y
    return nearest + clearance if y > nearest else nearest - clearance


def spread_apart(ideal_middles: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Return the middles of items moved just far enough apart, in the same order and between two bounds.

    Without enough room the items overlap evenly. All numbers are pixels in one direction, across or down.
    """
    shrinkage = min(1.0, (high - low) / (sum(sizes) or 1))
    order = sorted(range(len(ideal_middles)), key=lambda index: ideal_middles[index])
    # Items that touch form a run. A run starts at the mean of the starts that suit each of its items, and joins the run
    # before it while the two overlap. Starts are counted as if all items before took no room.
    offsets: list[float] = []  # from the start of the first item to the middle of each, if all touched
    runs: list[list[float]] = []
    total = 0.0
    for index in order:
        offsets.append(total + sizes[index] * shrinkage / 2)
        total += sizes[index] * shrinkage
        runs.append([ideal_middles[index] - offsets[-1]])
        while len(runs) > 1 and compute_mean(runs[-2]) > compute_mean(runs[-1]):
            last = runs.pop()
            runs[-1] += last
    starts = [min(max(compute_mean(run), low), high - total) for run in runs for _ in run]
    middles = {index: start + offset for index, start, offset in zip(order, starts, offsets, strict=True)}
    return [middles[index] for index in range(len(ideal_middles))]


def compute_mean(numbers: Sequence[float]) -> float:
    """Return the mean of one or more numbers."""
    return sum(numbers) / len(numbers)
