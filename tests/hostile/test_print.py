"""A PDF of hostile texts contains them as text, and nothing that they point to."""

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from mpr.load.limits import LONGEST_WORDS
from mpr.problem import EnvironmentFault, InputError
from mpr.project import Project
from mpr.render.charts import svg
from mpr.render.html import page as html
from mpr.render.pdf import document as pdf
from mpr.report.assemble import assemble_report
from mpr.workflows.check import check_period
from tests.hostile.fields import (
    INDICATORS,
    JUNE,
    VALUES,
    create_base_project,
    csv_fields,
    read_base,
    write_yaml,
    yaml_fields,
)
from tests.hostile.kinds import KINDS

TEXTS = [kind.text for kind in KINDS if not kind.stops]


def _render_pdf(project: Project) -> pikepdf.Pdf:
    report = assemble_report(check_period(project, JUNE).scorecard)
    charts = svg.draw_charts(report.charts)
    path = project.root / "made.pdf"
    path.write_bytes(pdf.render_pdf(html.render_report(report, charts, project)[1], project)[0])
    return pikepdf.open(path)


def _put(project: Project, file: str, name: str, text: str) -> None:
    fields = csv_fields() if file == VALUES else yaml_fields()
    next(field for field in fields if (field.file, field.name) == (file, name)).put(project.root, text)


def _read_pdf_text(project: Project) -> str:
    document = pypdfium2.PdfDocument(project.root / "made.pdf")
    return re.sub(r"[\s\ufffe\ufeff-]", "", "".join(page.get_textpage().get_text_range() for page in document))


def test_pdf_contains_hostile_texts_as_text_and_nothing_else(tmp_path: Path) -> None:
    project = create_base_project(tmp_path)
    settings = read_base(INDICATORS)
    settings["aims"][0]["priorities"] = TEXTS
    settings["sections"]["detail"]["description"] = "; ".join(TEXTS)[:LONGEST_WORDS]
    write_yaml(project.indicators_path, settings)
    _put(project, VALUES, "comment", "\n\n".join(TEXTS))
    _put(project, VALUES, "reason", "; ".join(TEXTS)[:450])
    document = _render_pdf(project)
    words = _read_pdf_text(project)
    for text in TEXTS:
        assert re.sub(r"[\s\u00ad-]", "", text)[:40] in words, text
    assert not document.attachments
    assert b"root:" not in (project.root / "made.pdf").read_bytes()
    assert "root:x" not in words
    links = [
        str(link.A.URI) for page in document.pages for link in page.get("/Annots", []) if "/URI" in link.get("/A", {})
    ]
    assert {re.split("[:]", link)[0] for link in links} == {"mailto"}
    assert "/JavaScript" not in document.Root.get("/Names", pikepdf.Dictionary())


PAGE = '<html lang="en"><title>t</title><body><p>text</p>{markup}'


def test_file_outside_the_templates_is_not_fetched(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    secret, templates = tmp_path / "secret.txt", project.root / "templates"
    templates.mkdir(parents=True)
    secret.write_text("a secret", encoding="utf-8")
    (templates / "link.txt").symlink_to(secret)
    for address in (
        "file:///etc/passwd",
        secret.as_uri(),
        (templates / "link.txt").as_uri(),
        f"{templates.as_uri()}/../../secret.txt",
        f"{templates.as_uri()}/%2e%2e/%2e%2e/secret.txt",
        project.indicators_path.as_uri(),
        "file://elsewhere/share/x.png",
        "http://127.0.0.1:9/x.png",
        "ftp://127.0.0.1:9/x.png",
    ):
        for markup in (f'<a rel="attachment" href="{address}">x</a>', f'<img src="{address}" alt="x">'):
            with pytest.raises(InputError) as stopped:
                pdf.render_pdf(PAGE.format(markup=markup), project)
            (problem,) = stopped.value.problems
            assert problem.code == "E601", markup
            assert "is not a template, style or font of this project" in problem.message, markup


def test_file_in_the_templates_is_fetched(tmp_path: Path) -> None:
    project = Project(tmp_path)
    picture = tmp_path / "templates" / "crest.svg"
    picture.parent.mkdir()
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>')
    assert pdf.render_pdf(PAGE.format(markup=f'<img src="{picture.as_uri()}" alt="Crest">'), project)[1] == 1


def test_full_temporary_folder_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("weasyprint.text.fonts.mkdtemp", full)
    with pytest.raises(
        EnvironmentFault, match="the PDF could not be written: No space left on device; free some disk space"
    ):
        pdf.render_pdf(PAGE.format(markup=""), Project(tmp_path))
