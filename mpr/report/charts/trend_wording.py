"""What a trend chart says in words: the sentence above it, and its text alternative."""

from decimal import Decimal

from mpr.measure import formatting, rating
from mpr.measure.formatting import format_count
from mpr.measure.indicator import Indicator, Polarity
from mpr.measure.period import Period
from mpr.measure.rating import DirectionOfTravel
from mpr.measure.status import IndicatorStatus
from mpr.report.charts.timeline import Timeline
from mpr.report.wording import cells, sentences

SHORTEST_RUN_STEPS = 2


def _list_missed(status: IndicatorStatus, timeline: Timeline) -> list[bool]:
    """Return, for each period with a value and a target, whether the value missed the target."""
    compared_places = [place for place in sorted(timeline.values) if place in timeline.targets]
    return [
        rating.misses_target(status.indicator.polarity, timeline.values[place], timeline.targets[place])
        for place in compared_places
    ]


def compose_title(status: IndicatorStatus, timeline: Timeline) -> str:
    """Say in a sentence how often the target was missed and which way the figures go."""
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
    """Say in how many of the periods something happened: `3 of 12 months`, `both months`, `all 12 months`."""
    if count < periods:
        return f"{count} of {periods} {noun}s"
    return {1: f"the one {noun}", 2: f"both {noun}s"}.get(periods, f"all {periods} {noun}s")


def _compare_with_last_year(status: IndicatorStatus) -> str:
    """Compare the latest figure with that of the same period a year before."""
    if status.value_year_before is None or status.value is None:
        return ""
    if status.value == status.value_year_before:
        return f"the same as {cells.describe_year_before(status)}"
    return (
        f"{'higher' if status.value > status.value_year_before else 'lower'} than {cells.describe_year_before(status)}"
    )


def _describe_run(timeline: Timeline) -> str:
    """Say since when the figures have risen or fallen in every period, if in two or more in a row."""
    start = last = max(timeline.values)
    rising = timeline.values[last] > timeline.values.get(last - 1, timeline.values[last])
    while start - 1 in timeline.values and _compare_with_previous(timeline, start) == (1 if rising else -1):
        start -= 1
    return (
        f"{'rising' if rising else 'falling'} since {timeline.periods[start].full_name}"
        if last - start >= SHORTEST_RUN_STEPS
        else ""
    )


def _compare_with_previous(timeline: Timeline, place: int) -> int:
    """Return 1 if the figure rose since the period before, -1 if it fell, 0 if it stayed the same."""
    now, before = timeline.values[place], timeline.values[place - 1]
    return (now > before) - (now < before)


def compose_alt_text(status: IndicatorStatus, timeline: Timeline) -> str:
    """Describe the chart for readers who do not see it, from the figures it shows."""
    indicator = status.indicator
    change, deviation = cells.build_change(status), sentences.describe_deviation(status)
    change_words = {
        DirectionOfTravel.BETTER: "Better than last year",
        DirectionOfTravel.WORSE: "Worse than last year",
        DirectionOfTravel.SAME: "As last year",
    }
    parts = [
        f"Line chart of {_format_name(indicator)}, {timeline.periods[0].full_name} to {timeline.periods[-1].full_name}",
        compose_title(status, timeline),
        f"Latest figure: {status.latest_period.full_name}, {cells.format_value_text(status)}",
        deviation and f"{deviation}; outcome {status.outcome.word}",
        f"{change_words[status.direction]}: {change.detail}"
        if status.direction in change_words
        else capitalise(change.detail),
        _describe_extremes(indicator, timeline),
        _describe_year_before(indicator, timeline),
        *(_describe_benchmark(indicator, timeline, name) for name in timeline.benchmarks),
    ]
    return ". ".join(part for part in parts if part) + "."


def _describe_extremes(indicator: Indicator, timeline: Timeline) -> str:
    """Name the lowest and the highest figure with their periods."""
    values = [(value, timeline.periods[place]) for place, value in sorted(timeline.values.items())]
    if len(values) < SHORTEST_RUN_STEPS:
        return ""
    low, high = (pick(values, key=lambda pair: pair[0]) for pick in (min, max))
    return f"Lowest {_format_dated_value(indicator, *low)}, highest {_format_dated_value(indicator, *high)}"


def _describe_year_before(indicator: Indicator, timeline: Timeline) -> str:
    """Say where the line of the year before starts and ends, if there is one."""
    if not timeline.earlier_values:
        return ""
    first, last = (
        _format_dated_value(indicator, timeline.earlier_values[place], timeline.periods[place].year_before)
        for place in (min(timeline.earlier_values), max(timeline.earlier_values))
    )
    return f"The line of {timeline.year.year_before.full_name} runs from {first} to {last}"


def _describe_benchmark(indicator: Indicator, timeline: Timeline, name: str) -> str:
    """Name the newest figure of a benchmark."""
    place = max(timeline.benchmarks[name])
    return f"{name}: {_format_dated_value(indicator, timeline.benchmarks[name][place], timeline.periods[place])}"


def _format_dated_value(indicator: Indicator, value: Decimal, period: Period) -> str:
    return f"{formatting.format_value(indicator, value, period)} ({period.full_name})"


def _format_name(indicator: Indicator) -> str:
    return f"{indicator.code} {indicator.alias}" if indicator.has_code else indicator.alias


def capitalise(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]
