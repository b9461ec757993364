"""A tag of the PDF as it is kept and written: all that it says, and nothing of the boxes that it was made from."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Self

import pydyf

from mpr.problem import InputError
from mpr.render.pdf.structure_tree import CELL_ROLES, SVG, ContentRef, Tag, iter_cell_headers, make_header_ids
from mpr.render.pdf.template_fault import make_pdf_problem

POINTS_PER_PIXEL = 0.75  # a CSS pixel in units of the PDF
NUMBERINGS = {"disc": "Disc", "circle": "Circle", "square": "Square", "decimal": "Decimal"}
SCOPES = {"row": "Row", "rowgroup": "Row"}  # of a head by its `scope`; all others are a column's


class ContentPlace(NamedTuple):
    """What is on a page, both by their numbers: a mark, or a link."""

    page: int
    number: int
    is_link: bool


class StructureElement(NamedTuple):
    """A tag: its kind and page; what it says of itself, as a PDF writes it; a head's id; a link's words; what is in it.

    As a tuple it goes into JSON and comes back by `read`.
    """

    role: str
    page: int
    entries: dict[str, str]
    header_id: str
    link_text: str
    kids: "tuple[StructureElement | ContentPlace, ...]"

    def iter_by_role(self, role: str) -> Iterator["StructureElement"]:
        """Yield the elements of a role in this one, in the order of reading."""
        for kid in self.kids:
            if isinstance(kid, StructureElement):
                yield from [kid] if kid.role == role else kid.iter_by_role(role)

    @classmethod
    def from_json(cls, data: Any, pages_before: int) -> Self:  # noqa: ANN401 - of JSON
        """Return the element that JSON holds, with so many pages before it."""
        role, page, entries, header_id, link_text, kids_data = data
        kids = (
            _parse_place(kid_data, pages_before)
            if isinstance(kid_data[0], int)
            else cls.from_json(kid_data, pages_before)
            for kid_data in kids_data
        )
        return cls(role, page + pages_before, entries, header_id, link_text, tuple(kids))


def _parse_place(data: tuple[int, int, bool], pages_before: int) -> ContentPlace:
    page, number, is_link = data
    return ContentPlace(page + pages_before, number, is_link)


def join_elements(earlier: StructureElement, later: StructureElement, shared_depth: int) -> StructureElement:
    """Return what two documents hold as one: the outer tags of the second, so many, go on with those of the first."""
    kids = later.kids
    if shared_depth:
        last_kid, first_kid, *other_kids = earlier.kids[-1], *kids
        if (
            not isinstance(last_kid, StructureElement)
            or not isinstance(first_kid, StructureElement)
            or last_kid.role != first_kid.role
        ):
            raise InputError([make_pdf_problem("what goes on after a cut is not what was there before it")])
        return earlier._replace(
            kids=(*earlier.kids[:-1], join_elements(last_kid, first_kid, shared_depth - 1), *other_kids)
        )
    return earlier._replace(kids=(*earlier.kids, *kids))


def build_element(root: Tag) -> StructureElement:
    """Return a document as it is kept: without tags that hold nothing."""
    heads = list(root.iter_by_role("TH"))
    header_ids = dict(zip(heads, make_header_ids(heads), strict=True))
    headers_by_cell = {
        cell: [header_ids[head] for head in cell_heads]
        for table in root.iter_by_role("Table")
        for cell, cell_heads in iter_cell_headers(table)
    }
    return _convert_tag(root, header_ids, headers_by_cell)


def _convert_tag(tag: Tag, header_ids: dict[Tag, str], headers_by_cell: dict[Tag, list[str]]) -> StructureElement:
    entries = _build_replacement_text(tag)
    if (
        attributes := _build_cell_attributes(tag, headers_by_cell.get(tag, ()))
        if tag.role in CELL_ROLES
        else _build_attributes(tag)
    ):
        entries["A"] = pydyf.Dictionary(attributes)
    kids = (
        ContentPlace(kid.page.number, kid.number, kid.is_link)
        if isinstance(kid, ContentRef)
        else _convert_tag(kid, header_ids, headers_by_cell)
        for kid in tag.kids
        if isinstance(kid, ContentRef) or (kid.is_included and not kid.is_repetition)
    )
    return StructureElement(
        tag.role,
        tag.page.number,
        {key: value.data.decode("latin-1") for key, value in entries.items()},
        header_ids.get(tag, ""),
        _extract_text(tag.box.element) if tag.role == "Link" else "",
        tuple(kids),
    )


def _build_cell_attributes(tag: Tag, header_ids: Iterable[str]) -> dict[str, Any]:
    """Return what a cell says of its place in the table."""
    spans = {"ColSpan": tag.box.colspan, "RowSpan": tag.box.rowspan}
    attributes: dict[str, Any] = {"O": "/Table", **{name: span for name, span in spans.items() if span > 1}}
    if tag.role == "TH":
        return attributes | {"Scope": f"/{SCOPES.get(tag.get_attribute('scope'), 'Column')}"}
    return attributes | {"Headers": pydyf.Array(map(pydyf.String, header_ids))}


def _build_attributes(tag: Tag) -> dict[str, Any]:
    """Return what a figure says of its place, a list of its bullets, a table of what it holds."""
    if tag.role == "Figure":
        left, top = (
            tag.box.content_box_x() * POINTS_PER_PIXEL,
            tag.page.height - tag.box.content_box_y() * POINTS_PER_PIXEL,
        )
        right, bottom = left + tag.box.width * POINTS_PER_PIXEL, top - tag.box.height * POINTS_PER_PIXEL
        return {"O": "/Layout", "BBox": pydyf.Array(round(edge, 2) for edge in (left, bottom, right, top))}
    if tag.role == "L" and tag.box.element_tag != "dl" and tag.box.style["list_style_type"] in NUMBERINGS:
        return {"O": "/List", "ListNumbering": f"/{NUMBERINGS[tag.box.style['list_style_type']]}"}
    if tag.role == "Table" and (caption := tag.box.element.find("caption")) is not None:
        return {"O": "/Table", "Summary": pydyf.String(_extract_text(caption))}
    return {}


def _build_replacement_text(tag: Tag) -> dict[str, pydyf.Object]:
    """Return the words that are read instead of a figure, or of a symbol."""
    if tag.role == "Figure":
        title = tag.box.element.find(f"{SVG}title")
        return {"Alt": pydyf.String(tag.get_attribute("alt") if title is None else title.text)}
    return {"E": pydyf.String(tag.get_attribute("title"))} if tag.role == "Span" and tag.get_attribute("title") else {}


def _extract_text(element: Any) -> str:  # noqa: ANN401 - WeasyPrint has no types
    return " ".join("".join(element.itertext()).split())
