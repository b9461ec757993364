"""Whatever ends a command, the old files remain or all the new ones are there, never some of each."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
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
REFUSALS = {
    "ENOSPC": "cannot be written (No space left on device); make room on the disk",
    "EROFS+": "cannot be written (Read-only file system); is it open in another program, or the folder read-only?",
}
COMMANDS = ("build", "collect", "new", "publish")
LEAST_STEPS = 20  # of a transaction that writes four files
TRANSACTION_FILE = re.compile(r"(.*/)?(\.mpr-(lock|journal|journal\.part)|\..+\.(part|last|none))")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the ends of processes, as this system cannot fork")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with a report and a returned workbook."""
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


@dataclass(frozen=True)
class Endings:
    """What a process left: the files before, those of an undisturbed run, and of each way to end, at each step."""

    before: dict[str, str]
    whole: dict[str, Any]
    ends: dict[str, list[dict[str, Any]]]

    @property
    def after(self) -> dict[str, str]:
        """Return the files that an undisturbed run leaves."""
        files: dict[str, str] = self.whole["recovered"]
        return files


def _run_endings(start: Path, work: Path, deed: str, where: str) -> Endings:
    command = [sys.executable, str(SCRIPT), str(start), str(work), deed, where, "killed", *REFUSALS]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=LONGEST)  # noqa: S603 - our own
    found = json.loads(done.stdout)
    assert found["whole"]["code"] == 0, found["whole"]["said"]
    assert found["whole"]["left"] == found["whole"]["recovered"]
    paths = [path for path in start.rglob("*") if path.is_file()]
    before = {path.relative_to(start).as_posix(): path.read_bytes().hex() for path in paths}
    assert before != found["whole"]["recovered"]
    return Endings(before, found["whole"], found["ends"])


@pytest.fixture(scope="module")
def transaction(start: Path, tmp_path_factory: pytest.TempPathFactory) -> Endings:
    """Return what a transaction of four files leaves that ends at each of its steps."""
    return _run_endings(start, tmp_path_factory.mktemp("transaction") / "work", "write", "all")


@pytest.fixture(scope="module", params=COMMANDS)
def command(request: pytest.FixtureRequest, start: Path, tmp_path_factory: pytest.TempPathFactory) -> Endings:
    """Return what a command leaves that ends before the last of its files is replaced."""
    return _run_endings(start, tmp_path_factory.mktemp("command") / "work", request.param, "last replacement")


def _find_partial_files(end: dict[str, Any], before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Return the files that are neither as before nor as after, even before recovery; hidden files do not count."""
    visible = {name: data for name, data in end["left"].items() if not Path(name).name.startswith(".")}
    missing = sorted(set(before) - set(visible))
    return missing + [name for name, data in visible.items() if data not in {before.get(name), after.get(name)}]


def test_transaction_killed_at_any_step_leaves_the_old_files_or_the_new(transaction: Endings) -> None:
    before, after, ends = transaction.before, transaction.after, transaction.ends["killed"]
    assert len(ends) >= LEAST_STEPS
    assert {end["code"] for end in ends} == {ENDED}
    assert [number for number, end in enumerate(ends, 1) if end["recovered"] not in (before, after)] == []
    are_new = [end["recovered"] == after for end in ends]
    assert are_new == sorted(are_new), "once the files are new, they stay new"
    assert 0 < sum(are_new) < len(are_new)
    assert [name for end in ends for name in _find_partial_files(end, before, after)] == []


@pytest.mark.parametrize("refusal", REFUSALS)
def test_transaction_refused_at_any_step_says_so_and_leaves_the_old_files_or_the_new(
    transaction: Endings, refusal: str
) -> None:
    ends = transaction.ends[refusal]
    assert len([end for end in ends if end["code"] == REFUSED]) >= LEAST_STEPS // 3
    assert {end["code"] for end in ends} <= {0, REFUSED}
    for end in ends:
        assert end["recovered"] == (transaction.after if end["code"] == 0 else transaction.before)
        assert end["code"] == 0 or REFUSALS[refusal] in end["said"], end["said"]


def test_command_killed_before_its_last_file_is_replaced_leaves_the_old_files(command: Endings) -> None:
    (end,) = command.ends["killed"]
    assert end["code"] == ENDED
    assert end["recovered"] == command.before
    assert _find_partial_files(end, command.before, command.after) == []


@pytest.mark.parametrize("refusal", REFUSALS)
def test_command_refused_its_last_file_says_so_and_leaves_the_old_files(command: Endings, refusal: str) -> None:
    (end,) = command.ends[refusal]
    assert end["code"] == REFUSED
    assert REFUSALS[refusal] in end["said"]
    assert end["recovered"] == command.before


def test_command_changes_files_only_in_a_transaction(command: Endings) -> None:
    """The steps of a transaction are tried above, so a command that changes files in no other way is as safe."""
    changes = [(event, path) for event, path in json.loads(command.whole["said"]) if event != "os.mkdir"]
    changes = [(event, path) for event, path in changes if not path.startswith(".mpr-cache/")]
    assert len(changes) >= LEAST_STEPS // 2
    assert [(event, path) for event, path in changes if not TRANSACTION_FILE.fullmatch(path)] == []


def _write_file(project: Project, name: str, data: bytes) -> None:
    with write_transaction(project) as write:
        write({project.root / "out" / name: data})


def test_written_file_leaves_nothing_beside_it(tmp_path: Path) -> None:
    project = Project(tmp_path)
    _write_file(project, "a.txt", b"one")
    _write_file(project, "a.txt", b"two")
    found = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {".mpr-lock": b"", "out/a.txt": b"two"}


def test_transaction_does_not_write_through_a_link_in_its_way(tmp_path: Path) -> None:
    project, victim = Project(tmp_path / "project"), tmp_path / "victim"
    (project.root / "out").mkdir(parents=True)
    victim.write_text("mine", encoding="utf-8")
    for name in ("a.txt", ".a.txt.part", ".a.txt.last", ".a.txt.none"):
        (project.root / "out" / name).symlink_to(victim)
    (project.root / ".mpr-journal.part").symlink_to(victim)
    _write_file(project, "a.txt", b"one")
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
def test_forged_journal_changes_no_file(tmp_path: Path, journal: str) -> None:
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


HOLD = """\
import sys
from pathlib import Path
from mpr.project import Project
from mpr.workflows.transaction import write_transaction
with write_transaction(Project(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held(tmp_path: Path) -> subprocess.Popen[str]:
    """Return another process that holds the project's lock."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
    assert other.stdout
    assert other.stdout.readline() == "held\n"
    return other


def test_process_waits_for_another_that_is_writing(tmp_path: Path, held: subprocess.Popen[str]) -> None:
    project = Project(tmp_path)
    with pytest.raises(InputError) as stopped, write_transaction(project, patience=0):
        pass
    said = "error E609 another mpr is writing in this project; wait until it has finished, then try again"
    assert str(stopped.value) == f"{tmp_path}: {said}"
    (tmp_path / ".mpr-journal").write_text("staging\nout/a.txt", encoding="utf-8")
    recover(project)
    assert (tmp_path / ".mpr-journal").exists(), "nobody removes the journal of a process at work"
    held.kill()
    held.wait()
    with write_transaction(project, patience=0):
        assert not (tmp_path / ".mpr-journal").exists(), "the lock ends with its process, and its files are recovered"
    assert held.stdin
    assert held.stdout
    held.stdin.close()
    held.stdout.close()


RACE = """\
import sys
from pathlib import Path
from mpr.workflows.transaction import write_transaction
from mpr.project import Project
root = Path(sys.argv[1])
for number in range(40):
    with write_transaction(Project(root)) as write:
        write({root / "out" / name: f"{sys.argv[2]} {number}".encode() for name in "abcd"})
"""


def test_files_of_two_processes_do_not_mix(tmp_path: Path) -> None:
    others = [subprocess.Popen([sys.executable, "-c", RACE, str(tmp_path), name]) for name in ("one", "two")]  # noqa: S603
    seen: Counter[int] = Counter()
    while any(other.poll() is None for other in others):
        with write_transaction(Project(tmp_path)):
            texts = {path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("[abcd]")}
            seen[len(texts)] += 1
    assert [other.returncode for other in others] == [0, 0]
    assert set(seen) <= {0, 1}
    assert seen[1]


def test_limit_on_file_size_is_reported(project: Project, mpr: Callable[..., Any]) -> None:
    """The system itself stops the write in the middle of a file."""
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


def test_folder_that_cannot_be_locked_is_written_without_a_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl  # noqa: PLC0415 - not on every system

    def refuse(_file: int, _how: int) -> None:
        raise OSError(38, os.strerror(38))

    monkeypatch.setattr(fcntl, "flock", refuse)
    _write_file(Project(tmp_path), "a.txt", b"one")
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"one"
