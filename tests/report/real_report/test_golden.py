"""The report of May 2018 compared with what was read and approved: its words, and the page made of them.

Each section has two files in `tests/golden/2018-05`: `NAME.report.txt` has its words, `NAME.html` its part of the page.
A difference in the words means that the report says something else; one in the page alone, that a template changed.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from difflib import unified_diff
from textwrap import wrap

import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement

from mpr.project import Project
from mpr.report.model.open_data import Dataset, PrintedFigure
from mpr.report.model.report import Commentary, Rating, Report
from tests.conftest import MAY, ROOT

GOLDEN = ROOT / "tests" / "golden" / MAY
SECTIONS = ("cover", "key", "exceptions", "corporate", "detail", "partnership")
RENEW = os.environ.get("MPR_GOLDEN") == "renew"
MAX_LINE = 220
MAX_DIFFERENCES = 60
NEVER_CLOSED = {"br", "hr", "img", "input", "link", "meta"}


@pytest.fixture(scope="module")
def report_texts(report: Report) -> dict[str, str]:
    """Return the words of the report by section; those of the cover have what belongs to no section."""
    sections = {section.heading.anchor: _write_text(section) for section in report.sections}
    parts = [(name, part) for name, part in _iter_parts(report) if name not in {"key", "sections"}]
    cover = "".join(f"{line}\n" for name, part in parts for line in _iter_text(part, name, 0))
    return {"cover": cover, "key": _write_text(report.key), **sections}


@pytest.fixture(scope="module")
def page_texts(built: Project) -> dict[str, str]:
    """Return the page by section; the part of the cover has what belongs to no section."""
    page = built.get_report_path(MAY, "html").read_text(encoding="utf-8")
    body = lxml_html.document_fromstring(page).find("body")
    for element in body.xpath("//script | //style"):
        element.drop_tree()
    texts = {}
    for section in body.xpath("//main/section"):
        texts[section.get("id")] = _write_html(section)
        section.getparent().replace(section, _make_reference(section.get("id")))
    return {"cover": _write_html(body), **texts}


@pytest.mark.parametrize("name", SECTIONS)
def test_report_has_the_approved_words(report_texts: dict[str, str], name: str) -> None:
    _compare_with_golden(f"{name}.report.txt", report_texts[name])


@pytest.mark.parametrize("name", SECTIONS)
def test_page_has_the_approved_html(page_texts: dict[str, str], name: str) -> None:
    _compare_with_golden(f"{name}.html", page_texts[name])


def test_golden_files_cover_the_whole_report(report_texts: dict[str, str], page_texts: dict[str, str]) -> None:
    assert tuple(report_texts) == tuple(page_texts) == SECTIONS
    names = [f"{section}.{ending}" for section in SECTIONS for ending in ("html", "report.txt")]
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(names)


def _compare_with_golden(name: str, actual: str) -> None:
    """Compare a text with its golden file, or write the file where golden files are renewed."""
    path = GOLDEN / name
    if RENEW:
        assert not os.environ.get("CI"), "read a renewed golden file before you commit it"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(actual, encoding="utf-8", newline="\n")
    expected = path.read_text(encoding="utf-8").splitlines()
    assert expected
    differences = list(unified_diff(expected, actual.splitlines(), "approved", "now", lineterm=""))
    shown = "\n".join(differences[:MAX_DIFFERENCES])
    assert not differences, (
        f"{path.relative_to(ROOT)} differs. Lines with - were approved, lines with + are what the report has now.\n"
        f"If the change is intended, run `make golden`, read `git diff tests/golden` and commit it.\n{shown}"
    )


def _write_text(part: object) -> str:
    return "".join(f"{line}\n" for line in _iter_text(part, "", 0))


def _iter_text(value: object, name: str, depth: int) -> Iterator[str]:
    """Yield a value on one line if it is short, otherwise its parts below it.

    Names of classes are not written, so renaming one changes no golden file. Left out are empty parts, the source of a
    comment, as its HTML says the same, and the open data, which `tests/render/test_open_data.py` holds to the page.
    """
    indent, label = "  " * depth, f"{name}: " if name else "- "
    short = _format(value)
    if isinstance(value, str) or len(short) <= MAX_LINE:
        yield f"{indent}{label}{short}"
    elif is_dataclass(value):
        yield f"{indent}{label}".rstrip()
        for key, part in _iter_parts(value):
            yield from _iter_text(part, key, depth + 1)
    elif isinstance(value, tuple) and all(len(_format(part)) <= MAX_LINE // 4 for part in value):
        yield f"{indent}{label}{len(value)} of them"
        yield from (f"{indent}  {line}" for line in wrap(", ".join(map(_format, value)), MAX_LINE // 2))
    elif isinstance(value, tuple):
        yield f"{indent}{label}{len(value)} of them"
        for part in value:
            yield from _iter_text(part, "", depth + 1)


def _iter_parts(value: object) -> list[tuple[str, object]]:
    parts = [(field.name, getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Commentary):
        return [("html", value.html)]
    return [(name, part) for name, part in parts if part not in ("", (), None) and not isinstance(part, Dataset)]


def _format(value: object) -> str:
    if isinstance(value, Rating) and not value.overruling:
        return f"{value.word} ({value.sentence})"
    if isinstance(value, PrintedFigure) and not value.mark and not value.spoken:
        return repr(value.text)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if is_dataclass(value):
        inside = ", ".join(f"{name} {_format(part)}" for name, part in _iter_parts(value))
        return f"({inside})"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_format, value))}]"
    return repr(str(value)) if isinstance(value, str) else str(value)


def _make_reference(name: str) -> HtmlElement:
    """Return what is written in the part of the cover where a section was."""
    reference = lxml_html.Element("section")
    reference.set("id", name)
    reference.text = f"in {name}.html"
    return reference


def _write_html(element: HtmlElement) -> str:
    return "".join(f"{line}\n" for line in _iter_html(element))


def _iter_html(element: HtmlElement, depth: int = 0) -> Iterator[str]:
    """Yield a line for every tag and every text; for a chart, only its title and its words."""
    indent = " " * depth
    attributes = "".join(f' {key}="{value}"' for key, value in element.attrib.items())
    if element.tag == "svg":
        yield f'{indent}<svg role="{element.get("role")}">'
        yield from (f"{indent} {_join_spaces(text.text_content())}" for text in element.iter("title", "text"))
        yield f"{indent}</svg>"
        return
    yield f"{indent}<{element.tag}{attributes}>"
    if _join_spaces(element.text):
        yield f"{indent} {_join_spaces(element.text)}"
    for child in element:
        if isinstance(child.tag, str):
            yield from _iter_html(child, depth + 1)
        if _join_spaces(child.tail):
            yield f"{indent} {_join_spaces(child.tail)}"
    if element.tag not in NEVER_CLOSED and len(element):
        yield f"{indent}</{element.tag}>"


def _join_spaces(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "").strip(" ")
