"""Say what the newest versions of all libraries would change in the report of May 2018: `make renew`.

`python tools/renew.py [MONTH]` installs `mpr` with the newest versions into a temporary environment, builds the report
there and in the environment that runs the tool, which has the pinned versions, and compares the files. It writes the
newest versions to `constraints.new.txt` beside `constraints.txt`. Look at the pages that it names; if you accept them,
move the new file over the old one and run `make test`.
"""

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).parents[1]
PINNED, NEWEST = ROOT / "constraints.txt", ROOT / "constraints.new.txt"
SOURCES = ("pyproject.toml", "README.md", "mpr", "templates")
PROJECT = ("indicators.yaml", "data")
MONTH = "2018-05"
SCALE = 1.25  # of the pictures that are compared: 90 dots an inch
SHOWN_LINES, WIDTH = 6, 110  # of the differences in a text file
EXACT_VERSION = re.compile(r'^(    "[\w-]+)==[^"]+', re.MULTILINE)


def main(month: str) -> None:
    """Build the month with both sets of versions and print what differs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        newest = create_environment(folder)
        before, after = list_versions(sys.executable), list_versions(newest)
        NEWEST.write_text(format_constraints(after), encoding="utf-8")
        changes = list(compare_versions(before, after))
        print(f"{len(changes)} of {len(after)} libraries have another version", *changes, sep="\n", flush=True)
        reports = [build_report(python, folder / label, month) for label, python in
                   (("pinned", sys.executable), ("newest", newest))]  # fmt: skip
        differences = list(compare_reports(*reports))
        print(*differences or ["no file of the report changed"], sep="\n")
    print(f"wrote {NEWEST.name}; to accept it: mv {NEWEST.name} {PINNED.name} && make test")


def create_environment(folder: Path) -> str:
    """Install a copy of the project, with the newest versions, into a new environment; return its Python.

    The exact versions in `pyproject.toml` are lifted, too. Raises SystemExit if they cannot be installed.
    """
    source = folder / "source"
    source.mkdir()
    for name in SOURCES:
        copy(name, source)
    settings = source / "pyproject.toml"
    head, requirements = settings.read_text(encoding="utf-8").split("\ndependencies = ", 1)
    loosened = EXACT_VERSION.sub(r"\1", requirements)
    settings.write_text(f"{head}\ndependencies = {loosened}", encoding="utf-8")
    venv.create(folder / "environment", with_pip=True)
    python = str(folder / "environment" / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    options = ("--quiet", "--disable-pip-version-check", "--upgrade", "--upgrade-strategy", "eager")
    run([python, "-m", "pip", "install", *options, f"{source}[dev,bench]"])
    return python


def copy(name: str, folder: Path) -> None:
    """Copy a file or folder of the checkout."""
    (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, folder / name)


def run(command: list[str]) -> str:
    """Run a command outside the checkout and return its output; end with its own words if it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        command, cwd=tempfile.gettempdir(), env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def list_versions(python: str) -> dict[str, str]:
    """Return the version of each library in the environment of a Python, by its name."""
    lines = run([python, "-m", "pip", "freeze", "--exclude", "mpr"]).splitlines()
    return dict(line.split("==") for line in lines if "==" in line)


def format_constraints(versions: dict[str, str]) -> str:
    """Return a constraints file of these versions, under the comment that heads the present one."""
    comment = [line for line in PINNED.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    pins = [f"{name}=={versions[name]}" for name in sorted(versions, key=str.lower)]
    return "\n".join([*comment, *pins, ""])


def compare_versions(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    """Yield a line for each library that is new, gone or of another version."""
    for name in sorted({*before, *after}, key=str.lower):
        if before.get(name) != after.get(name):
            yield f"  {name} {before.get(name, '(new)')} -> {after.get(name, '(gone)')}"


def build_report(python: str, project: Path, month: str) -> Path:
    """Build a month with all its formats in a copy of the real project, and return the folder of its files."""
    project.mkdir()
    for name in PROJECT:
        copy(name, project)
    run([python, "-c", "from mpr.cli.main import main; main()", "--project", str(project), "build", month])
    return project / "out" / month


def compare_reports(before: Path, after: Path) -> Iterator[str]:
    """Yield lines that say which files of the report differ, and where."""
    for name in sorted({path.name for folder in (before, after) for path in folder.iterdir()}):
        old, new = before / name, after / name
        if not (old.exists() and new.exists()):
            yield f"{name}: only with the {'pinned' if old.exists() else 'newest'} versions"
        elif old.read_bytes() == new.read_bytes():
            yield f"{name}: the same bytes"
        elif old.suffix == ".pdf":
            yield f"{name}: {compare_pdfs(old, new)}"
        elif old.suffix == ".xlsx":
            yield f"{name}: {old.stat().st_size:,} -> {new.stat().st_size:,} bytes; open both to compare them"
        else:
            yield from compare_texts(name, old, new)


def compare_pdfs(before: Path, after: Path) -> str:
    """Return a line with the numbers of pages, and those that look different or say something else."""
    old, new = pypdfium2.PdfDocument(before), pypdfium2.PdfDocument(after)
    both = range(min(len(old), len(new)))
    words = [number + 1 for number in both if read_words(old, number) != read_words(new, number)]
    pictures = [number + 1 for number in both if draw_page(old, number) != draw_page(new, number)]
    sizes = f"{before.stat().st_size:,} -> {after.stat().st_size:,} bytes, {len(old)} -> {len(new)} pages"
    return f"{sizes}; other words on {format_pages(words)}; another picture on {format_pages(pictures)}"


def read_words(document: pypdfium2.PdfDocument, number: int) -> str:
    """Return the words of a page, counted from 0."""
    return document[number].get_textpage().get_text_range()


def draw_page(document: pypdfium2.PdfDocument, number: int) -> bytes:
    """Return the pixels of a page, counted from 0."""
    return document[number].render(scale=SCALE).to_pil().tobytes()


def format_pages(numbers: list[int]) -> str:
    """Write page numbers as words."""
    return f"page{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}" if numbers else "no page"


def compare_texts(name: str, before: Path, after: Path) -> Iterator[str]:
    """Yield how many lines of a text file differ, and the first of them."""
    old, new = (path.read_text(encoding="utf-8").splitlines() for path in (before, after))
    lines = [
        line
        for line in difflib.unified_diff(old, new, n=0, lineterm="")
        if line[0] in "+-" and not line.startswith(("---", "+++"))
    ]
    yield f"{name}: {len(lines)} lines removed or added"
    yield from (f"  {line[:WIDTH]}" for line in lines[:SHOWN_LINES])
    if len(lines) > SHOWN_LINES:
        yield f"  … and {len(lines) - SHOWN_LINES} more"


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else MONTH)
