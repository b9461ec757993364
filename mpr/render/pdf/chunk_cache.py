"""Pieces that are laid out: kept from before, or else now, where there are many in processes of their own.

Only what is made anew needs WeasyPrint, which takes long to load.
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
MANY_CHUNKS = 8  # pieces for which it is worth the time to start processes
VERY_MANY_CHUNKS = 500  # pieces: of 1,251, on 2,400 pages, this process would grow by half a gigabyte
MAXIMUM_PROCESSES = 4  # at most, as each may need some hundreds of megabytes


def list_cache_paths(pages: Iterable[str], ending: str, project: Project) -> list[Path]:
    """Return where it is kept what is made of each page for print, and of all that it is laid out with."""
    inputs_hash = _hash_inputs(fingerprint(project.templates))
    return [project.cache / cache.make_file_name(f"{inputs_hash} {html}", ending, LIBRARIES) for html in pages]


@lru_cache(maxsize=1)
def _hash_inputs(files: Fingerprint) -> str:
    """Return a hash of what goes into every piece: templates, styles and fonts, and what decides where words stand."""
    digest = sha256(repr(read_library_versions()).encode())
    for file, *_ in sorted(files):
        try:
            data = file.read_bytes()
        except OSError as error:
            reason = error.strerror or error
            raise EnvironmentFault(
                f"{file} cannot be read: {reason}; close what has it open, or move it away"
            ) from error
        digest.update(f"\0{file} {len(data)}\0".encode() + data)
    return digest.hexdigest()


def lay_out_chunks(chunks: Sequence[Chunk], project: Project) -> dict[Chunk, ChunkLayout]:
    """Return how pieces are laid out; raise InputError for all that is wrong with them, EnvironmentFault as `pdf`."""
    templates_before = fingerprint(project.templates)
    cache_paths = dict(zip(chunks, list_cache_paths((chunk.html for chunk in chunks), ".laid", project), strict=True))
    cached = {chunk: cache.read_entry(path) for chunk, path in cache_paths.items()}
    missing_chunks = sorted(
        (chunk for chunk in cache_paths if cached[chunk] is None), key=lambda chunk: len(chunk.html), reverse=True
    )
    results = dict(zip(missing_chunks, _lay_out_pages([chunk.html for chunk in missing_chunks], project), strict=True))
    if problems := dict.fromkeys(
        problem for result in results.values() if isinstance(result, list) for problem in result
    ):
        raise InputError(problems)
    new_entries = {chunk: data for chunk, data in results.items() if isinstance(data, bytes)}
    if fingerprint(project.templates) == templates_before:  # none was saved meanwhile
        cache.write_entries(project.cache, {cache_paths[chunk]: data for chunk, data in new_entries.items()})
    return {chunk: ChunkLayout.from_bytes(data) for chunk, data in (cached | new_entries).items() if data is not None}


def assemble_chunks(chunk_layouts: Sequence[tuple[Chunk, ChunkLayout]], margin_html: str, project: Project) -> bytes:
    """Return the PDF of pieces, very many of which are bound in a process of its own; raises what `laid` does.

    `running` is the page of what stands in the margins.
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
    """Yield what is made of pages, in their order; in a process that makes one report of many, by itself."""
    count = min(MAXIMUM_PROCESSES, os.cpu_count() or 1)
    if len(pages) < MANY_CHUNKS or count == 1 or parent_process():
        yield from (_lay_out_page(html, project) for html in pages)
        return
    with _explain_process_failure(), run_workers(count) as processes:
        results = processes.map(_lay_out_page, pages, [project] * len(pages))
        from mpr.render.pdf import layout_engine  # noqa: F401, PLC0415 - it is needed next, and is loaded meanwhile

        yield from results


@contextmanager
def _explain_process_failure() -> Iterator[None]:
    try:
        yield
    except (BrokenExecutor, OSError) as error:
        reason = (
            "was ended" if isinstance(error, BrokenExecutor) else f"could not be started: {error.strerror or error}"
        )
        raise EnvironmentFault(f"a process to lay out pages {reason}; close other programs and try again") from None


def _lay_out_page(html: str, project: Project) -> bytes | list[Problem]:
    """Return a page as it is kept, or the problems of an InputError, which does not pass between processes."""
    from mpr.render.pdf import layout_engine  # noqa: PLC0415 - what is kept needs no WeasyPrint

    gc.freeze()  # so that afterwards only what the layout leaves is looked through for garbage, which is a lot
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
    """Return the PDF of pieces, or the problems of an InputError, as above."""
    from mpr.render.pdf import assembly, layout_engine  # noqa: PLC0415 - what is kept needs no WeasyPrint

    try:
        with layout_engine.raise_warnings():
            return assembly.assemble_pdf(layout_engine.get_layout_engine(project), chunk_layouts, margin_html)
    except InputError as error:
        return error.problems
