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
from mpr.render.html.chunking import Chunk
from mpr.render.pdf import marked_content, tag_writer
from mpr.render.pdf.chunk_layout import ChunkContents, ChunkLayout, FontFace, LaidOutPage
from mpr.render.pdf.compaction import OPAQUE_STATES
from mpr.render.pdf.layout_engine import PDF_UA_OPTIONS, LayoutEngine, paint_pages
from mpr.render.pdf.structure_element import StructureElement, build_element, join_elements
from mpr.render.pdf.template_fault import make_pdf_problem

FACE_STYLES = ("normal", "oblique", "italic")  # of a face, as Pango numbers them


class _AssembledPage:
    """A page as WeasyPrint writes it: a sheet that was painted before, or else a page, with what is in its margins."""

    def __init__(self, page: Any, margins: Any, number: int) -> None:  # noqa: ANN401 - WeasyPrint has no types
        self.width, self.height, self.bleed = page.width, page.height, page.bleed
        self.forms: dict[object, object] = {}  # in which nothing is filled in
        self.anchors, self.bookmarks, self.links = page.anchors, page.bookmarks, page.links
        if isinstance(page, LaidOutPage):
            self.links = [(*link, SimpleNamespace(link_annotation=None)) for link in page.links]
        if (page.width, page.height) != (margins.width, margins.height):
            raise InputError(
                [make_pdf_problem("pages have another size than their margins; set it in templates/running.css")]
            )
        self._page, self._margins, self._number = page, margins, number
        self._page_box = margins._page_box  # noqa: SLF001 - of which alone WeasyPrint makes tags

    def paint(self, stream: Any, scale: float) -> None:  # noqa: ANN401 - as above
        """Put the page into a stream."""
        marked_boxes: tuple[object, ...] = ()
        if isinstance(self._page, LaidOutPage):
            stream.stream.append(self._page.content.encode("latin-1"))
            stream._resources["ExtGState"] |= OPAQUE_STATES  # noqa: SLF001 - which it may use
        else:
            self._page.paint(stream, scale)
            self.painted_page = marked_content.collect_marks(self._number, self._page, stream)
            marked_boxes = tuple(self.painted_page.marks)
        self._margins.paint(stream, scale)
        marked_content.mark_as_artifacts(marked_content.collect_marks(0, self._margins, stream))
        for box in marked_boxes:
            del stream._tags[box]  # noqa: SLF001 - as WeasyPrint would look for it in the margins

    def get_link_annotation(self, number: int) -> Any:  # noqa: ANN401 - pydyf has no types
        """The annotation of a link, once the page is written; WeasyPrint has warned of one that leads nowhere."""
        return self.links[number][-1].link_annotation or pydyf.Dictionary()


def assemble_pdf(engine: LayoutEngine, chunk_layouts: Sequence[tuple[Chunk, ChunkLayout]], margin_html: str) -> bytes:
    """Return the PDF of pieces, each with how it was laid out; `running` is the page of what stands in the margins."""
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
            _AssembledPage(*arguments)
            for arguments in zip(_get_pages(engine, chunk, contents), margins, count(), strict=False)
        ]
        for (chunk, _), contents in zip(chunk_layouts, stored_contents, strict=True)
    ]
    document = margin_document.copy(page for chunk_pages in assembled_chunks for page in chunk_pages)
    if not _restore_faces(
        engine, document, [face for contents in stored_contents if contents for face in contents.faces]
    ):
        return assemble_pdf(
            engine, [(chunk, layout._replace(reusable=False)) for chunk, layout in chunk_layouts], margin_html
        )

    def add_tags(_: object, pdf: pydyf.PDF) -> None:
        fonts = document.fonts.values()
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


def _get_pages(engine: LayoutEngine, chunk: Chunk, contents: ChunkContents | None) -> Sequence[Any]:
    return contents.pages if contents else engine.lay_out(chunk.html).pages


def _restore_faces(engine: LayoutEngine, document: Any, faces: Sequence[FontFace]) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Let a document have the faces of what was painted before, and say whether all were found.

    Each is found by setting a letter in it.
    """
    samples = (
        f'<p style="font: {FACE_STYLES[sample_face.style]} {sample_face.weight} 12px {escape(repr(sample_face.family))}">'
        f"{escape(next(filter(str.strip, sample_face.texts.values()), ''))}</p>"
        for sample_face in {face.name: face for face in faces}.values()
    )
    specimen = engine.lay_out(f"<body>{''.join(samples)}</body>")
    paint_pages(specimen, document.fonts)
    for font in document.fonts.values():
        used_faces = [face for face in faces if face.name == font.hash]
        font.to_unicode = {glyph: text for face in used_faces for glyph, text in face.texts.items()}
        font.widths = {glyph: width for face in used_faces for glyph, width in face.widths.items()}
    return {face.name for face in faces} <= {font.hash for font in document.fonts.values()}
