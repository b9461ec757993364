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
WITHIN = {
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
BULLETS = {"li::marker", "li::before"}  # what stands before an item of a list is its label
CELLS = {"TH", "TD"}
WITHIN_LINES = {"Link", "Span", "Reference"}  # tags that stand in lines of words
REPEATED = {"THead", "TFoot"}  # on each page of a table

Kind = dict[str, str]
LAYOUT: Kind = {"Type": "/Layout"}
PAGINATION: Kind = {"Type": "/Pagination"}
RUNNING = {"@top": PAGINATION | {"Subtype": "/Header"}, "@bottom": PAGINATION | {"Subtype": "/Footer"}}


@dataclass(frozen=True, eq=False)
class Page:
    """A page as it was painted: its number from 0, height, box and stream; marks and links, each number by its box."""

    number: int
    height: float
    box: Any
    stream: Any
    marks: dict[Any, int]
    links: dict[Any, int]


@dataclass(frozen=True)
class Spot:
    """What is on a page: a mark or a link, by its number."""

    page: Page
    number: int
    link: bool = False


@dataclass(frozen=True, eq=False)
class Tag:
    """A tag: what it is, the first box of its element with its page, and what is in it, in the order of reading.

    A tag holds tags, and what is on a page.
    """

    role: str
    parent: "Tag | None"
    box: Any
    page: Page
    kids: "list[Tag | Spot]" = field(default_factory=list)

    def all(self, role: str) -> Iterator["Tag"]:
        """Yield the tags of a role in this one, in the order of reading."""
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from [kid] if kid.role == role else kid.all(role)

    @property
    def around(self) -> Iterator["Tag"]:
        """The tag and all that it stands in, from the inside."""
        yield self
        if self.parent:
            yield from self.parent.around

    @property
    def kept(self) -> bool:
        """Whether there is anything to read in it, or it is a cell: an empty cell is a cell."""
        return self.role in CELLS or any(not isinstance(kid, Tag) or kid.kept for kid in self.kids)

    @property
    def again(self) -> bool:
        """Whether its element repeats one of the piece before."""
        return bool(self.said("data-again"))

    @property
    def columns(self) -> set[int]:
        """The columns of its table in which a cell stands."""
        return set(range(self.box.grid_x, self.box.grid_x + self.box.colspan))

    def said(self, name: str) -> str:
        """Return an attribute of its element."""
        return "" if self.box.element is None else str(self.box.element.get(name, ""))


class Reader:
    """Puts what was painted under the tags of its elements, page after page.

    `spaced` are the marks after which a space is wanted: WeasyPrint paints none at the end of a line, nor any that
    stands alone, so that the words on both sides would be read as one.
    """

    def __init__(self, first: Page) -> None:
        """Begin with nothing but the document, and its first page."""
        self.root = Tag("Document", None, first.box, first)
        self.spaced: set[tuple[Page, int]] = set()
        self._tags: dict[tuple[Any, str], Tag] = {}  # by element and its name, or what stands before it
        self._words: dict[
            Tag, tuple[tuple[Page, int], str]
        ] = {}  # the mark read last in a block of lines, and its words

    def read(self, page: Page) -> dict[int, Kind]:
        """Put what is on a page under its tags; return the marks of what is not read, each with its kind."""
        return dict(self._read(page.box, self.root, page, None))

    def _read(self, box: Any, tag: Tag, page: Page, kind: Kind | None) -> Iterator[tuple[int, Kind]]:  # noqa: ANN401 - WeasyPrint has no types
        box = getattr(box, "_box", box)  # what WeasyPrint leaves where an absolute box was taken out
        if box.element is not None:
            tag = self._tag(box, tag, page)
        kind = kind or _kind(box, tag, page)
        if box in page.links:
            next(each for each in tag.around if each.role == "Link").kids.append(Spot(page, page.links[box], link=True))
        if box in page.marks and kind:
            yield page.marks[box], kind
        elif box in page.marks:
            tag.kids.append(Spot(page, page.marks[box]))
            if words := getattr(box, "text", ""):
                self._space(words, tag, page, page.marks[box])
        for child in box.children:
            yield from self._read(child, tag, page, kind)

    def _tag(self, box: Any, around: Tag, page: Page) -> Tag:  # noqa: ANN401 - as above
        """Return the tag into which the content of a box's element goes: its own, or that of what it stands in."""
        name = box.element_tag if box.element_tag in BULLETS else box.element_tag.split("::")[0]
        if (box.element, name) not in self._tags:
            self._tags[box.element, name] = _open(name, box, around, page)
        return self._tags[box.element, name]

    def _space(self, words: str, tag: Tag, page: Page, mark: int) -> None:
        """Want a space before words that a tag has just got, where they would run into those before them."""
        block = next(each for each in tag.around if each.role not in WITHIN_LINES)
        if block in self._words:
            before, last = self._words[block]
            if _runs_together(last, words, "".join(block.box.element.itertext())):
                self.spaced.add(before)
        self._words[block] = (page, mark), words


def _runs_together(one: str, other: str, source: str) -> bool:
    """Say whether no space is between two pieces of a text, and yet they are not pieces of one word of its source."""
    if one[-1].isspace() or other[0].isspace():
        return False
    return one.rsplit(maxsplit=1)[-1] + other.split(maxsplit=1)[0] not in source


def _kind(box: Any, tag: Tag, page: Page) -> Kind | None:  # noqa: ANN401 - as above
    """Say what kind of artifact a box is, if it is one."""
    if tag.again or (tag.role in REPEATED and tag.page is not page):
        return PAGINATION
    if getattr(box, "text", "-").isspace():
        return LAYOUT  # of which nothing is painted
    return RUNNING.get(getattr(box, "at_keyword", "").split("-")[0])


def _open(name: str, box: Any, around: Tag, page: Page) -> Tag:  # noqa: ANN401 - as above
    """Open the tag of an element inside another's, with the tags that must stand between them."""
    if name in BULLETS and around.role == "LBody" and around.parent:
        label = Tag("Lbl", around.parent, box, page)
        around.parent.kids.insert(0, label)
        return label
    if name == "a" and not box.element.get("href"):
        return around
    own = (ROLES[name],) if name in ROLES else ()
    roles = WITHIN.get((around.role, name)) or WITHIN.get((around.box.element_tag, name)) or own
    if name == "dd" and (terms := list(around.all("LI"))):
        roles, around = roles[1:], terms[-1]
    for role in roles:
        tag = Tag(role, around, box, page)
        around.kids.append(tag)
        around = tag
    return around


def headers(table: Tag) -> Iterator[tuple[Tag, list[Tag]]]:
    """Yield each cell that is no head with its heads: of its group of rows, its row and, from above, its columns."""
    columns = [head for part in table.all("THead") for head in part.all("TH")]
    for part in (*table.all("TBody"), *table.all("TFoot")):
        groups = [head for head in part.all("TH") if head.said("scope") == "rowgroup"]
        for row in part.all("TR"):
            rows = [head for head in row.all("TH") if head not in groups]
            for cell in row.all("TD"):
                yield cell, [*groups, *rows, *(head for head in columns if head.columns & cell.columns)]


def ids(heads: Iterable[Tag]) -> Iterator[str]:
    """Name the heads of tables by their own anchors, or else by their number of such below the anchor next around."""
    below: Counter[str] = Counter()
    for head in heads:
        if own := head.said("id"):
            yield own
        else:
            anchor = next((each.said("id") for each in head.around if each.said("id")), "")
            below[anchor] += 1
            yield f"{anchor}:{below[anchor]}"
