"""What is particular to one edition of a report, in a file of its own beside the period's values."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from mpr.load.appendix import MOST, AppendixSettings
from mpr.load.nodes import DISAGREE, Document, read_model, read_nodes, wanted
from mpr.load.scalars import OneOrMore, Words
from mpr.load.schema import ReportSettings
from mpr.load.text import read_text
from mpr.load.vocabulary import Strict
from mpr.measure.period import Part, Period, named
from mpr.problem import Place, Problem, Severity, quoted
from mpr.project import Project


def _moment(text: object) -> datetime:
    try:
        return datetime.strptime(str(text), "%Y-%m-%d %H:%M")  # noqa: DTZ007 - local time, as printed on the cover
    except ValueError:
        raise wanted("a date and time such as 2018-06-21 11:59") from None


class AcceptedSettings(Strict):
    """A finding of `mpr check` that officers have looked at and let stand: as it was printed, and why."""

    finding: Words
    reason: Words


class Correction(Strict):
    """What a version changed that corrects a published one."""

    version: Words
    changed: Words


class Edition(Strict):
    """What is particular to one edition: version, date, notices, what was accepted and corrected.

    It has appendices, or says by its period which report has the next.
    """

    version: Words
    generated: Annotated[datetime, BeforeValidator(_moment)]
    notices: OneOrMore = ()
    appendices: Annotated[tuple[AppendixSettings, ...], Field(max_length=MOST)] = ()
    next_appendices: str = ""
    accepted: tuple[AcceptedSettings, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def without(self, codes: Sequence[str]) -> "Edition":
        """Return it without the notices and corrections that name one of some indicators."""
        named = re.compile("|".join(rf"\b{re.escape(code)}(?![\w.]*\d)" for code in codes) or r"(?!)")
        return self.model_copy(
            update={
                "notices": tuple(each for each in self.notices if not named.search(each)),
                "corrections": tuple(each for each in self.corrections if not named.search(each.changed)),
            }
        )

    @model_validator(mode="after")
    def _agrees(self) -> "Edition":
        if self.appendices and self.next_appendices:
            message = "'appendices' and 'next_appendices' exclude each other; keep one of them"
            raise PydanticCustomError(DISAGREE, message)
        return self


# Stands for an edition that could not be read, so that the rest can be judged all the same; the problem noted stops it.
UNREAD = Edition.model_construct(version="", generated=_moment("2000-01-01 00:00"), notices=())


@dataclass(frozen=True)
class Accepted:
    """A finding that officers let stand, in the words in which it was printed, and where they said so."""

    finding: str
    place: Place


def read_edition(project: Project, period: Period, problems: list[Problem]) -> tuple[Edition | None, Document | None]:
    """Read what is particular to the period's edition, and where it stands.

    The second may be had without the first, so that what was accepted is known where something else is wrong.
    """
    path = project.edition(period)
    if not path.exists():
        noun = period.frequency.noun
        others = any(project.data.glob("*.yaml"))
        copied = f"copy last {noun}'s beside it and change version, generated and notices"
        hint = copied if others else 'write two lines: version: "1.0" and generated: 2018-06-21 11:59'
        message = f"this file, with the {noun}'s version and date, is missing"
        if project.values(period).exists():  # else the period has not begun, and mpr new writes both
            problems.append(Problem(Place(project.shown(path)), "E108", message, hint))
        return None, None
    text = read_text(path, project.shown(path), problems)
    document = read_nodes(text, project.shown(path), problems) if text is not None else None
    return read_model(Edition, document, (), document.value, problems) if document else None, document


def accepted(document: Document) -> Iterator[Accepted]:
    """Yield the findings that officers let stand, as far as they can be read."""
    said = document.value.get("accepted") if isinstance(document.value, dict) else None
    for index, each in enumerate(said if isinstance(said, list) else ()):
        if isinstance(each, dict) and isinstance(each.get("finding"), str):
            yield Accepted(each["finding"], document.place(("accepted", index, "finding")))


def next_appendices(
    edition: Edition, document: Document, report: ReportSettings, period: Period, problems: list[Problem]
) -> Period | None:
    """Return the period whose report has the next appendices, noting where that cannot be, or is not said."""
    text, place = edition.next_appendices, document.place(("next_appendices",))
    if not text:
        if report.no_appendices and not edition.appendices:
            message = "this report has no appendices, and does not say when the next are due"
            hint = "name them under appendices, or write next_appendices: and the period of the report that has them"
            problems.append(Problem(Place(place.file), "W146", message, hint, Severity.WARNING))
        return None
    found = named(text, report.year_starts)
    if not found:
        problems.append(Problem(place, "E123", f"a period such as 2018-06 is wanted here, not {quoted(text)}"))
    elif found.last <= period.last:
        message = f"the next appendices are said to be due in {found.words}, which is not after {period.words}"
        problems.append(Problem(place, "E144", message, "write the period of the report that has them"))
    elif not report.no_appendices:
        hint = "say no_appendices under report in indicators.yaml"
        problems.append(Problem(place, "E145", "the words of the notice on the next appendices are missing", hint))
    return found


def edition_before(project: Project, period: Period) -> Edition | None:
    """Return the newest edition of an earlier period of the same length, None where there is none that can be read."""
    starts = period.year.first.number if isinstance(period, Part) else period.first.number
    periods = (named(path.stem, starts) for path in project.data.glob("*.yaml"))
    earlier = [each for each in periods if each and each.frequency is period.frequency and each.last < period.last]
    newest = max(earlier, key=lambda each: each.last, default=None)
    return read_edition(project, newest, [])[0] if newest else None
