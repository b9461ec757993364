"""Others that make a PDF of the same content, each as a cold process: WeasyPrint alone, Typst, Chromium."""

import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bench.clock import Task
from bench.project import ROOT
from bench.results import BARE, CHROMIUM, TYPST

PAGE, DOCUMENT = "page.html", "report.typ"  # what they make it of, in the folder that `bench.ready` fills
WEASYPRINT = """
import sys
import weasyprint
page, out = sys.argv[1:]
weasyprint.HTML(filename=page).write_pdf(out, pdf_variant="pdf/ua-1")
"""
TYPESET = """
import sys
import typst
document, out, fonts = sys.argv[1:]
typst.compile(document, out, font_paths=[fonts], ignore_system_fonts=True, pdf_standards="ua-1")
"""


def peers(ready: Path) -> Iterator[tuple[Task, Path]]:
    """Yield those that are on this machine, each with the PDF that it makes, from a folder of what they need."""

    def made(name: str) -> Path:
        return ready / f"{name}.pdf"

    python = [sys.executable, "-c"]
    page, out = str(ready / PAGE), made("weasyprint")
    yield Task(BARE, [*python, WEASYPRINT, page, str(out)]), out
    if find_spec("typst"):
        out = made("typst")
        fonts = str(ROOT / "templates" / "fonts")
        yield Task(TYPST, [*python, TYPESET, str(ready / DOCUMENT), str(out), fonts]), out
    browser = import_module("tests.chromium")
    if browser.CHROMIUM:
        out = made("chromium")
        printing = ["--no-pdf-header-footer", f"--print-to-pdf={out}", page]
        yield Task(CHROMIUM, [browser.CHROMIUM, *browser.ARGUMENTS, *printing]), out
