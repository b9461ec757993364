"""What the preview answers, and to whom."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from httpx import ASGITransport, AsyncClient, Response

from mpr.problem import EnvironmentFault, InputError, Place, Problem
from mpr.project import Project
from mpr.report.model.appendix import Appendix
from mpr.workflows.preview.app import create_application
from mpr.workflows.preview.broadcaster import Broadcaster
from mpr.workflows.preview.pdf_worker import PdfWorker
from mpr.workflows.preview.rendering import PreviewPage

HOSTS = {"127.0.0.1:8018", "localhost:8018"}
REPORT = PreviewPage("<h1>May 2018</h1>", "v1", "<h1>printed</h1>")


class _Printer(PdfWorker):
    """Prints nothing, or fails as it is told to."""

    def __init__(self, project: Project, error: Exception | None) -> None:
        self.project, self.error = project, error

    async def render_pdf(self, page: PreviewPage) -> bytes:
        if self.error:
            raise self.error
        return f"%PDF of {page.print_html}".encode()


class _Client:
    """Asks the preview, each time in an event loop of its own."""

    def __init__(
        self, shown: PreviewPage, project: Project, faults: list[BaseException], error: Exception | None = None
    ) -> None:
        self.shown, self.printer, self.faults = shown, _Printer(project, error), faults

    def get(self, path: str, **headers: str) -> Response:
        return self.request("GET", path, **headers)

    def request(self, method: str, path: str, **headers: str) -> Response:
        async def asked() -> Response:
            feed = Broadcaster()
            feed.publish(self.shown)
            app = create_application(feed, self.printer, "2018-05", HOSTS, self.faults.append)
            transport = ASGITransport(app, raise_app_exceptions=False)
            async with AsyncClient(transport=transport, base_url="http://127.0.0.1:8018") as client:
                return await client.request(method, path, headers=headers)

        return asyncio.run(asked())


@pytest.fixture
def faults() -> Iterator[list[BaseException]]:
    """Return the faults that the preview was to keep; none of them, where a test does not take them away."""
    found: list[BaseException] = []
    yield found
    assert found == []


def test_the_page_and_its_pdf_are_served(council: Project, faults: list[BaseException]) -> None:
    client = _Client(REPORT, council, faults)
    page = client.get("/")
    assert (page.status_code, page.text) == (200, REPORT.html)
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "access-control-allow-origin" not in client.get("/", Origin="http://elsewhere.example").headers
    pdf = client.get("/mpr-2018-05.pdf")
    assert (pdf.status_code, pdf.content) == (200, b"%PDF of <h1>printed</h1>")
    assert pdf.headers["content-type"] == "application/pdf"
    head = client.request("HEAD", "/")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:80", "council.example", "council.example:8018", "[::1]:8018", ""]
)
@pytest.mark.parametrize("path", ["/", "/events", "/mpr-2018-05.pdf", "/else"])
def test_other_hosts_are_refused(host: str, path: str, council: Project, faults: list[BaseException]) -> None:
    answer = _Client(REPORT, council, faults).get(path, Host=host)
    assert (answer.status_code, answer.text) == (403, "the preview is only for this machine")


def test_both_names_of_this_machine_are_served(council: Project, faults: list[BaseException]) -> None:
    client = _Client(REPORT, council, faults)
    assert {client.get("/", Host=host).status_code for host in HOSTS} == {200}


def test_an_appendix_is_handed_out_by_its_name_alone(council: Project, faults: list[BaseException]) -> None:
    budget = Appendix("appendix-a", "Appendix A", "Budget", "", "A", "mpr-2018-05.appendix-a.pdf", "", "")
    client = _Client(replace(REPORT, attachments={budget: b"%PDF of the budget"}), council, faults)
    answer = client.get("/mpr-2018-05.appendix-a.pdf")
    assert (answer.status_code, answer.content) == (200, b"%PDF of the budget")
    assert answer.headers["content-type"] == "application/pdf"
    for path in ("/mpr-2018-05.appendix-b.pdf", "/appendix-a", "/x/mpr-2018-05.appendix-a.pdf"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *("/indicators.yaml", "/data/2018-05.csv", "/out/", "/mpr-2018-06.pdf", "/mpr-2018-05.html", "/index.html"),
        *("/../indicators.yaml", "/%2e%2e/indicators.yaml", "//etc/passwd", "/mpr-2018-05.pdf/", "/events/x"),
    ],
)
def test_other_paths_are_not_found(path: str, council: Project, faults: list[BaseException]) -> None:
    answer = _Client(REPORT, council, faults).get(path)
    assert answer.status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/events", "/mpr-2018-05.pdf"])
def test_only_reading_is_allowed(method: str, path: str, council: Project, faults: list[BaseException]) -> None:
    assert _Client(REPORT, council, faults).request(method, path).status_code == 405


def test_there_is_no_pdf_of_problems(council: Project, faults: list[BaseException]) -> None:
    answer = _Client(replace(REPORT, html="<h1>1 thing to correct</h1>", print_html=""), council, faults).get(
        "/mpr-2018-05.pdf"
    )
    assert (answer.status_code, answer.text) == (409, "<h1>1 thing to correct</h1>")


def test_problems_of_the_pdf_are_shown(council: Project, faults: list[BaseException]) -> None:
    error = InputError([Problem(Place("templates/print.css"), "E601", "the PDF is not sound: no glyph")])
    answer = _Client(REPORT, council, faults, error).get("/mpr-2018-05.pdf")
    assert answer.status_code == 409
    assert "the PDF is not sound: no glyph" in answer.text
    assert 'data-version=""' in answer.text, "it must not take itself for the preview, and load itself for ever"


def test_what_the_machine_lacks_for_a_pdf_is_shown(council: Project, faults: list[BaseException]) -> None:
    answer = _Client(REPORT, council, faults, EnvironmentFault("the PDF needs Pango")).get("/mpr-2018-05.pdf")
    assert answer.status_code == 500
    assert "the PDF needs Pango." in answer.text


def test_a_fault_of_mpr_is_logged_and_not_shown(council: Project, faults: list[BaseException]) -> None:
    error = RuntimeError("an inner fault")
    client = _Client(REPORT, council, faults, error)
    answer = client.get("/mpr-2018-05.pdf")
    assert answer.status_code == 500
    assert "a fault in mpr" in answer.text
    assert "inner" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert client.get("/").status_code == 200
    assert faults.pop() is error


def test_new_pages_go_to_every_listener_until_the_end() -> None:
    async def told() -> list[str]:
        feed = Broadcaster()
        found: list[str] = []

        async def listen() -> None:
            found.extend([shown.version async for shown in feed.iter_pages()])

        listeners = [asyncio.create_task(listen()) for _ in range(2)]
        for version in "ab":
            feed.publish(PreviewPage("", version))
            await asyncio.sleep(0.01)
        feed.close()
        await asyncio.gather(*listeners)
        assert await feed.wait_for_page() is None
        return found

    assert sorted(asyncio.run(told())) == ["a", "a", "b", "b"]
