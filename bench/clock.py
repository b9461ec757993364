"""Processes on the clock: how long each took, and how much memory the largest of its tree had at once."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

KILOBYTE = 1024  # bytes, in which Linux tells memory


@dataclass(frozen=True)
class Run:
    """What a command took: seconds until it ended, those of processors, bytes of its largest process; what it said."""

    seconds: float
    processor: float
    memory: int
    said: str


def _nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Task:
    """A command to be timed under a name; `before` is done first, off the clock."""

    name: str
    command: Sequence[str]
    before: Callable[[], object] = _nothing


def run(command: Sequence[str]) -> Run:
    """Run a command to its end; where it fails, end with its own words."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        said = process.stdout.read() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)  # which tells of the processes that it started and waited for, too
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{said}")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * KILOBYTE, said)


def alternate(tasks: Iterable[Task], rounds: int) -> dict[str, list[Run]]:
    """Run all tasks in turn, round after round, so that what else the machine does falls on all of them alike."""
    tasks = tuple(tasks)
    runs: dict[str, list[Run]] = {task.name: [] for task in tasks}
    for _ in range(rounds):
        for task in tasks:
            task.before()
            found = run(task.command)
            print(f"{task.name}: {found.seconds:.2f} s", file=sys.stderr)
            runs[task.name].append(found)
    return runs
