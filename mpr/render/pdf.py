"""The printed page as PDF/UA-1: laid out piece by piece, and bound.

What was made is kept, the PDF and each piece that was laid out for it: where nothing has changed nothing is made anew,
and else only what has.
"""

import re
from collections.abc import Iterable, Mapping

from mpr.problem import InputError
from mpr.project import Project, stamp
from mpr.render import cache
from mpr.render.html import print_style
from mpr.render.paper import pieces
from mpr.render.paper.cut import ASKED, Cut, Piece, cut, uncut
from mpr.render.paper.fault import unsound
from mpr.render.paper.laid import Laid

# What in a style looks beyond a piece: such a page is laid out whole.
BEYOND = re.compile(r"@page[^{;]*:[^{;]*{|\bcounters?\(|position:\s*fixed|footnote")
ROUNDS = 5  # of laying out what asks for page numbers, and has pages itself
CIRCLE = "page numbers in the contents change how many pages there are; give them a place of their own"


def render(page: str, project: Project) -> tuple[bytes, int]:
    """Return the PDF of a page and how many pages it has.

    Raises InputError where WeasyPrint warns of anything or is to fetch what it may not, EnvironmentFault where the
    machine lacks something.
    """
    before = stamp(project.templates)
    [path] = pieces.paths([page], ".pdf", project)
    if (found := cache.read(path)) is None:
        whole = cut(page)
        if BEYOND.search(print_style(project) + whole.around[0]):
            whole = cut(uncut(page))
        made, pages = _made(whole, project)
        found = b"%d\n%b" % (pages, made)
        if stamp(project.templates) == before:  # none was saved meanwhile
            cache.keep(project.cache, {path: found})
    number, _, data = found.partition(b"\n")
    return data, int(number)


def _made(whole: Cut, project: Project) -> tuple[bytes, int]:
    laid = pieces.laid([each for each in whole.pieces if not each.numbered], project)
    numbers, pages = _numbered(whole.pieces, laid)
    for _ in range(ROUNDS):
        filled = [each.with_numbers(numbers) for each in whole.pieces]
        laid |= pieces.laid([each for each in filled if each not in laid], project)
        before, (numbers, pages) = numbers, _numbered(filled, laid)
        if any(ASKED in each.page for each in filled):
            raise InputError([unsound(f"a page number is asked for ({ASKED}) where no page is known")])
        if numbers == before:
            parts = [(each, laid[each]) for each in filled]
            return pieces.bound(parts, whole.running(numbers, pages), project), pages
    raise InputError([unsound(CIRCLE)])


def _numbered(parts: Iterable[Piece], laid: Mapping[Piece, Laid]) -> tuple[dict[str, int], int]:
    """Return the page that each anchor is on, and how many there are; a piece that is not laid out counts as one."""
    numbers: dict[str, int] = {}
    before = 0
    for piece in parts:
        found = laid[piece].anchors if piece in laid else [piece.anchors]
        for number, anchors in enumerate(found, before + 1):
            for anchor in anchors:
                numbers.setdefault(anchor, number)
        before += len(found)
    return numbers, before
