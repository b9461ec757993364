"""Laying out and painting, by WeasyPrint.

Whatever WeasyPrint warns of (a glyph that no font has, a style that it ignores, a file that it cannot fetch) is a
fault of the page, so it stops the build.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pydyf

from mpr.problem import EnvironmentFault, InputError, Problem
from mpr.project import Fingerprint, Project, fingerprint
from mpr.render.html.page import MARGIN_STYLE, PRINT_STYLES, list_asset_files
from mpr.render.pdf import marked_content
from mpr.render.pdf.chunk_layout import ChunkContents, ChunkLayout, FontFace, LaidOutPage, pack_contents
from mpr.render.pdf.compaction import inline_form_xobjects
from mpr.render.pdf.libraries import REMEDIES, select_remedy
from mpr.render.pdf.structure_element import POINTS_PER_PIXEL, build_element
from mpr.render.pdf.template_fault import make_pdf_problem, make_style_problem

MISSING_LIBRARIES = "the PDF needs the libraries Pango and HarfBuzz, and they are not all on this machine"
WITHOUT_LIBRARIES = "Without them, mpr build --format html makes the page for the screen"
INSTALL_MESSAGE = f"{MISSING_LIBRARIES}. {select_remedy(REMEDIES)}. {WITHOUT_LIBRARIES}"
try:
    import weasyprint
    from weasyprint.pdf.stream import Stream
    from weasyprint.text.ffi import harfbuzz_subset
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except OSError as error:
    raise EnvironmentFault(INSTALL_MESSAGE) from error
if harfbuzz_subset is None:  # WeasyPrint would go on, but the same input would no longer give the same bytes
    raise EnvironmentFault(INSTALL_MESSAGE)

RESOURCES = ("ColorSpace", "ExtGState", "XObject", "Pattern", "Shading")
FONT_SUFFIXES = {".ttf", ".otf"}
NO_DECORATION = "{ background: none !important; border: 0 !important }"
BARE_PAGE_STYLE = (
    f"@page {NO_DECORATION} html, body, .running {NO_DECORATION}"  # as the pages of margins lie on the others
)
EMPTY_STRING = "()"  # as a PDF writes it
PDF_UA_OPTIONS = {"pdf_variant": "pdf/ua-1"}
RENDER_OPTIONS = {"presentational_hints": True}  # a list that starts at 3 does so on paper too
PLAIN_LINK_KINDS = ("internal", "external")  # of links, those that only lead somewhere


class _ProjectFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Hands out data: addresses and files below some folders, links followed to where they lead, and nothing else."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__(allowed_protocols=("data", "file"))
        self.folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        if parts.scheme != "data":
            path = Path(url2pathname(parts.path)).resolve()
            is_allowed = any(path.is_relative_to(folder) for folder in self.folders)
            if parts.scheme != "file" or parts.netloc or not is_allowed or path.name[0] in "~.":
                raise FatalURLFetchingError(f"{url} is no template, style or font of this project")
            url = path.as_uri()
        return super().fetch(url, headers)


class _WarningCollector(logging.Handler):
    """Keeps what WeasyPrint warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def raise_warnings(make_problem: Callable[[str], Problem] = make_pdf_problem) -> Iterator[None]:
    """Raise what WeasyPrint finds wrong meanwhile, as problems.

    That is InputError where it warns of anything or is to fetch what it may not, EnvironmentFault where the machine has
    no room for what it keeps.
    """
    collector = _WarningCollector()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(collector)
    try:
        yield
    except FatalURLFetchingError as error:  # which no `except Exception` would stop
        raise InputError([make_pdf_problem(str(error))]) from error
    except OSError as error:
        reason = f"{error.strerror or error}; make room on the disk, or let TMPDIR name a folder that can be written"
        raise EnvironmentFault(f"the PDF could not be made: {reason}") from error
    finally:
        logger.removeHandler(collector)
    if collector.messages:
        raise InputError(map(make_problem, collector.messages))


@dataclass(frozen=True)
class LayoutEngine:
    """What all pages of a project are laid out with: fonts, the style of pages, and that of what is in the margins.

    `own` are the digests of the fonts in its templates.
    """

    fonts: Any
    font_digests: frozenset[bytes]
    fetcher: URLFetcher
    base_url: str
    styles: Sequence[Any]
    margin_styles: Sequence[Any]

    def lay_out(self, html: str, *, with_margins: bool = False) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        """Lay out a page as WeasyPrint's document, with what stands in the margins or without."""
        source = weasyprint.HTML(string=html, base_url=self.base_url, url_fetcher=self.fetcher)
        styles = [*self.styles, *(self.margin_styles if with_margins else ())]
        return source.render(stylesheets=styles, font_config=self.fonts, **PDF_UA_OPTIONS, **RENDER_OPTIONS)


def get_layout_engine(project: Project) -> LayoutEngine:
    """Return what pages of a project are laid out with, the same one as long as its templates stay as they are."""
    return _build_layout_engine(project, fingerprint(project.templates))


@lru_cache(maxsize=1)
def _build_layout_engine(project: Project, _: Fingerprint) -> LayoutEngine:
    with raise_warnings():
        fonts, fetcher = FontConfiguration(), _ProjectFetcher(project.templates)
        base_url = project.get_template_path("fonts").parent.as_uri() + "/"
        files = (path for folder in project.templates for path in folder.rglob("*") if path.suffix in FONT_SUFFIXES)
        font_digests = frozenset(sha256(path.read_bytes()).digest() for path in files)

    def parse_style(text: str) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        return weasyprint.CSS(string=text, base_url=base_url, font_config=fonts, url_fetcher=fetcher)

    def parse_styles(*names: str) -> Iterator[Any]:
        for path in (path for name in names for path in list_asset_files(project, name)):
            with raise_warnings(partial(make_style_problem, f"templates/{path.name}")):
                yield parse_style(path.read_text(encoding="utf-8"))

    margin_styles = (*parse_styles(MARGIN_STYLE), parse_style(BARE_PAGE_STYLE))
    return LayoutEngine(fonts, font_digests, fetcher, base_url, tuple(parse_styles(*PRINT_STYLES)), margin_styles)


def lay_out_chunk(engine: LayoutEngine, html: str) -> ChunkLayout:
    """Lay out a page and paint it; return it as it is kept."""
    document = engine.lay_out(html)
    fonts: dict[Any, Any] = {}
    streams = paint_pages(document, fonts)
    painted_pages = [marked_content.collect_marks(*arguments) for arguments in zip(count(), document.pages, streams)]
    root = build_element(marked_content.build_tag_tree(painted_pages, fonts.values()))
    if any(figure.entries["Alt"] == EMPTY_STRING for figure in root.iter_by_role("Figure")):
        raise InputError([make_pdf_problem("a picture has no words for those who cannot see it")])
    if any(map(marked_content.has_margin_boxes, document.pages)):
        raise InputError([make_pdf_problem("it sets words in the margins of pages; set them in templates/running.css")])
    has_only_inline_content = inline_form_xobjects(streams) and not document.color_profiles
    has_only_plain_links = all(kind in PLAIN_LINK_KINDS for page in document.pages for kind, *_ in page.links)
    has_only_own_fonts = all(sha256(font.file_content).digest() in engine.font_digests for font in fonts.values())
    pages = tuple(map(_to_laid_out_page, document.pages, streams))
    return pack_contents(
        ChunkContents(pages, root, tuple(map(_to_font_face, fonts.values()))),
        reusable=has_only_inline_content and has_only_plain_links and has_only_own_fonts,
    )


def paint_pages(document: Any, fonts: dict[Any, Any]) -> list[Any]:  # noqa: ANN401 - WeasyPrint has no types
    """Return the stream of each page of a document, painted; the fonts that they use are noted."""
    resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in RESOURCES})
    streams = []
    for page in document.pages:
        size = (0, 0, page.width, page.height)
        streams.append(Stream(fonts, size, resources, {}, {}, document.color_profiles, document.output_intent))
        page.paint(streams[-1], POINTS_PER_PIXEL)
    return streams


def _to_laid_out_page(page: Any, stream: Any) -> LaidOutPage:  # noqa: ANN401 - WeasyPrint has no types
    return LaidOutPage(
        page.width,
        page.height,
        page.bleed,
        [tuple(link[:3]) for link in page.links],
        page.anchors,
        page.bookmarks,
        pydyf.Array(stream.stream).data[1:-1].decode("latin-1"),
    )


def _to_font_face(font: Any) -> FontFace:  # noqa: ANN401 - WeasyPrint has no types
    return FontFace(font.hash, font.family, font.style, font.weight, font.to_unicode, font.widths)
