"""A piece of the report as it was laid out and painted: kept, and handed from one process to another, as bytes."""

import json
import zlib
from typing import Any, NamedTuple, Self

from mpr.render.paper.element import Element


class Sheet(NamedTuple):
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


class Face(NamedTuple):
    """A face of a font: its name in what is painted; what it is; the text and width of each of its glyphs in use."""

    name: str
    family: str
    style: int
    weight: int
    texts: dict[int, str]
    widths: dict[int, float]


class Contents(NamedTuple):
    """What is on the pages of a piece: these, the tags of what is on them, the faces of its words."""

    sheets: tuple[Sheet, ...]
    root: Element
    faces: tuple[Face, ...]


class Laid(NamedTuple):
    """A piece that was laid out: the anchors on each of its pages, and all that is on these, packed.

    It is not `kept` where it uses more than lines and words in fonts of the templates, such as photographs or what is
    transparent: it is laid out again where it is put into the PDF, and what is here serves for the numbers of pages.
    """

    kept: bool
    anchors: list[list[str]]
    packed: bytes

    def contents(self, pages: int) -> Contents:
        """Unpack what is on its pages, with so many pages before them."""
        sheets, root, faces = json.loads(zlib.decompress(self.packed))
        return Contents(tuple(Sheet(*each) for each in sheets), Element.read(root, pages), tuple(map(_face, faces)))

    def written(self) -> bytes:
        """Return it as bytes."""
        return _json([self.kept, self.anchors]) + b"\n" + self.packed

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Return what was written."""
        front, _, packed = data.partition(b"\n")
        kept, anchors = json.loads(front)
        return cls(kept, anchors, packed)


def packed(contents: Contents, *, kept: bool) -> Laid:
    """Return a piece with its contents packed."""
    data = zlib.compress(_json(contents), 1) if kept else b""
    return Laid(kept, [list(sheet.anchors) for sheet in contents.sheets], data)


def _json(what: object) -> bytes:
    return json.dumps(what, ensure_ascii=False, separators=(",", ":")).encode()


def _face(data: list[Any]) -> Face:
    *what, texts, widths = data
    return Face(*what, *({int(glyph): found for glyph, found in each.items()} for each in (texts, widths)))
