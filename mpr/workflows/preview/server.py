"""Serves the preview on this machine, and updates it whenever a file is saved."""

import asyncio
import gc
import logging
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from mpr.load.scorecard import find_newest_period
from mpr.memo import MemoCache
from mpr.problem import EnvironmentFault
from mpr.project import Fingerprint, Project
from mpr.render.charts.cached_charts import warm_up
from mpr.workflows.preview.app import create_application
from mpr.workflows.preview.broadcaster import Broadcaster
from mpr.workflows.preview.pdf_worker import PdfWorker
from mpr.workflows.preview.rendering import PreviewPage, add_version, render_fault, render_preview
from mpr.workflows.preview.watcher import fingerprint_files, iter_states

FaultHandler = Callable[[BaseException], None]

logging.getLogger("uvicorn").addHandler(logging.NullHandler())  # `report_fault` reports what goes wrong

HOST = "127.0.0.1"
PORTS = range(8018, 8118)
SETTLING_TIME = 0.1  # seconds, in which a program finishes writing a file
GARBAGE_THRESHOLDS = (100_000, 50, 100)  # higher than the default, so that collection does not delay every page
SHUTDOWN_TIMEOUT = 1  # seconds to finish answers when the preview ends


def serve_preview(
    project: Project, period: str | None, announce_address: Callable[[str], None], report_fault: FaultHandler
) -> None:
    """Serve the report of a period, by default the newest, until Ctrl+C.

    `announce_address` is called with the address, `report_fault` with any exception that the input did not cause.
    Raises InputError if the project has no period, EnvironmentFault if no port is free.
    """
    period_name = period or find_newest_period(project)
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    with _open_socket() as listener, suppress(KeyboardInterrupt):
        asyncio.run(_run_server(project, period_name, listener, announce_address, report_fault))


def _open_socket() -> socket.socket:
    """Return a socket on the first free port."""
    for port in PORTS:
        with suppress(OSError):
            return socket.create_server((HOST, port))
    raise EnvironmentFault(
        f"no port from {PORTS[0]} to {PORTS[-1]} is free; stop some of the previews that are running"
    )


class _PreviewServer(uvicorn.Server):
    """A server that ends the streams of news when it shuts down, because it would wait for them otherwise.

    `announce_start` is called when the server has started and Ctrl+C can stop it.
    """

    def __init__(self, app: ASGIApp, broadcaster: Broadcaster, announce_start: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=SHUTDOWN_TIMEOUT)
        )
        self.broadcaster, self.announce_start = broadcaster, announce_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.announce_start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.broadcaster.close()
        await super().shutdown(sockets)


async def _run_server(
    project: Project,
    period: str,
    listener: socket.socket,
    announce_address: Callable[[str], None],
    report_fault: FaultHandler,
) -> None:
    port = listener.getsockname()[1]
    broadcaster, pdf_worker = Broadcaster(), PdfWorker(project)
    hosts = {f"{name}:{port}" for name in (HOST, "localhost")}
    app = create_application(broadcaster, pdf_worker, period, hosts, report_fault)
    server = _PreviewServer(app, broadcaster, lambda: announce_address(f"http://{HOST}:{port}/"))
    try:
        async with asyncio.TaskGroup() as group:
            follower = group.create_task(follow_changes(broadcaster, pdf_worker, project, period, report_fault))
            await server.serve(sockets=[listener])
            follower.cancel()
    finally:
        pdf_worker.stop()


async def follow_changes(
    broadcaster: Broadcaster, pdf_worker: PdfWorker, project: Project, period: str, report_fault: FaultHandler
) -> None:
    """Publish a new page after each change of the files.

    Problems are shown only if the files do not change for a moment, as a file may be half written. After the first
    report, the chart libraries are loaded, so that the first changed chart is drawn quickly.
    """
    loop = asyncio.get_running_loop()
    page, memo = PreviewPage("", ""), MemoCache()
    with ThreadPoolExecutor(1) as worker:
        async for fingerprint in iter_states(project):
            work = loop.run_in_executor(worker, render_preview, project, period, page.charts, memo)
            await asyncio.wait([work])
            error = work.exception()
            page = add_version(render_fault(error), charts=page.charts) if error else work.result()
            if page.print_html:
                memo.drop_unused()
            elif await _has_changed(project, fingerprint):
                continue
            if error and not isinstance(error, EnvironmentFault):
                report_fault(error)
            if not broadcaster.page:
                pdf_worker.warm_up()
            has_first_charts = page.charts and not (broadcaster.page and broadcaster.page.charts)
            broadcaster.publish(page)
            if has_first_charts:
                await asyncio.wait([loop.run_in_executor(worker, warm_up, page.charts)])


async def _has_changed(project: Project, fingerprint: Fingerprint) -> bool:
    """Wait as long as a program takes to write a file; return whether any file has changed by then."""
    await asyncio.sleep(SETTLING_TIME)
    return fingerprint_files(project) != fingerprint
