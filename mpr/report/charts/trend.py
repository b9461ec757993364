"""An indicator's figures over time, as a line chart.

The chart runs over this year and the year before. A figure that restarts with the year has this year laid over the
year before; annual figures run over up to ten years. Figures from before and after a break in the measure never share
a chart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import format_figure
from mpr.measure.indicator import Indicator, MeasureKind
from mpr.measure.period import Frequency, Month, Period, Year
from mpr.measure.scale import compute_ticks
from mpr.measure.status import IndicatorStatus
from mpr.measure.target import Range, get_bounds
from mpr.report.charts.timeline import Timeline, build_timeline
from mpr.report.charts.trend_wording import capitalise, compose_alt_text, compose_title
from mpr.report.model import chart
from mpr.report.wording import cells

MONTHS_BETWEEN_TICKS = 3
SCALE_STEPS = 5
FLATTENING_LIMIT = 4  # a shared scale may be at most this many times as long as an indicator's own

Scale = tuple[str, ...]  # its marks as text, because 1 and 1.0 are equal but printed differently


@dataclass(frozen=True)
class _IndicatorTrend:
    """An indicator as a chart shows it: its status at its own frequency, its timeline, the marks of its own scale."""

    status: IndicatorStatus
    timeline: Timeline
    own_marks: tuple[Decimal, ...]


def compute_scales(scorecards: Sequence[Scorecard]) -> dict[str, Scale]:
    """Return the scales of the charts of some indicators, by code; each scorecard holds one indicator.

    Indicators of one aim and unit share a scale, unless that flattens one of them. An indicator without enough to draw
    has no scale.
    """
    trends = [
        trend
        for trend in (scorecard.memo.get(_build_indicator_trend, scorecard) for scorecard in scorecards)
        if trend.timeline.is_drawable
    ]
    scales = {}
    for _, group in groupby(sorted(trends, key=_make_scale_key), key=_make_scale_key):
        members = list(group)
        shared_marks = _compute_scale([trend.timeline for trend in members], members[0].status.indicator)
        for trend in members:
            marks = trend.own_marks if _is_flattened(trend.own_marks, shared_marks) else shared_marks
            scales[trend.status.indicator.code] = tuple(map(str, marks))
    return scales


def _is_flattened(own_marks: Sequence[Decimal], shared_marks: Sequence[Decimal]) -> bool:
    return (own_marks[-1] - own_marks[0]) * FLATTENING_LIMIT < shared_marks[-1] - shared_marks[0]


def build_trend(scorecard: Scorecard, section: str, scale: Scale) -> chart.TrendChart:
    """Return the chart of the scorecard's only indicator, drawn to a scale from `compute_scales`."""
    trend = scorecard.memo.get(_build_indicator_trend, scorecard)
    return _build_chart(section, trend.status, trend.timeline, tuple(map(Decimal, scale)))


def _build_indicator_trend(scorecard: Scorecard) -> _IndicatorTrend:
    status = scorecard.assess_at_own_frequency(scorecard.status)
    timeline = build_timeline(scorecard, status)
    return _IndicatorTrend(
        status, timeline, _compute_scale([timeline], status.indicator) if timeline.is_drawable else ()
    )


def _make_scale_key(trend: _IndicatorTrend) -> tuple[str, str, str]:
    """Return what indicators must have in common to share a scale; cumulative or unitless ones share with none."""
    indicator = trend.status.indicator
    unshared = indicator.code if indicator.measure_kind is MeasureKind.CUMULATIVE or not indicator.unit else ""
    return indicator.aim, indicator.unit, unshared


def _compute_scale(timelines: Sequence[Timeline], indicator: Indicator) -> tuple[Decimal, ...]:
    """Return the marks of the value axis: round numbers around all values and targets, from 0 if cumulative."""
    plotted = [
        value
        for timeline in timelines
        for values in (timeline.values, timeline.earlier_values, *timeline.benchmarks.values())
        for value in values.values()
    ]
    plotted += [end for timeline in timelines for target in timeline.targets.values() for end in get_bounds(target)]
    lowest = min(Decimal(0), *plotted) if indicator.measure_kind is MeasureKind.CUMULATIVE else min(plotted)
    return compute_ticks((lowest, *plotted), SCALE_STEPS, is_percentage=indicator.is_percentage)


def _build_chart(
    section: str, status: IndicatorStatus, timeline: Timeline, marks: Sequence[Decimal]
) -> chart.TrendChart:
    indicator = status.indicator
    latest_place = timeline.periods.index(status.latest_period) if status.latest_period in timeline.periods else None
    value = timeline.values.get(latest_place) if latest_place is not None else None
    return chart.TrendChart(
        anchor=cells.make_anchor_id(f"{section}-trend", indicator),
        title=compose_title(status, timeline),
        unit=_format_unit(indicator, timeline),
        description=compose_alt_text(status, timeline),
        periods=len(timeline.periods),
        ticks=_build_ticks(timeline),
        scale=tuple(
            chart.AxisTick(mark, format_figure(mark, None, is_percentage=indicator.is_percentage)) for mark in marks
        ),
        low=marks[0],
        high=marks[-1],
        lines=_build_lines(status, timeline),
        bands=_build_target_bands(status, timeline),
        boundary=None if timeline.overlaid or timeline.periods_per_year == 1 else timeline.periods_per_year,
        latest=chart.ChartPoint(latest_place, value) if latest_place is not None and value is not None else None,
        latest_label=cells.format_value_text(status),
    )


def _build_ticks(timeline: Timeline) -> tuple[chart.AxisTick, ...]:
    """Label every third month, or each period if longer; the first label of a year names it, unless years overlap."""
    interval = MONTHS_BETWEEN_TICKS if timeline.frequency is Frequency.MONTHLY else 1
    labelled = [(place, period) for place, period in enumerate(timeline.periods) if place % interval == 0]
    years = {place: _get_year(period) for place, period in labelled}
    first_places = {year: place for place, year in reversed(years.items())}
    return tuple(
        chart.AxisTick(
            Decimal(place),
            period.axis_label
            if timeline.overlaid or first_places[years[place]] != place
            else _format_with_year(period),
        )
        for place, period in labelled
    )


def _get_year(period: Period) -> object:
    """Return the year that only the first label of its periods names; an annual period has a label of its own."""
    return period if isinstance(period, Year) else period.year


def _format_with_year(period: Period) -> str:
    """Return the label of a period with its year: `Apr 2018`, `Q1 2018/19`."""
    return f"{period.axis_label} {period.year}" if isinstance(period, Month) else period.short_name


def _format_unit(indicator: Indicator, timeline: Timeline) -> str:
    unit = "%" if indicator.is_percentage else indicator.unit
    year = timeline.year
    timespan = f"{year.first.name} to {year.last.name}" if timeline.overlaid else f"by {timeline.frequency.noun}"
    return ", ".join(filter(None, [capitalise(unit), timespan]))


def _build_lines(status: IndicatorStatus, timeline: Timeline) -> tuple[chart.ChartLine, ...]:
    """Return the lines of benchmarks, the target (unless it is a range), the year before and this year."""
    points = {place: target for place, target in timeline.targets.items() if isinstance(target, Decimal)}
    stepped = status.indicator.measure_kind is not MeasureKind.CUMULATIVE
    last_targets = {
        target for place, target in points.items() if place >= len(timeline.periods) - timeline.periods_per_year
    }
    target_label = (
        f"Target {format_figure(last_targets.pop(), None, is_percentage=status.indicator.is_percentage)}"
        if len(last_targets) == 1
        else "Target"
    )
    lines = [
        *(
            chart.ChartLine("benchmark", *label_and_points)
            for label_and_points in _iter_benchmarks(status.indicator, timeline)
        ),
        chart.ChartLine("target", target_label, _build_points(points), stepped=stepped),
        chart.ChartLine("earlier", timeline.year.year_before.full_name, _build_points(timeline.earlier_values)),
        chart.ChartLine(
            "current", timeline.year.full_name if timeline.overlaid else "", _build_points(timeline.values)
        ),
    ]
    return tuple(line for line in lines if line.points)


def _iter_benchmarks(indicator: Indicator, timeline: Timeline) -> Iterator[tuple[str, tuple[chart.ChartPoint, ...]]]:
    """Yield each benchmark's label, made of its name and newest figure, and its points."""
    for name, values in timeline.benchmarks.items():
        newest = format_figure(values[max(values)], indicator.decimals, is_percentage=indicator.is_percentage)
        yield f"{name} {newest}", _build_points(values)


def _build_points(values: dict[int, Decimal]) -> tuple[chart.ChartPoint, ...]:
    return tuple(chart.ChartPoint(place, values[place]) for place in sorted(values))


def _build_target_bands(status: IndicatorStatus, timeline: Timeline) -> tuple[chart.ChartZone, ...]:
    """Return a band for each run of periods that share a target range."""
    ranges = [(place, target) for place, target in sorted(timeline.targets.items()) if isinstance(target, Range)]
    bands = []
    for target, group in groupby(ranges, key=lambda pair: pair[1]):
        places = [place for place, _ in group]
        label = f"Target {format_figure(target, None, is_percentage=status.indicator.is_percentage)}"
        bands.append(chart.ChartZone(label, places[0], places[-1], target.low, target.high))
    return tuple(bands)
