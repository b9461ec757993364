"""The figures of a `Report` as data: what it says of each indicator in exact numbers and plain words.

Spreadsheet, CSV and JSON are made of this. Numbers are those of the page, with the decimals they are printed with; a
percentage is 83, not 0.83. What is not known or does not apply is an empty text, or none.
"""

from dataclasses import dataclass
from decimal import Decimal

REVISED_MARK = "[r]"  # marks a value that is another than was first published


@dataclass(frozen=True)
class PrintedFigure:
    """A value or a target as printed ("83.0%", "38 – 48", "[x]"), and a word that marks it ("proxy"), if any.

    `numbers` are the exact ones in it: two of a range, none of a symbol. `spoken` is what a screen reader says instead,
    where the text is a symbol. `of` is what a percentage was made of ("799 of 1,077"), where that is known.
    """

    text: str
    mark: str = ""
    spoken: str = ""
    of: str = ""
    numbers: tuple[Decimal, ...] = ()

    @property
    def note(self) -> str:
        """Its marks in words, or why there is no number: `proxy`, `not available`."""
        return ", ".join(filter(None, [self.spoken, *self.mark.replace(REVISED_MARK, "revised").split()]))


@dataclass(frozen=True)
class DataPeriod:
    """A period: `name` as its data file has it ("2018-05"), `kind` ("month", "quarter"), last day as ISO 8601."""

    name: str
    words: str
    kind: str
    ends: str


@dataclass(frozen=True)
class HistoryEntry:
    """What is known of one period of an indicator; `latest` is the one on which the indicator stands in the report.

    `overruled` says that an officer set the outcome in place of the rule's.
    """

    period: DataPeriod
    value: PrintedFigure
    target: PrintedFigure
    outcome: str
    overruled: bool
    latest: bool


@dataclass(frozen=True)
class IndicatorData:
    """Where one indicator stands, and the periods of this year and the last up to the report's, oldest first.

    `code` identifies it; `coded` says whether it is printed, for some councils' indicators have none and go by their
    short name. `aim` or, for a partnership indicator, `group` is where it belongs; `owners` are its owners of the
    council's own kinds, each under the kind's title. `latest` is the period of `value` and `target`, `due` says whether
    the report's own had a figure due. `rule_outcome` is what the rule alone gives, `reason` why an officer
    overruled it. `comment` is without markup; `notes` say what to know of the figures.
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
    """What has to be known to read the data: of what kind it is ("Symbol"), what it is about, and what to know."""

    kind: str
    about: str
    text: str


@dataclass(frozen=True)
class Dataset:
    """The indicators of a report in its order, and the remarks on them."""

    items: tuple[IndicatorData, ...]
    remarks: tuple[DataNote, ...]


EMPTY_DATASET = Dataset((), ())
