"""What the preview answers: the page, its PDFs, the news of a new page; nothing else, and to this machine alone."""

import json
from collections.abc import AsyncIterator, Callable, Collection

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mpr.desk.preview.feed import Feed
from mpr.desk.preview.look import Shown, fault, pdf, problems
from mpr.desk.preview.printer import Printer
from mpr.problem import EnvironmentFault, InputError

FORBIDDEN, MISSING, CONFLICT, BROKEN, ENDED = 403, 404, 409, 500, 503
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = (  # of a page: it has everything in itself, and asks for nothing but its own news
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:; img-src data:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
RETRY = "retry: 500\n\n"  # milliseconds until a browser that has lost the preview looks for it again


def application(
    feed: Feed, printer: Printer, period: str, hosts: Collection[str], failed: Callable[[BaseException], None]
) -> ASGIApp:
    """Return the preview's answers to requests to some hosts; `failed` is told of faults that are not the input's."""

    async def page(_: Request) -> Response:
        return _page((await _now(feed)).page)

    async def news(request: Request) -> Response:
        said = _news(feed) if request.method == "GET" else ()
        return StreamingResponse(said, media_type="text/event-stream")

    async def printed(_: Request) -> Response:
        shown = await _now(feed)
        if not shown.printed:
            return _page(shown.page, CONFLICT)
        return Response(await printer.pdf(shown), media_type="application/pdf")

    async def appendix(request: Request) -> Response:
        return _appendix(await _now(feed), request.path_params["file"])

    async def to_mend(_: Request, error: Exception) -> Response:
        found = error.problems if isinstance(error, InputError) else ()
        return _page(problems(printer.project, found, "Mend, save, and ask for the PDF again."), CONFLICT)

    async def broken(_: Request, error: Exception) -> Response:
        if not isinstance(error, EnvironmentFault):
            failed(error)
        return _page(fault(error, "PDF"), BROKEN)

    own = [Route("/", page), Route("/events", news), Route(f"/{pdf(period)}", printed)]
    routes = [*own, Route("/{file}", appendix)]
    handlers = {InputError: to_mend, EnvironmentFault: broken, Exception: broken}
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.router.redirect_slashes = False
    return Guard(app, hosts)


class Guard:
    """Refuses requests to other hosts: a page from elsewhere may have given this machine a name of its own."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        """Stand before an application."""
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if scope["type"] == "http" and Headers(scope=scope).get("host") not in self.hosts:
            refusal = PlainTextResponse("the preview is for this machine alone", FORBIDDEN)
            await refusal(scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)


def _page(page: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, {"Content-Security-Policy": POLICY})


async def _now(feed: Feed) -> Shown:
    shown = await feed.now()
    if not shown:
        raise HTTPException(ENDED)
    return shown


def _appendix(shown: Shown, file: str) -> Response:
    found = [data for each, data in shown.attached.items() if each.file == file]
    return Response(found[0], media_type="application/pdf") if found else Response(status_code=MISSING)


async def _news(feed: Feed) -> AsyncIterator[str]:
    yield RETRY
    async for _ in feed.all():
        yield f"data: {json.dumps(feed.news)}\n\n"
