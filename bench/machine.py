"""What the figures were taken on."""

import os
import platform
import re
import subprocess
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("weasyprint", "pydyf", "altair", "vl-convert-python", "jinja2", "typst")


def machine() -> Iterator[str]:
    """Yield what there is to know of the machine, a line each."""
    names = re.findall(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    kilobytes = re.findall(r"^MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text("utf-8"), re.MULTILINE)
    yield f"{os.cpu_count()} cores of {names[0] if names else platform.machine()}"
    yield f"{int(kilobytes[0]) / 1e6:.0f} GB of memory"
    yield platform.freedesktop_os_release()["PRETTY_NAME"]
    yield f"load when the run began: {os.getloadavg()[0]:.1f}"


def versions() -> dict[str, str]:
    """Return the versions of what was measured."""
    found = {"Python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # an extra that is not there
            continue
    chromium = import_module("tests.chromium").CHROMIUM
    if chromium:
        said = subprocess.run([chromium, "--version"], capture_output=True, text=True, check=True).stdout
        found["Chromium"] = said.split()[1]
    return found
