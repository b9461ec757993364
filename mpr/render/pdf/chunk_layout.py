"""A piece of the report as it was laid out and painted: kept, and handed from one process to another, as bytes."""

import json
import zlib
from typing import Any, NamedTuple, Self

from mpr.render.pdf.structure_element import StructureElement


class LaidOutPage(NamedTuple):
    """A page: its size and bleeds in CSS pixels, links, anchors and bookmarks as WeasyPrint has them, what is painted.

    Of a link there are kind, target and rectangle.
    """

    width: float
    height: float
    bleed: dict[str, float]
    links: list[tuple[str, str, tuple[float, ...]]]
    anchors: dict[str, tuple[float, ...]]
    bookmarks: list[tuple[Any, ...]]
    content: str


class FontFace(NamedTuple):
    """A face of a font: its name in what is painted; what it is; the text and width of each of its glyphs in use."""

    name: str
    family: str
    style: int
    weight: int
    texts: dict[int, str]
    widths: dict[int, float]


class ChunkContents(NamedTuple):
    """What is on the pages of a piece: these, the tags of what is on them, the faces of its words."""

    pages: tuple[LaidOutPage, ...]
    root: StructureElement
    faces: tuple[FontFace, ...]


class ChunkLayout(NamedTuple):
    """A piece that was laid out: the anchors on each of its pages, and all that is on these, packed.

    It is not `kept` where it uses more than lines and words in fonts of the templates, such as photographs or what is
    transparent: it is laid out again where it is put into the PDF, and what is here serves for the numbers of pages.
    """

    reusable: bool
    page_anchors: list[list[str]]
    compressed: bytes

    def unpack(self, pages_before: int) -> ChunkContents:
        """Unpack what is on its pages, with so many pages before them."""
        pages, root, faces = json.loads(zlib.decompress(self.compressed))
        return ChunkContents(
            tuple(LaidOutPage(*page) for page in pages),
            StructureElement.from_json(root, pages_before),
            tuple(map(_parse_face, faces)),
        )

    def to_bytes(self) -> bytes:
        """Return it as bytes."""
        return _to_json([self.reusable, self.page_anchors]) + b"\n" + self.compressed

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return what was written."""
        header, _, compressed = data.partition(b"\n")
        reusable, page_anchors = json.loads(header)
        return cls(reusable, page_anchors, compressed)


def pack_contents(contents: ChunkContents, *, reusable: bool) -> ChunkLayout:
    """Return a piece with its contents packed."""
    compressed = zlib.compress(_to_json(contents), 1) if reusable else b""
    return ChunkLayout(reusable, [list(page.anchors) for page in contents.pages], compressed)


def _to_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _parse_face(data: list[Any]) -> FontFace:
    *attributes, texts, widths = data
    return FontFace(
        *attributes, *({int(glyph): value for glyph, value in glyph_values.items()} for glyph_values in (texts, widths))
    )
