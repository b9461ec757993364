"""The printed page as PDF/UA-1.

It is laid out piece by piece (`paper.cut`), and a piece that was laid out is kept, so that only what has changed is
laid out again. Many pieces are laid out in processes of their own.
"""

import gc
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from functools import lru_cache
from hashlib import sha256
from multiprocessing import get_context, parent_process
from pathlib import Path

from mpr.problem import EnvironmentFault, InputError, Problem
from mpr.project import Project, Stamp, stamp
from mpr.render import kept
from mpr.render.paper.bind import bind
from mpr.render.paper.cut import Piece, cut
from mpr.render.paper.laid import Laid
from mpr.render.paper.layout import laid_out, pango, press, sound, unsound

__all__ = ["pango", "render"]
LIBRARIES = ("weasyprint", "pydyf")
MANY = 8  # pieces for which it is worth the time to start processes
PROCESSES = 4  # at most, as each may need some hundreds of megabytes
ROUNDS = 5  # of laying out what asks for page numbers, which has pages itself
CIRCLE = "page numbers in the contents change the number of their pages; give them a place of their own"


def render(page: str, project: Project) -> tuple[bytes, int]:
    """Return the PDF of a page and how many pages it has.

    Raises InputError where WeasyPrint warns of anything or is to fetch what it may not, EnvironmentFault where the
    machine lacks something.
    """
    whole = cut(page)
    laid = dict(_laid((each for each in whole.pieces if not each.numbered), project))
    pieces: Sequence[Piece] = whole.pieces
    for _ in range(ROUNDS):
        numbers, pages = _numbered(pieces, laid)
        pieces = tuple(each.with_numbers(numbers) for each in whole.pieces)
        if missing := [each for each in pieces if each not in laid]:
            laid |= _laid(missing, project)
        else:
            break
    else:
        raise InputError([unsound(CIRCLE)])
    with sound():
        parts = [(each, laid[each]) for each in pieces]
        return bind(press(project), parts, whole.running(numbers, pages)), pages


def _numbered(pieces: Iterable[Piece], laid: Mapping[Piece, Laid]) -> tuple[dict[str, int], int]:
    """Return the page that each anchor is on, and how many there are; a piece that is not laid out counts as one."""
    numbers: dict[str, int] = {}
    before = 0
    for piece in pieces:
        sheets = [sheet.anchors for sheet in laid[piece].sheets] if piece in laid else [piece.anchors]
        for number, anchors in enumerate(sheets, before + 1):
            numbers = dict.fromkeys(anchors, number) | numbers
        before += len(sheets)
    return numbers, before


def _laid(pieces: Iterable[Piece], project: Project) -> Iterator[tuple[Piece, Laid]]:
    """Yield pieces as they were laid out: kept from before, or else now."""
    around = _around(project.templates, stamp(project.templates))
    files = {each: project.cache / kept.named(f"{around} {each.page}", ".laid", LIBRARIES) for each in pieces}
    found = {each: kept.read(path) for each, path in files.items()}
    missing = sorted((each for each in files if found[each] is None), key=lambda each: len(each.page), reverse=True)
    problems: dict[Problem, None] = {}
    new = {}
    for piece, made in zip(missing, _made(missing, project), strict=True):
        if isinstance(made, bytes):
            new[piece] = made
        else:
            problems |= dict.fromkeys(made)
    kept.keep(project.cache, {files[piece]: data for piece, data in new.items()})
    if problems:
        raise InputError(problems)
    yield from ((each, Laid.read(data)) for each, data in (found | new).items() if data is not None)


@lru_cache(maxsize=2)
def _around(folders: tuple[Path, ...], _: Stamp) -> str:
    """Return a hash of what is laid out with: all templates, styles and fonts, and the library that breaks lines."""
    found = sha256(pango().encode())
    for path in (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()):
        data = path.read_bytes()
        found.update(f"\0{path} {len(data)}\0".encode() + data)
    return found.hexdigest()


def _made(pieces: Sequence[Piece], project: Project) -> Iterator[bytes | list[Problem]]:
    """Yield what is made of pieces, in their order; in a process that makes one report of many, by itself."""
    count = min(PROCESSES, len(os.sched_getaffinity(0)))
    if len(pieces) < MANY or count == 1 or parent_process():
        yield from (_piece(each.page, project) for each in pieces)
        return
    with ProcessPoolExecutor(count, get_context("spawn"), _begin) as pool:
        try:
            yield from pool.map(_piece, [each.page for each in pieces], [project] * len(pieces))
        except BrokenExecutor:
            message = "a process that was laying out pages was ended; close other programs and try again"
            raise EnvironmentFault(message) from None


def _begin() -> None:
    """Look for garbage only after a piece, and then only in what was made for it."""
    gc.disable()
    gc.freeze()


def _piece(page: str, project: Project) -> bytes | list[Problem]:
    """Return a piece as it is kept, or the problems of an InputError, which does not pass between processes."""
    try:
        with sound():
            return laid_out(press(project), page).written()
    except InputError as error:
        return error.problems
