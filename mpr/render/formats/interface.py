"""The interface that every format implements.

A format is a module with a function `render` and an entry in `registry.py`; nothing else needs to know of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Protocol, cast

from mpr.load.editions.appendix_files import AppendixFile
from mpr.project import Project
from mpr.report.model.appendix import Appendix
from mpr.report.model.report import Report


@dataclass(frozen=True)
class RenderRequest:
    """A report to be rendered, and what its formats need besides.

    `file_stem` is the name of the report's files without their ending; `links` maps the name of each data file made
    with the page to the words of the page's link to it; `announce` is called with the stage that begins.
    """

    report: Report
    project: Project
    appendix_files: tuple[AppendixFile, ...]
    file_stem: str
    links: Mapping[str, str]
    announce: Callable[[str], None]

    def get_file_name(self, ending: str) -> str:
        """Return the name of the report's file with this ending: `mpr-2018-05.html`."""
        return f"{self.file_stem}.{ending}"

    @cached_property
    def attachments(self) -> dict[Appendix, bytes]:
        """The PDF of each appendix."""
        pdfs = (appendix_file.data for appendix_file in self.appendix_files)
        return dict(zip(self.report.appendices, pdfs, strict=True))

    @cached_property
    def pages(self) -> tuple[str, str]:
        """The report as HTML for the screen and for print, rendered once for all formats that are made from it.

        Raises InputError if a template does not work.
        """
        self.announce("charts")
        from mpr.render.charts import cached_charts  # noqa: PLC0415 - only a page pays for Altair
        from mpr.render.html import page  # noqa: PLC0415 - only a page pays for Jinja

        charts = cached_charts.load_or_draw(self.report.charts, self.project)
        self.announce("HTML")
        return page.render_report(self.report, charts, self.project, self.links)


@dataclass(frozen=True)
class RenderedFormat:
    """A report in one format: the bytes of its files by name, and how many pages a PDF has (otherwise 0)."""

    files: Mapping[str, bytes]
    page_count: int = 0


class FormatModule(Protocol):
    """What the module of a format provides."""

    def render(self, request: RenderRequest) -> RenderedFormat:
        """Render a report in this format; raise InputError if the report cannot be rendered."""


@dataclass(frozen=True)
class ReportFormat:
    """A format's entry in the table.

    `name` is the file's ending and the value of `mpr build --format`; `link_text` is how the page names its link to
    the file, empty if it has none; `module` is imported only when a report is made in this format.
    """

    name: str
    module: str
    link_text: str = ""

    def render(self, request: RenderRequest) -> RenderedFormat:
        """Render a report in this format; raise InputError if the report cannot be rendered."""
        return cast("FormatModule", import_module(self.module)).render(request)
