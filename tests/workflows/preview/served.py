"""A preview in a process of its own, as an officer starts it, and waits without a clock."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mpr.project import Project
from tests.conftest import COUNCIL

REASON = "green,Most visits are made in summer,"
MAIN = "from mpr.cli.main import main; main()"
LONGEST = 60  # seconds, on the busiest of machines


@dataclass(frozen=True)
class Served:
    """A running preview: its project, its process, its address."""

    project: Project
    process: "subprocess.Popen[str]"
    address: str


def copy_council(root: Path) -> Project:
    """Put the tests' council into a folder, in place of what is there, with one warning: a reason is left out."""
    for name in ("data", "templates", "away"):
        shutil.rmtree(root / name, ignore_errors=True)
    root.mkdir(exist_ok=True)
    shutil.copy(COUNCIL / "indicators.yaml", root)
    shutil.copytree(COUNCIL / "data", root / "data")
    values = Project(root).get_values_path("2018-05")
    text = values.read_text(encoding="utf-8")
    assert REASON in text
    values.write_text(text.replace(REASON, "green,,"), encoding="utf-8")
    return Project(root)


@contextmanager
def served(project: Project, *words: str) -> Iterator[Served]:
    """Start a preview, and end it by Ctrl+C if it is still there."""
    command = [sys.executable, "-u", "-c", MAIN, "--project", str(project.root), "preview", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=project.root) as process:  # noqa: S603 - ours
        assert process.stdout
        line = process.stdout.readline()
        assert line.startswith("http://127.0.0.1:"), line
        try:
            yield Served(project, process, line.split()[0])
        finally:
            if process.poll() is None:
                interrupt(process)
                process.wait(LONGEST)


def interrupt(process: "subprocess.Popen[str]") -> None:
    """Press Ctrl+C."""
    os.kill(process.pid, signal.SIGINT)


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds."""
    end = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.02)
