"""The printed report of May 2018: how many pages it has, and that none is wasted."""

import pypdfium2
import pytest

from mpr.project import Project
from tests.conftest import MAY

PAGES = 29
MIN_LETTERS = 150  # with the running head and foot; the last page says only that partners supplied nothing


@pytest.fixture(scope="module")
def texts(built: Project) -> list[str]:
    """Return the text of every page."""
    with pypdfium2.PdfDocument(built.get_report_path(MAY, "pdf")) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_report_has_its_number_of_pages(texts: list[str]) -> None:
    assert len(texts) == PAGES
    assert f"Page {PAGES} of {PAGES}" in texts[-1]


def test_no_page_is_nearly_empty(texts: list[str]) -> None:
    assert [number for number, text in enumerate(texts, 1) if len(text) < MIN_LETTERS] == []
