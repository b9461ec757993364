"""The `Scorecard`: what the council knows by the end of one period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from mpr.kept import ANEW, Anew
from mpr.load.appendix import Appendix, read_appendices
from mpr.load.definitions import APRIL, Definitions, read_definitions
from mpr.load.edition import UNREAD, Accepted, Edition, accepted, next_appendices, read_edition
from mpr.load.nodes import Document, read_nodes
from mpr.load.pack import Pack
from mpr.load.published import Firsts, firsts, published_before, record_of
from mpr.load.record import Record
from mpr.load.schema import Settings
from mpr.load.text import read_text
from mpr.load.values import Sheet, read_values
from mpr.measure.indicator import Indicator, Reading
from mpr.measure.outcome import Outcome
from mpr.measure.period import MONTH_NAMES, SEPTEMBER, Frequency, Month, Period, Year, named
from mpr.measure.series import Series
from mpr.measure.standing import Standing, standing
from mpr.problem import InputError, Place, Problem, Severity
from mpr.project import Project


@dataclass(frozen=True, eq=False)
class Scorecard:
    """Settings, outcomes, indicators in report order, and each one's series of readings up to the reported period.

    It is equal to itself alone, so that what follows from it can be kept by it.

    `year` is the financial year in which the period ends. `place` is the period's data file. `accepted` are the
    findings that officers let stand. `earlier` is the newest period before it, of the same length, with a data file;
    `record` is what the report of that period printed, read where a section says what changed since. `pack` is whose
    indicators these are, where they are not all. `published` is what was first published of each figure, before.
    `next_appendices` is the period whose report has the next appendices, where the edition has none and says so.
    `kept` is what was made before of what is known.
    """

    period: Period
    year: Year
    settings: Settings
    outcomes: tuple[Outcome, ...]
    edition: Edition
    indicators: tuple[Indicator, ...]
    readings: Mapping[str, Series]
    place: Place
    accepted: tuple[Accepted, ...] = ()
    earlier: Period | None = None
    record: Record | None = None
    appendices: tuple[Appendix, ...] = ()
    next_appendices: Period | None = None
    pack: Pack | None = None
    published: Firsts = field(default_factory=dict)
    kept: Anew = ANEW

    def of(self, pack: Pack) -> "Scorecard":
        """Return what is known of the indicators of a pack, and of no other; appendices belong to the whole report."""
        mine = tuple(each for each in self.indicators if pack.holds(each))
        codes = {each.code for each in mine}
        readings = {code: each for code, each in self.readings.items() if code in codes}
        record = self.record and self.record.of(codes)
        edition = self.edition.without([each.code for each in self.indicators if each.coded and each.code not in codes])
        return replace(
            self, edition=edition, indicators=mine, readings=readings, record=record, pack=pack, appendices=()
        )

    def series(self, indicator: Indicator) -> Series:
        """Return an indicator's readings by period."""
        return self.readings.get(indicator.code, {})

    def place_of(self, indicator: Indicator, heading: str = "value") -> Place:
        """Return where a cell of an indicator's row stands in the period's data file, or the file where none does."""
        reading = self.series(indicator).get(self.period)
        if not reading or reading.place.file != self.place.file:
            return self.place
        return replace(reading.place, column=reading.columns.get(heading, 0))

    @cached_property
    def alone(self) -> Mapping[str, "Scorecard"]:
        """What is known of each indicator alone, by code: the same object for as long as that does not change."""
        return {each.code: self.kept.same(("alone", each.code), self._alone(each), _alike) for each in self.indicators}

    def _alone(self, indicator: Indicator) -> "Scorecard":
        return Scorecard(
            self.period, self.year, self.settings, self.outcomes, UNREAD, (indicator,),
            {indicator.code: self.series(indicator)}, self.place, earlier=self.earlier,
            published={indicator.code: self.published.get(indicator.code, {})}, kept=self.kept,
        )  # fmt: skip

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Where every indicator stands in the report, in report order; judged once."""
        return tuple(each.standing for each in self.alone.values())

    @cached_property
    def standing(self) -> Standing:
        """Where the indicator stands of which alone this is known."""
        return self.at(self.period)[0]

    def at(self, period: Period) -> tuple[Standing, ...]:
        """Return where every indicator stood in the report of this period or an earlier one, by today's settings."""
        since = _year(period, self.settings.report.year_starts).year_before.first
        return tuple(standing(each, self.series(each), period, since) for each in self.indicators)


Readings = dict[str, dict[Period, Reading]]


def _alike(one: Scorecard, other: Scorecard) -> bool:
    """Whether the same is known of one indicator; settings that were read anew may be printed otherwise."""
    [indicator], [also] = one.indicators, other.indicators
    same = one.settings is other.settings and one.outcomes is other.outcomes and indicator is also
    around = (one.period, one.year, one.place, one.earlier, one.published)
    if not same or around != (other.period, other.year, other.place, other.earlier, other.published):
        return False
    known, now = one.series(indicator), other.series(indicator)
    return len(known) == len(now) and all(
        (period is then or period == then) and (reading is before or reading.same(before))
        for (period, reading), (then, before) in zip(known.items(), now.items(), strict=True)
    )


def load(project: Project, name: str, kept: Anew = ANEW) -> tuple[Scorecard | None, list[Problem]]:
    """Read all that an edition needs, by its period's name; return what can be judged of it, and all problems."""
    problems: list[Problem] = []
    found = load_definitions(project, name, problems)
    if not found:
        return None, problems
    definitions, period = found
    settings = definitions.settings
    year = _year(period, definitions.year_starts)
    sheets = _sheets(project, definitions.year_starts, year, period)
    readings = _readings(sheets, definitions, period, problems)
    problems += _not_read(project, definitions.year_starts)
    problems += _no_quarters(definitions, readings, period)
    problems += _no_data(project, sheets, period)
    edition, document = read_edition(project, period, problems)
    if not settings:
        return None, problems
    place = Place(project.shown(project.values(period)))
    indicators = report_order(settings, definitions.indicators)
    earlier = max(
        (
            each.period
            for each in sheets
            if each.period.frequency is period.frequency and each.period.last < period.last
        ),
        default=None,
        key=lambda each: each.last,
    )
    own = edition or UNREAD
    editions = published_before(project, definitions.year_starts, period, own, problems)
    wanted_too = earlier and any(each.layout == "changes" for each in settings.sections.values())
    return Scorecard(
        period, year, settings, definitions.outcomes, own, indicators, readings, place,
        tuple(accepted(document)) if document else (),
        earlier, record_of(project, earlier, problems) if earlier and wanted_too else None,
        read_appendices(project, own.appendices, document, problems) if document and edition else (),
        next_appendices(own, document, settings.report, period, problems) if document and edition else None,
        published=firsts(editions),
        kept=kept,
    ), problems  # fmt: skip


def load_figures(project: Project, name: str, needless: frozenset[str] = frozenset()) -> Scorecard:
    """Read what is known by the end of a period, for those who need nothing of the edition's own file.

    Raises InputError with the errors of the other files, those with a needless code aside.
    """
    scorecard, problems = load(project, name)
    own = project.shown(project.edition(name))
    errors = [each for each in problems if each.severity is Severity.ERROR and each.place.file != own]
    stopping = [each for each in errors if each.code not in needless]
    if not scorecard or stopping:
        raise InputError(stopping)
    return scorecard


def values_read(project: Project, scorecard: Scorecard) -> list[Path]:
    """Return the files of values that a scorecard was read from."""
    starts = scorecard.settings.report.year_starts
    return [each.path for each in _sheets(project, starts, scorecard.year, scorecard.period)]


def _year(period: Period, starts: int) -> Year:
    """Return the financial year in which a period ends; that of a term is the academic one."""
    return Year.of(period.last, SEPTEMBER if period.frequency is Frequency.TERMLY else starts)


def load_definitions(project: Project, name: str, problems: list[Problem]) -> tuple[Definitions, Period] | None:
    """Return what `indicators.yaml` says, and the period with a name; None where one of them is not to be had."""
    shown = project.shown(project.indicators)
    text = read_text(project.indicators, shown, problems)
    document, definitions, found = _defined(text, shown) if text is not None else (None, None, ())
    problems += found
    if not document or not definitions:
        return None
    period = named(name, definitions.year_starts)
    if not period:
        message = f"'{name}' is not a part of a year that begins in {MONTH_NAMES[definitions.year_starts - 1]}"
        year = Year.of(Month(2018, 6), definitions.year_starts)
        hint = f"such a year is written {year}, its first quarter {year}-Q1"
        problems.append(Problem(document.place(("report", "year_starts")), "E130", message, hint))
    return (definitions, period) if period else None


@lru_cache(maxsize=2)
def _defined(text: str, shown: str) -> tuple[Document | None, Definitions | None, tuple[Problem, ...]]:
    """Return the text of `indicators.yaml` as it stands and what it says, and all that is wrong with it."""
    found: list[Problem] = []
    document = read_nodes(text, shown, found)
    return document, read_definitions(document, found) if document else None, tuple(found)


def report_order(settings: Settings, indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Return indicators in the order in which a report has them."""
    return tuple(_in_order(settings, indicators))


def _in_order(settings: Settings, indicators: Sequence[Indicator]) -> Iterator[Indicator]:
    """Yield indicators by aim, then by group, each in order of codes; those without either, as the file has them."""
    for aim in settings.aims:
        yield from sorted((each for each in indicators if each.aim == aim.name), key=lambda each: each.order)
    for group in settings.partnership_groups:
        yield from sorted((each for each in indicators if each.group == group.name), key=lambda each: each.order)
    yield from (each for each in indicators if not each.aim and not each.group)


def _sheets(project: Project, starts: int, year: Year, upto: Period) -> list[Sheet]:
    """Return the files of values that may hold what is known by the end of a period, oldest first.

    What ends before last year is history: it is drawn, and judged no more.
    """
    found = []
    for path in sorted(project.data.glob("*.csv")):
        period = named(path.stem, starts)
        if period and period.first <= upto.last:
            old = period.last < year.year_before.first and period.frequency is not Frequency.ANNUAL
            found.append(Sheet(path, project.shown(path), period, old))
    return sorted(found, key=lambda sheet: (sheet.period.last, sheet.period.first))


def _not_read(project: Project, starts: int) -> Iterator[Problem]:
    """Yield a warning for each file of values whose name is no period's."""
    for path in sorted(project.data.glob("*.csv")):
        if not named(path.stem, starts) and path.name[0] not in "~.":
            message = "this file is not read, because its name is no period"
            yield Problem(Place(project.shown(path)), "W110", message, "name it like 2018-05.csv", Severity.WARNING)


def _readings(sheets: Sequence[Sheet], definitions: Definitions, upto: Period, problems: list[Problem]) -> Readings:
    """Read the files; each reading stands under its file's period and under the one that its figure belongs to."""
    readings: Readings = {}
    indicators = {each.code: each for each in definitions.indicators}
    for sheet in sheets:
        for code, reading in read_values(sheet, definitions, problems).items():
            indicator, series = indicators[code], readings.setdefault(code, {})
            own = sheet.period_of(indicator)
            if sheet.period.last <= upto.last:
                series.setdefault(sheet.period, reading)
            if not own or indicator.ready(own) > upto.last:
                if own and reading.written and sheet.period == upto:
                    message = f"{code} has no figure of {own.words} before {own.last.words}, so this one is not printed"
                    problems.append(Problem(reading.place, "W218", message, severity=Severity.WARNING))
                continue
            other = series.get(own, reading)
            if other is not reading and other.written and reading.written:
                message = f"{code} has a figure of {own.words} here and in {other.place}"
                problems.append(Problem(reading.place, "E217", message, "keep one of them"))
            elif other is not reading and reading.written:
                series[own] = _with_remarks(reading, other)
            else:
                series.setdefault(own, reading)
    return readings


def _with_remarks(figures: Reading, remarks: Reading) -> Reading:
    """Return a reading with the figure of one file and what officers said in the period's own."""
    return replace(
        figures,
        outcome=remarks.outcome,
        reason=remarks.reason,
        comment=remarks.comment,
        focus=remarks.focus,
        benchmarks={**figures.benchmarks, **remarks.benchmarks},
    )


def _no_quarters(definitions: Definitions, readings: Readings, reported: Period) -> Iterator[Problem]:
    """Yield a warning for each figure of a quarter that a report by month does not show."""
    for indicator in definitions.indicators:
        for period, reading in readings.get(indicator.code, {}).items():
            longer = period.frequency is Frequency.QUARTERLY and indicator.frequency is Frequency.MONTHLY
            if longer and reading.written and not indicator.quarters and reported.frequency is Frequency.MONTHLY:
                message = f"{indicator.code} shows no quarters, so this figure is not printed"
                hint = "say quarters: yes in indicators.yaml"
                yield Problem(reading.place, "W214", message, hint, Severity.WARNING)


def _no_data(project: Project, sheets: Sequence[Sheet], period: Period) -> Iterator[Problem]:
    """Yield a problem where the period has no data file, naming the newest like it that there is."""
    if not project.values(period).exists():
        noun = period.frequency.noun
        alike = [each for each in sheets if each.period.frequency is period.frequency]
        newest = f"; the newest {noun} with data is {alike[-1].period}" if alike else ""
        hint = f"begin it with mpr new {period}{newest}"
        yield Problem(Place(project.shown(project.values(period))), "E107", f"{period.words} has no data file", hint)


def newest(project: Project) -> str:
    """Return the name of the newest period that has values, of those with an edition where there are any.

    Raises InputError where there is none.
    """
    stems = [path.stem for path in project.data.glob("*.csv")]
    periods = [(each, stem) for stem in stems if (each := named(stem, APRIL) or named(stem, 1))]
    editions = [each for each in periods if project.edition(each[1]).exists()]
    found = max(editions or periods, key=lambda each: (each[0].last, each[0].first), default=None)
    if not found:
        hint = "begin one with mpr new 2018-06; is this the project's folder? --project names another"
        raise InputError([Problem(Place(project.shown(project.data)), "E107", "no period has a data file", hint)])
    return found[1]
