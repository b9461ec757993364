"""A change is seen by how the files stand, whatever the system says of it."""

import asyncio
import os
from contextlib import aclosing

import pytest

from mpr.project import Project
from mpr.workflows.preview import watcher
from mpr.workflows.preview.watcher import fingerprint_files, iter_states

MAY = "2018-05"


def test_the_fingerprint_differs_after_every_change_that_matters(council: Project) -> None:
    path = council.get_values_path(MAY)
    first = fingerprint_files(council)
    assert fingerprint_files(council) == first
    state = path.stat()
    path.write_bytes(path.read_bytes().replace(b"78%", b"77%"))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    second = fingerprint_files(council)
    assert second != first, "of the same size, a nanosecond later"
    own = council.root / "templates"
    own.mkdir()
    assert fingerprint_files(council) == second
    (own / "theme.css").write_text("", encoding="utf-8")
    assert fingerprint_files(council) != second


def test_built_and_hidden_files_do_not_change_the_fingerprint(council: Project) -> None:
    first = fingerprint_files(council)
    for name in ("out/2018-05/mpr-2018-05.html", ".git/index", "data/.2018-05.csv.swp", "data/~lock", "mpr-error.log"):
        path = council.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    assert fingerprint_files(council) == first


async def count_states(project: Project, *steps: object) -> int:
    """Take steps, each after a state was seen, and return how many states were."""
    seen = 0
    async with asyncio.timeout(60), aclosing(iter_states(project)) as found:  # type: ignore[type-var]
        async for state in found:
            seen += 1
            assert state == fingerprint_files(project)
            if seen > len(steps):
                break
            steps[seen - 1]()  # type: ignore[operator]
    return seen


def test_every_change_is_seen_even_folders_that_go_and_come_back(council: Project) -> None:
    path, data, away = council.get_values_path(MAY), council.data, council.root / "away"
    assert asyncio.run(
        count_states(
            council,
            path.unlink,
            lambda: path.write_text("code,value", encoding="utf-8"),
            lambda: data.rename(away),
            lambda: away.rename(data),
            lambda: path.write_text("code,value\n", encoding="utf-8"),
            lambda: council.root.rename(away.parent.parent / "elsewhere"),
            lambda: (away.parent.parent / "elsewhere").rename(council.root),
            lambda: path.write_text("code,value\nLM", encoding="utf-8"),
        )
    ) == 9  # fmt: skip


@pytest.mark.parametrize("error", [OSError("no space left on device"), RuntimeError("no more watches")])
def test_without_a_watching_system_the_files_are_polled(
    council: Project, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(watcher, "awatch", fail)
    assert asyncio.run(count_states(council, council.get_values_path(MAY).unlink)) == 2
