"""Makes the PDF in a process of its own: WeasyPrint would hold up the page for as long as it works.

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

LAYOUT_MODULE, ATTACHMENT_MODULE = (
    "mpr.render.pdf.layout_engine",
    "mpr.render.attachments.appendices",
)  # imported in the other process alone


class PdfWorker:
    """Makes one PDF at a time, and each version's once."""

    def __init__(self, project: Project) -> None:
        """Print pages of a project."""
        self.project = project
        self._pool = make_pool(1)
        self._job: tuple[str, asyncio.Future[bytes | list[Problem]]] | None = None

    def warm_up(self) -> None:
        """Let the process get ready before anybody asks for a PDF."""
        self._pool.submit(_load_layout)

    async def render_pdf(self, page: PreviewPage) -> bytes:
        """Return the PDF of what is shown; raise InputError, EnvironmentFault or what else happened in the process."""
        if not self._job or self._job[0] != page.version:
            loop = asyncio.get_running_loop()
            self._job = (
                page.version,
                loop.run_in_executor(self._pool, _render_pdf, page.print_html, dict(page.attachments), self.project),
            )
        try:
            result = await asyncio.shield(self._job[1])  # one may go away while others wait
        except BrokenExecutor:
            self._pool, self._job = make_pool(1), None
            raise EnvironmentFault("the PDF could not be made, as its process was ended; ask for it again") from None
        if isinstance(result, bytes):
            return result
        raise InputError(result)

    def stop(self) -> None:
        """End the process, whatever it is at."""
        stop_workers(self._pool)


def _load_layout() -> None:
    """Load WeasyPrint; where that cannot be, a PDF that is asked for says why."""
    with suppress(EnvironmentFault):
        import_module(LAYOUT_MODULE)


def _render_pdf(print_html: str, attachments: Attachments, project: Project) -> bytes | list[Problem]:
    """Return the PDF, or the problems of an InputError, which does not pass from one process to another."""
    try:
        data: bytes = document.render_pdf(print_html, project)[0]
    except InputError as error:
        return error.problems
    finally:
        gc.collect()
    return import_module(ATTACHMENT_MODULE).attach_appendices(data, attachments) if attachments else data
