"""An indicator's figures over time, as a line chart with its sentence and its text alternative.

A figure runs on over both years; one that restarts with the financial year has this year laid over last year; annual
figures run on over up to ten years. Figures across a break in the measure never share a chart.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from mpr.load.scorecard import Scorecard
from mpr.measure import rating, series, words
from mpr.measure.indicator import Indicator, MeasureKind, Polarity
from mpr.measure.period import MONTHS_IN_YEAR, Frequency, Month, Period, Year
from mpr.measure.rating import Change
from mpr.measure.scale import ticks
from mpr.measure.standing import Standing
from mpr.measure.target import Range, Target, ends
from mpr.measure.words import figure, plural
from mpr.report import cells, picture, sentences
from mpr.report.benchmarks import benchmark
from mpr.report.history import own

TICK_EVERY = 3
STEPS = 5
SHORTEST_RUN = 2
FLATTEST = 4  # on a shared scale, an indicator must still fill this fraction of its height


Scale = tuple[str, ...]  # its marks, as they are written: 1 and 1.0 are the same number


@dataclass(frozen=True)
class _Span:
    """The periods that a chart runs over, and what is known of them: values and targets by place on the axis.

    `year` is the year that the chart ends with: the latest figure's where years are laid over each other, which
    `overlaid` says. `benchmarks` are others' figures, by the name of the comparison.
    """

    year: Year
    periods: tuple[Period, ...]
    overlaid: bool
    values: dict[int, Decimal]
    earlier: dict[int, Decimal]
    targets: dict[int, Target]
    benchmarks: dict[str, dict[int, Decimal]]

    @property
    def frequency(self) -> Frequency:
        """How long the periods are."""
        return self.periods[0].frequency

    @property
    def drawn(self) -> bool:
        """Whether there is something to see: a figure, and with it another or the way to a target."""
        return len(self.values) > 1 or bool(self.values and (self.overlaid or self.benchmarks))

    @property
    def in_year(self) -> int:
        """How many of the periods make a year."""
        return MONTHS_IN_YEAR // self.frequency.months


@dataclass(frozen=True)
class _Drawn:
    """What is drawn of an indicator: where it stands in its own last period, the span, the marks of its own scale."""

    standing: Standing
    span: _Span
    own: tuple[Decimal, ...]


def scales(alone: Sequence[Scorecard]) -> dict[str, Scale]:
    """Return the scales of the charts of some indicators by code, of each what is known of it alone.

    Those of one aim and unit share a scale, unless it flattens one. Where there is nothing to draw there is none.
    """
    drawn = [each for each in (known.kept.of(_drawn, known) for known in alone) if each.span.drawn]
    found = {}
    for _, group in groupby(sorted(drawn, key=_shared), key=_shared):
        together = list(group)
        shared = _scale([each.span for each in together], together[0].standing.indicator)
        for each in together:
            marks = shared if (each.own[-1] - each.own[0]) * FLATTEST >= shared[-1] - shared[0] else each.own
            found[each.standing.indicator.code] = tuple(map(str, marks))
    return found


def trend(alone: Scorecard, section: str, scale: Scale) -> picture.Trend:
    """Return an indicator's chart on a scale."""
    drawn = alone.kept.of(_drawn, alone)
    return _trend(section, drawn.standing, drawn.span, tuple(map(Decimal, scale)))


def _drawn(alone: Scorecard) -> _Drawn:
    standing = own(alone, alone.standing)
    span = _span(alone, standing)
    return _Drawn(standing, span, _scale([span], standing.indicator) if span.drawn else ())


def _shared(drawn: _Drawn) -> tuple[str, str, str]:
    """What indicators must have in common to be drawn to one scale; counts have nothing in common but themselves."""
    indicator = drawn.standing.indicator
    alone = indicator.code if indicator.measure is MeasureKind.CUMULATIVE or not indicator.unit else ""
    return indicator.aim, indicator.unit, alone


def _span(scorecard: Scorecard, standing: Standing) -> _Span:
    indicator, readings = standing.indicator, scorecard.series(standing.indicator)
    grain = standing.latest.frequency
    overlaid = bool(indicator.measure and indicator.measure.restarts) and grain is not Frequency.ANNUAL
    ends_with = standing.latest if overlaid else scorecard.period
    year = indicator.year(ends_with.last, grain)
    periods = _periods(year, grain, standing, readings) if not overlaid else year.parts(grain)

    def comparable(periods: Iterable[Period]) -> list[tuple[int, Period]]:
        return [(at, period) for at, period in enumerate(periods) if indicator.comparable(period, standing.latest)]

    def values(periods: Iterable[Period]) -> dict[int, Decimal]:
        known = ((at, series.value(indicator, readings, period)) for at, period in comparable(periods))
        return {at: value for at, value in known if value is not None}

    targets = ((at, indicator.target(period)) for at, period in comparable(periods))
    benchmarks = {
        name: {
            at: value
            for at, each in comparable(periods)
            if (value := benchmark(indicator, readings, each, name)) is not None
        }
        for name in scorecard.settings.benchmarks
    }
    return _Span(
        year=year,
        periods=periods,
        overlaid=overlaid,
        values=values(periods),
        earlier=values(year.year_before.parts(grain)) if overlaid else {},
        targets={at: target for at, target in targets if target is not None},
        benchmarks={name: found for name, found in benchmarks.items() if found},
    )


def _periods(year: Year, grain: Frequency, standing: Standing, readings: series.Series) -> tuple[Period, ...]:
    """Return the periods of this year and the last; of annual figures, the years up to the latest one."""
    if grain is not Frequency.ANNUAL:
        return (*year.year_before.parts(grain), *year.parts(grain))
    return series.years(standing.indicator, readings, Year.of(standing.latest.last, standing.indicator.starts))


def _scale(spans: Sequence[_Span], indicator: Indicator) -> tuple[Decimal, ...]:
    """Return the marks of the value axis: round numbers around all that is drawn, from 0 for what adds up."""
    goals = [end for span in spans for target in span.targets.values() for end in ends(target)]
    others = [value for span in spans for known in span.benchmarks.values() for value in known.values()]
    shown = [*goals, *others, *(value for span in spans for value in (*span.values.values(), *span.earlier.values()))]
    low = min(Decimal(0), *shown) if indicator.measure is MeasureKind.CUMULATIVE else min(shown)
    return ticks((low, *shown), STEPS, percent=indicator.percent)


def _trend(section: str, standing: Standing, span: _Span, marks: Sequence[Decimal]) -> picture.Trend:
    indicator = standing.indicator
    latest = span.periods.index(standing.latest) if standing.latest in span.periods else None
    value = span.values.get(latest) if latest is not None else None
    return picture.Trend(
        anchor=cells.spot(f"{section}-trend", indicator),
        title=_title(standing, span),
        unit=_unit(indicator, span),
        description=_description(standing, span),
        periods=len(span.periods),
        ticks=_ticks(span),
        scale=tuple(picture.Tick(mark, figure(mark, None, percent=indicator.percent)) for mark in marks),
        low=marks[0],
        high=marks[-1],
        lines=_lines(standing, span),
        bands=_bands(standing, span),
        boundary=None if span.overlaid or span.in_year == 1 else span.in_year,
        latest=picture.Point(latest, value) if latest is not None and value is not None else None,
        latest_label=cells.value_text(standing),
    )


def _ticks(span: _Span) -> tuple[picture.Tick, ...]:
    """Label every third month, or every longer period; the year is said where it changes, if the axis has several."""
    every = TICK_EVERY if span.frequency is Frequency.MONTHLY else 1
    shown = [(at, period) for at, period in enumerate(span.periods) if at % every == 0]
    years = {at: _year_of(period) for at, period in shown}
    first = {year: at for at, year in reversed(years.items())}
    return tuple(
        picture.Tick(Decimal(at), period.brief if span.overlaid or first[years[at]] != at else _long(period))
        for at, period in shown
    )


def _year_of(period: Period) -> object:
    """Return the year that is said once with the periods in it; of years, each."""
    return period if isinstance(period, Year) else period.year


def _long(period: Period) -> str:
    """Return a period on an axis with its year: `Apr 2018`, `Q1 2018/19`."""
    return f"{period.brief} {period.year}" if isinstance(period, Month) else period.short


def _unit(indicator: Indicator, span: _Span) -> str:
    what = "%" if indicator.percent else indicator.unit
    year = span.year
    when = f"{year.first.name} to {year.last.name}" if span.overlaid else f"by {span.frequency.noun}"
    return ", ".join(filter(None, [_sentence(what), when]))


def _lines(standing: Standing, span: _Span) -> tuple[picture.Line, ...]:
    """Return this year's line, last year's where years are laid over each other, the target's if it is no range.

    Benchmarks have a line each.
    """
    points = {place: target for place, target in span.targets.items() if isinstance(target, Decimal)}
    stepped = standing.indicator.measure is not MeasureKind.CUMULATIVE
    last = {target for place, target in points.items() if place >= len(span.periods) - span.in_year}
    goal = f"Target {figure(last.pop(), None, percent=standing.indicator.percent)}" if len(last) == 1 else "Target"
    found = [
        *(picture.Line("benchmark", *each) for each in _benchmarks(standing.indicator, span)),
        picture.Line("target", goal, _points(points), stepped=stepped),
        picture.Line("earlier", span.year.year_before.words, _points(span.earlier)),
        picture.Line("current", span.year.words if span.overlaid else "", _points(span.values)),
    ]
    return tuple(line for line in found if line.points)


def _benchmarks(indicator: Indicator, span: _Span) -> Iterator[tuple[str, tuple[picture.Point, ...]]]:
    """Yield the name of each benchmark with its newest figure, and its points."""
    for name, known in span.benchmarks.items():
        newest = figure(known[max(known)], indicator.decimals, percent=indicator.percent)
        yield f"{name} {newest}", _points(known)


def _points(values: dict[int, Decimal]) -> tuple[picture.Point, ...]:
    return tuple(picture.Point(place, values[place]) for place in sorted(values))


def _bands(standing: Standing, span: _Span) -> tuple[picture.Band, ...]:
    """Return the stretches of periods that share a range target."""
    ranges = [(place, target) for place, target in sorted(span.targets.items()) if isinstance(target, Range)]
    bands = []
    for target, group in groupby(ranges, key=lambda pair: pair[1]):
        places = [place for place, _ in group]
        label = f"Target {figure(target, None, percent=standing.indicator.percent)}"
        bands.append(picture.Band(label, places[0], places[-1], target.low, target.high))
    return tuple(bands)


def _missed(standing: Standing, span: _Span) -> list[bool]:
    """Return for each period with a value and a target whether the target was missed."""
    judged = [place for place in sorted(span.values) if place in span.targets]
    return [rating.missed(standing.indicator.polarity, span.values[at], span.targets[at]) for at in judged]


def _title(standing: Standing, span: _Span) -> str:
    """Say in a sentence what the chart shows: how often the target was missed, and which way the figures go."""
    missed = _missed(standing, span)
    where = {Polarity.MAXIMISE: "Below target", Polarity.MINIMISE: "Above target", Polarity.GOLDILOCKS: "Off target"}
    within = f" with a figure in {span.year.words}" if span.overlaid else ""
    noun = span.frequency.noun
    if not missed:
        head = f"{plural(len(span.values), noun)} reported, no target to compare with"
    elif any(missed):
        side = where[standing.indicator.polarity or Polarity.GOLDILOCKS]
        head = f"{side} in {_share(sum(missed), len(missed), noun)}{within}"
    else:
        head = f"Target met in {_share(len(missed), len(missed), noun)}{within}"
    tail = _against_last_year(standing) if span.overlaid else _run(span)
    return f"{head}, {tail}" if tail else head


def _share(some: int, periods: int, noun: str) -> str:
    """Say in how many of the periods something was so."""
    if some < periods:
        return f"{some} of {periods} {noun}s"
    return {1: f"the one {noun}", 2: f"both {noun}s"}.get(periods, f"all {periods} {noun}s")


def _against_last_year(standing: Standing) -> str:
    """Say how the latest figure stands against last year's."""
    if standing.before is None or standing.value is None:
        return ""
    if standing.value == standing.before:
        return f"the same as {cells.before_text(standing)}"
    return f"{'higher' if standing.value > standing.before else 'lower'} than {cells.before_text(standing)}"


def _run(span: _Span) -> str:
    """Say since when the figures have risen or fallen every period, if for two steps or more."""
    start = last = max(span.values)
    rising = span.values[last] > span.values.get(last - 1, span.values[last])
    while start - 1 in span.values and _moved(span, start) == (1 if rising else -1):
        start -= 1
    return (
        f"{'rising' if rising else 'falling'} since {span.periods[start].words}" if last - start >= SHORTEST_RUN else ""
    )


def _moved(span: _Span, place: int) -> int:
    """Return 1, 0 or -1: how a period's figure stands to that of the one before."""
    now, before = span.values[place], span.values[place - 1]
    return (now > before) - (now < before)


def _description(standing: Standing, span: _Span) -> str:
    """Describe the chart for those who do not see it, from the figures that it draws."""
    indicator = standing.indicator
    changed, where = cells.changed(standing), sentences.deviation(standing)
    words = {Change.BETTER: "Better than last year", Change.WORSE: "Worse than last year", Change.SAME: "As last year"}
    parts = [
        f"Line chart of {_called(indicator)}, {span.periods[0].words} to {span.periods[-1].words}",
        _title(standing, span),
        f"Latest figure: {standing.latest.words}, {cells.value_text(standing)}",
        where and f"{where}; outcome {standing.outcome.word}",
        f"{words[standing.change]}: {changed.detail}" if standing.change in words else _sentence(changed.detail),
        _extremes(indicator, span),
        _year_before(indicator, span),
        *(_benchmark(indicator, span, name) for name in span.benchmarks),
    ]
    return ". ".join(part for part in parts if part) + "."


def _extremes(indicator: Indicator, span: _Span) -> str:
    """Say the lowest and the highest figure and their months."""
    values = [(value, span.periods[place]) for place, value in sorted(span.values.items())]
    if len(values) < SHORTEST_RUN:
        return ""
    low, high = (pick(values, key=lambda pair: pair[0]) for pick in (min, max))
    return f"Lowest {_said(indicator, *low)}, highest {_said(indicator, *high)}"


def _year_before(indicator: Indicator, span: _Span) -> str:
    """Say where last year's line starts and ends, if it is drawn."""
    if not span.earlier:
        return ""
    first, last = (
        _said(indicator, span.earlier[place], span.periods[place].year_before)
        for place in (min(span.earlier), max(span.earlier))
    )
    return f"The line of {span.year.year_before.words} runs from {first} to {last}"


def _benchmark(indicator: Indicator, span: _Span, name: str) -> str:
    """Say the newest figure of a benchmark that is drawn."""
    place = max(span.benchmarks[name])
    return f"{name}: {_said(indicator, span.benchmarks[name][place], span.periods[place])}"


def _said(indicator: Indicator, value: Decimal, period: Period) -> str:
    return f"{words.value(indicator, value, period)} ({period.words})"


def _called(indicator: Indicator) -> str:
    return f"{indicator.code} {indicator.alias}" if indicator.coded else indicator.alias


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
