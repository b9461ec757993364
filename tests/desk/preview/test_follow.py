"""What follows a change: another page, and bad news only where the files stand still."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest

from mpr.desk.preview import serve
from mpr.desk.preview.feed import Feed
from mpr.desk.preview.look import Shown
from mpr.desk.preview.printer import Printer
from mpr.problem import EnvironmentFault, InputError
from mpr.project import Project
from mpr.render.pictures import Pictures
from mpr.report.picture import Spark

MAY = "2018-05"


class _Printer(Printer):
    """Prints nothing."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def warm(self) -> None:
        """Take no time."""


def _look(project: Project, *_: object) -> Shown:
    """Show the values' file itself; what it says is what happens."""
    text = project.values(MAY).read_text(encoding="utf-8")
    if text == "fault":
        raise RuntimeError("an inner fault")
    if text == "machine":
        raise EnvironmentFault("no Pango")
    return Shown(text, text, "" if text == "bad" else text)


async def _followed(project: Project, texts: list[str], failed: Callable[[BaseException], None]) -> list[str]:
    """Write texts one after the other, each once the one before is shown, and return what was shown."""
    feed, shown = Feed(), []
    following = asyncio.create_task(serve.follow(feed, _Printer(project), project, MAY, failed))
    async with asyncio.timeout(60):
        async for each in feed.all():
            shown.append(each.page)
            if not texts:
                break
            project.values(MAY).write_text(texts.pop(0), encoding="utf-8")
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following
    return shown


def test_a_fault_is_kept_and_shown_and_the_preview_goes_on(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "look", _look)
    project.values(MAY).write_text("one", encoding="utf-8")
    faults: list[BaseException] = []
    shown = asyncio.run(_followed(project, ["fault", "two", "machine", "three", "bad", "four"], faults.append))
    assert [shown[at] for at in (0, 2, 4, 5, 6)] == ["one", "two", "three", "bad", "four"]
    assert "a fault of its own" in shown[1]
    assert "no Pango." in shown[3]
    assert [str(each) for each in faults] == ["an inner fault"]


def test_a_file_that_is_being_written_is_no_news(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project.values(MAY)

    def look(project: Project, period: str, drawn: Pictures, _: object) -> Shown:
        shown = _look(project, period, drawn)
        if shown.page == "bad":
            path.write_text("whole", encoding="utf-8")  # what was half written when it was read
        return shown

    monkeypatch.setattr(serve, "look", look)
    path.write_text("one", encoding="utf-8")
    assert asyncio.run(_followed(project, ["bad"], lambda _: None)) == ["one", "whole"]


def test_what_draws_charts_is_made_ready_once_there_is_a_report(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    spark = Spark("spark", "", 1, (), Decimal(0), Decimal(1))

    def look(project: Project, period: str, drawn: Pictures, _: object) -> Shown:
        shown = _look(project, period, drawn)
        return replace(shown, drawn={spark: "<svg></svg>"} if shown.printed else drawn)

    warmed: list[Pictures] = []
    monkeypatch.setattr(serve, "look", look)
    monkeypatch.setattr(serve, "warm", warmed.append)
    project.values(MAY).write_text("bad", encoding="utf-8")
    asyncio.run(_followed(project, ["one", "bad", "two", "three"], lambda _: None))
    assert warmed == [{spark: "<svg></svg>"}]


def test_without_a_port_the_cure_is_said(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(serve.socket, "create_server", refuse)
    with pytest.raises(EnvironmentFault, match="no port from 8018 to 8117 is free; end some"):
        serve.preview(project, MAY, lambda _: None, lambda _: None)


def test_without_any_period_it_says_how_to_begin(project: Project) -> None:
    for path in project.data.glob("*.csv"):
        path.unlink()
    with pytest.raises(InputError, match="data: error E107 no period has a data file; begin one with mpr new"):
        serve.preview(project, None, lambda _: None, lambda _: None)
