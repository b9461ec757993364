"""The report of May 2018, open in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from mpr.project import Project
from tests.chromium import Window, opened


@pytest.fixture
def page(browser: Browser, built: Project, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the report in the window that the test asks for."""
    with opened(browser, built.get_report_path("2018-05", "html"), getattr(request, "param", Window())) as page:
        yield page
