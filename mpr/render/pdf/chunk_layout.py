"""A chunk of the report, laid out and painted: cached, and passed from one process to another, as bytes."""

import json
import zlib
from typing import Any, NamedTuple, Self

from mpr.render.pdf.structure_element import StructureElement


class LaidOutPage(NamedTuple):
    """A page: size and bleeds in CSS pixels; links, anchors and bookmarks as in WeasyPrint's Page; the painted content.

    A link is its kind, its target and its rectangle.
    """

    width: float
    height: float
    bleed: dict[str, float]
    links: list[tuple[str, str, tuple[float, ...]]]
    anchors: dict[str, tuple[float, ...]]
    bookmarks: list[tuple[Any, ...]]
    content: str


class FontFace(NamedTuple):
    """A face of a font: its name in the content, its family, style and weight, and the text and width of each glyph."""

    name: str
    family: str
    style: int
    weight: int
    texts: dict[int, str]
    widths: dict[int, float]


class ChunkContents(NamedTuple):
    """The contents of a chunk: its pages, their structure tree, and the font faces of their words."""

    pages: tuple[LaidOutPage, ...]
    root: StructureElement
    faces: tuple[FontFace, ...]


class ChunkLayout(NamedTuple):
    """The layout of a chunk: the anchors on each of its pages, and its contents, compressed.

    Only lines and words in the fonts of the templates can be reused. If there is anything else, such as a photograph
    or a transparent shape, `reusable` is False and the contents are empty: the chunk is laid out again when the PDF is
    assembled, and the anchors serve to number the pages.
    """

    reusable: bool
    page_anchors: list[list[str]]
    compressed: bytes

    def unpack(self, pages_before: int) -> ChunkContents:
        """Return the contents; page numbers are counted from `pages_before` on."""
        pages, root, faces = json.loads(zlib.decompress(self.compressed))
        return ChunkContents(
            tuple(LaidOutPage(*page) for page in pages),
            StructureElement.from_json(root, pages_before),
            tuple(map(_parse_face, faces)),
        )

    def to_bytes(self) -> bytes:
        """Return the layout as bytes, which `from_bytes` reads."""
        return _to_json([self.reusable, self.page_anchors]) + b"\n" + self.compressed

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return a layout from its bytes."""
        header, _, compressed = data.partition(b"\n")
        reusable, page_anchors = json.loads(header)
        return cls(reusable, page_anchors, compressed)


def pack_contents(contents: ChunkContents, *, reusable: bool) -> ChunkLayout:
    """Return the layout of a chunk with these contents."""
    compressed = zlib.compress(_to_json(contents), 1) if reusable else b""
    return ChunkLayout(reusable, [list(page.anchors) for page in contents.pages], compressed)


def _to_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _parse_face(data: list[Any]) -> FontFace:
    *attributes, texts, widths = data
    return FontFace(
        *attributes, *({int(glyph): value for glyph, value in glyph_values.items()} for glyph_values in (texts, widths))
    )
