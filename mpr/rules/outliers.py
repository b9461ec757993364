"""Rules on a figure beside those before it: out of line, a slipped decimal point, a running total that falls."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

from mpr.load.scorecard import Scorecard
from mpr.measure import formatting, series
from mpr.measure.indicator import Indicator, MeasureKind
from mpr.measure.period import Period
from mpr.measure.status import IndicatorStatus
from mpr.measure.target import get_bounds
from mpr.problem import Problem, Severity
from mpr.rules import phrases

MINIMUM_HISTORY = 6  # figures from which a usual range can be told
NARROWEST_SPREAD = Decimal("0.1")  # of the middle figure: so wide is a usual range at least
SLIP_FACTORS = tuple(Decimal(10) ** power for power in (1, 2, 3))
NEAR_RATIOS = (Decimal("0.7"), Decimal("1.4"))  # of what is expected, where a single figure is all that there is


def check_outlier(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W513: a figure lies far outside those before it.

    Far is more than the whole range of the earlier figures beyond it, at least six of them. Of a figure that adds up
    over the year, what the period has added is compared. Where a tenth, a hundredth, ten or a hundred times the figure
    would be in line, a slip of the decimal point is likely, and the hint says so.
    """
    indicator, value, period = status.indicator, status.value, status.latest_period
    if value is None or period.last < scorecard.period.first:
        return
    base = _find_base(scorecard, indicator, period)
    usual_figures = _list_usual_figures(scorecard, indicator, period)
    if base is None or len(usual_figures) < MINIMUM_HISTORY or _is_in_line(value - base, usual_figures, wide=True):
        return
    correction = next(
        (
            candidate
            for candidate in _list_corrections(value)
            if _is_in_line(candidate - base, usual_figures, wide=False)
        ),
        None,
    )
    low, high, added = (
        formatting.format_value(indicator, number, period)
        for number in (min(usual_figures), max(usual_figures), value - base)
    )
    earlier = f"{len(usual_figures)} earlier {period.frequency.noun}s"
    message = f"{indicator.code} at {phrases.format_latest_figure(status)} is out of line with {earlier}, which had {low} to {high}"
    if indicator.measure_kind is MeasureKind.CUMULATIVE:
        message = f"{indicator.code} at {phrases.format_latest_figure(status)} adds {added}, where {earlier} added {low} to {high}"
    hint = (
        f"if a decimal point slipped, write {formatting.format_value(indicator, correction, period)}"
        if correction
        else "check the figure"
    )
    yield Problem(scorecard.locate_cell(indicator), "W513", message, hint, Severity.WARNING)


def check_decimal_point(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W514: a figure is about ten, a hundred or a thousand times what last year's figure or its target lets expect.

    Looked at only where there are too few earlier figures to tell a usual range (W513).
    """
    indicator, value, period = status.indicator, status.value, status.latest_period
    if (
        not value
        or period.last < scorecard.period.first
        or len(_list_usual_figures(scorecard, indicator, period)) >= MINIMUM_HISTORY
    ):
        return
    if status.value_year_before:
        reference, expected = (
            f"last year’s {formatting.format_value(indicator, status.value_year_before, period.year_before)}",
            status.value_year_before,
        )
    elif status.target is not None:
        reference, expected = (
            f"the target of {phrases.format_target(status)}",
            sum(get_bounds(status.target), Decimal(0)) / 2,
        )
    else:
        return
    correction = next(
        (candidate for candidate in _list_corrections(value) if expected and _is_near(candidate, expected)), None
    )
    if correction is not None and not _is_near(value, expected):
        message = f"{indicator.code} at {phrases.format_latest_figure(status)} is far from {reference}"
        hint = f"if a decimal point slipped, write {formatting.format_value(indicator, correction, period)}"
        yield Problem(scorecard.locate_cell(indicator), "W514", message, hint, Severity.WARNING)


def check_falling_total(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W515: a figure that adds up over the year is smaller than an earlier one of the same year.

    Looked at are this year and the one before, as the history shows them.
    """
    indicator = status.indicator
    if indicator.measure_kind is not MeasureKind.CUMULATIVE:
        return
    readings = scorecard.get_series(indicator)
    current_year = indicator.get_year(scorecard.period.last, indicator.frequency)
    for year in (current_year.year_before, current_year):
        parts = [part for part in year.split_into(indicator.frequency) if part.last <= scorecard.period.last]
        known_figures = [
            (part, number) for part in parts if (number := series.get_value(indicator, readings, part)) is not None
        ]
        for (before, earlier), (period, later) in pairwise(known_figures):
            if later < earlier and indicator.is_comparable(before, period):
                change = f"{formatting.format_value(indicator, earlier, before)} to {formatting.format_value(indicator, later, period)}"
                message = f"{indicator.code} adds up over the year, but falls from {change} in {period.full_name}"
                place = readings[period].place if period in readings else scorecard.locate_cell(indicator)
                hint = "mend the figure, or say under break from which month on it counts something else"
                yield Problem(place, "W515", message, hint, Severity.WARNING)


def _find_base(scorecard: Scorecard, indicator: Indicator, period: Period) -> Decimal | None:
    """Return what a figure stands on: the one before it in the year where it adds up, else nothing; None if unknown."""
    if indicator.measure_kind is not MeasureKind.CUMULATIVE:
        return Decimal(0)
    year = indicator.get_year(period.last, period.frequency)
    parts = year.split_into(period.frequency)
    position = parts.index(period)
    if not position:
        return Decimal(0)
    before = parts[position - 1]
    if not indicator.is_comparable(before, period):
        return None
    return series.get_value(indicator, scorecard.get_series(indicator), before)


def _list_usual_figures(scorecard: Scorecard, indicator: Indicator, period: Period) -> list[Decimal]:
    """Return the earlier figures of periods as long, or what each added where the figure adds up over the year."""
    usual_figures = []
    for other in scorecard.get_series(indicator):
        number = series.get_value(indicator, scorecard.get_series(indicator), other)
        is_comparable = (
            other.frequency is period.frequency and other.last < period.last and indicator.is_comparable(other, period)
        )
        base = _find_base(scorecard, indicator, other) if is_comparable and number is not None else None
        if number is not None and base is not None:
            usual_figures.append(number - base)
    return usual_figures


def _is_in_line(figure: Decimal, usual_figures: Sequence[Decimal], *, wide: bool) -> bool:
    """Whether a figure lies in the range of the usual ones, or, `wide`, no more than that range beyond it."""
    spread = max(max(usual_figures) - min(usual_figures), abs(median(usual_figures)) * NARROWEST_SPREAD)
    margin = spread if wide else spread / 4
    return min(usual_figures) - margin <= figure <= max(usual_figures) + margin


def _list_corrections(value: Decimal) -> Iterator[Decimal]:
    """Yield what may have been meant where a decimal point slipped."""
    for factor in SLIP_FACTORS:
        yield from (value / factor, value * factor)


def _is_near(value: Decimal, expected: Decimal) -> bool:
    return NEAR_RATIOS[0] <= value / expected <= NEAR_RATIOS[1]
