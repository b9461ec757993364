"""The system libraries that the PDF needs: which they are, whether they are installed, and how to install them.

The search follows WeasyPrint's, without loading WeasyPrint.
"""

import ctypes
import os
import platform
from contextlib import suppress
from ctypes.util import find_library
from dataclasses import dataclass

DEBIAN_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
DLL_DIRECTORIES = "WEASYPRINT_DLL_DIRECTORIES"  # where WeasyPrint looks on Windows, besides MSYS2's usual folders
MSYS2_FOLDERS = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"
DEBIAN, MACOS, WINDOWS = "Debian and Ubuntu", "macOS", "Windows"
REMEDIES = {
    DEBIAN: f"apt-get install {DEBIAN_PACKAGES}",
    MACOS: "brew install pango; if Python is not Homebrew's, also export DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib",
    WINDOWS: "install MSYS2, then in its shell pacman -S mingw-w64-ucrt-x86_64-pango; if MSYS2 is not in "
    f"C:\\msys64, set {DLL_DIRECTORIES} to its folder ucrt64\\bin",
}


@dataclass(frozen=True)
class Library:
    """A library: its title, its name without a system's suffixes, and its files on Linux, macOS and Windows."""

    title: str
    name: str
    files: tuple[str, ...]


REQUIRED_LIBRARIES = (
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


def list_missing() -> tuple[Library, ...]:
    """Return the libraries that cannot be loaded."""
    _add_dll_folders()
    return tuple(library for library in REQUIRED_LIBRARIES if not _load_library(library))


def read_library_versions() -> dict[str, str]:
    """Return the versions of the libraries that place words, such as 1.50.12; empty if one is not installed."""
    _add_dll_folders()
    return {
        "pango": _read_version("Pango", "pango_version_string"),
        "harfbuzz": _read_version("HarfBuzz", "hb_version_string"),
    }


def _add_dll_folders() -> None:
    """On Windows, search the folders that WeasyPrint searches."""
    if hasattr(os, "add_dll_directory"):
        for folder in os.environ.get(DLL_DIRECTORIES, MSYS2_FOLDERS).split(";"):
            with suppress(OSError):
                os.add_dll_directory(folder)


def _read_version(title: str, function_name: str) -> str:
    (library,) = (candidate for candidate in REQUIRED_LIBRARIES if candidate.title == title)
    if not (loaded := _load_library(library)):
        return ""
    function = getattr(loaded, function_name)
    function.restype = ctypes.c_char_p
    return bytes(function()).decode()


def _load_library(library: Library) -> ctypes.CDLL | None:
    """Return a library, None if it cannot be loaded."""
    for file in library.files:
        with suppress(OSError):
            return ctypes.CDLL(file)
    with suppress(OSError):
        if path := find_library(library.name):
            return ctypes.CDLL(path)
    return None


def detect_system() -> str:
    """Return the system that `mpr` runs on: Debian, macOS or Windows; empty for any other."""
    systems = {"Darwin": MACOS, "Windows": WINDOWS}
    if platform.system() != "Linux":
        return systems.get(platform.system(), "")
    with suppress(OSError):
        release = platform.freedesktop_os_release()
        if "debian" in f"{release['ID']} {release.get('ID_LIKE', '')}".split():
            return DEBIAN
    return ""


def select_remedy(remedies: dict[str, str]) -> str:
    """Return how to install the libraries on this system; on an unknown one, how to do it on each."""
    own_remedy = remedies.get(detect_system())
    return own_remedy or "; ".join(f"{name}: {remedy}" for name, remedy in remedies.items())
