"""The May 2018 report held against what was read and found good: its words, and the page made of them.

A diff of the words says that the report says something else; a diff of the page alone, that a template does.
`MPR_GOLDEN=renew` writes both anew: read what changed before you commit it.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from textwrap import wrap

from lxml import html as lxml_html
from lxml.html import HtmlElement

from mpr.project import Project
from mpr.report.model.open_data import Dataset, PrintedFigure
from mpr.report.model.report import Commentary, Rating, Report

GOLDEN = Path(__file__).parents[1] / "golden"
RENEW = os.environ.get("MPR_GOLDEN") == "renew"
SHORT = 220
NEVER_CLOSED = {"br", "hr", "img", "input", "link", "meta"}


def _as_text(value: object, name: str, depth: int) -> Iterator[str]:
    """Write a value on one line where it is short, else its parts below it.

    What is empty is left out, and so is the source of a comment: its HTML says all of it; and the data, which are held
    to the page figure by figure elsewhere.
    """
    indent, label = "  " * depth, f"{name}: " if name else "- "
    short = _short(value)
    if isinstance(value, str) or len(short) <= SHORT:
        yield f"{indent}{label}{short}"
    elif is_dataclass(value):
        yield f"{indent}{label}{type(value).__name__}"
        for key, part in _parts(value):
            yield from _as_text(part, key, depth + 1)
    elif isinstance(value, tuple) and all(len(_short(part)) <= SHORT // 4 for part in value):
        yield f"{indent}{label}{len(value)} of them"
        yield from (f"{indent}  {line}" for line in wrap(", ".join(map(_short, value)), SHORT // 2))
    elif isinstance(value, tuple):
        yield f"{indent}{label}{len(value)} of them"
        for part in value:
            yield from _as_text(part, "", depth + 1)


def _parts(value: object) -> list[tuple[str, object]]:
    parts = [(field.name, getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Commentary):
        return [("html", value.html)]
    return [(name, part) for name, part in parts if part not in ("", (), None) and not isinstance(part, Dataset)]


def _short(value: object) -> str:
    if isinstance(value, Rating) and not value.overruling:
        return f"{value.word} ({value.sentence})"
    if isinstance(value, PrintedFigure) and not value.mark and not value.spoken:
        return repr(value.text)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if is_dataclass(value):
        inside = ", ".join(f"{name} {_short(part)}" for name, part in _parts(value))
        return f"{type(value).__name__}({inside})"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_short, value))}]"
    return repr(str(value)) if isinstance(value, str) else str(value)


def _tidy(element: HtmlElement, depth: int = 0) -> Iterator[str]:
    """Write an element a line for each tag and each text; of a chart, its title and its words alone."""
    indent = " " * depth
    attributes = "".join(f' {key}="{value}"' for key, value in element.attrib.items())
    if element.tag == "svg":
        yield f'{indent}<svg role="{element.get("role")}">'
        yield from (f"{indent} {_line(text.text_content())}" for text in element.iter("title", "text"))
        yield f"{indent}</svg>"
        return
    yield f"{indent}<{element.tag}{attributes}>"
    if _line(element.text):
        yield f"{indent} {_line(element.text)}"
    for child in element:
        if isinstance(child.tag, str):
            yield from _tidy(child, depth + 1)
        if _line(child.tail):
            yield f"{indent} {_line(child.tail)}"
    if element.tag not in NEVER_CLOSED and len(element):
        yield f"{indent}</{element.tag}>"


def _line(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "").strip(" ")


def _body(page: str) -> str:
    body = lxml_html.document_fromstring(page).find("body")
    for each in body.xpath("//script | //style"):
        each.drop_tree()
    return "\n".join(_tidy(body)) + "\n"


def _held_against(name: str, found: str) -> None:
    path = GOLDEN / name
    if RENEW:
        assert not os.environ.get("CI"), "a renewed file is to be read first"
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
    assert len(found.splitlines()) > 1000
    assert found.splitlines() == path.read_text(encoding="utf-8").splitlines()


def test_the_report_says_what_it_said(report: Report) -> None:
    _held_against("2018-05.report.txt", "\n".join(_as_text(report, "", 0)) + "\n")


def test_the_page_shows_what_it_showed(built: Project) -> None:
    _held_against("2018-05.html", _body(built.get_report_path("2018-05", "html").read_text(encoding="utf-8")))
