"""Read and write the record of a report: the figures that it printed, in a readable file beside it.

Each month has only one file of values, so a figure that was changed after its report was made can be recognised only
from what the report printed. Every build writes its record; a later comparison reads it. Figures are kept as printed,
periods by their names.
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

UNICODE_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}")  # format_record never writes one
ShortText = Annotated[str, Field(max_length=LONGEST_WORDS)]


class FrozenModel(BaseModel):
    """A strict model: it refuses unknown fields and values of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class RecordedFigure(FrozenModel):
    """The value and the target of one period, as printed."""

    value: ShortText
    target: ShortText


class RecordEntry(FrozenModel):
    """What the report printed about one indicator: outcome, annual target, and its figures by the names of periods."""

    name: ShortText
    outcome: ShortText
    annual_target: ShortText
    periods: Mapping[ShortText, RecordedFigure]


class Record(FrozenModel):
    """What a report printed, by indicator code; `period`, `version` and `generated` identify the report."""

    period: ShortText
    version: ShortText
    generated: ShortText
    indicators: Mapping[ShortText, RecordEntry]

    def restrict_to(self, codes: Collection[str]) -> "Record":
        """Return the record of these indicators only."""
        entries = {code: entry for code, entry in self.indicators.items() if code in codes}
        return self.model_copy(update={"indicators": entries})


def format_generated(generated: datetime) -> str:
    """Write when a report was generated in a form that sorts by time: `2018-06-21 11:59`."""
    return f"{generated:%Y-%m-%d %H:%M}"


def format_record(record: Record) -> str:
    """Return a record as the JSON of its file, with the figures of each period on one line."""
    return VALUE_TARGET_PAIR.sub(r"{\1 \2}", record.model_dump_json(indent=2)) + "\n"


def read_record(path: Path, display_path: str, problems: list[Problem]) -> Record | None:
    """Return the record of a report, None if there is none; note a problem if it has been changed or is unreadable."""
    text = read_text(path, display_path, problems) if path.exists() else None
    if text is None:
        return None
    with suppress(ValidationError):
        record = Record.model_validate_json(text)
        if not UNICODE_ESCAPE.search(text):
            return record
    message = "this record of the report's figures has been changed since it was written"
    hint = "put it back as it was, or build that report again if its figures have not changed since"
    problems.append(Problem(Place(display_path), "E114", message, hint))
    return None
