"""A real browser for the tests of pages, and what axe has to say of one."""

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
WITHOUT = pytest.mark.skipif(CHROMIUM is None, reason="the page in a browser (no Chromium found)")


@contextmanager
def started() -> Iterator[Browser]:
    """Start the browser of this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Window:
    """How a page is opened: the size in CSS pixels, the reader's settings, what follows the file's name."""

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
def opened(browser: Browser, path: Path, window: Window = WIDE) -> Iterator[Page]:
    """Open a page in a window; nothing may go wrong in it, and it may ask for nothing more."""
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


def barriers(page: Page) -> list[str]:
    """Return the violations of WCAG 2.2 A and AA that axe finds in an open page."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    assert len(found["passes"]) > 10, "axe has to have looked"
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
