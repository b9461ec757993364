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
from mpr.render.pdf.structure_element import ContentPlace, StructureElement
from mpr.render.pdf.template_fault import make_pdf_problem

PRINT_FLAG = 4  # the flag of an annotation that is there on paper too


class WrittenPage(Protocol):
    """A page that was written."""

    def get_link_annotation(self, number: int) -> pydyf.Dictionary:
        """Return the annotation of a link, by its number."""


def write_tags(pdf: pydyf.PDF, root: StructureElement, written_pages: Sequence[WrittenPage]) -> None:
    """Give a PDF the tags of a document in place of its own."""
    _remove_weasyprint_tags(pdf)
    _TagWriter(pdf, root, written_pages).write()


def _remove_weasyprint_tags(pdf: pydyf.PDF) -> None:
    """Take WeasyPrint's own tree away: it lies at the end, with only the metadata after it."""
    root = int(pdf.catalog["StructTreeRoot"].split()[0])
    first = int(pdf.objects[root]["ParentTree"].split()[0])
    metadata = pdf.objects[-1]
    del pdf.objects[first:]
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference


class _TagWriter:
    """Writes tags into a PDF."""

    def __init__(self, pdf: pydyf.PDF, root: StructureElement, written_pages: Sequence[WrittenPage]) -> None:
        self.pdf = pdf
        self.root = root
        self.written_pages = written_pages
        self.page_references = pdf.page_references
        self.mark_owners: dict[int, dict[int, bytes]] = defaultdict(dict)  # who holds a mark, by page and mark
        self.link_owners: list[bytes] = []  # who holds an annotation
        self.header_ids: list[tuple[bytes, bytes]] = []  # heads by their ids

    def write(self) -> None:
        """Write all tags, and the ways back to them: from what is on the pages, and from ids."""
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
                [make_pdf_problem("two heads of tables have one name; give what is around them an id each")]
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
    ) -> Any:  # noqa: ANN401 - pydyf has no types
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
