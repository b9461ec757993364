"""What is said of an appendix's PDF before it is published, and its place in the report's own."""

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
from tests.pdfs import changed, made

PDF = "the PDF of 'The budget'"
PLACE = Place("data/2018-05.yaml", line=7, column=5)
FIGURE = '<h1>A</h1><svg width="9" height="9"><title>Spending rose</title><rect width="9" height="9"/></svg>'
DAMAGED = f"error E147 {PDF} is damaged; copy it anew from where it was made, or export it again"
LOCKED = f"error E148 {PDF} is protected by a password or against changes; ask for one without protection"
UNTAGGED = (
    f"error E149 {PDF} has no tags, so a screen reader cannot follow it; export it again: in Word or Excel choose "
    "File, Save As, PDF, Options, 'Document structure tags for accessibility'; in LibreOffice choose File, Export As "
    "PDF, 'Universal Accessibility (PDF/UA)'"
)
MEND = "mend it in the document that the PDF was made from, and export it again"

Change = Callable[[pikepdf.Pdf], object]


@pytest.fixture(scope="module")
def budget() -> bytes:
    return made()


def _said(*pdfs: bytes) -> tuple[tuple[int, ...], list[str]]:
    problems = []
    found = inspect_appendices(
        [AppendixFile("The budget", "", data, Path("budget.pdf"), PLACE) for data in pdfs], problems
    )
    return tuple(each.pages for each in found), [str(each).removeprefix("data/2018-05.yaml:7:5: ") for each in problems]


def test_a_sound_one_is_counted_and_nothing_is_said(budget: bytes) -> None:
    assert _said(budget, made("<h1>One page</h1>", "One")) == ((2, 1), [])


def test_a_damaged_one(budget: bytes) -> None:
    middle = len(budget) // 2
    for data in (b"%PDF-1.7\nnothing more", budget[:middle], budget[:-40], budget[:900] + bytes(40) + budget[940:]):
        assert _said(data)[1] == [DAMAGED]


def test_one_with_a_name_that_no_program_can_read(budget: bytes) -> None:
    odd = changed(budget, lambda _: None, qdf=True)
    assert odd.count(b"/S /H2") == 1
    assert _said(odd)[1] == []
    assert _said(odd.replace(b"/S /H2", b"/S /\xfc\xfc"))[1] == [DAMAGED]


@pytest.mark.parametrize("passwords", [{"user": "a", "owner": "b"}, {"owner": "b"}])
def test_a_protected_one(budget: bytes, passwords: dict[str, str]) -> None:
    locked = changed(budget, lambda _: None, encryption=pikepdf.Encryption(**passwords))
    assert _said(locked)[1] == [LOCKED]


def test_one_without_pages(budget: bytes) -> None:
    empty = changed(budget, lambda pdf: pdf.pages.__delitem__(slice(0, 2)))
    assert _said(empty) == ((0,), [f"error E150 {PDF} has no pages; export it again"])


def _unmarked(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def _bare(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _hollow(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K = pikepdf.Array()


@pytest.mark.parametrize("change", [_unmarked, _bare, _hollow])
def test_one_without_tags(budget: bytes, change: Change) -> None:
    assert _said(changed(budget, change))[1] == [UNTAGGED]


def test_one_that_lacks_its_language_title_and_words_for_pictures() -> None:
    picture = made(FIGURE)
    assert _said(picture)[1] == []

    def silent(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Lang
        pdf.docinfo.Title = " "
        document = pdf.Root.StructTreeRoot.K[0]
        (figure,) = (each for each in iter_elements(pdf.Root.StructTreeRoot) if each.S == "/Figure")
        del figure.Alt
        chart = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Chart, P=document))
        document.K.append(chart)
        pdf.Root.StructTreeRoot.RoleMap = Dictionary(Chart=Name.Figure)

    lacking = f"warning W151 {PDF} lacks its language, a title and words for 2 pictures"
    assert _said(changed(picture, silent))[1] == [f"{lacking}; {MEND}"]
    (one,) = _said(changed(picture, lambda pdf: pdf.Root.__delattr__("Lang")))[1]
    assert one == f"warning W151 {PDF} lacks its language; {MEND}"


def test_one_with_what_cannot_be_printed(budget: bytes) -> None:
    def films(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            film = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Movie, Rect=[0, 0, 9, 9]))
            page.Annots = pikepdf.Array([*page.get("/Annots", []), film])

    (problem,) = _said(changed(budget, films))[1]
    said = "has something to fill in, play or open on pages 1 and 2, which is left out of the report"
    assert problem == f"warning W152 {PDF} {said}; where readers need it, write it into the text"


def test_it_follows_the_page_that_announces_it(budget: bytes) -> None:
    report = made('<p><a href="#appendix-a">A</a></p><h1>Report</h1><h2 id="appendix-a" class="new">Appendix A</h2>')
    shown = Appendix("appendix-a", "Appendix A", "The budget", "", "A", "a.pdf", "", "")
    with pikepdf.open(BytesIO(attach_appendices(report, {shown: budget}))) as pdf:
        assert [page.label for page in pdf.pages] == ["1", "2", "A-1", "A-2"]
        assert [str(each.T) for each in pdf.Root.StructTreeRoot.K[0].K if "/T" in each] == ["Appendix A: The budget"]
