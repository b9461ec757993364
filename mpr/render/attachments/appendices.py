"""Checks the PDFs of a report's appendices, and attaches them to the report's own PDF.

An appendix that nobody could open, or that a screen reader could not follow, stops the report. What would be missing
for some readers, such as a title or a form field, is a warning.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from io import BytesIO

from pikepdf import PasswordError, Pdf, PdfError

from mpr.load.editions.appendix_files import AppendixFile
from mpr.measure.formatting import format_count, join_words
from mpr.problem import Problem, Severity, quote
from mpr.render.attachments.join import Addition, join_pdfs
from mpr.render.attachments.sanitise import (
    get_dictionary,
    is_interactive,
    iter_elements,
    list_annotations,
    read_parent_tree,
    sanitise_and_prefix,
)
from mpr.report.model.appendix import Appendix

DAMAGED = ("E147", "is damaged", "copy it again from its source, or export it again")
LOCKED = ("E148", "is protected by a password or against changes", "ask for a copy without protection")
EXPORT_FROM_WORD = "choose File, Save As, PDF, Options, 'Document structure tags for accessibility'"
EXPORT_FROM_LIBRE_OFFICE = "choose File, Export As PDF, 'Universal Accessibility (PDF/UA)'"
UNTAGGED = (
    "E149",
    "has no tags, so a screen reader cannot follow it",
    f"export it again: in Word or Excel {EXPORT_FROM_WORD}; in LibreOffice {EXPORT_FROM_LIBRE_OFFICE}",
)
EMPTY = ("E150", "has no pages", "export it again")
ALTERNATIVE_TEXTS = {"/Alt", "/ActualText"}  # read in place of a picture
CACHE_SIZE = 16  # appendices, which the preview would otherwise inspect at every change

PdfFault = tuple[str, ...]  # code, message, hint, then the words that the fault was made from


def attach_appendices(report_pdf: bytes, appendix_pdfs: Mapping[Appendix, bytes]) -> bytes:
    """Return the report's PDF with the PDF of each appendix after the page that announces it."""
    additions = [
        Addition(appendix.anchor, f"{appendix.label}: {appendix.title}", data, appendix.letter)
        for appendix, data in appendix_pdfs.items()
    ]
    return join_pdfs(report_pdf, additions)


def inspect_appendices(appendix_files: Sequence[AppendixFile], problems: list[Problem]) -> tuple[AppendixFile, ...]:
    """Return appendices with their page counts, and add their faults to `problems`, as errors and warnings."""
    for appendix in appendix_files:
        for code, fault, hint, *basis in _inspect_pdf(appendix.data)[1]:
            severity = Severity.WARNING if code.startswith("W") else Severity.ERROR
            title = quote(appendix.title)
            message = f"the PDF of {title} {fault}"
            subject = title[1:-1]
            problems.append(Problem(appendix.place, code, message, hint, severity, subject=subject, basis=tuple(basis)))
    return tuple(replace(appendix, pages=_inspect_pdf(appendix.data)[0]) for appendix in appendix_files)


@lru_cache(CACHE_SIZE)
def _inspect_pdf(data: bytes) -> tuple[int, tuple[PdfFault, ...]]:
    """Return the page count of a PDF, 0 if it cannot be opened, and its faults."""
    try:
        with Pdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            result = len(pdf.pages), tuple(_check_pdf(pdf))
            if not any(code.startswith("E") for code, *_ in result[1]):
                sanitise_and_prefix(pdf, "", 0)  # as when joining, so that unreadable parts are found now
            return result
    except PasswordError:
        return 0, (LOCKED,)
    except (PdfError, UnicodeDecodeError):  # the latter from a name that is not UTF-8
        return 0, (DAMAGED,)


def _check_pdf(pdf: Pdf) -> Iterator[PdfFault]:
    if blocking_fault := _find_blocking_fault(pdf):
        yield blocking_fault
        return
    if missing := list(_list_missing(pdf)):
        hint = "correct the document that the PDF was made from, and export it again"
        yield "W151", f"lacks {join_words(missing)}", hint, *missing
    interactive_pages = [
        number for number, page in enumerate(pdf.pages, 1) if any(map(is_interactive, list_annotations(page.obj)))
    ]
    if interactive_pages:
        pages = [str(number) for number in interactive_pages]
        where = f"page {pages[0]}" if len(pages) == 1 else f"pages {join_words(pages)}"
        message = f"has something to fill in, play or open on {where}, which is left out of the report"
        yield "W152", message, "if readers need it, write it into the text", *pages


def _find_blocking_fault(pdf: Pdf) -> PdfFault | None:
    """Return the first fault that stops the report, None if there is none."""
    if pdf.is_encrypted:
        return LOCKED
    if not len(pdf.pages):
        return EMPTY
    if pdf.check_pdf_syntax():
        return DAMAGED
    root = get_dictionary(pdf.Root, "/StructTreeRoot")
    is_tagged = (
        get_dictionary(pdf.Root, "/MarkInfo").get("/Marked")
        and read_parent_tree(root)
        and next(iter_elements(root), None)
    )
    return None if is_tagged else UNTAGGED


def _list_missing(pdf: Pdf) -> Iterator[str]:
    """Yield what a PDF lacks for a reader who cannot see its pages."""
    if not str(pdf.Root.get("/Lang", "")):
        yield "its language"
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "a title"
    root = pdf.Root.StructTreeRoot
    roles = {key: str(role) for key, role in get_dictionary(root, "/RoleMap").items()}
    figures = [element for element in iter_elements(root) if roles.get(str(element.S), str(element.S)) == "/Figure"]
    if undescribed := sum(not ALTERNATIVE_TEXTS & set(figure.keys()) for figure in figures):
        yield f"words for {format_count(undescribed, 'picture')}"
