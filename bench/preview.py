"""Savings in a preview: from a saved CSV to the changed figure in a real browser, and to the changed PDF.

`python -m bench.preview PROJECT SAVES` prints as JSON what they took. The preview runs in a process of its own; each
save gives an indicator a figure that it never had, and the page itself notes when this stands in it. Then a comment is
edited, and the PDF asked for as soon as the page shows it. Afterwards the stages of a look are timed in this process,
each after such a save, so that the same charts are drawn anew.
"""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from bench.commands import MPR
from bench.project import MONTH, another_comment, another_figure, edit
from bench.results import PRINTED, SEEN

ROW = "tr:has(#exceptions-cp-1-4)"
WARM = 3  # saves before those that count
PAUSE = 200  # milliseconds between an officer's saves, in which nothing is under way
PATIENCE = 600_000  # milliseconds until the first page is there
NOTE = """([row, text]) => { window.noted = new Promise((done) => {
  const there = () => document.querySelector(row).textContent.includes(text);
  const observer = new MutationObserver(() => { if (there()) { observer.disconnect(); done(Date.now()); } });
  observer.observe(document, { subtree: true, childList: true, characterData: true });
}); }"""


def measured(folder: Path, saves: int) -> dict[str, list[float]]:
    """Save a figure so many times, then a comment; return the milliseconds that it took, and those of each stage."""
    with _previewed(folder) as address, import_module("tests.chromium").launch_browser() as browser:
        page = browser.new_page()
        page.goto(address, timeout=PATIENCE)
        page.wait_for_selector(ROW)
        seen = [_seen(page, folder, "value", another_figure(folder)) for _ in range(WARM + saves)]
        pdf = f"{address}mpr-{MONTH}.pdf"
        _fetched(pdf)  # the first one, which waits for WeasyPrint to be loaded
        shown = _seen(page, folder, "comment", another_comment(folder))
        printed = shown + _fetched(pdf)
    return {SEEN: seen[WARM:], PRINTED: [printed], **stages(folder, saves)}


@contextmanager
def _previewed(folder: Path) -> Iterator[str]:
    """Start the preview of a project, and return its address."""
    command = [*MPR, "--project", str(folder), "preview", MONTH]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().split()[0] if process.stdout else ""
        finally:
            process.send_signal(signal.SIGINT)


def _seen(page: Any, folder: Path, column: str, text: str) -> float:  # noqa: ANN401 - a page of Playwright's
    """Save another text and return the milliseconds from the end of that until it stands in the page."""
    page.wait_for_timeout(PAUSE)
    page.evaluate(NOTE, [ROW, text])
    edit(folder, column, text)
    saved = time.time() * 1000
    return float(page.evaluate("window.noted") - saved)


def _fetched(address: str) -> float:
    """Fetch what stands under an address and return the milliseconds that it took."""
    start = time.perf_counter()
    with urlopen(address) as answer:  # noqa: S310 - the preview's own
        answer.read()
    return (time.perf_counter() - start) * 1000


def stages(folder: Path, saves: int) -> dict[str, list[float]]:
    """Return the milliseconds of each stage of a look, for looks after a save each."""
    taken: dict[str, list[float]] = {}

    def timed(name: str, work: Callable[..., Any], *values: object) -> Any:  # noqa: ANN401 - whatever the work returns
        start = time.perf_counter()
        result = work(*values)
        taken.setdefault(name, []).append((time.perf_counter() - start) * 1000)
        return result

    project = import_module("mpr.project").Project(folder)
    check, pages = (
        import_module("mpr.workflows.check").check_period,
        import_module("mpr.report.assemble").assemble_pages,
    )
    pictures, html = import_module("mpr.render.charts.cached_charts"), import_module("mpr.render.html.page")
    kept = import_module("mpr.memo").MemoCache()
    drawn: dict[Any, str] = {}
    for _ in range(WARM + saves):
        edit(folder, "value", another_figure(folder))
        checked = timed("read and judge", check, project, MONTH, kept)
        made = timed("assemble", pages, checked.scorecard)
        charts = timed("charts", pictures.load_or_draw, made.charts, project, drawn)
        drawn = {each: charts[each.anchor] for each in made.charts}
        timed("HTML", html.render_report, made, charts, project, {}, kept)
        kept.drop_unused()
    return {name: each[WARM:] for name, each in taken.items()}


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]), int(sys.argv[2]))))
