"""Each format writes a hostile text as text: its reader here finds the text, and nothing that acts by itself."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO

import openpyxl
import pypdfium2
import pytest
from lxml import html as lxml_html

from mpr.project import Project
from mpr.render.formats.registry import FORMATS
from mpr.workflows.build import build_reports
from tests.conftest import MAY

HOSTILE = '=HYPERLINK("x")<script>alert(1)</script>{{ 7 * 7 }}&amp;'


def _read_html(data: bytes) -> str:
    page = lxml_html.document_fromstring(data)
    assert not page.xpath("//script[contains(text(), 'alert(1)')]")
    return str(page.find("body").text_content())


def _read_pdf(data: bytes) -> str:
    assert not re.search(rb"/JavaScript\b|/JS\b|/Launch\b", data)
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def _read_xlsx(data: bytes) -> str:
    cells = [cell for sheet in openpyxl.load_workbook(BytesIO(data)) for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    return "\n".join(str(cell.value) for cell in cells)


def _read_csv(data: bytes) -> str:
    cells = [cell for row in csv.reader(StringIO(data.decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith("=")]
    return "\n".join(cells)


def _read_json(data: bytes) -> str:
    return "\n".join(_iter_texts(json.loads(data)))


def _iter_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _iter_texts(part)


READERS: dict[str, Callable[[bytes], str]] = {
    "html": _read_html,
    "pdf": _read_pdf,
    "xlsx": _read_xlsx,
    "csv": _read_csv,
    "json": _read_json,
}


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(FORMATS), "a format without a reader here is not known to escape what officers write"


@pytest.mark.parametrize("name", READERS)
def test_format_writes_a_hostile_name_as_text(council: Project, name: str) -> None:
    settings = council.indicators_path.read_text(encoding="utf-8")
    names = re.findall(r"(?m)^    name: (.+)$", settings)
    council.indicators_path.write_text(settings.replace(f"name: {names[0]}", f"name: {json.dumps(HOSTILE)}"), "utf-8")
    build_reports(council, (MAY,), (name,), lambda _: None)
    text = READERS[name](council.get_report_path(MAY, name).read_bytes())
    assert "".join(HOSTILE.split()) in "".join(text.split())
