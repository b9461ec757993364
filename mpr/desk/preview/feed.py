"""What the preview shows now, handed to all who wait for it."""

import asyncio
from collections.abc import AsyncIterator

from mpr.desk.preview.look import Shown


class Feed:
    """Holds what is shown, and wakes those who wait for the next."""

    def __init__(self) -> None:
        """Begin with nothing to show."""
        self.shown: Shown | None = None
        self._ended = False
        self._news = asyncio.Event()

    def show(self, shown: Shown) -> None:
        """Show something else from now on."""
        self.shown = shown
        self._wake()

    def end(self) -> None:
        """Send everybody home."""
        self._ended = True
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def now(self) -> Shown | None:
        """Return what is shown, once there is something, None where there will be nothing."""
        async for shown in self.all():
            return shown
        return None

    async def all(self) -> AsyncIterator[Shown]:
        """Yield what is shown and then each that follows, until the end."""
        seen = None
        while not self._ended:
            news = self._news
            if self.shown and self.shown is not seen:
                seen = self.shown
                yield seen
            else:
                await news.wait()
