"""`mpr doctor`: check that the machine has what a report needs, and say how to install what is missing."""

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
from mpr.render.charts.palette import FONT_FAMILY
from mpr.render.pdf import libraries
from mpr.render.pdf.libraries import DEBIAN, MACOS, WINDOWS

REQUIRED_PARTS = {
    "Python",
    "altair",
    "vl-convert-python",
    "Fonts",
    "Output",
}  # the web page needs these too, not only the PDF
OLDEST_PYTHON = (3, 11)  # the oldest Python that mpr runs on
VERIFIED_VERSIONS = {  # the versions with which the pages were last checked by eye
    "weasyprint": "70.0",
    "pydyf": "0.13.0",
    "altair": "6.3.0",
    "vl-convert-python": "1.9.0.post1",
}
PRINTED_CHARACTERS = "→–−£’"  # not ASCII, and printed by commands
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


class PartState(StrEnum):
    """The state of a part: present; missing although a report needs it; or a note on something optional."""

    OK = "ok"
    MISSING = "missing"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """The state of one part of the machine and, if something is wrong, how to put it right."""

    part: str
    state: PartState
    detail: str
    cure: str = ""


def examine_machine(project: Project) -> tuple[Finding, ...]:
    """Check the machine, then the project, and return a finding for each part."""
    return (
        _check_python(),
        *_check_packages(),
        *_check_libraries(),
        *_check_fonts(project),
        _check_browser(),
        _check_terminal(),
        _check_output_folder(project),
        _check_project(project),
    )


def describe_verdict(findings: tuple[Finding, ...]) -> str:
    """Return a sentence saying which reports this machine can make."""
    missing = [finding for finding in findings if finding.state is PartState.MISSING]
    if any(finding.part in REQUIRED_PARTS for finding in missing):
        return "This machine cannot make reports until you install what is missing."
    if missing:
        return "This machine cannot make the PDF, but it can make the web page: mpr build PERIOD --format html"
    return "This machine can make reports as a web page and as a PDF."


def _build_finding(
    part: str, detail: str, *, is_present: bool, cure: str, absent_state: PartState = PartState.MISSING
) -> Finding:
    return Finding(part, PartState.OK, detail) if is_present else Finding(part, absent_state, detail, cure)


def _check_python() -> Finding:
    oldest = ".".join(map(str, OLDEST_PYTHON))
    cure = f"install Python {oldest} or newer"
    return _build_finding("Python", platform.python_version(), is_present=sys.version_info >= OLDEST_PYTHON, cure=cure)


def _check_packages() -> Iterator[Finding]:
    """Yield the Python libraries that decide how pages look; with other versions, reports may look different."""
    for name, verified in VERIFIED_VERSIONS.items():
        cure = f"python -m pip install {name}=={verified}"
        try:
            installed = version(name)
        except PackageNotFoundError:
            yield Finding(name, PartState.MISSING, "not installed", cure)
            continue
        difference = "" if installed == verified else f", but the pages were checked with {verified}"
        yield _build_finding(
            name, f"{installed}{difference}", is_present=not difference, cure=cure, absent_state=PartState.NOTE
        )


def _check_libraries() -> Iterator[Finding]:
    missing = libraries.list_missing()
    for library in libraries.REQUIRED_LIBRARIES:
        is_present = library not in missing
        detail = "can be loaded" if is_present else "cannot be loaded, and the PDF needs it"
        yield _build_finding(
            library.title, detail, is_present=is_present, cure=libraries.select_remedy(libraries.REMEDIES)
        )


def _check_fonts(project: Project) -> Iterator[Finding]:
    """Yield whether the fonts that the styles link to can be read and are the family that charts are measured with."""
    styles = [project.get_template_path(name) for name in ("screen.css", "print.css")]
    linked = re.findall(r'url\("(fonts/[^"]+)"\)', "".join(style.read_text(encoding="utf-8") for style in styles))
    folder = project.get_template_path("fonts")
    font_faults = [fault for name in dict.fromkeys(linked) if (fault := _find_font_fault(folder.parent / name))]
    cure = f"put the fonts back in {folder}; the fonts that mpr ships are in {project.templates[-1] / 'fonts'}"
    detail = "; ".join(font_faults) or f"{FONT_FAMILY} in {folder}"
    yield _build_finding("Fonts", detail, is_present=not font_faults, cure=cure)


def _find_font_fault(path: Path) -> str:
    """Return what is wrong with a font file, if anything; a compressed one hides its family, so only reading counts."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return f"{path.name} cannot be read ({error.strerror})"
    is_right_family = path.suffix != ".ttf" or FONT_FAMILY.encode("utf-16-be") in data
    return "" if is_right_family else f"{path.name} is not the font {FONT_FAMILY}"


def _check_browser() -> Finding:
    chosen = os.environ.get("CHROMIUM")
    browser = chosen or next(filter(None, map(shutil.which, BROWSERS)), None)
    detail = (
        browser or "not found, but optional: only the tests and the pictures of pages need Chromium, Chrome or Edge"
    )
    cure = libraries.select_remedy(BROWSER_CURES)
    return _build_finding("Browser", detail, is_present=bool(browser), cure=cure, absent_state=PartState.NOTE)


def _check_terminal() -> Finding:
    encoding = sys.stdout.encoding or "ascii"
    try:
        PRINTED_CHARACTERS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        detail = f"{encoding}, which prints some characters as ?"
        return Finding("Terminal", PartState.NOTE, detail, libraries.select_remedy(UTF8_CURES))
    return Finding("Terminal", PartState.OK, encoding)


def _check_output_folder(project: Project) -> Finding:
    """Try to write in the folder of reports, without leaving anything behind."""
    folder = project.root / "out"
    nearest = next(ancestor for ancestor in (folder, *folder.parents) if ancestor.exists())
    try:
        with tempfile.TemporaryFile(dir=nearest):
            return Finding("Output", PartState.OK, f"{folder} can be written")
    except OSError as error:
        detail = f"{folder} cannot be written ({error.strerror})"
        return Finding("Output", PartState.MISSING, detail, "remove the write protection of the folder")


def _check_project(project: Project) -> Finding:
    path = project.indicators_path
    detail = str(path) if path.is_file() else f"there is no {path.name} in {project.root}"
    cure = "name the project's folder with --project, or start a project with mpr init FOLDER"
    return _build_finding("Project", detail, is_present=path.is_file(), cure=cure, absent_state=PartState.NOTE)
