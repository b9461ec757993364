"""A tag of the PDF as it is kept and written: all that it says, and nothing of the boxes that it was made from."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Self

import pydyf

from mpr.problem import InputError
from mpr.render.paper.fault import unsound
from mpr.render.paper.structure import CELLS, SVG, Spot, Tag, headers, ids

POINT = 0.75  # a CSS pixel in units of the PDF
NUMBERINGS = {"disc": "Disc", "circle": "Circle", "square": "Square", "decimal": "Decimal"}
SCOPES = {"row": "Row", "rowgroup": "Row"}  # of a head by its `scope`; all others are a column's


class Place(NamedTuple):
    """What is on a page, both by their numbers: a mark, or a link."""

    page: int
    number: int
    link: bool


class Element(NamedTuple):
    """A tag: its kind and page; what it says of itself, as a PDF writes it; a head's id; a link's words; what is in it.

    As a tuple it goes into JSON and comes back by `read`.
    """

    role: str
    page: int
    said: dict[str, str]
    name: str
    words: str
    kids: "tuple[Element | Place, ...]"

    def all(self, role: str) -> Iterator["Element"]:
        """Yield the elements of a role in this one, in the order of reading."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from [kid] if kid.role == role else kid.all(role)

    @classmethod
    def read(cls, data: Any, pages: int) -> Self:  # noqa: ANN401 - of JSON
        """Return the element that JSON holds, with so many pages before it."""
        role, page, said, name, words, held = data
        kids = (_place(each, pages) if isinstance(each[0], int) else cls.read(each, pages) for each in held)
        return cls(role, page + pages, said, name, words, tuple(kids))


def _place(data: tuple[int, int, bool], pages: int) -> Place:
    page, number, link = data
    return Place(page + pages, number, link)


def joined(one: Element, other: Element, depth: int) -> Element:
    """Return what two documents hold as one: the outer tags of the second, so many, go on with those of the first."""
    kids = other.kids
    if depth:
        last, first, *rest = one.kids[-1], *kids
        if not isinstance(last, Element) or not isinstance(first, Element) or last.role != first.role:
            raise InputError([unsound("what goes on after a cut is not what was there before it")])
        return one._replace(kids=(*one.kids[:-1], joined(last, first, depth - 1), *rest))
    return one._replace(kids=(*one.kids, *kids))


def described(root: Tag) -> Element:
    """Return a document as it is kept: without tags that hold nothing."""
    heads = list(root.all("TH"))
    names = dict(zip(heads, ids(heads), strict=True))
    under = {cell: [names[each] for each in found] for table in root.all("Table") for cell, found in headers(table)}
    return _described(root, names, under)


def _described(tag: Tag, names: dict[Tag, str], under: dict[Tag, list[str]]) -> Element:
    said = _instead(tag)
    if attributes := _cell(tag, under.get(tag, ())) if tag.role in CELLS else _attributes(tag):
        said["A"] = pydyf.Dictionary(attributes)
    kids = (
        Place(kid.page.number, kid.number, kid.link) if isinstance(kid, Spot) else _described(kid, names, under)
        for kid in tag.kids
        if isinstance(kid, Spot) or (kid.kept and not kid.again)
    )
    return Element(
        tag.role,
        tag.page.number,
        {key: value.data.decode("latin-1") for key, value in said.items()},
        names.get(tag, ""),
        _text(tag.box.element) if tag.role == "Link" else "",
        tuple(kids),
    )


def _cell(tag: Tag, heads: Iterable[str]) -> dict[str, Any]:
    """Return what a cell says of its place in the table."""
    spans = {"ColSpan": tag.box.colspan, "RowSpan": tag.box.rowspan}
    said: dict[str, Any] = {"O": "/Table", **{name: span for name, span in spans.items() if span > 1}}
    if tag.role == "TH":
        return said | {"Scope": f"/{SCOPES.get(tag.said('scope'), 'Column')}"}
    return said | {"Headers": pydyf.Array(map(pydyf.String, heads))}


def _attributes(tag: Tag) -> dict[str, Any]:
    """Return what a figure says of its place, a list of its bullets, a table of what it holds."""
    if tag.role == "Figure":
        left, top = tag.box.content_box_x() * POINT, tag.page.height - tag.box.content_box_y() * POINT
        right, bottom = left + tag.box.width * POINT, top - tag.box.height * POINT
        return {"O": "/Layout", "BBox": pydyf.Array(round(each, 2) for each in (left, bottom, right, top))}
    if tag.role == "L" and tag.box.element_tag != "dl" and tag.box.style["list_style_type"] in NUMBERINGS:
        return {"O": "/List", "ListNumbering": f"/{NUMBERINGS[tag.box.style['list_style_type']]}"}
    if tag.role == "Table" and (caption := tag.box.element.find("caption")) is not None:
        return {"O": "/Table", "Summary": pydyf.String(_text(caption))}
    return {}


def _instead(tag: Tag) -> dict[str, pydyf.Object]:
    """Return the words that are read instead of a figure, or of a symbol."""
    if tag.role == "Figure":
        title = tag.box.element.find(f"{SVG}title")
        return {"Alt": pydyf.String(tag.said("alt") if title is None else title.text)}
    return {"E": pydyf.String(tag.said("title"))} if tag.role == "Span" and tag.said("title") else {}


def _text(element: Any) -> str:  # noqa: ANN401 - WeasyPrint has no types
    return " ".join("".join(element.itertext()).split())
