"""A small council's report with two appendices, from the month's file to the pages that are published."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import page as validation
import pikepdf
import pypdfium2
import pytest
from lxml import html as lxml_html

from mpr.load.scope import ReportScope
from mpr.project import Project
from mpr.report.assemble import assemble_report
from mpr.workflows.build import FORMATS, build_reports
from mpr.workflows.check import check_period
from mpr.workflows.explain import explain_indicator
from mpr.workflows.init import create_project
from mpr.workflows.preview.rendering import render_preview
from mpr.workflows.publish import publish_edition
from mpr.workflows.verify import verify_edition
from tests.conftest import Run
from tests.pdfs import change_pdf, list_tags, make_pdf

JUNE = "2025-06"
NAMED = """\
appendices:
  - title: Revenue & reserves
    file: data/appendices/revenue.pdf
    description: What was spent up to June.
  - title: Capital
    file: data/appendices/capital.pdf
"""


def _silent(_: str) -> None:
    """Say nothing."""


def _council(root: Path) -> Project:
    project = Project(root)
    create_project(root)
    folder = project.data / "appendices"
    folder.mkdir()
    (folder / "revenue.pdf").write_bytes(make_pdf())
    (folder / "capital.pdf").write_bytes(
        make_pdf("<h1>Capital</h1><p>Nothing.</p>", "Capital", "@page { size: A3 landscape }")
    )
    with project.get_edition_path(JUNE).open("a", encoding="utf-8") as file:
        file.write(NAMED)
    return project


@pytest.fixture
def council(tmp_path: Path) -> Project:
    return _council(tmp_path / "council")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = _council(tmp_path_factory.mktemp("built") / "council")
    made = build_reports(project, (JUNE,), FORMATS, _silent)
    assert made.warnings == ()
    (whole,) = made.reports
    endings = ("appendix-a.pdf", "appendix-b.pdf", "html", "pdf")
    assert list(whole.files)[:4] == [project.get_report_path(JUNE, each) for each in endings]
    with pikepdf.open(project.get_report_path(JUNE, "pdf")) as pdf:
        assert len(pdf.pages) == whole.pages
    return project


def _texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_an_appendix_follows_a_page_that_announces_it(built: Project) -> None:
    texts = _texts(built.get_report_path(JUNE, "pdf"))
    first = next(at for at, text in enumerate(texts) if "Its 2 pages follow" in text)
    assert "Appendix A Revenue & reserves What was spent up to June." in texts[first]
    assert "mpr-2025-06.appendix-a.pdf" in texts[first]
    assert texts[first + 1].startswith("Budget See reserves")
    assert texts[first + 2].startswith("Reserves")
    assert "Appendix B Capital Its one page follows" in texts[first + 3]
    assert texts[first + 4 :] == ["Capital Nothing."]


def test_the_report_counts_its_own_pages(built: Project) -> None:
    texts = _texts(built.get_report_path(JUNE, "pdf"))
    with pikepdf.open(built.get_report_path(JUNE, "pdf")) as pdf:
        labels = [page.label for page in pdf.pages]
    own = [(label, text) for label, text in zip(labels, texts, strict=True) if "-" not in label]
    assert [label for label in labels if "-" in label] == ["A-1", "A-2", "B-1"]
    assert [label for label, _ in own] == [str(number) for number in range(1, len(own) + 1)]
    assert all(f"Page {label} of {len(own)}" in text for label, text in own[1:])
    assert not any(" of " in text for label, text in zip(labels, texts, strict=True) if "-" in label)
    cover = texts[0]
    for label, text in own:
        for name, title in (("Appendix A", "Revenue & reserves"), ("Appendix B", "Capital")):
            if f"{name} {title}" in text and text is not cover:
                assert f"{name} {title} {label}" in cover


def test_bookmarks_and_tags_include_both_appendices(built: Project) -> None:
    document = pypdfium2.PdfDocument(built.get_report_path(JUNE, "pdf"))
    try:
        found = [(each.level, " ".join(each.get_title().split())) for each in document.get_toc()]
    finally:
        document.close()
    assert found[found.index((1, "Appendix A Revenue & reserves")) :] == [
        (1, "Appendix A Revenue & reserves"), (2, "Budget"), (3, "Reserves"), (1, "Appendix B Capital"), (2, "Capital"),
    ]  # fmt: skip
    with pikepdf.open(built.get_report_path(JUNE, "pdf")) as pdf:
        lines = list_tags(pdf)
        places = [int(line.split()[-1]) for line in lines if line.split()[-1].isdigit()]
        assert places == sorted(places)
        assert set(places) == set(range(1, len(pdf.pages) + 1))
    titles = [line.strip(".") for line in lines if "'" in line]
    assert titles == ["Part 'Appendix A: Revenue & reserves'", "Part 'Appendix B: Capital'"]


def test_the_pdf_with_appendices_is_valid_and_links_to_no_file(built: Project) -> None:
    result = validation.validate_pdf(str(built.get_report_path(JUNE, "pdf")), profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in result.failures] == []
    assert result.rules.total > 50
    with pikepdf.open(built.get_report_path(JUNE, "pdf")) as pdf:
        uris = [
            str(each.A.URI) for page in pdf.pages for each in page.get("/Annots", []) if "/URI" in each.get("/A", {})
        ]
    assert "https://example.org/" in uris
    assert {uri.partition(":")[0] for uri in uris} == {"https", "mailto"}


def test_the_page_for_the_screen_links_the_files_beside_it(built: Project) -> None:
    page = built.get_report_path(JUNE, "html")
    document = lxml_html.document_fromstring(page.read_text(encoding="utf-8"))
    links = {each.get("href"): each.text_content() for each in document.xpath("//section[@class='appendix']//a")}
    assert {name: text.partition(" (PDF, ")[0] for name, text in links.items()} == {
        "mpr-2025-06.appendix-a.pdf": "Revenue & reserves", "mpr-2025-06.appendix-b.pdf": "Capital",
    }  # fmt: skip
    assert links["mpr-2025-06.appendix-b.pdf"].endswith(" KB, 1 page)")
    for name, source in zip(links, ("revenue", "capital"), strict=True):
        assert page.with_name(name).read_bytes() == (built.data / "appendices" / f"{source}.pdf").read_bytes()
    contents = [" ".join(each.text_content().split()) for each in document.xpath("//nav/details/ol/li")]
    assert contents[-2:] == ["Appendix A Revenue & reserves", "Appendix B Capital"]
    assert [each.get("id") for each in document.xpath("//main/section")][-2:] == ["appendix-a", "appendix-b"]


def test_another_process_builds_the_same_bytes(built: Project, tmp_path: Path) -> None:
    shutil.copytree(built.root, tmp_path / "again", ignore=shutil.ignore_patterns("out"))
    again = Project(tmp_path / "again")
    environment = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8"}
    command = ["from mpr.cli.main import main; main()", "--project", str(again.root), "build", JUNE]
    subprocess.run([sys.executable, "-c", *command], env=environment, capture_output=True, check=True)  # noqa: S603 - ours
    assert [path.name for path in again.list_report_files(JUNE)] == [
        path.name for path in built.list_report_files(JUNE)
    ]
    for one, other in zip(built.list_report_files(JUNE), again.list_report_files(JUNE), strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_appendix_files_are_written_with_the_page_and_not_with_the_pdf_alone(council: Project, mpr: Run) -> None:
    build_reports(council, (JUNE,), ("pdf",), _silent)
    assert council.list_report_files(JUNE) == (council.get_report_path(JUNE, "pdf"),)
    code, out, _ = mpr("--project", council.root, "build", JUNE, "--format", "html")
    assert code == 0
    assert out[:-2] == [
        "out/2025-06/mpr-2025-06.appendix-a.pdf", "out/2025-06/mpr-2025-06.appendix-b.pdf",
        "out/2025-06/mpr-2025-06.html", "out/2025-06/mpr-2025-06.pdf is left from an earlier build",
    ]  # fmt: skip
    edition = council.get_edition_path(JUNE)
    text = edition.read_text(encoding="utf-8")
    edition.write_text(text.partition("  - title: Capital")[0], encoding="utf-8")
    _, out, _ = mpr("--project", council.root, "build", JUNE, "--format", "html")
    assert "out/2025-06/mpr-2025-06.appendix-b.pdf is left from an earlier build" in out


def test_a_report_of_a_committee_has_no_appendices(council: Project) -> None:
    scorecard = check_period(council, JUNE).scorecard
    assert len(assemble_report(scorecard).appendices) == 2
    assert (
        assemble_report(scorecard.restrict_to(ReportScope("committee", scorecard.settings.committees[0]))).appendices
        == ()
    )


def test_appendices_are_published_with_the_report_and_rebuilt(council: Project) -> None:
    version = check_period(council, JUNE).scorecard.edition.version
    published = publish_edition(council, JUNE, version, _silent)
    assert {"mpr-2025-06.appendix-a.pdf", "mpr-2025-06.appendix-b.pdf"} < set(published.files)
    assert (published.folder / "source" / "data" / "appendices" / "revenue.pdf").exists()
    verified = verify_edition(published.folder, _silent)
    assert verified.differences == ()
    assert verified.file_count > len(published.files)


def test_an_indicator_of_a_report_with_appendices_is_explained(council: Project) -> None:
    assert explain_indicator(council, JUNE, "HW 1")


def test_a_damaged_appendix_stops_the_report_and_its_line_is_named(council: Project, mpr: Run) -> None:
    path = council.data / "appendices" / "capital.pdf"
    path.write_bytes(path.read_bytes()[:900])
    lines = council.get_edition_path(JUNE).read_text(encoding="utf-8").splitlines()
    place = f"data/2025-06.yaml:{lines.index('    file: data/appendices/capital.pdf') + 1}:5"
    hint = "copy it again from its source, or export it again"
    for command in (("check", JUNE), ("build", JUNE, "--format", "html")):
        assert mpr("--project", council.root, *command) == (
            1, [], [f"{place}: error E147 the PDF of 'Capital' is damaged; {hint}", "1 error"],
        )  # fmt: skip
    assert not (council.root / "out").exists()


def test_a_warning_about_an_appendix_can_be_accepted(council: Project, mpr: Run) -> None:
    path = council.data / "appendices" / "capital.pdf"
    path.write_bytes(change_pdf(path.read_bytes(), lambda pdf: pdf.Root.__delattr__("Lang")))
    _, _, err = mpr("--project", council.root, "check", JUNE)
    assert err[0].partition("warning ")[2].startswith("W151 the PDF of 'Capital' lacks its language; correct")
    with council.get_edition_path(JUNE).open("a", encoding="utf-8") as file:
        file.write("accepted:\n  - finding: W151 the PDF of 'Capital' lacks its language\n    reason: Seen\n")
    assert mpr("--project", council.root, "check", JUNE)[2] == []


def test_the_preview_hands_out_the_appendices(council: Project) -> None:
    shown = render_preview(council, JUNE, {})
    assert [each.file for each in shown.attachments] == ["mpr-2025-06.appendix-a.pdf", "mpr-2025-06.appendix-b.pdf"]
    path = council.data / "appendices" / "capital.pdf"
    assert list(shown.attachments.values())[1] == path.read_bytes()
    path.write_bytes(change_pdf(path.read_bytes(), lambda pdf: pdf.Root.__setattr__("Lang", "cy")))
    assert render_preview(council, JUNE, {}).version != shown.version


@pytest.mark.parametrize("appendices", [True, False])
def test_pikepdf_is_imported_only_for_appendices(council: Project, *, appendices: bool) -> None:
    if not appendices:
        edition = council.get_edition_path(JUNE)
        edition.write_text(edition.read_text(encoding="utf-8").replace(NAMED, ""), encoding="utf-8")
    script = (
        "import sys\nfrom pathlib import Path\nfrom mpr.workflows.build import build_reports\n"
        "from mpr.project import Project\n"
        "build_reports(Project(Path(sys.argv[1])), ('2025-06',), ('html',), lambda _: None)\n"
        "print('pikepdf' in sys.modules, 'weasyprint' in sys.modules)\n"
    )
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script, str(council.root)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(appendices), "False"]
