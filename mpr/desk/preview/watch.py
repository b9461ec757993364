"""Sees that the files of a report have changed.

Whether anything has changed is told by the files' stamp alone. What the system says of changes is only a sign to look,
and a look is taken every second anyway: a network drive may say nothing, and a folder that was renamed says no more.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, suppress
from pathlib import Path

from watchfiles import awatch

from mpr.project import Project, Stamp, stamp

STEP, LONGEST, LOOK = 5, 100, 1000  # milliseconds: without a change, of changes in one go, between looks


def files(project: Project) -> Stamp:
    """Return the stamp of everything that a report is made of."""
    return stamp([project.indicators, project.data, *project.templates])


async def states(project: Project) -> AsyncIterator[Stamp]:
    """Yield how the files stand, now and after each change, for as long as one asks."""
    seen: Stamp | None = None
    while True:
        folders = _folders(project)
        async with aclosing(_signs(folders)) as signs:
            async for _ in signs:
                while (now := files(project)) != seen:
                    seen = now
                    yield now
                if _folders(project) != folders:
                    break


def _folders(project: Project) -> dict[Path, int]:
    """Return the folders that are there to be watched, with their numbers: another may have taken a folder's name."""
    templates = [Path(folder) for top in project.templates for folder, *_ in os.walk(top)]
    found = {}
    for folder in (project.root, project.data, *templates):
        with suppress(OSError):  # it is not there
            found[folder] = folder.stat().st_ino
    return found


async def _signs(folders: Mapping[Path, int]) -> AsyncGenerator[None, None]:
    """Yield at once, at each sign of a change in some folders, and every second."""
    yield
    changes = awatch(
        *folders,
        watch_filter=None,
        debounce=LONGEST,
        step=STEP,
        rust_timeout=LOOK,
        yield_on_timeout=True,
        recursive=False,
    )
    try:
        async with aclosing(changes):
            async for _ in changes:
                yield
    except (OSError, RuntimeError):  # a folder has gone, or the system watches no more folders than these
        await asyncio.sleep(LOOK / 1000)
