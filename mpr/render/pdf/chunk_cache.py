"""The layouts of chunks: read from the cache, or computed, by several processes if there are many.

WeasyPrint is slow to load, so it is imported only when something has to be laid out or assembled.
"""

import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from multiprocessing import parent_process
from pathlib import Path

from mpr.problem import EnvironmentFault, InputError, Problem
from mpr.project import Fingerprint, Project, fingerprint
from mpr.render import cache
from mpr.render.html.chunking import Chunk
from mpr.render.pdf.chunk_layout import ChunkLayout
from mpr.render.pdf.libraries import read_library_versions
from mpr.render.workers import run_workers

LIBRARIES = ("weasyprint", "pydyf", "fonttools")
MANY_CHUNKS = 8  # from which number on starting processes saves time
VERY_MANY_CHUNKS = 500  # assembling 1,251 chunks on 2,400 pages would make this process grow by half a gigabyte
MAXIMUM_PROCESSES = 4  # each may need some hundreds of megabytes


def list_cache_paths(pages: Iterable[str], ending: str, project: Project) -> list[Path]:
    """Return the cache path of each print page; the file's name depends on all that the page is laid out with.

    Raises EnvironmentFault if a template cannot be read.
    """
    inputs_hash = _hash_inputs(fingerprint(project.templates))
    return [project.cache / cache.make_file_name(f"{inputs_hash} {html}", ending, LIBRARIES) for html in pages]


@lru_cache(maxsize=1)
def _hash_inputs(files: Fingerprint) -> str:
    """Return a hash of what all chunks depend on: templates, styles, fonts and the libraries that place words."""
    digest = sha256(repr(read_library_versions()).encode())
    for file, *_ in sorted(files):
        try:
            data = file.read_bytes()
        except OSError as error:
            reason = error.strerror or error
            raise EnvironmentFault(
                f"{file} cannot be read: {reason}; close the program that has it open, or move the file away"
            ) from error
        digest.update(f"\0{file} {len(data)}\0".encode() + data)
    return digest.hexdigest()


def lay_out_chunks(chunks: Sequence[Chunk], project: Project) -> dict[Chunk, ChunkLayout]:
    """Return the layout of each chunk, and cache those that are new.

    Raises InputError with the problems of all chunks, EnvironmentFault if a library is missing or a process ends.
    """
    templates_before = fingerprint(project.templates)
    cache_paths = dict(zip(chunks, list_cache_paths((chunk.html for chunk in chunks), ".laid", project), strict=True))
    cached = {chunk: cache.read_entry(path) for chunk, path in cache_paths.items()}
    missing_chunks = sorted(
        (chunk for chunk in cache_paths if cached[chunk] is None), key=lambda chunk: len(chunk.html), reverse=True
    )
    results = dict(zip(missing_chunks, _lay_out_pages([chunk.html for chunk in missing_chunks], project), strict=True))
    failures = [result for result in results.values() if isinstance(result, list)]
    if problems := dict.fromkeys(problem for failure in failures for problem in failure):
        raise InputError(problems)
    new_entries = {chunk: data for chunk, data in results.items() if isinstance(data, bytes)}
    if fingerprint(project.templates) == templates_before:  # a template saved meanwhile would make the entries stale
        cache.write_entries(project.cache, {cache_paths[chunk]: data for chunk, data in new_entries.items()})
    return {chunk: ChunkLayout.from_bytes(data) for chunk, data in (cached | new_entries).items() if data is not None}


def assemble_chunks(chunk_layouts: Sequence[tuple[Chunk, ChunkLayout]], margin_html: str, project: Project) -> bytes:
    """Return the PDF of chunks and their layouts; very many are assembled in a process of its own.

    `margin_html` is the document with the margins of all pages. Raises the same errors as `lay_out_chunks`.
    """
    if len(chunk_layouts) < VERY_MANY_CHUNKS or parent_process():
        result = _assemble(chunk_layouts, margin_html, project)
    else:
        with _explain_process_failure(), run_workers(1) as processes:
            result = processes.submit(_assemble, chunk_layouts, margin_html, project).result()
    if isinstance(result, bytes):
        return result
    raise InputError(result)


def _lay_out_pages(pages: Sequence[str], project: Project) -> Iterator[bytes | list[Problem]]:
    """Yield the result of each page, in order; many pages are shared among processes, except in a worker process."""
    count = min(MAXIMUM_PROCESSES, os.cpu_count() or 1)
    if len(pages) < MANY_CHUNKS or count == 1 or parent_process():
        yield from (_lay_out_page(html, project) for html in pages)
        return
    with _explain_process_failure(), run_workers(count) as processes:
        results = processes.map(_lay_out_page, pages, [project] * len(pages))
        from mpr.render.pdf import layout_engine  # noqa: F401, PLC0415 - needed next; it loads while the workers lay out

        yield from results


@contextmanager
def _explain_process_failure() -> Iterator[None]:
    """Raise EnvironmentFault if a worker process ends or cannot be started."""
    try:
        yield
    except (BrokenExecutor, OSError) as error:
        reason = "ended unexpectedly"
        if isinstance(error, OSError):
            reason = f"could not be started: {error.strerror or error}"
        raise EnvironmentFault(f"a process that lays out pages {reason}; close other programs and try again") from None


def _lay_out_page(html: str, project: Project) -> bytes | list[Problem]:
    """Return a layout as bytes, or the problems of an InputError, which cannot pass between processes."""
    from mpr.render.pdf import layout_engine  # noqa: PLC0415 - cached layouts need no WeasyPrint

    gc.freeze()  # so that the collection below looks only at what the layout leaves behind, which is a lot
    try:
        with layout_engine.raise_warnings():
            return layout_engine.lay_out_chunk(layout_engine.get_layout_engine(project), html).to_bytes()
    except InputError as error:
        return error.problems
    finally:
        gc.collect()
        gc.unfreeze()


def _assemble(
    chunk_layouts: Sequence[tuple[Chunk, ChunkLayout]], margin_html: str, project: Project
) -> bytes | list[Problem]:
    """Return the PDF, or the problems of an InputError, which cannot pass between processes."""
    from mpr.render.pdf import assembly, layout_engine  # noqa: PLC0415 - cached layouts need no WeasyPrint

    try:
        with layout_engine.raise_warnings():
            return assembly.assemble_pdf(layout_engine.get_layout_engine(project), chunk_layouts, margin_html)
    except InputError as error:
        return error.problems
