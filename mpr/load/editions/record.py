"""The record of a report: the figures that it printed, in a file beside it that a person can read.

There is one file of values a month, so that a figure changed after its report was made can be told only by what the
report had printed. Every build writes the record of its own report, and whoever compares reads the earlier one's.
Figures stand in it as printed, periods by their names.
"""

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mpr.load.limits import LONGEST_WORDS
from mpr.load.text_files import read_text
from mpr.problem import Place, Problem

RECORD_SUFFIX = "figures.json"
VALUE_TARGET_PAIR = re.compile(r'\{\s+("value": ".*",)\s+("target": ".*")\s+\}')

UNICODE_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}")  # a letter by its number: as_json writes none
ShortText = Annotated[str, Field(max_length=LONGEST_WORDS)]


class FrozenModel(BaseModel):
    """What is read back only as it was written: nothing more, nothing of another kind."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class RecordedFigure(FrozenModel):
    """The value and the target of one period, as printed."""

    value: ShortText
    target: ShortText


class RecordEntry(FrozenModel):
    """What the report said of one indicator: its outcome, its annual target, and its periods by their names."""

    name: ShortText
    outcome: ShortText
    annual_target: ShortText
    periods: Mapping[ShortText, RecordedFigure]


class Record(FrozenModel):
    """What a report printed, by code; `period`, `version` and `generated` say which report it was."""

    period: ShortText
    version: ShortText
    generated: ShortText
    indicators: Mapping[ShortText, RecordEntry]

    def restrict_to(self, codes: Collection[str]) -> "Record":
        """Return what was printed of some indicators."""
        entries = {code: entry for code, entry in self.indicators.items() if code in codes}
        return self.model_copy(update={"indicators": entries})


def format_generated(generated: datetime) -> str:
    """Write when a report was generated, so that the earlier of two comes first in the alphabet too."""
    return f"{generated:%Y-%m-%d %H:%M}"


def format_record(record: Record) -> str:
    """Return a record as the text of its file, with the figures of a period on a line of their own."""
    return VALUE_TARGET_PAIR.sub(r"{\1 \2}", record.model_dump_json(indent=2)) + "\n"


def read_record(path: Path, display_path: str, problems: list[Problem]) -> Record | None:
    """Return the record of a report, None where there is none; note it where it is not as it was written."""
    text = read_text(path, display_path, problems) if path.exists() else None
    if text is None:
        return None
    with suppress(ValidationError):
        record = Record.model_validate_json(text)
        if not UNICODE_ESCAPE.search(text):
            return record
    message = "this record of the report's figures is not as it was written"
    hint = "put it back as it was, or build that report again if its figures have not been changed since"
    problems.append(Problem(Place(display_path), "E114", message, hint))
    return None
