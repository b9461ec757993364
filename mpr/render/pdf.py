"""The printed page as PDF/UA-1, by WeasyPrint.

Whatever WeasyPrint warns of (a glyph that no font has, a style that it ignores, a file that it cannot fetch) is a
fault of the page, so it stops the build.
"""

import logging
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from mpr.problem import EnvironmentFault, InputError, Place, Problem
from mpr.project import Project
from mpr.render import tags
from mpr.render.compact import compact
from mpr.render.html import print_style
from mpr.render.libraries import CURES, cured

LACKING = "the PDF needs the libraries Pango and HarfBuzz, and they are not all on this machine"
WITHOUT = "Without them, mpr build --format html makes the page for the screen"
CURE = f"{LACKING}. {cured(CURES)}. {WITHOUT}"
try:
    import weasyprint
    from weasyprint.text import ffi
    from weasyprint.text.ffi import harfbuzz_subset
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except OSError as error:
    raise EnvironmentFault(CURE) from error
if harfbuzz_subset is None:  # WeasyPrint would go on, but the same input would no longer give the same bytes
    raise EnvironmentFault(CURE)


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
            if parts.scheme != "file" or parts.netloc or not ours:
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


def render(page: str, project: Project) -> tuple[bytes, int]:
    """Return the PDF of a page and how many pages it has.

    Raises InputError where WeasyPrint warns of anything or is to fetch what it may not, EnvironmentFault where the
    machine has no room for what it keeps meanwhile.
    """
    try:
        return _printed(page, project)
    except FatalURLFetchingError as error:  # which no `except Exception` would stop
        raise InputError([_unsound(str(error))]) from error
    except OSError as error:
        said = f"{error.strerror or error}; make room on the disk, or let TMPDIR name a folder that can be written"
        raise EnvironmentFault(f"the PDF could not be made: {said}") from error


def _unsound(message: str) -> Problem:
    return Problem(Place("templates/print.css"), "E601", f"the PDF is not sound: {message}")


def _printed(page: str, project: Project) -> tuple[bytes, int]:
    fonts = FontConfiguration()
    fetcher = _Fetcher(project.templates)
    warnings = _Warnings()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(warnings)
    try:
        base = project.template("fonts").parent.as_uri() + "/"
        style = weasyprint.CSS(string=print_style(project), base_url=base, font_config=fonts, url_fetcher=fetcher)
        html = weasyprint.HTML(string=page, base_url=base, url_fetcher=fetcher)
        hints = {"presentational_hints": True}  # a list that starts at 3 does so on paper too
        document = html.render(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", **hints)
        tagged = tags.finisher(document)

        def finish(whole: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
            tagged(whole, pdf)
            compact(pdf)

        data = document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish)
    finally:
        logger.removeHandler(warnings)
    if warnings.messages:
        raise InputError(map(_unsound, warnings.messages))
    return data, len(document.pages)


def pango() -> str:
    """Return the version of Pango, which lays out the lines: 1.50.12."""
    major, rest = divmod(ffi.pango.pango_version(), 10_000)
    return f"{major}.{rest // 100}.{rest % 100}"
