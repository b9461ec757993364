"""Makes the PDF in a separate process, because WeasyPrint would block the preview while it works.

The process is kept, because it takes long to start.
"""

import asyncio
import gc
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from importlib import import_module

from mpr.problem import EnvironmentFault, InputError, Problem
from mpr.project import Project
from mpr.render.pdf import document
from mpr.render.workers import make_pool, stop_workers
from mpr.workflows.preview.rendering import Attachments, PreviewPage

LAYOUT_MODULE = "mpr.render.pdf.layout_engine"  # imported only in the other process
ATTACHMENT_MODULE = "mpr.render.attachments.appendices"  # likewise


class PdfWorker:
    """Makes one PDF at a time, and only one for each version of the page."""

    def __init__(self, project: Project) -> None:
        """Make PDFs of a project's pages."""
        self.project = project
        self._pool = make_pool(1)
        self._job: tuple[str, asyncio.Future[bytes | list[Problem]]] | None = None

    def warm_up(self) -> None:
        """Prepare the process before anybody asks for a PDF."""
        self._pool.submit(_load_layout)

    async def render_pdf(self, page: PreviewPage) -> bytes:
        """Return the PDF of a page.

        Raises InputError if the page cannot be laid out, EnvironmentFault if the machine lacks something, or whatever
        else the process raised.
        """
        if not self._job or self._job[0] != page.version:
            loop = asyncio.get_running_loop()
            self._job = (
                page.version,
                loop.run_in_executor(self._pool, _render_pdf, page.print_html, dict(page.attachments), self.project),
            )
        try:
            result = await asyncio.shield(self._job[1])  # a browser that gives up must not cancel it for the others
        except BrokenExecutor:
            self._pool, self._job = make_pool(1), None
            raise EnvironmentFault("the PDF could not be made because its process was ended; open it again") from None
        if isinstance(result, bytes):
            return result
        raise InputError(result)

    def stop(self) -> None:
        """End the process, even if it is working."""
        stop_workers(self._pool)


def _load_layout() -> None:
    """Load WeasyPrint; if that fails, the first request for a PDF says why."""
    with suppress(EnvironmentFault):
        import_module(LAYOUT_MODULE)


def _render_pdf(print_html: str, attachments: Attachments, project: Project) -> bytes | list[Problem]:
    """Return the PDF, or its problems: an InputError cannot be sent from one process to another."""
    try:
        data: bytes = document.render_pdf(print_html, project)[0]
    except InputError as error:
        return error.problems
    finally:
        gc.collect()
    return import_module(ATTACHMENT_MODULE).attach_appendices(data, attachments) if attachments else data
