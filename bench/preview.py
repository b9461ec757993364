"""Time from saving a CSV to the changed figure in a real browser, and say where the time goes.

`python bench/preview.py [--saves N] [--times N]`, in the project's environment. The preview runs in a process of its
own on a temporary copy of the project, `--times 10` with ten times as many indicators; each save gives an indicator of
May 2018 a value that it never had, and the page itself notes when the new figure stands in it. Afterwards the stages of
a look are timed in this process, each after such a save, so that the same charts are drawn anew. Milliseconds are those
of this machine and its other work.
"""

import argparse
import signal
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
MONTH, CODE, ROW = "2018-05", "CP 1.4", "tr:has(#exceptions-cp-1-4)"
WARM = 3  # saves before those that count
NOTE = """([row, figure]) => { window.noted = new Promise((done) => {
  const there = () => document.querySelector(row).textContent.includes(figure);
  const observer = new MutationObserver(() => { if (there()) { observer.disconnect(); done(Date.now()); } });
  observer.observe(document, { subtree: true, childList: true, characterData: true });
}); }"""


def main() -> None:
    """Read the command line; save, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--saves", type=int, default=20)
    parser.add_argument("--times", type=int, default=1)
    wanted = parser.parse_args()
    saves = max(2, wanted.saves)
    with tempfile.TemporaryDirectory() as folder:
        copy = import_module("project").copied(Path(folder), wanted.times)
        report(until_seen(copy, saves), stages(copy, saves))


def figure(number: int) -> str:
    """Return another figure for each number: the pictures of none of them are kept from before."""
    return f"{60 + number % 30}.{number // 30 % 10}%"


def save(copy: Path, number: int) -> None:
    """Save the month's CSV with another figure of the indicator."""
    path = copy / "data" / f"{MONTH}.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith(CODE))
    cells = lines[at].split(",", 3)
    lines[at] = ",".join([*cells[:2], figure(number), cells[3]])
    path.write_text("\n".join(lines), encoding="utf-8")


@contextmanager
def previewed(copy: Path) -> Iterator[str]:
    """Start the preview of a project, and return its address."""
    command = [str(Path(sysconfig.get_path("scripts"), "mpr")), "--project", str(copy), "preview", MONTH]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().split()[0] if process.stdout else ""
        finally:
            process.send_signal(signal.SIGINT)


def until_seen(copy: Path, saves: int) -> list[float]:
    """Return the milliseconds from the end of each save until the figure stands in the page."""
    sys.path.insert(0, str(ROOT))  # the tests know how to start a browser
    found = []
    with previewed(copy) as address, import_module("tests.chromium").started() as browser:
        page = browser.new_page()
        page.goto(address, timeout=120_000)
        page.wait_for_selector(ROW)
        for number in range(-WARM, saves):
            page.wait_for_timeout(200)  # as between an officer's saves: nothing is under way
            page.evaluate(NOTE, [ROW, figure(number)])
            save(copy, number)
            saved = time.time() * 1000
            found.append(page.evaluate("window.noted") - saved)
    return found[WARM:]


def stages(copy: Path, saves: int) -> dict[str, float]:
    """Return the median milliseconds of each stage of a look, each look after a save."""
    seconds: dict[str, list[float]] = {}

    def timed(name: str, work: Callable[..., Any], *values: object) -> Any:  # noqa: ANN401 - whatever the work returns
        start = time.perf_counter()
        result = work(*values)
        seconds.setdefault(name, []).append(time.perf_counter() - start)
        return result

    project = import_module("mpr.project").Project(copy)
    check, assemble = import_module("mpr.desk.check").check, import_module("mpr.report.assemble").assemble
    pictures, html = import_module("mpr.render.pictures"), import_module("mpr.render.html")
    drawn: dict[Any, str] = {}
    for number in range(saves, 2 * saves + WARM):
        save(copy, number)
        checked = timed("read and judge", check, project, MONTH)
        made = timed("assemble", assemble, checked.scorecard)
        charts = timed("charts", pictures.of, made.charts, project, drawn)
        drawn = {each: charts[each.anchor] for each in made.charts}
        timed("HTML", html.render, made, charts, project)
    return {name: statistics.median(each[WARM:]) * 1000 for name, each in seconds.items()}


def report(seen: list[float], parts: dict[str, float]) -> None:
    """Print how long a save takes to be seen, and the share of each stage."""
    median = statistics.median(seen)
    print(f"{'milliseconds':30}{'median':>8}{'least':>8}{'most':>8}")
    print(f"{f'{len(seen)} saves, to the new figure':30}{median:8.0f}{min(seen):8.0f}{max(seen):8.0f}")
    print(f"\n{'within that':30}{'median':>8}{'share':>8}")
    for name, middle in {**parts, "watch, send and put in place": median - sum(parts.values())}.items():
        print(f"  {name:28}{middle:8.0f}{middle / median:8.0%}")


if __name__ == "__main__":
    main()
