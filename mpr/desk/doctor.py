"""`mpr doctor`: whether the machine has what a report needs, and the cure for what it lacks."""

import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mpr.project import Project
from mpr.render import libraries
from mpr.render.libraries import DEBIAN, MACOS, WINDOWS
from mpr.render.palette import FONT

EVERY_FORMAT = {"Python", "altair", "vl-convert-python", "Fonts", "Output"}  # what the page for the screen needs too
OLDEST = (3, 11)  # the oldest Python that mpr runs on
LOOKED_AT = {  # the versions that the pages were last looked at with
    "weasyprint": "70.0",
    "pydyf": "0.13.0",
    "altair": "6.3.0",
    "vl-convert-python": "1.9.0.post1",
}
LETTERS = "→–−£’"  # beyond the simplest, that commands print
BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
BROWSER_CURES = {
    DEBIAN: "apt-get install chromium",
    MACOS: "brew install --cask chromium",
    WINDOWS: "Edge comes with Windows; install it, or Chrome",
}
UTF8_CURES = {
    DEBIAN: "export LANG=C.UTF-8",
    MACOS: "export LANG=en_GB.UTF-8",
    WINDOWS: "set PYTHONUTF8=1",
}


class State(StrEnum):
    """How a part stands: there, lacking though a report needs it, or a note on what a report can do without."""

    OK = "ok"
    MISSING = "missing"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """What was found of one part and, where it is not as it should be, the cure."""

    part: str
    state: State
    detail: str
    cure: str = ""


def doctor(project: Project) -> tuple[Finding, ...]:
    """Look at the machine, then at the project, part by part."""
    return (_python(), *_packages(), *_libraries(), *_fonts(project), _browser(), _terminal(), _out(project),
            _project(project))  # fmt: skip


def verdict(findings: tuple[Finding, ...]) -> str:
    """Say what can be made here."""
    lacking = [each for each in findings if each.state is State.MISSING]
    if any(each.part in EVERY_FORMAT for each in lacking):
        return "No report can be made until what is missing is there."
    if lacking:
        return "The PDF cannot be made; the page for the screen can: mpr build PERIOD --format html"
    return "This machine can make reports, as a page and as a PDF."


def _found(part: str, detail: str, *, there: bool, cure: str, without: State = State.MISSING) -> Finding:
    return Finding(part, State.OK, detail) if there else Finding(part, without, detail, cure)


def _python() -> Finding:
    wanted = ".".join(map(str, OLDEST))
    cure = f"install Python {wanted} or newer"
    return _found("Python", platform.python_version(), there=sys.version_info >= OLDEST, cure=cure)


def _packages() -> Iterator[Finding]:
    """Yield the libraries of Python that decide how pages look; another version is no fault, but draws another page."""
    for name, wanted in LOOKED_AT.items():
        cure = f"python -m pip install {name}=={wanted}"
        try:
            found = version(name)
        except PackageNotFoundError:
            yield Finding(name, State.MISSING, "not installed", cure)
            continue
        other = "" if found == wanted else f", but the pages were looked at with {wanted}"
        yield _found(name, f"{found}{other}", there=not other, cure=cure, without=State.NOTE)


def _libraries() -> Iterator[Finding]:
    lacking = libraries.missing()
    for each in libraries.NEEDED:
        there = each not in lacking
        detail = "can be loaded" if there else "cannot be loaded, and the PDF needs it"
        yield _found(each.title, detail, there=there, cure=libraries.cured(libraries.CURES))


def _fonts(project: Project) -> Iterator[Finding]:
    """Yield whether the fonts that the styles link to can be read, and are those that charts are measured with."""
    styles = [project.template(name) for name in ("screen.css", "print.css")]
    linked = re.findall(r'url\("(fonts/[^"]+)"\)', "".join(each.read_text(encoding="utf-8") for each in styles))
    folder = project.template("fonts")
    wrong = [fault for name in dict.fromkeys(linked) if (fault := _font_fault(folder.parent / name))]
    cure = f"put the fonts back into {folder}; those that mpr ships are in {project.templates[-1] / 'fonts'}"
    detail = "; ".join(wrong) or f"{FONT} in {folder}"
    yield _found("Fonts", detail, there=not wrong, cure=cure)


def _font_fault(path: Path) -> str:
    """Return what is wrong with a font, if anything; only a plain one says its name in the clear."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return f"{path.name} cannot be read ({error.strerror})"
    named = path.suffix != ".ttf" or FONT.encode("utf-16-be") in data
    return "" if named else f"{path.name} is not of the family {FONT}"


def _browser() -> Finding:
    chosen = os.environ.get("CHROMIUM")
    found = chosen or next(filter(None, map(shutil.which, BROWSERS)), None)
    detail = found or "optional, and not found: only the tests and the pictures of pages need Chromium, Chrome or Edge"
    cure = libraries.cured(BROWSER_CURES)
    return _found("Browser", detail, there=bool(found), cure=cure, without=State.NOTE)


def _terminal() -> Finding:
    encoding = sys.stdout.encoding or "ascii"
    try:
        LETTERS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        detail = f"{encoding}, in which some signs are printed as ?"
        return Finding("Terminal", State.NOTE, detail, libraries.cured(UTF8_CURES))
    return Finding("Terminal", State.OK, encoding)


def _out(project: Project) -> Finding:
    """Try to write where reports go, without leaving anything there."""
    folder = project.root / "out"
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=nearest):
            return Finding("Output", State.OK, f"{folder} can be written")
    except OSError as error:
        detail = f"{folder} cannot be written ({error.strerror})"
        return Finding("Output", State.MISSING, detail, "take away what protects the folder")


def _project(project: Project) -> Finding:
    path = project.indicators
    detail = str(path) if path.is_file() else f"there is no {path.name} in {project.root}"
    cure = "name the folder with --project, or start one with mpr init FOLDER"
    return _found("Project", detail, there=path.is_file(), cure=cure, without=State.NOTE)
