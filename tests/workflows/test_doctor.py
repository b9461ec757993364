"""What `mpr doctor` finds on machines of each system, with parts taken away, and what it advises."""

import ctypes
import json
import platform
import re
import shutil
import sys
import tempfile
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from mpr.project import Project
from mpr.render.pdf import libraries
from mpr.render.pdf.libraries import DEBIAN, MACOS, REMEDIES, WINDOWS
from mpr.workflows import doctor as desk
from mpr.workflows.doctor import VERIFIED_VERSIONS, Finding, PartState, describe_verdict, examine_machine
from tests.conftest import Run

ROOT = Path(__file__).parents[2]
UBUNTU = {"ID": "ubuntu", "ID_LIKE": "debian"}
SYSTEMS = [
    ("Linux", {"ID": "debian"}, REMEDIES[DEBIAN]),
    ("Linux", UBUNTU, REMEDIES[DEBIAN]),
    ("Linux", {"ID": "fedora"}, "; ".join(f"{name}: {cure}" for name, cure in REMEDIES.items())),
    ("Darwin", {}, REMEDIES[MACOS]),
    ("Windows", {}, REMEDIES[WINDOWS]),
]


def _system(monkeypatch: pytest.MonkeyPatch, name: str, release: dict[str, str]) -> None:
    monkeypatch.setattr(platform, "system", lambda: name)
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: release)


def _without(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let the loader of libraries find whatever does not have one of these names in its own."""

    def load(file: str) -> object:
        if any(name in file for name in names):
            raise OSError(file)
        return object()

    monkeypatch.setattr(ctypes, "CDLL", load)
    monkeypatch.setattr(libraries, "find_library", lambda name: f"lib{name}.so")


def _of(findings: tuple[Finding, ...], part: str) -> Finding:
    return next(each for each in findings if each.part == part)


@pytest.mark.parametrize(("system", "release", "cure"), SYSTEMS)
def test_without_pango_the_cure_is_that_of_the_system(
    council: Project, monkeypatch: pytest.MonkeyPatch, system: str, release: dict[str, str], cure: str
) -> None:
    _system(monkeypatch, system, release)
    _without(monkeypatch, "pango-1.0")
    findings = examine_machine(council)
    pango = Finding("Pango", PartState.MISSING, "cannot be loaded, and the PDF needs it", cure)
    assert [each for each in findings if each.state is PartState.MISSING] == [pango]
    assert describe_verdict(findings) == (
        "This machine cannot make the PDF, but it can make the web page: mpr build PERIOD --format html"
    )


def test_the_cures_name_what_is_to_be_installed() -> None:
    assert REMEDIES[DEBIAN] == "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    assert REMEDIES[MACOS].startswith("brew install pango")
    assert "pacman -S mingw-w64-ucrt-x86_64-pango" in REMEDIES[WINDOWS]
    assert "WEASYPRINT_DLL_DIRECTORIES" in REMEDIES[WINDOWS]


def test_libraries_are_those_that_weasyprint_loads() -> None:
    text = (Path(sys.prefix) / "lib").rglob("weasyprint/text/ffi.py")
    loaded = next(iter(text)).read_text(encoding="utf-8")
    assert [file for each in libraries.REQUIRED_LIBRARIES for file in each.files if f"'{file}'" not in loaded] == []
    assert (
        len(libraries.REQUIRED_LIBRARIES) == len(re.findall(r"^\w+ = _dlopen\(", loaded, flags=re.MULTILINE)) - 1
    )  # vector: may lack
    escaped = libraries.MSYS2_FOLDERS.replace("\\", "\\\\").split(";")
    assert [folder for folder in escaped if folder not in loaded] == []


def test_a_system_without_a_name_gets_every_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> dict[str, str]:
        raise OSError

    monkeypatch.setattr(platform, "system", lambda: "Linux")
    monkeypatch.setattr(platform, "freedesktop_os_release", unknown)
    assert libraries.select_remedy(REMEDIES).count("; ") >= 2
    monkeypatch.setattr(platform, "system", lambda: "FreeBSD")
    assert all(cure in libraries.select_remedy(REMEDIES) for cure in REMEDIES.values())


def test_on_windows_the_folders_of_msys2_are_looked_into(council: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    folders: list[str] = []

    def add(folder: str) -> None:
        folders.append(folder)
        raise FileNotFoundError(folder)

    monkeypatch.setattr("os.add_dll_directory", add, raising=False)
    monkeypatch.setenv("WEASYPRINT_DLL_DIRECTORIES", r"D:\msys64\ucrt64\bin;E:\gtk")
    _without(monkeypatch)
    assert all(each.state is not PartState.MISSING for each in examine_machine(council))
    assert folders == [r"D:\msys64\ucrt64\bin", r"E:\gtk"]


def test_a_library_under_another_name_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    _without(monkeypatch, "libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")
    monkeypatch.setattr(libraries, "find_library", lambda name: f"/opt/{name}.so.1")
    assert libraries.list_missing() == ()
    monkeypatch.setattr(libraries, "find_library", lambda _: None)
    assert [each.title for each in libraries.list_missing()] == ["HarfBuzz"]


def test_the_versions_are_the_ones_that_are_pinned() -> None:
    pinned = dict(
        line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if "==" in line
    )
    assert {name: pinned[name] for name in VERIFIED_VERSIONS} == VERIFIED_VERSIONS


def test_another_version_is_noted_and_none_is_missing(council: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "altair":
            raise PackageNotFoundError(name)
        return "69.0" if name == "weasyprint" else VERIFIED_VERSIONS[name]

    monkeypatch.setattr(desk, "version", version)
    findings = examine_machine(council)
    detail = "69.0, but the pages were checked with 70.0"
    cure = "python -m pip install weasyprint==70.0"
    assert _of(findings, "weasyprint") == Finding("weasyprint", PartState.NOTE, detail, cure)
    cure = "python -m pip install altair==6.3.0"
    assert _of(findings, "altair") == Finding("altair", PartState.MISSING, "not installed", cure)
    assert describe_verdict(findings) == "This machine cannot make reports until you install what is missing."


def test_an_old_python_is_missing(council: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    monkeypatch.setattr(platform, "python_version", lambda: "3.10.4")
    expected = Finding("Python", PartState.MISSING, "3.10.4", "install Python 3.11 or newer")
    assert examine_machine(council)[0] == expected


def test_fonts_of_the_council_are_the_ones_looked_at(council: Project) -> None:
    fonts = council.root / "templates" / "fonts"
    shutil.copytree(ROOT / "templates" / "fonts", fonts)
    assert _of(examine_machine(council), "Fonts").detail == f"MPR Sans in {fonts}"
    (fonts / "MPRSans-Bold.woff2").unlink()
    regular = fonts / "MPRSans-Regular.ttf"
    regular.write_bytes(regular.read_bytes().replace("MPR Sans".encode("utf-16-be"), "Nul Sans".encode("utf-16-be")))
    found = _of(examine_machine(council), "Fonts")
    assert found.state is PartState.MISSING
    assert found.detail == (
        "MPRSans-Bold.woff2 cannot be read (No such file or directory); MPRSans-Regular.ttf is not the font MPR Sans"
    )
    assert found.cure.startswith(f"put the fonts back in {fonts}; the fonts that mpr ships are in ")


@pytest.mark.parametrize(("system", "release"), [each[:2] for each in SYSTEMS])
def test_a_browser_can_be_done_without(
    council: Project, monkeypatch: pytest.MonkeyPatch, system: str, release: dict[str, str]
) -> None:
    _system(monkeypatch, system, release)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    findings = examine_machine(council)
    found = _of(findings, "Browser")
    assert (found.state, found.cure) == (PartState.NOTE, libraries.select_remedy(desk.BROWSER_CURES))
    assert describe_verdict(findings) == "This machine can make reports as a web page and as a PDF."
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert _of(examine_machine(council), "Browser") == Finding("Browser", PartState.OK, "/usr/bin/chromium")


class _Poor:
    encoding = "cp437"


def test_a_terminal_without_the_signs_is_noted(council: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    _system(monkeypatch, "Windows", {})
    monkeypatch.setattr(sys, "stdout", _Poor())
    detail = "cp437, which prints some characters as ?"
    assert _of(examine_machine(council), "Terminal") == Finding("Terminal", PartState.NOTE, detail, "set PYTHONUTF8=1")


def test_a_folder_that_cannot_be_written_is_missing(council: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[Path] = []

    def refuse(**words: Path) -> object:
        looked_at.append(words["dir"])
        raise PermissionError(13, "Permission denied")

    assert _of(examine_machine(council), "Output").state is PartState.OK
    assert not (council.root / "out").exists()
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    findings = examine_machine(council)
    assert _of(findings, "Output").detail == f"{council.root / 'out'} cannot be written (Permission denied)"
    assert looked_at == [council.root]
    assert describe_verdict(findings) == "This machine cannot make reports until you install what is missing."


def test_outside_a_project_the_machine_is_judged_all_the_same(tmp_path: Path) -> None:
    findings = examine_machine(Project(tmp_path))
    assert _of(findings, "Project") == Finding(
        "Project", PartState.NOTE, f"there is no indicators.yaml in {tmp_path}",
        "name the project's folder with --project, or start a project with mpr init FOLDER",
    )  # fmt: skip


def test_what_is_printed_and_the_code(council: Project, mpr: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _without(monkeypatch)
    code, out, err = mpr("--project", council.root, "doctor")
    assert (code, err, out[-1]) == (0, [], "This machine can make reports as a web page and as a PDF.")
    assert out[5:7] == ["ok        GObject: can be loaded", "ok        Pango: can be loaded"]
    _system(monkeypatch, "Darwin", {})
    _without(monkeypatch, "harfbuzz-subset")
    code, out, err = mpr("--project", council.root, "doctor")
    assert (code, err) == (3, [])
    assert f"missing   HarfBuzz-Subset: cannot be loaded, and the PDF needs it; {REMEDIES[MACOS]}" in out
    code, out, err = mpr("--project", council.root, "doctor", "--format", "json")
    assert (code, err) == (3, [])
    found = {each["part"]: each for each in json.loads("\n".join(out))}
    assert found["HarfBuzz-Subset"] == {
        "part": "HarfBuzz-Subset", "state": "missing", "detail": "cannot be loaded, and the PDF needs it",
        "cure": REMEDIES[MACOS],
    }  # fmt: skip
    assert found["Pango"]["cure"] == ""
