"""Measures a size: all that is to be timed on a project, in turn."""

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bench.clock import Run, Task, alternate, run
from bench.commands import builds, cold, pages, stages
from bench.peers import peers
from bench.project import MONTH, multiplied, with_long_comment, with_long_histories
from bench.results import COLD, LONG, ROWS, Size

INDICATORS = 31  # of the real project
LARGE = 1_000  # indicators, from which on only one cold build is made
PREVIEW = "savings in the preview"


def size(times: int, rounds: int, saves: int) -> Size:
    """Measure the project that is so many times the real one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = multiplied(_empty(folder, "project"), times)
        if times * INDICATORS > LARGE:
            return measured(times, alternate([cold(COLD, project)], 1), {})
        ready = _empty(folder, "ready")
        run([sys.executable, "-m", "bench.ready", str(project), str(ready)])  # which warms the disk for all, too
        others = tuple(peers(ready))
        tasks = [*builds(project), *(task for task, _ in others)]
        tasks += _longer(folder) if times == 1 else ()
        tasks.append(Task(PREVIEW, [sys.executable, "-m", "bench.preview", str(project), str(saves)]))
        runs = alternate(tasks, rounds)
        made = {COLD: project / "out" / MONTH / f"mpr-{MONTH}.pdf", **{task.name: path for task, path in others}}
        return measured(times, runs, {name: path.stat().st_size for name, path in made.items()})


def _empty(folder: Path, name: str) -> Path:
    path = folder / name
    path.mkdir()
    return path


def _longer(folder: Path) -> Iterator[Task]:
    """Yield cold builds of the real project with something in it that is long."""
    yield cold(LONG, with_long_comment(_empty(folder, "comment")))
    yield cold(ROWS, with_long_histories(_empty(folder, "histories")))


def measured(times: int, runs: Mapping[str, list[Run]], sizes: Mapping[str, int]) -> Size:
    """Put together what the runs of a size took and said, and how many bytes each PDF has."""
    return Size(
        indicators=times * INDICATORS,
        runs={name: each for name, each in runs.items() if name != PREVIEW},
        pages={name: pages(runs[name][0].said) for name in (COLD, LONG, ROWS) if name in runs},
        stages=_together(stages(each.said) for each in runs[COLD]),
        sizes=sizes,
        preview=_together(json.loads(each.said.splitlines()[-1]) for each in runs.get(PREVIEW, ())),
    )


def _together(rounds: Iterable[Mapping[str, list[float]]]) -> dict[str, list[float]]:
    """Return the figures of all rounds by their names."""
    found: dict[str, list[float]] = {}
    for each in rounds:
        for name, figures in each.items():
            found.setdefault(name, []).extend(figures)
    return found
