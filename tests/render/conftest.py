"""The small council's report of May 2018, open in a real browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page

from mpr.project import Project
from tests.chromium import Window, open_page
from tests.conftest import MAY

GetPage = Callable[[Window], Page]


@pytest.fixture
def page(browser: Browser, built_council: Project, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the report in the window that the test asks for; the test may change the page."""
    path = built_council.get_report_path(MAY, "html")
    with open_page(browser, path, getattr(request, "param", Window())) as page:
        yield page


@pytest.fixture(scope="module")
def get_page(browser: Browser, built_council: Project) -> Iterator[GetPage]:
    """Return a function that opens the report in a window once for all tests of a module; they may not change it."""
    pages: dict[Window, Page] = {}
    with ExitStack() as stack:

        def get_page(window: Window) -> Page:
            if window not in pages:
                path = built_council.get_report_path(MAY, "html")
                pages[window] = stack.enter_context(open_page(browser, path, window))
            return pages[window]

        yield get_page
