"""Files are put in place whole, all or none, and by one process at a time.

Beside each file stands, for as long as it takes, what it is to be (`.part`) and what it was (`.last`, or an empty
`.none` where there was nothing). A journal in the project's folder names the files. Whatever ends a process, the next
one finds the journal and puts back what there was, so that the old files are there or the new ones, never some of
each. From the moment at which the journal says that all are in place, it is the new ones.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path

from mpr.problem import InputError, Place, Problem
from mpr.project import Project
from mpr.workflows.lock import hold_lock

PATIENCE = 20  # seconds; all that is done alone takes less than one
STAGING_STATE, REPLACING_STATE = "staging", "replacing"  # the first line of the journal
SIDECAR_ENDINGS = ("last", "none", "part")  # as they are taken away: what has its part was not replaced
DISK_FULL_ERRORS = {ENOSPC, EDQUOT, EFBIG}
WriteFiles = Callable[[Mapping[Path, bytes]], tuple[Path, ...]]


@contextmanager
def write_transaction(project: Project, patience: float = PATIENCE) -> Iterator[WriteFiles]:
    """Keep other processes from writing in the project; yield what puts files in place, all or none.

    First, what a process left that was ended while it wrote is set right. Raises InputError where another process does
    not end, or something cannot be written.
    """
    place = Place(str(project.root))
    with ExitStack() as stack:
        try:
            is_locked = stack.enter_context(hold_lock(project.root / ".mpr-lock", patience))
            if is_locked:
                _roll_back(project)
        except OSError as error:
            raise InputError([_build_write_problem(place, "folder", error)]) from error
        if not is_locked:
            hint = "wait until it has ended, then do this again"
            raise InputError([Problem(place, "E609", "another mpr is writing in this project", hint)])
        yield lambda files: _write_files(files, project)


def recover(project: Project) -> None:
    """Put back what there was, where a process was ended while it wrote; leave it where that cannot be done now."""
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
        with suppress(OSError):  # what cannot be set right now is by the next process
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
    """Return the journal, and what it is to be."""
    return project.root / ".mpr-journal", project.root / ".mpr-journal.part"


def _write_journal(state: str, files: Mapping[Path, bytes], project: Project) -> None:
    """Write down what is under way, in place of what was."""
    journal, part = _get_journal_paths(project)
    _write_durably(part, "\n".join([state, *map(project.display_path, files)]).encode())
    part.replace(journal)


def _roll_back(project: Project) -> None:
    """Do as the journal says, if there is one: put back what was being replaced, take away what stands beside.

    Done twice, or ended and done again, it comes to the same. A file is put back or taken away only where something
    stands beside it, and none outside the project is, so that a journal from elsewhere can do no harm.
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
    """Write a new file through to the disk; what had its name, a link to elsewhere too, is taken away before."""
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _get_sidecar_path(path: Path, ending: str) -> Path:
    """Return the hidden file of a kind beside a file."""
    return path.with_name(f".{path.name}.{ending}")
