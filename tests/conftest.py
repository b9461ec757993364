"""Fixtures for all tests: the tests' own small council and the real project, as copies to change and built once."""

import gc
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from mpr.cli.main import main
from mpr.load.scorecard import Scorecard
from mpr.project import Project
from mpr.report.assemble import assemble_report
from mpr.report.model.report import Report
from mpr.workflows.check import check_period
from tests.chromium import launch_browser

ROOT = Path(__file__).parents[1]
COUNCIL = ROOT / "tests" / "council"
MAY = "2018-05"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a copy of the real project that a test may change."""
    root = tmp_path / "project"
    _copy_files(ROOT, root)
    return Project(root)


def _copy_files(source: Path, root: Path) -> None:
    """Copy the files of a project that officers write, and nothing that was built from them."""
    root.mkdir(exist_ok=True)
    shutil.copy(source / "indicators.yaml", root)
    shutil.copytree(source / "data", root / "data")


@pytest.fixture
def council(tmp_path: Path) -> Project:
    """Return a copy of the tests' own small project, in which `mpr check` finds nothing; a test may change it."""
    root = tmp_path / "council"
    _copy_files(COUNCIL, root)
    return Project(root)


@pytest.fixture(scope="session")
def council_scorecard() -> Scorecard:
    """Return the small project's scorecard of May 2018."""
    return check_period(Project(COUNCIL), MAY).scorecard


@pytest.fixture(scope="session")
def council_report(council_scorecard: Scorecard) -> Report:
    """Return the small project's report of May 2018."""
    return assemble_report(council_scorecard)


@pytest.fixture(scope="session")
def built_council(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the small project with its report of May 2018, built once for all workers; a test may not change it."""
    return _build_once(tmp_path_factory, COUNCIL)


@pytest.fixture
def quiet(project: Project) -> Project:
    """Return a copy of the real project in which all that `mpr check` finds in May 2018 is accepted."""
    accepted = [f"  - finding: {json.dumps(f'{warning.code} {warning.message}')}\n    reason: Seen\n"
                for warning in check_period(project, MAY).warnings]  # fmt: skip
    path = project.get_edition_path(MAY)
    path.write_text(path.read_text(encoding="utf-8") + "accepted:\n" + "".join(accepted), encoding="utf-8")
    return project


@pytest.fixture(scope="session")
def scorecard() -> Scorecard:
    """Return the real scorecard of May 2018."""
    return check_period(Project(ROOT), MAY).scorecard


@pytest.fixture(scope="session")
def report(scorecard: Scorecard) -> Report:
    """Return the real report of May 2018."""
    return assemble_report(scorecard)


BUILD = ("from mpr.cli.main import main; main()", "--project")
LONGEST_BUILD = 180


def _build(source: Path, root: Path) -> None:
    """Build the report of May 2018 in a process of its own, as an officer would."""
    _copy_files(source, root)
    environment = os.environ | {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    command = [sys.executable, "-c", *BUILD, str(root), "build", "2018-05"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    (root / "said.part").write_text(f"{done.returncode}\n{done.stdout}\n{done.stderr}", encoding="utf-8")
    (root / "said.part").rename(root / "said")


def _build_once(tmp_path_factory: pytest.TempPathFactory, source: Path) -> Project:
    """Build a project in a folder that all workers share, or wait until another worker has built it."""
    workers = tmp_path_factory.getbasetemp()
    root = (workers.parent if "PYTEST_XDIST_WORKER" in os.environ else workers) / f"built-{source.name}"
    try:
        root.mkdir()
    except FileExistsError:
        end = time.monotonic() + LONGEST_BUILD
        while not (root / "said").exists() and time.monotonic() < end:
            time.sleep(0.1)
    else:
        _build(source, root)
    said = (root / "said").read_text(encoding="utf-8")
    assert said.startswith("0\n"), said
    return Project(root)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with the real report of May 2018 in it, built once for all workers; nobody may change it."""
    return _build_once(tmp_path_factory, ROOT)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print a line for every reason why a test was skipped, so that none is overlooked."""
    skipped = [report.longrepr for report in terminalreporter.stats.get("skipped", [])]
    reasons = {str(place[2]).removeprefix("Skipped: ") for place in skipped if isinstance(place, (tuple, list))}
    for reason in sorted(reasons):
        terminalreporter.write_line(f"Not tested: {reason}")


Run = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture
def mpr(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return the command `mpr`, which gives back its exit code and the lines it printed as output and as errors."""

    def run(*words: object) -> tuple[int, list[str], list[str]]:
        monkeypatch.setattr("sys.argv", ["mpr", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        gc.enable()  # a build turns it off, for its own process
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out.splitlines(), printed.err.splitlines()

    return run


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a real browser."""
    with launch_browser() as browser:
        yield browser
