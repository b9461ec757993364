"""Each folder here is a project that differs from the real one, with the lines that `mpr check 2018-05` adds for it.

A folder's files lie over the real project's. Its `edit.txt` changes them: `FILE | OLD | NEW`, where OLD stands in the
file once, `FILE | OLD` to take OLD out, and `FILE` alone to take the file away; `\\n` and `\\t` are a line's end and a
tab. `MPR_GOLDEN=renew pytest tests -k golden` writes what is printed into `problems.txt`: read it before you keep it.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mpr.project import Project

HERE = Path(__file__).parent
CASES = sorted(path.name for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__")
OWN = ("edit.txt", "problems.txt")


def _change(root: Path, line: str) -> None:
    name, *words = line.replace("\\n", "\n").replace("\\t", "\t").split(" | ")
    path = root / name
    if not words:
        path.unlink()
        return
    old, new = words if len(words) > 1 else (*words, "")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_there_are_cases() -> None:
    assert len(CASES) >= 20


def _beyond(known: list[str], lines: list[str]) -> list[str]:
    """Return the lines that are not said of the real project too, wherever they stand there; the count goes."""
    said = {line.partition(": ")[2] for line in known}
    return [line for line in lines if ": " in line and line.partition(": ")[2] not in said]


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str, project: Project, mpr: Callable[..., tuple[int, list[str], list[str]]]) -> None:
    folder = HERE / case
    known = mpr("--project", project.root, "check", "2018-05")[2]
    shutil.copytree(folder, project.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*OWN))
    edits = folder / "edit.txt"
    for line in edits.read_text(encoding="utf-8").splitlines() if edits.exists() else ():
        _change(project.root, line)
    code, out, err = mpr("--project", project.root, "check", "2018-05")
    err = _beyond(known, err)
    golden = folder / "problems.txt"
    if os.environ.get("MPR_GOLDEN") == "renew":
        golden.write_text("".join(f"{line}\n" for line in err), encoding="utf-8")
    assert err == golden.read_text(encoding="utf-8").splitlines()
    assert code == (1 if any(": error " in line for line in err) else 0)
    assert not out
