"""Any text in any place is printed as it was written, or the build stops and says why.

Most pairs of a place and a text are tried many to a project, by a Latin square: in each round every place holds another
of the texts, so that after all rounds each place has held each text. A marker of its own in each text says which place
it came from. Pairs that stop the build, or that another pair hides, are tried again in smaller projects, at last alone.
"""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from string import ascii_lowercase

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
from tests.hostile.fields import JUNE, Field, create_base_project, csv_fields, record_fields, yaml_fields
from tests.hostile.kinds import CELLS, KINDS, MARK, YAML_KINDS, Kind

JULY = "2025-07"
LONGEST_LINE = 2_000
LONGEST_CELL = 32_000  # characters, Excel's limit
FIELDS = (*yaml_fields(), *csv_fields(), *record_fields())
PRINTABLE_KINDS = tuple(kind for kind in KINDS if not kind.stops)
STOPPING_KINDS = tuple(kind for kind in KINDS if kind.stops)
UNREAD = {"(help)", "another cell"}  # `mpr` ignores these, so a long text in them is allowed
MARKDOWN_TAGS = {"a", "em", "strong", "ul", "ol", "li", "p", "br"}  # a comment may contain these
PLAIN = Kind("plain", MARK)
DRAWN_CHARTS: dict[Chart, str] = {}


@dataclass(frozen=True)
class Attempt:
    """A text of some kind in a field, with the field's own marker in it."""

    field: Field
    kind: Kind

    @property
    def marker(self) -> str:
        """Return the marker, as long as the usual one and different for each field."""
        tens, ones = divmod(FIELDS.index(self.field), 10)
        return f"Q{ascii_lowercase[tens]}{ones}"

    @property
    def text(self) -> str:
        """Return the text with the field's marker."""
        return self.kind.text.replace(MARK, self.marker)

    def __str__(self) -> str:
        """Name the attempt in a failed test."""
        return f"{self.kind.name} in {self.field.file} {self.field.name}"


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the base project."""
    root = tmp_path_factory.mktemp("hostile") / "start"
    create_base_project(root)
    return root


def _copy(start: Path, root: Path) -> Project:
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(start, root)
    return Project(root)


def _render(project: Project, period: str = JUNE) -> tuple[str, list[Problem]]:
    """Return the printed page of a project and no problem, or no page and the problems that stop the build."""
    try:
        report = assemble_report(check_period(project, period).scorecard)
        new = [chart for chart in report.charts if chart not in DRAWN_CHARTS]
        drawings = svg.draw_charts(new)
        DRAWN_CHARTS.update({chart: drawings[chart.anchor] for chart in new})
        charts = {chart.anchor: DRAWN_CHARTS[chart] for chart in report.charts}
        screen, printed = html.render_report(report, charts, project)
    except InputError as error:
        return "", error.problems
    assert screen.count("<script") == 1
    assert "<script" not in printed
    return printed, []


def _list_markup(page: str) -> Iterator[tuple[str, str]]:
    """Yield the elements and attributes of a page; an attribute that is an address comes with its value."""
    for element in lxml_html.document_fromstring(page).iter():
        yield str(element.tag), ""
        for name, value in element.attrib.items():
            is_address = name in {"href", "src", "action", "data"} or name.endswith(":href")
            yield f"{element.tag} {name}", value if is_address else ""


@cache
def _usual_markup(start: Path) -> frozenset[str]:
    page, problems = _render(Project(start))
    assert not problems
    return frozenset(part for part, _ in _list_markup(page))


def _read_text(page: str) -> str:
    """Return all words of a page, with the names of charts and the descriptions of symbols."""
    document = lxml_html.document_fromstring(page)
    texts = [
        *document.xpath("//body//text()[not(parent::style)]"),
        *document.xpath("//@title"),
        *document.xpath("//title/text()"),
    ]
    texts += [text for name in ("aria-label", "content", "data-label") for text in document.xpath(f"//@{name}")]
    return _normalise(" ".join("\n".join(texts).split()))


def _normalise(text: str) -> str:
    return " ".join(text.split())


def _find_foreign_markup(page: str, usual: frozenset[str]) -> list[str]:
    """Return the elements, attributes and addresses of a page that its own templates did not write."""
    parts = list(_list_markup(page))
    strange = {part for part, _ in parts if part not in usual and part.split()[0] not in MARKDOWN_TAGS}
    addresses = {value for _, value in parts if value and not re.match(r"#|mailto:|https?://", value)}
    return sorted(strange | addresses)


def _check_page(page: str, usual: frozenset[str], attempt: Attempt, text: str = "") -> None:
    """Assert that a page has no markup from outside, and contains a text as it was written."""
    assert not _find_foreign_markup(page, usual), str(attempt)
    assert _normalise(text) in _read_text(page), f"{attempt} is not printed as it was written"


def _are_readable(problems: list[Problem]) -> bool:
    """Return whether problems are short lines that a terminal shows as they are."""
    lines = [str(problem) for problem in problems]
    return all(line.replace("\u00a0", " ").isprintable() and len(line) < LONGEST_LINE for line in lines)


def _build_with(start: Path, root: Path, attempts: Sequence[Attempt]) -> tuple[str, list[Problem]]:
    project = _copy(start, root)
    for attempt in attempts:
        attempt.field.put(project.root, attempt.text)
    return _render(project)


def _format_id(field: Field) -> str:
    return f"{field.file}-{field.name}"


@pytest.fixture(scope="module")
def printing(start: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Field, bool]:
    """Return the fields in which a plain text is accepted, each with whether it is printed."""
    fields = {}
    for field in FIELDS:
        attempt = Attempt(field, PLAIN)
        page, _ = _build_with(start, tmp_path_factory.mktemp("plain") / "project", [attempt])
        if page:
            fields[field] = attempt.marker in _read_text(page)
    return fields


def _try_together(start: Path, root: Path, attempts: Sequence[Attempt], printing: dict[Field, bool]) -> int:
    """Try many pairs in one project, and those that it does not settle in smaller ones; return the number of builds."""
    if len(attempts) == 1:
        _try_alone(start, root, attempts[0], is_printed=printing[attempts[0].field])
        return 1
    page, problems = _build_with(start, root, attempts)
    if page and not _find_foreign_markup(page, _usual_markup(start)):
        texts, words = _read_files(root), _read_text(page)
        open_ = [attempt for attempt in attempts if not _is_settled(attempt, texts, words, printing)]
    else:
        open_ = list(attempts)
    refused = [attempt for attempt in open_ if any(attempt.marker in str(problem) for problem in problems)]
    rest = [attempt for attempt in open_ if attempt not in refused]
    parts = [[attempt] for attempt in refused]
    parts += [rest] if 0 < len(rest) < len(attempts) else [rest[::2], rest[1::2]] if rest else []
    return 1 + sum(_try_together(start, root, part, printing) for part in parts)


def _is_settled(attempt: Attempt, texts: str, words: str, printing: dict[Field, bool]) -> bool:
    """Return whether a text is still in the files, not replaced by a later one, and on the page if it is printed."""
    is_shown = not printing[attempt.field] or _normalise(attempt.text) in words
    return is_shown and attempt.marker in texts


def _read_files(root: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(root.rglob("*")) if path.is_file())


def _try_alone(start: Path, root: Path, attempt: Attempt, *, is_printed: bool) -> None:
    page, problems = _build_with(start, root, [attempt])
    if page:
        _check_page(page, _usual_markup(start), attempt, attempt.text if is_printed else "")
    assert not problems or _are_readable(problems), str(attempt)


@pytest.mark.parametrize("turn", range(len(PRINTABLE_KINDS)))
def test_hostile_text_is_printed_as_written_or_refused(
    start: Path, tmp_path: Path, printing: dict[Field, bool], turn: int
) -> None:
    _try_together(start, tmp_path / "project", _list_round(list(printing), turn), printing)
    assert not (tmp_path / "project" / "pwned").exists()


def _list_round(fields: Sequence[Field], turn: int) -> list[Attempt]:
    """Return each field with the kind of text that it holds in a round of the Latin square."""
    return [Attempt(field, PRINTABLE_KINDS[(at + turn) % len(PRINTABLE_KINDS)]) for at, field in enumerate(fields)]


def test_every_kind_is_tried_in_every_field() -> None:
    rounds = [_list_round(FIELDS, turn) for turn in range(len(PRINTABLE_KINDS))]
    pairs = {(attempt.field, attempt.kind) for attempts in rounds for attempt in attempts}
    assert pairs == {(field, kind) for field in FIELDS for kind in PRINTABLE_KINDS}
    assert len({Attempt(field, PLAIN).marker for field in FIELDS}) == len(FIELDS)


@pytest.mark.parametrize("field", FIELDS, ids=_format_id)
def test_text_that_must_stop_the_build_stops_it(start: Path, tmp_path: Path, field: Field) -> None:
    for kind in STOPPING_KINDS:
        attempt = Attempt(field, kind)
        page, problems = _build_with(start, tmp_path / "project", [attempt])
        is_unread = len(kind.text) >= 100_000 and field.name in UNREAD
        assert problems or is_unread, f"{attempt} does not stop the build"
        if page:
            _check_page(page, _usual_markup(start), attempt)
        assert not problems or _are_readable(problems), str(attempt)


@pytest.mark.parametrize("turn", range(len(PRINTABLE_KINDS)))
def test_hostile_text_where_no_text_may_be_written_is_refused_readably(
    start: Path, tmp_path: Path, printing: dict[Field, bool], turn: int
) -> None:
    """A problem of the field's own file that quotes its marker is its refusal; the other fields are tried alone."""
    attempts = _list_round([field for field in FIELDS if field not in printing], turn)
    page, problems = _build_with(start, tmp_path / "project", attempts)
    assert not page
    assert _are_readable(problems)
    for attempt in attempts:
        quoting = [problem for problem in problems if attempt.marker in str(problem)]
        if not any(problem.place.file.endswith(attempt.field.file) for problem in quoting):
            _try_alone(start, tmp_path / "project", attempt, is_printed=False)
    assert not (tmp_path / "project" / "pwned").exists()


def test_many_fields_are_printed(printing: dict[Field, bool]) -> None:
    """The matrix would show nothing if none of its texts could be printed at all."""
    assert len(FIELDS) >= 100
    assert sum(printing.values()) >= 40, [field.name for field in printing if printing[field]]


@pytest.mark.parametrize("kind", YAML_KINDS, ids=lambda kind: kind.name)
def test_yaml_other_than_text_stops_the_build(
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
        page, problems = _render(project)
        assert not page
        assert problems
    assert list(tmp_path.iterdir()) == [tmp_path / "project"]


@pytest.mark.parametrize("field", record_fields(), ids=_format_id)
def test_escaped_characters_in_a_record_stop_the_build(start: Path, tmp_path: Path, field: Field) -> None:
    """JSON can write a character by its number; no record that mpr wrote does so."""
    for kind in (kind for kind in STOPPING_KINDS if len(kind.text) < 100):
        project = _copy(start, tmp_path / "project")
        field.put(project.root, kind.text)
        path = project.root / "out" / "2025-05" / field.file
        text = path.read_bytes().decode("utf-8", "surrogatepass")
        path.write_text(json.dumps(json.loads(text)), encoding="utf-8")
        page, problems = _render(project)
        assert not page
        assert [problem.code for problem in problems] == ["E114"]


WORKBOOK = "a returned workbook"


def _fill(sheet: Worksheet, cell: str, text: str) -> None:
    """Put a text into a sheet as another program may, with characters that XML forbids written by their numbers."""
    escaped = re.sub(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]", lambda match: f"_x{ord(match[0]):04X}_", text)[:LONGEST_CELL]
    columns = {str(heading.value): heading.column for heading in sheet[1]}
    at = {"a heading": (1, columns["value"]), "the mark": (1, sheet.max_column)}.get(cell) or (2, columns.get(cell, 1))
    if cell == "a sheet":
        sheet.title = re.sub(r"[\[\]:*?/\\\\]", "", escaped)[:31]
    else:
        sheet.cell(*at).value = escaped
        sheet.cell(*at).data_type = "s"


@pytest.fixture(scope="module")
def sent(start: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose workbook was sent out and has come back filled in."""
    project = _copy(start, tmp_path_factory.mktemp("sent") / "start")
    create_period_files(project, JULY, workbook=True)
    edition = project.get_edition_path(JUNE).read_text(encoding="utf-8")
    project.get_edition_path(JULY).write_text(edition, encoding="utf-8")
    book = load_workbook(project.get_workbook_path(JULY))
    for sheet in book.worksheets[1:]:
        columns = {str(heading.value): heading.column for heading in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, columns["value"]).value = 7
    (project.root / "returned").mkdir()
    book.save(project.root / "returned" / "back.xlsx")
    return project.root


@pytest.mark.parametrize("cell", CELLS)
def test_hostile_text_in_a_returned_workbook_is_printed_as_written_or_refused(
    start: Path, sent: Path, tmp_path: Path, cell: str
) -> None:
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
            assert _are_readable(refused)
            continue
        page, problems = _render(project, JULY)
        assert problems or not (kind.stops and cell in headings), f"{kind.name} in {cell} does not stop the build"
        if page:
            assert not _find_foreign_markup(page, _usual_markup(start)), f"{kind.name} in {cell}"
            assert cell != "comment" or _normalise(kind.text) in _read_text(page), kind.name


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{more}<!ENTITY f SYSTEM "file:///etc/passwd">]>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{what}</t></si></sst>"""
MORE = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise("abcdeghij"))


@pytest.mark.parametrize("what", ["&j;", "&f;"])
@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet2.xml"])
def test_entities_of_a_workbook_are_not_expanded(sent: Path, tmp_path: Path, what: str, part: str) -> None:
    project = _copy(sent, tmp_path / "project")
    path = project.root / "returned" / "back.xlsx"
    with zipfile.ZipFile(path) as parts:
        data = {name: parts.read(name) for name in parts.namelist()}
    assert part in data
    data[part] = BOMB.format(more=MORE, what=what).encode()
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in data.items():
            parts.writestr(name, content)
    with pytest.raises(InputError) as stopped:
        collect_workbooks(project, path, JULY)
    assert "root:" not in str(stopped.value)
