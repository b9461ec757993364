"""What the preview shows now, handed to all who wait for it."""

import asyncio
from collections.abc import AsyncIterator

from mpr.workflows.preview.page_diff import diff_pages
from mpr.workflows.preview.rendering import PreviewPage

News = dict[str, str]


class Broadcaster:
    """Holds what is shown, and wakes those who wait for the next.

    `news` says of what is shown which version it is and, for those who have the one before, what changed.
    """

    def __init__(self) -> None:
        """Begin with nothing to show."""
        self.page: PreviewPage | None = None
        self.news: News = {}
        self._ended = False
        self._page_changed = asyncio.Event()

    def publish(self, page: PreviewPage) -> None:
        """Show something else from now on."""
        self.news = {"version": page.version}
        if self.page and (body := diff_pages(self.page.parts, page.parts)):
            self.news |= {"since": self.page.version, "body": body}
        self.page = page
        self._wake_waiting()

    def close(self) -> None:
        """Send everybody home."""
        self._ended = True
        self._wake_waiting()

    def _wake_waiting(self) -> None:
        self._page_changed.set()
        self._page_changed = asyncio.Event()

    async def wait_for_page(self) -> PreviewPage | None:
        """Return what is shown, once there is something, None where there will be nothing."""
        async for page in self.iter_pages():
            return page
        return None

    async def iter_pages(self) -> AsyncIterator[PreviewPage]:
        """Yield what is shown and then each that follows, until the end."""
        last_page = None
        while not self._ended:
            page_changed = self._page_changed
            if self.page and self.page is not last_page:
                last_page = self.page
                yield last_page
            else:
                await page_changed.wait()
