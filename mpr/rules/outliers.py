"""Rules that compare a figure with earlier ones: outliers, slipped decimal points, running totals that fall."""

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
from mpr.problem import Problem
from mpr.rules import phrases
from mpr.rules.findings import build_finding

MINIMUM_HISTORY = 6  # figures needed to tell a usual range
NARROWEST_SPREAD = Decimal("0.1")  # share of the median: the usual range is at least this wide
SLIP_FACTORS = tuple(Decimal(10) ** power for power in (1, 2, 3))
NEAR_RATIOS = (Decimal("0.7"), Decimal("1.4"))  # a figure is near the expected one if their ratio lies between these


def check_outlier(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W513: a figure lies far outside the range of the earlier ones.

    Far outside means beyond that range by more than its own width. At least six earlier figures are needed. If the
    figure adds up over the year, the check compares what each period added. If moving the decimal point would bring the
    figure into line, the hint says so.
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
    figure, earlier = phrases.format_latest_figure(status), f"{len(usual_figures)} earlier {period.frequency.noun}s"
    message = f"{indicator.code} at {figure} is out of line with {earlier}, which had {low} to {high}"
    basis: tuple[str, ...] = (figure, low, high)
    if indicator.measure_kind is MeasureKind.CUMULATIVE:
        message = f"{indicator.code} at {figure} adds {added}, where {earlier} added {low} to {high}"
        basis = (figure, added, low, high)
    hint = (
        f"if a decimal point slipped, write {formatting.format_value(indicator, correction, period)}"
        if correction
        else "check the figure"
    )
    yield build_finding(scorecard.locate_cell(indicator), "W513", message, hint, subject=indicator.code, basis=basis)


def check_decimal_point(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W514: a figure is about 10, 100 or 1,000 times too large or too small beside last year's figure or the target.

    This is checked only if there are too few earlier figures to tell a usual range (W513).
    """
    indicator, value, period = status.indicator, status.value, status.latest_period
    if (
        not value
        or period.last < scorecard.period.first
        or len(_list_usual_figures(scorecard, indicator, period)) >= MINIMUM_HISTORY
    ):
        return
    if status.value_year_before:
        expected = status.value_year_before
        expected_text = formatting.format_value(indicator, expected, period.year_before)
        reference = f"last year’s {expected_text}"
    elif status.target is not None:
        expected = sum(get_bounds(status.target), Decimal(0)) / 2
        expected_text = phrases.format_target(status)
        reference = f"the target of {expected_text}"
    else:
        return
    correction = next(
        (candidate for candidate in _list_corrections(value) if expected and _is_near(candidate, expected)), None
    )
    if correction is not None and not _is_near(value, expected):
        figure = phrases.format_latest_figure(status)
        message = f"{indicator.code} at {figure} is far from {reference}"
        hint = f"if a decimal point slipped, write {formatting.format_value(indicator, correction, period)}"
        place, basis = scorecard.locate_cell(indicator), (figure, expected_text)
        yield build_finding(place, "W514", message, hint, subject=indicator.code, basis=basis)


def check_falling_total(scorecard: Scorecard, status: IndicatorStatus) -> Iterator[Problem]:
    """W515: a figure that adds up over the year falls within the year.

    This year and last year are checked, as in the history that the report prints.
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
                high = formatting.format_value(indicator, earlier, before)
                low = formatting.format_value(indicator, later, period)
                fall = f"falls from {high} to {low} in {period.full_name}"
                message = f"{indicator.code} adds up over the year, but {fall}"
                place = readings[period].place if period in readings else scorecard.locate_cell(indicator)
                hint = "correct the figure, or name under break the month from which it counts something else"
                basis = (high, low, period.full_name)
                yield build_finding(place, "W515", message, hint, subject=indicator.code, basis=basis)


def _find_base(scorecard: Scorecard, indicator: Indicator, period: Period) -> Decimal | None:
    """Return how much of a figure is from earlier periods: the total before if cumulative, else 0; None if unknown."""
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
    """Return comparable figures of earlier periods of this length; if cumulative, what each period added."""
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
    """Whether a figure lies in the usual range, widened at each end by a quarter of its width, or all if `wide`."""
    spread = max(max(usual_figures) - min(usual_figures), abs(median(usual_figures)) * NARROWEST_SPREAD)
    margin = spread if wide else spread / 4
    return min(usual_figures) - margin <= figure <= max(usual_figures) + margin


def _list_corrections(value: Decimal) -> Iterator[Decimal]:
    """Yield the figures that may have been meant if a decimal point slipped."""
    for factor in SLIP_FACTORS:
        yield from (value / factor, value * factor)


def _is_near(value: Decimal, expected: Decimal) -> bool:
    return NEAR_RATIOS[0] <= value / expected <= NEAR_RATIOS[1]
