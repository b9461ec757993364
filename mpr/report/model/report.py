"""The frozen `Report`: everything that one edition prints, rated, rounded and put into words.

HTML, PDF and every data format are rendered from it; rendering looks nothing up, computes nothing and adds no words.
Charts and figures carry exact numbers, for drawing to scale and for the open data.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mpr.measure.outcome import Outcome
from mpr.report.model.appendix import Appendix
from mpr.report.model.chart import BulletChart, Sparkline, TrendChart
from mpr.report.model.filters import Filter, FilterAttributes
from mpr.report.model.open_data import EMPTY_DATASET, Dataset, PrintedFigure


@dataclass(frozen=True)
class Text:
    """A text with its asides; `link` is the anchor that the text links to, if any.

    `refer` is the anchor of a second link, if any, and `reference` is the text of that link.
    """

    text: str
    asides: tuple[str, ...] = ()
    link: str = ""
    refer: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Lines:
    """Short texts, one below the other."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Overruling:
    """An outcome set by an officer: the `reason`, and a sentence on what the `rule` alone says."""

    reason: str
    rule: str


@dataclass(frozen=True)
class Rating:
    """An outcome as printed, as a `word` and as a `sentence`; `kind` is its key, which names its mark and colour."""

    kind: str
    word: str
    sentence: str
    overruling: Overruling | None = None


@dataclass(frozen=True)
class RatingCell:
    """An outcome in a table; `note` is the anchor of the note on its overruling in the same section, if any."""

    rating: Rating
    note: str


@dataclass(frozen=True)
class Change:
    """Better or worse than a year before: `kind` names the mark, `detail` says which figures were compared."""

    kind: str
    word: str
    detail: str


@dataclass(frozen=True)
class Commentary:
    """An officer's comment as written, and as HTML from safe Markdown; a `long` one is set in two columns."""

    text: str
    html: str
    long: bool


Content = Text | Lines | PrintedFigure | RatingCell | Change | Commentary | Sparkline | None


@dataclass(frozen=True)
class Column:
    """A column of a table: `kind` is the macro that prints its cells; the column with `head` has the row headers.

    `key` is its name in the settings, `style` its class in the style sheets. `width` is its share of the table in per
    cent; without one, the style sheets set its width.
    """

    key: str
    style: str
    kind: str
    title: str
    meaning: str
    head: bool = False
    width: str = ""


@dataclass(frozen=True)
class Row:
    """One indicator in a table: a cell for each column of the section, in the order of the columns."""

    anchor: str
    code: str
    cells: tuple[Content, ...]
    facets: FilterAttributes


@dataclass(frozen=True)
class Note:
    """The note on an overruled outcome, below a table."""

    anchor: str
    code: str
    text: str


@dataclass(frozen=True)
class Count:
    """The number of indicators with one outcome; `words` has it as text."""

    rating: Rating
    number: int
    words: str


@dataclass(frozen=True)
class Heading:
    """A section's place in the report ("Section 1"), its title, and its line in the contents."""

    anchor: str
    label: str
    title: str
    description: str


@dataclass(frozen=True)
class RowGroup:
    """Rows of a group under a common name, or all rows of the group without a name."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Group:
    """A group of indicators under its heading: `label` is the kind of group ("Aim"), `title` its name or sentence.

    Only a group by outcome has a `count`, only an aim has `priorities`. `caption` is that of its table; a group without
    rows prints the sentence in `empty`.
    """

    anchor: str
    label: str
    title: str
    caption: str
    count: Count | None
    priorities: tuple[str, ...]
    counts: tuple[Count, ...]
    parts: tuple[RowGroup, ...]
    notes: tuple[Note, ...]
    empty: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All its rows."""
        return tuple(row for part in self.parts for row in part.rows)


@dataclass(frozen=True)
class Table:
    """A section with a row for each indicator; `style` is the class of its tables in the style sheets."""

    heading: Heading
    introduction: str
    style: str
    columns: tuple[Column, ...]
    counts: tuple[Count, ...]
    groups: tuple[Group, ...]
    template: str = "table.html"

    @property
    def rows(self) -> tuple[Row, ...]:
        """All its rows."""
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True)
class HistoryCell:
    """One period in a history: `state` is past, current or future."""

    value: PrintedFigure
    target: PrintedFigure
    rating: Rating | None
    state: str


@dataclass(frozen=True)
class HistoryRow:
    """A period, with a cell for each year: `kind` is month, quarter (if between months) or period."""

    label: str
    kind: str
    cells: tuple[HistoryCell, ...]


@dataclass(frozen=True)
class History:
    """The periods of two years side by side, or years one below the other, with `notes` on the figures.

    `period` is the header of the column of periods; `computed` is True if a quarter is calculated from its months.
    """

    title: str
    period: str
    years: tuple[str, ...]
    rows: tuple[HistoryRow, ...]
    notes: tuple[str, ...]
    computed: bool


@dataclass(frozen=True)
class Fact:
    """A labelled fact of an indicator ("Managed by", "Joanna Ruffle")."""

    label: str
    text: str


@dataclass(frozen=True)
class Block:
    """The detail of one indicator; `no_history` and `no_chart` are the sentences printed in place of a missing one.

    A `brief` block may share its page with others.
    """

    anchor: str
    code: str
    facets: FilterAttributes
    alias: str
    name: str
    brief: bool
    rating: Rating
    facts: tuple[Fact, ...]
    history: History | None
    no_history: str
    no_chart: str
    bullet: BulletChart | None
    trend: TrendChart | None
    rule: tuple[str, ...]
    comment: Commentary | None


@dataclass(frozen=True)
class BlockGroup:
    """The blocks of one group under its heading, with its priorities and counts; `title` is its name, if any."""

    anchor: str
    label: str
    title: str
    heading: str
    priorities: tuple[str, ...]
    counts: tuple[Count, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Detail:
    """A section with a block for each indicator."""

    heading: Heading
    introduction: str
    groups: tuple[BlockGroup, ...]
    template: str = "detail.html"

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All its blocks."""
        return tuple(block for group in self.groups for block in group.blocks)


Section = Table | Detail


@dataclass(frozen=True)
class ContentsEntry:
    """A line of the contents, with the lines below it."""

    anchor: str
    label: str
    title: str
    description: str = ""
    entries: tuple["ContentsEntry", ...] = ()


@dataclass(frozen=True)
class Contact:
    """A contact for readers."""

    email: str
    telephone: str


@dataclass(frozen=True)
class Cover:
    """The first page; `greens` are the indicators on track with a comment."""

    contents: tuple[ContentsEntry, ...]
    counts: tuple[Count, ...]
    off_track_title: str
    off_track: tuple[ContentsEntry, ...]
    greens_title: str
    greens: tuple[ContentsEntry, ...]
    corrections: tuple[str, ...]
    notices: tuple[str, ...]
    contacts: tuple[Contact, ...]


@dataclass(frozen=True)
class Key:
    """The explanation of every column and symbol in this edition, and of no other; a `dense` one is set closer."""

    dense: bool
    columns: tuple[Column, ...]
    ratings: tuple[tuple[Rating, str], ...]
    changes: tuple[Change, ...]
    symbols: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]

    @property
    def has_symbols(self) -> bool:
        """Whether there is any symbol to explain."""
        return bool(self.changes or self.symbols)


@dataclass(frozen=True)
class Edition:
    """The title, period, version and dates of a document; `created` is an ISO 8601 date.

    A `long` period is set smaller on the cover. If the document is a part of the report, `pack` is the name of that
    part and `scope` a sentence on it; both are empty for the whole report.
    """

    title: str
    organisation: str
    author: str
    imprint: str
    period: str
    pack: str
    scope: str
    long: bool
    version: str
    generated: str
    created: str


@dataclass(frozen=True)
class Report:
    """One edition of the report: `outcomes` are the council's, with their colours and marks.

    `dataset` has the figures as data; it is empty if only the pages were assembled.
    """

    edition: Edition
    cover: Cover
    key: Key
    sections: tuple[Section, ...]
    outcomes: tuple[Outcome, ...]
    filters: tuple[Filter, ...]
    dataset: Dataset = EMPTY_DATASET
    appendices: tuple[Appendix, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The sections with a row for each indicator."""
        return tuple(section for section in self.sections if isinstance(section, Table))

    @property
    def details(self) -> tuple[Detail, ...]:
        """The sections with a block for each indicator."""
        return tuple(section for section in self.sections if isinstance(section, Detail))

    @property
    def charts(self) -> tuple[TrendChart | BulletChart | Sparkline, ...]:
        """Every chart in the report, in reading order."""
        return tuple(chart for section in self.sections for chart in _iter_charts(section))


def _iter_charts(section: Section) -> Iterator[TrendChart | BulletChart | Sparkline]:
    if isinstance(section, Table):
        return (cell for row in section.rows for cell in row.cells if isinstance(cell, Sparkline))
    return (chart for block in section.blocks for chart in (block.bullet, block.trend) if chart)
