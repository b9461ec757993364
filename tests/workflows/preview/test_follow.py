"""What follows a change: another page, and bad news only where the files stand still."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest

from mpr.problem import EnvironmentFault, InputError
from mpr.project import Project
from mpr.render.charts.cached_charts import ChartSvgs
from mpr.report.model.chart import Sparkline
from mpr.workflows.preview import server
from mpr.workflows.preview.broadcaster import Broadcaster
from mpr.workflows.preview.pdf_worker import PdfWorker
from mpr.workflows.preview.rendering import PreviewPage

MAY = "2018-05"


class _Printer(PdfWorker):
    """Prints nothing."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def warm_up(self) -> None:
        """Take no time."""


def _look(project: Project, *_: object) -> PreviewPage:
    """Show the values' file itself; what it says is what happens."""
    text = project.get_values_path(MAY).read_text(encoding="utf-8")
    if text == "fault":
        raise RuntimeError("an inner fault")
    if text == "machine":
        raise EnvironmentFault("no Pango")
    return PreviewPage(text, text, "" if text == "bad" else text)


async def _followed(project: Project, texts: list[str], failed: Callable[[BaseException], None]) -> list[str]:
    """Write texts one after the other, each once the one before is shown, and return what was shown."""
    feed, shown = Broadcaster(), []
    following = asyncio.create_task(server.follow_changes(feed, _Printer(project), project, MAY, failed))
    async with asyncio.timeout(60):
        async for each in feed.iter_pages():
            shown.append(each.html)
            if not texts:
                break
            project.get_values_path(MAY).write_text(texts.pop(0), encoding="utf-8")
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following
    return shown


def test_a_fault_is_logged_and_shown_and_the_preview_goes_on(council: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "render_preview", _look)
    council.get_values_path(MAY).write_text("one", encoding="utf-8")
    faults: list[BaseException] = []
    shown = asyncio.run(_followed(council, ["fault", "two", "machine", "three", "bad", "four"], faults.append))
    assert [shown[at] for at in (0, 2, 4, 5, 6)] == ["one", "two", "three", "bad", "four"]
    assert "a fault in mpr" in shown[1]
    assert "no Pango." in shown[3]
    assert [str(each) for each in faults] == ["an inner fault"]


def test_a_half_written_file_is_not_shown(council: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    path = council.get_values_path(MAY)

    def look(council: Project, period: str, drawn: ChartSvgs, _: object) -> PreviewPage:
        shown = _look(council, period, drawn)
        if shown.html == "bad":
            path.write_text("whole", encoding="utf-8")  # what was half written when it was read
        return shown

    monkeypatch.setattr(server, "render_preview", look)
    path.write_text("one", encoding="utf-8")
    assert asyncio.run(_followed(council, ["bad"], lambda _: None)) == ["one", "whole"]


def test_charts_are_warmed_up_once_there_is_a_report(council: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    spark = Sparkline("spark", "", 1, (), Decimal(0), Decimal(1))

    def look(council: Project, period: str, drawn: ChartSvgs, _: object) -> PreviewPage:
        shown = _look(council, period, drawn)
        return replace(shown, charts={spark: "<svg></svg>"} if shown.print_html else drawn)

    warmed: list[ChartSvgs] = []
    monkeypatch.setattr(server, "render_preview", look)
    monkeypatch.setattr(server, "warm_up", warmed.append)
    council.get_values_path(MAY).write_text("bad", encoding="utf-8")
    asyncio.run(_followed(council, ["one", "bad", "two", "three"], lambda _: None))
    assert warmed == [{spark: "<svg></svg>"}]


def test_without_a_free_port_the_remedy_is_named(council: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(server.socket, "create_server", refuse)
    with pytest.raises(EnvironmentFault, match="no port from 8018 to 8117 is free; stop some"):
        server.serve_preview(council, MAY, lambda _: None, lambda _: None)


def test_without_any_period_the_first_step_is_named(council: Project) -> None:
    for path in council.data.glob("*.csv"):
        path.unlink()
    with pytest.raises(InputError, match="data: error E107 no period has a data file; begin one with mpr new"):
        server.serve_preview(council, None, lambda _: None, lambda _: None)
