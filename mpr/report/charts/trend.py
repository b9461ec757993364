"""An indicator's figures over time, as a line chart with its sentence and its text alternative.

A figure runs on over both years; one that restarts with the financial year has this year laid over last year; annual
figures run on over up to ten years. Figures across a break in the measure never share a chart.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from mpr.load.scorecard import Scorecard
from mpr.measure import formatting, rating, series
from mpr.measure.formatting import format_count, format_figure
from mpr.measure.indicator import Indicator, MeasureKind, Polarity
from mpr.measure.period import MONTHS_IN_YEAR, Frequency, Month, Period, Year
from mpr.measure.rating import DirectionOfTravel
from mpr.measure.scale import compute_ticks
from mpr.measure.status import IndicatorStatus
from mpr.measure.target import Range, Target, get_bounds
from mpr.report.model import chart
from mpr.report.wording import cells, sentences
from mpr.report.wording.benchmarks import find_benchmark

MONTHS_BETWEEN_TICKS = 3
SCALE_STEPS = 5
SHORTEST_RUN_STEPS = 2
FLATTENING_LIMIT = 4  # on a shared scale, an indicator must still fill this fraction of its height


Scale = tuple[str, ...]  # its marks, as they are written: 1 and 1.0 are the same number


@dataclass(frozen=True)
class _Timeline:
    """The periods that a chart runs over, and what is known of them: values and targets by place on the axis.

    `year` is the year that the chart ends with: the latest figure's where years are laid over each other, which
    `overlaid` says. `benchmarks` are others' figures, by the name of the comparison.
    """

    year: Year
    periods: tuple[Period, ...]
    overlaid: bool
    values: dict[int, Decimal]
    earlier_values: dict[int, Decimal]
    targets: dict[int, Target]
    benchmarks: dict[str, dict[int, Decimal]]

    @property
    def frequency(self) -> Frequency:
        """How long the periods are."""
        return self.periods[0].frequency

    @property
    def is_drawable(self) -> bool:
        """Whether there is something to see: a figure, and with it another or the way to a target."""
        return len(self.values) > 1 or bool(self.values and (self.overlaid or self.benchmarks))

    @property
    def periods_per_year(self) -> int:
        """How many of the periods make a year."""
        return MONTHS_IN_YEAR // self.frequency.months


@dataclass(frozen=True)
class _IndicatorTrend:
    """What is drawn of an indicator: where it stands in its own last period, the span, the marks of its own scale."""

    status: IndicatorStatus
    timeline: _Timeline
    own_marks: tuple[Decimal, ...]


def compute_scales(scorecards: Sequence[Scorecard]) -> dict[str, Scale]:
    """Return the scales of the charts of some indicators by code, of each what is known of it alone.

    Those of one aim and unit share a scale, unless it flattens one. Where there is nothing to draw there is none.
    """
    trends = [
        trend
        for trend in (scorecard.memo.get(_build_indicator_trend, scorecard) for scorecard in scorecards)
        if trend.timeline.is_drawable
    ]
    scales = {}
    for _, group in groupby(sorted(trends, key=_make_scale_key), key=_make_scale_key):
        sharing_trends = list(group)
        shared_marks = _compute_scale([trend.timeline for trend in sharing_trends], sharing_trends[0].status.indicator)
        for trend in sharing_trends:
            marks = (
                shared_marks
                if (trend.own_marks[-1] - trend.own_marks[0]) * FLATTENING_LIMIT >= shared_marks[-1] - shared_marks[0]
                else trend.own_marks
            )
            scales[trend.status.indicator.code] = tuple(map(str, marks))
    return scales


def build_trend(scorecard: Scorecard, section: str, scale: Scale) -> chart.TrendChart:
    """Return an indicator's chart on a scale."""
    trend = scorecard.memo.get(_build_indicator_trend, scorecard)
    return _build_chart(section, trend.status, trend.timeline, tuple(map(Decimal, scale)))


def _build_indicator_trend(scorecard: Scorecard) -> _IndicatorTrend:
    status = scorecard.assess_at_own_frequency(scorecard.status)
    timeline = _build_timeline(scorecard, status)
    return _IndicatorTrend(
        status, timeline, _compute_scale([timeline], status.indicator) if timeline.is_drawable else ()
    )


def _make_scale_key(trend: _IndicatorTrend) -> tuple[str, str, str]:
    """What indicators must have in common to be drawn to one scale; counts have nothing in common but themselves."""
    indicator = trend.status.indicator
    unshared = indicator.code if indicator.measure_kind is MeasureKind.CUMULATIVE or not indicator.unit else ""
    return indicator.aim, indicator.unit, unshared


def _build_timeline(scorecard: Scorecard, status: IndicatorStatus) -> _Timeline:
    indicator, readings = status.indicator, scorecard.get_series(status.indicator)
    frequency = status.latest_period.frequency
    overlaid = (
        bool(indicator.measure_kind and indicator.measure_kind.restarts_each_year) and frequency is not Frequency.ANNUAL
    )
    ending = status.latest_period if overlaid else scorecard.period
    year = indicator.get_year(ending.last, frequency)
    periods = _list_periods(year, frequency, status, readings) if not overlaid else year.split_into(frequency)

    def select_comparable(periods: Iterable[Period]) -> list[tuple[int, Period]]:
        return [
            (place, period)
            for place, period in enumerate(periods)
            if indicator.is_comparable(period, status.latest_period)
        ]

    def collect_values(periods: Iterable[Period]) -> dict[int, Decimal]:
        placed_values = (
            (place, series.get_value(indicator, readings, period)) for place, period in select_comparable(periods)
        )
        return {place: value for place, value in placed_values if value is not None}

    targets = ((place, indicator.get_target(period)) for place, period in select_comparable(periods))
    benchmark_values = {
        name: {
            place: value
            for place, period in select_comparable(periods)
            if (value := find_benchmark(indicator, readings, period, name)) is not None
        }
        for name in scorecard.settings.benchmarks
    }
    return _Timeline(
        year=year,
        periods=periods,
        overlaid=overlaid,
        values=collect_values(periods),
        earlier_values=collect_values(year.year_before.split_into(frequency)) if overlaid else {},
        targets={place: target for place, target in targets if target is not None},
        benchmarks={name: values for name, values in benchmark_values.items() if values},
    )


def _list_periods(
    year: Year, frequency: Frequency, status: IndicatorStatus, readings: series.Series
) -> tuple[Period, ...]:
    """Return the periods of this year and the last; of annual figures, the years up to the latest one."""
    if frequency is not Frequency.ANNUAL:
        return (*year.year_before.split_into(frequency), *year.split_into(frequency))
    return series.list_years(
        status.indicator, readings, Year.from_month(status.latest_period.last, status.indicator.start_month)
    )


def _compute_scale(timelines: Sequence[_Timeline], indicator: Indicator) -> tuple[Decimal, ...]:
    """Return the marks of the value axis: round numbers around all that is drawn, from 0 for what adds up."""
    target_ends = [end for timeline in timelines for target in timeline.targets.values() for end in get_bounds(target)]
    benchmark_values = [
        value for timeline in timelines for values in timeline.benchmarks.values() for value in values.values()
    ]
    plotted = [
        *target_ends,
        *benchmark_values,
        *(value for timeline in timelines for value in (*timeline.values.values(), *timeline.earlier_values.values())),
    ]
    lowest = min(Decimal(0), *plotted) if indicator.measure_kind is MeasureKind.CUMULATIVE else min(plotted)
    return compute_ticks((lowest, *plotted), SCALE_STEPS, is_percentage=indicator.is_percentage)


def _build_chart(
    section: str, status: IndicatorStatus, timeline: _Timeline, marks: Sequence[Decimal]
) -> chart.TrendChart:
    indicator = status.indicator
    latest_place = timeline.periods.index(status.latest_period) if status.latest_period in timeline.periods else None
    value = timeline.values.get(latest_place) if latest_place is not None else None
    return chart.TrendChart(
        anchor=cells.make_anchor_id(f"{section}-trend", indicator),
        title=_compose_title(status, timeline),
        unit=_format_unit(indicator, timeline),
        description=_compose_alt_text(status, timeline),
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


def _build_ticks(timeline: _Timeline) -> tuple[chart.AxisTick, ...]:
    """Label every third month, or every longer period; the year is said where it changes, if the axis has several."""
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
    """Return the year that is said once with the periods in it; of years, each."""
    return period if isinstance(period, Year) else period.year


def _format_with_year(period: Period) -> str:
    """Return a period on an axis with its year: `Apr 2018`, `Q1 2018/19`."""
    return f"{period.axis_label} {period.year}" if isinstance(period, Month) else period.short_name


def _format_unit(indicator: Indicator, timeline: _Timeline) -> str:
    unit = "%" if indicator.is_percentage else indicator.unit
    year = timeline.year
    timespan = f"{year.first.name} to {year.last.name}" if timeline.overlaid else f"by {timeline.frequency.noun}"
    return ", ".join(filter(None, [_capitalise(unit), timespan]))


def _build_lines(status: IndicatorStatus, timeline: _Timeline) -> tuple[chart.ChartLine, ...]:
    """Return this year's line, last year's where years are laid over each other, the target's if it is no range.

    Benchmarks have a line each.
    """
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


def _iter_benchmarks(indicator: Indicator, timeline: _Timeline) -> Iterator[tuple[str, tuple[chart.ChartPoint, ...]]]:
    """Yield the name of each benchmark with its newest figure, and its points."""
    for name, values in timeline.benchmarks.items():
        newest = format_figure(values[max(values)], indicator.decimals, is_percentage=indicator.is_percentage)
        yield f"{name} {newest}", _build_points(values)


def _build_points(values: dict[int, Decimal]) -> tuple[chart.ChartPoint, ...]:
    return tuple(chart.ChartPoint(place, values[place]) for place in sorted(values))


def _build_target_bands(status: IndicatorStatus, timeline: _Timeline) -> tuple[chart.ChartZone, ...]:
    """Return the stretches of periods that share a range target."""
    ranges = [(place, target) for place, target in sorted(timeline.targets.items()) if isinstance(target, Range)]
    bands = []
    for target, group in groupby(ranges, key=lambda pair: pair[1]):
        places = [place for place, _ in group]
        label = f"Target {format_figure(target, None, is_percentage=status.indicator.is_percentage)}"
        bands.append(chart.ChartZone(label, places[0], places[-1], target.low, target.high))
    return tuple(bands)


def _list_missed(status: IndicatorStatus, timeline: _Timeline) -> list[bool]:
    """Return for each period with a value and a target whether the target was missed."""
    compared_places = [place for place in sorted(timeline.values) if place in timeline.targets]
    return [
        rating.misses_target(status.indicator.polarity, timeline.values[place], timeline.targets[place])
        for place in compared_places
    ]


def _compose_title(status: IndicatorStatus, timeline: _Timeline) -> str:
    """Say in a sentence what the chart shows: how often the target was missed, and which way the figures go."""
    missed = _list_missed(status, timeline)
    sides = {Polarity.MAXIMISE: "Below target", Polarity.MINIMISE: "Above target", Polarity.GOLDILOCKS: "Off target"}
    within = f" with a figure in {timeline.year.full_name}" if timeline.overlaid else ""
    noun = timeline.frequency.noun
    if not missed:
        head = f"{format_count(len(timeline.values), noun)} reported, no target to compare with"
    elif any(missed):
        side = sides[status.indicator.polarity or Polarity.GOLDILOCKS]
        head = f"{side} in {_format_share(sum(missed), len(missed), noun)}{within}"
    else:
        head = f"Target met in {_format_share(len(missed), len(missed), noun)}{within}"
    tail = _compare_with_last_year(status) if timeline.overlaid else _describe_run(timeline)
    return f"{head}, {tail}" if tail else head


def _format_share(count: int, periods: int, noun: str) -> str:
    """Say in how many of the periods something was so."""
    if count < periods:
        return f"{count} of {periods} {noun}s"
    return {1: f"the one {noun}", 2: f"both {noun}s"}.get(periods, f"all {periods} {noun}s")


def _compare_with_last_year(status: IndicatorStatus) -> str:
    """Say how the latest figure stands against last year's."""
    if status.value_year_before is None or status.value is None:
        return ""
    if status.value == status.value_year_before:
        return f"the same as {cells.describe_year_before(status)}"
    return (
        f"{'higher' if status.value > status.value_year_before else 'lower'} than {cells.describe_year_before(status)}"
    )


def _describe_run(timeline: _Timeline) -> str:
    """Say since when the figures have risen or fallen every period, if for two steps or more."""
    start = last = max(timeline.values)
    rising = timeline.values[last] > timeline.values.get(last - 1, timeline.values[last])
    while start - 1 in timeline.values and _compare_with_previous(timeline, start) == (1 if rising else -1):
        start -= 1
    return (
        f"{'rising' if rising else 'falling'} since {timeline.periods[start].full_name}"
        if last - start >= SHORTEST_RUN_STEPS
        else ""
    )


def _compare_with_previous(timeline: _Timeline, place: int) -> int:
    """Return 1, 0 or -1: how a period's figure stands to that of the one before."""
    now, before = timeline.values[place], timeline.values[place - 1]
    return (now > before) - (now < before)


def _compose_alt_text(status: IndicatorStatus, timeline: _Timeline) -> str:
    """Describe the chart for those who do not see it, from the figures that it draws."""
    indicator = status.indicator
    change, deviation = cells.build_change(status), sentences.describe_deviation(status)
    change_words = {
        DirectionOfTravel.BETTER: "Better than last year",
        DirectionOfTravel.WORSE: "Worse than last year",
        DirectionOfTravel.SAME: "As last year",
    }
    parts = [
        f"Line chart of {_format_name(indicator)}, {timeline.periods[0].full_name} to {timeline.periods[-1].full_name}",
        _compose_title(status, timeline),
        f"Latest figure: {status.latest_period.full_name}, {cells.format_value_text(status)}",
        deviation and f"{deviation}; outcome {status.outcome.word}",
        f"{change_words[status.direction]}: {change.detail}"
        if status.direction in change_words
        else _capitalise(change.detail),
        _describe_extremes(indicator, timeline),
        _describe_year_before(indicator, timeline),
        *(_describe_benchmark(indicator, timeline, name) for name in timeline.benchmarks),
    ]
    return ". ".join(part for part in parts if part) + "."


def _describe_extremes(indicator: Indicator, timeline: _Timeline) -> str:
    """Say the lowest and the highest figure and their months."""
    values = [(value, timeline.periods[place]) for place, value in sorted(timeline.values.items())]
    if len(values) < SHORTEST_RUN_STEPS:
        return ""
    low, high = (pick(values, key=lambda pair: pair[0]) for pick in (min, max))
    return f"Lowest {_format_dated_value(indicator, *low)}, highest {_format_dated_value(indicator, *high)}"


def _describe_year_before(indicator: Indicator, timeline: _Timeline) -> str:
    """Say where last year's line starts and ends, if it is drawn."""
    if not timeline.earlier_values:
        return ""
    first, last = (
        _format_dated_value(indicator, timeline.earlier_values[place], timeline.periods[place].year_before)
        for place in (min(timeline.earlier_values), max(timeline.earlier_values))
    )
    return f"The line of {timeline.year.year_before.full_name} runs from {first} to {last}"


def _describe_benchmark(indicator: Indicator, timeline: _Timeline, name: str) -> str:
    """Say the newest figure of a benchmark that is drawn."""
    place = max(timeline.benchmarks[name])
    return f"{name}: {_format_dated_value(indicator, timeline.benchmarks[name][place], timeline.periods[place])}"


def _format_dated_value(indicator: Indicator, value: Decimal, period: Period) -> str:
    return f"{formatting.format_value(indicator, value, period)} ({period.full_name})"


def _format_name(indicator: Indicator) -> str:
    return f"{indicator.code} {indicator.alias}" if indicator.has_code else indicator.alias


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]
