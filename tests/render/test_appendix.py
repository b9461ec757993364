"""The faults found in an appendix's PDF before it is published, and its place in the report's PDF."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from mpr.load.editions.appendix_files import AppendixFile
from mpr.problem import Place
from mpr.render.attachments.appendices import attach_appendices, inspect_appendices
from mpr.render.attachments.sanitise import iter_elements
from mpr.report.model.appendix import Appendix
from tests.pdfs import change_pdf, make_pdf

PDF = "the PDF of 'The budget'"
PLACE = Place("data/2018-05.yaml", line=7, column=5)
FIGURE = '<h1>A</h1><svg width="9" height="9"><title>Spending rose</title><rect width="9" height="9"/></svg>'
DAMAGED = f"error E147 {PDF} is damaged; copy it again from its source, or export it again"
LOCKED = f"error E148 {PDF} is protected by a password or against changes; ask for a copy without protection"
UNTAGGED = (
    f"error E149 {PDF} has no tags, so a screen reader cannot follow it; export it again: in Word or Excel choose "
    "File, Save As, PDF, Options, 'Document structure tags for accessibility'; in LibreOffice choose File, Export As "
    "PDF, 'Universal Accessibility (PDF/UA)'"
)
CORRECT_SOURCE = "correct the document that the PDF was made from, and export it again"

Change = Callable[[pikepdf.Pdf], object]


@pytest.fixture(scope="module")
def budget() -> bytes:
    return make_pdf()


def _inspect(*pdfs: bytes) -> tuple[tuple[int, ...], list[str]]:
    """Return the page counts of appendices, and their problems as text."""
    problems = []
    files = [AppendixFile("The budget", "", data, Path("budget.pdf"), PLACE) for data in pdfs]
    page_counts = tuple(appendix.pages for appendix in inspect_appendices(files, problems))
    return page_counts, [str(problem).removeprefix("data/2018-05.yaml:7:5: ") for problem in problems]


def test_pages_of_sound_appendices_are_counted(budget: bytes) -> None:
    assert _inspect(budget, make_pdf("<h1>One page</h1>", "One")) == ((2, 1), [])


def test_damaged_pdf_is_an_error(budget: bytes) -> None:
    middle = len(budget) // 2
    for data in (b"%PDF-1.7\nnothing more", budget[:middle], budget[:-40], budget[:900] + bytes(40) + budget[940:]):
        assert _inspect(data)[1] == [DAMAGED]


def test_pdf_with_a_name_that_is_not_utf8_is_damaged(budget: bytes) -> None:
    odd = change_pdf(budget, lambda _: None, qdf=True)
    assert odd.count(b"/S /H2") == 1
    assert _inspect(odd)[1] == []
    assert _inspect(odd.replace(b"/S /H2", b"/S /\xfc\xfc"))[1] == [DAMAGED]


@pytest.mark.parametrize("passwords", [{"user": "a", "owner": "b"}, {"owner": "b"}])
def test_protected_pdf_is_an_error(budget: bytes, passwords: dict[str, str]) -> None:
    locked = change_pdf(budget, lambda _: None, encryption=pikepdf.Encryption(**passwords))
    assert _inspect(locked)[1] == [LOCKED]


def test_pdf_without_pages_is_an_error(budget: bytes) -> None:
    empty = change_pdf(budget, lambda pdf: pdf.pages.__delitem__(slice(0, 2)))
    assert _inspect(empty) == ((0,), [f"error E150 {PDF} has no pages; export it again"])


def _remove_mark_info(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def _remove_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _empty_tags(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K = pikepdf.Array()


@pytest.mark.parametrize("change", [_remove_mark_info, _remove_tags, _empty_tags])
def test_pdf_without_tags_is_an_error(budget: bytes, change: Change) -> None:
    assert _inspect(change_pdf(budget, change))[1] == [UNTAGGED]


def test_missing_language_title_and_alternative_texts_are_one_warning() -> None:
    picture = make_pdf(FIGURE)
    assert _inspect(picture)[1] == []

    def remove_texts(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Lang
        pdf.docinfo.Title = " "
        document = pdf.Root.StructTreeRoot.K[0]
        (figure,) = (element for element in iter_elements(pdf.Root.StructTreeRoot) if element.S == "/Figure")
        del figure.Alt
        chart = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Chart, P=document))
        document.K.append(chart)
        pdf.Root.StructTreeRoot.RoleMap = Dictionary(Chart=Name.Figure)

    lacking = f"warning W151 {PDF} lacks its language, a title and words for 2 pictures"
    assert _inspect(change_pdf(picture, remove_texts))[1] == [f"{lacking}; {CORRECT_SOURCE}"]
    (warning,) = _inspect(change_pdf(picture, lambda pdf: pdf.Root.__delattr__("Lang")))[1]
    assert warning == f"warning W151 {PDF} lacks its language; {CORRECT_SOURCE}"


def test_films_are_a_warning_that_names_their_pages(budget: bytes) -> None:
    def add_films(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            film = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Movie, Rect=[0, 0, 9, 9]))
            page.Annots = pikepdf.Array([*page.get("/Annots", []), film])

    (warning,) = _inspect(change_pdf(budget, add_films))[1]
    message = "has something to fill in, play or open on pages 1 and 2, which is left out of the report"
    assert warning == f"warning W152 {PDF} {message}; if readers need it, write it into the text"


def test_appendix_follows_the_page_that_announces_it(budget: bytes) -> None:
    report = make_pdf(
        '<p><a href="#appendix-a">A</a></p><h1>Report</h1><h2 id="appendix-a" class="new">Appendix A</h2>'
    )
    appendix = Appendix("appendix-a", "Appendix A", "The budget", "", "A", "a.pdf", "", "")
    with pikepdf.open(BytesIO(attach_appendices(report, {appendix: budget}))) as pdf:
        assert [page.label for page in pdf.pages] == ["1", "2", "A-1", "A-2"]
        parts = [element for element in pdf.Root.StructTreeRoot.K[0].K if "/T" in element]
        assert [str(part.T) for part in parts] == ["Appendix A: The budget"]
