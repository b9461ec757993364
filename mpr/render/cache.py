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

MAX_BYTES = 100_000_000  # bytes that are kept
TRIM_PREFIX = "0"  # of the hash of what is new, for which all that is kept is counted: one in sixteen
GITIGNORE = ".gitignore"  # the folder's own, by which it is no part of what a council keeps in Git


def make_file_name(content: str, suffix: str, libraries: tuple[str, ...]) -> str:
    """Return the name of a file: a hash of what goes into it, of the libraries that it is made with, of this room."""
    return hashlib.sha256(f"{_hash_environment(libraries)} {content}".encode()).hexdigest() + suffix


@lru_cache
def _hash_environment(libraries: tuple[str, ...]) -> str:
    """Return a hash of what goes into all that some libraries make: their versions, and the code of this room."""
    hasher = hashlib.sha256(" ".join(f"{library} {version(library)}" for library in libraries).encode())
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        data = path.read_bytes()
        hasher.update(f"\0{path.relative_to(package).as_posix()} {len(data)}\0".encode() + data)
    return hasher.hexdigest()


def read_entry(path: Path) -> bytes | None:
    """Return what is kept in a file, None where it is not there or not as it was written."""
    with suppress(OSError):
        digest, _, data = path.read_bytes().partition(b"\n")
        if digest == _compute_digest(data):
            with suppress(OSError):
                os.utime(path)  # it is used, and so goes last
            return data
    return None


def _compute_digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def write_entries(folder: Path, entries: Mapping[Path, bytes]) -> None:
    """Put files into the folder, each whole or not at all; where it cannot be written they are not kept."""
    if not entries:
        return
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        (folder / GITIGNORE).write_text("*\n", encoding="utf-8")
        for path, data in entries.items():
            temporary_path = path.with_suffix(f".{os.getpid()}")  # two builds at once each have their own
            try:
                temporary_path.write_bytes(_compute_digest(data) + b"\n" + data)
                temporary_path.replace(path)
            finally:
                temporary_path.unlink(missing_ok=True)
        if any(path.name.startswith(TRIM_PREFIX) for path in entries):
            _remove_oldest(folder)


def _remove_oldest(folder: Path) -> None:
    """Let go what was used longest ago, where there is more than may be kept."""
    with os.scandir(folder) as files:
        entries = [(file.stat(), file.path) for file in files if file.name != GITIGNORE]
    size = 0
    for status, path in sorted(entries, key=lambda entry: entry[0].st_mtime_ns, reverse=True):
        size += status.st_size
        if size > MAX_BYTES:
            Path(path).unlink()
