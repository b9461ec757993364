"""Makes the PDF in a process of its own: WeasyPrint would hold up the page for as long as it works.

The process is kept, because it takes long to start.
"""

import asyncio
import gc
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from importlib import import_module

from mpr.desk.preview.look import ATTACHED, Shown
from mpr.problem import EnvironmentFault, InputError, Problem
from mpr.project import Project
from mpr.render import pdf
from mpr.render.workers import end, pool

LAYOUT, JOIN = "mpr.render.paper.layout", "mpr.render.appendix"  # imported in the other process alone


class Printer:
    """Makes one PDF at a time, and each version's once."""

    def __init__(self, project: Project) -> None:
        """Print pages of a project."""
        self.project = project
        self._pool = pool(1)
        self._job: tuple[str, asyncio.Future[bytes | list[Problem]]] | None = None

    def warm(self) -> None:
        """Let the process get ready before anybody asks for a PDF."""
        self._pool.submit(_warm)

    async def pdf(self, shown: Shown) -> bytes:
        """Return the PDF of what is shown; raise InputError, EnvironmentFault or what else happened in the process."""
        if not self._job or self._job[0] != shown.version:
            loop = asyncio.get_running_loop()
            self._job = (
                shown.version,
                loop.run_in_executor(self._pool, _print, shown.printed, dict(shown.attached), self.project),
            )
        try:
            made = await asyncio.shield(self._job[1])  # one may go away while others wait
        except BrokenExecutor:
            self._pool, self._job = pool(1), None
            raise EnvironmentFault("the PDF could not be made, as its process was ended; ask for it again") from None
        if isinstance(made, bytes):
            return made
        raise InputError(made)

    def end(self) -> None:
        """End the process, whatever it is at."""
        end(self._pool)


def _warm() -> None:
    """Load WeasyPrint; where that cannot be, a PDF that is asked for says why."""
    with suppress(EnvironmentFault):
        import_module(LAYOUT)


def _print(page: str, attached: ATTACHED, project: Project) -> bytes | list[Problem]:
    """Return the PDF, or the problems of an InputError, which does not pass from one process to another."""
    try:
        data: bytes = pdf.render(page, project)[0]
    except InputError as error:
        return error.problems
    finally:
        gc.collect()
    return import_module(JOIN).attach(data, attached) if attached else data
