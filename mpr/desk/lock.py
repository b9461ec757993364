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

HELD = {EACCES, EAGAIN, EDEADLK}  # what systems say where another process has the lock
STEP = 0.05  # seconds between looks

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path, patience: float) -> Iterator[bool]:
    """Lock a file, which is made and stays; yield whether that was possible within so many seconds.

    Raises OSError where the file cannot be made.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        end = time.monotonic() + patience
        while not (taken := _taken(file)) and time.monotonic() < end:
            time.sleep(STEP)
        yield taken
    finally:
        os.close(file)  # and with it goes the lock


def _taken(file: int) -> bool:
    try:
        _take(file)
    except OSError as error:
        return error.errno not in HELD
    return True
