"""Publishing: what is frozen, what is refused, and what the next report says of it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import vl_convert

from mpr.problem import InputError
from mpr.project import Project
from mpr.render.pdf import document
from mpr.workflows.check import check_period
from mpr.workflows.init import create_project
from mpr.workflows.publish import publish_edition
from tests.conftest import BUILD, MAY, Run

PARTS = (
    "",
    *(f"-committee-{name}" for name in ("families-committee", "places-committee", "resources-audit-committee")),
)
SO = "so that the report says so too, or publish 1.0"
CORRECTION = 'corrections:\n  - version: "1.1"\n    changed: LM 1.1 was 37.48 in April 2018.\n'


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Draw and print nothing, so that only what is published is looked at."""
    monkeypatch.setattr(vl_convert, "vegalite_to_svg", lambda *_, **__: '<svg width="1" height="1"><g></g></svg>')
    monkeypatch.setattr(document, "render_pdf", lambda page, _: (f"%PDF {len(page)}".encode(), 7))
    return


def publish(project: Project, version: str) -> Path:
    return publish_edition(project, MAY, version, lambda _: None).folder


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def list_messages(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [str(each) for each in error.value.problems]


def list_files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("quick")
def test_an_edition_holds_files_source_and_manifest(council: Project) -> None:
    folder = publish(council, "1.0")
    assert folder == council.root / "out" / "published" / "2018-05-v1.0"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {f"mpr-2018-05{part}.{ending}" for part in PARTS for ending in ("html", "pdf")} <= set(manifest["outputs"])
    months = [path.name for path in council.data.glob("20*.csv")]
    assert set(manifest["inputs"]) == {"indicators.yaml", "data/2018-05.yaml", *(f"data/{name}" for name in months)}
    sources = {f"source/{name}" for name in manifest["inputs"]}
    assert list_files(folder) == {"manifest.json", *manifest["outputs"], *sources}
    assert {"mpr", "weasyprint", "altair", "templates"} <= set(manifest["made_with"])
    assert manifest["record"]["indicators"]["LM 1.1"]["periods"]["2018-05"]["value"] == "36.84"
    assert not list(council.published.glob(".*"))


@pytest.mark.usefixtures("quick")
def test_a_later_month_is_not_kept_as_source(council: Project) -> None:
    shutil.copy(council.get_values_path(MAY), council.get_values_path("2018-06"))
    assert "source/data/2018-06.csv" not in list_files(publish(council, "1.0"))


@pytest.mark.usefixtures("quick")
def test_a_published_edition_is_never_overwritten(council: Project) -> None:
    folder = publish(council, "1.0")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    edit(council.get_values_path("2018-04"), ("37.48", "38.07"))
    with pytest.raises(InputError) as error:
        publish(council, "1.0")
    published = "E606 May 2018 is published as version 1.0, which cannot be changed"
    hint = "a correction needs a higher version, such as 1.1"
    assert list_messages(error) == [f"data/2018-05.yaml: error {published}; {hint}"]
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("1.1", f'E607 the version here is 1.0, not 1.1; write version: "1.1", {SO}'),
        ("final", "E607 'final' is not a version; write numbers with full stops, such as 1.0 or 1.1"),
        ("1.0/..", "E607 '1.0/..' is not a version; write numbers with full stops, such as 1.0 or 1.1"),
    ],
)
def test_the_version_is_the_one_that_the_report_prints(council: Project, version: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        publish(council, version)
    assert list_messages(error) == [f"data/2018-05.yaml: error {said}"]
    assert not council.published.exists()


@pytest.mark.usefixtures("quick")
def test_a_project_with_errors_is_not_published(council: Project) -> None:
    edit(council.get_values_path(MAY), ("78%", "7 8%"))
    with pytest.raises(InputError, match="7 8%"):
        publish(council, "1.0")
    assert not council.published.exists()


@pytest.mark.usefixtures("quick")
def test_a_correction_says_what_it_changed_and_the_cover_prints_it(council: Project) -> None:
    publish(council, "1.0")
    edit(council.get_edition_path(MAY), ('version: "1.0"', 'version: "1.1"'))
    with pytest.raises(InputError) as error:
        publish(council, "1.1")
    hint = 'add under corrections: - version: "1.1", and below it changed: and a sentence for the cover'
    message = "version 1.1 corrects an earlier one, but does not say what it changed"
    assert list_messages(error) == [f"data/2018-05.yaml: error E608 {message}; {hint}"]
    edit(council.get_edition_path(MAY), ('version: "1.1"\n', f'version: "1.1"\n{CORRECTION}'))
    with pytest.raises(InputError) as error:
        publish(council, "1.1")
    message = "E610 generated is not later than in version 1.0, 2018-06-19 10:30"
    hint = "write the day and time of this version, such as 2018-06-28 09:00"
    assert list_messages(error) == [f"data/2018-05.yaml: error {message}; {hint}"]
    edit(council.get_edition_path(MAY), ("2018-06-19 10:30", "2018-06-28 09:00"))
    page = (publish(council, "1.1") / "mpr-2018-05.html").read_text(encoding="utf-8")
    assert "<h2>Corrections</h2>\n<p>Version 1.1: LM 1.1 was 37.48 in April 2018.</p>" in page
    with pytest.raises(InputError, match=r"E607 the version here is 1\.1, not 1\.0"):
        publish(council, "1.0")


@pytest.mark.usefixtures("quick")
def test_version_1_10_is_higher_than_1_9(council: Project) -> None:
    for day, version in enumerate(("1.9", "1.10"), 21):
        notes = "".join(f'  - version: "{each}"\n    changed: x\n' for each in ("1.9", "1.10"))
        council.get_edition_path(MAY).write_text(
            f'version: "{version}"\ngenerated: 2018-06-{day} 11:59\ncorrections:\n{notes}', encoding="utf-8"
        )
        assert publish(council, version).is_dir()
    council.get_edition_path(MAY).write_text('version: "1.9.5"\ngenerated: 2018-06-21 11:59\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"is published as version 1\.10.*such as 1\.11"):
        publish(council, "1.9.5")


@pytest.mark.usefixtures("quick")
def test_a_file_in_place_of_the_folder_is_reported(council: Project) -> None:
    (council.root / "out").mkdir()
    council.published.write_text("a file in the way", encoding="utf-8")
    with pytest.raises(InputError, match=r"out/published/2018-05-v1\.0/.*error E602 this file cannot be written"):
        publish(council, "1.0")


@pytest.mark.usefixtures("quick")
def test_a_damaged_manifest_is_a_problem_not_a_fault(council: Project) -> None:
    manifest = publish(council, "1.0") / "manifest.json"
    edit(manifest, ('"version": "1.0"', '"version": "one"'))
    with pytest.raises(InputError) as error:
        publish(council, "1.0")
    said = "E115 this manifest has been changed since it was written; put the edition's folder back as it was published"
    assert [each for each in list_messages(error) if "error" in each] == [
        f"out/published/2018-05-v1.0/manifest.json: error {said}"
    ]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a small project with a published edition, made in full."""
    root = tmp_path_factory.mktemp("published") / "council"
    create_project(root)
    done = run_mpr(["--project", str(root), "publish", "2025-06", "--version", "1.0"])
    assert done.returncode == 0, done.stderr
    return Project(root)


def run_mpr(words: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BUILD[0], *words]
    return subprocess.run(  # noqa: S603 - ours
        command, env=os.environ | environment, capture_output=True, text=True, check=False
    )


def test_an_edition_is_rebuilt_byte_for_byte_in_another_folder(published: Project, tmp_path: Path) -> None:
    copy = tmp_path / "another folder" / "v1.0"
    shutil.copytree(next(published.published.iterdir()), copy)
    done = run_mpr(["verify", str(copy)], TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stdout + done.stderr
    count = len(list_files(copy)) - 1
    assert done.stdout.splitlines() == [
        f"{copy}: all {count} files are as published, and making them again gives the same files."
    ]


def test_every_difference_from_the_published_edition_is_named(published: Project, tmp_path: Path, mpr: Run) -> None:
    copy = tmp_path / "v1.0"
    shutil.copytree(next(published.published.iterdir()), copy)
    pdf_file = min(copy.glob("*.pdf"))
    pdf_file.unlink()
    (copy / "notes.txt").write_text("mine", encoding="utf-8")
    manifest = copy / "manifest.json"
    text = manifest.read_text(encoding="utf-8").replace('"outcome": "Red"', '"outcome": "Green"', 1)
    manifest.write_text(re.sub('"weasyprint": "[^"]+"', '"weasyprint": "1.0"', text), encoding="utf-8")
    code, said, _ = mpr("verify", copy, "--jobs", 1)
    assert code == 1
    assert f"{pdf_file.name} is missing" in said
    assert "notes.txt was not published" in said
    assert "the figures in manifest.json differ from those in the report" in said
    assert [each for each in said if each.startswith("made with a different version of weasyprint: 1.0 then, ")]
    assert not [each for each in said if "made otherwise" in each]


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_a_changed_source_is_not_rebuilt(published: Project, tmp_path: Path, mpr: Run, change: str) -> None:
    copy = tmp_path / "v1.0"
    shutil.copytree(next(published.published.iterdir()), copy)
    if change == "gone":
        shutil.rmtree(copy / "source")
    else:
        edit(copy / "source" / "data" / "2025-06.yaml", ('version: "1.0"', 'version: "1.2"'))
    code, said, _ = mpr("verify", copy)
    assert code == 1
    assert (
        f"source/data/2025-06.yaml {'is missing' if change == 'gone' else 'has changed since it was published'}" in said
    )
    assert said[-2:] == [
        "the source has changed since it was published, so the report was not made again",
        f"{copy}: this edition has changed since it was published. Do not send it out; restore a copy.",
    ]


@pytest.mark.parametrize("name", ["../../indicators.yaml", "/etc/passwd", "C:\\x", "data/../../x"])
def test_a_manifest_names_nothing_outside_its_folder(published: Project, tmp_path: Path, mpr: Run, name: str) -> None:
    copy = tmp_path / "v1.0"
    shutil.copytree(next(published.published.iterdir()), copy)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["inputs"][name] = "0"
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    code, _, said = mpr("verify", copy)
    assert code == 1
    assert "E115 this manifest has been changed since it was written" in said[0]


@pytest.mark.usefixtures("quick")
def test_figures_that_changed_under_a_published_version_are_warned_of(council: Project) -> None:
    publish(council, "1.0")
    assert "W611" not in {each.code for each in check_period(council, MAY).warnings}
    edit(council.get_values_path("2018-04"), ("37.48", "38.07"))
    said = "version 1.0 is published already, with other figures than these"
    hint = "put the files back as they were, or make a correction: a higher version, and a sentence for the cover"
    assert f"data/2018-05.yaml: warning W611 {said}; {hint}" in map(str, check_period(council, MAY).warnings)


@pytest.mark.usefixtures("quick")
def test_an_earlier_correction_must_stay_described(council: Project) -> None:
    for day, version in enumerate(("1.0", "1.1", "1.2"), 21):
        said = f'  - version: "{version}"\n    changed: x\n'
        text = f'version: "{version}"\ngenerated: 2018-06-{day} 11:59\ncorrections:\n{said}'
        council.get_edition_path(MAY).write_text(text, encoding="utf-8")
        if version != "1.2":
            publish(council, version)
    with pytest.raises(
        InputError, match=r"E608 version 1\.1 corrects an earlier one, but does not say what it changed"
    ):
        publish(council, "1.2")


def test_a_folder_without_an_edition_is_refused(tmp_path: Path, mpr: Run) -> None:
    code, _, said = mpr("verify", tmp_path)
    assert code == 1
    assert (
        said[0]
        == f"{tmp_path}: error E116 this is not a published edition; name one, such as out/published/2018-05-v1.0"
    )
