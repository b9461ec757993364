"""The PDF is the same laid out whole or in chunks, in one process or several, with the cache or without."""

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
from mpr.render.html import chunking
from mpr.render.html.chunking import CUT, MAY_CUT, RUNNING_ELEMENT, remove_cut_marks, split_into_chunks
from mpr.render.html.page import read_margin_style, read_print_style, render_report
from mpr.render.pdf import chunk_cache
from mpr.render.pdf.compaction import inline_form_xobjects
from mpr.render.pdf.document import render_pdf
from mpr.render.pdf.layout_engine import get_layout_engine, lay_out_chunk
from mpr.render.workers import run_workers
from mpr.report.model.report import Report
from tests.conftest import MAY, ROOT
from tests.render.pdf.test_tags import SMALL
from tools.pdf_checks import open_report, run_checks

IN_TWO = SMALL.replace('<section id="two">', f'{CUT}<section id="two">')
COMMENT = "Visits are looked at each week with the managers."


@pytest.fixture(scope="module")
def print_page(council_report: Report, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the print page of the small council's report."""
    project = Project(tmp_path_factory.mktemp("charts"))
    return render_report(council_report, cached_charts.load_or_draw(council_report.charts, project), project)[1]


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lay out chunks in this process only; return a list to which each one that is laid out is added."""
    chunks: list[str] = []

    def lay_out_here(html: str, project: Project) -> object:
        chunks.append(html)
        return lay_out(html, project)

    lay_out = chunk_cache._lay_out_page  # noqa: SLF001 - what processes are started for
    monkeypatch.setattr(chunk_cache, "_lay_out_page", lay_out_here)
    monkeypatch.setattr(chunk_cache, "MANY_CHUNKS", 1000)
    return chunks


def _extract_texts(data: bytes) -> list[str]:
    """Return the text of each page of a PDF."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def _render_pictures(data: bytes) -> list[bytes]:
    """Return the pixels of each page of a PDF."""
    return [page.render(scale=1).to_pil().tobytes() for page in pypdfium2.PdfDocument(data)]


def _find_faults(folder: Path, data: bytes, html: str) -> dict[str, list[str]]:
    """Return the faults that the deep checks find in a PDF compared with a page."""
    path = folder / "small.pdf"
    path.write_bytes(data)
    path.with_suffix(".html").write_text(html, encoding="utf-8")
    return {check: faults for check, faults in run_checks(open_report(path)).items() if faults}


def _list_reusable(html: str, project: Project) -> list[bool]:
    """Return for each chunk of a page whether its layout can be reused."""
    engine = get_layout_engine(project)
    return [lay_out_chunk(engine, chunk.html).reusable for chunk in split_into_chunks(html).chunks]


def test_pdf_is_the_same_from_one_process_or_several_and_from_the_cache(
    print_page: str, built_council: Project, tmp_path: Path, laid_out: list[str]
) -> None:
    project = Project(tmp_path)  # the fixture was built by several processes
    data, page_count = render_pdf(print_page, project)
    assert len(laid_out) == len(split_into_chunks(print_page).chunks) > 8
    assert data == built_council.get_report_path(MAY, "pdf").read_bytes()
    assert len(pypdfium2.PdfDocument(data)) == page_count == 16
    chunk_count = len(laid_out)
    assert render_pdf(print_page, project) == (data, page_count)
    next(project.cache.glob("*.pdf")).unlink()
    assert render_pdf(print_page, project) == (data, page_count)
    assert len(laid_out) == chunk_count


# WeasyPrint's own way to what `mpr` does apart from the layout: margins and page numbers.
WHOLE_DOCUMENT_STYLE = """
.organisation { string-set: organisation content() } h1 { string-set: title content() }
.version { string-set: version content() } .section-head .title { string-set: section content() }
.contents li > a::after, .overview .blocks a::after { content: target-counter(attr(href), page) }
"""


def test_pdf_looks_as_if_weasyprint_had_laid_it_out_whole(print_page: str, built_council: Project) -> None:
    project, fonts = Project(ROOT), weasyprint.text.fonts.FontConfiguration()
    base_url = project.get_template_path("fonts").parent.as_uri() + "/"
    css = read_print_style(project) + read_margin_style(project) + WHOLE_DOCUMENT_STYLE
    style = weasyprint.CSS(string=css, base_url=base_url, font_config=fonts)
    source = weasyprint.HTML(string=RUNNING_ELEMENT.sub("", remove_cut_marks(print_page)), base_url=base_url)
    document = source.render(stylesheets=[style], font_config=fonts, presentational_hints=True)
    streams: list[weasyprint.pdf.stream.Stream] = []

    def paint(page: weasyprint.Page, stream: weasyprint.pdf.stream.Stream, scale: float) -> None:
        type(page).paint(page, stream, scale)
        streams.append(stream)
        if len(streams) == len(document.pages):
            assert inline_form_xobjects(streams), "edges in a form XObject would be smoothed differently"

    for page in document.pages:
        page.paint = partial(paint, page)
    pictures = _render_pictures(built_council.get_report_path(MAY, "pdf").read_bytes())
    pairs = enumerate(zip(pictures, _render_pictures(document.write_pdf()), strict=True), 1)
    assert [number for number, (one, other) in pairs if one != other] == []


def test_only_chunks_with_a_changed_comment_are_laid_out_again(
    print_page: str, tmp_path: Path, laid_out: list[str]
) -> None:
    project = Project(tmp_path)
    render_pdf(print_page, project)
    laid_out.clear()
    comment = re.findall(r'<div class="commentary"><p>([^<]{60,})', print_page)[0]
    data, _ = render_pdf(print_page.replace(comment, COMMENT), project)
    assert [COMMENT in html for html in laid_out] == [True, True], "in the exceptions and in the detail"
    assert sum(COMMENT in " ".join(text.split()) for text in _extract_texts(data)) == 2


def test_changed_style_lays_out_every_chunk_again(tmp_path: Path, laid_out: list[str]) -> None:
    html = SMALL.replace("<table", f"{CUT}<table", 1)
    project = Project(tmp_path)
    plain, _ = render_pdf(html, project)
    first_time = [*laid_out]
    styled, _ = render_pdf(html, _add_style(tmp_path, "h1 { color: #777 }"))
    assert laid_out == [*first_time, *first_time]
    assert plain != styled
    assert _extract_texts(plain) == _extract_texts(styled)


DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


NOT_REUSABLE: dict[str, Callable[[str], str]] = {
    "a transparent shape": lambda html: html.replace('fill="#12436D"/>', 'fill="#12436D" fill-opacity=".5"/>'),
    "a raster image": lambda html: html.replace("<path", f'<image width="9" height="9" href="{DOT}"/><path'),
}


@pytest.mark.parametrize("content", NOT_REUSABLE)
def test_chunk_that_is_not_reusable_is_in_the_pdf_all_the_same(content: str, tmp_path: Path) -> None:
    html = NOT_REUSABLE[content](IN_TWO)
    assert html != IN_TWO
    assert _list_reusable(html, Project(tmp_path)) == [True, False]
    data, _ = render_pdf(html, Project(tmp_path))
    assert _find_faults(tmp_path, data, html.replace(CUT, "")) == {}
    assert _extract_texts(data) == _extract_texts(render_pdf(SMALL, Project(tmp_path))[0])


def test_page_numbers_that_change_the_page_count_stop_the_report(tmp_path: Path) -> None:
    style = '<style>a { display: block } a[data-page="2"] { break-after: page }</style>'
    contents = '<a href="#x" data-page="">x</a><p>y</p>'
    html = f'<html lang="en"><head><title>t</title>{style}</head><body>{contents}{CUT}<p id="x">z</p></body>'
    with pytest.raises(InputError, match="page numbers in the contents change how many pages there are"):
        render_pdf(html, Project(tmp_path))


def test_process_that_ends_is_reported_and_nothing_is_cached(
    print_page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunk_cache, "_lay_out_page", _end_process)
    with pytest.raises(EnvironmentFault, match="a process that lays out pages ended unexpectedly"):
        render_pdf(print_page, Project(tmp_path))
    assert list(Project(tmp_path).cache.glob("*.laid")) == []


def _end_process(*_: object) -> None:
    os._exit(1)


def test_processes_are_started_only_for_many_chunks(
    print_page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    def count_workers(count: int) -> AbstractContextManager[ProcessPoolExecutor]:
        started.append(count)
        return run_workers(count)

    monkeypatch.setattr(chunk_cache, "run_workers", count_workers)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    project = Project(tmp_path)
    render_pdf(SMALL, project)
    assert started == []
    render_pdf(print_page, project)
    assert started == [2]
    render_pdf(print_page.replace("Version 1.0", "Version 1.1"), project)
    assert started == [2], "only the cover and the margins are laid out"
    monkeypatch.setattr(chunk_cache, "VERY_MANY_CHUNKS", len(split_into_chunks(print_page).chunks))
    render_pdf(print_page.replace("Version 1.0", "Version 1.2"), project)
    assert started == [2, 1], "a process of its own assembles so many"


def test_pages_of_a_report_share_their_fonts(built_council: Project) -> None:
    with pikepdf.open(BytesIO(built_council.get_report_path(MAY, "pdf").read_bytes())) as pdf:
        assert len({page.Resources.Font.objgen for page in pdf.pages}) == 1
        assert len(pdf.pages[0].Resources.Font) == 3


def test_long_table_continues_in_the_next_chunk_under_its_heads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = SMALL.replace("<tr><th", f"{MAY_CUT}<tr><th").replace(f"<thead>{MAY_CUT}", "<thead>")
    monkeypatch.setattr(chunking, "LONG_CHUNK", 1_000)
    chunks = split_into_chunks(html).chunks
    assert [chunk.continued_depth for chunk in chunks] == [0, *[4] * 6]
    for head in ("<caption data-again", "<thead data-again", '<tr data-again="yes" class="group"'):
        assert [chunk.html.count(head) for chunk in chunks] == [0, *[1] * 6]
    assert _find_faults(tmp_path, render_pdf(html, Project(tmp_path))[0], SMALL) == {}


def test_picture_without_words_stops_the_report(tmp_path: Path) -> None:
    for picture in (f'<img src="{DOT}">', f'<img alt="" src="{DOT}">', "<svg><path d='M0 0h9v9z'/></svg>"):
        with pytest.raises(InputError, match="a picture has no words for readers who cannot see it"):
            render_pdf(SMALL.replace("<dl>", f"{picture}<dl>"), Project(tmp_path))


def test_words_in_the_margins_of_a_chunk_stop_the_report(tmp_path: Path) -> None:
    html = SMALL.replace("</head>", "<style>@page { @bottom-left { content: counter(pages) } }</style></head>")
    message = r"a style sets words in the margins of pages; use templates/running\.css"
    with pytest.raises(InputError, match=message):
        render_pdf(html, Project(tmp_path))


def _add_style(folder: Path, style: str, name: str = "theme.css") -> Project:
    """Return the project in a folder, with a style of its own."""
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / name).write_text(style, encoding="utf-8")
    return Project(folder)


def test_faulty_style_stops_every_report(tmp_path: Path) -> None:
    project = _add_style(tmp_path, "h1 { color: #123 }\np { colour: red; }")
    message = r"templates/theme\.css:2:5: error E601 the PDF is not sound: Ignored `colour: red`, unknown property"
    for html in (SMALL, SMALL.replace("Council", "Town"), SMALL):
        with pytest.raises(InputError, match=message):
            render_pdf(html, project)
    assert not project.cache.exists()


def test_background_of_a_page_stays_behind_its_words(tmp_path: Path) -> None:
    pictures = []
    for style in ("", "@page { background: #eee } body, .cover { background: #eee }"):
        data, _ = render_pdf(SMALL, _add_style(tmp_path, style))
        pictures.append(next(iter(pypdfium2.PdfDocument(data))).render(scale=1).to_pil().convert("L"))
    plain, coloured = (picture.histogram() for picture in pictures)
    assert coloured[0xEE] > sum(plain) / 2
    assert sum(coloured[:64]) >= sum(plain[:64]) > 0, "the letters"


@pytest.mark.parametrize(
    "style", ["@page :left { margin-left: 30mm }", "p { counter-increment: x } li::before { content: counter(x) }"]
)
def test_style_that_crosses_chunks_lays_out_the_report_whole(style: str, tmp_path: Path, laid_out: list[str]) -> None:
    render_pdf(IN_TWO.replace(' data-page=""', ""), _add_style(tmp_path, style))
    assert len(laid_out) == 1


def test_words_like_those_of_a_style_do_not_lay_out_the_report_whole(tmp_path: Path, laid_out: list[str]) -> None:
    words = "See the footnote; position: fixed, counter(x), @page :left {"
    render_pdf(IN_TWO.replace(' data-page=""', "").replace("Third", words), Project(tmp_path))
    assert len(laid_out) == 2


def test_chunk_in_a_font_of_the_system_is_not_reusable(tmp_path: Path) -> None:
    html = IN_TWO.replace("Third", "<b style='font-family: DejaVu Sans'>Third</b>")
    assert _list_reusable(html, Project(tmp_path)) == [True, False]
    assert "Third" in "".join(_extract_texts(render_pdf(html, Project(tmp_path))[0]))


def test_template_saved_during_the_layout_leaves_nothing_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = _add_style(tmp_path, "h1 { color: #777 }")
    lay_out = chunk_cache._lay_out_page  # noqa: SLF001 - what a template is saved during

    def save_template_and_lay_out(html: str, project: Project) -> object:
        _add_style(tmp_path, "h1 { color: #555 }")
        return lay_out(html, project)

    monkeypatch.setattr(chunk_cache, "_lay_out_page", save_template_and_lay_out)
    render_pdf(SMALL, project)
    assert not project.cache.exists()


FAULTY_PAGES: dict[str, tuple[Callable[[str], str], str]] = {
    "pages of another size": (
        lambda html: html.replace("</head>", "<style>@page a { size: A4 } #two { page: a }</style></head>"),
        "pages have another size than their margins",
    ),
    "a page number outside a link": (
        lambda html: html.replace('<a href="#one" data-page="">', '<a data-page="" href="#one">'),
        "a template asks for a page number",
    ),
    "two headers with the same id": (
        lambda html: (
            re.sub(r'<a href="#[^>]*>|</a>', "", html)
            .replace('<section id="one">', "<section>")
            .replace('<section id="two">', f"</main>{CUT}<main><section>")
        ),
        "two table headers have the same id",
    ),
}


@pytest.mark.parametrize("fault", FAULTY_PAGES)
def test_faulty_page_stops_the_report(fault: str, tmp_path: Path) -> None:
    change, message = FAULTY_PAGES[fault]
    assert change(SMALL) != SMALL
    with pytest.raises(InputError, match=message):
        render_pdf(change(SMALL), Project(tmp_path))


def test_margins_with_another_page_count_stop_the_report(tmp_path: Path) -> None:
    running = (ROOT / "templates" / "running.css").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="makes more or fewer pages than there are"):
        render_pdf(SMALL, _add_style(tmp_path, running + ".running { break-before: right }", "running.css"))
