"""Write several files as one transaction: all of them or none, and by one process at a time.

While a transaction runs, hidden files beside each target hold its new content (`.part`) and its old content (`.last`,
or an empty `.none` if there was no file), and a journal in the project's folder names the targets. If a process is
ended on the way, the next one finds the journal and restores the old files, so that there is never a mixture of old and
new. Once the journal says that all files have been replaced, the new ones stay.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path

from mpr.problem import InputError, Place, Problem
from mpr.project import Project

PATIENCE = 20  # seconds to wait for another process, which holds the lock for less than one
RETRY_INTERVAL = 0.05  # seconds
STAGING_STATE, REPLACING_STATE = "staging", "replacing"  # the first line of the journal
SIDECAR_ENDINGS = ("last", "none", "part")  # in the order of removal: a file that still has its .part was not replaced
DISK_FULL_ERRORS = {ENOSPC, EDQUOT, EFBIG}
WriteFiles = Callable[[Mapping[Path, bytes]], tuple[Path, ...]]


@contextmanager
def write_transaction(project: Project, patience: float = PATIENCE) -> Iterator[WriteFiles]:
    """Lock the project against other writers, and yield a function that writes files: all of them or none.

    Recovers first if an earlier process was ended while it wrote. Raises InputError if another process holds the lock
    for longer than `patience` (in seconds), or something cannot be written.
    """
    place = Place(str(project.root))
    with ExitStack() as stack:
        try:
            is_locked = stack.enter_context(_hold_lock(project.root / ".mpr-lock", patience))
            if is_locked:
                _roll_back(project)
        except OSError as error:
            raise InputError([_build_write_problem(place, "folder", error)]) from error
        if not is_locked:
            hint = "wait until it has finished, then try again"
            raise InputError([Problem(place, "E609", "another mpr is writing in this project", hint)])
        yield lambda files: _write_files(files, project)


@contextmanager
def _hold_lock(path: Path, patience: float) -> Iterator[bool]:
    """Lock a file, creating it if necessary, and yield whether the lock was acquired within `patience` (in seconds).

    The operating system releases the lock when the process ends, however it ends; the file stays. Raises OSError if
    the file cannot be opened.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        deadline = time.monotonic() + patience
        while not (is_locked := _try_lock(file)) and time.monotonic() < deadline:
            time.sleep(RETRY_INTERVAL)
        yield is_locked
    finally:
        os.close(file)  # which releases the lock


def _try_lock(file: int) -> bool:
    """Return False if another process holds the lock; on a drive without locks, go on without one."""
    from filelock import lock_descriptor  # noqa: PLC0415 - only commands that write pay for it

    try:
        return lock_descriptor(file, blocking=False)
    except OSError:
        return True


def recover(project: Project) -> None:
    """Restore the old files if a process was ended while it wrote; do nothing if that is not possible now."""
    if any(path.exists() for path in _get_journal_paths(project)):
        with suppress(InputError), write_transaction(project, patience=0):
            pass


def _write_files(files: Mapping[Path, bytes], project: Project) -> tuple[Path, ...]:
    path = next(iter(files))
    try:
        _write_journal(STAGING_STATE, files, project)
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(_get_sidecar_path(path, "part"), data)
            if path.exists():
                _write_durably(_get_sidecar_path(path, "last"), path.read_bytes())
            else:
                _write_durably(_get_sidecar_path(path, "none"), b"")
        _write_journal(REPLACING_STATE, files, project)
        for path in files:
            _get_sidecar_path(path, "part").replace(path)
        _write_journal(STAGING_STATE, files, project)
    except OSError as error:
        raise InputError([_build_write_problem(Place(project.display_path(path)), "file", error)]) from error
    finally:
        with suppress(OSError):  # the next process recovers what this one cannot
            _roll_back(project)
    return tuple(files)


def _build_write_problem(place: Place, kind: str, error: OSError) -> Problem:
    hint = (
        "make room on the disk"
        if error.errno in DISK_FULL_ERRORS
        else "is it open in another program, or the folder read-only?"
    )
    return Problem(place, "E602", f"this {kind} cannot be written ({error.strerror})", hint)


def _get_journal_paths(project: Project) -> tuple[Path, Path]:
    """Return the paths of the journal and of its next version."""
    return project.root / ".mpr-journal", project.root / ".mpr-journal.part"


def _write_journal(state: str, files: Mapping[Path, bytes], project: Project) -> None:
    """Replace the journal: its first line is the state, the others are the files."""
    journal, part = _get_journal_paths(project)
    _write_durably(part, "\n".join([state, *map(project.display_path, files)]).encode())
    part.replace(journal)


def _roll_back(project: Project) -> None:
    """Follow the journal, if there is one: restore files that were being replaced and delete the hidden files.

    Repeating it, even after an interruption, gives the same result. A journal from elsewhere can do no harm: a file is
    restored or deleted only if it has a hidden file beside it, and never outside the project.
    """
    journal, part = _get_journal_paths(project)
    state, *names = journal.read_text(encoding="utf-8", errors="replace").split("\n") if journal.exists() else [""]
    paths = [project.root / name for name in names if name.isprintable() and ".." not in Path(name).parts]
    paths = [path for path in paths if path.is_relative_to(project.root) and path != project.root]
    replaced = [path for path in paths if state == REPLACING_STATE and not _get_sidecar_path(path, "part").exists()]
    for path in replaced:
        if _get_sidecar_path(path, "last").exists():
            _get_sidecar_path(path, "last").replace(path)
        elif _get_sidecar_path(path, "none").exists():
            path.unlink(missing_ok=True)
    for path in paths:
        for ending in SIDECAR_ENDINGS:
            _get_sidecar_path(path, ending).unlink(missing_ok=True)
    part.unlink(missing_ok=True)
    journal.unlink(missing_ok=True)


def _write_durably(path: Path, data: bytes) -> None:
    """Write a new file and wait until it is on the disk; a file or link of the same name is deleted first."""
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _get_sidecar_path(path: Path, ending: str) -> Path:
    """Return the path of the hidden file beside a file: `out/.mpr-2018-05.html.part`."""
    return path.with_name(f".{path.name}.{ending}")
