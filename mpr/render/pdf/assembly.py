"""Assembles laid-out chunks into one PDF, and prints the margins on each page.

WeasyPrint writes the PDF from pages that look to it like any others. Cached pages are written as they were painted;
chunks whose layout is not reusable are laid out again and painted here.
"""

from collections.abc import Sequence
from html import escape
from itertools import accumulate, count

import pydyf

from mpr.problem import InputError
from mpr.render.html.chunking import Chunk
from mpr.render.pdf import marked_content, tag_writer, weasyprint_internals
from mpr.render.pdf.chunk_layout import ChunkContents, ChunkLayout, FontFace, LaidOutPage
from mpr.render.pdf.layout_engine import PDF_UA_OPTIONS, LayoutEngine, paint_pages
from mpr.render.pdf.structure_element import StructureElement, build_element, join_elements
from mpr.render.pdf.template_fault import make_pdf_problem
from mpr.render.pdf.weasyprint_internals import OPAQUE_STATES, Document, Page, PageStream, ReplacementPage

FACE_STYLES = ("normal", "oblique", "italic")  # the style of a face in CSS, by Pango's number


class _AssembledPage(ReplacementPage):
    """A page of a chunk, from the cache or from WeasyPrint, with the margins of its page number."""

    def __init__(self, page: Page | LaidOutPage, margins: Page, number: int) -> None:
        """Combine a page and its margins; its number counts from 0 within its chunk."""
        is_cached = isinstance(page, LaidOutPage)
        links = [(*link, weasyprint_internals.make_link_box()) for link in page.links] if is_cached else page.links
        super().__init__(page, links, margins)
        if (page.width, page.height) != (margins.width, margins.height):
            raise InputError(
                [make_pdf_problem("pages have another size than their margins; set it in templates/running.css")]
            )
        self._page, self._margins, self._number = page, margins, number

    def paint(self, stream: PageStream, scale: float) -> None:
        """Paint the page into a stream, and its margins as artifacts."""
        if isinstance(self._page, LaidOutPage):
            stream.stream.append(self._page.content.encode("latin-1"))
            weasyprint_internals.get_resources(stream)["ExtGState"] |= OPAQUE_STATES  # the content may use them
        else:
            self._page.paint(stream, scale)
            self.painted_page = marked_content.collect_marks(self._number, self._page, stream)
        page_boxes = set(weasyprint_internals.read_marks(stream))
        self._margins.paint(stream, scale)
        marked_content.mark_as_artifacts(marked_content.collect_marks(0, self._margins, stream))
        weasyprint_internals.forget_marks(stream, page_boxes)


def assemble_pdf(engine: LayoutEngine, chunk_layouts: Sequence[tuple[Chunk, ChunkLayout]], margin_html: str) -> bytes:
    """Return the PDF of chunks and their layouts; `margin_html` is a document with one page of margins for each page.

    Raises InputError if a page and its margins differ in size, if there are more or fewer margins than pages, or if
    the structure trees of the chunks do not fit together.
    """
    margin_document = engine.lay_out(margin_html, with_margins=True)
    *first_pages, page_count = accumulate((len(layout.page_anchors) for _, layout in chunk_layouts), initial=0)
    if len(margin_document.pages) != page_count:
        raise InputError(
            [make_pdf_problem("templates/running.html or running.css makes more or fewer pages than there are")]
        )
    margins = iter(margin_document.pages)
    stored_contents = [
        layout.unpack(first_page) if layout.reusable else None
        for (_, layout), first_page in zip(chunk_layouts, first_pages, strict=True)
    ]
    assembled_chunks = [
        [
            _AssembledPage(page, page_margins, number)
            for page, page_margins, number in zip(_get_pages(engine, chunk, contents), margins, count(), strict=False)
        ]
        for (chunk, _), contents in zip(chunk_layouts, stored_contents, strict=True)
    ]
    document = margin_document.copy(page for chunk_pages in assembled_chunks for page in chunk_pages)
    cached_faces = [face for contents in stored_contents if contents for face in contents.faces]
    if not _restore_faces(engine, document, cached_faces):
        fresh_layouts = [(chunk, layout._replace(reusable=False)) for chunk, layout in chunk_layouts]
        return assemble_pdf(engine, fresh_layouts, margin_html)

    def add_tags(_: object, pdf: pydyf.PDF) -> None:
        fonts = weasyprint_internals.list_fonts(document.fonts)
        root, *other_roots = (
            contents.root
            if contents
            else StructureElement.from_json(
                build_element(marked_content.build_tag_tree([page.painted_page for page in chunk_pages], fonts)),
                first_page,
            )
            for chunk_pages, contents, first_page in zip(assembled_chunks, stored_contents, first_pages, strict=True)
        )
        for next_root, (chunk, _) in zip(other_roots, chunk_layouts[1:], strict=True):
            root = join_elements(root, next_root, chunk.continued_depth)
        tag_writer.write_tags(pdf, root, document.pages)

    return bytes(document.write_pdf(finisher=add_tags, **PDF_UA_OPTIONS))


def _get_pages(
    engine: LayoutEngine, chunk: Chunk, contents: ChunkContents | None
) -> Sequence[LaidOutPage] | Sequence[Page]:
    return contents.pages if contents else engine.lay_out(chunk.html).pages


def _restore_faces(engine: LayoutEngine, document: Document, faces: Sequence[FontFace]) -> bool:
    """Load the font faces of cached pages into a document, and return whether all were found.

    WeasyPrint loads a face once a character is set in it, so one character of each is set.
    """
    specimen = engine.lay_out(
        f"<body>{''.join(map(_make_sample, {face.name: face for face in faces}.values()))}</body>"
    )
    paint_pages(specimen, document.fonts)
    fonts = weasyprint_internals.list_fonts(document.fonts)
    for font in fonts:
        font_faces = [face for face in faces if face.name == font.name]
        font.replace_glyphs(
            {glyph: text for face in font_faces for glyph, text in face.texts.items()},
            {glyph: width for face in font_faces for glyph, width in face.widths.items()},
        )
    return {face.name for face in faces} <= {font.name for font in fonts}


def _make_sample(face: FontFace) -> str:
    """Return a paragraph with one character set in a face."""
    font = f"{FACE_STYLES[face.style]} {face.weight} 12px {escape(repr(face.family))}"
    return f'<p style="font: {font}">{escape(next(filter(str.strip, face.texts.values()), ""))}</p>'
