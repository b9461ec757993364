"""Sparklines: a line of a word's height with up to 13 periods, so that it includes the same period a year before."""

from mpr.load.scorecard import Scorecard
from mpr.measure import formatting, series
from mpr.measure.status import IndicatorStatus
from mpr.report.model import chart
from mpr.report.wording import cells

MOST_PERIODS, FEWEST_FIGURES = 13, 2


def build_sparkline(scorecard: Scorecard, section: str, status: IndicatorStatus) -> chart.Sparkline | None:
    """Return the line of an indicator's latest periods, or None if fewer than two of them have a figure."""
    indicator, readings, latest = status.indicator, scorecard.get_series(status.indicator), status.latest_period
    periods = [latest]
    while len(periods) < MOST_PERIODS:
        periods.insert(0, indicator.get_period(periods[0].first.add_months(-1), latest.frequency))
    points = [
        (place, period, value)
        for place, period in enumerate(periods)
        if indicator.is_comparable(period, latest)
        and (value := series.get_value(indicator, readings, period)) is not None
    ]
    if len(points) < FEWEST_FIGURES:
        return None
    skipped = points[0][0]
    values = [value for _, _, value in points]

    def describe_point(index: int) -> str:
        _, period, value = points[index]
        return f"{formatting.format_value(indicator, value, period)} in {period.full_name}"

    lowest, highest = values.index(min(values)), values.index(max(values))
    return chart.Sparkline(
        anchor=cells.make_anchor_id(f"{section}-spark", indicator),
        description=f"From {describe_point(0)} to {describe_point(-1)}; "
        f"lowest {describe_point(lowest)}, highest {describe_point(highest)}.",
        periods=MOST_PERIODS - skipped,
        points=tuple(chart.ChartPoint(place - skipped, value) for place, _, value in points),
        low=min(values),
        high=max(values),
    )
