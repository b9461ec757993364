"""What was painted on pages, with its marks: those that are read, under the tags of a document, and all others.

It knows how WeasyPrint paints, and notes the marks of a page at once, because WeasyPrint forgets them later.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pydyf

from mpr.render.paper.element import POINT
from mpr.render.paper.structure import Kind, Page, Reader, Tag


def painted(number: int, page: Any, stream: Any) -> Page:  # noqa: ANN401 - WeasyPrint has no types
    """Return a page that was just painted, as it is read."""
    marks = {box: mark["mcid"] for box, mark in stream._tags.items()}  # noqa: SLF001 - there is no other way
    links = {getattr(box, "_box", box): at for at, (*_, box) in enumerate(page.links)}
    return Page(number, page.height * POINT, page._page_box, stream, marks, links)  # noqa: SLF001


def read(pages: Sequence[Page], fonts: Iterable[Any]) -> Tag:
    """Return the tags of pages as a document, and amend what is painted so that it is read as the tags say."""
    reader = Reader(pages[0])
    artifacts = {page: reader.read(page) for page in pages}
    spaced = [font for font in fonts if " " in font.to_unicode.values()]
    spaces = {font.hash: next(glyph for glyph, text in font.to_unicode.items() if text == " ") for font in spaced}
    for page in pages:
        _amend(page, artifacts[page], {mark for each, mark in reader.spaced if each is page}, spaces)
    return reader.root


def set_aside(page: Page) -> None:
    """Make artifacts of all that is painted in the margins of a page, so that it is not read."""
    _amend(page, Reader(page).read(page), (), {})


def in_margins(page: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Whether anything is in the margins of a page."""
    return any(getattr(box, "at_keyword", "").startswith("@") for box in page._page_box.children)  # noqa: SLF001


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
