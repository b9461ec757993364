"""Lays out and paints pages with WeasyPrint.

A warning of WeasyPrint (a glyph that no font has, a style that it ignores, a file that it cannot fetch) means that the
page is faulty, so it stops the build.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pydyf

from mpr.problem import EnvironmentFault, InputError, Problem
from mpr.project import Fingerprint, Project, fingerprint
from mpr.render.html.page import MARGIN_STYLE, PRINT_STYLES, list_asset_files
from mpr.render.pdf import marked_content, weasyprint_internals
from mpr.render.pdf.chunk_layout import ChunkContents, ChunkLayout, FontFace, LaidOutPage, pack_contents
from mpr.render.pdf.compaction import inline_form_xobjects
from mpr.render.pdf.libraries import REMEDIES, select_remedy
from mpr.render.pdf.structure_element import POINTS_PER_PIXEL, build_element
from mpr.render.pdf.template_fault import make_pdf_problem, make_style_problem
from mpr.render.pdf.weasyprint_internals import Document, FontsByKey, Page, PageStream, UsedFont

MISSING_LIBRARIES = "the PDF needs the libraries Pango and HarfBuzz, and they are not all on this machine"
WITHOUT_LIBRARIES = "Without them, mpr build --format html makes the page for the screen"
INSTALL_MESSAGE = f"{MISSING_LIBRARIES}. {select_remedy(REMEDIES)}. {WITHOUT_LIBRARIES}"
try:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except OSError as error:
    raise EnvironmentFault(INSTALL_MESSAGE) from error
if not weasyprint_internals.can_subset_fonts():  # WeasyPrint would go on, but the same input would give other bytes
    raise EnvironmentFault(INSTALL_MESSAGE)

FONT_SUFFIXES = {".ttf", ".otf"}
NO_DECORATION = "{ background: none !important; border: 0 !important }"
# the pages with the margins lie on top of the others, so they must be see-through
BARE_PAGE_STYLE = f"@page {NO_DECORATION} html, body, .running {NO_DECORATION}"
EMPTY_STRING = "()"  # as a PDF writes it
PDF_UA_OPTIONS = {"pdf_variant": "pdf/ua-1"}
RENDER_OPTIONS = {"presentational_hints": True}  # so that a list with start="3" starts at 3 in the PDF too
PLAIN_LINK_KINDS = ("internal", "external")  # links that attach no file


class _ProjectFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches `data:` addresses and files below some folders, after resolving symbolic links, and nothing else."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__(allowed_protocols=("data", "file"))
        self.folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        if parts.scheme != "data":
            path = Path(url2pathname(parts.path)).resolve()
            is_allowed = any(path.is_relative_to(folder) for folder in self.folders)
            if parts.scheme != "file" or parts.netloc or not is_allowed or path.name[0] in "~.":
                raise FatalURLFetchingError(f"{url} is not a template, style or font of this project")
            url = path.as_uri()
        return super().fetch(url, headers)


class _WarningCollector(logging.Handler):
    """Collects the warnings of WeasyPrint."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def raise_warnings(make_problem: Callable[[str], Problem] = make_pdf_problem) -> Iterator[None]:
    """Raise the warnings and errors of WeasyPrint in the body of the `with` statement as problems.

    Raises InputError if it warns or if a page asks for a file that it may not read, EnvironmentFault if it cannot write
    its temporary files.
    """
    collector = _WarningCollector()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(collector)
    try:
        yield
    except FatalURLFetchingError as error:  # a BaseException, so that no `except Exception` on the way stops it
        raise InputError([make_pdf_problem(str(error))]) from error
    except OSError as error:
        reason = f"{error.strerror or error}; free some disk space, or set TMPDIR to a folder that you can write to"
        raise EnvironmentFault(f"the PDF could not be written: {reason}") from error
    finally:
        logger.removeHandler(collector)
    if collector.messages:
        raise InputError(map(make_problem, collector.messages))


@dataclass(frozen=True)
class LayoutEngine:
    """What all pages of a project are laid out with: fonts, the styles of pages and those of margins.

    `font_digests` are the SHA-256 digests of the fonts in its templates.
    """

    fonts: FontConfiguration
    font_digests: frozenset[bytes]
    fetcher: URLFetcher
    base_url: str
    styles: Sequence[weasyprint.CSS]
    margin_styles: Sequence[weasyprint.CSS]

    def lay_out(self, html: str, *, with_margins: bool = False) -> Document:
        """Lay out a print page and return WeasyPrint's document; `with_margins` applies the styles of margins too."""
        source = weasyprint.HTML(string=html, base_url=self.base_url, url_fetcher=self.fetcher)
        styles = [*self.styles, *(self.margin_styles if with_margins else ())]
        return source.render(stylesheets=styles, font_config=self.fonts, **PDF_UA_OPTIONS, **RENDER_OPTIONS)


def get_layout_engine(project: Project) -> LayoutEngine:
    """Return the layout engine of a project, the same one until a template changes.

    Raises InputError if WeasyPrint warns about a style.
    """
    return _build_layout_engine(project, fingerprint(project.templates))


@lru_cache(maxsize=1)
def _build_layout_engine(project: Project, _: Fingerprint) -> LayoutEngine:
    with raise_warnings():
        fonts, fetcher = FontConfiguration(), _ProjectFetcher(project.templates)
        base_url = project.get_template_path("fonts").parent.as_uri() + "/"
        files = (path for folder in project.templates for path in folder.rglob("*") if path.suffix in FONT_SUFFIXES)
        font_digests = frozenset(sha256(path.read_bytes()).digest() for path in files)

    def parse_style(text: str) -> weasyprint.CSS:
        return weasyprint.CSS(string=text, base_url=base_url, font_config=fonts, url_fetcher=fetcher)

    def parse_styles(*names: str) -> Iterator[weasyprint.CSS]:
        for path in (path for name in names for path in list_asset_files(project, name)):
            with raise_warnings(partial(make_style_problem, f"templates/{path.name}")):
                yield parse_style(path.read_text(encoding="utf-8"))

    margin_styles = (*parse_styles(MARGIN_STYLE), parse_style(BARE_PAGE_STYLE))
    return LayoutEngine(fonts, font_digests, fetcher, base_url, tuple(parse_styles(*PRINT_STYLES)), margin_styles)


def lay_out_chunk(engine: LayoutEngine, html: str) -> ChunkLayout:
    """Lay out and paint the print page of a chunk.

    Raises InputError if a picture has no alternative text or a style sets words in the margins of pages.
    """
    document = engine.lay_out(html)
    fonts_by_key: FontsByKey = {}
    streams = paint_pages(document, fonts_by_key)
    fonts = weasyprint_internals.list_fonts(fonts_by_key)
    painted_pages = [marked_content.collect_marks(*arguments) for arguments in zip(count(), document.pages, streams)]
    root = build_element(marked_content.build_tag_tree(painted_pages, fonts))
    if any(figure.entries["Alt"] == EMPTY_STRING for figure in root.iter_by_role("Figure")):
        raise InputError([make_pdf_problem("a picture has no words for readers who cannot see it")])
    if any(map(marked_content.has_margin_boxes, document.pages)):
        raise InputError([make_pdf_problem("a style sets words in the margins of pages; use templates/running.css")])
    has_only_inline_content = inline_form_xobjects(streams) and not weasyprint_internals.has_color_profiles(document)
    has_only_plain_links = all(kind in PLAIN_LINK_KINDS for page in document.pages for kind, *_ in page.links)
    has_only_own_fonts = all(sha256(font.data).digest() in engine.font_digests for font in fonts)
    pages = tuple(map(_to_laid_out_page, document.pages, streams))
    return pack_contents(
        ChunkContents(pages, root, tuple(map(_to_font_face, fonts))),
        reusable=has_only_inline_content and has_only_plain_links and has_only_own_fonts,
    )


def paint_pages(document: Document, fonts: FontsByKey) -> list[PageStream]:
    """Paint the pages of a document and return their streams; the fonts in use are added to `fonts`."""
    streams = weasyprint_internals.make_streams(document, fonts)
    for page, stream in zip(document.pages, streams, strict=True):
        page.paint(stream, POINTS_PER_PIXEL)
    return streams


def _to_laid_out_page(page: Page, stream: PageStream) -> LaidOutPage:
    return LaidOutPage(
        page.width,
        page.height,
        page.bleed,
        [tuple(link[:3]) for link in page.links],
        page.anchors,
        page.bookmarks,
        pydyf.Array(stream.stream).data[1:-1].decode("latin-1"),
    )


def _to_font_face(font: UsedFont) -> FontFace:
    return FontFace(font.name, font.family, font.style, font.weight, font.texts, font.widths)
