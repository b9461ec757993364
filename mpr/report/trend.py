"""An indicator's figures over time, as a line chart with its sentence and its text alternative.

A snapshot or rolling figure runs on over both years; one that restarts with the financial year has this year laid
over last year. Figures across a break in the measure never share a chart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from mpr.load.scorecard import Scorecard
from mpr.measure import rating, series
from mpr.measure.indicator import Indicator, MeasureKind, Polarity, Range, Target
from mpr.measure.period import MONTHS_IN_YEAR, FinancialYear, Month
from mpr.measure.rating import Change
from mpr.measure.scale import ticks
from mpr.measure.standing import Standing
from mpr.measure.words import figure, plural
from mpr.report import cells, picture

TICK_EVERY = 3
STEPS = 5
SHORTEST_RUN = 2
FLATTEST = 4  # on a shared scale, an indicator must still fill this fraction of its height


@dataclass(frozen=True)
class _Span:
    """The months that a chart runs over, and what is known of them: values and targets by place on the axis.

    `year` is the financial year that the chart ends with: the latest figure's where years are laid over each other.
    """

    year: FinancialYear
    months: tuple[Month, ...]
    values: dict[int, Decimal]
    earlier: dict[int, Decimal]
    targets: dict[int, Target]


def trends(scorecard: Scorecard, standings: Sequence[Standing]) -> dict[str, picture.Trend]:
    """Return the charts of some indicators by code; those of one aim and unit share a scale, unless it flattens one."""
    spans = {each.indicator.code: _span(scorecard, each) for each in standings}
    drawn = [each for each in standings if spans[each.indicator.code].values]
    found = {}
    for _, group in groupby(sorted(drawn, key=_shared), key=_shared):
        together = list(group)
        shared = _scale([spans[each.indicator.code] for each in together], together[0].indicator)
        for each in together:
            own = _scale([spans[each.indicator.code]], each.indicator)
            marks = shared if (own[-1] - own[0]) * FLATTEST >= shared[-1] - shared[0] else own
            found[each.indicator.code] = _trend(each, spans[each.indicator.code], marks)
    return found


def _shared(standing: Standing) -> tuple[str, str, str]:
    """What indicators must have in common to be drawn to one scale; counts have nothing in common but themselves."""
    indicator = standing.indicator
    alone = indicator.code if indicator.measure is MeasureKind.CUMULATIVE or not indicator.unit else ""
    return indicator.aim, indicator.unit, alone


def _span(scorecard: Scorecard, standing: Standing) -> _Span:
    indicator, readings = standing.indicator, scorecard.series(standing.indicator)
    restarts = indicator.measure.restarts
    year = FinancialYear.of(standing.latest, scorecard.year.first.number) if restarts else scorecard.year
    months = year.months if restarts else (*year.before.months, *year.months)

    def comparable(months: Iterable[Month]) -> list[tuple[int, Month]]:
        return [(at, month) for at, month in enumerate(months) if indicator.comparable(month, standing.latest)]

    def values(months: Iterable[Month]) -> dict[int, Decimal]:
        known = ((at, series.value(indicator, readings, month)) for at, month in comparable(months))
        return {at: value for at, value in known if value is not None}

    targets = ((at, indicator.target(month)) for at, month in comparable(months))
    return _Span(
        year=year,
        months=months,
        values=values(months),
        earlier=values(year.before.months) if restarts else {},
        targets={at: target for at, target in targets if target is not None},
    )


def _scale(spans: Sequence[_Span], indicator: Indicator) -> tuple[Decimal, ...]:
    """Return the marks of the value axis: round numbers around all that is drawn, from 0 for what adds up."""
    ends = [end for span in spans for target in span.targets.values() for end in rating.ends(target)]
    shown = [*ends, *(value for span in spans for value in (*span.values.values(), *span.earlier.values()))]
    low = min(Decimal(0), *shown) if indicator.measure is MeasureKind.CUMULATIVE else min(shown)
    return ticks((low, *shown), STEPS, percent=indicator.percent)


def _trend(standing: Standing, span: _Span, marks: Sequence[Decimal]) -> picture.Trend:
    indicator = standing.indicator
    restarts = indicator.measure.restarts
    latest = span.months.index(standing.latest) if standing.latest in span.months else None
    value = span.values.get(latest) if latest is not None else None
    return picture.Trend(
        anchor=cells.anchor("trend", indicator.code),
        title=_title(standing, span),
        unit=_unit(indicator, span.year),
        description=_description(standing, span),
        months=len(span.months),
        ticks=_month_ticks(span.months, both=not restarts),
        scale=tuple(picture.Tick(mark, figure(mark, None, percent=indicator.percent)) for mark in marks),
        low=marks[0],
        high=marks[-1],
        lines=_lines(standing, span),
        bands=_bands(standing, span),
        boundary=None if restarts else MONTHS_IN_YEAR,
        latest=picture.Point(latest, value) if latest is not None and value is not None else None,
        latest_label=cells.value_text(standing),
    )


def _month_ticks(months: Sequence[Month], *, both: bool) -> tuple[picture.Tick, ...]:
    """Label every third month; the calendar year is said where it changes, if the axis has two financial years."""
    shown = [(at, month) for at, month in enumerate(months) if at % TICK_EVERY == 0]
    first = {month.year: at for at, month in reversed(shown)}
    return tuple(
        picture.Tick(
            Decimal(at), f"{month.name[:3]} {month.year}" if both and first[month.year] == at else month.name[:3]
        )
        for at, month in shown
    )


def _unit(indicator: Indicator, year: FinancialYear) -> str:
    what = "%" if indicator.percent else indicator.unit
    when = f"{year.first.name} to {year.months[-1].name}" if indicator.measure.restarts else "by month"
    return ", ".join(filter(None, [_sentence(what), when]))


def _lines(standing: Standing, span: _Span) -> tuple[picture.Line, ...]:
    """Return this year's line, last year's where years are laid over each other, and the target's if it is no range."""
    restarts = standing.indicator.measure.restarts
    points = {place: target for place, target in span.targets.items() if isinstance(target, Decimal)}
    stepped = standing.indicator.measure is not MeasureKind.CUMULATIVE
    last = {target for place, target in points.items() if place >= len(span.months) - MONTHS_IN_YEAR}
    goal = f"Target {figure(last.pop(), None, percent=standing.indicator.percent)}" if len(last) == 1 else "Target"
    found = [
        picture.Line("target", goal, _points(points), stepped=stepped),
        picture.Line("earlier", span.year.before.words, _points(span.earlier)),
        picture.Line("current", span.year.words if restarts else "", _points(span.values)),
    ]
    return tuple(line for line in found if line.points)


def _points(values: dict[int, Decimal]) -> tuple[picture.Point, ...]:
    return tuple(picture.Point(place, values[place]) for place in sorted(values))


def _bands(standing: Standing, span: _Span) -> tuple[picture.Band, ...]:
    """Return the stretches of months that share a range target."""
    ranges = [(place, target) for place, target in sorted(span.targets.items()) if isinstance(target, Range)]
    bands = []
    for target, group in groupby(ranges, key=lambda pair: pair[1]):
        places = [place for place, _ in group]
        label = f"Target {figure(target, None, percent=standing.indicator.percent)}"
        bands.append(picture.Band(label, places[0], places[-1], target.low, target.high))
    return tuple(bands)


def _missed(standing: Standing, span: _Span) -> list[bool]:
    """Return for each month with a value and a target whether the target was missed."""
    judged = [place for place in sorted(span.values) if place in span.targets]
    return [rating.missed(standing.indicator.polarity, span.values[at], span.targets[at]) for at in judged]


def _title(standing: Standing, span: _Span) -> str:
    """Say in a sentence what the chart shows: how often the target was missed, and which way the figures go."""
    missed = _missed(standing, span)
    where = {Polarity.MAXIMISE: "Below target", Polarity.MINIMISE: "Above target", Polarity.GOLDILOCKS: "Off target"}
    within = f" with a figure in {span.year.words}" if standing.indicator.measure.restarts else ""
    if not missed:
        head = f"{plural(len(span.values), 'month')} reported, no target to compare with"
    elif any(missed):
        head = f"{where[standing.indicator.polarity]} in {_share(sum(missed), len(missed))}{within}"
    else:
        head = f"Target met in {_share(len(missed), len(missed))}{within}"
    tail = _against_last_year(standing) if standing.indicator.measure.restarts else _run(span)
    return f"{head}, {tail}" if tail else head


def _share(some: int, months: int) -> str:
    """Say in how many of the months something was so."""
    if some < months:
        return f"{some} of {months} months"
    return {1: "the one month", 2: "both months"}.get(months, f"all {months} months")


def _against_last_year(standing: Standing) -> str:
    """Say how the latest figure stands against last year's."""
    if standing.before is None or standing.value is None:
        return ""
    if standing.value == standing.before:
        return f"the same as {cells.before_text(standing)}"
    return f"{'higher' if standing.value > standing.before else 'lower'} than {cells.before_text(standing)}"


def _run(span: _Span) -> str:
    """Say since when the figures have risen or fallen every month, if for two steps or more."""
    start = last = max(span.values)
    rising = span.values[last] > span.values.get(last - 1, span.values[last])
    while start - 1 in span.values and _moved(span, start) == (1 if rising else -1):
        start -= 1
    return (
        f"{'rising' if rising else 'falling'} since {span.months[start].words}" if last - start >= SHORTEST_RUN else ""
    )


def _moved(span: _Span, place: int) -> int:
    """Return 1, 0 or -1: how a month's figure stands to that of the month before."""
    now, before = span.values[place], span.values[place - 1]
    return (now > before) - (now < before)


def _description(standing: Standing, span: _Span) -> str:
    """Describe the chart for those who do not see it, from the figures that it draws."""
    indicator = standing.indicator
    changed = cells.changed(standing)
    words = {Change.BETTER: "Better than last year", Change.WORSE: "Worse than last year", Change.SAME: "As last year"}
    parts = [
        f"Line chart of {indicator.code} {indicator.alias}, {span.months[0].words} to {span.months[-1].words}",
        _title(standing, span),
        f"Latest figure: {standing.latest.words}, {cells.value_text(standing)}",
        cells.deviation(standing) and f"{cells.deviation(standing)}; outcome {cells.RATINGS[standing.outcome].word}",
        f"{words[standing.change]}: {changed.detail}" if standing.change in words else _sentence(changed.detail),
        _extremes(indicator, span),
        _year_before(indicator, span),
    ]
    return ". ".join(part for part in parts if part) + "."


def _extremes(indicator: Indicator, span: _Span) -> str:
    """Say the lowest and the highest figure and their months."""
    values = [(value, span.months[place]) for place, value in sorted(span.values.items())]
    if len(values) < SHORTEST_RUN:
        return ""
    low, high = (pick(values, key=lambda pair: pair[0]) for pick in (min, max))
    return f"Lowest {_said(indicator, *low)}, highest {_said(indicator, *high)}"


def _year_before(indicator: Indicator, span: _Span) -> str:
    """Say where last year's line starts and ends, if it is drawn."""
    if not span.earlier:
        return ""
    first, last = (
        _said(indicator, span.earlier[place], span.months[place].plus(-MONTHS_IN_YEAR))
        for place in (min(span.earlier), max(span.earlier))
    )
    return f"The line of {span.year.before.words} runs from {first} to {last}"


def _said(indicator: Indicator, value: Decimal, month: Month) -> str:
    return f"{figure(value, indicator.decimals_in(month), percent=indicator.percent)} ({month.words})"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
