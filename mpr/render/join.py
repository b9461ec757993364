"""PDFs joined into one, with their tags, bookmarks, links and page numbers.

The first one is the document: its title, language and dates are those of the whole. What is added becomes a part of
it. Nothing that acts by itself is taken over, and no file inside a file. The same PDFs make the same bytes.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, String

from mpr.render.foreign import destinations, leaves, names, numbers, ready, under
from mpr.render.graft import graft, next_key


@dataclass(frozen=True)
class Addition:
    """A tagged PDF to be added under a title.

    `name` is what its own names begin with. Where the first PDF has a destination of that name, the pages follow the
    page that it is on, and the bookmarks stand under that page's; else both come last. `label` stands before its page
    numbers ("A" makes A-1, A-2); without it, they are what they would be anyway.
    """

    name: str
    title: str
    data: bytes
    label: str = ""


def join(first: bytes, additions: Sequence[Addition]) -> bytes:
    """Return a tagged PDF with others added to it, in their order."""
    with ExitStack() as opened:
        pdf = opened.enter_context(Pdf.open(BytesIO(first)))
        labels = {page.obj.objgen: str(page.label) for page in pdf.pages}
        for each in additions:
            other = opened.enter_context(Pdf.open(BytesIO(each.data)))
            own = [f"{each.label}-{page.label}" if each.label else "" for page in other.pages]
            labels |= dict(zip(_add(pdf, other, each), own, strict=True))
        if any(each.label for each in additions):
            found = (labels[page.obj.objgen] or str(number) for number, page in enumerate(pdf.pages, 1))
            pdf.Root.PageLabels = numbers({at: Dictionary(P=String(label)) for at, label in enumerate(found)})
        joined = BytesIO()
        pdf.save(joined, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return joined.getvalue()


def _add(pdf: Pdf, other: Pdf, addition: Addition) -> list[tuple[int, int]]:
    """Add a PDF; return the numbers by which its pages are known."""
    prefix = f"{addition.name}."
    named = destinations(pdf)
    after = _around(pdf, named.get(addition.name.encode()))
    ready(other, prefix, next_key(pdf.Root.StructTreeRoot))
    places = {prefix.encode() + name: place for name, place in destinations(other).items()}
    bookmarks = Array(_below(under(other.Root, "/Outlines")))
    carried = Dictionary(Places=names(places), Tags=other.Root.StructTreeRoot, Bookmarks=bookmarks)
    pages = _copied(pdf, other, after)
    copied = pdf.copy_foreign(other.make_indirect(carried))
    named |= {bytes(name): place for name, place in leaves(copied.Places, "/Names")}
    pdf.Root.Names = Dictionary(dict(under(pdf.Root, "/Names").items()) | {"/Dests": names(named)})
    part = Dictionary(T=String(addition.title))
    if "/Lang" in other.Root:
        part.Lang = String(str(other.Root.Lang))
    graft(pdf, copied.Tags, part, after)
    if added := [each for each in copied.Bookmarks if isinstance(each, Dictionary)]:
        _hang(pdf, added, after[1] if after else None)
    return pages


def _around(pdf: Pdf, place: Object | None) -> tuple[Object, Object] | None:
    """Return the page of a destination and the one before it, where there are both."""
    page = _page(place)
    pairs = pairwise([each.obj for each in pdf.pages])
    return next((pair for pair in pairs if page is not None and pair[1].objgen == page.objgen), None)


def _page(place: Object | None) -> Object | None:
    """Return the page that a destination is on."""
    found = place.get("/D") if isinstance(place, Dictionary) else place
    return found[0] if isinstance(found, Array) and len(found) and isinstance(found[0], Dictionary) else None


def _copied(pdf: Pdf, other: Pdf, after: tuple[Object, Object] | None) -> list[tuple[int, int]]:
    """Copy the pages of a PDF to the place after the second of two pages, or to the end; return their numbers."""
    for key in ("/Names", "/Dests"):  # they are carried with all others
        if key in other.Root:
            del other.Root[key]
    end = len(pdf.pages)
    pdf.add_pages_from(other, forms="strip")
    added = list(pdf.pages)[end:]
    if after:
        start = [each.obj.objgen for each in pdf.pages].index(after[1].objgen) + 1
        del pdf.pages[end:]
        for number, page in enumerate(added, start):
            pdf.pages.insert(number, page)
    return [each.obj.objgen for each in added]


def _hang(pdf: Pdf, added: Sequence[Object], page: Object | None) -> None:
    """Hang bookmarks under the one that leads to a page, or below all others."""
    if "/Outlines" not in pdf.Root:
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    whole = pdf.Root.Outlines
    leading = (each for each in _bookmarks(whole) if page is not None and _leads(each, page))
    parent = next(leading, whole)
    for each in added:
        each.Parent = parent
    if "/Last" in parent:
        parent.Last.Next, added[0].Prev = added[0], parent.Last
    else:
        parent.First = added[0]
    parent.Last = added[-1]
    opened = int(parent.get("/Count", 0))
    parent.Count = opened + len(added) if opened > 0 else opened - len(added)


def _leads(bookmark: Object, page: Object) -> bool:
    found = _page(bookmark.get("/Dest"))
    return found is not None and found.objgen == page.objgen


def _bookmarks(outlines: Object) -> Iterator[Object]:
    """Yield all bookmarks, each before those below it."""
    for each in _below(outlines):
        yield each
        yield from _bookmarks(each)


def _below(bookmark: Object) -> Iterator[Object]:
    """Yield the bookmarks right below one."""
    seen = set()
    each = bookmark.get("/First")
    while isinstance(each, Dictionary) and each.is_indirect and each.objgen not in seen:
        seen.add(each.objgen)
        yield each
        each = each.get("/Next")
