"""What the commands print, and the code that each ends with."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mpr.cli import console, making
from mpr.problem import EnvironmentFault
from mpr.project import Project

Run = Callable[..., tuple[int, list[str], list[str]]]
TRACES = ("Traceback", 'File "', "RuntimeError")


def _raising(error: Exception) -> Callable[..., None]:
    def build(*_: object, **__: object) -> None:
        raise error

    return build


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


QUIET = ["May 2018: 31 indicators, nothing to mend", "15 findings accepted in data/2018-05.yaml"]


def test_0_where_there_is_nothing_to_mend(quiet: Project, mpr: Run) -> None:
    assert mpr("--project", quiet.root, "check", "2018-05") == (0, QUIET, [])


def test_what_a_code_means(mpr: Run) -> None:
    code, out, err = mpr("check", "--explain", "w508")
    assert (code, err) == (0, [])
    assert out[0] == 'W508: A comment says the opposite of the figures, such as a target "being met" that is missed.'
    assert out[2].startswith("Compared are the figure and the target")
    code, out, err = mpr("check", "--explain", "W999")
    assert (code, out) == (2, [])
    assert "there is no code 'W999'; docs/checks.md has them all" in " ".join(err)


def test_0_with_warnings(quiet: Project, mpr: Run) -> None:
    path = quiet.get_values_path("2018-05")
    path.write_text(path.read_text(encoding="utf-8").replace("Judged against year end", ""), encoding="utf-8")
    code, out, err = mpr("--project", quiet.root, "check", "2018-05")
    assert (code, out, len(err), err[-1]) == (0, QUIET[1:], 3, "2 warnings")


def test_1_where_the_input_is_at_fault(project: Project, mpr: Run) -> None:
    project.indicators_path.unlink()
    code, out, err = mpr("--project", project.root, "check", "2018-05")
    assert (code, out) == (1, [])
    assert err[0].startswith("indicators.yaml: error E101 this file is missing")
    assert err[-1] == "1 error"


def test_1_where_a_build_is_given_bad_input(quiet: Project, mpr: Run) -> None:
    quiet.get_edition_path("2018-05").unlink()
    code, out, err = mpr("--project", quiet.root, "build", "2018-05")
    assert (code, out, err[-1]) == (1, [], "1 error and 15 warnings")
    assert not (quiet.root / "out").exists()


def test_1_where_there_is_no_such_folder(tmp_path: Path, mpr: Run) -> None:
    code, _, err = mpr("--project", tmp_path / "nowhere", "check", "2018-05")
    assert (code, err[-1]) == (1, "1 error")


@pytest.mark.parametrize(
    "words",
    [
        ("check", "May"),
        ("check", "2018-13"),
        ("check",),
        ("check", "2018-05", "2018-06"),
        ("chek", "2018-05"),
        ("build", "2018-05", "--format", "doc"),
        ("build", "--colour"),
        ("--project",),
    ],
)
def test_2_where_the_command_is_at_fault(words: tuple[str, ...], mpr: Run) -> None:
    code, out, err = mpr(*words)
    assert (code, out) == (2, [])
    assert any(line.startswith("Error: ") for line in err)
    assert not any(trace in line for line in err for trace in TRACES)


def test_a_month_that_is_none_is_said_so(mpr: Run) -> None:
    _, _, err = mpr("check", "May")
    assert "'May' is not a month; write the year and the month" in "\n".join(err)


def test_3_where_the_machine_lacks_something(mpr: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        making, "build_reports", _raising(EnvironmentFault("Pango is missing; run apt install libpango-1.0-0"))
    )
    assert mpr("build", "2018-05") == (3, [], ["Pango is missing; run apt install libpango-1.0-0"])
    assert not Path(console.CRASH_LOG).exists()


def test_70_where_mpr_is_at_fault(mpr: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "build_reports", _raising(RuntimeError("an inner fault")))
    code, out, err = mpr("build", "2018-05")
    assert (code, out, len(err)) == (70, [], 1)
    assert err[0].startswith("mpr stopped because of a fault of its own, not of your data; the details are in")
    assert not any(trace in err[0] for trace in TRACES)
    log = Path(console.CRASH_LOG).read_text(encoding="utf-8")
    assert "Traceback" in log
    assert "RuntimeError: an inner fault" in log


def test_70_where_not_even_the_log_can_be_written(mpr: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(console.CRASH_LOG).mkdir()
    monkeypatch.setattr(making, "build_reports", _raising(RuntimeError("an inner fault")))
    assert mpr("build", "2018-05") == (70, [], ["mpr stopped because of a fault of its own, not of your data"])


def test_the_version(mpr: Run) -> None:
    code, out, err = mpr("--version")
    assert (code, err) == (0, [])
    assert out[0].split()[0] == "mpr"
    assert out[0].split()[1][0].isdigit()


def test_help_names_the_commands(mpr: Run) -> None:
    code, out, err = mpr("--help")
    assert (code, err) == (0, [])
    assert all(word in "\n".join(out) for word in ("build", "check", "compare", "doctor", "--project", "--version"))
    assert mpr("check", "--help")[0] == 0


def _python(code: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    words, environment = [sys.executable, "-c", code], os.environ | more
    return subprocess.run(  # noqa: S603 - ours
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


RENDERERS = ("altair", "vl_convert", "weasyprint", "pydyf", "jinja2")
HEAVY = (*RENDERERS, "starlette", "uvicorn", "watchfiles", "openpyxl", "xlsxwriter")
LOADED = """
import sys
from mpr.cli.main import main
sys.argv = ["mpr", *{words}]
try:
    main()
except SystemExit as ended:
    print("mpr.load" in sys.modules, [name for name in {heavy} if name in sys.modules], ended.code)
"""


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("--version",),
        ("check", "2018-05"),
        ("status", "2018-05"),
        ("explain", "CP 3.4", "2018-05"),
        ("compare", "2018-04", "2018-05"),
        ("new", "2018-06"),
        ("schema",),
        ("doctor",),
    ],
)
def test_what_makes_no_report_imports_nothing_that_makes_one(quiet: Project, words: tuple[str, ...]) -> None:
    done = _python(LOADED.format(words=words, heavy=HEAVY), quiet.root)
    assert done.stdout.splitlines()[-1] in {"True [] 0", *(["True [] 3"] if "doctor" in words else [])}
    assert not done.stderr


def test_what_makes_a_report_is_seen_to_import_it(quiet: Project) -> None:
    done = _python(LOADED.format(words=("build", "2018-05", "--format", "html"), heavy=HEAVY), quiet.root)
    assert "'jinja2'" in done.stdout.splitlines()[-1]


def test_a_sign_that_a_terminal_lacks_is_no_fault(project: Project) -> None:
    code = "import sys; from mpr.cli.main import main; sys.argv = ['mpr', 'explain', 'CP 1.1', '2018-05']; main()"
    done = _python(code, project.root, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert any(line.startswith("Target:") and "38?" in line for line in done.stdout.splitlines())


def test_an_officer_sees_no_stack_trace_on_a_poor_terminal(quiet: Project) -> None:
    path = quiet.get_values_path("2018-05")
    path.write_text(path.read_text(encoding="utf-8").replace(",83%,", ",‘83’ – £,"), encoding="utf-8")
    code = "import sys; from mpr.cli.main import main; sys.argv = ['mpr', 'check', '2018-05']; main()"
    done = _python(code, quiet.root, PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert done.stderr.startswith("data/2018-05.csv:4:3: error E203 value ")
    assert "Traceback" not in done.stderr


def _warned(project: Project) -> None:
    """Take a comment away, so that there is a warning."""
    path = project.get_values_path("2018-05")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^(CP 1\.4,[^,]*,83%,,,).*$", r"\1", text), encoding="utf-8")


def test_strict_lets_warnings_fail_once_all_are_printed(quiet: Project, mpr: Run) -> None:
    assert mpr("--project", quiet.root, "check", "2018-05", "--strict")[0] == 0
    _warned(quiet)
    code, _, plain = mpr("--project", quiet.root, "check", "2018-05")
    strict, _, err = mpr("--project", quiet.root, "check", "2018-05", "--strict")
    assert (code, strict) == (0, 1)
    assert err == plain == [
        "data/2018-05.csv:4:6: warning W501 CP 1.4 is red at 83.0% and has no comment; say why, and what is being done",
        "1 warning",
    ]  # fmt: skip


def test_problems_for_a_program_and_for_github(quiet: Project, mpr: Run) -> None:
    assert mpr("--project", quiet.root, "check", "2018-05", "--format", "json") == (0, ["[]"], [])
    _warned(quiet)
    path = quiet.get_values_path("2018-05")
    path.write_text(path.read_text(encoding="utf-8").replace(",29.44,", ",29.44%,"), encoding="utf-8")
    code, out, err = mpr("--project", quiet.root, "check", "2018-05", "--format", "json")
    assert (code, err) == (1, [])
    first, second = json.loads("".join(out))
    assert (first["code"], first["severity"], first["place"]) == (
        "E204", "error", {"file": "data/2018-05.csv", "sheet": "", "line": 2, "column": 3},
    )  # fmt: skip
    assert (second["code"], second["severity"]) == ("W501", "warning")
    code, out, err = mpr("--project", quiet.root, "check", "2018-05", "--format", "github")
    assert (code, err) == (1, [])
    assert out[0].startswith("::error file=data/2018-05.csv,line=2,col=3::E204 value '29.44%25' is a percentage")
    assert out[1].startswith("::warning file=data/2018-05.csv,line=4,col=6::W501 CP 1.4 is red")


def test_what_stops_the_report_stands_last_above_the_prompt(project: Project, mpr: Run) -> None:
    path = project.get_values_path("2018-05")
    path.write_text(path.read_text(encoding="utf-8").replace(",83%,", ",8 3%,", 1), encoding="utf-8")
    _, _, said = mpr("--project", project.root, "build", "2018-05")
    assert said[-1] == "1 error and 15 warnings"
    assert said[-2] == "data/2018-05.csv:4:3: error E203 value '8 3%' is not a number; write 83% or TBC"
    assert [" warning " in line for line in said[:-2]] == [True] * 15
