"""The frozen `Report`: everything that one edition prints, rated, rounded and put into words.

What renders it looks nothing up, computes nothing and words nothing; HTML, PDF and whatever else is made of an
edition are made of this. Only charts carry exact numbers, because they are drawn to scale.
"""

from dataclasses import dataclass

from mpr.report.picture import Bullet, Trend


@dataclass(frozen=True)
class Figure:
    """A value or a target as printed ("83.0%", "38 – 48", "[x]"), and a word that marks it ("proxy"), if any.

    `spoken` is what a screen reader says instead, where the text is a symbol.
    """

    text: str
    mark: str = ""
    spoken: str = ""


@dataclass(frozen=True)
class Overruling:
    """That an officer set the outcome: the reason, and what the rule alone would have said."""

    reason: str
    rule: str


@dataclass(frozen=True)
class Rating:
    """An outcome as printed: `kind` names its mark's shape and colour, `word` is short, `sentence` in full."""

    kind: str
    word: str
    sentence: str
    overruling: Overruling | None = None


@dataclass(frozen=True)
class Change:
    """Better or worse than last year: `kind` names the mark, `detail` says which figures were compared."""

    kind: str
    word: str
    detail: str


@dataclass(frozen=True)
class Commentary:
    """An officer's comment as written and as HTML made of the safe part of Markdown; `long` asks for two columns."""

    text: str
    html: str
    long: bool


@dataclass(frozen=True)
class Column:
    """A column of a table of indicators: `key` names the part of a row that it shows."""

    key: str
    title: str
    meaning: str


@dataclass(frozen=True)
class Row:
    """One indicator in a table: a part for every column that a section may have.

    `detail` is the anchor of the indicator's detail, or nothing where it has none. `note` is the anchor of the note
    on the overruling in the same section.
    """

    anchor: str
    code: str
    detail: str
    name: str
    measure: str
    polarity: str
    latest: str
    value: Figure
    target: Figure
    annual: Figure
    rating: Rating
    note: str
    change: Change
    comment: Commentary | None
    managers: str
    committee: str


@dataclass(frozen=True)
class Note:
    """The note below a table on one overruled outcome."""

    anchor: str
    code: str
    text: str


@dataclass(frozen=True)
class Count:
    """How many indicators have one outcome."""

    rating: Rating
    number: int
    words: str


@dataclass(frozen=True)
class DepartmentRows:
    """The rows of one responsible department, or of no single one."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class OutcomeGroup:
    """All exceptions of one outcome, by department."""

    anchor: str
    title: str
    count: Count
    departments: tuple[DepartmentRows, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Heading:
    """A section's place in the report ("Section 1"), its title, and its line in the contents."""

    anchor: str
    label: str
    title: str
    description: str


@dataclass(frozen=True)
class Exceptions:
    """Section 1: indicators rated red or amber, and green ones with a comment."""

    heading: Heading
    introduction: str
    columns: tuple[Column, ...]
    groups: tuple[OutcomeGroup, ...]


@dataclass(frozen=True)
class AimRows:
    """The indicators of one aim, with its priorities and its counts."""

    anchor: str
    name: str
    priorities: tuple[str, ...]
    counts: tuple[Count, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Corporate:
    """Section 2: every corporate indicator, by aim."""

    heading: Heading
    introduction: str
    columns: tuple[Column, ...]
    counts: tuple[Count, ...]
    aims: tuple[AimRows, ...]


@dataclass(frozen=True)
class HistoryCell:
    """A period of one year in a history: `state` is past, current or future."""

    value: Figure
    target: Figure
    rating: Rating | None
    state: str


@dataclass(frozen=True)
class HistoryRow:
    """A month, or a quarter, of two years: `kind` is month or quarter."""

    label: str
    kind: str
    cells: tuple[HistoryCell, ...]


@dataclass(frozen=True)
class History:
    """Twelve months by two financial years; `notes` say where figures cannot be compared."""

    title: str
    years: tuple[str, ...]
    rows: tuple[HistoryRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """A labelled fact of an indicator ("Managed by", "Joanna Ruffle")."""

    label: str
    text: str


@dataclass(frozen=True)
class Block:
    """The detail of one red or amber indicator; `no_history` and `no_chart` say why there is none, if so."""

    anchor: str
    code: str
    alias: str
    name: str
    rating: Rating
    facts: tuple[Fact, ...]
    history: History | None
    no_history: str
    no_chart: str
    bullet: Bullet | None
    trend: Trend | None
    rule: tuple[str, ...]
    comment: Commentary | None


@dataclass(frozen=True)
class AimBlocks:
    """The details under one aim, with its priorities and its counts."""

    anchor: str
    name: str
    priorities: tuple[str, ...]
    counts: tuple[Count, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Detail:
    """Section 3: the detail of every red and amber indicator, by aim."""

    heading: Heading
    introduction: str
    aims: tuple[AimBlocks, ...]


@dataclass(frozen=True)
class PartnershipGroup:
    """A group of partnership indicators and the sentence that stands for those not supplied."""

    anchor: str
    name: str
    text: str


@dataclass(frozen=True)
class Partnership:
    """Section 4: partnership indicators."""

    heading: Heading
    introduction: str
    groups: tuple[PartnershipGroup, ...]


@dataclass(frozen=True)
class Entry:
    """A line of the contents, with the lines under it."""

    anchor: str
    label: str
    title: str
    description: str = ""
    entries: tuple["Entry", ...] = ()


@dataclass(frozen=True)
class Contact:
    """Whom to ask."""

    email: str
    telephone: str


@dataclass(frozen=True)
class Cover:
    """The first page: contents, the outcomes at a glance, green indicators with a comment, notices, imprint."""

    contents: tuple[Entry, ...]
    counts: tuple[Count, ...]
    off_track: tuple[Entry, ...]
    greens: tuple[Entry, ...]
    notices: tuple[str, ...]
    contacts: tuple[Contact, ...]


@dataclass(frozen=True)
class Key:
    """Every column and symbol that this edition uses, and no other."""

    columns: tuple[Column, ...]
    ratings: tuple[tuple[Rating, str], ...]
    changes: tuple[Change, ...]
    symbols: tuple[tuple[str, str], ...]
    rule: str


@dataclass(frozen=True)
class Edition:
    """What the whole document is called and where it stands in time; `created` is ISO 8601."""

    title: str
    organisation: str
    publisher: str
    month: str
    version: str
    generated: str
    created: str


@dataclass(frozen=True)
class Report:
    """One edition of the Monthly Performance Report."""

    edition: Edition
    cover: Cover
    key: Key
    exceptions: Exceptions
    corporate: Corporate
    detail: Detail
    partnership: Partnership

    @property
    def charts(self) -> tuple[Trend | Bullet, ...]:
        """Every chart in the report, in reading order."""
        blocks = (block for aim in self.detail.aims for block in aim.blocks)
        return tuple(chart for block in blocks for chart in (block.bullet, block.trend) if chart)
