"""Holds what `mpr check 2018-05` prints of a project with a mistake in it to a golden file, a folder for a mistake.

A folder's files replace those of the tests' council (tests/council), and its `edit.txt` changes them: `FILE | OLD |
NEW`, where OLD occurs in the file exactly once, `FILE | OLD` to delete OLD, and `FILE` alone to delete the file; `\\n`
and `\\t` mean a line break and a tab. `mpr check` finds nothing in the council itself, so `problems.txt` is all that is
printed. To renew it, run `MPR_GOLDEN=renew pytest tests/bad`, and read the difference before you commit it.
"""

import os
import shutil
from pathlib import Path

import pytest

from mpr.project import Project
from tests.conftest import Run

HERE = Path(__file__).parent
CASES = sorted(path.name for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__")
NOT_COPIED = ("edit.txt", "problems.txt")
RENEW = "if the new lines say what they should: MPR_GOLDEN=renew make golden"


def apply_edit(root: Path, line: str) -> None:
    name, *words = line.replace("\\n", "\n").replace("\\t", "\t").split(" | ")
    path = root / name
    if not words:
        path.unlink()
        return
    old, new = words if len(words) > 1 else (*words, "")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def plant_mistake(case: str, project: Project) -> None:
    shutil.copytree(HERE / case, project.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NOT_COPIED))
    edits = HERE / case / "edit.txt"
    for line in edits.read_text(encoding="utf-8").splitlines() if edits.exists() else ():
        apply_edit(project.root, line)


def test_there_are_cases() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES)
def test_check_prints_the_golden_problems_and_nothing_else(case: str, council: Project, mpr: Run) -> None:
    plant_mistake(case, council)
    code, out, err = mpr("--project", council.root, "check", "2018-05")
    golden = HERE / case / "problems.txt"
    if os.environ.get("MPR_GOLDEN") == "renew":
        golden.write_text("".join(f"{line}\n" for line in err), encoding="utf-8")
    assert err == golden.read_text(encoding="utf-8").splitlines(), f"tests/bad/{case}/problems.txt differs; {RENEW}"
    assert code == (1 if any(": error " in line for line in err) else 0)
    assert not out
