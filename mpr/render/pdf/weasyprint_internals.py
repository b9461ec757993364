"""Everything that `mpr` uses of WeasyPrint and that is not part of its documented interface.

No other module names these parts, because an upgrade may move them without notice. The test
tests/render/pdf/test_private_names.py lists them and says which of them moved. (Of pydyf, only what it documents is
used, here and elsewhere.)

WeasyPrint itself is imported inside the functions that need it: reading a cached layout must not load it.
"""

from collections.abc import Collection, Iterator, Mapping
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import pydyf

# WeasyPrint has no types: these names say what an argument is.
Document = Any  # a weasyprint.Document
Page = Any  # a weasyprint.Page
PageStream = Any  # the content of a page or of a form XObject: a pydyf.Stream
FontsByKey = dict[Any, Any]  # filled while pages are painted

RESOURCE_KINDS = ("ColorSpace", "ExtGState", "XObject", "Pattern", "Shading")
OPAQUE_STATES = {  # the graphics states without transparency, by the names that WeasyPrint gives them
    "a1.0": pydyf.Dictionary({"ca": 1.0}),
    "A1.0": pydyf.Dictionary({"CA": 1.0}),
    "a1": pydyf.Dictionary({"ca": 1}),
    "A1": pydyf.Dictionary({"CA": 1}),
}
# How a stream writes a line of words: the font by its name, then the glyphs, then the end of the text.
SELECT_FONT, SHOW_GLYPHS, END_TEXT = b" Tf", b"] TJ", b"ET"


class LayoutBox:
    """A box of the layout: the part of an element on one line or one page. Equal to another if it is the same box."""

    __slots__ = ("_box",)

    def __init__(self, box: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        """Wrap a box; for the placeholder of an absolutely positioned box, the box itself."""
        self._box = getattr(box, "_box", box)

    def __eq__(self, other: object) -> bool:
        """Whether both are the same box."""
        return isinstance(other, LayoutBox) and self._box is other._box

    def __hash__(self) -> int:
        """Return a hash of the box's identity."""
        return hash(self._box)

    @property
    def element(self) -> Element | None:
        """The HTML element that the box belongs to; None for the page and the boxes in its margins."""
        element: Element | None = self._box.element
        return element

    @property
    def tag_name(self) -> str:
        """The name of the element, with its pseudo-element if the box is one's: `li::marker`."""
        return str(self._box.element_tag)

    @property
    def children(self) -> "Iterator[LayoutBox]":
        """The boxes in this one."""
        return map(LayoutBox, self._box.children)

    @property
    def words(self) -> str:
        """The words of a box of text, empty for any other box."""
        return str(getattr(self._box, "text", ""))

    @property
    def margin_name(self) -> str:
        """The name of a box in the margin of a page, such as `@top-left`; empty for any other box."""
        return str(getattr(self._box, "at_keyword", ""))

    @property
    def source_text(self) -> str:
        """The text of the element, as the HTML has it."""
        return "" if self.element is None else "".join(self.element.itertext())

    @property
    def list_style(self) -> str:
        """The bullet style of a list, such as `disc` or `decimal`."""
        return str(self._box.style["list_style_type"])

    @property
    def column_span(self) -> int:
        """How many columns a cell takes."""
        return int(self._box.colspan)

    @property
    def row_span(self) -> int:
        """How many rows a cell takes."""
        return int(self._box.rowspan)

    @property
    def columns(self) -> range:
        """The columns that a cell takes, counted from 0."""
        return range(self._box.grid_x, self._box.grid_x + self._box.colspan)

    @property
    def content_area(self) -> tuple[float, float, float, float]:
        """Left and top edge from the top left corner of the page, width and height, in CSS pixels."""
        return self._box.content_box_x(), self._box.content_box_y(), self._box.width, self._box.height

    def get_attribute(self, name: str) -> str:
        """Return an attribute of the element, empty if it has none."""
        return "" if self.element is None else str(self.element.get(name, ""))

    def find(self, path: str) -> Element | None:
        """Return the first element below the box's element that matches a path."""
        return None if self.element is None else self.element.find(path)


class UsedFont:
    """A font that words are set in, with the glyphs in use."""

    def __init__(self, font: Any) -> None:  # noqa: ANN401 - as above
        """Wrap a font."""
        self._font = font

    @property
    def name(self) -> str:
        """Its name in the streams, without the slash."""
        return str(self._font.hash)

    @property
    def family(self) -> str:
        """The name of its family."""
        return str(self._font.family)

    @property
    def style(self) -> int:
        """Its style as Pango numbers it: 0 normal, 1 oblique, 2 italic."""
        return int(self._font.style)

    @property
    def weight(self) -> int:
        """Its weight, from 100 to 1000."""
        return int(self._font.weight)

    @property
    def texts(self) -> dict[int, str]:
        """The text of each glyph in use."""
        texts: dict[int, str] = self._font.to_unicode
        return texts

    @property
    def widths(self) -> dict[int, float]:
        """The width of each glyph in use, in thousandths of the font size."""
        widths: dict[int, float] = self._font.widths
        return widths

    @property
    def data(self) -> bytes:
        """The content of the font's file."""
        return bytes(self._font.file_content)

    def replace_glyphs(self, texts: dict[int, str], widths: dict[int, float]) -> None:
        """Set the text and the width of each glyph in use."""
        self._font.to_unicode, self._font.widths = texts, widths


class ReplacementPage:
    """A page that WeasyPrint writes into a PDF as if it had laid it out. A subclass says how it is painted."""

    def __init__(self, page: Any, links: list[tuple[Any, ...]], margins: Page) -> None:  # noqa: ANN401 - as above
        """Take size, anchors and bookmarks from a page, and the boxes that WeasyPrint tags from that of the margins."""
        self.width, self.height, self.bleed = page.width, page.height, page.bleed
        self.anchors, self.bookmarks, self.links = page.anchors, page.bookmarks, links
        self.forms: dict[object, object] = {}  # nothing in a report is filled in
        self._page_box = margins._page_box  # noqa: SLF001 - see the module

    def get_link_annotation(self, number: int) -> pydyf.Dictionary:
        """Return the annotation of a link, once the page is written; an empty one if the link has no target."""
        return self.links[number][-1].link_annotation or pydyf.Dictionary()


def make_link_box() -> object:
    """Return what stands in for the box of a link on a page from the cache: WeasyPrint notes the annotation on it."""
    return SimpleNamespace(link_annotation=None)


def can_subset_fonts() -> bool:
    """Whether HarfBuzz's library for subsetting fonts is loaded. Raises OSError if Pango is missing."""
    from weasyprint.text.ffi import harfbuzz_subset  # noqa: PLC0415 - see the module

    return harfbuzz_subset is not None


def make_streams(document: Document, fonts: FontsByKey) -> list[PageStream]:
    """Return an empty stream for each page of a document, with shared resources; fonts in use are added to `fonts`."""
    from weasyprint.pdf.stream import Stream  # noqa: PLC0415 - see the module

    resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in RESOURCE_KINDS})
    return [
        Stream(
            fonts,
            (0, 0, page.width, page.height),
            resources,
            images={},
            tags={},
            color_profiles=document.color_profiles,
            output_intent=document.output_intent,
        )
        for page in document.pages
    ]


def get_resources(stream: PageStream) -> pydyf.Dictionary:
    """Return the resources of a stream, a dictionary for each of RESOURCE_KINDS; the pages of a document share them."""
    return stream._resources  # noqa: SLF001 - see the module


def get_page_box(page: Page) -> LayoutBox:
    """Return the box of a whole page, with its margins."""
    return LayoutBox(page._page_box)  # noqa: SLF001 - see the module


def read_marks(stream: PageStream) -> dict[LayoutBox, int]:
    """Return the number of the marked content of each box that was painted into a stream."""
    return {LayoutBox(box): mark["mcid"] for box, mark in stream._tags.items()}  # noqa: SLF001 - see the module


def forget_marks(stream: PageStream, boxes: Collection[LayoutBox]) -> None:
    """Let WeasyPrint forget the marks of boxes, so that it does not look for them on the page it tags."""
    marks = stream._tags  # noqa: SLF001 - see the module
    for box in [box for box in marks if LayoutBox(box) in boxes]:
        del marks[box]


def has_color_profiles(document: Document) -> bool:
    """Whether the styles of a document load colour profiles."""
    return bool(document.color_profiles)


def list_fonts(fonts: Mapping[Any, Any]) -> list[UsedFont]:
    """Return the fonts of a document, or those noted while painting."""
    return [UsedFont(font) for font in fonts.values()]


def remove_tags(pdf: pydyf.PDF) -> None:
    """Remove the structure tree that WeasyPrint wrote: the last objects of the PDF but for the metadata."""
    root = int(pdf.catalog["StructTreeRoot"].split()[0])
    first = int(pdf.objects[root]["ParentTree"].split()[0])
    metadata = pdf.objects[-1]
    del pdf.objects[first:]
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference
