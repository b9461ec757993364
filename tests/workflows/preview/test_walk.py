"""A preview that keeps what it made shows after every edit what one shows that was started just then."""

import csv
import shutil
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest

from mpr.load.values import format_csv
from mpr.memo import MemoCache
from mpr.project import Project
from mpr.report.model.chart import BulletChart, TrendChart
from mpr.workflows.preview.page_diff import diff_pages
from mpr.workflows.preview.rendering import PreviewPage, render_preview
from tests.conftest import MAY, ROOT
from tests.workflows.preview.test_page_diff import body, filled

APRIL = "2018-04"
Edit = Callable[[Project], None]


def _in(name: str, old: str, new: str) -> Edit:
    """Return an edit of a file of the project."""

    def edit(project: Project) -> None:
        path = project.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def _last_row_first(project: Project) -> None:
    heads, *rows, last = _rows(project)
    _write(project, [heads, last, *rows])


def _as_from_a_workbook(project: Project) -> None:
    """Write the values as `mpr collect` does."""
    project.get_values_path(MAY).write_text(format_csv(_rows(project)), encoding="utf-8")


def _own_row(project: Project) -> None:
    own = project.root / "templates"
    own.mkdir()
    shutil.copy(ROOT / "templates" / "row.html", own)
    _in("templates/row.html", "<tr", '<tr class="ours"')(project)


def _no_own_templates(project: Project) -> None:
    shutil.rmtree(project.root / "templates")


def _rows(project: Project) -> list[list[str]]:
    with project.get_values_path(MAY).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def _write(project: Project, rows: list[list[str]]) -> None:
    with project.get_values_path(MAY).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


WALK: dict[str, Edit] = {
    "a figure": _in(f"data/{MAY}.csv", ",78%,", ",77%,"),
    "the same figure in other words": _in(f"data/{MAY}.csv", ",77%,", ",77.00%,"),
    "a figure that changes the outcome": _in(f"data/{MAY}.csv", ",77.00%,", ",96%,"),
    "an earlier figure": _in(f"data/{APRIL}.csv", ",37.48,", ",36.48,"),
    "a comment": _in(f"data/{MAY}.csv", "Reviews are late", "Reviews came late"),
    "another order of rows": _last_row_first,
    "an error": _in(f"data/{MAY}.csv", ",96%,", ",9 6%,"),
    "its mending, and a comment": _in(f"data/{MAY}.csv", ",9 6%,,,", ",81%,,,Yes. "),
    "a target that is printed otherwise": _in("indicators.yaml", "annual: 46.00%", "annual: 46.0%"),
    "a name": _in("indicators.yaml", 'alias: "Care plans: reviews"', "alias: Timely reviews"),
    "a section's title": _in("indicators.yaml", "title: All indicators by aim", "title: All indicators"),
    "the version": _in(f"data/{MAY}.yaml", 'version: "1.0"', 'version: "1.0 draft"'),
    "a template of the council's own": _own_row,
    "the same template": _in("templates/row.html", "ours", "theirs"),
    "no template of its own": _no_own_templates,
    "a returned workbook": _as_from_a_workbook,
}


IN_A_NEW_PROCESS = {  # where what a module keeps, such as its templates, might be stale
    "a section's title",
    "a template of the council's own",
    "the same template",
    "no template of its own",
    "a returned workbook",
}


def get_texts(shown: PreviewPage) -> tuple[str, str, str]:
    return shown.html, shown.print_html, shown.version


def render_fresh(project: Project) -> tuple[str, str, str]:
    return get_texts(render_preview(project, MAY, {}))


@pytest.fixture
def pool() -> Iterator[ProcessPoolExecutor]:
    """Return processes that render once."""
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
        yield pool


def test_a_preview_with_a_cache_shows_what_a_fresh_one_shows(council: Project, pool: ProcessPoolExecutor) -> None:
    _in(f"data/{MAY}.csv", "green,Most visits are made in summer,", "green,,")(council)  # a warning names its line
    cache, shown, unseen = MemoCache(), render_preview(council, MAY, {}), set()
    assert set(WALK) > IN_A_NEW_PROCESS
    for name, edit in WALK.items():
        edit(council)
        before = shown
        fresh = pool.submit(render_fresh, council).result() if name in IN_A_NEW_PROCESS else render_fresh(council)
        shown = render_preview(council, MAY, before.charts, cache)
        assert get_texts(shown) == fresh, name
        if shown.print_html:
            cache.drop_unused()
        if sent := diff_pages(before.parts, shown.parts):
            assert filled(sent, before.parts) == body(shown.html), name
        if shown.html == before.html:
            unseen.add(name)
    assert unseen == {"the same figure in other words", "a returned workbook"}


class _Counted(MemoCache):
    """Counts what is built, by the module that builds it."""

    def __init__(self) -> None:
        super().__init__()
        self.made: Counter[str] = Counter()

    def get(self, build: Callable[..., Any], *arguments: Hashable) -> Any:  # noqa: ANN401 - whatever is built
        key = (build, *arguments)
        self.made[build.__module__] += key not in self._current and key not in self._previous
        return super().get(build, *arguments)


def _made(kept: _Counted, project: Project, before: PreviewPage, edit: Edit) -> tuple[PreviewPage, dict[str, int]]:
    """Edit, look, and return what was made."""
    kept.made.clear()
    edit(project)
    shown = render_preview(project, MAY, before.charts, kept)
    kept.drop_unused()
    return shown, {name: number for name, number in kept.made.items() if number}


def test_only_the_parts_of_a_changed_indicator_are_made_again(council: Project) -> None:
    kept = _Counted()
    shown, first = _made(kept, council, render_preview(council, MAY, {}), lambda _: None)
    assert first == {
        "mpr.rules.runner": 12,
        "mpr.report.sections.columns": 9 + 12,
        "mpr.report.charts.trend": 7,
        "mpr.report.sections.detail": 7,
        "mpr.report.sections.key": 9 + 12 + 7 + 12,
        "mpr.render.html.page": 9 + 12 + 7,
    }
    shown, none = _made(kept, council, shown, lambda _: None)
    assert none == {}
    one = {
        "mpr.rules.runner": 1,
        "mpr.report.sections.columns": 2,
        "mpr.report.charts.trend": 1,
        "mpr.report.sections.detail": 1,
        "mpr.report.sections.key": 2 + 1 + 1,
        "mpr.render.html.page": 2 + 1,
    }
    before = shown
    shown, figure = _made(kept, council, shown, WALK["a figure"])
    assert figure == one
    assert {type(each) for each in shown.charts.keys() - before.charts.keys()} == {TrendChart, BulletChart}
    edit = _in(f"data/{MAY}.csv", "Both posts are filled", "Both posts will be filled")
    shown, comment = _made(kept, council, shown, edit)
    assert comment == one
    shown, version = _made(kept, council, shown, WALK["the version"])
    assert version == {}
    _, name = _made(kept, council, shown, WALK["a name"])
    assert name == first, "what is read of indicators may be printed otherwise wherever they stand"
