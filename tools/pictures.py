"""Make the README's pictures in docs/pictures/ from a built report: `python tools/pictures.py [MONTH]`.

The cover and a page of each section, found by the outline of the PDF, by pdftoppm; the first screenful of the HTML on
a wide screen and on a phone, by a Chromium of this machine. Where a tool is missing, its pictures stay as they are and
one line says so. Look at the pictures before they are committed.
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
    """Make all pictures that can be made; end with what could not."""
    month = sys.argv[1] if len(sys.argv) > 1 else "2018-05"
    report = ROOT / "out" / month / f"mpr-{month}"
    if missing := [ending for ending in (".pdf", ".html") if not report.with_suffix(ending).exists()]:
        raise SystemExit(f"no {report.name}{missing[0]} in out/{month}: run mpr build {month} first")
    PICTURES.mkdir(parents=True, exist_ok=True)
    made = [save(name, picture) for name, picture in (*pages(report), *screens(report))]
    total = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    print(f"{len(made)} pictures made; all in docs/pictures: {total // 1000} kB")
    if total > LIMIT:
        raise SystemExit(f"that is more than {LIMIT // 1000} kB: lower DPI or COLOURS in tools/pictures.py")


def pages(report: Path) -> Iterator[tuple[str, bytes]]:
    """Draw the cover and a page of each section: names and PNGs."""
    if not (program := shutil.which("pdftoppm")):
        print("not made: the pages, as pdftoppm (poppler-utils) is not on this machine")
        return
    pdf = report.with_suffix(".pdf")
    for name, number in chosen(pdf).items():
        wanted = ["-png", "-r", str(DPI), "-f", str(number), "-l", str(number), str(pdf)]
        yield name, subprocess.run([program, *wanted], check=True, capture_output=True).stdout


def chosen(pdf: Path) -> dict[str, int]:
    """Choose pages by the outline: the first of each section, but of Section 3 its first indicator's. Counts from 1."""
    found = {"cover": 1}
    with pikepdf.open(pdf) as document, document.open_outline() as outline:
        for item in walk(outline.root):
            if match := re.match(r"Section\s(\d)", item.title):
                indicators = (each for each in walk([item]) if not each.children)
                first = next(indicators) if match[1] == "3" else item
                found[f"section-{match[1]}"] = pikepdf.Page(first.destination[0]).index + 1
    return found


def walk(items: Iterable[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    """Go through an outline in the order in which it is read."""
    for item in items:
        yield item
        yield from walk(item.children)


def screens(report: Path) -> Iterator[tuple[str, bytes]]:
    """Open the HTML in a browser, wide and narrow: names and PNGs of the first screenful."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not (program and find_spec("playwright")):
        what = "Playwright (axe-playwright-python)" if program else "Chromium"
        print(f"not made: the screens, as {what} is not on this machine")
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


def save(name: str, picture: bytes) -> Path:
    """Write a PNG with a palette of few colours, chosen so that none strays far: a median cut turns green into blue."""
    path = PICTURES / f"{name}.png"
    colours = Image.open(io.BytesIO(picture)).convert("RGB")
    few = colours.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    return path


if __name__ == "__main__":
    main()
