"""Writes the structure tree of the PDF, which a screen reader follows, in place of WeasyPrint's own.

WeasyPrint writes a tag for each box of its layout: a table on three pages becomes three tables whose repeated heads are
read as rows, a link of two lines becomes two links, and cells name the wrong headers. The tree written here is the
one that structure_tree.py describes.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Protocol

import pydyf

from mpr.problem import InputError
from mpr.render.pdf.structure_element import ContentPlace, StructureElement
from mpr.render.pdf.template_fault import make_pdf_problem
from mpr.render.pdf.weasyprint_internals import remove_tags

PRINT_FLAG = 4  # of an annotation that is printed on paper too


class WrittenPage(Protocol):
    """A page that was written into the PDF."""

    def get_link_annotation(self, number: int) -> pydyf.Dictionary:
        """Return the annotation of a link by its number on the page."""


def write_tags(pdf: pydyf.PDF, root: StructureElement, written_pages: Sequence[WrittenPage]) -> None:
    """Replace the structure tree of a PDF. Raises InputError if two header cells have the same id."""
    remove_tags(pdf)
    _TagWriter(pdf, root, written_pages).write()


class _TagWriter:
    """Writes a structure tree into a PDF."""

    def __init__(self, pdf: pydyf.PDF, root: StructureElement, written_pages: Sequence[WrittenPage]) -> None:
        self.pdf = pdf
        self.root = root
        self.written_pages = written_pages
        self.page_references = pdf.page_references
        self.mark_owners: dict[int, dict[int, bytes]] = defaultdict(dict)  # the element of each mark, by page and mark
        self.link_owners: list[bytes] = []  # the element of each annotation
        self.header_ids: list[tuple[bytes, bytes]] = []  # header cells by id

    def write(self) -> None:
        """Write all elements, then the trees that lead back to them: from content on the pages, and from ids."""
        tree_root = self._add_object({"Type": "/StructTreeRoot"})
        tree_root["K"] = self._write_element(self.root, tree_root)
        owners_by_page = [self.mark_owners[page] for page in range(len(self.page_references))]
        owner_lists = [
            pydyf.Array(owners.get(mark, b"null") for mark in range(max(owners, default=-1) + 1))
            for owners in owners_by_page
        ]
        number_tree = [item for pair in enumerate([*owner_lists, *self.link_owners]) for item in pair]
        tree_root["ParentTree"] = self._add_object({"Nums": pydyf.Array(number_tree)}).reference
        if len(dict(self.header_ids)) < len(self.header_ids):
            raise InputError(
                [make_pdf_problem("two table headers have the same id; give the elements around them an id each")]
            )
        name_tree = [item for pair in sorted(self.header_ids) for item in pair]
        tree_root["IDTree"] = self._add_object({"Names": pydyf.Array(name_tree)}).reference
        self.pdf.catalog["StructTreeRoot"] = tree_root.reference

    def _add_object(self, values: dict[str, Any]) -> pydyf.Dictionary:
        dictionary = pydyf.Dictionary(values)
        self.pdf.add_object(dictionary)
        return dictionary

    def _write_element(self, element: StructureElement, parent: pydyf.Dictionary) -> bytes:
        page = self.page_references[element.page]
        dictionary = self._add_object(
            {"Type": "/StructElem", "S": f"/{element.role}", "P": parent.reference, "Pg": page}
        )
        dictionary.update({key: value.encode("latin-1") for key, value in element.entries.items()})
        if element.header_id:
            dictionary["ID"] = pydyf.String(element.header_id)
            self.header_ids.append((dictionary["ID"].data, dictionary.reference))
        dictionary["K"] = pydyf.Array(self._write_kid(kid, element, dictionary) for kid in element.kids)
        return bytes(dictionary.reference)

    def _write_kid(
        self, kid: StructureElement | ContentPlace, element: StructureElement, owner: pydyf.Dictionary
    ) -> bytes | int | pydyf.Dictionary:
        if isinstance(kid, StructureElement):
            return self._write_element(kid, owner)
        page = self.page_references[kid.page]
        if kid.is_link:
            annotation = self.written_pages[kid.page].get_link_annotation(kid.number)
            text, parent_key = pydyf.String(element.link_text), len(self.page_references) + len(self.link_owners)
            annotation.update(Contents=text, F=PRINT_FLAG, StructParent=parent_key)
            self.link_owners.append(owner.reference)
            return pydyf.Dictionary({"Type": "/OBJR", "Pg": page, "Obj": annotation.reference})
        self.mark_owners[kid.page][kid.number] = owner.reference
        on_its_page = kid.page == element.page
        return kid.number if on_its_page else pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.number})
