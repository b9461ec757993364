"""Joins PDFs into one, with their tags, bookmarks, links and page numbers.

The first PDF is the document: the joined PDF has its title, language and dates. Each addition becomes a part of it.
Scripts, other automatic actions and attached files of an addition are dropped. The same PDFs give the same bytes.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, String

from mpr.render.attachments.sanitise import (
    build_name_tree,
    build_number_tree,
    collect_destinations,
    get_dictionary,
    iter_tree_items,
    sanitise_and_prefix,
)
from mpr.render.attachments.struct_tree import compute_next_key, merge_struct_tree


@dataclass(frozen=True)
class Addition:
    """A tagged PDF to be added under a title.

    `name` becomes the prefix of all names in it. If the first PDF has a destination of that name, the pages follow that
    destination's page and the bookmarks go under that page's bookmark; otherwise both come last. `label` is the prefix
    of its page numbers ("A" gives A-1, A-2); without one they do not change.
    """

    name: str
    title: str
    data: bytes
    label: str = ""


def join_pdfs(main_pdf: bytes, additions: Sequence[Addition]) -> bytes:
    """Return a tagged PDF with others added to it, in their order. Raises pikepdf's PdfError if one cannot be read."""
    with ExitStack() as stack:
        pdf = stack.enter_context(Pdf.open(BytesIO(main_pdf)))
        labels = {page.obj.objgen: str(page.label) for page in pdf.pages}
        for addition in additions:
            other = stack.enter_context(Pdf.open(BytesIO(addition.data)))
            own_labels = [f"{addition.label}-{page.label}" if addition.label else "" for page in other.pages]
            labels |= dict(zip(_add_pdf(pdf, other, addition), own_labels, strict=True))
        if any(addition.label for addition in additions):
            page_labels = (labels[page.obj.objgen] or str(number) for number, page in enumerate(pdf.pages, 1))
            pdf.Root.PageLabels = build_number_tree(
                {index: Dictionary(P=String(label)) for index, label in enumerate(page_labels)}
            )
        output = BytesIO()
        pdf.save(output, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return output.getvalue()


def _add_pdf(pdf: Pdf, other: Pdf, addition: Addition) -> list[tuple[int, int]]:
    """Add a PDF; return the object numbers of its pages."""
    prefix = f"{addition.name}."
    destinations = collect_destinations(pdf)
    page_pair = _find_page_pair(pdf, destinations.get(addition.name.encode()))
    sanitise_and_prefix(other, prefix, compute_next_key(pdf.Root.StructTreeRoot))
    added_destinations = {
        prefix.encode() + name: destination for name, destination in collect_destinations(other).items()
    }
    bookmarks = Array(_iter_children(get_dictionary(other.Root, "/Outlines")))
    carried = Dictionary(
        Places=build_name_tree(added_destinations), Tags=other.Root.StructTreeRoot, Bookmarks=bookmarks
    )
    pages = _copy_pages(pdf, other, page_pair)
    copied = pdf.copy_foreign(other.make_indirect(carried))
    destinations |= {bytes(name): destination for name, destination in iter_tree_items(copied.Places, "/Names")}
    pdf.Root.Names = Dictionary(
        dict(get_dictionary(pdf.Root, "/Names").items()) | {"/Dests": build_name_tree(destinations)}
    )
    part = Dictionary(T=String(addition.title))
    if "/Lang" in other.Root:
        part.Lang = String(str(other.Root.Lang))
    merge_struct_tree(pdf, copied.Tags, part, page_pair)
    if added_bookmarks := [bookmark for bookmark in copied.Bookmarks if isinstance(bookmark, Dictionary)]:
        _insert_bookmarks(pdf, added_bookmarks, page_pair[1] if page_pair else None)
    return pages


def _find_page_pair(pdf: Pdf, destination: Object | None) -> tuple[Object, Object] | None:
    """Return the page before that of a destination, and that page; None unless there are both."""
    target_page = _find_page(destination)
    pairs = pairwise([page.obj for page in pdf.pages])
    return next((pair for pair in pairs if target_page is not None and pair[1].objgen == target_page.objgen), None)


def _find_page(destination: Object | None) -> Object | None:
    """Return the page that a destination is on, None if it is on none."""
    target = destination.get("/D") if isinstance(destination, Dictionary) else destination
    return target[0] if isinstance(target, Array) and len(target) and isinstance(target[0], Dictionary) else None


def _copy_pages(pdf: Pdf, other: Pdf, page_pair: tuple[Object, Object] | None) -> list[tuple[int, int]]:
    """Copy the pages of a PDF after the second page of a pair, or to the end; return their object numbers."""
    for key in ("/Names", "/Dests"):  # destinations are carried over with those of the other PDFs
        if key in other.Root:
            del other.Root[key]
    end = len(pdf.pages)
    pdf.add_pages_from(other, forms="strip")
    added_pages = list(pdf.pages)[end:]
    if page_pair:
        start = [page.obj.objgen for page in pdf.pages].index(page_pair[1].objgen) + 1
        del pdf.pages[end:]
        for position, page in enumerate(added_pages, start):
            pdf.pages.insert(position, page)
    return [page.obj.objgen for page in added_pages]


def _insert_bookmarks(pdf: Pdf, bookmarks: Sequence[Object], page: Object | None) -> None:
    """Insert bookmarks under the one that leads to a page, or after all others."""
    if "/Outlines" not in pdf.Root:
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    outlines = pdf.Root.Outlines
    page_bookmarks = (
        bookmark for bookmark in _iter_bookmarks(outlines) if page is not None and _has_target(bookmark, page)
    )
    parent = next(page_bookmarks, outlines)
    for bookmark in bookmarks:
        bookmark.Parent = parent
    if "/Last" in parent:
        parent.Last.Next, bookmarks[0].Prev = bookmarks[0], parent.Last
    else:
        parent.First = bookmarks[0]
    parent.Last = bookmarks[-1]
    count = int(parent.get("/Count", 0))
    parent.Count = count + len(bookmarks) if count > 0 else count - len(bookmarks)


def _has_target(bookmark: Object, page: Object) -> bool:
    target_page = _find_page(bookmark.get("/Dest"))
    return target_page is not None and target_page.objgen == page.objgen


def _iter_bookmarks(outlines: Object) -> Iterator[Object]:
    """Yield all bookmarks, each before its children."""
    for bookmark in _iter_children(outlines):
        yield bookmark
        yield from _iter_bookmarks(bookmark)


def _iter_children(parent: Object) -> Iterator[Object]:
    """Yield the children of a bookmark."""
    seen = set()
    child = parent.get("/First")
    while isinstance(child, Dictionary) and child.is_indirect and child.objgen not in seen:
        seen.add(child.objgen)
        yield child
        child = child.get("/Next")
