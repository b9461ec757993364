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
from mpr.project import Project, Stamp, stamp
from mpr.render.html import MARGIN_STYLE, PRINT_STYLES, asset_files
from mpr.render.libraries import CURES, cured
from mpr.render.paper import painted
from mpr.render.paper.compact import compact
from mpr.render.paper.element import POINT, described
from mpr.render.paper.fault import bad_style, unsound
from mpr.render.paper.laid import Contents, Face, Laid, Sheet, packed

LACKING = "the PDF needs the libraries Pango and HarfBuzz, and they are not all on this machine"
WITHOUT = "Without them, mpr build --format html makes the page for the screen"
CURE = f"{LACKING}. {cured(CURES)}. {WITHOUT}"
try:
    import weasyprint
    from weasyprint.pdf.stream import Stream
    from weasyprint.text.ffi import harfbuzz_subset
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except OSError as error:
    raise EnvironmentFault(CURE) from error
if harfbuzz_subset is None:  # WeasyPrint would go on, but the same input would no longer give the same bytes
    raise EnvironmentFault(CURE)

RESOURCES = ("ColorSpace", "ExtGState", "XObject", "Pattern", "Shading")
FONTS = {".ttf", ".otf"}
NONE = "{ background: none !important; border: 0 !important }"
BARE = f"@page {NONE} html, body, .running {NONE}"  # as the pages of margins lie on the others
NOTHING = "()"  # as a PDF writes it
PDF_UA = {"pdf_variant": "pdf/ua-1"}
HINTS = {"presentational_hints": True}  # a list that starts at 3 does so on paper too
LEADING = ("internal", "external")  # of links, those that only lead somewhere


class _Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Hands out data: addresses and files below some folders, links followed to where they lead, and nothing else."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__(allowed_protocols=("data", "file"))
        self.folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        if parts.scheme != "data":
            path = Path(url2pathname(parts.path)).resolve()
            ours = any(path.is_relative_to(folder) for folder in self.folders)
            if parts.scheme != "file" or parts.netloc or not ours or path.name[0] in "~.":
                raise FatalURLFetchingError(f"{url} is no template, style or font of this project")
            url = path.as_uri()
        return super().fetch(url, headers)


class _Warnings(logging.Handler):
    """Keeps what WeasyPrint warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def sound(problem: Callable[[str], Problem] = unsound) -> Iterator[None]:
    """Raise what WeasyPrint finds wrong meanwhile, as problems.

    That is InputError where it warns of anything or is to fetch what it may not, EnvironmentFault where the machine has
    no room for what it keeps.
    """
    warnings = _Warnings()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(warnings)
    try:
        yield
    except FatalURLFetchingError as error:  # which no `except Exception` would stop
        raise InputError([unsound(str(error))]) from error
    except OSError as error:
        said = f"{error.strerror or error}; make room on the disk, or let TMPDIR name a folder that can be written"
        raise EnvironmentFault(f"the PDF could not be made: {said}") from error
    finally:
        logger.removeHandler(warnings)
    if warnings.messages:
        raise InputError(map(problem, warnings.messages))


@dataclass(frozen=True)
class Press:
    """What all pages of a project are laid out with: fonts, the style of pages, and that of what is in the margins.

    `own` are the digests of the fonts in its templates.
    """

    fonts: Any
    own: frozenset[bytes]
    fetcher: URLFetcher
    base: str
    styles: Sequence[Any]
    margins: Sequence[Any]

    def document(self, page: str, *, margins: bool = False) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        """Lay out a page as WeasyPrint's document, with what stands in the margins or without."""
        html = weasyprint.HTML(string=page, base_url=self.base, url_fetcher=self.fetcher)
        styles = [*self.styles, *(self.margins if margins else ())]
        return html.render(stylesheets=styles, font_config=self.fonts, **PDF_UA, **HINTS)


def press(project: Project) -> Press:
    """Return what pages of a project are laid out with, the same one as long as its templates stay as they are."""
    return _press(project, stamp(project.templates))


@lru_cache(maxsize=1)
def _press(project: Project, _: Stamp) -> Press:
    with sound():
        fonts, fetcher = FontConfiguration(), _Fetcher(project.templates)
        base = project.template("fonts").parent.as_uri() + "/"
        files = (path for folder in project.templates for path in folder.rglob("*") if path.suffix in FONTS)
        own = frozenset(sha256(path.read_bytes()).digest() for path in files)

    def style(text: str) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        return weasyprint.CSS(string=text, base_url=base, font_config=fonts, url_fetcher=fetcher)

    def styles(*names: str) -> Iterator[Any]:
        for path in (path for name in names for path in asset_files(project, name)):
            with sound(partial(bad_style, f"templates/{path.name}")):
                yield style(path.read_text(encoding="utf-8"))

    margins = (*styles(MARGIN_STYLE), style(BARE))
    return Press(fonts, own, fetcher, base, tuple(styles(*PRINT_STYLES)), margins)


def laid_out(press: Press, page: str) -> Laid:
    """Lay out a page and paint it; return it as it is kept."""
    document = press.document(page)
    fonts: dict[Any, Any] = {}
    streams = paint(document, fonts)
    pages = [painted.painted(*each) for each in zip(count(), document.pages, streams)]
    root = described(painted.read(pages, fonts.values()))
    if any(each.said["Alt"] == NOTHING for each in root.all("Figure")):
        raise InputError([unsound("a picture has no words for those who cannot see it")])
    if any(map(painted.in_margins, document.pages)):
        raise InputError([unsound("it sets words in the margins of pages; set them in templates/running.css")])
    plain = compact(streams) and not document.color_profiles
    leading = all(kind in LEADING for page in document.pages for kind, *_ in page.links)
    own = all(sha256(font.file_content).digest() in press.own for font in fonts.values())
    sheets = tuple(map(_sheet, document.pages, streams))
    return packed(Contents(sheets, root, tuple(map(_face, fonts.values()))), kept=plain and leading and own)


def paint(document: Any, fonts: dict[Any, Any]) -> list[Any]:  # noqa: ANN401 - WeasyPrint has no types
    """Return the stream of each page of a document, painted; the fonts that they use are noted."""
    resources = pydyf.Dictionary({each: pydyf.Dictionary() for each in RESOURCES})
    streams = []
    for page in document.pages:
        size = (0, 0, page.width, page.height)
        streams.append(Stream(fonts, size, resources, {}, {}, document.color_profiles, document.output_intent))
        page.paint(streams[-1], POINT)
    return streams


def _sheet(page: Any, stream: Any) -> Sheet:  # noqa: ANN401 - WeasyPrint has no types
    return Sheet(
        page.width,
        page.height,
        page.bleed,
        [tuple(link[:3]) for link in page.links],
        page.anchors,
        page.bookmarks,
        pydyf.Array(stream.stream).data[1:-1].decode("latin-1"),
    )


def _face(font: Any) -> Face:  # noqa: ANN401 - WeasyPrint has no types
    return Face(font.hash, font.family, font.style, font.weight, font.to_unicode, font.widths)
