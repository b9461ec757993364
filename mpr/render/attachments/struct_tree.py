"""Merges the structure trees of two PDFs: that of the added PDF becomes a part of the other's document."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from pikepdf import Array, Dictionary, Name, Object, Pdf

from mpr.render.attachments.sanitise import (
    as_list,
    build_name_tree,
    build_number_tree,
    get_dictionary,
    iter_tree_items,
    list_kids,
    read_parent_tree,
)


def compute_next_key(root: Object) -> int:
    """Return the first unused key of the parent tree of a structure tree."""
    return max(read_parent_tree(root), default=-1) + 1


def merge_struct_tree(
    pdf: Pdf, added_root: Object, defaults: Dictionary, page_pair: tuple[Object, Object] | None
) -> None:
    """Insert a structure tree, which shares no name or number with the PDF's, into the PDF's as a part.

    `defaults` are attributes for the part that it does not have itself. It follows the outermost element that is on the
    second page of `page_pair` but not on the first; without a pair it comes last.
    """
    own_root = pdf.Root.StructTreeRoot
    parent, position = _find_insertion_point(own_root, page_pair)
    added_part = _wrap_in_part(pdf, added_root)
    for key, value in defaults.items():
        if key not in added_part:  # its own attributes take precedence
            added_part[key] = value
    added_part.P = parent
    siblings = list_kids(parent)
    parent.K = Array([*siblings[:position], added_part, *siblings[position:]])
    for key in ("/RoleMap", "/ClassMap"):
        if merged := dict(get_dictionary(own_root, key).items()) | dict(added_root[key].items()):
            own_root[key] = Dictionary(merged)
    trees = (iter_tree_items(get_dictionary(tree, "/IDTree"), "/Names") for tree in (own_root, added_root))
    if ids := {bytes(key): element for tree in trees for key, element in tree}:
        own_root.IDTree = build_name_tree(ids)
    own_root.ParentTree = build_number_tree(read_parent_tree(own_root) | read_parent_tree(added_root))
    own_root.ParentTreeNextKey = compute_next_key(own_root)


def _wrap_in_part(pdf: Pdf, root: Object) -> Object:
    """Return a tree as one element: its document turned into a part, or else a part around its elements."""
    top_elements = [kid for kid in list_kids(root) if isinstance(kid, Dictionary)]
    if len(top_elements) == 1 and top_elements[0].get("/S") == "/Document":
        top_elements[0].S = Name.Part
        return top_elements[0]
    part = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part, K=Array(top_elements)))
    for element in top_elements:
        element.P = part
    return part


def _find_insertion_point(root: Object, page_pair: tuple[Object, Object] | None) -> tuple[Object, int]:
    """Return a parent and a position in it: after the outermost element that begins on the second page of a pair."""
    parent_tree = read_parent_tree(root)
    elements_before, page_elements = (
        ([], []) if page_pair is None else (_list_elements_on(parent_tree, page) for page in page_pair)
    )
    ids_before = {ancestor.objgen for element in elements_before for ancestor in _iter_self_and_ancestors(element)}
    for element in reversed(page_elements):
        pairs = (pair for pair in pairwise(_iter_self_and_ancestors(element)) if pair[1].objgen in ids_before)
        child, parent = next(pairs, (element, root))
        kid_ids = [kid.objgen for kid in list_kids(parent) if isinstance(kid, Dictionary)]
        if child.objgen in kid_ids:  # a running head is not
            return parent, kid_ids.index(child.objgen) + 1
    document = list_kids(root)[0]
    return document, len(list_kids(document))


def _list_elements_on(parent_tree: Mapping[int, Object], page: Object) -> list[Object]:
    """Return the elements that own the content of a page, in the order of the marks."""
    owners = as_list(parent_tree.get(int(page.get("/StructParents", -1))))
    return [owner for owner in owners if isinstance(owner, Dictionary)]


def _iter_self_and_ancestors(element: Object) -> Iterator[Object]:
    """Yield an element, its parent, and so on."""
    seen = set()
    current: Object | None = element
    while isinstance(current, Dictionary) and current.objgen not in seen:
        seen.add(current.objgen)
        yield current
        current = current.get("/P")
