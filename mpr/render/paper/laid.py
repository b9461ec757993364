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


class Laid(NamedTuple):
    """A piece that was laid out: its pages, the tags of what is on them, and the faces of its words.

    It is not `kept` where it uses more than words and lines, such as photographs or what is transparent: it is laid out
    again where it is put into the PDF, and what is here serves for the numbers of pages.
    """

    kept: bool
    sheets: tuple[Sheet, ...]
    root: Element
    faces: tuple[Face, ...]

    def written(self) -> bytes:
        """Return it as bytes."""
        return zlib.compress(json.dumps(self, ensure_ascii=False, separators=(",", ":")).encode(), 1)

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Return what was written."""
        kept, sheets, root, faces = json.loads(zlib.decompress(data))
        return cls(kept, tuple(Sheet(*each) for each in sheets), Element.read(root), tuple(map(_face, faces)))


def _face(data: list[Any]) -> Face:
    *what, texts, widths = data
    return Face(*what, *({int(glyph): found for glyph, found in each.items()} for each in (texts, widths)))
