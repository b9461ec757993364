"""The web application of the preview: the page, its PDFs and the news of a new page, for this machine only."""

import json
from collections.abc import AsyncIterator, Callable, Collection

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mpr.problem import EnvironmentFault, InputError
from mpr.workflows.preview.broadcaster import Broadcaster
from mpr.workflows.preview.pdf_worker import PdfWorker
from mpr.workflows.preview.rendering import PreviewPage, format_pdf_name, render_fault, render_problems

FORBIDDEN, MISSING, CONFLICT, BROKEN, ENDED = 403, 404, 409, 500, 503
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
CONTENT_SECURITY_POLICY = (  # a page is self-contained, and only connects to its news
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:; img-src data:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
RETRY_EVENT = "retry: 500\n\n"  # milliseconds until a browser that lost the connection tries again


def create_application(
    broadcaster: Broadcaster,
    pdf_worker: PdfWorker,
    period: str,
    hosts: Collection[str],
    report_fault: Callable[[BaseException], None],
) -> ASGIApp:
    """Return the application, which answers requests to `hosts` only.

    `report_fault` is called with any exception that the input did not cause.
    """

    async def answer_page(_: Request) -> Response:
        return _respond_with_page((await _wait_for_page(broadcaster)).html)

    async def answer_news(request: Request) -> Response:
        events = _stream_news(broadcaster) if request.method == "GET" else ()
        return StreamingResponse(events, media_type="text/event-stream")

    async def answer_pdf(_: Request) -> Response:
        page = await _wait_for_page(broadcaster)
        if not page.print_html:
            return _respond_with_page(page.html, CONFLICT)
        return Response(await pdf_worker.render_pdf(page), media_type="application/pdf")

    async def answer_appendix(request: Request) -> Response:
        return _respond_with_appendix(await _wait_for_page(broadcaster), request.path_params["file"])

    async def answer_input_error(_: Request, error: Exception) -> Response:
        problems = error.problems if isinstance(error, InputError) else ()
        note = "Correct the files, save them and open the PDF again."
        return _respond_with_page(render_problems(pdf_worker.project, problems, note), CONFLICT)

    async def answer_fault(_: Request, error: Exception) -> Response:
        if not isinstance(error, EnvironmentFault):
            report_fault(error)
        return _respond_with_page(render_fault(error, "PDF"), BROKEN)

    fixed_routes = [
        Route("/", answer_page),
        Route("/events", answer_news),
        Route(f"/{format_pdf_name(period)}", answer_pdf),
    ]
    routes = [*fixed_routes, Route("/{file}", answer_appendix)]
    handlers = {InputError: answer_input_error, EnvironmentFault: answer_fault, Exception: answer_fault}
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.router.redirect_slashes = False
    return HostGuard(app, hosts)


class HostGuard:
    """Refuses requests to other host names, so that a website cannot reach the preview by DNS rebinding."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        """Guard an application."""
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if scope["type"] == "http" and Headers(scope=scope).get("host") not in self.hosts:
            refusal = PlainTextResponse("the preview is only for this machine", FORBIDDEN)
            await refusal(scope, receive, send_with_headers)
        else:
            await self.app(scope, receive, send_with_headers)


def _respond_with_page(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status, {"Content-Security-Policy": CONTENT_SECURITY_POLICY})


async def _wait_for_page(broadcaster: Broadcaster) -> PreviewPage:
    page = await broadcaster.wait_for_page()
    if not page:
        raise HTTPException(ENDED)
    return page


def _respond_with_appendix(page: PreviewPage, file: str) -> Response:
    matching = [data for appendix, data in page.attachments.items() if appendix.file == file]
    return Response(matching[0], media_type="application/pdf") if matching else Response(status_code=MISSING)


async def _stream_news(broadcaster: Broadcaster) -> AsyncIterator[str]:
    yield RETRY_EVENT
    async for _ in broadcaster.iter_pages():
        yield f"data: {json.dumps(broadcaster.news)}\n\n"
