"""What is particular to one edition of a report, in a file of its own beside the period's values."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from mpr.load.appendix import MOST, AppendixSettings
from mpr.load.nodes import DISAGREE, wanted
from mpr.load.scalars import OneOrMore, Words
from mpr.load.vocabulary import Strict


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
