"""One `mpr` at a time writes in a project: a lock of the operating system, which ends with the process that holds it.

On a drive that knows no locks there is none, and files are written all the same.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EAGAIN, EDEADLK
from pathlib import Path

LOCK_HELD_ERRORS = {EACCES, EAGAIN, EDEADLK}  # what systems say where another process has the lock
RETRY_INTERVAL = 0.05  # seconds between looks

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def hold_lock(path: Path, patience: float) -> Iterator[bool]:
    """Lock a file, which is made and stays; yield whether that was possible within so many seconds.

    Raises OSError where the file cannot be made.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        deadline = time.monotonic() + patience
        while not (is_locked := _try_lock(file)) and time.monotonic() < deadline:
            time.sleep(RETRY_INTERVAL)
        yield is_locked
    finally:
        os.close(file)  # and with it goes the lock


def _try_lock(file: int) -> bool:
    try:
        _take(file)
    except OSError as error:
        return error.errno not in LOCK_HELD_ERRORS
    return True
