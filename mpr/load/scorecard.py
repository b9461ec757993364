"""Load the `Scorecard`: everything that the council knows at the end of one period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from mpr.load.config.definitions import APRIL, Definitions, build_definitions
from mpr.load.config.schema import Settings
from mpr.load.config.yaml_nodes import YamlDocument, parse_yaml
from mpr.load.editions.acceptances import AcceptedFinding, iter_accepted_findings
from mpr.load.editions.appendix_files import AppendixFile, read_appendices
from mpr.load.editions.edition import (
    UNREAD_EDITION,
    EditionSettings,
    find_next_appendices,
    read_edition,
)
from mpr.load.editions.published import FirstFigures, collect_first_figures, find_record, list_earlier_manifests
from mpr.load.editions.record import Record
from mpr.load.scope import ReportScope
from mpr.load.text_files import read_text
from mpr.load.values import ValuesFile, read_values
from mpr.measure.indicator import Indicator, Reading
from mpr.measure.outcome import Outcome
from mpr.measure.period import MONTH_NAMES, SEPTEMBER, Frequency, Month, Period, Year, find_period
from mpr.measure.series import Series
from mpr.measure.status import IndicatorStatus, assess_at_own_frequency, assess_indicator
from mpr.memo import NO_CACHE, NoCache
from mpr.problem import InputError, Place, Problem, Severity
from mpr.project import Project


@dataclass(frozen=True, eq=False)
class Scorecard:
    """Settings, outcomes, indicators in report order, and each indicator's readings up to the reported period.

    A scorecard equals only itself, so it can be the key under which results are cached.

    `year` is the financial year in which the period ends; `place` is the period's data file. `accepted_findings` are
    the findings that officers accepted. `previous_period` is the latest earlier period of the same length that has a
    data file; `previous_record` is what its report printed, read only if a section shows what has changed since.
    `next_appendices` is the period whose report has the next appendices, if this edition has none and names it. `scope`
    is the committee, department or aim whose part of the report this is, None for the whole report. `first_figures`
    holds each figure as an earlier edition first published it. `memo` keeps the preview's earlier results.
    """

    period: Period
    year: Year
    settings: Settings
    outcomes: tuple[Outcome, ...]
    edition: EditionSettings
    indicators: tuple[Indicator, ...]
    readings: Mapping[str, Series]
    place: Place
    accepted_findings: tuple[AcceptedFinding, ...] = ()
    previous_period: Period | None = None
    previous_record: Record | None = None
    appendices: tuple[AppendixFile, ...] = ()
    next_appendices: Period | None = None
    scope: ReportScope | None = None
    first_figures: FirstFigures = field(default_factory=dict)
    memo: NoCache = NO_CACHE

    def restrict_to(self, scope: ReportScope) -> "Scorecard":
        """Return a scorecard of one scope's indicators only, without appendices: those belong to the whole report."""
        indicators = tuple(indicator for indicator in self.indicators if scope.has_indicator(indicator))
        codes = {indicator.code for indicator in indicators}
        readings = {code: series for code, series in self.readings.items() if code in codes}
        previous_record = self.previous_record and self.previous_record.restrict_to(codes)
        edition = self.edition.exclude(
            [indicator.code for indicator in self.indicators if indicator.has_code and indicator.code not in codes]
        )
        return replace(
            self,
            edition=edition,
            indicators=indicators,
            readings=readings,
            previous_record=previous_record,
            scope=scope,
            appendices=(),
        )

    def get_series(self, indicator: Indicator) -> Series:
        """Return an indicator's readings by period."""
        return self.readings.get(indicator.code, {})

    def locate_cell(self, indicator: Indicator, heading: str = "value") -> Place:
        """Return the place of a cell in an indicator's row of the period's data file; the file if it has no row."""
        reading = self.get_series(indicator).get(self.period)
        if not reading or reading.place.file != self.place.file:
            return self.place
        return replace(reading.place, column=reading.columns.get(heading, 0))

    @cached_property
    def per_indicator(self) -> Mapping[str, "Scorecard"]:
        """A scorecard of each indicator by code; the preview gets the same object until something in it changes."""
        return {
            indicator.code: self.memo.reuse(
                ("alone", indicator.code), self._build_for_indicator(indicator), _is_unchanged
            )
            for indicator in self.indicators
        }

    def _build_for_indicator(self, indicator: Indicator) -> "Scorecard":
        return Scorecard(
            self.period, self.year, self.settings, self.outcomes, UNREAD_EDITION, (indicator,),
            {indicator.code: self.get_series(indicator)}, self.place, previous_period=self.previous_period,
            first_figures={indicator.code: self.first_figures.get(indicator.code, {})}, memo=self.memo,
        )  # fmt: skip

    @cached_property
    def statuses(self) -> tuple[IndicatorStatus, ...]:
        """The status of every indicator in this report, in report order; assessed once."""
        return tuple(scorecard.status for scorecard in self.per_indicator.values())

    @cached_property
    def status(self) -> IndicatorStatus:
        """The status of the only indicator of a scorecard from `per_indicator`."""
        return self.compute_statuses(self.period)[0]

    def compute_statuses(self, period: Period) -> tuple[IndicatorStatus, ...]:
        """Return every indicator's status in the report of a period, this or an earlier one, by today's settings."""
        since = _get_financial_year(period, self.settings.report.year_starts).year_before.first
        return tuple(
            assess_indicator(indicator, self.get_series(indicator), period, since) for indicator in self.indicators
        )

    def assess_at_own_frequency(self, status: IndicatorStatus) -> IndicatorStatus:
        """Return an indicator's status; in place of that of a year made up of shorter periods, that of the last one."""
        return assess_at_own_frequency(status, self.get_series(status.indicator), self.year.year_before.first)


Readings = dict[str, dict[Period, Reading]]


def _is_unchanged(one: Scorecard, other: Scorecard) -> bool:
    """Whether two scorecards of one indicator hold the same; settings that were read again count as changed."""
    [indicator], [other_indicator] = one.indicators, other.indicators
    same_inputs = one.settings is other.settings and one.outcomes is other.outcomes and indicator is other_indicator
    context = (one.period, one.year, one.place, one.previous_period, one.first_figures)
    if not same_inputs or context != (
        other.period,
        other.year,
        other.place,
        other.previous_period,
        other.first_figures,
    ):
        return False
    series, other_series = one.get_series(indicator), other.get_series(indicator)
    return len(series) == len(other_series) and all(
        (period is other_period or period == other_period)
        and (reading is other_reading or reading.is_identical(other_reading))
        for (period, reading), (other_period, other_reading) in zip(series.items(), other_series.items(), strict=True)
    )


def load_scorecard(
    project: Project, period_name: str, memo: NoCache = NO_CACHE
) -> tuple[Scorecard | None, list[Problem]]:
    """Read everything that the report of a period needs, given the period's name.

    Returns the scorecard, as far as it could be read, and all problems; None if the definitions could not be read.
    """
    problems: list[Problem] = []
    loaded = load_definitions(project, period_name, problems)
    if not loaded:
        return None, problems
    definitions, period = loaded
    settings = definitions.settings
    year = _get_financial_year(period, definitions.year_starts)
    values_files = _list_values_files(project, definitions.year_starts, year, period)
    readings = _load_readings(values_files, definitions, period, problems)
    problems += _check_file_names(project, definitions.year_starts)
    problems += _check_quarters(definitions, readings, period)
    problems += _check_data_file(project, values_files, period)
    edition, document = read_edition(project, period, problems)
    if not settings:
        return None, problems
    place = Place(project.display_path(project.get_values_path(period)))
    indicators = sort_in_report_order(settings, definitions.indicators)
    previous_period = max(
        (
            values_file.period
            for values_file in values_files
            if values_file.period.frequency is period.frequency and values_file.period.last < period.last
        ),
        default=None,
        key=lambda candidate: candidate.last,
    )
    usable_edition = edition or UNREAD_EDITION
    editions = list_earlier_manifests(project, definitions.year_starts, period, usable_edition, problems)
    shows_changes = previous_period and any(section.layout == "changes" for section in settings.sections.values())
    return Scorecard(
        period, year, settings, definitions.outcomes, usable_edition, indicators, readings, place,
        tuple(iter_accepted_findings(document)) if document else (),
        previous_period, find_record(project, previous_period, problems) if previous_period and shows_changes else None,
        read_appendices(project, usable_edition.appendices, document, problems) if document and edition else (),
        find_next_appendices(usable_edition, document, settings.report, period, problems)
        if document and edition else None,
        first_figures=collect_first_figures(editions),
        memo=memo,
    ), problems  # fmt: skip


def load_without_edition(project: Project, period_name: str, ignored_codes: frozenset[str] = frozenset()) -> Scorecard:
    """Read the scorecard of a period without regard to errors in the edition's own file.

    Raises InputError with the errors of the other files, except those with one of the ignored codes.
    """
    scorecard, problems = load_scorecard(project, period_name)
    edition_path = project.display_path(project.get_edition_path(period_name))
    errors = [
        problem for problem in problems if problem.severity is Severity.ERROR and problem.place.file != edition_path
    ]
    blocking = [problem for problem in errors if problem.code not in ignored_codes]
    if not scorecard or blocking:
        raise InputError(blocking)
    return scorecard


def list_values_paths(project: Project, scorecard: Scorecard) -> list[Path]:
    """Return the files of values that a scorecard was read from."""
    year_starts = scorecard.settings.report.year_starts
    return [
        values_file.path for values_file in _list_values_files(project, year_starts, scorecard.year, scorecard.period)
    ]


def _get_financial_year(period: Period, year_starts: int) -> Year:
    """Return the financial year in which a period ends; for a term, the academic year."""
    return Year.from_month(period.last, SEPTEMBER if period.frequency is Frequency.TERMLY else year_starts)


def load_definitions(project: Project, period_name: str, problems: list[Problem]) -> tuple[Definitions, Period] | None:
    """Return the definitions in `indicators.yaml` and the period of that name; None if either is faulty."""
    display_path = project.display_path(project.indicators_path)
    text = read_text(project.indicators_path, display_path, problems)
    document, definitions, new_problems = (
        _parse_definitions(text, display_path) if text is not None else (None, None, ())
    )
    problems += new_problems
    if not document or not definitions:
        return None
    period = find_period(period_name, definitions.year_starts)
    if not period:
        message = f"'{period_name}' is not a part of a year that begins in {MONTH_NAMES[definitions.year_starts - 1]}"
        year = Year.from_month(Month(2018, 6), definitions.year_starts)
        hint = f"such a year is written {year}, its first quarter {year}-Q1"
        problems.append(Problem(document.locate(("report", "year_starts")), "E130", message, hint))
    return (definitions, period) if period else None


@lru_cache(maxsize=2)
def _parse_definitions(
    text: str, display_path: str
) -> tuple[YamlDocument | None, Definitions | None, tuple[Problem, ...]]:
    """Return the document in `indicators.yaml`, its definitions, and the problems found in them."""
    problems: list[Problem] = []
    document = parse_yaml(text, display_path, problems)
    return document, build_definitions(document, problems) if document else None, tuple(problems)


def sort_in_report_order(settings: Settings, indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Return indicators in report order."""
    return tuple(_iter_in_report_order(settings, indicators))


def _iter_in_report_order(settings: Settings, indicators: Sequence[Indicator]) -> Iterator[Indicator]:
    """Yield indicators by aim, then by group, each sorted by code; then the others, in the order of the file."""
    for aim in settings.aims:
        yield from sorted(
            (indicator for indicator in indicators if indicator.aim == aim.name),
            key=lambda indicator: indicator.sort_key,
        )
    for group in settings.partnership_groups:
        yield from sorted(
            (indicator for indicator in indicators if indicator.group == group.name),
            key=lambda indicator: indicator.sort_key,
        )
    yield from (indicator for indicator in indicators if not indicator.aim and not indicator.group)


def _list_values_files(project: Project, year_starts: int, year: Year, reported: Period) -> list[ValuesFile]:
    """Return the files of values that may hold figures known at the end of a period, oldest first.

    Files of periods that end before last year are history: their figures are drawn, but no longer rated.
    """
    values_files = []
    for path in sorted(project.data.glob("*.csv")):
        period = find_period(path.stem, year_starts)
        if period and period.first <= reported.last:
            history_only = period.last < year.year_before.first and period.frequency is not Frequency.ANNUAL
            values_files.append(ValuesFile(path, project.display_path(path), period, history_only))
    return sorted(values_files, key=lambda values_file: (values_file.period.last, values_file.period.first))


def _check_file_names(project: Project, year_starts: int) -> Iterator[Problem]:
    """Yield a warning for each CSV file in the data folder whose name is not a period."""
    for path in sorted(project.data.glob("*.csv")):
        if not find_period(path.stem, year_starts) and path.name[0] not in "~.":
            file = project.display_path(path)
            message, hint = "this file is ignored because its name is not a period", "rename it like 2018-05.csv"
            yield Problem(Place(file), "W110", message, hint, Severity.WARNING, subject=file)


def _load_readings(
    values_files: Sequence[ValuesFile], definitions: Definitions, reported: Period, problems: list[Problem]
) -> Readings:
    """Read the files, and enter each reading twice: under its file's period and under the period that it measures."""
    readings: Readings = {}
    indicators = {indicator.code: indicator for indicator in definitions.indicators}
    for values_file in values_files:
        for code, reading in read_values(values_file, definitions, problems).items():
            indicator, series = indicators[code], readings.setdefault(code, {})
            figure_period = values_file.find_figure_period(indicator)
            if values_file.period.last <= reported.last:
                series.setdefault(values_file.period, reading)
            if not figure_period or indicator.get_ready_month(figure_period) > reported.last:
                if figure_period and reading.is_filled_in and values_file.period == reported:
                    problems.append(_build_early_figure(code, reading, figure_period))
                continue
            existing = series.get(figure_period, reading)
            if existing is not reading and existing.is_filled_in and reading.is_filled_in:
                message = f"{code} has a figure for {figure_period.full_name} here and in {existing.place}"
                problems.append(Problem(reading.place, "E217", message, "keep one of them"))
            elif existing is not reading and reading.is_filled_in:
                series[figure_period] = _add_remarks(reading, existing)
            else:
                series.setdefault(figure_period, reading)
    return readings


def _build_early_figure(code: str, reading: Reading, figure_period: Period) -> Problem:
    name, last_month = figure_period.full_name, figure_period.last.full_name
    message = f"{code} can have no figure for {name} before {last_month}, so this one is not printed"
    return Problem(reading.place, "W218", message, severity=Severity.WARNING, subject=code, basis=(name, last_month))


def _add_remarks(figures: Reading, remarks: Reading) -> Reading:
    """Return a reading with the figure from one file and the officers' remarks from the period's own."""
    return replace(
        figures,
        outcome=remarks.outcome,
        reason=remarks.reason,
        comment=remarks.comment,
        focus=remarks.focus,
        benchmarks={**figures.benchmarks, **remarks.benchmarks},
    )


def _check_quarters(definitions: Definitions, readings: Readings, reported: Period) -> Iterator[Problem]:
    """Yield a warning for each quarter's figure that a monthly report does not show."""
    for indicator in definitions.indicators:
        for period, reading in readings.get(indicator.code, {}).items():
            is_quarter = period.frequency is Frequency.QUARTERLY and indicator.frequency is Frequency.MONTHLY
            if (
                is_quarter
                and reading.is_filled_in
                and not indicator.has_quarter_rows
                and reported.frequency is Frequency.MONTHLY
            ):
                code, name = indicator.code, period.full_name
                message = f"{code} shows no quarters, so its figure for {name} is not printed"
                hint = "write quarters: yes in indicators.yaml"
                yield Problem(reading.place, "W214", message, hint, Severity.WARNING, subject=code, basis=(name,))


def _check_data_file(project: Project, values_files: Sequence[ValuesFile], period: Period) -> Iterator[Problem]:
    """Yield a problem if the period has no data file, naming the newest period of the same length that has one."""
    if not project.get_values_path(period).exists():
        noun = period.frequency.noun
        same_length = [values_file for values_file in values_files if values_file.period.frequency is period.frequency]
        newest = f"; the newest {noun} with data is {same_length[-1].period}" if same_length else ""
        place = Place(project.display_path(project.get_values_path(period)))
        hint = f"create it with mpr new {period}{newest}"
        yield Problem(place, "E107", f"{period.full_name} has no data file", hint)


def find_newest_period(project: Project) -> str:
    """Return the name of the newest period with a data file, preferring those that have an edition.

    Raises InputError if there is none.
    """
    stems = [path.stem for path in project.data.glob("*.csv")]
    periods = [(period, stem) for stem in stems if (period := find_period(stem, APRIL) or find_period(stem, 1))]
    editions = [candidate for candidate in periods if project.get_edition_path(candidate[1]).exists()]
    chosen = max(editions or periods, key=lambda candidate: (candidate[0].last, candidate[0].first), default=None)
    if not chosen:
        hint = "begin one with mpr new 2018-06; is this the project's folder? --project names another"
        raise InputError(
            [Problem(Place(project.display_path(project.data)), "E107", "no period has a data file", hint)]
        )
    return chosen[1]
