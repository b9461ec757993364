"""End a process at a step of its work with files, and report what it left.

Run as a script: the project to start from, a folder to work in, what to do, where it ends (at `all` steps, one after
another, or only at the `last replacement`, when all files but one are new) and how it ends, in one or more ways. An
audit hook sees every file that is opened for writing, moved or removed, whichever library does it. The process is a
copy (fork) of this one, made before any work has begun.
"""

import errno
import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
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
from mpr.workflows.transaction import recover, write_transaction

OLD, NEW = "2025-06", "2025-07"  # a period that has a report, and one whose workbooks have come back
ENDED, DONE, REFUSED, FAULT = 9, 0, 1, 70
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.truncate"}
Files = dict[str, str]
Step = tuple[str, str]  # the event, and the path in the project


def _skip_rendering() -> None:
    """Leave out drawing and printing, which touch no file of the project."""
    svg.draw_charts = lambda *_, **__: {}  # type: ignore[assignment]
    page.render_report = lambda *_: ("the new page", "to print")
    document.render_pdf = lambda *_: (b"the new print", 1)


def _write(project: Project) -> None:
    """Replace two files and add two, one of them in a new folder."""
    names = ("indicators.yaml", f"data/{OLD}.csv", "data/new.csv", "out/new folder/new.html")
    with write_transaction(project) as write:
        write({project.root / name: f"the new {name}".encode() for name in names})


def _build(project: Project) -> None:
    _skip_rendering()
    build_reports(project, (OLD,), FORMATS, lambda _: None)


def _collect(project: Project) -> None:
    collect_workbooks(project, project.root / "returned", NEW)


def _new(project: Project) -> None:
    create_period_files(project, "2025-08", workbook=True)


def _publish(project: Project) -> None:
    _skip_rendering()
    published.FORMATS = ("html",)  # the other formats would show nothing more
    published.publish_edition(project, OLD, check_period(project, OLD).scorecard.edition.version, lambda _: None)


DEEDS: Mapping[str, Callable[[Project], None]] = {
    "write": _write,
    "build": _build,
    "collect": _collect,
    "new": _new,
    "publish": _publish,
}


def _watch(root: Path, on_step: Callable[[str, Path], None]) -> None:
    """Call `on_step` before each file or folder below `root` is opened for writing, moved, made or removed."""

    def hook(event: str, args: tuple[object, ...]) -> None:
        is_write = event == "open" and isinstance(args[2], int) and bool(args[2] & (os.O_WRONLY | os.O_RDWR))
        path = args[0] if is_write or event in CHANGES else None
        if isinstance(path, str | os.PathLike) and Path(path).is_relative_to(root):
            on_step(event, Path(path))

    sys.addaudithook(hook)


def _run_deed(project: Project, deed: str, end: str, last: int) -> tuple[int, str]:
    """Do something that is ended or refused at a step, from 1, or refused from it on; return the outcome and the steps.

    A process that is killed when it begins to write a file leaves part of the file.
    """
    steps: list[Step] = []
    is_ending = False

    def on_step(event: str, path: Path) -> None:
        nonlocal is_ending
        if is_ending:
            return
        steps.append((event, project.display_path(path)))
        if end == "killed" and len(steps) == last:
            is_ending = True
            if event == "open" and not path.exists():
                path.write_bytes(b"to")
            os._exit(ENDED)
        refusal = end.removesuffix("+")
        is_refused = len(steps) == last or (end.endswith("+") and len(steps) > last)
        if refusal in errno.errorcode.values() and is_refused:
            raise OSError(getattr(errno, refusal), os.strerror(getattr(errno, refusal)), str(path))

    _watch(project.root, on_step)
    try:
        DEEDS[deed](project)
    except InputError as error:
        return REFUSED, str(error)
    return DONE, json.dumps(steps)


def read_files(project: Project) -> Files:
    """Return the content of every file of a project in hexadecimal, hidden files too, but not the lock or the cache."""
    paths = [path for path in project.root.rglob("*") if path.is_file() and path.name != ".mpr-lock"]
    paths = [path for path in paths if not path.is_relative_to(project.cache)]
    return {project.display_path(path): path.read_bytes().hex() for path in sorted(paths)}


def _end_once(start: Path, work: Path, deed: str, end: str, last: int) -> dict[str, object]:
    """Return how a process ended and what it said, and the files that it left: at once, and after recovery."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(start, work / "project")
    project, message_path = Project(work / "project"), work / "said"
    child = os.fork()
    if not child:
        code = FAULT
        try:
            code, message = _run_deed(project, deed, end, last)
        except BaseException:  # noqa: BLE001 - the parent reports every fault
            message = traceback.format_exc()
        message_path.write_text(message, encoding="utf-8")
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    message = message_path.read_text(encoding="utf-8") if message_path.exists() else ""
    left = read_files(project)
    recover(project)
    return {"code": code, "said": message, "left": left, "recovered": read_files(project)}


def find_last_replacement(steps: Sequence[Step]) -> int:
    """Return the number, from 1, of the step that puts the last of the new files in its place."""
    moves = [(number, path) for number, (event, path) in enumerate(steps, 1) if event == "os.rename"]
    return [number for number, path in moves if path != ".mpr-journal.part"][-1]


def main(start: str, work: str, deed: str, where: str, *ends: str) -> None:
    """Print, as JSON, what an undisturbed process leaves and, by each way to end, what one leaves at each step."""
    whole = _end_once(Path(start), Path(work), deed, "undisturbed", 0)
    found: dict[str, list[dict[str, object]]] = {}
    if whole["code"] == DONE:
        steps = json.loads(str(whole["said"]))
        wanted = range(1, len(steps) + 1) if where == "all" else [find_last_replacement(steps)]
        for end in ends:
            found[end] = [_end_once(Path(start), Path(work), deed, end, number) for number in wanted]
    print(json.dumps({"whole": whole, "ends": found}))  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(*sys.argv[1:])
