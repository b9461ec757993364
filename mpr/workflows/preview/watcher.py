"""Notices that the files of a report have changed.

Only the fingerprint of the files decides whether anything has changed. The system's notifications merely trigger a
comparison, which also runs every second, because network drives and renamed folders may send no notification.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, suppress
from pathlib import Path

from watchfiles import awatch

from mpr.project import Fingerprint, Project, fingerprint

QUIET_INTERVAL = 5  # milliseconds without a change that end a batch of changes
LONGEST_BATCH = 100  # milliseconds
POLL_INTERVAL = 1000  # milliseconds between comparisons without a notification


def fingerprint_files(project: Project) -> Fingerprint:
    """Return the fingerprint of every file that a report is made from."""
    return fingerprint([project.indicators_path, project.data, *project.templates])


async def iter_states(project: Project) -> AsyncIterator[Fingerprint]:
    """Yield the fingerprint of the files, now and after each change, without end."""
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
    """Return the folders to watch, with their inode numbers, which tell a folder from another of the same name."""
    templates = [Path(folder) for top in project.templates for folder, *_ in os.walk(top)]
    folder_numbers = {}
    for folder in (project.root, project.data, *templates):
        with suppress(OSError):  # the folder does not exist
            folder_numbers[folder] = folder.stat().st_ino
    return folder_numbers


async def _iter_signs(folders: Mapping[Path, int]) -> AsyncGenerator[None, None]:
    """Yield at once, at each notification of a change in the folders, and every second."""
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
    except (OSError, RuntimeError):  # a folder is gone, or the system cannot watch as many
        await asyncio.sleep(POLL_INTERVAL / 1000)
