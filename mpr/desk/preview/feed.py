"""What the preview shows now, handed to all who wait for it."""

import asyncio
from collections.abc import AsyncIterator

from mpr.desk.preview.change import change
from mpr.desk.preview.look import Shown

News = dict[str, str]


class Feed:
    """Holds what is shown, and wakes those who wait for the next.

    `news` says of what is shown which version it is and, for those who have the one before, what changed.
    """

    def __init__(self) -> None:
        """Begin with nothing to show."""
        self.shown: Shown | None = None
        self.news: News = {}
        self._ended = False
        self._shown = asyncio.Event()

    def show(self, shown: Shown) -> None:
        """Show something else from now on."""
        self.news = {"version": shown.version}
        if self.shown and (body := change(self.shown.parts, shown.parts)):
            self.news |= {"since": self.shown.version, "body": body}
        self.shown = shown
        self._wake()

    def end(self) -> None:
        """Send everybody home."""
        self._ended = True
        self._wake()

    def _wake(self) -> None:
        self._shown.set()
        self._shown = asyncio.Event()

    async def now(self) -> Shown | None:
        """Return what is shown, once there is something, None where there will be nothing."""
        async for shown in self.all():
            return shown
        return None

    async def all(self) -> AsyncIterator[Shown]:
        """Yield what is shown and then each that follows, until the end."""
        seen = None
        while not self._ended:
            next_ = self._shown
            if self.shown and self.shown is not seen:
                seen = self.shown
                yield seen
            else:
                await next_.wait()
