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

from mpr.project import Fingerprint, Project, fingerprint

QUIET_INTERVAL, LONGEST_BATCH, POLL_INTERVAL = (
    5,
    100,
    1000,
)  # milliseconds: without a change, of changes in one go, between looks


def fingerprint_files(project: Project) -> Fingerprint:
    """Return the stamp of everything that a report is made of."""
    return fingerprint([project.indicators_path, project.data, *project.templates])


async def iter_states(project: Project) -> AsyncIterator[Fingerprint]:
    """Yield how the files stand, now and after each change, for as long as one asks."""
    last_fingerprint: Fingerprint | None = None
    while True:
        folders = _list_folders(project)
        async with aclosing(_iter_signs(folders)) as signs:
            async for _ in signs:
                while (fingerprint := fingerprint_files(project)) != last_fingerprint:
                    last_fingerprint = fingerprint
                    yield fingerprint
                if _list_folders(project) != folders:
                    break


def _list_folders(project: Project) -> dict[Path, int]:
    """Return the folders that are there to be watched, with their numbers: another may have taken a folder's name."""
    templates = [Path(folder) for top in project.templates for folder, *_ in os.walk(top)]
    folder_numbers = {}
    for folder in (project.root, project.data, *templates):
        with suppress(OSError):  # it is not there
            folder_numbers[folder] = folder.stat().st_ino
    return folder_numbers


async def _iter_signs(folders: Mapping[Path, int]) -> AsyncGenerator[None, None]:
    """Yield at once, at each sign of a change in some folders, and every second."""
    yield
    changes = awatch(
        *folders,
        watch_filter=None,
        debounce=LONGEST_BATCH,
        step=QUIET_INTERVAL,
        rust_timeout=POLL_INTERVAL,
        yield_on_timeout=True,
        recursive=False,
    )
    try:
        async with aclosing(changes):
            async for _ in changes:
                yield
    except (OSError, RuntimeError):  # a folder has gone, or the system watches no more folders than these
        await asyncio.sleep(POLL_INTERVAL / 1000)
