"""Renders the print page as PDF/UA-1: splits it into chunks, lays these out and assembles them.

The PDF and the layout of each chunk are cached, so that a build lays out only what has changed.
"""

import re
from collections.abc import Iterable, Mapping

from mpr.problem import InputError
from mpr.project import Project, fingerprint
from mpr.render import cache
from mpr.render.html.chunking import PAGE_NUMBER_REQUEST, Chunk, ChunkedPage, remove_cut_marks, split_into_chunks
from mpr.render.html.page import read_print_style
from mpr.render.pdf import chunk_cache
from mpr.render.pdf.chunk_layout import ChunkLayout
from mpr.render.pdf.template_fault import make_pdf_problem

# Styles whose effect crosses the boundary of a chunk: a page with one of them is laid out whole.
CROSS_CHUNK_STYLE = re.compile(r"@page[^{;]*:[^{;]*{|\bcounters?\(|position:\s*fixed|footnote")
MAXIMUM_ROUNDS = 5  # of laying out the chunks that print page numbers, which may change how many pages there are
UNSTABLE_PAGE_NUMBERS = "page numbers in the contents change how many pages there are; give them space of a fixed width"


def render_pdf(html: str, project: Project) -> tuple[bytes, int]:
    """Return the print page as PDF/UA-1, and how many pages it has; from the cache if nothing has changed.

    Raises InputError if WeasyPrint warns about the page or asks for a file that it may not read, EnvironmentFault if a
    system library, memory or disk space is missing.
    """
    templates_before = fingerprint(project.templates)
    [cache_path] = chunk_cache.list_cache_paths([html], ".pdf", project)
    if (entry := cache.read_entry(cache_path)) is None:
        chunked_page = split_into_chunks(html)
        if CROSS_CHUNK_STYLE.search(read_print_style(project) + chunked_page.frame[0]):
            chunked_page = split_into_chunks(remove_cut_marks(html))
        document, page_count = _lay_out_and_assemble(chunked_page, project)
        entry = b"%d\n%b" % (page_count, document)
        if fingerprint(project.templates) == templates_before:  # a template saved meanwhile would make the entry stale
            cache.write_entries(project.cache, {cache_path: entry})
    number, _, data = entry.partition(b"\n")
    return data, int(number)


def _lay_out_and_assemble(chunked_page: ChunkedPage, project: Project) -> tuple[bytes, int]:
    layouts = chunk_cache.lay_out_chunks(
        [chunk for chunk in chunked_page.chunks if not chunk.needs_page_numbers], project
    )
    page_numbers, page_count = _number_pages(chunked_page.chunks, layouts)
    for _ in range(MAXIMUM_ROUNDS):
        chunks = [chunk.fill_page_numbers(page_numbers) for chunk in chunked_page.chunks]
        layouts |= chunk_cache.lay_out_chunks([chunk for chunk in chunks if chunk not in layouts], project)
        previous_numbers, (page_numbers, page_count) = page_numbers, _number_pages(chunks, layouts)
        if any(PAGE_NUMBER_REQUEST in chunk.html for chunk in chunks):
            raise InputError(
                [
                    make_pdf_problem(
                        f"a template asks for a page number ({PAGE_NUMBER_REQUEST}) outside a link to a page"
                    )
                ]
            )
        if page_numbers == previous_numbers:
            chunk_layouts = [(chunk, layouts[chunk]) for chunk in chunks]
            margin_html = chunked_page.build_margin_page(page_numbers, page_count)
            return chunk_cache.assemble_chunks(chunk_layouts, margin_html, project), page_count
    raise InputError([make_pdf_problem(UNSTABLE_PAGE_NUMBERS)])


def _number_pages(chunks: Iterable[Chunk], layouts: Mapping[Chunk, ChunkLayout]) -> tuple[dict[str, int], int]:
    """Return the page number of each anchor, and the page count; a chunk that is not laid out counts as one page."""
    page_numbers: dict[str, int] = {}
    pages_before = 0
    for chunk in chunks:
        page_anchors = layouts[chunk].page_anchors if chunk in layouts else [chunk.anchors]
        for page_number, anchors in enumerate(page_anchors, pages_before + 1):
            for anchor in anchors:
                page_numbers.setdefault(anchor, page_number)
        pages_before += len(page_anchors)
    return page_numbers, pages_before
