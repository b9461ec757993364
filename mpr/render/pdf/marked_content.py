"""Reads the marked content of painted pages: puts it under the tags of the document, or turns it into artifacts.

The marks of a page have to be read as soon as it is painted, because WeasyPrint forgets them later.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import pydyf

from mpr.render.pdf import weasyprint_internals
from mpr.render.pdf.structure_element import POINTS_PER_PIXEL
from mpr.render.pdf.structure_tree import ArtifactKind, PaintedPage, StructureTreeBuilder, Tag
from mpr.render.pdf.weasyprint_internals import (
    END_TEXT,
    SELECT_FONT,
    SHOW_GLYPHS,
    LayoutBox,
    Page,
    PageStream,
    UsedFont,
)


def collect_marks(number: int, page: Page, stream: PageStream) -> PaintedPage:
    """Return a page that was just painted into a stream, with its marks and links; its number counts from 0."""
    marks = weasyprint_internals.read_marks(stream)
    links = {LayoutBox(box): index for index, (*_, box) in enumerate(page.links)}
    page_box = weasyprint_internals.get_page_box(page)
    return PaintedPage(number, page.height * POINTS_PER_PIXEL, page_box, stream, marks, links)


def build_tag_tree(pages: Sequence[PaintedPage], fonts: Iterable[UsedFont]) -> Tag:
    """Return the tags of pages as a document, and change the streams to fit: artifacts, and spaces between words."""
    builder = StructureTreeBuilder(pages[0])
    artifacts = {page: builder.add_page(page) for page in pages}
    space_glyphs = {
        font.name: next(glyph for glyph, text in font.texts.items() if text == " ")
        for font in fonts
        if " " in font.texts.values()
    }
    for page in pages:
        marks_before_space = {mark for marked_page, mark in builder.marks_before_space if marked_page is page}
        _rewrite_marks(page, artifacts[page], marks_before_space, space_glyphs)
    return builder.root


def mark_as_artifacts(page: PaintedPage) -> None:
    """Turn all that is painted in the margins of a page into artifacts, which are not read."""
    _rewrite_marks(page, StructureTreeBuilder(page).add_page(page), (), {})


def has_margin_boxes(page: Page) -> bool:
    """Whether a style sets anything in the margins of a page."""
    return any(box.margin_name.startswith("@") for box in weasyprint_internals.get_page_box(page).children)


def _rewrite_marks(
    page: PaintedPage,
    artifacts: Mapping[int, ArtifactKind],
    marks_before_space: Collection[int],
    space_glyphs: Mapping[str, int],
) -> None:
    """Turn marks of a page into artifacts, and end some others with a space, by the glyph that each font has for it."""
    items = page.stream.stream
    font, last_text, mark = "", 0, None
    for index, item in enumerate(items):
        if isinstance(item, pydyf.Dictionary) and "MCID" in item:
            mark = item["MCID"]
            if mark in artifacts:
                items[index - 1 : index + 1] = "/Artifact", pydyf.Dictionary(artifacts[mark])
        elif isinstance(item, bytes) and item.endswith(SELECT_FONT):
            font = item.split()[0][1:].decode()
        elif isinstance(item, bytes) and item.endswith(SHOW_GLYPHS):
            last_text = index
        elif item == END_TEXT and mark in marks_before_space and font in space_glyphs:
            space = f"<{space_glyphs[font]:04x}>".encode()
            items[last_text] = items[last_text].removesuffix(SHOW_GLYPHS) + space + SHOW_GLYPHS
