"""The order in which a PDF is read: a tree of tags, one for each HTML element, made from WeasyPrint's boxes.

A box is a piece of an element: a line of a link, a page of a table. `Reader` goes through the boxes page by page and
puts what was painted under the tag of its element, whichever page it is on. What is repeated on every page (running
heads and feet, the head of a table that goes on) stands under no tag: it is an artifact, which is not read.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

SVG = "{http://www.w3.org/2000/svg}"

# The tags of elements; an element without one hands its content to the element that it stands in.
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
# The tags, from the outside, of elements that stand directly in a tag or an element: lists, and tables of contents.
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
BULLET_BOXES = {"li::marker", "li::before"}  # what stands before an item of a list is its label
CELL_ROLES = {"TH", "TD"}
INLINE_ROLES = {"Link", "Span", "Reference"}  # tags that stand in lines of words
REPEATED_ROLES = {"THead", "TFoot"}  # on each page of a table

ArtifactKind = dict[str, str]
LAYOUT_ARTIFACT: ArtifactKind = {"Type": "/Layout"}
PAGINATION_ARTIFACT: ArtifactKind = {"Type": "/Pagination"}
RUNNING_ARTIFACTS = {
    "@top": PAGINATION_ARTIFACT | {"Subtype": "/Header"},
    "@bottom": PAGINATION_ARTIFACT | {"Subtype": "/Footer"},
}


@dataclass(frozen=True, eq=False)
class PaintedPage:
    """A page as it was painted: its number from 0, height, box and stream; marks and links, each number by its box."""

    number: int
    height: float
    box: Any
    stream: Any
    marks: dict[Any, int]
    links: dict[Any, int]


@dataclass(frozen=True)
class ContentRef:
    """What is on a page: a mark or a link, by its number."""

    page: PaintedPage
    number: int
    is_link: bool = False


@dataclass(frozen=True, eq=False)
class Tag:
    """A tag: what it is, the first box of its element with its page, and what is in it, in the order of reading.

    A tag holds tags, and what is on a page.
    """

    role: str
    parent: "Tag | None"
    box: Any
    page: PaintedPage
    kids: "list[Tag | ContentRef]" = field(default_factory=list)

    def iter_by_role(self, role: str) -> Iterator["Tag"]:
        """Yield the tags of a role in this one, in the order of reading."""
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from [kid] if kid.role == role else kid.iter_by_role(role)

    @property
    def self_and_ancestors(self) -> Iterator["Tag"]:
        """The tag and all that it stands in, from the inside."""
        yield self
        if self.parent:
            yield from self.parent.self_and_ancestors

    @property
    def is_included(self) -> bool:
        """Whether there is anything to read in it, or it is a cell: an empty cell is a cell."""
        return self.role in CELL_ROLES or any(not isinstance(kid, Tag) or kid.is_included for kid in self.kids)

    @property
    def is_repetition(self) -> bool:
        """Whether its element repeats one of the piece before."""
        return bool(self.get_attribute("data-again"))

    @property
    def columns(self) -> set[int]:
        """The columns of its table in which a cell stands."""
        return set(range(self.box.grid_x, self.box.grid_x + self.box.colspan))

    def get_attribute(self, name: str) -> str:
        """Return an attribute of its element."""
        return "" if self.box.element is None else str(self.box.element.get(name, ""))


class StructureTreeBuilder:
    """Puts what was painted under the tags of its elements, page after page.

    `spaced` are the marks after which a space is wanted: WeasyPrint paints none at the end of a line, nor any that
    stands alone, so that the words on both sides would be read as one.
    """

    def __init__(self, first_page: PaintedPage) -> None:
        """Begin with nothing but the document, and its first page."""
        self.root = Tag("Document", None, first_page.box, first_page)
        self.marks_before_space: set[tuple[PaintedPage, int]] = set()
        self._tags: dict[tuple[Any, str], Tag] = {}  # by element and its name, or what stands before it
        self._last_words: dict[
            Tag, tuple[tuple[PaintedPage, int], str]
        ] = {}  # the mark read last in a block of lines, and its words

    def add_page(self, page: PaintedPage) -> dict[int, ArtifactKind]:
        """Put what is on a page under its tags; return the marks of what is not read, each with its kind."""
        return dict(self._add_box(page.box, self.root, page, None))

    def _add_box(
        self, box: Any, tag: Tag, page: PaintedPage, kind: ArtifactKind | None
    ) -> Iterator[tuple[int, ArtifactKind]]:
        box = getattr(box, "_box", box)  # what WeasyPrint leaves where an absolute box was taken out
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
            if words := getattr(box, "text", ""):
                self._note_missing_space(words, tag, page, page.marks[box])
        for child in box.children:
            yield from self._add_box(child, tag, page, kind)

    def _get_tag(self, box: Any, parent: Tag, page: PaintedPage) -> Tag:  # noqa: ANN401 - as above
        """Return the tag into which the content of a box's element goes: its own, or that of what it stands in."""
        name = box.element_tag if box.element_tag in BULLET_BOXES else box.element_tag.split("::")[0]
        if (box.element, name) not in self._tags:
            self._tags[box.element, name] = _open_tag(name, box, parent, page)
        return self._tags[box.element, name]

    def _note_missing_space(self, words: str, tag: Tag, page: PaintedPage, mark: int) -> None:
        """Want a space before words that a tag has just got, where they would run into those before them."""
        block = next(ancestor for ancestor in tag.self_and_ancestors if ancestor.role not in INLINE_ROLES)
        if block in self._last_words:
            mark_before, words_before = self._last_words[block]
            if _needs_space_between(words_before, words, "".join(block.box.element.itertext())):
                self.marks_before_space.add(mark_before)
        self._last_words[block] = (page, mark), words


def _needs_space_between(left: str, right: str, source: str) -> bool:
    """Say whether no space is between two pieces of a text, and yet they are not pieces of one word of its source."""
    if left[-1].isspace() or right[0].isspace():
        return False
    return left.rsplit(maxsplit=1)[-1] + right.split(maxsplit=1)[0] not in source


def _classify_artifact(box: Any, tag: Tag, page: PaintedPage) -> ArtifactKind | None:  # noqa: ANN401 - as above
    """Say what kind of artifact a box is, if it is one."""
    if tag.is_repetition or (tag.role in REPEATED_ROLES and tag.page is not page):
        return PAGINATION_ARTIFACT
    if getattr(box, "text", "-").isspace():
        return LAYOUT_ARTIFACT  # of which nothing is painted
    return RUNNING_ARTIFACTS.get(getattr(box, "at_keyword", "").split("-")[0])


def _open_tag(name: str, box: Any, parent: Tag, page: PaintedPage) -> Tag:  # noqa: ANN401 - as above
    """Open the tag of an element inside another's, with the tags that must stand between them."""
    if name in BULLET_BOXES and parent.role == "LBody" and parent.parent:
        label = Tag("Lbl", parent.parent, box, page)
        parent.parent.kids.insert(0, label)
        return label
    if name == "a" and not box.element.get("href"):
        return parent
    default_roles = (ROLES[name],) if name in ROLES else ()
    roles = ROLES_WITHIN.get((parent.role, name)) or ROLES_WITHIN.get((parent.box.element_tag, name)) or default_roles
    if name == "dd" and (terms := list(parent.iter_by_role("LI"))):
        roles, parent = roles[1:], terms[-1]
    for role in roles:
        tag = Tag(role, parent, box, page)
        parent.kids.append(tag)
        parent = tag
    return parent


def iter_cell_headers(table: Tag) -> Iterator[tuple[Tag, list[Tag]]]:
    """Yield each cell that is no head with its heads: of its group of rows, its row and, from above, its columns."""
    columns = [head for part in table.iter_by_role("THead") for head in part.iter_by_role("TH")]
    for part in (*table.iter_by_role("TBody"), *table.iter_by_role("TFoot")):
        groups = [head for head in part.iter_by_role("TH") if head.get_attribute("scope") == "rowgroup"]
        for row in part.iter_by_role("TR"):
            rows = [head for head in row.iter_by_role("TH") if head not in groups]
            for cell in row.iter_by_role("TD"):
                yield cell, [*groups, *rows, *(head for head in columns if head.columns & cell.columns)]


def make_header_ids(heads: Iterable[Tag]) -> Iterator[str]:
    """Name the heads of tables by their own anchors, or else by their number of such below the anchor next around."""
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
