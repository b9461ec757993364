"""Whatever stands in whatever place: it is printed as it was written, or the build stops and says why."""

import base64
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from lxml import html as lxml_html
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mpr.desk.check import check
from mpr.desk.collect import collect
from mpr.desk.new import new
from mpr.problem import InputError, Problem
from mpr.project import Project
from mpr.render import chart, html
from mpr.report.assemble import assemble
from tests.hostile.fields import (
    BASE,
    INDICATORS,
    JUNE,
    VALUES,
    Field,
    base,
    begin,
    csv_fields,
    record_fields,
    write_yaml,
    yaml_fields,
)
from tests.hostile.kinds import KINDS, MARK, YAML_KINDS, Kind
from tests.scripts import script

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
FIELDS = (*yaml_fields(), *csv_fields(), *record_fields())
UNREAD = {"(help)", "another cell"}  # of these a long text is nobody's matter
SETTABLE = {"a", "em", "strong", "ul", "ol", "li", "p", "br"}  # what a comment may have
PLAIN = Kind("plain", MARK)
DRAWN: dict[chart.Chart, str] = {}


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


def _made(project: Project) -> tuple[str, list[Problem]]:
    """Return the page of a project, or the problems in its place."""
    try:
        report = assemble(check(project, JUNE).scorecard)
        charts = chart.draw(report.charts, project.template("fonts"), DRAWN)
        DRAWN.update({each: charts[each.anchor] for each in report.charts})
        screen, printed = html.render(report, charts, project)
    except InputError as error:
        assert error.problems
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


def _sound(page: str, usual: frozenset[str], field: Field, kind: Kind, *, prints: bool) -> None:
    """Hold a page to be without markup from outside, and to print what was written, if the field is printed."""
    parts = list(_parts(page))
    strange = {part for part, _ in parts if part not in usual and part.split()[0] not in SETTABLE}
    assert not strange, f"{kind.name} in {field.name}"
    leads = {value for _, value in parts if value}
    assert not [each for each in leads if not re.match(r"#|mailto:|https?://", each)], f"{kind.name} in {field.name}"
    if prints:
        assert _words(kind.text) in _text(page), f"{kind.name} in {field.name} is not printed as it was written"


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
            _sound(page, _usual(start), field, kind, prints=prints and not kind.stops)
        for each in problems:
            assert str(each).isprintable() or "\u00a0" in str(each), f"{kind.name} in {field.name}: {str(each)!r}"
            assert len(str(each)) < 2_000
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
