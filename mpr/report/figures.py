"""What a report prints of every indicator, to be kept as its record, and what of a record reads otherwise now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from mpr.load.published import NOTHING
from mpr.load.record import Entry, Printed, Record, moment
from mpr.load.scorecard import Scorecard
from mpr.measure import series
from mpr.measure.indicator import Indicator
from mpr.measure.period import Frequency, Period
from mpr.measure.standing import Standing
from mpr.problem import Place
from mpr.report import cells


@dataclass(frozen=True)
class Revision:
    """What a report printed of an indicator, and how it reads now, with where it stands now.

    `what` is value, target, annual target, outcome or, of an indicator that is no more, indicator; `periods` are those
    that changed alike, none where it is the report's own. An `added` one had no figure before.
    """

    code: str
    name: str
    what: str
    periods: tuple[Period, ...]
    then: str
    now: str
    place: Place | None
    indicator: Indicator | None = None

    @property
    def added(self) -> bool:
        """Whether there was nothing where a figure stands now."""
        return self.then in NOTHING


def record(scorecard: Scorecard) -> Record:
    """Return what a report prints: each indicator's outcome, and its figures of this year and the last."""
    edition = scorecard.edition
    return Record(
        period=str(scorecard.period),
        version=edition.version,
        generated=moment(edition.generated),
        indicators={each.indicator.code: _entry(scorecard, each, scorecard.period) for each in scorecard.standings},
    )


def _entry(scorecard: Scorecard, standing: Standing, reported: Period) -> Entry:
    return Entry(
        name=standing.indicator.alias,
        outcome=standing.outcome.word,
        annual_target=cells.annual(standing).text,
        periods={
            str(each): printed(scorecard, standing.indicator, each) for each in periods(scorecard, standing, reported)
        },
    )


def printed(scorecard: Scorecard, indicator: Indicator, period: Period) -> Printed:
    """Return a period's value and target as printed."""
    value = cells.found(indicator, series.figure(indicator, scorecard.series(indicator), period), period)
    target = cells.target(indicator, indicator.target(period), indicator.targets_of(period))
    return Printed(value=f"{value.text} {value.mark}".rstrip(), target=target.text)


def periods(scorecard: Scorecard, standing: Standing, reported: Period) -> list[Period]:
    """Return the periods whose figures a report may show, of all lengths that it shows, oldest first in each."""
    indicator, grain = standing.indicator, standing.latest.frequency
    lengths = [grain] + ([indicator.frequency] if grain is Frequency.ANNUAL else [])
    lengths += [Frequency.QUARTERLY] if grain is Frequency.MONTHLY and indicator.quarters else []
    found: list[Period] = []
    for length in dict.fromkeys(lengths):
        year = indicator.year(reported.last, length)
        annual = length is Frequency.ANNUAL
        years = series.years(indicator, scorecard.series(indicator), year) if annual else (year.year_before, year)
        found += [part for each in years for part in each.parts(length) if indicator.ready(part) <= reported.last]
    return found


def revisions(scorecard: Scorecard, kept: Record, standings: Sequence[Standing], then: Period) -> tuple[Revision, ...]:
    """Return what an earlier report printed that reads otherwise now; `standings` are those of its period."""
    now = {each.indicator.code: each for each in standings}
    found: list[Revision] = []
    for code, entry in kept.indicators.items():
        if code in now:
            found += _changed(scorecard, entry, now[code], then)
        else:
            found.append(Revision(code, entry.name, "indicator", (), "listed", "not listed", None))
    return tuple(found)


def _changed(scorecard: Scorecard, kept: Entry, standing: Standing, then: Period) -> Iterator[Revision]:
    """Yield what of one indicator reads otherwise; periods that changed alike make one revision."""
    indicator, entry = standing.indicator, _entry(scorecard, standing, then)
    targets = standing.annual.place if standing.annual else indicator.place
    reading = scorecard.series(indicator).get(then)
    whole = (
        ("outcome", kept.outcome, entry.outcome, reading.place if reading else indicator.place),
        ("annual target", kept.annual_target, entry.annual_target, targets),
    )
    for what, before, after, place in whole:
        if before != after:
            yield Revision(indicator.code, indicator.alias, what, (), before, after, place, indicator)
    shown = {str(each): each for each in periods(scorecard, standing, then)}
    for what in ("value", "target"):
        moved = [
            (period, getattr(kept.periods[name], what), getattr(entry.periods[name], what))
            for name, period in shown.items()
            if name in kept.periods and getattr(kept.periods[name], what) != getattr(entry.periods[name], what)
        ]
        for (before, after), alike in groupby(moved, key=lambda each: each[1:]):
            same = tuple(period for period, *_ in alike)
            place = _place(scorecard, indicator, same[0], what)
            yield Revision(indicator.code, indicator.alias, what, same, before, after, place, indicator)


def _place(scorecard: Scorecard, indicator: Indicator, period: Period, what: str) -> Place:
    """Return where a period's value or target stands now, or, of one that is no more, where its indicator does."""
    if what == "target":
        targets = indicator.targets_of(period)
        return (targets.place if targets else None) or indicator.place
    reading = scorecard.series(indicator).get(period)
    return reading.place if reading else indicator.place
