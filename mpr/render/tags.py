"""The tags of the PDF, by which a screen reader reads it, in place of those that WeasyPrint writes.

WeasyPrint has a tag for each box of its layout: a table on three pages is three tables whose repeated heads are read as
rows, a link of two lines is two links, and heads name the wrong cells. `finisher` is the way in: it makes the tree that
`structure` describes and writes it, with what each tag says of itself. It knows pydyf, and how WeasyPrint uses it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

import pydyf

from mpr.render.structure import CELLS, SVG, Kind, Page, Reader, Tag, headers, ids

POINT = 0.75  # a CSS pixel in units of the PDF
PRINTED = 4  # the flag of an annotation that is there on paper too
NUMBERINGS = {"disc": "Disc", "circle": "Circle", "square": "Square", "decimal": "Decimal"}
SCOPES = {"row": "Row", "rowgroup": "Row"}  # of a head by its `scope`; all others are a column's


def finisher(document: Any) -> Callable[[Any, pydyf.PDF], None]:  # noqa: ANN401 - WeasyPrint has no types
    """Return what gives a document's PDF its tags, for `write_pdf`; ask for it before the PDF is written.

    WeasyPrint forgets the mark of each box as it writes its own tree, so that is noted while a page is painted.
    """
    painted: list[Page] = []

    def paint(number: int, page: Any, stream: Any, scale: float) -> None:  # noqa: ANN401 - as above
        type(page).paint(page, stream, scale)
        marks = {box: mark["mcid"] for box, mark in stream._tags.items()}  # noqa: SLF001 - there is no other way
        painted.append(Page(number, page.height * POINT, page._page_box, stream, marks))  # noqa: SLF001

    for number, page in enumerate(document.pages):
        page.paint = partial(paint, number, page)
    return partial(_finish, painted)


def _finish(painted: list[Page], document: Any, pdf: pydyf.PDF) -> None:  # noqa: ANN401 - as above
    reader = Reader(painted[0])
    artifacts = {page: reader.read(page) for page in painted}
    fonts = [font for font in document.fonts.values() if " " in font.to_unicode.values()]
    spaces = {font.hash: next(glyph for glyph, text in font.to_unicode.items() if text == " ") for font in fonts}
    for page in painted:
        _amend(page, artifacts[page], {mark for spaced, mark in reader.spaced if spaced is page}, spaces)
    _clear(pdf)
    _Writer(pdf, reader.root).write()


def _amend(page: Page, artifacts: Mapping[int, Kind], spaced: Collection[int], spaces: Mapping[str, int]) -> None:
    """Make artifacts of marks on a page, and end marks with a space: its glyph by the font."""
    items = page.stream.stream
    font, last, mark = "", 0, None
    for at, item in enumerate(items):
        if isinstance(item, pydyf.Dictionary) and "MCID" in item:
            mark = item["MCID"]
            if mark in artifacts:
                items[at - 1 : at + 1] = "/Artifact", pydyf.Dictionary(artifacts[mark])
        elif isinstance(item, bytes) and item.endswith(b" Tf"):
            font = item.split()[0][1:].decode()
        elif isinstance(item, bytes) and item.endswith(b"] TJ"):
            last = at
        elif item == b"ET" and mark in spaced and font in spaces:
            items[last] = items[last].replace(b"] TJ", f"<{spaces[font]:04x}>] TJ".encode())


def _clear(pdf: pydyf.PDF) -> None:
    """Take WeasyPrint's own tree away: it lies at the end, with only the metadata after it."""
    root = int(pdf.catalog["StructTreeRoot"].split()[0])
    first = int(pdf.objects[root]["ParentTree"].split()[0])
    metadata = pdf.objects[-1]
    del pdf.objects[first:]
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference


class _Writer:
    """Writes tags into a PDF."""

    def __init__(self, pdf: pydyf.PDF, root: Tag) -> None:
        self.pdf = pdf
        self.root = root
        self.pages = pdf.page_references
        heads = list(root.all("TH"))
        self.ids = dict(zip(heads, ids(heads), strict=True))
        self.headers = {cell: heads for table in root.all("Table") for cell, heads in headers(table)}
        self.owners: dict[int, dict[int, bytes]] = defaultdict(dict)  # who holds a mark, by page and mark
        self.links: list[bytes] = []  # who holds an annotation
        self.named: list[tuple[bytes, bytes]] = []  # heads by their ids

    def write(self) -> None:
        """Write all tags, and the ways back to them: from what is on the pages, and from ids."""
        top = self._add({"Type": "/StructTreeRoot"})
        top["K"] = self._tag(self.root, top)
        marks = [self.owners[page] for page in range(len(self.pages))]
        lists = [pydyf.Array(held.get(each, b"null") for each in range(max(held, default=-1) + 1)) for held in marks]
        numbers = [each for pair in enumerate([*lists, *self.links]) for each in pair]
        top["ParentTree"] = self._add({"Nums": pydyf.Array(numbers)}).reference
        names = [each for pair in sorted(self.named) for each in pair]
        top["IDTree"] = self._add({"Names": pydyf.Array(names)}).reference
        self.pdf.catalog["StructTreeRoot"] = top.reference

    def _add(self, values: dict[str, Any]) -> pydyf.Dictionary:
        written = pydyf.Dictionary(values)
        self.pdf.add_object(written)
        return written

    def _tag(self, tag: Tag, around: pydyf.Dictionary) -> bytes:
        page = self.pages[tag.page.number]
        written = self._add({"Type": "/StructElem", "S": f"/{tag.role}", "P": around.reference, "Pg": page})
        written.update(_instead(tag))
        if attributes := self._cell(tag) if tag.role in CELLS else _attributes(tag):
            written["A"] = pydyf.Dictionary(attributes)
        if tag in self.ids:
            written["ID"] = pydyf.String(self.ids[tag])
            self.named.append((written["ID"].data, written.reference))
        kept = [kid for kid in tag.kids if not isinstance(kid, Tag) or kid.kept]
        written["K"] = pydyf.Array(self._kid(kid, tag, written) for kid in kept)
        return bytes(written.reference)

    def _kid(self, kid: Tag | tuple[Page, Any], tag: Tag, written: pydyf.Dictionary) -> Any:  # noqa: ANN401 - pydyf has no types
        if isinstance(kid, Tag):
            return self._tag(kid, written)
        page, here = self.pages[kid[0].number], kid[1]
        if isinstance(here, pydyf.Dictionary):
            here.update(Contents=_text(tag.box.element), F=PRINTED, StructParent=len(self.pages) + len(self.links))
            self.links.append(written.reference)
            return pydyf.Dictionary({"Type": "/OBJR", "Pg": page, "Obj": here.reference})
        self.owners[kid[0].number][here] = written.reference
        return here if kid[0] is tag.page else pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": here})

    def _cell(self, tag: Tag) -> dict[str, Any]:
        """Return what a cell says of its place in the table."""
        spans = {"ColSpan": tag.box.colspan, "RowSpan": tag.box.rowspan}
        said: dict[str, Any] = {"O": "/Table", **{name: span for name, span in spans.items() if span > 1}}
        if tag.role == "TH":
            return said | {"Scope": f"/{SCOPES.get(tag.said('scope'), 'Column')}"}
        return said | {"Headers": pydyf.Array(pydyf.String(self.ids[head]) for head in self.headers.get(tag, []))}


def _attributes(tag: Tag) -> dict[str, Any]:
    """Return what a figure says of its place, a list of its bullets, a table of what it holds."""
    if tag.role == "Figure":
        left, top = tag.box.content_box_x() * POINT, tag.page.height - tag.box.content_box_y() * POINT
        right, bottom = left + tag.box.width * POINT, top - tag.box.height * POINT
        return {"O": "/Layout", "BBox": pydyf.Array(round(each, 2) for each in (left, bottom, right, top))}
    if tag.role == "L" and tag.box.element_tag != "dl" and tag.box.style["list_style_type"] in NUMBERINGS:
        return {"O": "/List", "ListNumbering": f"/{NUMBERINGS[tag.box.style['list_style_type']]}"}
    if tag.role == "Table" and (caption := tag.box.element.find("caption")) is not None:
        return {"O": "/Table", "Summary": _text(caption)}
    return {}


def _instead(tag: Tag) -> dict[str, pydyf.String]:
    """Return the words that are read instead of a figure, or of a symbol."""
    if tag.role == "Figure":
        title = tag.box.element.find(f"{SVG}title")
        return {"Alt": pydyf.String(tag.said("alt") if title is None else title.text)}
    return {"E": pydyf.String(tag.said("title"))} if tag.role == "Span" and tag.said("title") else {}


def _text(element: Any) -> pydyf.String:  # noqa: ANN401 - WeasyPrint has no types
    return pydyf.String(" ".join("".join(element.itertext()).split()))
