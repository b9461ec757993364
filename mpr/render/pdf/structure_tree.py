"""The order in which a PDF is read: a tree of tags, one for each HTML element, built from the boxes of the layout.

A box is a part of an element: a line of a link, one page's rows of a table. `StructureTreeBuilder` walks the boxes
page by page and puts painted content under the tag of its element, on whichever page it is. Content repeated on every
page (running heads and feet, the head of a table that continues) gets no tag: it is an artifact, which is not read.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mpr.render.pdf.weasyprint_internals import LayoutBox, PageStream

SVG = "{http://www.w3.org/2000/svg}"

# The tag of each element; the content of any other element goes to the tag around it.
ROLES = {
    **dict.fromkeys(("div", "figure"), "Div"),
    **dict.fromkeys(("section", "nav"), "Sect"),
    **{name: name.upper() for name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "th", "td")},
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    **dict.fromkeys(("caption", "figcaption"), "Caption"),
    **dict.fromkeys(("img", f"{SVG}svg"), "Figure"),
    "main": "Part", "article": "Art", "blockquote": "BlockQuote", "a": "Link", "abbr": "Span",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot",
}  # fmt: skip
# The tags, outermost first, of an element by the tag or element directly around it: lists and tables of contents.
ROLES_WITHIN = {
    ("L", "li"): ("LI", "LBody"),
    ("L", "dt"): ("LI", "Lbl"),
    ("L", "dd"): ("LI", "LBody"),
    ("nav", "ol"): ("TOC",),
    ("nav", "ul"): ("TOC",),
    ("TOC", "li"): ("TOCI",),
    ("TOCI", "ol"): ("TOC",),
    ("TOCI", "ul"): ("TOC",),
    ("TOCI", "span"): ("Lbl",),
    ("TOCI", "a"): ("Reference", "Link"),
}
BULLET_BOXES = {"li::marker", "li::before"}  # their content is the label of a list item
CELL_ROLES = {"TH", "TD"}
INLINE_ROLES = {"Link", "Span", "Reference"}  # tags within a line of words
REPEATED_ROLES = {"THead", "TFoot"}  # printed on each page of a table

ArtifactKind = dict[str, str]
LAYOUT_ARTIFACT: ArtifactKind = {"Type": "/Layout"}
PAGINATION_ARTIFACT: ArtifactKind = {"Type": "/Pagination"}
RUNNING_ARTIFACTS = {
    "@top": PAGINATION_ARTIFACT | {"Subtype": "/Header"},
    "@bottom": PAGINATION_ARTIFACT | {"Subtype": "/Footer"},
}


@dataclass(frozen=True, eq=False)
class PaintedPage:
    """A painted page: its number from 0, height in points, box and stream; the numbers of marks and links by box."""

    number: int
    height: float
    box: LayoutBox
    stream: PageStream
    marks: dict[LayoutBox, int]
    links: dict[LayoutBox, int]


@dataclass(frozen=True)
class ContentRef:
    """A reference to content on a page: a mark or a link, by its number."""

    page: PaintedPage
    number: int
    is_link: bool = False


@dataclass(frozen=True, eq=False)
class Tag:
    """A tag: its role, the first box of its element with its page, and the tags and content in it, in reading order."""

    role: str
    parent: "Tag | None"
    box: LayoutBox
    page: PaintedPage
    kids: "list[Tag | ContentRef]" = field(default_factory=list)

    def iter_by_role(self, role: str) -> Iterator["Tag"]:
        """Yield the tags of a role in this one, in reading order; not those inside another of the same role."""
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from [kid] if kid.role == role else kid.iter_by_role(role)

    @property
    def self_and_ancestors(self) -> Iterator["Tag"]:
        """The tag, its parent, and so on up to the document."""
        yield self
        if self.parent:
            yield from self.parent.self_and_ancestors

    @property
    def is_included(self) -> bool:
        """Whether it belongs into the PDF: it holds content, or it is a cell, which counts even if it is empty."""
        return self.role in CELL_ROLES or any(not isinstance(kid, Tag) or kid.is_included for kid in self.kids)

    @property
    def is_repetition(self) -> bool:
        """Whether its element repeats a head of the chunk before."""
        return bool(self.get_attribute("data-again"))

    @property
    def columns(self) -> set[int]:
        """The columns that a cell takes, counted from 0."""
        return set(self.box.columns)

    def get_attribute(self, name: str) -> str:
        """Return an attribute of its element, empty if it has none."""
        return self.box.get_attribute(name)


class StructureTreeBuilder:
    """Puts painted content under the tags of its elements, page after page.

    `marks_before_space` are the marks that need a space at their end: WeasyPrint paints none at the end of a line, and
    none that is alone between two elements, so that a screen reader would join the words on both sides.
    """

    def __init__(self, first_page: PaintedPage) -> None:
        """Start with an empty document."""
        self.root = Tag("Document", None, first_page.box, first_page)
        self.marks_before_space: set[tuple[PaintedPage, int]] = set()
        self._tags: dict[tuple[object, str], Tag] = {}  # by element, and its name or that of its bullet
        # the last mark in each block of lines, and its words
        self._last_words: dict[Tag, tuple[tuple[PaintedPage, int], str]] = {}

    def add_page(self, page: PaintedPage) -> dict[int, ArtifactKind]:
        """Put the content of a page under its tags; return the marks that are artifacts, each with its kind."""
        return dict(self._add_box(page.box, self.root, page, None))

    def _add_box(
        self, box: LayoutBox, tag: Tag, page: PaintedPage, kind: ArtifactKind | None
    ) -> Iterator[tuple[int, ArtifactKind]]:
        if box.element is not None:
            tag = self._get_tag(box, tag, page)
        kind = kind or _classify_artifact(box, tag, page)
        if box in page.links:
            next(ancestor for ancestor in tag.self_and_ancestors if ancestor.role == "Link").kids.append(
                ContentRef(page, page.links[box], is_link=True)
            )
        if box in page.marks and kind:
            yield page.marks[box], kind
        elif box in page.marks:
            tag.kids.append(ContentRef(page, page.marks[box]))
            if box.words:
                self._note_missing_space(box.words, tag, page, page.marks[box])
        for child in box.children:
            yield from self._add_box(child, tag, page, kind)

    def _get_tag(self, box: LayoutBox, parent: Tag, page: PaintedPage) -> Tag:
        """Return the tag for the content of a box's element: its own, or else that of the element around it."""
        name = box.tag_name if box.tag_name in BULLET_BOXES else box.tag_name.split("::")[0]
        if (box.element, name) not in self._tags:
            self._tags[box.element, name] = _open_tag(name, box, parent, page)
        return self._tags[box.element, name]

    def _note_missing_space(self, words: str, tag: Tag, page: PaintedPage, mark: int) -> None:
        """Note the mark before words that were just added, if a screen reader would join both."""
        block = next(ancestor for ancestor in tag.self_and_ancestors if ancestor.role not in INLINE_ROLES)
        if block in self._last_words:
            mark_before, words_before = self._last_words[block]
            if _needs_space_between(words_before, words, block.box.source_text):
                self.marks_before_space.add(mark_before)
        self._last_words[block] = (page, mark), words


def _needs_space_between(left: str, right: str, source: str) -> bool:
    """Whether two parts of a text have no space between them although the source does not join them in one word."""
    if left[-1].isspace() or right[0].isspace():
        return False
    return left.rsplit(maxsplit=1)[-1] + right.split(maxsplit=1)[0] not in source


def _classify_artifact(box: LayoutBox, tag: Tag, page: PaintedPage) -> ArtifactKind | None:
    """Return what kind of artifact a box is, None if it is read."""
    if tag.is_repetition or (tag.role in REPEATED_ROLES and tag.page is not page):
        return PAGINATION_ARTIFACT
    if box.words.isspace():
        return LAYOUT_ARTIFACT
    return RUNNING_ARTIFACTS.get(box.margin_name.split("-")[0])


def _open_tag(name: str, box: LayoutBox, parent: Tag, page: PaintedPage) -> Tag:
    """Open the tag of an element inside its parent's, with the tags that are required between them."""
    if name in BULLET_BOXES and parent.role == "LBody" and parent.parent:
        label = Tag("Lbl", parent.parent, box, page)
        parent.parent.kids.insert(0, label)
        return label
    if name == "a" and not box.get_attribute("href"):
        return parent
    default_roles = (ROLES[name],) if name in ROLES else ()
    roles = ROLES_WITHIN.get((parent.role, name)) or ROLES_WITHIN.get((parent.box.tag_name, name)) or default_roles
    if name == "dd" and (terms := list(parent.iter_by_role("LI"))):
        roles, parent = roles[1:], terms[-1]
    for role in roles:
        tag = Tag(role, parent, box, page)
        parent.kids.append(tag)
        parent = tag
    return parent


def iter_cell_headers(table: Tag) -> Iterator[tuple[Tag, list[Tag]]]:
    """Yield each data cell of a table with its headers: of its row group, its row and, from the top, its columns."""
    columns = [head for part in table.iter_by_role("THead") for head in part.iter_by_role("TH")]
    for part in (*table.iter_by_role("TBody"), *table.iter_by_role("TFoot")):
        groups = [head for head in part.iter_by_role("TH") if head.get_attribute("scope") == "rowgroup"]
        for row in part.iter_by_role("TR"):
            rows = [head for head in row.iter_by_role("TH") if head not in groups]
            for cell in row.iter_by_role("TD"):
                yield cell, [*groups, *rows, *(head for head in columns if head.columns & cell.columns)]


def make_header_ids(heads: Iterable[Tag]) -> Iterator[str]:
    """Yield an id for each header cell: its own, or else the nearest id around it and a number counted under that."""
    counts: Counter[str] = Counter()
    for head in heads:
        if own_id := head.get_attribute("id"):
            yield own_id
        else:
            anchor = next(
                (ancestor.get_attribute("id") for ancestor in head.self_and_ancestors if ancestor.get_attribute("id")),
                "",
            )
            counts[anchor] += 1
            yield f"{anchor}:{counts[anchor]}"
