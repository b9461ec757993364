"""The frozen `Report`: everything that one edition prints, rated, rounded and put into words.

What renders it looks nothing up, computes nothing and words nothing; HTML, PDF, spreadsheet and whatever else is made
of an edition are made of this. Charts and figures carry exact numbers: to draw to scale, and to hand out as data.
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
    """Words as printed, with what is said aside of them; `link` is the anchor that the words lead to, if any.

    `refer` is an anchor that is referred to besides, and `reference` the words that lead there.
    """

    text: str
    asides: tuple[str, ...] = ()
    link: str = ""
    refer: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Lines:
    """Short texts one below the other."""

    lines: tuple[str, ...]


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
class RatingCell:
    """An outcome in a table; `note` is the anchor of the note on its overruling in the same section, if any."""

    rating: Rating
    note: str


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


Content = Text | Lines | PrintedFigure | RatingCell | Change | Commentary | Sparkline | None


@dataclass(frozen=True)
class Column:
    """A column of a table of indicators: `kind` names the macro that prints its cells, `head` the one that heads rows.

    `key` names it in the settings, `style` in the styles; `width` is its share of the page in per cent, if not theirs.
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
    """One indicator in a table: a cell for every column of its section, in their order."""

    anchor: str
    code: str
    cells: tuple[Content, ...]
    facets: FilterAttributes


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
class Heading:
    """A section's place in the report ("Section 1"), its title, and its line in the contents."""

    anchor: str
    label: str
    title: str
    description: str


@dataclass(frozen=True)
class RowGroup:
    """The rows that belong together inside a group, under a name, or all of them without one."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Group:
    """A group of a table under its heading: `label` says of what kind ("Aim"), `title` is its name or sentence.

    A group by outcome has its `count`, an aim its `priorities`. `caption` names its table, `empty` is the sentence that
    stands for no rows.
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
    """A section with a row for each indicator; `style` names the widths of its columns."""

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
    """A period of one year in a history: `state` is past, current or future."""

    value: PrintedFigure
    target: PrintedFigure
    rating: Rating | None
    state: str


@dataclass(frozen=True)
class HistoryRow:
    """A period of two years: `kind` is month, quarter where one stands between months, or period."""

    label: str
    kind: str
    cells: tuple[HistoryCell, ...]


@dataclass(frozen=True)
class History:
    """The periods of two years side by side, or years one below the other; `notes` say what to know of the figures.

    `period` heads the column of periods; `computed` says that some quarters show what their months make.
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
    """The detail of one indicator; `no_history` and `no_chart` say why there is none, if so.

    A `brief` one may share its page.
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
    """The details of one group under its heading, with its priorities and its counts; `title` is its name, if any."""

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
    """A line of the contents, with the lines under it."""

    anchor: str
    label: str
    title: str
    description: str = ""
    entries: tuple["ContentsEntry", ...] = ()


@dataclass(frozen=True)
class Contact:
    """Whom to ask."""

    email: str
    telephone: str


@dataclass(frozen=True)
class Cover:
    """The first page: contents, outcomes at a glance, what is on track and has a comment, what versions corrected."""

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
    """Every column and symbol that this edition uses, and no other; `dense` asks for them to be set closer."""

    dense: bool
    columns: tuple[Column, ...]
    ratings: tuple[tuple[Rating, str], ...]
    changes: tuple[Change, ...]
    symbols: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]

    @property
    def has_symbols(self) -> bool:
        """Whether there is any sign to explain."""
        return bool(self.changes or self.symbols)


@dataclass(frozen=True)
class Edition:
    """What the document is called and where it stands in time; `created` is ISO 8601, a `long` period wants room.

    `pack` is whose part of the report it is and `scope` says so; both are empty for the whole report.
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
    """One edition of the report: `outcomes` are the council's, for how they look; `filters` are a reader's choices.

    `dataset` has its figures, where they are asked for.
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
