"""Binding: pieces that were laid out become one PDF, each page with what stands in its margins.

To WeasyPrint, which writes the PDF, they are a document like any other. What was kept is put into it as it was painted;
what could not be kept is laid out once more and painted here.
"""

from collections.abc import Sequence
from html import escape
from itertools import accumulate, count
from types import SimpleNamespace
from typing import Any

import pydyf

from mpr.problem import InputError
from mpr.render.paper import painted, tags
from mpr.render.paper.compact import OPAQUE
from mpr.render.paper.cut import Piece
from mpr.render.paper.element import Element, described, joined
from mpr.render.paper.fault import unsound
from mpr.render.paper.laid import Contents, Face, Laid, Sheet
from mpr.render.paper.layout import PDF_UA, Press, paint

STYLES = ("normal", "oblique", "italic")  # of a face, as Pango numbers them


class _Page:
    """A page as WeasyPrint writes it: a sheet that was painted before, or else a page, with what is in its margins."""

    def __init__(self, page: Any, margins: Any, number: int) -> None:  # noqa: ANN401 - WeasyPrint has no types
        self.width, self.height, self.bleed = page.width, page.height, page.bleed
        self.forms: dict[object, object] = {}  # in which nothing is filled in
        self.anchors, self.bookmarks, self.links = page.anchors, page.bookmarks, page.links
        if isinstance(page, Sheet):
            self.links = [(*link, SimpleNamespace(link_annotation=None)) for link in page.links]
        if (page.width, page.height) != (margins.width, margins.height):
            raise InputError([unsound("pages have another size than their margins; set it in templates/running.css")])
        self._page, self._margins, self._number = page, margins, number
        self._page_box = margins._page_box  # noqa: SLF001 - of which alone WeasyPrint makes tags

    def paint(self, stream: Any, scale: float) -> None:  # noqa: ANN401 - as above
        """Put the page into a stream."""
        marked: tuple[object, ...] = ()
        if isinstance(self._page, Sheet):
            stream.stream.append(self._page.content.encode("latin-1"))
            stream._resources["ExtGState"] |= OPAQUE  # noqa: SLF001 - which it may use
        else:
            self._page.paint(stream, scale)
            self.painted = painted.painted(self._number, self._page, stream)
            marked = tuple(self.painted.marks)
        self._margins.paint(stream, scale)
        painted.set_aside(painted.painted(0, self._margins, stream))
        for box in marked:
            del stream._tags[box]  # noqa: SLF001 - as WeasyPrint would look for it in the margins

    def annotation(self, number: int) -> Any:  # noqa: ANN401 - pydyf has no types
        """The annotation of a link, once the page is written; WeasyPrint has warned of one that leads nowhere."""
        return self.links[number][-1].link_annotation or pydyf.Dictionary()


def bind(press: Press, parts: Sequence[tuple[Piece, Laid]], running: str) -> bytes:
    """Return the PDF of pieces, each with how it was laid out; `running` is the page of what stands in the margins."""
    document = press.document(running, margins=True)
    *before, pages = accumulate((len(laid.anchors) for _, laid in parts), initial=0)
    if len(document.pages) != pages:
        raise InputError([unsound("templates/running.html or running.css makes more or fewer pages than there are")])
    margins = iter(document.pages)
    kept = [laid.contents(first) if laid.kept else None for (_, laid), first in zip(parts, before, strict=True)]
    bound = [
        [_Page(*each) for each in zip(_pages(press, piece, found), margins, count(), strict=False)]
        for (piece, _), found in zip(parts, kept, strict=True)
    ]
    whole = document.copy(page for own in bound for page in own)
    if not _lend_faces(press, whole, [face for found in kept if found for face in found.faces]):
        return bind(press, [(piece, laid._replace(kept=False)) for piece, laid in parts], running)

    def finish(_: object, pdf: pydyf.PDF) -> None:
        fonts = whole.fonts.values()
        root, *rest = (
            found.root if found else Element.read(described(painted.read([page.painted for page in own], fonts)), first)
            for own, found, first in zip(bound, kept, before, strict=True)
        )
        for other, (piece, _) in zip(rest, parts[1:], strict=True):
            root = joined(root, other, piece.depth)
        tags.write(pdf, root, whole.pages)

    return bytes(whole.write_pdf(finisher=finish, **PDF_UA))


def _pages(press: Press, piece: Piece, found: Contents | None) -> Sequence[Any]:
    return found.sheets if found else press.document(piece.page).pages


def _lend_faces(press: Press, whole: Any, faces: Sequence[Face]) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Let a document have the faces of what was painted before, and say whether all were found.

    Each is found by setting a letter in it.
    """
    letters = (
        f'<p style="font: {STYLES[each.style]} {each.weight} 12px {escape(repr(each.family))}">'
        f"{escape(next(filter(str.strip, each.texts.values()), ''))}</p>"
        for each in {face.name: face for face in faces}.values()
    )
    specimen = press.document(f"<body>{''.join(letters)}</body>")
    paint(specimen, whole.fonts)
    for font in whole.fonts.values():
        used = [face for face in faces if face.name == font.hash]
        font.to_unicode = {glyph: text for face in used for glyph, text in face.texts.items()}
        font.widths = {glyph: width for face in used for glyph, width in face.widths.items()}
    return {face.name for face in faces} <= {font.hash for font in whole.fonts.values()}
