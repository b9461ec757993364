"""The tags of two PDFs in one tree: those of the one that is added become a part of the other's document."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from pikepdf import Array, Dictionary, Name, Object, Pdf

from mpr.render.foreign import kids, leaves, listed, names, numbers, parents, under


def next_key(root: Object) -> int:
    """Return the first number that is free in the parent tree of a structure tree."""
    return max(parents(root), default=-1) + 1


def graft(pdf: Pdf, root: Object, part: Dictionary, pages: tuple[Object, Object] | None) -> None:
    """Put a structure tree, whose names and numbers are its own, into that of a PDF as a part.

    `part` is how it is described. It comes after what is on the second of two pages and not on the first; without
    them it comes last.
    """
    own = pdf.Root.StructTreeRoot
    parent, place = _after(own, pages)
    grafted = _part(pdf, root)
    for key, each in part.items():
        if key not in grafted:  # what it says of itself goes before
            grafted[key] = each
    grafted.P = parent
    held = kids(parent)
    parent.K = Array([*held[:place], grafted, *held[place:]])
    for key in ("/RoleMap", "/ClassMap"):
        if merged := dict(under(own, key).items()) | dict(root[key].items()):
            own[key] = Dictionary(merged)
    trees = (leaves(under(tree, "/IDTree"), "/Names") for tree in (own, root))
    if ids := {bytes(key): each for tree in trees for key, each in tree}:
        own.IDTree = names(ids)
    own.ParentTree = numbers(parents(own) | parents(root))
    own.ParentTreeNextKey = next_key(own)


def _part(pdf: Pdf, root: Object) -> Object:
    """Return what a tree holds as one element: its document turned into a part, or a part around all that it holds."""
    held = [each for each in kids(root) if isinstance(each, Dictionary)]
    if len(held) == 1 and held[0].get("/S") == "/Document":
        held[0].S = Name.Part
        return held[0]
    part = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part, K=Array(held)))
    for each in held:
        each.P = part
    return part


def _after(root: Object, pages: tuple[Object, Object] | None) -> tuple[Object, int]:
    """Return the element, and the place in it, that comes after what is on a page and not on the one before."""
    tree = parents(root)
    before, page = ([], []) if pages is None else (_on(tree, each) for each in pages)
    around = {each.objgen for element in before for each in _upward(element)}
    for element in reversed(page):
        shared = (pair for pair in pairwise(_upward(element)) if pair[1].objgen in around)
        each, parent = next(shared, (element, root))
        places = [one.objgen for one in kids(parent) if isinstance(one, Dictionary)]
        if each.objgen in places:  # which a running head is not
            return parent, places.index(each.objgen) + 1
    document = kids(root)[0]
    return document, len(kids(document))


def _on(tree: Mapping[int, Object], page: Object) -> list[Object]:
    """Return the elements on a page, in the order of the page."""
    found = listed(tree.get(int(page.get("/StructParents", -1))))
    return [each for each in found if isinstance(each, Dictionary)]


def _upward(element: Object) -> Iterator[Object]:
    """Yield an element, the one around it, and so on."""
    seen = set()
    each: Object | None = element
    while isinstance(each, Dictionary) and each.objgen not in seen:
        seen.add(each.objgen)
        yield each
        each = each.get("/P")
