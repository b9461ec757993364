"""What is kept in the project's `.mpr-cache/` to be faster the next time: a file for each thing, named by its making.

A name is made of all that goes into a thing, so what is found is always right; what is damaged or gone is made anew,
and the folder may be deleted at any time.
"""

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

MOST = 100_000_000  # bytes that are kept
SIGN = "0"  # of the hash of what is new, for which all that is kept is counted: one in sixteen
IGNORE = ".gitignore"  # the folder's own, by which it is no part of what a council keeps in Git


def named(what: str, ending: str, libraries: tuple[str, ...]) -> str:
    """Return the name of a file: a hash of what goes into it, of the libraries that it is made with, of this room."""
    return hashlib.sha256(f"{_around(libraries)} {what}".encode()).hexdigest() + ending


@lru_cache
def _around(libraries: tuple[str, ...]) -> str:
    """Return a hash of what goes into all that some libraries make: their versions, and the code of this room."""
    found = hashlib.sha256(" ".join(f"{each} {version(each)}" for each in libraries).encode())
    top = Path(__file__).parent
    for path in sorted(top.rglob("*.py")):
        data = path.read_bytes()
        found.update(f"\0{path.relative_to(top).as_posix()} {len(data)}\0".encode() + data)
    return found.hexdigest()


def read(path: Path) -> bytes | None:
    """Return what is kept in a file, None where it is not there or not as it was written."""
    with suppress(OSError):
        digest, _, data = path.read_bytes().partition(b"\n")
        if digest == _digest(data):
            with suppress(OSError):
                os.utime(path)  # it is used, and so goes last
            return data
    return None


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def keep(folder: Path, new: Mapping[Path, bytes]) -> None:
    """Put files into the folder, each whole or not at all; where it cannot be written they are not kept."""
    if not new:
        return
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        (folder / IGNORE).write_text("*\n", encoding="utf-8")
        for path, data in new.items():
            part = path.with_suffix(f".{os.getpid()}")  # two builds at once each have their own
            try:
                part.write_bytes(_digest(data) + b"\n" + data)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
        if any(path.name.startswith(SIGN) for path in new):
            _bound(folder)


def _bound(folder: Path) -> None:
    """Let go what was used longest ago, where there is more than may be kept."""
    with os.scandir(folder) as there:
        kept = [(each.stat(), each.path) for each in there if each.name != IGNORE]
    size = 0
    for state, path in sorted(kept, key=lambda each: each[0].st_mtime_ns, reverse=True):
        size += state.st_size
        if size > MOST:
            Path(path).unlink()
