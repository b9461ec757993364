"""The appendices of a report: what is in their PDFs, and their place in the report's own.

What would be lost on readers is said before it is published: an appendix that nobody could open, or that a screen
reader could not follow, stops the report.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from io import BytesIO

from pikepdf import PasswordError, Pdf, PdfError

from mpr.load.appendix import Appendix
from mpr.measure.words import listed, plural
from mpr.problem import Problem, Severity, quoted
from mpr.render.foreign import annotations, elements, loose, parents, ready, under
from mpr.render.join import Addition, join
from mpr.report import appendices

DAMAGED = ("E147", "is damaged", "copy it anew from where it was made, or export it again")
LOCKED = ("E148", "is protected by a password or against changes", "ask for one without protection")
WORD = "choose File, Save As, PDF, Options, 'Document structure tags for accessibility'"
LIBRE_OFFICE = "choose File, Export As PDF, 'Universal Accessibility (PDF/UA)'"
UNTAGGED = (
    "E149",
    "has no tags, so a screen reader cannot follow it",
    f"export it again: in Word or Excel {WORD}; in LibreOffice {LIBRE_OFFICE}",
)
EMPTY = ("E150", "has no pages", "export it again")
WORDS = {"/Alt", "/ActualText"}  # that stand for a picture
KEPT = 16  # appendices that are looked at once, however often the preview shows them

Fault = tuple[str, str, str]  # its code, what a PDF has or lacks, what to do


def attach(printed: bytes, attached: Mapping[appendices.Appendix, bytes]) -> bytes:
    """Return the report's PDF with the PDF of each appendix after the page that announces it."""
    parts = attached.items()
    return join(printed, [Addition(one.anchor, f"{one.label}: {one.title}", data, one.letter) for one, data in parts])


def counted(read: Sequence[Appendix], problems: list[Problem]) -> tuple[Appendix, ...]:
    """Return appendices with their pages counted, noting what keeps them from being published, and what they lack."""
    for each in read:
        for code, message, hint in _looked_at(each.data)[1]:
            severity = Severity.WARNING if code.startswith("W") else Severity.ERROR
            problems.append(Problem(each.place, code, f"the PDF of {quoted(each.title)} {message}", hint, severity))
    return tuple(replace(each, pages=_looked_at(each.data)[0]) for each in read)


@lru_cache(KEPT)
def _looked_at(data: bytes) -> tuple[int, tuple[Fault, ...]]:
    """Return how many pages a PDF has, and what is wrong with it."""
    try:
        with Pdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            found = len(pdf.pages), tuple(_faults(pdf))
            if not any(code.startswith("E") for code, *_ in found[1]):
                ready(pdf, "", 0)  # as for joining, so that what cannot be read is found now
            return found
    except PasswordError:
        return 0, (LOCKED,)
    except (PdfError, UnicodeDecodeError):  # the latter of a name that is not in UTF-8
        return 0, (DAMAGED,)


def _faults(pdf: Pdf) -> Iterator[Fault]:
    if stopping := _stopping(pdf):
        yield stopping
        return
    if lacking := list(_lacking(pdf)):
        hint = "mend it in the document that the PDF was made from, and export it again"
        yield "W151", f"lacks {listed(lacking)}", hint
    held = [number for number, page in enumerate(pdf.pages, 1) if any(map(loose, annotations(page.obj)))]
    if held:
        where = f"page {held[0]}" if len(held) == 1 else f"pages {listed([str(each) for each in held])}"
        message = f"has something to fill in, play or open on {where}, which is left out of the report"
        yield "W152", message, "where readers need it, write it into the text"


def _stopping(pdf: Pdf) -> Fault | None:
    """Return what keeps a PDF from being published."""
    if pdf.is_encrypted:
        return LOCKED
    if not len(pdf.pages):
        return EMPTY
    if pdf.check_pdf_syntax():
        return DAMAGED
    root = under(pdf.Root, "/StructTreeRoot")
    tagged = under(pdf.Root, "/MarkInfo").get("/Marked") and parents(root) and next(elements(root), None)
    return None if tagged else UNTAGGED


def _lacking(pdf: Pdf) -> Iterator[str]:
    """Yield what a reader who cannot see the pages would miss."""
    if not str(pdf.Root.get("/Lang", "")):
        yield "its language"
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "a title"
    root = pdf.Root.StructTreeRoot
    roles = {key: str(kind) for key, kind in under(root, "/RoleMap").items()}
    pictures = [each for each in elements(root) if roles.get(str(each.S), str(each.S)) == "/Figure"]
    if silent := sum(not WORDS & set(each.keys()) for each in pictures):
        yield f"words for {plural(silent, 'picture')}"
