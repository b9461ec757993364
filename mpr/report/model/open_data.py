"""The figures of a `Report` as data, in exact numbers and plain words.

The spreadsheet, the CSV and the JSON are rendered from these classes. Numbers have the decimals they are printed with;
a percentage is 83, not 0.83. What is unknown or does not apply is an empty text or None.
"""

from dataclasses import dataclass
from decimal import Decimal

REVISED_MARK = "[r]"  # on a value that differs from the one first published


@dataclass(frozen=True)
class PrintedFigure:
    """A value or a target as printed ("83.0%", "38 – 48", "[x]"), with its marks ("proxy"), if any.

    `numbers` are its exact numbers: two for a range, none for a symbol. `spoken` replaces a symbol for a screen reader.
    `of` has the numbers behind a percentage ("799 of 1,077"), if known, or the period or year of an older figure.
    """

    text: str
    mark: str = ""
    spoken: str = ""
    of: str = ""
    numbers: tuple[Decimal, ...] = ()

    @property
    def note(self) -> str:
        """Its marks in words, or the reason why there is no number: `proxy`, `not available`."""
        return ", ".join(filter(None, [self.spoken, *self.mark.replace(REVISED_MARK, "revised").split()]))


@dataclass(frozen=True)
class DataPeriod:
    """A period: its `name` ("2018-05"), `kind` ("month") and last day (`ends`, ISO 8601)."""

    name: str
    words: str
    kind: str
    ends: str


@dataclass(frozen=True)
class HistoryEntry:
    """One period of an indicator: `latest` marks the period of the indicator's value in the report.

    `overruled` marks an outcome that an officer set in place of the rule's.
    """

    period: DataPeriod
    value: PrintedFigure
    target: PrintedFigure
    outcome: str
    overruled: bool
    latest: bool


@dataclass(frozen=True)
class IndicatorData:
    """One indicator in a report, with its periods of this year and the year before in `history`, oldest first.

    `code` identifies it; `coded` is False if the council prints no code. An indicator has an `aim`, a partnership
    indicator a `group` instead. `owners` are owners of the council's own kinds, each with the kind's title. `latest` is
    the period of `value` and `target`; `due` says whether a figure was due for the report's own period. `rule_outcome`
    is the outcome by the rule alone, `reason` the officer's for overruling it. `comment` is plain text; `notes` are
    remarks on the figures.
    """

    code: str
    coded: bool
    name: str
    alias: str
    aim: str
    group: str
    departments: tuple[str, ...]
    committee: str
    managers: tuple[str, ...]
    owners: tuple[tuple[str, tuple[str, ...]], ...]
    introduced: int | None
    source: str
    unit: str
    percent: bool
    polarity: str
    measure: str
    latest: DataPeriod
    due: bool
    value: PrintedFigure
    target: PrintedFigure
    annual_target: PrintedFigure
    outcome: str
    rule_outcome: str
    overruled: bool
    reason: str
    change: str
    comparisons: tuple[str, ...]
    comment: str
    notes: tuple[str, ...]
    history: tuple[HistoryEntry, ...]


@dataclass(frozen=True)
class DataNote:
    """A note for readers of the data: its `kind` ("Symbol"), what it is `about` ("[x]"), and its text."""

    kind: str
    about: str
    text: str


@dataclass(frozen=True)
class Dataset:
    """The indicators of a report in their order, and the notes on the data."""

    items: tuple[IndicatorData, ...]
    remarks: tuple[DataNote, ...]


EMPTY_DATASET = Dataset((), ())
