"""Time a cold `mpr build` beside a bare WeasyPrint run over the same page, and say where the time goes.

`python bench/build.py [MONTH] [--rounds N]`, in the project's environment. Each round starts four processes in turn:
the build, the build of the HTML alone, WeasyPrint alone (it reads the ready page and style from files and writes the
PDF), and the stages of a build, timed from within. All work in a temporary copy of the project, so that `out/` stays
as it is. Seconds are those of this machine and its other work; a round's runs share them, so trust the ratios.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
STAGES = "--stages"  # how this script tells itself to be the fourth process
BARE = """
import sys
import weasyprint
from weasyprint.text.fonts import FontConfiguration
page, style, base, out = sys.argv[1:]
fonts = FontConfiguration()
css = weasyprint.CSS(filename=style, base_url=base, font_config=fonts)
html = weasyprint.HTML(filename=page, base_url=base)
html.write_pdf(out, stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")
"""


def main() -> None:
    """Read the command line; run the rounds and print what they show."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("month", nargs="?", default="2018-05")
    parser.add_argument("--rounds", type=int, default=5)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder), wanted.month, max(1, wanted.rounds))


def compare(copy: Path, month: str, rounds: int) -> None:
    """Time all processes in turn, in an empty folder that becomes a copy of the project."""
    shutil.copy(ROOT / "indicators.yaml", copy)
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, copy / name)
    page, style, out = copy / "page.html", copy / "style.css", copy / "bare.pdf"
    build = [str(Path(sysconfig.get_path("scripts"), "mpr")), "--project", str(copy), "build", month]
    stages = [sys.executable, __file__, STAGES, str(copy), month, str(page), str(style)]
    base = (copy / "templates").as_uri() + "/"
    commands = {
        f"mpr build {month}": build,
        "  the HTML alone": [*build, "--format", "html"],
        "WeasyPrint alone": [sys.executable, "-c", BARE, str(page), str(style), base, str(out)],
    }
    run(stages)  # writes page and style, and warms the disk for all
    times: dict[str, list[float]] = {name: [] for name in commands}
    parts: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, command in commands.items():
            start = time.perf_counter()
            run(command)
            times[name].append(time.perf_counter() - start)
        for name, seconds in json.loads(run(stages)).items():
            parts.setdefault(name, []).append(seconds)
    report(times, parts, rounds)


def run(command: Sequence[str]) -> str:
    """Run a command and return what it prints; end with its own words where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout


def report(times: dict[str, list[float]], parts: dict[str, list[float]], rounds: int) -> None:
    """Print the table: seconds of each process and stage, and what the build and its PDF step take of WeasyPrint's."""
    print(f"{f'{rounds} rounds, cold processes':30}{'median':>8}{'least':>8}{'most':>8}")
    for name, seconds in times.items():
        print(f"{name:30}{statistics.median(seconds):8.2f}{min(seconds):8.2f}{max(seconds):8.2f}")
    build, _, bare = times.values()  # in the order of the commands
    each = [one / other for one, other in zip(build, bare, strict=True)]
    print(f"{'build / WeasyPrint alone':30}{statistics.median(each):8.2f}{min(each):8.2f}{max(each):8.2f}")
    steps = [sum(step) / other for *step, other in zip(parts["import WeasyPrint"], parts["PDF"], bare, strict=True)]
    print(f"{'PDF step / WeasyPrint alone':30}{statistics.median(steps):8.2f}{min(steps):8.2f}{max(steps):8.2f}")
    middles = {name: statistics.median(seconds) for name, seconds in parts.items()}
    total = sum(middles.values())
    print(f"\n{'within a build':30}{'median':>8}{'share':>8}")
    for name, middle in middles.items():
        print(f"  {name:28}{middle:8.2f}{middle / total:8.0%}")
    print(f"  {'together':28}{total:8.2f}")


def stage_by_stage(copy: Path, month: str, page: Path, style: Path) -> dict[str, float]:
    """Build in this process: the seconds of each stage. Leaves the printed page and its style in two files."""
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[..., Any], *values: object) -> Any:  # noqa: ANN401 - whatever the work returns
        start = time.perf_counter()
        result = work(*values)
        seconds[name] = time.perf_counter() - start
        return result

    timed("import mpr", import_module, "mpr.cli.main")
    project = import_module("mpr.project").Project(copy)
    checked = timed("read and judge", import_module("mpr.desk.check").check, project, month)
    made = timed("assemble", import_module("mpr.report.assemble").assemble, checked.scorecard)
    chart = timed("import Altair", import_module, "mpr.render.chart")
    charts = timed("charts", chart.draw, made.charts, project.template("fonts"))
    html = timed("import Jinja", import_module, "mpr.render.html")
    _, printed = timed("HTML", html.render, made, charts, project)
    page.write_text(printed, encoding="utf-8")
    style.write_text(html.print_style(project), encoding="utf-8")
    pdf = timed("import WeasyPrint", import_module, "mpr.render.pdf")
    timed("PDF", pdf.render, printed, project)
    return seconds


if __name__ == "__main__":
    if sys.argv[1:2] == [STAGES]:
        folder, month, page, style = sys.argv[2:]
        print(json.dumps(stage_by_stage(Path(folder), month, Path(page), Path(style))))
    else:
        main()
