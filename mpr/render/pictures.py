"""The pictures of a report's charts: kept from before, or else drawn.

What was drawn is kept in the project's `.mpr-cache/`, each picture in a file that is named by all that goes into it:
what the chart shows, the code that draws it, the versions of the libraries. (Not the fonts: the page sets the words.)
So what is found there is always right; what is damaged or gone is drawn anew, and the folder may be deleted at any
time. Where all is found, neither Altair nor vl_convert is loaded.
"""

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from mpr.project import Project
from mpr.report.picture import Chart

Pictures = Mapping[Chart, str]
NONE: Pictures = MappingProxyType({})
LIBRARIES = ("altair", "vl-convert-python")
MOST = 50_000_000  # bytes of pictures that are kept: some thousands
SIGN = "0"  # of the hash of a new picture, for which all that are kept are counted: one in sixteen
IGNORE = ".gitignore"  # the folder's own, by which it is no part of what a council keeps in Git


def of(charts: Iterable[Chart], project: Project, drawn: Pictures = NONE) -> dict[str, str]:
    """Return the SVG of each chart by its anchor; `drawn` are pictures that are at hand."""
    charts = tuple(charts)
    found = {chart.anchor: drawn.get(chart, "") for chart in charts}
    files = {chart.anchor: project.cache / _named(chart) for chart in charts if not found[chart.anchor]}
    found |= {anchor: _read(path) for anchor, path in files.items()}
    if missing := [chart for chart in charts if not found[chart.anchor]]:
        new = _drawn(missing)
        _keep(project.cache, {files[anchor]: svg for anchor, svg in new.items()})
        found |= new
    return found


def warm(charts: Iterable[Chart]) -> None:
    """Draw one of some charts for nothing, so that the next one does not wait for what draws it to be loaded."""
    _drawn(tuple(charts)[:1])


def _drawn(charts: Iterable[Chart]) -> dict[str, str]:
    from mpr.render import chart  # noqa: PLC0415 - only what has to be drawn pays for Altair and vl_convert

    return chart.draw(charts)


def _named(chart: Chart) -> str:
    """Return the name of a chart's file: a hash of what it shows, in full, and of what goes into every picture."""
    return hashlib.sha256(f"{_around()} {chart!r}".encode()).hexdigest() + ".svg"


@cache
def _around() -> str:
    """Return a hash of what goes into every picture: the versions of the libraries, and the code of this room."""
    found = hashlib.sha256(" ".join(f"{each} {version(each)}" for each in LIBRARIES).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        data = path.read_bytes()
        found.update(f"\0{path.name} {len(data)}\0".encode() + data)
    return found.hexdigest()


def _read(path: Path) -> str:
    """Return a picture that is kept, nothing where it is not there or not as it was written."""
    with suppress(OSError):
        digest, _, data = path.read_bytes().partition(b"\n")
        if digest == _digest(data):
            with suppress(OSError):
                os.utime(path)  # it is used, and so goes last
            return data.decode()
    return ""


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _keep(folder: Path, new: Mapping[Path, str]) -> None:
    """Put pictures into the folder, each whole or not at all; where it cannot be written they are not kept."""
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        (folder / IGNORE).write_text("*\n", encoding="utf-8")
        for path, svg in new.items():
            data = svg.encode()
            part = path.with_suffix(f".{os.getpid()}")  # two builds at once each have their own
            part.write_bytes(_digest(data) + b"\n" + data)
            part.replace(path)
        if any(path.name.startswith(SIGN) for path in new):
            _bound(folder)


def _bound(folder: Path) -> None:
    """Let the pictures go that were used longest ago, where there are more than may be kept."""
    with os.scandir(folder) as there:
        kept = [(each.stat(), each.path) for each in there if each.name != IGNORE]
    size = 0
    for state, path in sorted(kept, key=lambda each: each[0].st_mtime_ns, reverse=True):
        size += state.st_size
        if size > MOST:
            Path(path).unlink()
