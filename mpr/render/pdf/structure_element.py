"""The elements of the PDF's structure tree, as they are cached and written: without the boxes they were made from."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Self
from xml.etree.ElementTree import Element

import pydyf

from mpr.problem import InputError
from mpr.render.pdf.structure_tree import CELL_ROLES, SVG, ContentRef, Tag, iter_cell_headers, make_header_ids
from mpr.render.pdf.template_fault import make_pdf_problem

POINTS_PER_PIXEL = 0.75  # a CSS pixel in units of the PDF
NUMBERINGS = {"disc": "Disc", "circle": "Circle", "square": "Square", "decimal": "Decimal"}
SCOPES = {"row": "Row", "rowgroup": "Row"}  # of a header cell by its `scope` in HTML; any other is a column's


class ContentPlace(NamedTuple):
    """A mark or a link, by its number and that of its page, both counted from 0."""

    page: int
    number: int
    is_link: bool


class StructureElement(NamedTuple):
    """An element: its role and page, attributes as a PDF writes them, header id, text of a link, and its kids.

    A tuple, so that it can be written as JSON; `from_json` reads it back.
    """

    role: str
    page: int
    entries: dict[str, str]
    header_id: str
    link_text: str
    kids: "tuple[StructureElement | ContentPlace, ...]"

    def iter_by_role(self, role: str) -> Iterator["StructureElement"]:
        """Yield the elements of a role in this one, in reading order; not those inside another of the same role."""
        for kid in self.kids:
            if isinstance(kid, StructureElement):
                yield from [kid] if kid.role == role else kid.iter_by_role(role)

    @classmethod
    def from_json(cls, data: Any, pages_before: int) -> Self:  # noqa: ANN401 - nested lists
        """Return an element from what JSON holds; `pages_before` is added to the numbers of its pages."""
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
    """Return two documents as one; the outermost `shared_depth` elements of the later one continue the earlier's.

    Raises InputError if these are not of the same roles.
    """
    kids = later.kids
    if shared_depth:
        last_kid, first_kid, *other_kids = earlier.kids[-1], *kids
        if (
            not isinstance(last_kid, StructureElement)
            or not isinstance(first_kid, StructureElement)
            or last_kid.role != first_kid.role
        ):
            raise InputError([make_pdf_problem("the elements after a cut do not continue those before it")])
        return earlier._replace(
            kids=(*earlier.kids[:-1], join_elements(last_kid, first_kid, shared_depth - 1), *other_kids)
        )
    return earlier._replace(kids=(*earlier.kids, *kids))


def build_element(root: Tag) -> StructureElement:
    """Return a document as elements, without tags that hold nothing and without repeated heads."""
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
        _collapse_spaces(tag.box.source_text) if tag.role == "Link" else "",
        tuple(kids),
    )


def _build_cell_attributes(tag: Tag, header_ids: Iterable[str]) -> dict[str, Any]:
    """Return the attributes of a cell: its spans, and its scope or its headers."""
    spans = {"ColSpan": tag.box.column_span, "RowSpan": tag.box.row_span}
    attributes: dict[str, Any] = {"O": "/Table", **{name: span for name, span in spans.items() if span > 1}}
    if tag.role == "TH":
        return attributes | {"Scope": f"/{SCOPES.get(tag.get_attribute('scope'), 'Column')}"}
    return attributes | {"Headers": pydyf.Array(map(pydyf.String, header_ids))}


def _build_attributes(tag: Tag) -> dict[str, Any]:
    """Return where a figure is on its page, which bullets a list has, or what a table is about."""
    if tag.role == "Figure":
        x, y, width, height = tag.box.content_area
        left, top = x * POINTS_PER_PIXEL, tag.page.height - y * POINTS_PER_PIXEL
        right, bottom = left + width * POINTS_PER_PIXEL, top - height * POINTS_PER_PIXEL
        return {"O": "/Layout", "BBox": pydyf.Array(round(edge, 2) for edge in (left, bottom, right, top))}
    if tag.role == "L" and tag.box.tag_name != "dl" and tag.box.list_style in NUMBERINGS:
        return {"O": "/List", "ListNumbering": f"/{NUMBERINGS[tag.box.list_style]}"}
    if tag.role == "Table" and (caption := tag.box.find("caption")) is not None:
        return {"O": "/Table", "Summary": pydyf.String(_extract_text(caption))}
    return {}


def _build_replacement_text(tag: Tag) -> dict[str, pydyf.Object]:
    """Return the words that are read in place of a figure or a symbol."""
    if tag.role == "Figure":
        title = tag.box.find(f"{SVG}title")
        return {"Alt": pydyf.String(tag.get_attribute("alt") if title is None else title.text)}
    return {"E": pydyf.String(tag.get_attribute("title"))} if tag.role == "Span" and tag.get_attribute("title") else {}


def _extract_text(element: Element) -> str:
    return _collapse_spaces("".join(element.itertext()))


def _collapse_spaces(text: str) -> str:
    return " ".join(text.split())
