"""What is kept of drawn charts: never anything but what would be drawn now."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from mpr.project import Project
from mpr.render import cache
from mpr.render.charts import cached_charts
from mpr.render.charts import svg as chart
from mpr.report.model.chart import Chart
from mpr.report.model.report import Report

ROOT = Path(__file__).parents[2]
DAY = 86_400


class _Pens:
    """Draws nothing but words, and knows for which charts it was asked."""

    def __init__(self) -> None:
        self.drawn: list[str] = []

    def draw(self, charts: Iterable[Chart]) -> dict[str, str]:
        found = {each.anchor: f"<svg>{each.description} – {each.low}</svg>" for each in charts}
        self.drawn += found
        return found


@pytest.fixture
def pens(monkeypatch: pytest.MonkeyPatch) -> _Pens:
    pens = _Pens()
    monkeypatch.setattr(chart, "draw_charts", pens.draw)
    return pens


@pytest.fixture
def charts(report: Report) -> tuple[Chart, ...]:
    return report.charts[:3]


def _kept(project: Project) -> list[Path]:
    return sorted(project.cache.glob("*.svg"))


def test_pictures_are_the_same_kept_or_drawn(project: Project, charts: tuple[Chart, ...]) -> None:
    drawn = chart.draw_charts(charts)
    assert len(set(drawn.values())) == 3
    assert cached_charts.load_or_draw(charts, project) == drawn
    assert cached_charts.load_or_draw(charts, project) == drawn
    assert len(_kept(project)) == 3


def test_only_what_is_neither_at_hand_nor_kept_is_drawn(
    project: Project, charts: tuple[Chart, ...], pens: _Pens
) -> None:
    one, two, three = charts
    cached_charts.load_or_draw([one], project)
    assert pens.drawn == [one.anchor]
    found = cached_charts.load_or_draw(charts, project, {two: "<svg>at hand</svg>"})
    assert pens.drawn == [one.anchor, three.anchor]
    assert list(found) == [each.anchor for each in charts]
    assert found[two.anchor] == "<svg>at hand</svg>"
    assert len(_kept(project)) == 2


def test_whatever_a_chart_shows_makes_it_another(project: Project, charts: tuple[Chart, ...], pens: _Pens) -> None:
    def again(chart: Chart = charts[0]) -> int:
        cached_charts.load_or_draw([chart], project)
        return len(pens.drawn)

    assert [again(), again()] == [1, 1]
    assert again(replace(charts[0], description="Another")) == 2
    assert again(replace(charts[0], low=charts[0].low - 1)) == 3
    assert [again(), len(_kept(project))] == [3, 3]


@pytest.mark.parametrize("library", cached_charts.LIBRARIES)
def test_another_version_of_a_library_draws_anew(
    library: str, project: Project, charts: tuple[Chart, ...], pens: _Pens, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = cache.version
    cached_charts.load_or_draw(charts[:1], project)
    cache._hash_environment.cache_clear()  # noqa: SLF001 - in a process, no version changes
    monkeypatch.setattr(cache, "version", lambda name: version(name) + ("+" if name == library else ""))
    cached_charts.load_or_draw(charts[:1], project)
    cache._hash_environment.cache_clear()  # noqa: SLF001 - as above
    assert len(pens.drawn) == len(_kept(project)) == 2


def test_all_that_draws_goes_into_the_names() -> None:
    code = "import sys; import mpr.render.charts.svg; print(*(each for each in sys.modules if each.startswith('mpr')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    modules = set(done.stdout.split())
    assert {"mpr.render.charts.trend", "mpr.render.charts.palette", "mpr.render.charts.vega_marks"} <= modules
    outside = {each for each in modules if not each.startswith("mpr.render")}
    assert outside == {"mpr", "mpr.report", "mpr.report.model.chart"}, "what a chart says is in its name in full"


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
def test_what_is_damaged_is_not_there(
    damage: Callable[[bytes], bytes], project: Project, charts: tuple[Chart, ...], pens: _Pens
) -> None:
    found = cached_charts.load_or_draw(charts[:1], project)
    [path] = _kept(project)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert path.read_bytes() != whole
    assert cached_charts.load_or_draw(charts[:1], project) == found
    assert len(pens.drawn) == 2
    assert path.read_bytes() == whole


def test_one_cut_short_leaves_nothing_half(
    project: Project, charts: tuple[Chart, ...], pens: _Pens, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def fill(path: Path, data: bytes) -> int:
        write(path, data[:70])
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", fill)
        found = cached_charts.load_or_draw(charts, project)
    assert _kept(project) == []
    assert cached_charts.load_or_draw(charts, project) == found
    assert len(pens.drawn) == 6
    assert len(_kept(project)) == 3


def test_without_a_folder_to_keep_them_in_they_are_drawn(
    project: Project, charts: tuple[Chart, ...], pens: _Pens
) -> None:
    project.cache.write_text("a file stands in its place", encoding="utf-8")
    found = cached_charts.load_or_draw(charts, project)
    assert cached_charts.load_or_draw(charts, project) == found
    assert len(pens.drawn) == 6
    assert project.cache.read_text(encoding="utf-8") == "a file stands in its place"


@pytest.mark.usefixtures("pens")
def test_no_more_is_kept_than_may_be_and_what_was_used_longest_ago_goes(
    project: Project, charts: tuple[Chart, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = (replace(charts[0], anchor=f"chart-{number}") for number in range(3))  # all of one size
    names: dict[Chart, Path] = {}
    for age, each in enumerate((one, two)):
        cached_charts.load_or_draw([each], project)
        [path] = set(_kept(project)) - set(names.values())
        names[each] = path
        os.utime(path, (DAY * (age + 1), DAY * (age + 1)))
    left = project.cache / "left-behind.1234"
    left.write_bytes(b"of a build that was cut short")
    os.utime(left, (0, 0))
    cached_charts.load_or_draw([one], project)  # so that the second is now the one used longest ago
    monkeypatch.setattr(cache, "TRIM_PREFIX", "")
    monkeypatch.setattr(cache, "MAX_BYTES", 2 * names[one].stat().st_size)
    cached_charts.load_or_draw([three], project)
    assert len(_kept(project)) == 2
    assert names[one].exists()
    assert not names[two].exists()
    assert not left.exists()


def test_git_does_not_see_them(project: Project, charts: tuple[Chart, ...]) -> None:
    git = ["git", "-C", str(project.root)]
    subprocess.run([*git, "init", "-q"], check=True)  # noqa: S603 - ours
    cached_charts.load_or_draw(charts[:1], project)
    done = subprocess.run([*git, "status", "--short"], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert sorted(line[3:] for line in done.stdout.splitlines()) == ["data/", "indicators.yaml"]
