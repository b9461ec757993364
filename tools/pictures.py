"""Make the README's pictures in docs/pictures/ from a built report: `python tools/pictures.py [MONTH]`.

pdftoppm draws the cover and a page of each section, which the tool finds in the PDF's outline. Chromium draws the first
screenful of the HTML on a wide screen and on a phone. If a program is missing, its pictures stay as they are and one
line says so. Look at the pictures before you commit them.
"""

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pikepdf
from PIL import Image

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
DPI = 90  # a landscape page is then 1,052 pixels wide: as wide as a README is shown
COLOURS = 256  # with fewer, hairlines vanish and the palest zone of a bullet chart turns blue
LIMIT = 500_000  # bytes of all pictures together
SCREENS = {"wide": (1280, 900), "phone": (360, 780)}  # width and height in pixels
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> None:
    """Make the pictures and print their size; raise SystemExit if a report is missing or they are too large."""
    month = sys.argv[1] if len(sys.argv) > 1 else "2018-05"
    report = ROOT / "out" / month / f"mpr-{month}"
    if missing := [ending for ending in (".pdf", ".html") if not report.with_suffix(ending).exists()]:
        raise SystemExit(f"no {report.name}{missing[0]} in out/{month}: run mpr build {month} first")
    PICTURES.mkdir(parents=True, exist_ok=True)
    paths = [save_picture(name, picture) for name, picture in (*draw_pages(report), *draw_screens(report))]
    total = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    print(f"{len(paths)} pictures made; all in docs/pictures: {total // 1000} kB")
    if total > LIMIT:
        raise SystemExit(f"that is more than {LIMIT // 1000} kB: lower DPI or COLOURS in tools/pictures.py")


def draw_pages(report: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and PNG of the cover and of a page of each section."""
    if not (program := shutil.which("pdftoppm")):
        print("not made: the pages, as pdftoppm (poppler-utils) is not on this machine")
        return
    pdf = report.with_suffix(".pdf")
    for name, number in choose_pages(pdf).items():
        options = ["-png", "-r", str(DPI), "-f", str(number), "-l", str(number), str(pdf)]
        yield name, subprocess.run([program, *options], check=True, capture_output=True).stdout


def choose_pages(pdf: Path) -> dict[str, int]:
    """Return page numbers, from 1, by picture: the first page of a section, in Section 3 of its first indicator."""
    numbers = {"cover": 1}
    with pikepdf.open(pdf) as document, document.open_outline() as outline:
        for item in walk_outline(outline.root):
            if match := re.match(r"Section\s(\d)", item.title):
                indicators = (entry for entry in walk_outline([item]) if not entry.children)
                first = next(indicators) if match[1] == "3" else item
                numbers[f"section-{match[1]}"] = pikepdf.Page(first.destination[0]).index + 1
    return numbers


def walk_outline(items: Iterable[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    """Yield the entries of an outline in reading order."""
    for item in items:
        yield item
        yield from walk_outline(item.children)


def draw_screens(report: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and PNG of the first screenful of the HTML, on a wide screen and on a phone."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not (program and find_spec("playwright")):
        missing = "Playwright (axe-playwright-python)" if program else "Chromium"
        print(f"not made: the screens, as {missing} is not on this machine")
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not on every machine

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        for name, (width, height) in SCREENS.items():
            page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1)
            page.goto(report.with_suffix(".html").as_uri())
            page.evaluate("document.fonts.ready")
            yield name, page.screenshot()
        browser.close()


def save_picture(name: str, picture: bytes) -> Path:
    """Write a PNG with a palette of few colours and return its path; a median cut would turn green into blue."""
    path = PICTURES / f"{name}.png"
    colours = Image.open(io.BytesIO(picture)).convert("RGB")
    few = colours.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    return path


if __name__ == "__main__":
    main()
