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
from mpr.project import Project, Stamp, stamp
from mpr.render import cache
from mpr.render.libraries import versions
from mpr.render.paper.cut import Piece
from mpr.render.paper.laid import Laid
from mpr.render.workers import working

LIBRARIES = ("weasyprint", "pydyf", "fonttools")
MANY = 8  # pieces for which it is worth the time to start processes
VERY_MANY = 500  # pieces: of 1,251, on 2,400 pages, this process would grow by half a gigabyte
PROCESSES = 4  # at most, as each may need some hundreds of megabytes


def paths(pages: Iterable[str], ending: str, project: Project) -> list[Path]:
    """Return where it is kept what is made of each page for print, and of all that it is laid out with."""
    around = _around(stamp(project.templates))
    return [project.cache / cache.named(f"{around} {each}", ending, LIBRARIES) for each in pages]


@lru_cache(maxsize=1)
def _around(files: Stamp) -> str:
    """Return a hash of what goes into every piece: templates, styles and fonts, and what decides where words stand."""
    found = sha256(repr(versions()).encode())
    for file, *_ in sorted(files):
        try:
            data = file.read_bytes()
        except OSError as error:
            said = error.strerror or error
            raise EnvironmentFault(f"{file} cannot be read: {said}; close what has it open, or move it away") from error
        found.update(f"\0{file} {len(data)}\0".encode() + data)
    return found.hexdigest()


def laid(pieces: Sequence[Piece], project: Project) -> dict[Piece, Laid]:
    """Return how pieces are laid out; raise InputError for all that is wrong with them, EnvironmentFault as `pdf`."""
    before = stamp(project.templates)
    files = dict(zip(pieces, paths((each.page for each in pieces), ".laid", project), strict=True))
    found = {each: cache.read(file) for each, file in files.items()}
    missing = sorted((each for each in files if found[each] is None), key=lambda each: len(each.page), reverse=True)
    made = dict(zip(missing, _made([each.page for each in missing], project), strict=True))
    if problems := dict.fromkeys(problem for each in made.values() if isinstance(each, list) for problem in each):
        raise InputError(problems)
    new = {each: data for each, data in made.items() if isinstance(data, bytes)}
    if stamp(project.templates) == before:  # none was saved meanwhile
        cache.keep(project.cache, {files[each]: data for each, data in new.items()})
    return {each: Laid.read(data) for each, data in (found | new).items() if data is not None}


def bound(parts: Sequence[tuple[Piece, Laid]], running: str, project: Project) -> bytes:
    """Return the PDF of pieces, very many of which are bound in a process of its own; raises what `laid` does.

    `running` is the page of what stands in the margins.
    """
    if len(parts) < VERY_MANY or parent_process():
        made = _bound(parts, running, project)
    else:
        with _told(), working(1) as processes:
            made = processes.submit(_bound, parts, running, project).result()
    if isinstance(made, bytes):
        return made
    raise InputError(made)


def _made(pages: Sequence[str], project: Project) -> Iterator[bytes | list[Problem]]:
    """Yield what is made of pages, in their order; in a process that makes one report of many, by itself."""
    count = min(PROCESSES, os.cpu_count() or 1)
    if len(pages) < MANY or count == 1 or parent_process():
        yield from (_laid_out(each, project) for each in pages)
        return
    with _told(), working(count) as processes:
        made = processes.map(_laid_out, pages, [project] * len(pages))
        from mpr.render.paper import layout  # noqa: F401, PLC0415 - it is needed next, and is loaded meanwhile

        yield from made


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (BrokenExecutor, OSError) as error:
        said = "was ended" if isinstance(error, BrokenExecutor) else f"could not be started: {error.strerror or error}"
        raise EnvironmentFault(f"a process to lay out pages {said}; close other programs and try again") from None


def _laid_out(page: str, project: Project) -> bytes | list[Problem]:
    """Return a page as it is kept, or the problems of an InputError, which does not pass between processes."""
    from mpr.render.paper import layout  # noqa: PLC0415 - what is kept needs no WeasyPrint

    gc.freeze()  # so that afterwards only what the layout leaves is looked through for garbage, which is a lot
    try:
        with layout.sound():
            return layout.laid_out(layout.press(project), page).written()
    except InputError as error:
        return error.problems
    finally:
        gc.collect()
        gc.unfreeze()


def _bound(parts: Sequence[tuple[Piece, Laid]], running: str, project: Project) -> bytes | list[Problem]:
    """Return the PDF of pieces, or the problems of an InputError, as above."""
    from mpr.render.paper import bind, layout  # noqa: PLC0415 - what is kept needs no WeasyPrint

    try:
        with layout.sound():
            return bind.bind(layout.press(project), parts, running)
    except InputError as error:
        return error.problems
