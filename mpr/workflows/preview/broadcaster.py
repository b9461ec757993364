"""Holds the page that the preview shows, and hands it to every waiting browser."""

import asyncio
from collections.abc import AsyncIterator

from mpr.workflows.preview.page_diff import diff_pages
from mpr.workflows.preview.rendering import PreviewPage

News = dict[str, str]


class Broadcaster:
    """Holds the current page, and wakes everyone who waits for the next one.

    `news` is the message to browsers: the version of the page and, for browsers that have the previous one, what
    changed.
    """

    def __init__(self) -> None:
        """Start without a page."""
        self.page: PreviewPage | None = None
        self.news: News = {}
        self._ended = False
        self._page_changed = asyncio.Event()

    def publish(self, page: PreviewPage) -> None:
        """Show a new page from now on."""
        self.news = {"version": page.version}
        if self.page and (body := diff_pages(self.page.parts, page.parts)):
            self.news |= {"since": self.page.version, "body": body}
        self.page = page
        self._wake_waiting()

    def close(self) -> None:
        """Stop: nobody waits any longer."""
        self._ended = True
        self._wake_waiting()

    def _wake_waiting(self) -> None:
        self._page_changed.set()
        self._page_changed = asyncio.Event()

    async def wait_for_page(self) -> PreviewPage | None:
        """Return the current page as soon as there is one, or None if the preview has stopped."""
        async for page in self.iter_pages():
            return page
        return None

    async def iter_pages(self) -> AsyncIterator[PreviewPage]:
        """Yield the current page and then each new one, until the preview stops."""
        last_page = None
        while not self._ended:
            page_changed = self._page_changed
            if self.page and self.page is not last_page:
                last_page = self.page
                yield last_page
            else:
                await page_changed.wait()
