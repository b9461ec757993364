"""The `Scorecard`: what the council knows up to one month."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator

from mpr.load.definitions import Definitions, Settings, Strict, Words, read_definitions
from mpr.load.nodes import read_model, read_nodes, wanted
from mpr.load.text import read_text
from mpr.load.values import read_values
from mpr.measure.indicator import Indicator, Reading
from mpr.measure.period import FinancialYear, Month, Period, Quarter
from mpr.measure.series import Series
from mpr.measure.standing import Standing, standing
from mpr.problem import Place, Problem, Severity
from mpr.project import Project

APRIL = 4  # what a year that cannot be read is taken to start with


def _moment(text: object) -> datetime:
    try:
        return datetime.strptime(str(text), "%Y-%m-%d %H:%M")  # noqa: DTZ007 - local time, as printed on the cover
    except ValueError:
        raise wanted("a date and time such as 2018-06-21 11:59") from None


def _listed(value: object) -> object:
    """Take a single text for a list of one, and nothing for none."""
    return [value] if isinstance(value, str) else value or []


class Edition(Strict):
    """What is particular to one edition: its version, when it was generated, its notices."""

    version: Words
    generated: Annotated[datetime, BeforeValidator(_moment)]
    notices: Annotated[tuple[Words, ...], BeforeValidator(_listed)] = ()


# Stands for an edition that could not be read, so that the rest can be judged all the same; the problem noted stops it.
UNREAD = Edition.model_construct(version="", generated=_moment("2000-01-01 00:00"), notices=())


@dataclass(frozen=True)
class Scorecard:
    """Settings, indicators in report order, and each one's series of readings up to the reporting month.

    A series holds what is known of this financial year and the last. `place` is the month's data file.
    """

    month: Month
    year: FinancialYear
    settings: Settings
    edition: Edition
    indicators: tuple[Indicator, ...]
    readings: Mapping[str, Series]
    place: Place

    def series(self, indicator: Indicator) -> Series:
        """Return an indicator's readings by period."""
        return self.readings.get(indicator.code, {})

    def place_of(self, indicator: Indicator) -> Place:
        """Return where an indicator stands in the month's data file, or the file where it does not."""
        reading = self.series(indicator).get(self.month)
        return reading.place if reading else self.place

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Where every indicator stands in the reporting month, in report order; judged once."""
        return tuple(standing(each, self.series(each), self.month) for each in self.indicators)


def load(project: Project, month: Month) -> tuple[Scorecard | None, list[Problem]]:
    """Read everything that an edition needs; return what can be judged of it, if anything, and all problems."""
    problems: list[Problem] = []
    shown = project.shown(project.indicators)
    text = read_text(project.indicators, shown, problems)
    document = read_nodes(text, shown, problems) if text is not None else None
    if not document:
        return None, problems
    definitions = read_definitions(document, problems)
    settings = definitions.settings
    year = FinancialYear.of(month, settings.report.year_starts if settings else APRIL)
    readings: dict[str, dict[Period, Reading]] = {}
    for period in _periods(year, month):
        path = project.values(period)
        if path.exists():
            for code, reading in read_values(path, project.shown(path), definitions, problems).items():
                readings.setdefault(code, {})[period] = reading
    problems += _no_quarters(definitions, readings)
    problems += _no_data(project, month)
    edition = _edition(project, month, problems) or UNREAD
    if not settings:
        return None, problems
    by_aim = {aim.name: [each for each in definitions.indicators if each.aim == aim.name] for aim in settings.aims}
    indicators = [each for inside in by_aim.values() for each in sorted(inside, key=lambda each: each.order)]
    place = Place(project.shown(project.values(month)))
    return Scorecard(month, year, settings, edition, tuple(indicators), readings, place), problems


def _periods(year: FinancialYear, upto: Month) -> list[Period]:
    """Return the months and quarters of this financial year and the last, up to a month."""
    years = (year.before, year)
    months = [month for each in years for month in each.months if month <= upto]
    quarters = [quarter for each in years for quarter in each.quarters if quarter.last <= upto]
    return [*months, *quarters]


def _no_quarters(definitions: Definitions, readings: Mapping[str, Mapping[Period, Reading]]) -> Iterator[Problem]:
    """Yield a warning for each figure of a quarter whose indicator shows none."""
    for indicator in definitions.indicators:
        for period, reading in readings.get(indicator.code, {}).items():
            if isinstance(period, Quarter) and not indicator.quarters:
                message = f"{indicator.code} shows no quarters, so this figure is not printed"
                hint = "say quarters: yes in indicators.yaml"
                yield Problem(reading.place, "W214", message, hint, Severity.WARNING)


def _no_data(project: Project, month: Month) -> Iterator[Problem]:
    """Yield a problem where the month has no data file, naming the newest that there is."""
    if not project.values(month).exists():
        months = sorted(path.stem for path in project.data.glob("????-??.csv"))
        hint = f"the newest month with data is {months[-1]}" if months else "put one file a month into data/"
        yield Problem(Place(project.shown(project.values(month))), "E107", f"{month.words} has no data file", hint)


def _edition(project: Project, month: Month, problems: list[Problem]) -> Edition | None:
    """Read what is particular to the month's edition."""
    path = project.edition(month)
    if not path.exists():
        hint = "copy last month's beside it and change version, generated and notices"
        problems.append(Problem(Place(project.shown(path)), "E108", "the edition's own file is missing", hint))
        return None
    text = read_text(path, project.shown(path), problems)
    document = read_nodes(text, project.shown(path), problems) if text is not None else None
    return read_model(Edition, document, (), document.value, problems) if document else None
