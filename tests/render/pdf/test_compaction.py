"""The PDF without needless pictures in it: it looks the same, says the same, and is smaller."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import weasyprint
from PIL import ImageChops, ImageStat

from mpr.project import Project
from mpr.render.pdf.compaction import inline_form_xobjects

MARK = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><path d='M0 0h8v8z' {}/></svg>"
CHART = """<svg width="200" height="60"><rect x="20" y="10" width="90" height="30" fill="#12436d"/>
<text x="100" y="30" text-anchor="end" fill="#fff">74.36</text>
<text x="100" y="55" text-anchor="middle">Target</text></svg>"""
PAGE = """<style>@page { size: 8cm 4cm; margin: 1mm }
p { width: 9px; height: 9px; background: url("%s") no-repeat }</style>
<p></p>%s<p></p>"""


def _made(page: str, *, smaller: bool) -> bytes:
    return _painted(page, smaller=smaller)[0]


def _painted(page: str, *, smaller: bool) -> tuple[bytes, bool]:
    """Return the PDF of a page of one sheet, and whether its pictures were drawn in place."""
    document = weasyprint.HTML(string=page).render()
    (only,) = document.pages
    paint, done = only.paint, []

    def painted(stream: weasyprint.pdf.stream.Stream, scale: float) -> None:
        paint(stream, scale)
        done.append(smaller and inline_form_xobjects([stream]))

    only.paint = painted
    return bytes(document.write_pdf()), done[0]


def _pictures(data: bytes) -> int:
    with pikepdf.open(BytesIO(data)) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        return sum(each.get("/Subtype") == "/Form" for each in streams)


def _difference(one: bytes, other: bytes) -> float:
    """Return by how much two PDFs look different, of 255."""
    seen = [pypdfium2.PdfDocument(each)[0].render(scale=2).to_pil() for each in (one, other)]
    return max(ImageStat.Stat(ImageChops.difference(*seen)).mean)


def _words(data: bytes) -> str:
    return str(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range())


def test_it_looks_and_reads_the_same() -> None:
    page = PAGE % (MARK.format(""), CHART)
    plain, small = (_made(page, smaller=smaller) for smaller in (False, True))
    assert _pictures(plain) == 4
    assert _pictures(small) == 0
    assert len(small) < len(plain)
    changed = _difference(plain, _made(page.replace("Target", "Red"), smaller=True))
    assert _difference(plain, small) < changed / 4, "edges are smoothed a little otherwise, and no more"
    assert "74.36" in _words(small)
    assert _words(small) == _words(plain)


@pytest.mark.parametrize("transparent", [MARK.format("opacity='.5'"), MARK.format("fill-opacity='.5'")])
def test_where_anything_is_transparent_all_stays_as_it_is(transparent: str) -> None:
    page = PAGE % (transparent, CHART)
    assert _painted(page, smaller=True) == (_made(page, smaller=False), False)


def test_the_report_has_no_needless_pictures_and_is_small(built: Project) -> None:
    data = built.get_report_path("2018-05", "pdf").read_bytes()
    assert _pictures(data) == 0
    assert len(data) <= 320_000
