"""The wheel holds all that `mpr` needs: installed on its own, it begins a project and builds its report."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIBRARIES = Path(sysconfig.get_path("purelib"))
LONGEST = 120
# Python runs this file at every start: it writes down each file that is opened.
SITE_CUSTOMIZE = """\
import sys

log = open({log!r}, "a", encoding="utf-8", errors="backslashreplace", buffering=1)


def note(event, arguments):
    if event == "open":
        log.write(f"{{arguments[0]}}\\n")


sys.addaudithook(note)
"""


@dataclass(frozen=True)
class Installation:
    """An environment in which `mpr` comes from the wheel, and the libraries from the environment of the tests."""

    wheel: Path
    environment: Path
    log: Path

    @property
    def packages(self) -> Path:
        """Return the folder of its packages."""
        return next(self.environment.glob("lib/python*/site-packages"), self.environment / "Lib" / "site-packages")

    def run(self, *arguments: object) -> str:
        """Run a program of the environment, outside the checkout; return what it printed."""
        folder = self.environment / ("Scripts" if sys.platform == "win32" else "bin")
        return _run(folder / str(arguments[0]), *arguments[1:], folder=self.environment.parent)

    def list_opened_files(self) -> set[str]:
        """Return every file that Python has opened in the environment so far."""
        return set(self.log.read_text(encoding="utf-8").splitlines())


def _run(*command: object, folder: Path) -> str:
    """Run a command without the variables that lead Python to the checkout."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_"))}
    done = subprocess.run(  # noqa: S603 - our own
        [str(word) for word in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Build the wheel and install it into an environment of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip")
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder)
    _run(*pip, "wheel", *options, ROOT, folder=folder)
    (wheel,) = folder.glob("mpr-*.whl")
    found = Installation(wheel, folder / "environment", folder / "opened")
    venv.create(found.environment, symlinks=sys.platform != "win32")
    _run(*pip, "--python", found.environment, "install", "--quiet", "--no-deps", "--no-index", wheel, folder=folder)
    # A folder in a .pth file is searched, but its own .pth files, which lead to the checkout, are not read.
    (found.packages / "libraries.pth").write_text(f"{LIBRARIES}\n", encoding="utf-8")
    (found.packages / "sitecustomize.py").write_text(SITE_CUSTOMIZE.format(log=str(found.log)), encoding="utf-8")
    return found


def test_mpr_is_imported_from_the_wheel(installation: Installation) -> None:
    printed = installation.run("python", "-c", "import mpr; print(mpr.__file__)")
    assert Path(printed.strip()) == installation.packages / "mpr" / "__init__.py"


def test_wheel_holds_every_module_and_template_of_the_checkout(installation: Installation) -> None:
    sources = {
        f"mpr/{path.relative_to(ROOT / folder).as_posix()}" if folder == "mpr" else
        f"mpr/templates/{path.relative_to(ROOT / folder).as_posix()}": path
        for folder in ("mpr", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }  # fmt: skip
    assert len([name for name in sources if name.endswith((".html", ".css", ".ttf", ".woff2"))]) >= 10
    with zipfile.ZipFile(installation.wheel) as wheel:
        packed = {name: wheel.read(name) for name in wheel.namelist() if name.startswith("mpr/")}
    assert {name: path.read_bytes() for name, path in sources.items()} == packed


def test_installed_wheel_begins_a_project_and_builds_its_page_without_the_checkout(
    installation: Installation, tmp_path: Path
) -> None:
    project = tmp_path / "council"
    installation.run("mpr", "init", project)
    assert (project / "indicators.yaml").exists()
    installation.run("mpr", "--project", project, "build", "2025-06", "--format", "html")
    page = (project / "out" / "2025-06" / "mpr-2025-06.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "@font-face" in page
    opened = installation.list_opened_files()
    templates = str(installation.packages / "mpr" / "templates")
    assert [name for name in opened if name.startswith(templates)]
    checkout = [Path(name) for name in opened if name.startswith(f"{ROOT}{os.sep}")]
    environment = Path(sys.prefix)
    assert [path for path in checkout if not path.is_relative_to(environment)] == []
