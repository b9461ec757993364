"""The cache of drawn charts: a cached chart is always the one that would be drawn now."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from mpr.project import Project
from mpr.render import cache
from mpr.render.charts import cached_charts, svg
from mpr.report.model.chart import Chart
from mpr.report.model.report import Report

ROOT = Path(__file__).parents[2]
DAY = 86_400


class _Pens:
    """Draws charts as their words alone, and notes which it was asked for."""

    def __init__(self) -> None:
        self.drawn: list[str] = []

    def draw(self, charts: Iterable[Chart]) -> dict[str, str]:
        svgs = {chart.anchor: f"<svg>{chart.description} – {chart.low}</svg>" for chart in charts}
        self.drawn += svgs
        return svgs


@pytest.fixture
def pens(monkeypatch: pytest.MonkeyPatch) -> _Pens:
    pens = _Pens()
    monkeypatch.setattr(svg, "draw_charts", pens.draw)
    return pens


@pytest.fixture
def charts(council_report: Report) -> tuple[Chart, ...]:
    return council_report.charts[:3]


def _list_cached(project: Project) -> list[Path]:
    return sorted(project.cache.glob("*.svg"))


def test_cached_chart_is_byte_identical_to_a_drawn_one(council: Project, charts: tuple[Chart, ...]) -> None:
    drawn = svg.draw_charts(charts)
    assert len(set(drawn.values())) == 3
    assert cached_charts.load_or_draw(charts, council) == drawn
    assert cached_charts.load_or_draw(charts, council) == drawn
    assert len(_list_cached(council)) == 3


def test_only_charts_that_are_neither_given_nor_cached_are_drawn(
    council: Project, charts: tuple[Chart, ...], pens: _Pens
) -> None:
    one, two, three = charts
    cached_charts.load_or_draw([one], council)
    assert pens.drawn == [one.anchor]
    svgs = cached_charts.load_or_draw(charts, council, {two: "<svg>given</svg>"})
    assert pens.drawn == [one.anchor, three.anchor]
    assert list(svgs) == [chart.anchor for chart in charts]
    assert svgs[two.anchor] == "<svg>given</svg>"
    assert len(_list_cached(council)) == 2


def test_chart_is_drawn_again_if_anything_in_it_changes(
    council: Project, charts: tuple[Chart, ...], pens: _Pens
) -> None:
    def count_drawn(chart: Chart = charts[0]) -> int:
        cached_charts.load_or_draw([chart], council)
        return len(pens.drawn)

    assert [count_drawn(), count_drawn()] == [1, 1]
    assert count_drawn(replace(charts[0], description="Another")) == 2
    assert count_drawn(replace(charts[0], low=charts[0].low - 1)) == 3
    assert [count_drawn(), len(_list_cached(council))] == [3, 3]


@pytest.mark.parametrize("library", cached_charts.LIBRARIES)
def test_chart_is_drawn_again_with_another_version_of_a_library(
    library: str, council: Project, charts: tuple[Chart, ...], pens: _Pens, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = cache.version
    cached_charts.load_or_draw(charts[:1], council)
    cache._hash_environment.cache_clear()  # noqa: SLF001 - in a process, no version changes
    monkeypatch.setattr(cache, "version", lambda name: version(name) + ("+" if name == library else ""))
    cached_charts.load_or_draw(charts[:1], council)
    cache._hash_environment.cache_clear()  # noqa: SLF001 - as above
    assert len(pens.drawn) == len(_list_cached(council)) == 2


def test_all_code_that_draws_is_hashed_into_the_names_of_cached_charts() -> None:
    code = "import sys; import mpr.render.charts.svg; print(*(m for m in sys.modules if m.startswith('mpr')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    modules = set(done.stdout.split())
    assert {"mpr.render.charts.trend", "mpr.render.charts.palette", "mpr.render.charts.vega_marks"} <= modules
    outside = {module for module in modules if not module.startswith("mpr.render")}
    assert outside == {"mpr", "mpr.report", "mpr.report.model", "mpr.report.model.chart"}, (
        "the file's name has a hash of all that a chart says, and of nothing else outside mpr.render"
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[:-1],
        lambda data: data[:64],
        lambda data: data + b"<script>",
        lambda data: data.replace(b"svg", b"SVG"),
        lambda data: data[65:],
        lambda data: b"\xff\n" + data,
    ],
)
def test_damaged_chart_is_drawn_again(
    damage: Callable[[bytes], bytes], council: Project, charts: tuple[Chart, ...], pens: _Pens
) -> None:
    found = cached_charts.load_or_draw(charts[:1], council)
    [path] = _list_cached(council)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert path.read_bytes() != whole
    assert cached_charts.load_or_draw(charts[:1], council) == found
    assert len(pens.drawn) == 2
    assert path.read_bytes() == whole


def test_full_disk_leaves_no_half_written_chart(
    council: Project, charts: tuple[Chart, ...], pens: _Pens, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def fill(path: Path, data: bytes) -> int:
        write(path, data[:70])
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", fill)
        found = cached_charts.load_or_draw(charts, council)
    assert _list_cached(council) == []
    assert cached_charts.load_or_draw(charts, council) == found
    assert len(pens.drawn) == 6
    assert len(_list_cached(council)) == 3


def test_charts_are_drawn_if_the_cache_cannot_be_a_folder(
    council: Project, charts: tuple[Chart, ...], pens: _Pens
) -> None:
    council.cache.write_text("a file stands in its place", encoding="utf-8")
    found = cached_charts.load_or_draw(charts, council)
    assert cached_charts.load_or_draw(charts, council) == found
    assert len(pens.drawn) == 6
    assert council.cache.read_text(encoding="utf-8") == "a file stands in its place"


@pytest.mark.usefixtures("pens")
def test_full_cache_drops_the_chart_used_longest_ago(
    council: Project, charts: tuple[Chart, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = (replace(charts[0], anchor=f"chart-{number}") for number in range(3))  # all of one size
    names: dict[Chart, Path] = {}
    for age, chart in enumerate((one, two)):
        cached_charts.load_or_draw([chart], council)
        [path] = set(_list_cached(council)) - set(names.values())
        names[chart] = path
        os.utime(path, (DAY * (age + 1), DAY * (age + 1)))
    left = council.cache / "left-behind.1234"
    left.write_bytes(b"of a build that was cut short")
    os.utime(left, (0, 0))
    cached_charts.load_or_draw([one], council)  # now the second is the one used longest ago
    monkeypatch.setattr(cache, "TRIM_PREFIX", "")
    monkeypatch.setattr(cache, "MAX_BYTES", 2 * names[one].stat().st_size)
    cached_charts.load_or_draw([three], council)
    assert len(_list_cached(council)) == 2
    assert names[one].exists()
    assert not names[two].exists()
    assert not left.exists()


def test_git_ignores_the_cache(council: Project, charts: tuple[Chart, ...]) -> None:
    git = ["git", "-C", str(council.root)]
    subprocess.run([*git, "init", "-q"], check=True)  # noqa: S603 - ours
    cached_charts.load_or_draw(charts[:1], council)
    done = subprocess.run([*git, "status", "--short"], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert sorted(line[3:] for line in done.stdout.splitlines()) == ["data/", "indicators.yaml"]
