"""A line of a word's height beside a figure: its latest periods, up to 13, so that the same one a year ago is there."""

from mpr.load.scorecard import Scorecard
from mpr.measure import series, words
from mpr.measure.standing import Standing
from mpr.report import cells, picture

MOST, FEWEST = 13, 2


def spark(scorecard: Scorecard, section: str, standing: Standing) -> picture.Spark | None:
    """Return the line of an indicator's latest periods, None where fewer than two of them have a figure."""
    indicator, readings, latest = standing.indicator, scorecard.series(standing.indicator), standing.latest
    periods = [latest]
    while len(periods) < MOST:
        periods.insert(0, indicator.period(periods[0].first.plus(-1), latest.frequency))
    known = [
        (at, period, value)
        for at, period in enumerate(periods)
        if indicator.comparable(period, latest) and (value := series.value(indicator, readings, period)) is not None
    ]
    if len(known) < FEWEST:
        return None
    skipped = known[0][0]
    values = [value for _, _, value in known]

    def said(place: int) -> str:
        _, period, value = known[place]
        return f"{words.value(indicator, value, period)} in {period.words}"

    low, high = values.index(min(values)), values.index(max(values))
    return picture.Spark(
        anchor=cells.spot(f"{section}-spark", indicator),
        description=f"From {said(0)} to {said(-1)}; lowest {said(low)}, highest {said(high)}.",
        periods=MOST - skipped,
        points=tuple(picture.Point(at - skipped, value) for at, _, value in known),
        low=min(values),
        high=max(values),
    )
