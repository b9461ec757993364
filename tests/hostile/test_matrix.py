"""Whatever stands in whatever place: it is printed as it was written, or the build stops and says why."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html as lxml_html
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mpr.measure.period import parse_period
from mpr.problem import InputError, Problem
from mpr.project import Project
from mpr.render.charts import svg
from mpr.render.html import page as html
from mpr.report.assemble import assemble_report
from mpr.report.data_request import build_expected_sheet
from mpr.report.model.chart import Chart
from mpr.workflows.check import check_period
from mpr.workflows.collect import collect_workbooks
from mpr.workflows.new import create_period_files
from tests.hostile.fields import JUNE, Field, begin, csv_fields, record_fields, yaml_fields
from tests.hostile.kinds import CELLS, KINDS, MARK, YAML_KINDS, Kind

JULY = "2025-07"
LONGEST_LINE = 2_000
LONGEST_CELL = 32_000  # letters, as Excel has it
FIELDS = (*yaml_fields(), *csv_fields(), *record_fields())
UNREAD = {"(help)", "another cell"}  # of these a long text is nobody's matter
SETTABLE = {"a", "em", "strong", "ul", "ol", "li", "p", "br"}  # what a comment may have
PLAIN = Kind("plain", MARK)
DRAWN: dict[Chart, str] = {}


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the base project."""
    root = tmp_path_factory.mktemp("hostile") / "start"
    begin(root)
    return root


def _copy(start: Path, root: Path) -> Project:
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(start, root)
    return Project(root)


def _made(project: Project, period: str = JUNE) -> tuple[str, list[Problem]]:
    """Return the page of a project, or the problems in its place."""
    try:
        report = assemble_report(check_period(project, period).scorecard)
        new = svg.draw_charts([each for each in report.charts if each not in DRAWN])
        DRAWN.update({each: new[each.anchor] for each in report.charts if each not in DRAWN})
        charts = {each.anchor: DRAWN[each] for each in report.charts}
        screen, printed = html.render_report(report, charts, project)
    except InputError as error:
        return "", error.problems
    assert screen.count("<script") == 1
    assert "<script" not in printed
    return printed, []


def _parts(page: str) -> Iterator[tuple[str, str]]:
    """Yield the elements and attributes of a page, each with what an attribute says if it leads somewhere."""
    for element in lxml_html.document_fromstring(page).iter():
        yield str(element.tag), ""
        for name, value in element.attrib.items():
            leads = name in {"href", "src", "action", "data"} or name.endswith(":href")
            yield f"{element.tag} {name}", value if leads else ""


@cache
def _usual(start: Path) -> frozenset[str]:
    page, problems = _made(Project(start))
    assert not problems
    return frozenset(part for part, _ in _parts(page))


def _text(page: str) -> str:
    """Return all that a page says, names of charts and what is said of signs included."""
    document = lxml_html.document_fromstring(page)
    said = [
        *document.xpath("//body//text()[not(parent::style)]"),
        *document.xpath("//@title"),
        *document.xpath("//title/text()"),
    ]
    said += [each for name in ("aria-label", "content", "data-label") for each in document.xpath(f"//@{name}")]
    return " ".join("\n".join(said).split())


def _words(text: str) -> str:
    return " ".join(text.split())


def _sound(page: str, usual: frozenset[str], place: str, kind: Kind, *, prints: bool) -> None:
    """Hold a page to be without markup from outside, and to print what was written, if the field is printed."""
    parts = list(_parts(page))
    strange = {part for part, _ in parts if part not in usual and part.split()[0] not in SETTABLE}
    assert not strange, f"{kind.name} in {place}"
    leads = {value for _, value in parts if value}
    assert not [each for each in leads if not re.match(r"#|mailto:|https?://", each)], f"{kind.name} in {place}"
    if prints:
        assert _words(kind.text) in _text(page), f"{kind.name} in {place} is not printed as it was written"


def _readable(problems: list[Problem]) -> bool:
    """Whether problems are short lines that a terminal shows as they are."""
    lines = [str(each) for each in problems]
    return all(line.replace("\u00a0", " ").isprintable() and len(line) < LONGEST_LINE for line in lines)


def _put(start: Path, root: Path, field: Field, kind: Kind) -> tuple[str, list[Problem]]:
    project = _copy(start, root)
    field.put(project.root, kind.text)
    return _made(project)


def _id(field: Field) -> str:
    return f"{field.file}-{field.name}"


@pytest.mark.parametrize("field", FIELDS, ids=_id)
def test_what_is_hostile_is_printed_as_it_is_or_stops_the_build(start: Path, tmp_path: Path, field: Field) -> None:
    page, _ = _put(start, tmp_path / "project", field, PLAIN)
    prints = bool(page) and MARK in _text(page)
    for kind in KINDS:
        page, problems = _put(start, tmp_path / "project", field, kind)
        if kind.stops:
            long = len(kind.text) >= 100_000
            assert problems or (long and field.name in UNREAD), f"{kind.name} in {field.name} does not stop the build"
        if page:
            _sound(page, _usual(start), field.name, kind, prints=prints and not kind.stops)
        assert not problems or _readable(problems), f"{kind.name} in {field.name}"
    assert not (tmp_path / "project" / "pwned").exists()


def test_many_texts_are_printed(start: Path, tmp_path: Path) -> None:
    """The matrix would be empty where nothing that is tried could be printed at all."""
    pages = {_id(field): _put(start, tmp_path / "project", field, PLAIN)[0] for field in FIELDS}
    printed = [name for name, page in pages.items() if page and MARK in _text(page)]
    assert len(FIELDS) >= 100
    assert len(printed) >= 40, printed


@pytest.mark.parametrize("kind", YAML_KINDS, ids=lambda kind: kind.name)
def test_yaml_that_is_more_than_text_stops_the_build(
    start: Path, tmp_path: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for field in yaml_fields():
        project = _copy(start, tmp_path / "project")
        field.put(project.root, MARK)
        path = project.root / field.file
        text = path.read_text(encoding="utf-8")
        assert f'"{MARK}"' in text
        path.write_text(text.replace(f'"{MARK}"', kind.text), encoding="utf-8")
        page, problems = _made(project)
        assert not page
        assert problems
    assert list(tmp_path.iterdir()) == [tmp_path / "project"]


@pytest.mark.parametrize("field", record_fields(), ids=_id)
def test_letters_spelt_out_in_a_record_stop_the_build(start: Path, tmp_path: Path, field: Field) -> None:
    """A record is JSON, in which a letter can be spelt by its number; none that mpr wrote does so."""
    for kind in (each for each in KINDS if each.stops and len(each.text) < 100):
        project = _copy(start, tmp_path / "project")
        field.put(project.root, kind.text)
        path = project.root / "out" / "2025-05" / field.file
        text = path.read_bytes().decode("utf-8", "surrogatepass")
        path.write_text(json.dumps(json.loads(text)), encoding="utf-8")
        page, problems = _made(project)
        assert not page
        assert [each.code for each in problems] == ["E114"]


WORKBOOK = "a returned workbook"


def _fill(sheet: Worksheet, cell: str, text: str) -> None:
    """Put a text into a sheet, as another program may: letters that XML has not by their numbers."""
    spelt = re.sub(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]", lambda sign: f"_x{ord(sign[0]):04X}_", text)[:LONGEST_CELL]
    columns = {str(each.value): each.column for each in sheet[1]}
    at = {"a heading": (1, columns["value"]), "the mark": (1, sheet.max_column)}.get(cell) or (2, columns.get(cell, 1))
    if cell == "a sheet":
        sheet.title = re.sub(r"[\[\]:*?/\\\\]", "", spelt)[:31]
    else:
        sheet.cell(*at).value = spelt
        sheet.cell(*at).data_type = "s"


@pytest.fixture(scope="module")
def sent(start: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project from which a workbook was sent out, and has come back filled in."""
    project = _copy(start, tmp_path_factory.mktemp("sent") / "start")
    create_period_files(project, JULY, workbook=True)
    edition = project.get_edition_path(JUNE).read_text(encoding="utf-8")
    project.get_edition_path(JULY).write_text(edition, encoding="utf-8")
    book = load_workbook(project.get_workbook_path(JULY))
    for sheet in book.worksheets[1:]:
        columns = {str(each.value): each.column for each in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, columns["value"]).value = 7
    (project.root / "returned").mkdir()
    book.save(project.root / "returned" / "back.xlsx")
    return project.root


@pytest.mark.parametrize("cell", CELLS)
def test_what_is_hostile_in_a_returned_workbook(start: Path, sent: Path, tmp_path: Path, cell: str) -> None:
    headings = build_expected_sheet(
        check_period(Project(start), JUNE).scorecard.settings, parse_period(JULY, 4)
    ).headings
    assert set(headings) < set(CELLS)
    for kind in KINDS:
        project = _copy(sent, tmp_path / "project")
        path = project.root / "returned" / "back.xlsx"
        book = load_workbook(path)
        _fill(book.worksheets[1], cell, kind.text)
        book.save(path)
        before = project.get_values_path(JULY).read_bytes()
        refused: list[Problem] = []
        try:
            collect_workbooks(project, path, JULY)
        except InputError as error:
            refused = error.problems
        if refused:
            assert project.get_values_path(JULY).read_bytes() == before
            assert _readable(refused)
            continue
        page, problems = _made(project, JULY)
        read = cell in headings
        assert not (kind.stops and read) or problems, f"{kind.name} in {cell} does not stop the build"
        if page:
            _sound(page, _usual(start), cell, kind, prints=cell == "comment")


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{more}<!ENTITY f SYSTEM "file:///etc/passwd">]>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{what}</t></si></sst>"""
MORE = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise("abcdeghij"))


@pytest.mark.parametrize("what", ["&j;", "&f;"])
@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet2.xml"])
def test_entities_of_a_workbook_are_not_followed(sent: Path, tmp_path: Path, what: str, part: str) -> None:
    project = _copy(sent, tmp_path / "project")
    path = project.root / "returned" / "back.xlsx"
    with zipfile.ZipFile(path) as parts:
        data = {each: parts.read(each) for each in parts.namelist()}
    assert part in data
    data[part] = BOMB.format(more=MORE, what=what).encode()
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in data.items():
            parts.writestr(name, content)
    with pytest.raises(InputError) as stopped:
        collect_workbooks(project, path, JULY)
    assert "root:" not in str(stopped.value)
