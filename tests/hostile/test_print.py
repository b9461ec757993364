"""The gathered cases as PDF: what was written is in it as text, and nothing that it points to."""

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from mpr.desk.check import check
from mpr.load.caps import LONGEST_COMMENT, LONGEST_WORD, LONGEST_WORDS
from mpr.problem import EnvironmentFault, InputError
from mpr.project import Project
from mpr.render import chart, html, pdf
from mpr.report.assemble import assemble
from tests.hostile.fields import INDICATORS, JUNE, VALUES, base, begin, csv_fields, write_yaml, yaml_fields
from tests.hostile.kinds import KINDS

TEXTS = [kind.text for kind in KINDS if not kind.stops]


def _printed(project: Project) -> pikepdf.Pdf:
    report = assemble(check(project, JUNE).scorecard)
    charts = chart.draw(report.charts, project.template("fonts"))
    path = project.root / "made.pdf"
    path.write_bytes(pdf.render(html.render(report, charts, project)[1], project)[0])
    return pikepdf.open(path)


def _put(project: Project, file: str, name: str, text: str) -> None:
    fields = csv_fields() if file == VALUES else yaml_fields()
    next(each for each in fields if (each.file, each.name) == (file, name)).put(project.root, text)


def _words(project: Project) -> str:
    document = pypdfium2.PdfDocument(project.root / "made.pdf")
    return re.sub(r"[\s\ufffe\ufeff-]", "", "".join(page.get_textpage().get_text_range() for page in document))


def test_a_pdf_of_hostile_texts_holds_them_as_text_and_nothing_else(tmp_path: Path) -> None:
    project = begin(tmp_path)
    document = base(INDICATORS)
    document["aims"][0]["priorities"] = TEXTS
    document["sections"]["detail"]["description"] = "; ".join(TEXTS)[:LONGEST_WORDS]
    write_yaml(project.indicators, document)
    _put(project, VALUES, "comment", "\n\n".join(TEXTS))
    _put(project, VALUES, "reason", "; ".join(TEXTS)[:450])
    made = _printed(project)
    words = _words(project)
    for each in TEXTS:
        assert re.sub(r"[\s\u00ad-]", "", each)[:40] in words, each
    assert not made.attachments
    assert b"root:" not in (project.root / "made.pdf").read_bytes()
    assert "root:x" not in words
    links = [str(link.A.URI) for page in made.pages for link in page.get("/Annots", []) if "/URI" in link.get("/A", {})]
    assert {re.split("[:]", link)[0] for link in links} == {"mailto"}
    assert "/JavaScript" not in made.Root.get("/Names", pikepdf.Dictionary())


@pytest.mark.parametrize(
    "text",
    [
        ("m" * LONGEST_WORD + " ") * (LONGEST_COMMENT // (LONGEST_WORD + 1)),
        "a\u00a0" * (LONGEST_WORD // 2),
        "a\n" * (LONGEST_COMMENT // 2),
        "- a\n" * (LONGEST_COMMENT // 4),
        "*a* " * (LONGEST_COMMENT // 4),
        "[a](https://a.example) " * (LONGEST_COMMENT // 23),
    ],
    ids=["words", "held together", "lines", "a list", "emphasis", "links"],
)
def test_the_longest_comments_can_be_printed(tmp_path: Path, text: str) -> None:
    project = begin(tmp_path)
    _put(project, VALUES, "comment", text)
    assert len(_printed(project).pages) > 5


def test_the_longest_words_can_be_printed_wherever_they_stand(tmp_path: Path) -> None:
    """What an officer may write at most without a break, in every field that takes it, at one time."""
    project = begin(tmp_path)
    taken = 0
    for field in yaml_fields():
        kept = (project.root / field.file).read_bytes()
        values = {path: path.read_bytes() for path in project.data.glob("*.csv")}
        document = base(field.file)
        del document
        field.put(project.root, f"{taken:03}" + "m" * (LONGEST_WORDS - 3))
        try:
            check(project, JUNE)
        except InputError:
            (project.root / field.file).write_bytes(kept)
            for path, data in values.items():
                path.write_bytes(data)
            continue
        taken += 1
    assert taken > 0
    assert len(_printed(project).pages) > 5


def test_a_template_that_fetches_a_file_stops_the_build(tmp_path: Path) -> None:
    project = begin(tmp_path / "project")
    (tmp_path / "secret.txt").write_text("a secret", encoding="utf-8")
    templates = project.root / "templates"
    templates.mkdir()
    (templates / "link.txt").symlink_to(tmp_path / "secret.txt")
    shipped = (project.templates[-1] / "cover.html").read_text(encoding="utf-8")
    for address in (
        "file:///etc/passwd",
        (tmp_path / "secret.txt").as_uri(),
        (templates / "link.txt").as_uri(),
        f"{templates.as_uri()}/../../secret.txt",
        f"{templates.as_uri()}/%2e%2e/%2e%2e/secret.txt",
        project.indicators.as_uri(),
        "file://elsewhere/share/x.png",
        "http://127.0.0.1:9/x.png",
        "ftp://127.0.0.1:9/x.png",
    ):
        for markup in (f'<a rel="attachment" href="{address}">x</a>', f'<img src="{address}" alt="x">'):
            (templates / "cover.html").write_text(shipped + markup, encoding="utf-8")
            with pytest.raises(InputError) as stopped:
                _printed(project)
            (problem,) = stopped.value.problems
            assert problem.code == "E601", markup
            assert "is no template, style or font of this project" in problem.message, markup


def test_a_full_temporary_folder_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = begin(tmp_path)

    def full(**_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("weasyprint.text.fonts.mkdtemp", full)
    with pytest.raises(EnvironmentFault, match="the PDF could not be made: No space left on device; make room"):
        _printed(project)
