"""What was painted on pages, with its marks: those that are read, under the tags of a document, and all others.

It knows how WeasyPrint paints, and notes the marks of a page at once, because WeasyPrint forgets them later.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pydyf

from mpr.render.pdf.structure_element import POINTS_PER_PIXEL
from mpr.render.pdf.structure_tree import ArtifactKind, PaintedPage, StructureTreeBuilder, Tag


def collect_marks(number: int, page: Any, stream: Any) -> PaintedPage:  # noqa: ANN401 - WeasyPrint has no types
    """Return a page that was just painted, as it is read."""
    marks = {box: mark["mcid"] for box, mark in stream._tags.items()}  # noqa: SLF001 - there is no other way
    links = {getattr(box, "_box", box): index for index, (*_, box) in enumerate(page.links)}
    return PaintedPage(number, page.height * POINTS_PER_PIXEL, page._page_box, stream, marks, links)  # noqa: SLF001


def build_tag_tree(pages: Sequence[PaintedPage], fonts: Iterable[Any]) -> Tag:
    """Return the tags of pages as a document, and amend what is painted so that it is read as the tags say."""
    builder = StructureTreeBuilder(pages[0])
    artifacts = {page: builder.add_page(page) for page in pages}
    fonts_with_space = [font for font in fonts if " " in font.to_unicode.values()]
    space_glyphs = {
        font.hash: next(glyph for glyph, text in font.to_unicode.items() if text == " ") for font in fonts_with_space
    }
    for page in pages:
        _rewrite_marks(
            page,
            artifacts[page],
            {mark for spaced_page, mark in builder.marks_before_space if spaced_page is page},
            space_glyphs,
        )
    return builder.root


def mark_as_artifacts(page: PaintedPage) -> None:
    """Make artifacts of all that is painted in the margins of a page, so that it is not read."""
    _rewrite_marks(page, StructureTreeBuilder(page).add_page(page), (), {})


def has_margin_boxes(page: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Whether anything is in the margins of a page."""
    return any(getattr(box, "at_keyword", "").startswith("@") for box in page._page_box.children)  # noqa: SLF001


def _rewrite_marks(
    page: PaintedPage,
    artifacts: Mapping[int, ArtifactKind],
    marks_before_space: Collection[int],
    space_glyphs: Mapping[str, int],
) -> None:
    """Make artifacts of marks on a page, and end marks with a space: its glyph by the font."""
    items = page.stream.stream
    font, last_text, mark = "", 0, None
    for index, item in enumerate(items):
        if isinstance(item, pydyf.Dictionary) and "MCID" in item:
            mark = item["MCID"]
            if mark in artifacts:
                items[index - 1 : index + 1] = "/Artifact", pydyf.Dictionary(artifacts[mark])
        elif isinstance(item, bytes) and item.endswith(b" Tf"):
            font = item.split()[0][1:].decode()
        elif isinstance(item, bytes) and item.endswith(b"] TJ"):
            last_text = index
        elif item == b"ET" and mark in marks_before_space and font in space_glyphs:
            items[last_text] = items[last_text].replace(b"] TJ", f"<{space_glyphs[font]:04x}>] TJ".encode())
