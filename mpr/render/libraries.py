"""The libraries that the PDF needs beside Python's: which they are, whether they are there, and the cure.

They are looked for as WeasyPrint looks for them, without loading WeasyPrint.
"""

import ctypes
import os
import platform
from contextlib import suppress
from ctypes.util import find_library
from dataclasses import dataclass

LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
DLL_DIRECTORIES = "WEASYPRINT_DLL_DIRECTORIES"  # where WeasyPrint looks on Windows, beside MSYS2's usual folders
MSYS2 = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"
DEBIAN, MACOS, WINDOWS = "Debian and Ubuntu", "macOS", "Windows"
CURES = {
    DEBIAN: f"apt-get install {LIBRARIES}",
    MACOS: "brew install pango; where Python is not Homebrew's, "
    "export DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib besides",
    WINDOWS: "install MSYS2, then in its shell pacman -S mingw-w64-ucrt-x86_64-pango; where MSYS2 is not in "
    f"C:\\msys64, set {DLL_DIRECTORIES} to its folder ucrt64\\bin",
}


@dataclass(frozen=True)
class Library:
    """A library: what it is called, its name without the endings of systems, and its files on Linux, macOS, Windows."""

    title: str
    name: str
    files: tuple[str, ...]


NEEDED = (
    Library("GObject", "gobject-2.0", ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll")),
    Library("Pango", "pango-1.0", ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")),
    Library("PangoFT2", "pangoft2-1.0", ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")),
    Library("HarfBuzz", "harfbuzz", ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")),
    Library(
        "HarfBuzz-Subset",
        "harfbuzz-subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
    ),
    Library("Fontconfig", "fontconfig", ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")),
)


def missing() -> tuple[Library, ...]:
    """Return the libraries that cannot be loaded."""
    _look_into_folders()
    return tuple(each for each in NEEDED if not _loaded(each))


def versions() -> dict[str, str]:
    """Return the versions of the libraries that decide where words stand: 1.50.12, nothing where one is not there."""
    _look_into_folders()
    return {"pango": _version("Pango", "pango_version_string"), "harfbuzz": _version("HarfBuzz", "hb_version_string")}


def _look_into_folders() -> None:
    """Let Windows look for libraries where WeasyPrint does."""
    if hasattr(os, "add_dll_directory"):
        for folder in os.environ.get(DLL_DIRECTORIES, MSYS2).split(";"):
            with suppress(OSError):
                os.add_dll_directory(folder)


def _version(title: str, asked: str) -> str:
    (library,) = (each for each in NEEDED if each.title == title)
    if not (loaded := _loaded(library)):
        return ""
    ask = getattr(loaded, asked)
    ask.restype = ctypes.c_char_p
    return bytes(ask()).decode()


def _loaded(library: Library) -> ctypes.CDLL | None:
    """Return a library, None where it cannot be loaded."""
    for file in library.files:
        with suppress(OSError):
            return ctypes.CDLL(file)
    with suppress(OSError):
        if found := find_library(library.name):
            return ctypes.CDLL(found)
    return None


def system() -> str:
    """Return which of the systems with a cure this is, nothing for another."""
    known = {"Darwin": MACOS, "Windows": WINDOWS}
    if platform.system() != "Linux":
        return known.get(platform.system(), "")
    with suppress(OSError):
        names = platform.freedesktop_os_release()
        if "debian" in f"{names['ID']} {names.get('ID_LIKE', '')}".split():
            return DEBIAN
    return ""


def cured(cures: dict[str, str]) -> str:
    """Return the cure for this system or, where it is another, that for each."""
    here = cures.get(system())
    return here or "; ".join(f"{name}: {cure}" for name, cure in cures.items())
