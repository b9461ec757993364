"""A compacted PDF looks and reads the same as one with form XObjects, and is smaller."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import weasyprint
from PIL import ImageChops, ImageStat

from mpr.project import Project
from mpr.render.pdf.compaction import inline_form_xobjects
from tests.conftest import MAY

MARK = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><path d='M0 0h8v8z' {}/></svg>"
CHART = """<svg width="200" height="60"><rect x="20" y="10" width="90" height="30" fill="#12436d"/>
<text x="100" y="30" text-anchor="end" fill="#fff">74.36</text>
<text x="100" y="55" text-anchor="middle">Target</text></svg>"""
PAGE = """<style>@page { size: 8cm 4cm; margin: 1mm }
p { width: 9px; height: 9px; background: url("%s") no-repeat }</style>
<p></p>%s<p></p>"""


def _render(html: str, *, compact: bool) -> bytes:
    return _render_compacted(html, compact=compact)[0]


def _render_compacted(html: str, *, compact: bool) -> tuple[bytes, bool]:
    """Return the PDF of a single page, and whether its form XObjects were drawn in place."""
    document = weasyprint.HTML(string=html).render()
    (page,) = document.pages
    paint, results = page.paint, []

    def paint_and_compact(stream: weasyprint.pdf.stream.Stream, scale: float) -> None:
        paint(stream, scale)
        results.append(compact and inline_form_xobjects([stream]))

    page.paint = paint_and_compact
    return bytes(document.write_pdf()), results[0]


def _count_form_xobjects(data: bytes) -> int:
    with pikepdf.open(BytesIO(data)) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        return sum(stream.get("/Subtype") == "/Form" for stream in streams)


def _measure_difference(one: bytes, other: bytes) -> float:
    """Return the greatest mean difference of a colour channel between the pictures of two PDFs, of 255."""
    pictures = [pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil() for data in (one, other)]
    return max(ImageStat.Stat(ImageChops.difference(*pictures)).mean)


def _extract_text(data: bytes) -> str:
    return str(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range())


def test_compacted_pdf_is_smaller_and_looks_and_reads_the_same() -> None:
    html = PAGE % (MARK.format(""), CHART)
    plain, compacted = (_render(html, compact=compact) for compact in (False, True))
    assert _count_form_xobjects(plain) == 4
    assert _count_form_xobjects(compacted) == 0
    assert len(compacted) < len(plain)
    changed = _measure_difference(plain, _render(html.replace("Target", "Red"), compact=True))
    assert _measure_difference(plain, compacted) < changed / 4, "only edges are smoothed a little differently"
    assert "74.36" in _extract_text(compacted)
    assert _extract_text(compacted) == _extract_text(plain)


@pytest.mark.parametrize("mark", [MARK.format("opacity='.5'"), MARK.format("fill-opacity='.5'")])
def test_page_with_a_transparent_mark_is_not_compacted(mark: str) -> None:
    html = PAGE % (mark, CHART)
    assert _render_compacted(html, compact=True) == (_render(html, compact=False), False)


def test_report_has_no_form_xobjects(built_council: Project) -> None:
    assert _count_form_xobjects(built_council.get_report_path(MAY, "pdf").read_bytes()) == 0


def test_real_report_is_small(built: Project) -> None:
    assert len(built.get_report_path(MAY, "pdf").read_bytes()) <= 320_000
