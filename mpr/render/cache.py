"""The cache in the project's `.mpr-cache/`: a file for each chart, chunk and PDF, so that a rebuild is faster.

The name of a file is a hash of all that its content depends on, so an entry that is found is always right. A damaged or
missing entry is computed again; the folder may be deleted at any time.
"""

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

MAX_BYTES = 100_000_000  # of all entries together
TRIM_PREFIX = "0"  # a new entry whose name begins with this, one in sixteen, makes the cache check its size
GITIGNORE = ".gitignore"  # keeps the folder out of a council's Git repository


def make_file_name(content: str, suffix: str, libraries: tuple[str, ...]) -> str:
    """Return the name of an entry: a hash of its content's inputs, of the libraries' versions and of the code here."""
    return hashlib.sha256(f"{_hash_environment(libraries)} {content}".encode()).hexdigest() + suffix


@lru_cache
def _hash_environment(libraries: tuple[str, ...]) -> str:
    """Return a hash of the versions of some libraries and of the code in `mpr.render`."""
    hasher = hashlib.sha256(" ".join(f"{library} {version(library)}" for library in libraries).encode())
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        data = path.read_bytes()
        hasher.update(f"\0{path.relative_to(package).as_posix()} {len(data)}\0".encode() + data)
    return hasher.hexdigest()


def read_entry(path: Path) -> bytes | None:
    """Return the content of an entry, None if it is missing or damaged."""
    with suppress(OSError):
        digest, _, data = path.read_bytes().partition(b"\n")
        if digest == _compute_digest(data):
            with suppress(OSError):
                os.utime(path)  # entries used least recently are removed first
            return data
    return None


def _compute_digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def write_entries(folder: Path, entries: Mapping[Path, bytes]) -> None:
    """Write entries into the cache, each whole or not at all; nothing is written if the folder is read-only."""
    if not entries:
        return
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        (folder / GITIGNORE).write_text("*\n", encoding="utf-8")
        for path, data in entries.items():
            temporary_path = path.with_suffix(f".{os.getpid()}")  # so that two builds at once do not share it
            try:
                temporary_path.write_bytes(_compute_digest(data) + b"\n" + data)
                temporary_path.replace(path)
            finally:
                temporary_path.unlink(missing_ok=True)
        if any(path.name.startswith(TRIM_PREFIX) for path in entries):
            _remove_oldest(folder)


def _remove_oldest(folder: Path) -> None:
    """Remove the entries used least recently until the rest fits into MAX_BYTES."""
    with os.scandir(folder) as files:
        entries = [(file.stat(), file.path) for file in files if file.name != GITIGNORE]
    size = 0
    for status, path in sorted(entries, key=lambda entry: entry[0].st_mtime_ns, reverse=True):
        size += status.st_size
        if size > MAX_BYTES:
            Path(path).unlink()
