"""A real browser for the tests of pages, and the barriers that axe finds in a page."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
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
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NEEDS_CHROMIUM = pytest.mark.skipif(CHROMIUM is None, reason="the page in a browser (no Chromium found)")


@contextmanager
def launch_browser() -> Iterator[Browser]:
    """Launch the browser of this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Window:
    """How a page is opened: its size in CSS pixels, the reader's settings, and the query of its address."""

    width: int = 1280
    height: int = 800
    colours: Literal["light", "dark"] = "light"
    forced: Literal["active", "none"] = "none"
    scripts: bool = True
    query: str = ""


WIDE, NARROW, NARROWEST, DARK = Window(), Window(360), Window(320), Window(colours="dark")
ZOOMED = Window(320, 256)  # 1280 x 1024 at 400 %
FORCED = Window(colours="dark", forced="active")


@contextmanager
def open_page(browser: Browser, path: Path, window: Window = WIDE) -> Iterator[Page]:
    """Open a page in a window; it may log no error, and it may load nothing else."""
    page = browser.new_page(
        viewport={"width": window.width, "height": window.height},
        color_scheme=window.colours,
        forced_colors=window.forced,
        java_script_enabled=window.scripts,
        offline=True,
    )
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda asked: faults.append(asked.url) if asked.url[:5] not in {"file:", "data:"} else None)
    page.goto(path.as_uri() + window.query)
    page.evaluate("document.fonts.ready")
    yield page
    page.close()
    assert faults == []


def find_barriers(page: Page) -> list[str]:
    """Return the violations of WCAG 2.2 A and AA that axe finds in an open page."""
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    assert len(result["passes"]) > 10, "axe has to have checked the page"
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]
