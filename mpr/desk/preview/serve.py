"""`mpr preview`: serve the report on this machine, and show it anew whenever a file is saved."""

import asyncio
import gc
import logging
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from mpr.desk.preview.app import application
from mpr.desk.preview.feed import Feed
from mpr.desk.preview.look import Shown, fault, look, versioned
from mpr.desk.preview.printer import Printer
from mpr.desk.preview.watch import files, states
from mpr.kept import Kept
from mpr.load.scorecard import newest
from mpr.problem import EnvironmentFault
from mpr.project import Project, Stamp
from mpr.render.pictures import warm

Failed = Callable[[BaseException], None]

logging.getLogger("uvicorn").addHandler(logging.NullHandler())  # what goes wrong is told by `failed`

HOST = "127.0.0.1"
PORTS = range(8018, 8118)
SETTLE = 0.1  # seconds in which a file that is being written is written
SELDOM = (100_000, 50, 100)  # objects, and rounds, until garbage is looked for: that must not hold up each page
PATIENCE = 1  # second for answers that are under way when the preview ends


def preview(project: Project, period: str | None, begun: Callable[[str], None], failed: Failed) -> None:
    """Serve the report of a period, or of the newest, until Ctrl+C; `begun` is told the address.

    `failed` is told of faults that are not the input's. Raises InputError where there is no period, EnvironmentFault
    where there is no port.
    """
    name = period or newest(project)
    gc.set_threshold(*SELDOM)
    with _listening() as listening, suppress(KeyboardInterrupt):
        asyncio.run(_serve(project, name, listening, begun, failed))


def _listening() -> socket.socket:
    """Return a socket on the first port that is free."""
    for port in PORTS:
        with suppress(OSError):
            return socket.create_server((HOST, port))
    raise EnvironmentFault(f"no port from {PORTS[0]} to {PORTS[-1]} is free; end some of the previews that are running")


class _Server(uvicorn.Server):
    """A server that tells those who wait for news that there will be none, as else it would wait for them.

    `begun` is called once Ctrl+C ends it, which it does not from the first moment on.
    """

    def __init__(self, app: ASGIApp, feed: Feed, begun: Callable[[], None]) -> None:
        super().__init__(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=PATIENCE))
        self.feed, self.begun = feed, begun

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.begun()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.feed.end()
        await super().shutdown(sockets)


async def _serve(
    project: Project, period: str, listening: socket.socket, begun: Callable[[str], None], failed: Failed
) -> None:
    port = listening.getsockname()[1]
    feed, printer = Feed(), Printer(project)
    hosts = {f"{name}:{port}" for name in (HOST, "localhost")}
    app = application(feed, printer, period, hosts, failed)
    server = _Server(app, feed, lambda: begun(f"http://{HOST}:{port}/"))
    try:
        async with asyncio.TaskGroup() as group:
            following = group.create_task(follow(feed, printer, project, period, failed))
            await server.serve(sockets=[listening])
            following.cancel()
    finally:
        printer.end()


async def follow(feed: Feed, printer: Printer, project: Project, period: str, failed: Failed) -> None:
    """Show how the files stand after each change; bad news only once they stand still, as one may be half written.

    Once there is a report, what draws charts is made ready for the first that will change.
    """
    loop = asyncio.get_running_loop()
    shown, kept = Shown("", ""), Kept()
    with ThreadPoolExecutor(1) as worker:
        async for state in states(project):
            work = loop.run_in_executor(worker, look, project, period, shown.drawn, kept)
            await asyncio.wait([work])
            error = work.exception()
            shown = versioned(fault(error), drawn=shown.drawn) if error else work.result()
            if shown.printed:
                kept.settle()
            elif await _moved(project, state):
                continue
            if error and not isinstance(error, EnvironmentFault):
                failed(error)
            if not feed.shown:
                printer.warm()
            first = shown.drawn and not (feed.shown and feed.shown.drawn)
            feed.show(shown)
            if first:
                await asyncio.wait([loop.run_in_executor(worker, warm, shown.drawn)])


async def _moved(project: Project, state: Stamp) -> bool:
    """Whether files have changed since, or do so in the time that it takes to write one."""
    await asyncio.sleep(SETTLE)
    return files(project) != state
