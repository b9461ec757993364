"""The commands of `mpr` that are timed, and what is to be read in what they print."""

import re
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from bench.clock import Task
from bench.project import MONTH, another_comment, edit, forget
from bench.results import COLD, EDITED, HTML, KEPT, SAME

MPR = [str(Path(sysconfig.get_path("scripts"), "mpr"))]
PAGES = re.compile(r"; ([\d,]+) pages?$", re.MULTILINE)
STAGE = re.compile(r"^(\w+) +([\d.]+) s +\d+%$", re.MULTILINE)


def build(folder: Path, *options: str) -> list[str]:
    """Return the command that builds the month of a project."""
    return [*MPR, "--project", str(folder), "build", MONTH, *options]


def cold(name: str, folder: Path, *options: str) -> Task:
    """Return a build that starts with nothing kept, and tells its stages."""
    return Task(name, build(folder, "--timings", *options), lambda: forget(folder))


def builds(folder: Path) -> Iterator[Task]:
    """Yield all ways to build a project, first the page alone: cold, and again with more and more kept from before."""
    yield cold(HTML, folder, "--format", "html")
    yield Task(KEPT, build(folder, "--format", "html"))
    yield cold(COLD, folder)
    yield Task(EDITED, build(folder), lambda: edit(folder, "comment", another_comment(folder)))
    yield Task(SAME, build(folder))


def pages(said: str) -> int:
    """Return how many pages a build says that it made."""
    return int(PAGES.findall(said)[0].replace(",", ""))


def stages(said: str) -> dict[str, list[float]]:
    """Return the seconds of each stage of a build that was asked for its timings, and of all of them together."""
    return {name: [float(seconds)] for name, seconds in STAGE.findall(said)}
