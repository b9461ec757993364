"""What the commands print, and the exit code that each ends with."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mpr.cli import console
from mpr.cli.commands import build
from mpr.cli.main import COMMANDS
from mpr.problem import EnvironmentFault
from mpr.project import Project

Run = Callable[..., tuple[int, list[str], list[str]]]
TRACES = ("Traceback", 'File "', "RuntimeError")
MAY = "2018-05"


def _raising(error: Exception) -> Callable[..., None]:
    def build_reports(*_: object, **__: object) -> None:
        raise error

    return build_reports


def _change(project: Project, old: str, new: str) -> None:
    """Change the values of May 2018."""
    path = project.get_values_path(MAY)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _remove_comment(project: Project) -> None:
    """Remove the comment on a red indicator, so that there is a warning."""
    path = project.get_values_path(MAY)
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^(LM 1\.2,[^,]*,78%,,,).*$", r"\1", text), encoding="utf-8")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


QUIET = ["May 2018: 12 indicators, no problems found"]
UNCOMMENTED = "data/2018-05.csv:3:6: warning W501 LM 1.2 "


def test_exit_code_is_0_without_problems(council: Project, mpr: Run) -> None:
    assert mpr("--project", council.root, "check", MAY) == (0, QUIET, [])


def test_accepted_findings_are_counted(quiet: Project, mpr: Run) -> None:
    code, out, err = mpr("--project", quiet.root, "check", MAY)
    assert (code, err) == (0, [])
    assert re.fullmatch(r"\d+ findings accepted in data/2018-05\.yaml", out[1])


def test_explain_prints_what_a_code_means(mpr: Run) -> None:
    code, out, err = mpr("check", "--explain", "w508")
    assert (code, err) == (0, [])
    assert out[0].startswith("W508: A comment ")
    assert len(out) > 2
    code, out, err = mpr("check", "--explain", "W999")
    assert (code, out) == (2, [])
    assert "there is no code 'W999'; docs/checks.md lists all codes" in " ".join(err)


def test_exit_code_is_0_with_warnings(council: Project, mpr: Run) -> None:
    _remove_comment(council)
    code, out, err = mpr("--project", council.root, "check", MAY)
    assert (code, out, len(err), err[-1]) == (0, [], 2, "1 warning")


def test_exit_code_is_1_if_the_input_is_at_fault(council: Project, mpr: Run) -> None:
    council.indicators_path.unlink()
    code, out, err = mpr("--project", council.root, "check", MAY)
    assert (code, out) == (1, [])
    assert err[0].startswith("indicators.yaml: error E101 ")
    assert err[-1] == "1 error"


def test_a_build_with_bad_input_ends_with_1_and_writes_nothing(council: Project, mpr: Run) -> None:
    council.get_edition_path(MAY).unlink()
    code, out, err = mpr("--project", council.root, "build", MAY)
    assert (code, out, err[-1]) == (1, [], "1 error")
    assert not (council.root / "out").exists()


def test_exit_code_is_1_if_the_folder_does_not_exist(tmp_path: Path, mpr: Run) -> None:
    code, _, err = mpr("--project", tmp_path / "nowhere", "check", MAY)
    assert (code, err[-1]) == (1, "1 error")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("check", "May"),
        ("check", "2018-13"),
        ("check",),
        ("check", MAY, "2018-06"),
        ("chek", MAY),
        ("build", MAY, "--format", "doc"),
        ("build", "--colour"),
        ("--project",),
    ],
)
def test_exit_code_is_2_if_the_command_is_at_fault(words: tuple[str, ...], mpr: Run) -> None:
    code, out, err = mpr(*words)
    assert (code, out) == (2, [])
    assert any(line.startswith("Error: ") for line in err)
    assert not any(trace in line for line in err for trace in TRACES)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("check", "May"), "'May' is not a period; write a month as 2018-06, a quarter as 2018-19-Q1 or"),
        (("build", "2018-05..2018-19-Q2"), "'2018-05..2018-19-Q2' is not a range of periods; write the first"),
        (("build", MAY, "--format", "doc"), "'doc' is not one of the formats html, pdf, xlsx, csv, json"),
        (("build", MAY, "--aim", "a", "--committee", "b"), "choose one kind of part at a time"),
    ],
)  # fmt: skip
def test_a_wrong_word_is_named_with_what_to_write(words: tuple[str, ...], message: str, mpr: Run) -> None:
    _, _, err = mpr(*words)
    assert message in " ".join(err)


def test_exit_code_is_3_if_the_machine_lacks_something(mpr: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = "Pango is missing; run apt install libpango-1.0-0"
    monkeypatch.setattr(build, "build_reports", _raising(EnvironmentFault(fault)))
    assert mpr("build", MAY) == (3, [], [fault])
    assert not Path(console.CRASH_LOG).exists()


def test_exit_code_is_70_if_mpr_is_at_fault(mpr: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "build_reports", _raising(RuntimeError("an inner fault")))
    code, out, err = mpr("build", MAY)
    assert (code, out, len(err)) == (70, [], 1)
    assert err[0].startswith("mpr stopped because of a fault in mpr, not in your data; the details are in")
    assert not any(trace in err[0] for trace in TRACES)
    log = Path(console.CRASH_LOG).read_text(encoding="utf-8")
    assert "Traceback" in log
    assert "RuntimeError: an inner fault" in log


def test_a_fault_is_printed_even_if_no_log_can_be_written(mpr: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(console.CRASH_LOG).mkdir()
    monkeypatch.setattr(build, "build_reports", _raising(RuntimeError("an inner fault")))
    assert mpr("build", MAY) == (70, [], ["mpr stopped because of a fault in mpr, not in your data"])


def test_the_version_is_printed(mpr: Run) -> None:
    code, out, err = mpr("--version")
    assert (code, err) == (0, [])
    assert out[0].split()[0] == "mpr"
    assert out[0].split()[1][0].isdigit()


def _run(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own."""
    return subprocess.run(  # noqa: S603 - ours
        [sys.executable, *words],
        cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_mpr_runs_as_a_module(council: Project) -> None:
    done = _run("-m", "mpr", "check", MAY, folder=council.root)
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (0, QUIET, "")


def test_help_shows_every_summary_in_full_at_80_columns(mpr: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, err = mpr("--help")
    assert (code, err) == (0, [])
    listed = dict(line.split(maxsplit=1) for line in out[out.index("Commands:") + 1 :])
    assert list(listed) == list(COMMANDS)
    for name, command in COMMANDS.items():
        assert listed[name] == str(command.__doc__).split("\n")[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_begins_with_its_summary(name: str, mpr: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, err = mpr(name, "--help")
    assert (code, err) == (0, [])
    assert out[2].strip() == str(COMMANDS[name].__doc__).split("\n")[0]
    assert max(map(len, out)) <= 80


RENDERERS = ("altair", "vl_convert", "weasyprint", "pydyf", "jinja2")
HEAVY = (*RENDERERS, "starlette", "uvicorn", "watchfiles", "openpyxl", "xlsxwriter", "pikepdf")
LOADED = """
import sys
from mpr.cli.main import main
sys.argv = ["mpr", *{words}]
try:
    main()
except SystemExit as ended:
    print("mpr.load" in sys.modules, [name for name in {heavy} if name in sys.modules], ended.code)
"""


def _list_loaded(project: Project, *words: str, heavy: tuple[str, ...] = HEAVY) -> subprocess.CompletedProcess[str]:
    return _run("-c", LOADED.format(words=words, heavy=heavy), folder=project.root)


LIGHT_COMMANDS = {
    "check": (MAY,), "status": (MAY,), "explain": ("LM 2.2", MAY), "compare": ("2018-04", MAY), "new": ("2018-06",),
    "schema": (), "doctor": (), "init": ("another",),
}  # fmt: skip
REPORT_COMMANDS = {
    "build",
    "preview",
    "publish",
    "verify",
    "collect",
}  # they load what they need for reports, workbooks


@pytest.mark.parametrize(
    "words", [("--help",), ("--version",), *((name, *words) for name, words in LIGHT_COMMANDS.items())]
)
def test_a_command_that_makes_no_report_imports_no_renderer(council: Project, words: tuple[str, ...]) -> None:
    heavy = HEAVY if words[0] == "new" else (*HEAVY, "filelock")
    done = _list_loaded(council, *words, heavy=heavy)
    assert done.stdout.splitlines()[-1] in {"True [] 0", *(["True [] 3"] if "doctor" in words else [])}
    assert not done.stderr


@pytest.mark.parametrize(
    ("report_format", "loaded"),
    [("html", {"jinja2", "altair", "vl_convert"}), ("csv", set()), ("json", set()), ("xlsx", {"xlsxwriter"})],
)
def test_a_build_imports_only_what_its_format_needs(council: Project, report_format: str, loaded: set[str]) -> None:
    last_line = _list_loaded(council, "build", MAY, "--format", report_format).stdout.splitlines()[-1]
    assert last_line == f"True {[name for name in HEAVY if name in loaded]} 0"


def test_a_character_that_the_terminal_lacks_is_no_fault(council: Project) -> None:
    done = _run("-m", "mpr", "explain", "LM 1.1", MAY, folder=council.root, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert any(line.startswith("Target:") and "?" in line for line in done.stdout.splitlines())


def test_problems_are_printed_without_a_stack_trace_on_a_poor_terminal(council: Project) -> None:
    _change(council, ",78%,", ",‘78’ – £,")
    done = _run("-m", "mpr", "check", MAY, folder=council.root, PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert done.stderr.startswith("data/2018-05.csv:3:3: error E203 value ")
    assert "Traceback" not in done.stderr


def test_strict_fails_with_warnings_after_printing_all(council: Project, mpr: Run) -> None:
    assert mpr("--project", council.root, "check", MAY, "--strict")[0] == 0
    _remove_comment(council)
    code, _, plain = mpr("--project", council.root, "check", MAY)
    strict, _, err = mpr("--project", council.root, "check", MAY, "--strict")
    assert (code, strict) == (0, 1)
    assert err == plain
    assert err[0].startswith(UNCOMMENTED)
    assert err[1:] == ["1 warning"]


def test_problems_are_printed_for_programs_and_for_github(council: Project, mpr: Run) -> None:
    assert mpr("--project", council.root, "check", MAY, "--format", "json") == (0, ["[]"], [])
    _remove_comment(council)
    _change(council, ",36.84,", ",36.84%,")
    code, out, err = mpr("--project", council.root, "check", MAY, "--format", "json")
    assert (code, err) == (1, [])
    first, second = json.loads("".join(out))
    assert (first["code"], first["severity"], first["place"]) == (
        "E204", "error", {"file": "data/2018-05.csv", "sheet": "", "line": 2, "column": 3},
    )  # fmt: skip
    assert (second["code"], second["severity"]) == ("W501", "warning")
    code, out, err = mpr("--project", council.root, "check", MAY, "--format", "github")
    assert (code, err) == (1, [])
    assert out[0].startswith("::error file=data/2018-05.csv,line=2,col=3::E204 value '36.84%25'")
    assert out[1].startswith("::warning file=data/2018-05.csv,line=3,col=6::W501 LM 1.2 ")


def test_errors_are_printed_last(council: Project, mpr: Run) -> None:
    _remove_comment(council)
    _change(council, ",36.84,", ",36 84,")
    _, _, err = mpr("--project", council.root, "build", MAY)
    assert err[-1] == "1 error and 1 warning"
    assert err[-2].startswith("data/2018-05.csv:2:3: error E203 value '36 84'")
    assert [" warning " in line for line in err[:-2]] == [True]
