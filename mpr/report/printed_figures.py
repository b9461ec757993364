"""The record of the figures that a report prints, and the revisions since an earlier record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from mpr.load.editions.published import MISSING_TEXTS
from mpr.load.editions.record import Record, RecordedFigure, RecordEntry, format_generated
from mpr.load.scorecard import Scorecard
from mpr.measure import series
from mpr.measure.indicator import Indicator
from mpr.measure.period import Frequency, Period
from mpr.measure.status import IndicatorStatus
from mpr.problem import Place
from mpr.report.wording import cells


@dataclass(frozen=True)
class Revision:
    """A figure or outcome that an earlier report printed differently: its text `then` and `now`.

    `subject` is value, target, annual target, outcome or, for an indicator that was removed, indicator. `periods` are
    those with the same change; there are none for an annual target, an outcome or an indicator. `place` is where it
    is written now.
    """

    code: str
    name: str
    subject: str
    periods: tuple[Period, ...]
    then: str
    now: str
    place: Place | None
    indicator: Indicator | None = None

    @property
    def added(self) -> bool:
        """Whether the earlier report had no figure here."""
        return self.then in MISSING_TEXTS


def build_record(scorecard: Scorecard) -> Record:
    """Return the record of a report: the outcome of each indicator and its figures of this year and the year before."""
    edition = scorecard.edition
    return Record(
        period=str(scorecard.period),
        version=edition.version,
        generated=format_generated(edition.generated),
        indicators={
            status.indicator.code: _build_entry(scorecard, status, scorecard.period) for status in scorecard.statuses
        },
    )


def _build_entry(scorecard: Scorecard, status: IndicatorStatus, reported: Period) -> RecordEntry:
    return RecordEntry(
        name=status.indicator.alias,
        outcome=status.outcome.word,
        annual_target=cells.format_annual_target(status).text,
        periods={
            str(period): format_period(scorecard, status.indicator, period)
            for period in list_periods(scorecard, status, reported)
        },
    )


def format_period(scorecard: Scorecard, indicator: Indicator, period: Period) -> RecordedFigure:
    """Return a period's value and target as printed."""
    value = cells.format_figure(
        indicator, series.get_figure(indicator, scorecard.get_series(indicator), period), period
    )
    target = cells.format_target(indicator, indicator.get_target(period), indicator.get_year_targets(period))
    return RecordedFigure(value=f"{value.text} {value.mark}".rstrip(), target=target.text)


def list_periods(scorecard: Scorecard, status: IndicatorStatus, reported: Period) -> list[Period]:
    """Return the periods whose figures a report may show, by length, oldest first."""
    indicator, own_frequency = status.indicator, status.latest_period.frequency
    frequencies = [own_frequency] + ([indicator.frequency] if own_frequency is Frequency.ANNUAL else [])
    frequencies += [Frequency.QUARTERLY] if own_frequency is Frequency.MONTHLY and indicator.has_quarter_rows else []
    periods: list[Period] = []
    for frequency in dict.fromkeys(frequencies):
        year = indicator.get_year(reported.last, frequency)
        is_annual = frequency is Frequency.ANNUAL
        years = (
            series.list_years(indicator, scorecard.get_series(indicator), year)
            if is_annual
            else (year.year_before, year)
        )
        periods += [
            part
            for reported_year in years
            for part in reported_year.split_into(frequency)
            if indicator.get_ready_month(part) <= reported.last
        ]
    return periods


def list_revisions(
    scorecard: Scorecard, record: Record, statuses: Sequence[IndicatorStatus], then: Period
) -> tuple[Revision, ...]:
    """Return the revisions since the record of an earlier report; `statuses` are those of its period, `then`."""
    statuses_by_code = {status.indicator.code: status for status in statuses}
    revisions: list[Revision] = []
    for code, entry in record.indicators.items():
        if code in statuses_by_code:
            revisions += _iter_revisions(scorecard, entry, statuses_by_code[code], then)
        else:
            revisions.append(Revision(code, entry.name, "indicator", (), "listed", "not listed", None))
    return tuple(revisions)


def _iter_revisions(
    scorecard: Scorecard, recorded: RecordEntry, status: IndicatorStatus, then: Period
) -> Iterator[Revision]:
    """Yield the revisions of one indicator; consecutive periods with the same change make one revision."""
    indicator, current = status.indicator, _build_entry(scorecard, status, then)
    targets_place = status.reporting_year_targets.place if status.reporting_year_targets else indicator.place
    reading = scorecard.get_series(indicator).get(then)
    report_wide = (
        ("outcome", recorded.outcome, current.outcome, reading.place if reading else indicator.place),
        ("annual target", recorded.annual_target, current.annual_target, targets_place),
    )
    for subject, before, after, place in report_wide:
        if before != after:
            yield Revision(indicator.code, indicator.alias, subject, (), before, after, place, indicator)
    periods_by_name = {str(period): period for period in list_periods(scorecard, status, then)}
    for subject in ("value", "target"):
        changed = [
            (period, getattr(recorded.periods[name], subject), getattr(current.periods[name], subject))
            for name, period in periods_by_name.items()
            if name in recorded.periods
            and getattr(recorded.periods[name], subject) != getattr(current.periods[name], subject)
        ]
        for (before, after), group in groupby(changed, key=lambda change: change[1:]):
            changed_periods = tuple(period for period, *_ in group)
            place = _locate(scorecard, indicator, changed_periods[0], subject)
            yield Revision(indicator.code, indicator.alias, subject, changed_periods, before, after, place, indicator)


def _locate(scorecard: Scorecard, indicator: Indicator, period: Period, subject: str) -> Place:
    """Return where a period's value or target is written now or, if it was removed, where its indicator is."""
    if subject == "target":
        targets = indicator.get_year_targets(period)
        return (targets.place if targets else None) or indicator.place
    reading = scorecard.get_series(indicator).get(period)
    return reading.place if reading else indicator.place
