"""The PDF is the same however it came about: laid out whole or in pieces, in one process or more, now or before."""

import os
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import weasyprint

from mpr.problem import EnvironmentFault, InputError
from mpr.project import Project
from mpr.render.charts import cached_charts
from mpr.render.html import chunking as cutting
from mpr.render.html import page as html
from mpr.render.html.chunking import CUT, MAY_CUT, RUNNING_ELEMENT, remove_cut_marks, split_into_chunks
from mpr.render.pdf import chunk_cache as pieces
from mpr.render.pdf import document as pdf
from mpr.render.pdf import layout_engine
from mpr.render.pdf.compaction import inline_form_xobjects
from mpr.render.workers import run_workers
from mpr.report.model.report import Report
from tests.conftest import MAY, ROOT
from tests.render.pdf.test_tags import SMALL
from tools.pdf_checks import open_report, run_checks

IN_TWO = SMALL.replace('<section id="two">', f'{CUT}<section id="two">')
COMMENT = "Visits are looked at each week with the managers."


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    """Return the real report's page for print."""
    project = Project(ROOT)
    return html.render_report(report, cached_charts.load_or_draw(report.charts, project), project)[1]


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lay out in this process; return the pages that are laid out, as it is done."""
    pages: list[str] = []

    def here(page: str, project: Project) -> object:
        pages.append(page)
        return lay_out(page, project)

    lay_out = pieces._lay_out_page  # noqa: SLF001 - what processes are started for
    monkeypatch.setattr(pieces, "_lay_out_page", here)
    monkeypatch.setattr(pieces, "MANY_CHUNKS", 1000)
    return pages


def _words(data: bytes) -> list[str]:
    return [each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(data)]


def _looks(data: bytes) -> list[bytes]:
    return [each.render(scale=1).to_pil().tobytes() for each in pypdfium2.PdfDocument(data)]


def test_one_process_or_two_and_kept_or_not_make_the_same_bytes(
    page: str, built: Project, tmp_path: Path, laid_out: list[str]
) -> None:
    project = Project(tmp_path)
    alone, pages = pdf.render_pdf(page, project)
    assert len(laid_out) == len(split_into_chunks(page).chunks) == 18
    assert (alone, pages) == (built.get_report_path(MAY, "pdf").read_bytes(), 29)
    assert pdf.render_pdf(page, project) == (alone, 29)
    next(project.cache.glob("*.pdf")).unlink()
    assert pdf.render_pdf(page, project) == (alone, 29)
    assert len(laid_out) == 18


# What is apart from the layout in ours is done by WeasyPrint itself where it lays the report out whole.
WHOLE = """
.organisation { string-set: organisation content() } h1 { string-set: title content() }
.version { string-set: version content() } .section-head .title { string-set: section content() }
.contents li > a::after, .overview .blocks a::after { content: target-counter(attr(href), page) }
"""


def test_it_looks_as_if_weasyprint_had_laid_it_out_whole(page: str, built: Project) -> None:
    project, fonts = Project(ROOT), weasyprint.text.fonts.FontConfiguration()
    base = project.get_template_path("fonts").parent.as_uri() + "/"
    text = html.read_print_style(project) + html.read_margin_style(project) + WHOLE
    style = weasyprint.CSS(string=text, base_url=base, font_config=fonts)
    source = weasyprint.HTML(string=RUNNING_ELEMENT.sub("", remove_cut_marks(page)), base_url=base)
    document = source.render(stylesheets=[style], font_config=fonts, presentational_hints=True)
    streams: list[weasyprint.pdf.stream.Stream] = []

    def paint(page: weasyprint.Page, stream: weasyprint.pdf.stream.Stream, scale: float) -> None:
        type(page).paint(page, stream, scale)
        streams.append(stream)
        if len(streams) == len(document.pages):
            assert inline_form_xobjects(streams), (
                "as edges are smoothed otherwise where something is a picture of its own"
            )

    for each in document.pages:
        each.paint = partial(paint, each)
    pairs = enumerate(
        zip(_looks(built.get_report_path(MAY, "pdf").read_bytes()), _looks(document.write_pdf()), strict=True), 1
    )
    assert [number for number, (one, other) in pairs if one != other] == []


def test_of_a_changed_comment_only_what_shows_it_is_laid_out(page: str, tmp_path: Path, laid_out: list[str]) -> None:
    project = Project(tmp_path)
    pdf.render_pdf(page, project)
    laid_out.clear()
    old = re.findall(r'<div class="commentary"><p>([^<]{60,})', page)[0]
    made, _ = pdf.render_pdf(page.replace(old, COMMENT), project)
    assert [COMMENT in each for each in laid_out] == [True, True], "in the exceptions and in the detail"
    assert [number for number, words in enumerate(_words(made), 1) if COMMENT in " ".join(words.split())] == [3, 28]


def test_another_style_lays_out_anew(tmp_path: Path, laid_out: list[str]) -> None:
    small = SMALL.replace("<table", f"{CUT}<table", 1)
    project = Project(tmp_path)
    one, _ = pdf.render_pdf(small, project)
    first = [*laid_out]
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "theme.css").write_text("h1 { color: #777 }", encoding="utf-8")
    other, _ = pdf.render_pdf(small, project)
    assert laid_out == [*first, *first]
    assert one != other
    assert _words(one) == _words(other)


UNKEPT: dict[str, Callable[[str], str]] = {
    "a shade": lambda page: page.replace('fill="#12436D"/>', 'fill="#12436D" fill-opacity=".5"/>'),
    "an image of points": lambda page: page.replace("<path", f'<image width="9" height="9" href="{DOT}"/><path'),
}
DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.mark.parametrize("what", UNKEPT)
def test_what_cannot_be_kept_is_in_the_pdf_all_the_same(what: str, tmp_path: Path) -> None:
    page = UNKEPT[what](IN_TWO)
    assert page != IN_TWO
    press = layout_engine.get_layout_engine(Project(tmp_path))
    assert [layout_engine.lay_out_chunk(press, each.html).reusable for each in split_into_chunks(page).chunks] == [
        True,
        False,
    ]
    path = tmp_path / "small.pdf"
    path.write_bytes(pdf.render_pdf(page, Project(tmp_path))[0])
    path.with_suffix(".html").write_text(page.replace(CUT, ""), encoding="utf-8")
    assert {name: found for name, found in run_checks(open_report(path)).items() if found} == {}
    assert _words(path.read_bytes()) == _words(pdf.render_pdf(SMALL, Project(tmp_path))[0])


def test_page_numbers_that_change_the_pages_are_no_page_numbers(tmp_path: Path) -> None:
    style = '<style>a { display: block } a[data-page="2"] { break-after: page }</style>'
    contents = '<a href="#x" data-page="">x</a><p>y</p>'
    page = f'<html lang="en"><head><title>t</title>{style}</head><body>{contents}{CUT}<p id="x">z</p></body>'
    with pytest.raises(InputError, match="page numbers in the contents change how many pages there are"):
        pdf.render_pdf(page, Project(tmp_path))


def test_a_process_that_ends_is_told(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_lay_out_page", _ended)
    with pytest.raises(EnvironmentFault, match="a process to lay out pages was ended"):
        pdf.render_pdf(page, Project(tmp_path))
    assert list(Project(tmp_path).cache.glob("*.laid")) == []


def test_processes_are_started_for_many_pieces_and_for_no_others(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    def counted(count: int) -> AbstractContextManager[ProcessPoolExecutor]:
        started.append(count)
        return run_workers(count)

    monkeypatch.setattr(pieces, "run_workers", counted)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    project = Project(tmp_path)
    pdf.render_pdf(SMALL, project)
    assert started == []
    pdf.render_pdf(page, project)
    assert started == [2]
    pdf.render_pdf(page.replace("Version 1.0", "Version 1.1"), project)
    assert started == [2], "only the cover is laid out, and the margins"
    monkeypatch.setattr(pieces, "VERY_MANY_CHUNKS", 18)
    pdf.render_pdf(page.replace("Version 1.0", "Version 1.2"), project)
    assert started == [2, 1], "in which so many are bound"


def _ended(*_: object) -> None:
    os._exit(1)


def test_the_pages_of_a_report_share_their_fonts(built: Project) -> None:
    with pikepdf.open(BytesIO(built.get_report_path(MAY, "pdf").read_bytes())) as made:
        fonts = {each.Resources.Font.objgen for each in made.pages}
        assert len(fonts) == 1
        assert len(made.pages[0].Resources.Font) == 3


def test_a_long_table_goes_on_in_the_next_piece_under_its_heads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = SMALL.replace("<tr><th", f"{MAY_CUT}<tr><th").replace(f"<thead>{MAY_CUT}", "<thead>")
    monkeypatch.setattr(cutting, "LONG_CHUNK", 1_000)
    pieces = split_into_chunks(page).chunks
    assert [each.continued_depth for each in pieces] == [0, *[4] * 6]
    assert [each.html.count("<caption data-again") for each in pieces] == [0, *[1] * 6]
    assert [each.html.count("<thead data-again") for each in pieces] == [0, *[1] * 6]
    assert [each.html.count('<tr data-again="yes" class="group"') for each in pieces] == [0, *[1] * 6]
    path = tmp_path / "small.pdf"
    path.write_bytes(pdf.render_pdf(page, Project(tmp_path))[0])
    path.with_suffix(".html").write_text(SMALL, encoding="utf-8")
    assert {name: found for name, found in run_checks(open_report(path)).items() if found} == {}


def test_a_picture_without_words_stops_the_report(tmp_path: Path) -> None:
    for picture in (f'<img src="{DOT}">', f'<img alt="" src="{DOT}">', "<svg><path d='M0 0h9v9z'/></svg>"):
        with pytest.raises(InputError, match="a picture has no words for those who cannot see it"):
            pdf.render_pdf(SMALL.replace("<dl>", f"{picture}<dl>"), Project(tmp_path))


def test_what_stands_in_the_margins_is_not_set_with_the_pieces_as_they_have_other_numbers(tmp_path: Path) -> None:
    page = SMALL.replace("</head>", "<style>@page { @bottom-left { content: counter(pages) } }</style></head>")
    with pytest.raises(InputError, match=r"it sets words in the margins of pages; set them in templates/running\.css"):
        pdf.render_pdf(page, Project(tmp_path))


def _styled(folder: Path, style: str, name: str = "theme.css") -> Project:
    """Return a project with a style of its own."""
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / name).write_text(style, encoding="utf-8")
    return Project(folder)


def test_a_style_that_is_not_sound_stops_every_report(tmp_path: Path) -> None:
    project = _styled(tmp_path, "h1 { color: #123 }\np { colour: red; }")
    said = r"templates/theme\.css:2:5: error E601 the PDF is not sound: Ignored `colour: red`, unknown property"
    for page in (SMALL, SMALL.replace("Council", "Town"), SMALL):
        with pytest.raises(InputError, match=said):
            pdf.render_pdf(page, project)
    assert not project.cache.exists()


def test_what_is_painted_behind_a_page_stays_behind_it(tmp_path: Path) -> None:
    seen = []
    for style in ("", "@page { background: #eee } body, .cover { background: #eee }"):
        made, _ = pdf.render_pdf(SMALL, _styled(tmp_path, style))
        seen.append(next(iter(pypdfium2.PdfDocument(made))).render(scale=1).to_pil().convert("L"))
    plain, coloured = (each.histogram() for each in seen)
    assert coloured[0xEE] > sum(plain) / 2
    assert sum(coloured[:64]) >= sum(plain[:64]) > 0, "the letters"


@pytest.mark.parametrize(
    "style", ["@page :left { margin-left: 30mm }", "p { counter-increment: x } li::before { content: counter(x) }"]
)
def test_a_style_that_looks_beyond_pieces_is_laid_out_whole(style: str, tmp_path: Path, laid_out: list[str]) -> None:
    page = IN_TWO.replace(' data-page=""', "")
    pdf.render_pdf(page, _styled(tmp_path, style))
    assert len(laid_out) == 1


def test_words_that_a_style_could_hold_do_not_lay_it_out_whole(tmp_path: Path, laid_out: list[str]) -> None:
    words = "See the footnote; position: fixed, counter(x), @page :left {"
    pdf.render_pdf(IN_TWO.replace(' data-page=""', "").replace("Third", words), Project(tmp_path))
    assert len(laid_out) == 2


def test_what_is_set_in_another_font_is_not_kept(tmp_path: Path, laid_out: list[str]) -> None:
    page = SMALL.replace('<section id="two">', f'{CUT}<section id="two">').replace(
        "Third", "<b style='font-family: DejaVu Sans'>Third</b>"
    )
    project = Project(tmp_path)
    press = layout_engine.get_layout_engine(project)
    assert [layout_engine.lay_out_chunk(press, each.html).reusable for each in split_into_chunks(page).chunks] == [
        True,
        False,
    ]
    assert "Third" in "".join(_words(pdf.render_pdf(page, project)[0]))
    assert laid_out


def test_a_template_that_is_saved_meanwhile_leaves_nothing_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = _styled(tmp_path, "h1 { color: #777 }")
    lay_out = pieces._lay_out_page  # noqa: SLF001 - what is done meanwhile

    def saved(page: str, project: Project) -> object:
        _styled(tmp_path, "h1 { color: #555 }")
        return lay_out(page, project)

    monkeypatch.setattr(pieces, "_lay_out_page", saved)
    pdf.render_pdf(SMALL, project)
    assert not project.cache.exists()


UNSOUND: dict[str, tuple[Callable[[str], str], str]] = {
    "pages of another size": (
        lambda page: page.replace("</head>", "<style>@page a { size: A4 } #two { page: a }</style></head>"),
        "pages have another size than their margins",
    ),
    "a number that is not known": (
        lambda page: page.replace('<a href="#one" data-page="">', '<a data-page="" href="#one">'),
        "a page number is asked for",
    ),
    "names that stand for two": (
        lambda page: (
            re.sub(r'<a href="#[^>]*>|</a>', "", page)
            .replace('<section id="one">', "<section>")
            .replace('<section id="two">', f"</main>{CUT}<main><section>")
        ),
        "two heads of tables have one name",
    ),
}


@pytest.mark.parametrize("what", UNSOUND)
def test_what_would_be_wrong_stops_the_report(what: str, tmp_path: Path) -> None:
    change, said = UNSOUND[what]
    assert change(SMALL) != SMALL
    with pytest.raises(InputError, match=said):
        pdf.render_pdf(change(SMALL), Project(tmp_path))


def test_margins_for_other_pages_stop_the_report(tmp_path: Path) -> None:
    running = (ROOT / "templates" / "running.css").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="makes more or fewer pages than there are"):
        pdf.render_pdf(SMALL, _styled(tmp_path, running + ".running { break-before: right }", "running.css"))
