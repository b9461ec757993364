"""The appendices that a month's file names: those that are read, and the problems of the others."""

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
def read(council: Project) -> Read:
    """Return a function from what the month's file says of appendices to the scorecard and the problems."""
    (council.data / "budget.pdf").write_bytes(BUDGET)
    edition = council.get_edition_path(MAY)
    kept = edition.read_text(encoding="utf-8").partition("# This report has no appendices")[0]

    def read_edition_with(text: str) -> tuple[Scorecard, list[str]]:
        edition.write_text(f"{kept}{text}", encoding="utf-8")
        scorecard, problems = load_scorecard(council, MAY)
        assert scorecard
        return scorecard, [str(problem).removeprefix("data/2018-05.yaml:") for problem in problems]

    return read_edition_with


def format_appendix(file: str, title: str = "The budget") -> str:
    return f"appendices:\n  - title: {title}\n    file: {file}\n"


def test_appendix_is_read_whole(read: Read) -> None:
    scorecard, problems = read(format_appendix("data/budget.pdf") + "    description: What was spent\n")
    assert problems == []
    (one,) = scorecard.appendices
    assert (one.title, one.description, one.data, one.pages) == ("The budget", "What was spent", BUDGET, 0)
    assert str(one.place) == "data/2018-05.yaml:7:5"
    assert scorecard.next_appendices is None


def test_appendices_stay_in_their_order(read: Read, council: Project) -> None:
    (council.data / "debt.pdf").write_bytes(b"junk\n%PDF-1.4")
    text = format_appendix("data/debt.pdf", "Debt") + format_appendix("data/budget.pdf").partition("\n")[2]
    assert [appendix.title for appendix in read(text)[0].appendices] == ["Debt", "The budget"]


@pytest.mark.parametrize(
    "file", ["../budget.pdf", "/etc/passwd", "data/../../budget.pdf", "data/link.pdf", "data/loop"]
)
def test_file_outside_the_project_is_refused(read: Read, council: Project, tmp_path: Path, file: str) -> None:
    outside = tmp_path.parent / "secret.pdf"
    outside.write_bytes(BUDGET)
    (council.data / "link.pdf").symlink_to(outside)
    (council.data / "loop").symlink_to(council.data / "loop")
    scorecard, (problem,) = read(format_appendix(file))
    assert scorecard.appendices == ()
    missing = file == "data/loop"
    assert problem.startswith(
        f"7:5: error E141 there is no file '{file}'" if missing
        else f"7:5: error E140 '{file}' is not a path inside the project's folder; copy the file into data/appendices"
    )  # fmt: skip


def test_absolute_path_is_refused(read: Read, council: Project) -> None:
    (problem,) = read(format_appendix(str(council.data / "budget.pdf")))[1]
    assert "is not a path inside the project's folder" in problem


def test_link_inside_the_project_is_followed(read: Read, council: Project) -> None:
    (council.root / "latest.pdf").symlink_to(council.data / "budget.pdf")
    assert read(format_appendix("latest.pdf"))[0].appendices[0].data == BUDGET


@pytest.mark.parametrize(
    ("file", "hint"),
    [
        ("data/budgte.pdf", "did you mean 'data/budget.pdf'?"),
        ("budget.pdf", "does it have another name? paths begin at the project's folder"),
        ("data", "does it have another name? paths begin at the project's folder"),
    ],
)
def test_missing_file_is_a_problem(read: Read, file: str, hint: str) -> None:
    assert read(format_appendix(file))[1] == [f"7:5: error E141 there is no file '{file}'; {hint}"]


def test_impossible_file_name_is_a_problem(read: Read) -> None:
    (problem,) = read(format_appendix(f"data/{'x' * 300}.pdf"))[1]
    assert problem.startswith("7:5: error E102 'data/xxx")
    assert problem.endswith("cannot be read (File name too long)")


def test_file_that_is_too_large_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    assert appendix_files.LARGEST_APPENDIX == 50_000_000
    monkeypatch.setattr(appendix_files, "LARGEST_APPENDIX", len(BUDGET))
    assert read(format_appendix("data/budget.pdf"))[1] == []
    monkeypatch.setattr(appendix_files, "LARGEST_APPENDIX", len(BUDGET) - 1)
    (problem,) = read(format_appendix("data/budget.pdf"))[1]
    assert "E142 'data/budget.pdf' is larger than 0 MB; export it again with smaller pictures" in problem


def test_file_that_is_not_a_pdf_is_refused(read: Read, council: Project) -> None:
    (council.data / "budget.docx").write_bytes(b"PK\x03\x04 a document of Word")
    (problem,) = read(format_appendix("data/budget.docx"))[1]
    assert problem == "7:5: error E143 'data/budget.docx' is not a PDF; save it as a PDF, and name that file here"


def test_all_problems_are_reported_at_once(read: Read) -> None:
    text = (
        format_appendix("none.pdf")
        + format_appendix("../x.pdf").partition("\n")[2]
        + format_appendix("data/budget.pdf").partition("\n")[2]
    )
    scorecard, problems = read(text)
    assert [problem.split()[2] for problem in problems] == ["E141", "E140"]
    assert [str(appendix.place) for appendix in scorecard.appendices] == ["data/2018-05.yaml:11:5"]


def test_period_of_the_next_appendices_is_read(read: Read) -> None:
    scorecard, problems = read("next_appendices: 2018-07\n")
    assert problems == []
    assert str(scorecard.next_appendices) == "2018-07"


@pytest.mark.parametrize(
    ("text", "problem"),
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
            "next_appendices: 2018-07\n" + format_appendix("data/budget.pdf"),
            "1:1: error E128 'appendices' and 'next_appendices' exclude each other; keep one of them",
        ),
        (
            "appendices:\n" + "".join(format_appendix("data/budget.pdf").partition("\n")[2] for _ in range(9)),
            "5:1: error E123 'appendices' must be a list of at most 8 items, not 9",
        ),
        (
            format_appendix("data/budget.pdf", "x" * 81),
            f"6:5: error E123 'title' must be a text of at most 80 characters, not '{'x' * 60}…'",
        ),
        ("appendices:\n  - file: data/budget.pdf\n", "6:5: error E121 'title' is missing here"),
    ],
)
def test_impossible_setting_is_a_problem(read: Read, text: str, problem: str) -> None:
    assert read(text)[1] == [problem]


def test_report_that_mostly_has_appendices_must_say_when_the_next_are_due(read: Read, council: Project) -> None:
    hint = "name them under appendices, or write next_appendices: and the period of the report that has them"
    message = "this report has no appendices, and does not say when the next are due"
    assert read("")[1] == [f" warning W146 {message}; {hint}"]
    text = council.indicators_path.read_text(encoding="utf-8")
    words = next(line for line in text.splitlines(keepends=True) if "no_appendices:" in line)
    council.indicators_path.write_text(text.replace(words, ""), encoding="utf-8")
    assert read("")[1] == []
    (problem,) = read("next_appendices: 2018-07\n")[1]
    assert problem == (
        "5:1: error E145 the words of the notice on the next appendices are missing; "
        "say no_appendices under report in indicators.yaml"
    )
    council.indicators_path.write_text(text.replace("{next}", "coming"), encoding="utf-8")
    _, problems = load_scorecard(council, MAY)
    assert [problem.message.partition(", not")[0] for problem in problems] == [
        "'no_appendices' must be a sentence that contains {next}"
    ]
