"""The appendices that a month's file names: which are found, and what is said of those that are not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mpr.load.editions import appendix_files
from mpr.load.scorecard import Scorecard, load_scorecard
from mpr.project import Project

MAY = "2018-05"
BUDGET = b"%PDF-1.7\n"
TOO_EARLY = "the next appendices are said to be due in May 2018, which is not after May 2018"
Read = Callable[[str], tuple[Scorecard, list[str]]]


@pytest.fixture
def read(project: Project) -> Read:
    """Return a function from what the month's file says of appendices to the scorecard and the problems."""
    (project.data / "budget.pdf").write_bytes(BUDGET)
    edition = project.get_edition_path(MAY)
    kept = edition.read_text(encoding="utf-8").partition("# This report has no appendices")[0]

    def found(said: str) -> tuple[Scorecard, list[str]]:
        edition.write_text(f"{kept}{said}", encoding="utf-8")
        scorecard, problems = load_scorecard(project, MAY)
        assert scorecard
        return scorecard, [str(each).removeprefix("data/2018-05.yaml:") for each in problems]

    return found


def _named(file: str, title: str = "The budget") -> str:
    return f"appendices:\n  - title: {title}\n    file: {file}\n"


def test_an_appendix_is_read_whole(read: Read) -> None:
    scorecard, problems = read(_named("data/budget.pdf") + "    description: What was spent\n")
    assert problems == []
    (one,) = scorecard.appendices
    assert (one.title, one.description, one.data, one.pages) == ("The budget", "What was spent", BUDGET, 0)
    assert str(one.place) == "data/2018-05.yaml:7:5"
    assert scorecard.next_appendices is None


def test_appendices_stay_in_their_order(read: Read, project: Project) -> None:
    (project.data / "debt.pdf").write_bytes(b"junk\n%PDF-1.4")
    text = _named("data/debt.pdf", "Debt") + _named("data/budget.pdf").partition("\n")[2]
    assert [each.title for each in read(text)[0].appendices] == ["Debt", "The budget"]


@pytest.mark.parametrize(
    "file", ["../budget.pdf", "/etc/passwd", "data/../../budget.pdf", "data/link.pdf", "data/loop"]
)
def test_a_file_outside_the_project_is_refused(read: Read, project: Project, tmp_path: Path, file: str) -> None:
    outside = tmp_path.parent / "secret.pdf"
    outside.write_bytes(BUDGET)
    (project.data / "link.pdf").symlink_to(outside)
    (project.data / "loop").symlink_to(project.data / "loop")
    scorecard, (problem,) = read(_named(file))
    assert scorecard.appendices == ()
    missing = file == "data/loop"
    assert problem.startswith(
        f"7:5: error E141 there is no file '{file}'" if missing
        else f"7:5: error E140 '{file}' is not a path inside the project's folder; copy the file into data/appendices"
    )  # fmt: skip


def test_a_path_of_this_machine_is_refused(read: Read, project: Project) -> None:
    (problem,) = read(_named(str(project.data / "budget.pdf")))[1]
    assert "is not a path inside the project's folder" in problem


def test_a_link_inside_the_project_is_followed(read: Read, project: Project) -> None:
    (project.root / "latest.pdf").symlink_to(project.data / "budget.pdf")
    assert read(_named("latest.pdf"))[0].appendices[0].data == BUDGET


@pytest.mark.parametrize(
    ("file", "hint"),
    [
        ("data/budgte.pdf", "did you mean 'data/budget.pdf'?"),
        ("budget.pdf", "does it have another name? paths begin at the project's folder"),
        ("data", "does it have another name? paths begin at the project's folder"),
    ],
)
def test_a_file_that_is_not_there(read: Read, file: str, hint: str) -> None:
    assert read(_named(file))[1] == [f"7:5: error E141 there is no file '{file}'; {hint}"]


def test_a_name_that_no_file_can_have(read: Read) -> None:
    (problem,) = read(_named(f"data/{'x' * 300}.pdf"))[1]
    assert problem.startswith("7:5: error E102 'data/xxx")
    assert problem.endswith("cannot be read (File name too long)")


def test_a_file_that_is_too_large(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    assert appendix_files.LARGEST_APPENDIX == 50_000_000
    monkeypatch.setattr(appendix_files, "LARGEST_APPENDIX", len(BUDGET))
    assert read(_named("data/budget.pdf"))[1] == []
    monkeypatch.setattr(appendix_files, "LARGEST_APPENDIX", len(BUDGET) - 1)
    (problem,) = read(_named("data/budget.pdf"))[1]
    assert "E142 'data/budget.pdf' is larger than 0 MB; export it again with smaller pictures" in problem


def test_a_file_that_is_no_pdf(read: Read, project: Project) -> None:
    (project.data / "budget.docx").write_bytes(b"PK\x03\x04 a document of Word")
    (problem,) = read(_named("data/budget.docx"))[1]
    assert problem == "7:5: error E143 'data/budget.docx' is not a PDF; save it as a PDF, and name that file here"


def test_all_that_is_wrong_is_said_at_once(read: Read) -> None:
    text = _named("none.pdf") + _named("../x.pdf").partition("\n")[2] + _named("data/budget.pdf").partition("\n")[2]
    scorecard, problems = read(text)
    assert [each.split()[2] for each in problems] == ["E141", "E140"]
    assert [str(each.place) for each in scorecard.appendices] == ["data/2018-05.yaml:11:5"]


def test_when_the_next_are_due(read: Read) -> None:
    scorecard, problems = read("next_appendices: 2018-07\n")
    assert problems == []
    assert str(scorecard.next_appendices) == "2018-07"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (
            "next_appendices: June\n",
            "5:1: error E123 this must be a period such as 2018-06, not 'June'",
        ),
        (
            "next_appendices: 2018-05\n",
            f"5:1: error E144 {TOO_EARLY}; write the period of the report that has them",
        ),
        (
            "next_appendices: 2018-07\n" + _named("data/budget.pdf"),
            "1:1: error E128 'appendices' and 'next_appendices' exclude each other; keep one of them",
        ),
        (
            "appendices:\n" + "".join(_named("data/budget.pdf").partition("\n")[2] for _ in range(9)),
            "5:1: error E123 'appendices' must be a list of at most 8, not one of 9",
        ),
        (
            _named("data/budget.pdf", "x" * 81),
            f"6:5: error E123 'title' must be a text of at most 80 characters, not '{'x' * 60}…'",
        ),
        ("appendices:\n  - file: data/budget.pdf\n", "6:5: error E121 'title' is missing here"),
    ],
)
def test_what_cannot_be_meant(read: Read, said: str, problem: str) -> None:
    assert read(said)[1] == [problem]


def test_a_report_that_mostly_has_appendices_says_when_the_next_are_due(read: Read, project: Project) -> None:
    hint = "name them under appendices, or write next_appendices: and the period of the report that has them"
    message = "this report has no appendices, and does not say when the next are due"
    assert read("")[1] == [f" warning W146 {message}; {hint}"]
    text = project.indicators_path.read_text(encoding="utf-8")
    words = next(line for line in text.splitlines(keepends=True) if "no_appendices:" in line)
    project.indicators_path.write_text(text.replace(words, ""), encoding="utf-8")
    assert read("")[1] == []
    (problem,) = read("next_appendices: 2018-07\n")[1]
    assert problem == (
        "5:1: error E145 the words of the notice on the next appendices are missing; "
        "say no_appendices under report in indicators.yaml"
    )
    project.indicators_path.write_text(text.replace("{next}", "coming"), encoding="utf-8")
    _, problems = load_scorecard(project, MAY)
    assert [each.message.partition(", not")[0] for each in problems] == [
        "'no_appendices' must be a sentence with {next} in it"
    ]
