"""Ends a process at each step of what it does with files, one after the other, and says what it left.

Run as a script with a project, a place to work in, the name of what is done and how it ends. An audit hook sees every
file that is opened, moved or taken away, whatever library does it; the process is a copy (fork) of this one, made
before anything has begun.
"""

import errno
import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from mpr.problem import InputError
from mpr.project import Project
from mpr.render.charts import svg
from mpr.render.html import page
from mpr.render.pdf import document
from mpr.workflows import publish as published
from mpr.workflows.build import FORMATS, build_reports
from mpr.workflows.check import check_period
from mpr.workflows.collect import collect_workbooks
from mpr.workflows.new import create_period_files
from mpr.workflows.transaction import recover

OLD, NEW = "2025-06", "2025-07"  # a period that has a report, and one whose workbooks have come back
ENDED, DONE, REFUSED, FAULT = 9, 0, 1, 70
TOUCHING = {"os.rename", "os.remove", "os.mkdir", "os.truncate"}
Found = dict[str, str]


def _undrawn() -> None:
    """Leave drawing and printing out, which touch no file of the project."""
    svg.draw_charts = lambda *_, **__: {}  # type: ignore[assignment]
    page.render_report = lambda *_: ("the new page", "to print")
    document.render_pdf = lambda *_: (b"the new print", 1)


def _build(project: Project) -> None:
    _undrawn()
    build_reports(project, (OLD,), FORMATS, lambda _: None)


def _collect(project: Project) -> None:
    collect_workbooks(project, project.root / "returned", NEW)


def _new(project: Project) -> None:
    create_period_files(project, "2025-08", workbook=True)


def _publish(project: Project) -> None:
    _undrawn()
    published.FORMATS = ("html",)  # as many files again would show nothing more
    published.publish_edition(project, OLD, check_period(project, OLD).scorecard.edition.version, lambda _: None)


DEEDS: Mapping[str, Callable[[Project], None]] = {
    "build": _build,
    "collect": _collect,
    "new": _new,
    "publish": _publish,
}


def _seen(root: Path, step: Callable[[Path, bool], None]) -> None:
    """Call `step` before each file below a folder is written to (which it is told), moved or taken away."""

    def hook(event: str, args: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(args[2], int) and bool(args[2] & (os.O_WRONLY | os.O_RDWR))
        path = args[0] if writes or event in TOUCHING else None
        if isinstance(path, str | os.PathLike) and Path(path).is_relative_to(root):
            step(Path(path), writes)

    sys.addaudithook(hook)


def _child(project: Project, deed: str, end: str, last: int) -> tuple[int, str]:
    """Do something, ended or refused at a step, refused for good from it on; return how that came out, and the steps.

    One that is killed where it begins to write a file leaves that in part.
    """
    steps, inside = 0, False

    def step(path: Path, writes: bool) -> None:  # noqa: FBT001 - an audit hook calls it
        nonlocal steps, inside
        if inside:
            return
        steps += 1
        if end == "killed" and steps == last:
            inside = True
            if writes and not path.exists():
                path.write_bytes(b"to")
            os._exit(ENDED)
        refused = end.removesuffix("+")
        if refused in errno.errorcode.values() and (steps == last or (end.endswith("+") and steps > last)):
            raise OSError(getattr(errno, refused), os.strerror(getattr(errno, refused)), str(path))

    _seen(project.root, step)
    try:
        DEEDS[deed](project)
    except InputError as error:
        return REFUSED, str(error)
    return DONE, str(steps)


def files(project: Project) -> Found:
    """Return what every file of a project holds, hidden ones too, but the lock and what is kept to be faster."""
    found = (path for path in project.root.rglob("*") if path.is_file() and path.name != ".mpr-lock")
    paths = [path for path in found if not path.is_relative_to(project.cache)]
    return {project.display_path(path): path.read_bytes().hex() for path in sorted(paths)}


def _ended(start: Path, work: Path, deed: str, end: str, last: int) -> dict[str, object]:
    """Return how a process came out and what it said, and the files that it left: at once, and once set right."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(start, work / "project")
    project, told = Project(work / "project"), work / "said"
    child = os.fork()
    if not child:
        code = FAULT
        try:
            code, said = _child(project, deed, end, last)
        except BaseException:  # noqa: BLE001 - whatever it is, the parent is to hear of it
            said = traceback.format_exc()
        told.write_text(said, encoding="utf-8")
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said = told.read_text(encoding="utf-8") if told.exists() else ""
    left = files(project)
    recover(project)
    return {"code": code, "said": said, "left": left, "right": files(project)}


def main(start: str, work: str, deed: str, end: str) -> None:
    """Print, as JSON, what a process leaves that ends at its first step, at its second and so on; last, a whole one."""
    found: list[dict[str, object]] = []
    while True:
        last = len(found) + 1
        found.append(_ended(Path(start), Path(work), deed, end, last))
        if found[-1]["code"] == FAULT or (found[-1]["code"] == DONE and int(str(found[-1]["said"])) < last):
            break
    print(json.dumps(found))  # noqa: T201 - what the test reads


if __name__ == "__main__":
    main(*sys.argv[1:])
