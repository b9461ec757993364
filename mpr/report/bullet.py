"""The latest figure against its thresholds, as a bullet chart."""

from decimal import Decimal

from mpr.measure import rating
from mpr.measure.rating import Thresholds
from mpr.measure.scale import WHOLE, ticks
from mpr.measure.standing import Standing
from mpr.measure.words import figure
from mpr.report import cells, picture

HEADROOM = Decimal("1.1")
STEPS = 5


def bullet(standing: Standing) -> picture.Bullet | None:
    """Return the chart of the latest figure, None where there is no figure or no target to hold it against."""
    indicator, value = standing.indicator, standing.value
    if value is None or standing.target is None:
        return None
    lines = rating.thresholds(standing.target, indicator.polarity, indicator.tolerance)
    low, high = _scale(standing, lines)
    marks = ticks((low, high), STEPS, percent=indicator.percent)
    shown = cells.value_text(standing)
    kind = cells.RATINGS[standing.proposal].word
    sentence = f"{standing.latest.words}: {cells.deviation(standing)}"
    return picture.Bullet(
        anchor=cells.anchor("bullet", indicator.code),
        title=sentence,
        description=f"Bullet chart of {indicator.code}. {sentence}; the rule rates it {kind}. {cells.rule(standing)}.",
        low=low,
        high=high,
        scale=tuple(
            picture.Tick(mark, figure(mark, None, percent=indicator.percent)) for mark in marks if low <= mark <= high
        ),
        zones=_zones(lines, low, high),
        thresholds=_marks(standing, lines),
        value=value,
        value_label=shown,
    )


def _scale(standing: Standing, lines: Thresholds) -> tuple[Decimal, Decimal]:
    """Return the ends of the scale: the council's own where they hold everything, else from 0 to a round number."""
    indicator, value = standing.indicator, standing.value or Decimal(0)
    bounds = (lines.low_red, lines.low_green, lines.high_green, lines.high_red)
    shown = [value, *(each for each in bounds if each is not None)]
    own = indicator.scale
    if own and own.low <= min(shown) and max(shown) <= own.high:
        return own.low, own.high
    low, high = min(Decimal(0), *shown) * HEADROOM, max(Decimal(0), *shown) * HEADROOM
    if indicator.percent and max(shown) <= WHOLE:
        high = min(high, WHOLE)
    marks = ticks((low, high), STEPS, percent=indicator.percent)
    return marks[0], marks[-1]


def _zones(lines: Thresholds, low: Decimal, high: Decimal) -> tuple[picture.Zone, ...]:
    """Return the stretches of the scale by their rating, leaving out those of no length."""
    edges = [
        ("red", low, lines.low_red),
        ("amber", lines.low_red, lines.low_green),
        ("green", lines.low_green if lines.low_green is not None else low,
         lines.high_green if lines.high_green is not None else high),
        ("amber", lines.high_green, lines.high_red),
        ("red", lines.high_red, high),
    ]  # fmt: skip
    return tuple(
        picture.Zone(kind, start, end)
        for kind, start, end in edges
        if start is not None and end is not None and start < end
    )


def _marks(standing: Standing, lines: Thresholds) -> tuple[picture.Tick, ...]:
    """Return the labelled lines: the target (a range has one label for its two ends), and where red begins."""
    indicator = standing.indicator

    def label(at: Decimal | None) -> str:
        return figure(at or Decimal(0), None, percent=indicator.percent)

    goal = f"Target {cells.target_text(standing)}"
    low, high = lines.low_green, lines.high_green
    found = (
        (lines.low_red, low, f"Red below {label(lines.low_red)}"),
        (low, None, goal if high in {None, low} else ""),
        (high, low, goal),
        (lines.high_red, high, f"Red above {label(lines.high_red)}"),
    )
    return tuple(picture.Tick(at, text) for at, beside, text in found if at is not None and at != beside)
