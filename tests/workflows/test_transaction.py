"""Nothing is lost: whatever ends a command, the old files are there or the new ones, never some of each."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mpr.problem import InputError
from mpr.project import Project
from mpr.workflows.init import create_project
from mpr.workflows.new import create_period_files
from mpr.workflows.transaction import recover, write_transaction

SCRIPT = Path(__file__).with_name("endings.py")
OLD, NEW = "2025-06", "2025-07"
ENDED, REFUSED = 9, 1
LONGEST = 300
SAID = {
    "ENOSPC": "cannot be written (No space left on device); make room on the disk",
    "EROFS+": "cannot be written (Read-only file system); is it open in another program, or the folder read-only?",
}
STEPS = {"build": 30, "collect": 20, "new": 25, "publish": 30}  # each of these at least
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the ends of processes, as this system cannot fork")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with a report, and a workbook that has come back."""
    root = tmp_path_factory.mktemp("endings") / "start"
    create_project(root)
    project = Project(root)
    for ending in ("html", "pdf", "figures.json"):
        path = project.get_report_path(OLD, ending)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"the old {ending}", encoding="utf-8")
    create_period_files(project, NEW, workbook=True)
    book = load_workbook(project.get_workbook_path(NEW))
    sheet = book.worksheets[1]
    column = next(cell.column for cell in sheet[1] if cell.value == "comment")
    sheet.cell(2, column).value = "Filled in"
    (root / "returned").mkdir()
    book.save(root / "returned" / "back.xlsx")
    for left in root.glob(".mpr-*"):
        left.unlink()
    return root


def _ends(start: Path, work: Path, deed: str, end: str) -> tuple[list[dict[str, Any]], dict[str, str], dict[str, str]]:
    """Return what each end leaves, the files before, and those after a whole run."""
    command = [sys.executable, str(SCRIPT), str(start), str(work), deed, end]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=LONGEST)  # noqa: S603 - our own
    *ends, whole = json.loads(done.stdout)
    assert whole["code"] == 0, whole["said"]
    assert whole["left"] == whole["right"]
    paths = [path for path in start.rglob("*") if path.is_file()]
    return ends, {path.relative_to(start).as_posix(): path.read_bytes().hex() for path in paths}, whole["right"]


@pytest.mark.parametrize("deed", STEPS)
def test_a_command_killed_at_any_step_leaves_the_old_files_or_the_new(start: Path, tmp_path: Path, deed: str) -> None:
    ends, before, after = _ends(start, tmp_path / "work", deed, "killed")
    assert len(ends) >= STEPS[deed]
    assert {each["code"] for each in ends} == {ENDED}
    assert before != after
    assert [number for number, each in enumerate(ends, 1) if each["right"] not in (before, after)] == []
    kept = [each["right"] == after for each in ends]
    assert kept == sorted(kept), "once they are new, they stay so"
    assert 0 < sum(kept) < len(kept)
    for each in ends:  # even before anything is set right, no file is there in part
        seen = {name: data for name, data in each["left"].items() if not Path(name).name.startswith(".")}
        assert all(data in {before.get(name), after.get(name)} for name, data in seen.items())
        assert set(before) <= set(seen)


@pytest.mark.parametrize("deed", STEPS)
@pytest.mark.parametrize("end", SAID)
def test_a_refusal_at_any_step_is_said_and_leaves_the_old_files_or_the_new(
    start: Path, tmp_path: Path, deed: str, end: str
) -> None:
    ends, before, after = _ends(start, tmp_path / "work", deed, end)
    refused = [each for each in ends if each["code"] == REFUSED]
    assert len(refused) >= STEPS[deed] // 3
    assert {each["code"] for each in ends} <= {0, REFUSED}
    for each in ends:
        assert each["right"] == (after if each["code"] == 0 else before)
        assert each["code"] == 0 or SAID[end] in each["said"], each["said"]


def _written(project: Project, name: str, data: bytes) -> None:
    with write_transaction(project) as write:
        write({project.root / "out" / name: data})


def test_a_file_is_put_in_place_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    project = Project(tmp_path)
    _written(project, "a.txt", b"one")
    _written(project, "a.txt", b"two")
    found = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {".mpr-lock": b"", "out/a.txt": b"two"}


def test_a_link_that_lies_in_wait_is_not_written_through(tmp_path: Path) -> None:
    project, victim = Project(tmp_path / "project"), tmp_path / "victim"
    (project.root / "out").mkdir(parents=True)
    victim.write_text("mine", encoding="utf-8")
    for name in ("a.txt", ".a.txt.part", ".a.txt.last", ".a.txt.none"):
        (project.root / "out" / name).symlink_to(victim)
    (project.root / ".mpr-journal.part").symlink_to(victim)
    _written(project, "a.txt", b"one")
    assert victim.read_text(encoding="utf-8") == "mine"
    assert (project.root / "out" / "a.txt").read_bytes() == b"one"


@pytest.mark.parametrize(
    "journal",
    [
        *("", "replacing", "replacing\n", "replacing\n../victim", "replacing\n{victim}", "replacing\nout/../../victim"),
        *(
            "replacing\n\0",
            "replacing\n.",
            "replacing\n..",
            "replacing\nindicators.yaml",
            "\ud800",
            "staging\n{victim}",
        ),
    ],
)
def test_a_journal_from_elsewhere_does_no_harm(tmp_path: Path, journal: str) -> None:
    project, victim = Project(tmp_path / "project"), tmp_path / "victim"
    project.root.mkdir()
    for path in (victim, tmp_path / ".victim.part", tmp_path / ".victim.none", tmp_path / ".project.part"):
        path.write_text("mine", encoding="utf-8")
    project.indicators_path.write_text("mine", encoding="utf-8")
    data = journal.format(victim=victim).encode("utf-8", "surrogatepass")
    (project.root / ".mpr-journal").write_bytes(data)
    recover(project)
    assert {path.read_text(encoding="utf-8") for path in tmp_path.iterdir() if path.is_file()} == {"mine"}
    assert sorted(path.name for path in project.root.iterdir()) == [".mpr-lock", "indicators.yaml"]
    assert len(list(tmp_path.iterdir())) == 5


HOLD = "import sys\nfrom pathlib import Path\nfrom mpr.workflows.transaction import write_transaction\nfrom mpr.project import Project\n"
HOLD += "with write_transaction(Project(Path(sys.argv[1]))):\n    print('held', flush=True)\n    sys.stdin.read()\n"


@pytest.fixture
def held(tmp_path: Path) -> subprocess.Popen[str]:
    """Return another process that is writing in the project."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
    assert other.stdout
    assert other.stdout.readline() == "held\n"
    return other


def test_two_that_write_wait_for_each_other(tmp_path: Path, held: subprocess.Popen[str]) -> None:
    project = Project(tmp_path)
    with pytest.raises(InputError) as stopped, write_transaction(project, patience=0):
        pass
    said = "error E609 another mpr is writing in this project; wait until it has ended, then do this again"
    assert str(stopped.value) == f"{tmp_path}: {said}"
    (tmp_path / ".mpr-journal").write_text("staging\nout/a.txt", encoding="utf-8")
    recover(project)
    assert (tmp_path / ".mpr-journal").exists(), "the journal of a process that is at work is its own"
    held.kill()
    held.wait()
    with write_transaction(project, patience=0):
        assert not (tmp_path / ".mpr-journal").exists(), "the lock ends with its process, and what it left is set right"
    assert held.stdin
    assert held.stdout
    held.stdin.close()
    held.stdout.close()


RACE = """\
import sys
from pathlib import Path
from mpr.workflows.files import write_transaction
from mpr.project import Project
root = Path(sys.argv[1])
for number in range(40):
    with write_transaction(Project(root)) as write:
        write({root / "out" / name: f"{sys.argv[2]} {number}".encode() for name in "abcd"})
"""


def test_what_two_write_at_once_does_not_mix(tmp_path: Path) -> None:
    others = [subprocess.Popen([sys.executable, "-c", RACE, str(tmp_path), name]) for name in ("one", "two")]  # noqa: S603
    seen: Counter[int] = Counter()
    while any(each.poll() is None for each in others):
        with write_transaction(Project(tmp_path)):
            texts = {path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("[abcd]")}
            seen[len(texts)] += 1
    assert [each.returncode for each in others] == [0, 0]
    assert set(seen) <= {0, 1}
    assert seen[1]


def test_a_limit_on_the_size_of_files_is_said(project: Project, mpr: Callable[..., Any]) -> None:
    """The system itself refuses to write on, in the midst of a file."""
    import resource  # noqa: PLC0415 - not on every system

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        code, _, said = mpr("--project", project.root, "build", "2018-05", "--format", "html")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert code == 1
    assert any(
        "out/2018-05/mpr-2018-05.html: error E602 this file cannot be written (File too large); make room" in line
        for line in said
    )
    assert [path for path in (project.root / "out").rglob("*") if path.is_file()] == []


def test_a_folder_that_cannot_be_locked_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl  # noqa: PLC0415 - not on every system

    def none(_file: int, _how: int) -> None:
        raise OSError(38, os.strerror(38))

    monkeypatch.setattr(fcntl, "flock", none)
    _written(Project(tmp_path), "a.txt", b"one")
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"one"
