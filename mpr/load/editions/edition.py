"""Read the edition file: what is particular to one report, kept beside the period's values as YAML."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from mpr.load.config.scalars import OneOrMore, Words
from mpr.load.config.schema import ReportSettings
from mpr.load.config.vocabulary import StrictModel
from mpr.load.config.yaml_nodes import CONTRADICTION, YamlDocument, expected_error, parse_model, parse_yaml
from mpr.load.editions.appendix_files import MOST_APPENDICES, AppendixSettings
from mpr.load.limits import LONGEST_TEXT
from mpr.load.text_files import read_text
from mpr.measure.period import Period, PeriodPart, find_period
from mpr.problem import Place, Problem, Severity, quote
from mpr.project import Project


def _parse_generated(text: object) -> datetime:
    try:
        return datetime.strptime(str(text), "%Y-%m-%d %H:%M")  # noqa: DTZ007 - local time, as printed on the cover
    except ValueError:
        raise expected_error("a date and time such as 2018-06-21 11:59") from None


class AcceptedSettings(StrictModel):
    """A finding of `mpr check` that officers accept, and why.

    It is named by its check, what it is about and its basis; in older files `finding` quotes its sentence instead.
    """

    check: Words = ""
    about: Words = ""
    basis: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)] = ""
    finding: Words = ""
    reason: Words

    @model_validator(mode="after")
    def _check_name(self) -> "AcceptedSettings":
        if not self.finding and not (self.check and self.about):
            message = "'check' and 'about' must name the finding; mpr check --accept prints the whole entry"
            raise PydanticCustomError(CONTRADICTION, message)
        return self


class Correction(StrictModel):
    """What a new version corrected in the published one."""

    version: Words
    changed: Words


class EditionSettings(StrictModel):
    """The settings of one edition: version, date, notices, appendices, accepted findings and corrections.

    An edition either has appendices or names the period whose report has the next ones.
    """

    version: Words
    generated: Annotated[datetime, BeforeValidator(_parse_generated)]
    notices: OneOrMore = ()
    appendices: Annotated[tuple[AppendixSettings, ...], Field(max_length=MOST_APPENDICES)] = ()
    next_appendices: str = ""
    accepted: tuple[AcceptedSettings, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def exclude(self, codes: Sequence[str]) -> "EditionSettings":
        """Return the edition without the notices and corrections that name one of these indicators."""
        pattern = re.compile("|".join(rf"\b{re.escape(code)}(?![\w.]*\d)" for code in codes) or r"(?!)")
        return self.model_copy(
            update={
                "notices": tuple(notice for notice in self.notices if not pattern.search(notice)),
                "corrections": tuple(
                    correction for correction in self.corrections if not pattern.search(correction.changed)
                ),
            }
        )

    @model_validator(mode="after")
    def _check_appendices(self) -> "EditionSettings":
        if self.appendices and self.next_appendices:
            message = "'appendices' and 'next_appendices' exclude each other; keep one of them"
            raise PydanticCustomError(CONTRADICTION, message)
        return self


# Used if the edition file cannot be read, so that the rest can still be checked; the problem noted stops the report.
UNREAD_EDITION = EditionSettings.model_construct(version="", generated=_parse_generated("2000-01-01 00:00"), notices=())


def read_edition(
    project: Project, period: Period, problems: list[Problem]
) -> tuple[EditionSettings | None, YamlDocument | None]:
    """Read a period's edition file; return its settings and the document that has their places.

    There may be a document without settings, so that accepted findings are known even if something else is wrong.
    """
    path = project.get_edition_path(period)
    if not path.exists():
        noun = period.frequency.noun
        has_others = any(project.data.glob("*.yaml"))
        copied = f"copy last {noun}'s beside it and change version, generated and notices"
        hint = copied if has_others else 'write two lines: version: "1.0" and generated: 2018-06-21 11:59'
        message = f"this file, with the {noun}'s version and date, is missing"
        if project.get_values_path(period).exists():  # else mpr new has not been run, and writes both files
            problems.append(Problem(Place(project.display_path(path)), "E108", message, hint))
        return None, None
    text = read_text(path, project.display_path(path), problems)
    document = parse_yaml(text, project.display_path(path), problems) if text is not None else None
    return parse_model(EditionSettings, document, (), document.value, problems) if document else None, document


def find_next_appendices(
    edition: EditionSettings, document: YamlDocument, report: ReportSettings, period: Period, problems: list[Problem]
) -> Period | None:
    """Return the period whose report has the next appendices; note if it is missing or not a later period."""
    text, place = edition.next_appendices, document.locate(("next_appendices",))
    if not text:
        if report.no_appendices and not edition.appendices:
            message = "this report has no appendices, and does not say when the next are due"
            hint = "name them under appendices, or write next_appendices: and the period of the report that has them"
            problems.append(Problem(Place(place.file), "W146", message, hint, Severity.WARNING, subject="appendices"))
        return None
    next_period = find_period(text, report.year_starts)
    if not next_period:
        problems.append(Problem(place, "E123", f"this must be a period such as 2018-06, not {quote(text)}"))
    elif next_period.last <= period.last:
        message = (
            f"the next appendices are said to be due in {next_period.full_name}, which is not after {period.full_name}"
        )
        problems.append(Problem(place, "E144", message, "write the period of the report that has them"))
    elif not report.no_appendices:
        hint = "say no_appendices under report in indicators.yaml"
        problems.append(Problem(place, "E145", "the words of the notice on the next appendices are missing", hint))
    return next_period


def find_previous_edition(project: Project, period: Period) -> EditionSettings | None:
    """Return the edition of the latest earlier period of the same length, None if there is none or it is unreadable."""
    year_starts = period.year.first.number if isinstance(period, PeriodPart) else period.first.number
    periods = (find_period(path.stem, year_starts) for path in project.data.glob("*.yaml"))
    earlier = [
        candidate
        for candidate in periods
        if candidate and candidate.frequency is period.frequency and candidate.last < period.last
    ]
    newest = max(earlier, key=lambda candidate: candidate.last, default=None)
    return read_edition(project, newest, [])[0] if newest else None
