"""Holds what `mpr check 2018-05` prints of a project with a mistake in it to a golden file, a folder for a mistake.

A folder's files replace those of the tests' council (tests/council), and its `edit.txt` changes them: `FILE | OLD |
NEW`, where OLD occurs in the file exactly once, `FILE | OLD` to delete OLD, and `FILE` alone to delete the file; `\\n`
and `\\t` mean a line break and a tab. `mpr check` finds nothing in the council itself, so `problems.txt` is all that is
printed. To renew it, run `MPR_GOLDEN=renew pytest tests/bad`, and read the difference before you commit it.
"""

import os
import re
import shutil
from pathlib import Path

import pytest

from mpr.project import Project
from mpr.rules.catalogue import list_checks
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


def test_every_check_of_targets_figures_and_comments_has_a_case() -> None:
    goldens = "".join((HERE / case / "problems.txt").read_text(encoding="utf-8") for case in CASES)
    checks = {check.code for check in list_checks() if check.code[1] in "45"}
    assert len(checks) >= 20
    assert checks <= set(re.findall(r"(?:error|warning) (\w\d+) ", goldens)), (
        "plant a mistake in a new folder of tests/bad"
    )


def test_an_accepted_finding_is_counted_and_not_printed(council: Project, mpr: Run) -> None:
    plant_mistake("overruled-without-reason", council)
    [finding, _] = mpr("--project", council.root, "check", "2018-05")[2]
    with council.get_edition_path("2018-05").open("a", encoding="utf-8") as file:
        file.write(
            f'accepted:\n  - finding: "{finding.partition("warning ")[2].partition(";")[0]}"\n    reason: Seen\n'
        )
    said = ["May 2018: 12 indicators, no problems found", "1 finding accepted in data/2018-05.yaml"]
    assert mpr("--project", council.root, "check", "2018-05") == (0, said, [])


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
