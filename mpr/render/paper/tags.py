"""Writes the tags of the PDF, by which a screen reader reads it, in place of those that WeasyPrint writes.

WeasyPrint has a tag for each box of its layout: a table on three pages is three tables whose repeated heads are read as
rows, a link of two lines is two links, and heads name the wrong cells. What is written here is the tree that
`structure` describes. It knows pydyf, and where WeasyPrint leaves its own tree.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Protocol

import pydyf

from mpr.problem import InputError
from mpr.render.paper.element import Element, Place
from mpr.render.paper.fault import unsound

PRINTED = 4  # the flag of an annotation that is there on paper too


class Written(Protocol):
    """A page that was written."""

    def annotation(self, number: int) -> pydyf.Dictionary:
        """Return the annotation of a link, by its number."""


def write(pdf: pydyf.PDF, root: Element, pages: Sequence[Written]) -> None:
    """Give a PDF the tags of a document in place of its own."""
    _clear(pdf)
    _Writer(pdf, root, pages).write()


def _clear(pdf: pydyf.PDF) -> None:
    """Take WeasyPrint's own tree away: it lies at the end, with only the metadata after it."""
    root = int(pdf.catalog["StructTreeRoot"].split()[0])
    first = int(pdf.objects[root]["ParentTree"].split()[0])
    metadata = pdf.objects[-1]
    del pdf.objects[first:]
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference


class _Writer:
    """Writes tags into a PDF."""

    def __init__(self, pdf: pydyf.PDF, root: Element, written: Sequence[Written]) -> None:
        self.pdf = pdf
        self.root = root
        self.written = written
        self.pages = pdf.page_references
        self.owners: dict[int, dict[int, bytes]] = defaultdict(dict)  # who holds a mark, by page and mark
        self.links: list[bytes] = []  # who holds an annotation
        self.named: list[tuple[bytes, bytes]] = []  # heads by their ids

    def write(self) -> None:
        """Write all tags, and the ways back to them: from what is on the pages, and from ids."""
        top = self._add({"Type": "/StructTreeRoot"})
        top["K"] = self._tag(self.root, top)
        marks = [self.owners[page] for page in range(len(self.pages))]
        lists = [pydyf.Array(held.get(each, b"null") for each in range(max(held, default=-1) + 1)) for held in marks]
        numbers = [each for pair in enumerate([*lists, *self.links]) for each in pair]
        top["ParentTree"] = self._add({"Nums": pydyf.Array(numbers)}).reference
        if len(dict(self.named)) < len(self.named):
            raise InputError([unsound("two heads of tables have one name; give what is around them an id each")])
        names = [each for pair in sorted(self.named) for each in pair]
        top["IDTree"] = self._add({"Names": pydyf.Array(names)}).reference
        self.pdf.catalog["StructTreeRoot"] = top.reference

    def _add(self, values: dict[str, Any]) -> pydyf.Dictionary:
        written = pydyf.Dictionary(values)
        self.pdf.add_object(written)
        return written

    def _tag(self, tag: Element, around: pydyf.Dictionary) -> bytes:
        page = self.pages[tag.page]
        written = self._add({"Type": "/StructElem", "S": f"/{tag.role}", "P": around.reference, "Pg": page})
        written.update({key: said.encode("latin-1") for key, said in tag.said.items()})
        if tag.name:
            written["ID"] = pydyf.String(tag.name)
            self.named.append((written["ID"].data, written.reference))
        written["K"] = pydyf.Array(self._kid(kid, tag, written) for kid in tag.kids)
        return bytes(written.reference)

    def _kid(self, kid: Element | Place, tag: Element, written: pydyf.Dictionary) -> Any:  # noqa: ANN401 - pydyf has no types
        if isinstance(kid, Element):
            return self._tag(kid, written)
        page = self.pages[kid.page]
        if kid.link:
            here = self.written[kid.page].annotation(kid.number)
            words, number = pydyf.String(tag.words), len(self.pages) + len(self.links)
            here.update(Contents=words, F=PRINTED, StructParent=number)
            self.links.append(written.reference)
            return pydyf.Dictionary({"Type": "/OBJR", "Pg": page, "Obj": here.reference})
        self.owners[kid.page][kid.number] = written.reference
        on_its_page = kid.page == tag.page
        return kid.number if on_its_page else pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.number})
