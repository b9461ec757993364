"""The PDF is made in another process, once for each version, and the preview outlives what happens there."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from types import MappingProxyType

import pikepdf
import pytest

from mpr.problem import EnvironmentFault, InputError
from mpr.project import Project
from mpr.report.model.appendix import Appendix
from mpr.workflows.preview.pdf_worker import PdfWorker
from mpr.workflows.preview.rendering import PreviewPage
from tests.pdfs import make_pdf

PAGE = '<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body><h1>{}</h1></body></html>'


@pytest.fixture
def printer(council: Project) -> Iterator[PdfWorker]:
    """Return a printer, and end it."""
    printer = PdfWorker(council)
    yield printer
    printer.stop()


def _shown(words: str) -> PreviewPage:
    return PreviewPage("", words, PAGE.format(words))


def test_a_version_is_printed_once_and_a_bad_page_is_reported(printer: PdfWorker) -> None:
    async def printed() -> list[bytes]:
        first, again = await asyncio.gather(printer.render_pdf(_shown("one")), printer.render_pdf(_shown("one")))
        assert first is again
        with pytest.raises(InputError, match=r"templates/print\.css: error E601 the PDF is not sound"):
            await printer.render_pdf(_shown('<img alt="nothing" src="nothing.png">'))
        return [first, await printer.render_pdf(_shown("two"))]

    one, two = asyncio.run(printed())
    assert one.startswith(b"%PDF-")
    assert two.startswith(b"%PDF-")
    assert one != two


def test_appendices_are_joined_to_the_pdf(printer: PdfWorker) -> None:
    budget = Appendix("appendix-a", "Appendix A", "Budget", "", "A", "a.pdf", "", "")
    shown = replace(_shown("one"), attachments=MappingProxyType({budget: make_pdf()}))
    with pikepdf.open(BytesIO(asyncio.run(printer.render_pdf(shown)))) as pdf:
        assert [page.label for page in pdf.pages] == ["1", "A-1", "A-2"]


def test_a_killed_process_is_started_again(printer: PdfWorker) -> None:
    async def printed() -> bytes:
        await printer.render_pdf(_shown("one"))
        job = asyncio.create_task(printer.render_pdf(_shown("two " * 20_000)))
        await asyncio.sleep(0.2)
        for process in multiprocessing.active_children():
            process.kill()
        with pytest.raises(EnvironmentFault, match="open it again"):
            await job
        return await printer.render_pdf(_shown("three"))

    assert asyncio.run(printed()).startswith(b"%PDF-")
